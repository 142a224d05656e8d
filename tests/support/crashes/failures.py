"""Letting each step fail: once or from then on, before or after it was done, in each way that a disk fails."""

from __future__ import annotations

import errno
import os
import sqlite3
from functools import partial
from itertools import product
from typing import Final, NamedTuple

from tests.support.crashes.bench import Bench, Report
from tests.support.crashes.forks import in_child
from tests.support.crashes.steps import LOOKS, At, Moment, halve


class Failure(NamedTuple):
    """How a disk fails at a step: with which error, and which steps fail from then on."""

    error: int
    later: frozenset[str] = frozenset()

    @property
    def name(self) -> str:
        """What it is called in a report."""
        return f"{errno.errorcode[self.error]}{' and on' if self.later else ''}"


_WRITING: Final = frozenset({"write_new", "transaction", "make_private", "link"})
_ALL: Final = _WRITING | {
    "open", *LOOKS, "replace", "move", "remove", "swap", "take_rights", "lock", "_opened", "runs", "effects",
}  # fmt: skip

FAILURES: Final = (
    Failure(errno.ENOSPC),
    Failure(errno.EIO),
    Failure(errno.EACCES),
    Failure(errno.ENOSPC, _WRITING),
    Failure(errno.EIO, _ALL),
)
"""Each step once; a disk that is full from then on; one that is dead from then on."""
_OF_LOOKS: Final = (Failure(errno.EIO), Failure(errno.EACCES))


def fail_at(chosen: Moment, failure: Failure) -> At:
    """A step fails at a moment."""

    def at(moment: Moment, handle: int | None) -> None:
        later = moment.number > chosen.number and moment.when == "before" and moment.step in failure.later
        if moment == chosen or later:
            halve(handle)
            raise _problem(moment.step, failure.error)

    return at


def _problem(step: str, error: int) -> Exception:
    if step in {"transaction", "runs", "effects", "_opened"}:
        return sqlite3.OperationalError(os.strerror(error))
    return OSError(error, os.strerror(error))


def fail_everywhere(bench: Bench, every: int = 1) -> Report:
    """Each step of the scene's run fails at each of its moments; with and without a save of a colleague's after it.

    A step that only looks fails once.
    """
    steps = [bench.moments[number] for number in bench.chosen]
    looks = [moment for moment in bench.moments if moment.step in LOOKS and moment.when == "before"]
    cases = [*product(steps, FAILURES, (False, True)), *product(looks, _OF_LOOKS, (False,))]
    for number, (moment, failure, colleague_saves) in list(enumerate(cases))[::every]:
        bench.fresh()
        case = f"{failure.name} {moment.when} {moment.step} {moment.number}{', a colleague saved' * colleague_saves}"
        bench.report.add("failed")
        try:
            told = in_child(partial(bench.act, fail_at(moment, failure)))
        except AssertionError as fault:
            bench.report.problems.append(f"{bench.scene.name}, {bench.mode}, {case}: {fault}")
            told = None
        bench.judge(case, number // 2 + number, colleague_saves, told)
    return bench.report
