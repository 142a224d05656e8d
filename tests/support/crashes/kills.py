"""Killing a run at every moment of every step, and at random instants."""

from __future__ import annotations

import random
from functools import partial
from itertools import product
from typing import Final

from tests.support.crashes.bench import MARK, Bench, Report
from tests.support.crashes.colleagues import by_rename, by_truncating
from tests.support.crashes.forks import KILLED, in_child
from tests.support.crashes.judge import Verdict
from tests.support.crashes.scenes import colleague, hint_of
from tests.support.crashes.steps import LOOKS, Due, die_at, moments_of

LATER: Final = "同事又改的"
"""What a colleague writes when saving once more."""


def kill_everywhere(bench: Bench, every: int = 1) -> Report:
    """Kills the scene's run at every moment of every step; with and without a save of a colleague's after it."""
    cases = list(product(bench.chosen, (False, True)))
    for number, (chosen, colleague_saves) in list(enumerate(cases))[::every]:
        moment = bench.moments[chosen]
        bench.fresh()
        died = in_child(partial(bench.act, die_at(moment)))
        bench.report.add("killed" if died == KILLED else "survived")
        case = f"killed {moment.when} {moment.step} {moment.number}{', a colleague saved' * colleague_saves}"
        bench.judge(case, number // 2 + number, colleague_saves)
    return bench.report


def kill_at_random(bench: Bench, number: int, seconds: float = 0.05, seed: int = 1) -> Report:
    """Kills the scene's run at random instants."""
    instants = random.Random(seed)
    for one in range(number):
        bench.fresh()
        instant = instants.uniform(0.001, seconds)
        died = in_child(partial(bench.scene.act, bench.book), kill_after=instant)
        bench.report.add("killed" if died == KILLED else "survived")
        bench.judge(f"killed after {instant * 1000:.1f} ms", one)
    return bench.report


def kill_disturbed(bench: Bench, every: int = 1) -> Report:
    """A colleague opens or saves the workbook just before the step, and then our run is killed at every moment."""
    for name, due in _disturbances(bench).items():
        bench.fresh()
        moments = in_child(partial(moments_of, partial(bench.scene.act, bench.book), bench.mode, due))
        chosen = [number for number in range(min(due), len(moments)) if moments[number].step not in LOOKS]
        for number in chosen[::every]:
            moment = moments[number]
            bench.fresh()
            died = in_child(partial(bench.act, die_at(moment, due)))
            bench.report.add("killed" if died == KILLED else "survived")
            mark = "" if name == "opened" else LATER if number >= max(due) > min(due) else MARK
            bench.judge_by(partial(_look_disturbed, mark), f"{name}, killed {moment.when} {moment.step}", number)
    return bench.report


def _disturbances(bench: Bench) -> dict[str, Due]:
    """What a colleague does, and at which moment."""
    steps = [(moment.step, moment.when) for moment in bench.moments]
    swap = steps.index(("swap", "before"))
    theirs = colleague(bench.scene.book.read_bytes(), MARK)
    save = by_rename(bench.book, theirs)[0]
    ready = max(number for number in range(swap) if steps[number] == ("transaction", "after"))
    found: dict[str, Due] = {"opened": {ready: hint_of(bench.book).touch}, "saved": {swap: save}}
    if bench.mode == "exchange":
        bench.fresh()
        moments = in_child(partial(moments_of, partial(bench.scene.act, bench.book), bench.mode, found["saved"]))
        giving_back = [number for number, moment in enumerate(moments) if moment[1:] == ("swap", "before")][1]
        later = by_rename(bench.book, colleague(theirs, LATER))[0]
        found["saved twice"] = {swap: save, giving_back: later}
    if bench.mode == "links":
        found["written in place"] = {
            steps.index(("replace", "before"), swap): lambda: [part() for part in by_truncating(bench.book, theirs)]
        }
    return found


def _look_disturbed(mark: str, verdict: Verdict) -> None:
    """What a colleague has done is there, and ours is not, as soon as the next command has gone on."""
    hint_of(verdict.book).unlink(missing_ok=True)
    verdict.mark = mark
