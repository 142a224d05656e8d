"""A run that is killed at any instant leaves the whole old or the whole new workbook, and the next command goes on.

Each test plays a part of its campaign; `pytest -m slow tests/app/test_kills.py` plays them in full.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.campaigns import MODES, SCENES, campaign, is_long, needs_fork

pytestmark = [needs_fork, pytest.mark.slow]


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("scene", SCENES)
def test_killed_before_within_or_after_any_step(
    tmp_path: Path, request: pytest.FixtureRequest, scene: str, mode: str
) -> None:
    seen = campaign("kill_everywhere", tmp_path, scene, mode, every=1 if is_long(request) else 23)
    assert seen.problems == []
    assert "survived" not in seen.counts
    assert seen.counts.get("old")
    assert seen.counts.get("new")


@pytest.mark.parametrize("scene", SCENES)
def test_killed_at_random_instants(tmp_path: Path, request: pytest.FixtureRequest, scene: str) -> None:
    seen = campaign("kill_at_random", tmp_path, scene, "exchange", number=250 if is_long(request) else 5)
    assert seen.problems == []


@pytest.mark.parametrize("mode", MODES)
def test_killed_while_a_colleague_opens_or_saves_the_workbook(
    tmp_path: Path, request: pytest.FixtureRequest, mode: str
) -> None:
    seen = campaign("kill_disturbed", tmp_path, "write", mode, every=1 if is_long(request) else 9)
    assert seen.problems == []
    assert "new" not in seen.counts
