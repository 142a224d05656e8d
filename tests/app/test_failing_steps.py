"""A step on the disk that fails: the command ends well or with a declared error, and what it tells is true.

Each test plays a part of its campaign; `pytest -m slow tests/app/test_failing_steps.py` plays them in full.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.campaigns import MODES, SCENES, campaign, is_long, needs_fork


@needs_fork
@pytest.mark.slow
@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("scene", SCENES)
def test_any_step_fails(tmp_path: Path, request: pytest.FixtureRequest, scene: str, mode: str) -> None:
    seen = campaign("fail_everywhere", tmp_path, scene, mode, every=1 if is_long(request) else 101)
    assert seen.problems == []
    assert seen.counts.get("old")
    assert seen.counts.get("new")
