"""A colleague saves the workbook while our run works, and two runs of ours at once."""

from __future__ import annotations

import functools
import math
import os
import random
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from tests.support.crashes.bench import MARK, Bench, Report
from tests.support.crashes.colleagues import IN_PLACE, WAYS, Part
from tests.support.crashes.forks import Child, in_child
from tests.support.crashes.scenes import Content, Told, colleague, command, content, records, runs_of, write
from tests.support.crashes.steps import Mode, Moment
from xl_liushou.app import journal
from xl_liushou.core.run import bytes_digest

_PAUSES = (1, 2, 7, 10**6)
"""So many moments after the first part of a colleague's save comes the second."""


class Raced(NamedTuple):
    """What was seen of one race: how ours ended, and where the colleague's save hit it.

    `in_gap`: where no look can help (see `_in_gap`); `after_us`: it began when ours was in place.
    """

    told: Told
    in_gap: bool
    after_us: bool = True


def race_everywhere(bench: Bench, every: int = 1) -> Report:
    """A colleague saves at every moment of the scene's run, in each way; a save in two parts with pauses between."""
    theirs = colleague(bench.scene.book.read_bytes(), MARK)
    cases = [
        (way, begin, pause)
        for way, parts in WAYS.items()
        for begin in range(len(bench.chosen))
        for pause in (_PAUSES if len(parts(bench.book, b"")) > 1 else _PAUSES[:1])
    ]
    for number, (way, begin, pause) in list(enumerate(cases))[::every]:
        bench.fresh()
        parts = WAYS[way](bench.book, theirs)
        moments = [*bench.chosen[begin::pause][:2], len(bench.moments)]
        raced = in_child(functools.partial(_race, bench, dict(zip(moments, parts, strict=False))))
        case = f"{way} at {bench.moments[bench.chosen[begin]]}, pause {pause}"
        _judge(bench, case, number, way, raced, theirs)
    return bench.report


def _race(bench: Bench, due: dict[int, Part]) -> Raced:
    """Our run, with the parts of a colleague's save at some moments; what was not due comes at the end."""
    seen, looked, placed, parts = 0, 0, math.inf, list[float]()

    def at(moment: Moment, _: int | None) -> None:
        nonlocal seen, looked, placed
        if placed == math.inf and moment.when == "after":
            if moment.step == "stat":
                looked = seen
            elif moment.step in {"swap", "replace"} and _is_ours(bench):
                placed = seen
        if part := due.pop(seen, None):
            part()
            parts.append(seen)
        seen += 1

    told = bench.act(at)
    for part in due.values():
        part()
        parts.append(math.inf)
    return Raced(told, _in_gap(bench.mode, looked, placed, parts), parts[0] >= placed)


def _in_gap(mode: Mode, looked: int, placed: float, parts: Sequence[float]) -> bool:
    """Whether a save fell between the last look and the step; without links also one that spans the step.

    A system with an exchange has no such gap.
    """
    spans = mode == "bare" and parts[0] < placed < parts[-1]
    return mode != "exchange" and placed < math.inf and (spans or any(looked <= part < placed for part in parts))


def _is_ours(bench: Bench) -> bool:
    try:
        handle = os.open(bench.book, os.O_RDONLY)  # Path.open is a step of ours
    except FileNotFoundError:
        return False
    with os.fdopen(handle, "rb") as file:
        return bytes_digest(file.read()) == bench.after


def race_at_random(bench: Bench, number: int, seconds: float = 0.06, seed: int = 1) -> Report:
    """A colleague's program that saves at random instants, in another process."""
    theirs, instants = colleague(bench.scene.book.read_bytes(), MARK), random.Random(seed)
    for one in range(number):
        bench.fresh()
        way = list(WAYS)[one % len(WAYS)]
        pauses = [instants.uniform(0, seconds), instants.uniform(0, 0.01)]
        saving = Child(functools.partial(_save, WAYS[way](bench.book, theirs), pauses))
        told, gaps = in_child(lambda: _run_with_gaps(bench))
        begun, over = saving.result()
        in_gap = any(begun <= end and start <= over for start, end in gaps)
        _judge(bench, f"race {one}, {way}", one, way, Raced(told, in_gap), theirs)
    return bench.report


def _save(parts: Sequence[Part], pauses: Sequence[float]) -> tuple[int, int]:
    """Saves in parts; when it began and ended."""
    begun = 0
    for part, pause in zip(parts, pauses, strict=False):
        time.sleep(pause)
        begun = begun or time.monotonic_ns()
        part()
    return begun, time.monotonic_ns()


def _run_with_gaps(bench: Bench) -> tuple[Told, list[tuple[int, int]]]:
    """Our run, and when it was between its last look at the workbook and the step after that."""
    gaps: list[tuple[int, int]] = []
    looked = 0

    def at(moment: Moment, _: int | None) -> None:
        nonlocal looked
        if (moment.step, moment.when) == ("stat", "after"):
            looked = time.monotonic_ns()
        elif (moment.step, moment.when) == ("replace", "after"):
            gaps.append((looked, time.monotonic_ns()))

    return bench.act(at), gaps


def _judge(bench: Bench, case: str, number: int, way: str, raced: Raced, theirs: bytes) -> None:
    """No edit of theirs is overwritten; what we told is true; nothing of ours is lost."""

    def judged() -> tuple[list[str], str]:
        problems: list[str] = []
        seen = _seen(bench, way, raced, theirs, problems)
        told = command("runs", bench.book)[0] if number % 2 else write(bench.book, records(900), command="next")
        if told.exit_code:
            problems.append(f"the next command: {told}")
        if seen not in {"overwritten in the gap", "theirs came last"}:
            _all_is_there(bench, seen, problems)
        strays = [one.name for one in (bench.folder / ".liushou").glob("tmp-*")]
        if strays:
            problems.append(f"strays: {strays}")
        return problems, seen

    try:
        problems, seen = in_child(judged)
    except AssertionError as failed:
        problems, seen = [str(failed)], "failed"
    bench.report.add(seen)
    bench.report.problems += [f"{bench.scene.name}, {bench.mode}, {case}, {raced}: {problem}" for problem in problems]


def _seen(bench: Bench, way: str, raced: Raced, theirs: bytes, problems: list[str]) -> str:
    """What became of the two saves."""
    found, told = content(bench.book), raced.told
    ours = found.keys == bench.scene.after.keys
    if told.exit_code not in {0, 2, 3}:
        problems.append(f"ended with {told}")
    if found.mark != MARK:
        kept = [one for one in (bench.folder / ".liushou" / "backups").iterdir() if one.read_bytes() == theirs]
        if kept and way in IN_PLACE:
            return "theirs came late and is in a backup"
        if not (raced.in_gap and bench.mode != "exchange"):
            problems.append(f"a colleague's save is lost: {found}")
        return "overwritten in the gap"
    if told.exit_code:
        if ours:
            problems.append("an error told, and it is written")
        return "ours never began" if told.code == "unusable-input" else "ours waits"
    if not ours and bench.book.read_bytes() != theirs:
        problems.append(f"success told, and there is neither: {found}")
    if not ours and not (raced.after_us or raced.in_gap):
        problems.append("success told, and theirs came before")
    return "both are in" if ours else "theirs came last"


def _all_is_there(bench: Bench, seen: str, problems: list[str]) -> None:
    """After what waits is applied there are all rows, each once, and what the colleague wrote."""
    if seen == "ours never began":
        bench.scene.act(bench.book)
    for run in [run for run in runs_of(bench.book) if run["state"] == "waiting"]:
        told = command("pending", bench.book, "--apply", run["id"])[0]
        if told.exit_code:
            problems.append(f"what waits cannot be had: {told}")
    found: Content = content(bench.book)
    if sorted(set(found.keys) - {"L0900"}) != sorted(bench.scene.after.keys) or len(set(found.keys)) < len(found.keys):
        problems.append(f"rows at the end: {found.keys} ({seen})")
    if found.mark != MARK and seen != "theirs came late and is in a backup":
        problems.append(f"a colleague's work at the end: {found.mark!r}")


def run_in_pairs(bench: Bench, number: int) -> Report:
    """Two runs of ours at once, both adding rows; every second pair does not wait for the lock."""
    for one in range(number):
        bench.fresh()
        patient = bool(one % 2)
        pair = [Child(functools.partial(_add, bench.book, key, patient)) for key in (101, 102)]
        told = [child.result() for child in pair]
        problems = in_child(functools.partial(_pair_problems, bench, told, patient))
        bench.report.add(" and ".join(sorted("written" if not one.exit_code else "busy" for one in told)))
        bench.report.problems += [f"pair {one}: {problem}" for problem in problems]
    return bench.report


def _add(book: Path, key: int, patient: bool) -> Told:
    if not patient:
        journal.locked = functools.partial(journal.locked, patience=0)  # type: ignore[attr-defined]
    return write(book, records(key), command=f"add-{key}")


def _pair_problems(bench: Bench, told: Sequence[Told], patient: bool) -> list[str]:
    problems = [
        f"ended with {one}" for one in told if one.exit_code and (one.code != "workbook-busy" or one.exit_code != 3)
    ]
    if patient and any(one.exit_code for one in told):
        problems.append(f"a patient run did not come to write: {told}")
    if all(one.exit_code for one in told):
        problems.append("nobody won")
    for run in [run for run in runs_of(bench.book) if run["state"] == "waiting"]:
        command("pending", bench.book, "--apply", run["id"])
    added = {f"L{key:04}" for key, one in zip((101, 102), told, strict=True) if not one.exit_code}
    keys = content(bench.book).keys
    if sorted(keys) != sorted((*bench.scene.before.keys, *added)):
        problems.append(f"rows at the end: {keys}, {told}")
    return problems
