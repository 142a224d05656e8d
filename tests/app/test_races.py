"""A colleague saves while we do: no edit of theirs is overwritten, none of ours is lost, and we tell the truth.

What remains: a system that cannot exchange files has a gap between the last look at the workbook and the step,
and a program that writes into a file which it opened before the step finds its work in a backup (where there are
no links either, nowhere). Those are counted, and excluded nowhere else.

Each test plays a part of its campaign; `pytest -m slow tests/app/test_races.py` plays them in full.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.campaigns import MODES, campaign, is_long, needs_fork

pytestmark = [needs_fork, pytest.mark.slow]

GAP = "overwritten in the gap"


@pytest.mark.parametrize("mode", MODES)
def test_a_save_at_any_moment_in_any_way(tmp_path: Path, request: pytest.FixtureRequest, mode: str) -> None:
    seen = campaign("race_everywhere", tmp_path, "write", mode, every=1 if is_long(request) else 61)
    assert seen.problems == []
    assert (GAP in seen.counts) <= (mode != "exchange")
    assert seen.counts["ours waits"]
    assert seen.counts["both are in"]


@pytest.mark.parametrize("mode", MODES)
def test_a_save_at_a_random_instant(tmp_path: Path, request: pytest.FixtureRequest, mode: str) -> None:
    seen = campaign("race_at_random", tmp_path, "write", mode, number=1000 if is_long(request) else 15)
    assert seen.problems == []
    assert (GAP in seen.counts) <= (mode != "exchange")


@pytest.mark.parametrize("mode", MODES)
def test_two_runs_of_ours_at_once(tmp_path: Path, request: pytest.FixtureRequest, mode: str) -> None:
    seen = campaign("run_in_pairs", tmp_path, "write", mode, number=100 if is_long(request) else 6)
    assert seen.problems == []
    assert set(seen.counts) <= {"written and written", "busy and written"}
