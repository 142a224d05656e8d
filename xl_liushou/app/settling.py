"""What the next run does about one that died: it finds out how far that one came, and tidies up."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Final

from xl_liushou.adapters import book_save, copies, disk
from xl_liushou.adapters.disk import reason
from xl_liushou.adapters.ledger import Ledger
from xl_liushou.adapters.state import State, called_after
from xl_liushou.adapters.waiting import WAITING, waits
from xl_liushou.core.errors import CannotSave
from xl_liushou.core.run import FILE, Run
from xl_liushou.routines.registry import label_of

_TOLD: Final = {
    "done": "结果已经写进工作簿",
    "waiting": "工作簿没有改动，结果留着等待写入",
    "interrupted": "工作簿没有改动",
}


def settle(state: State, ledger: Ledger, book: Path) -> list[str]:
    """Settles every run of the book's folder that is recorded as under way, while none can be; tells what became of it.

    Raises CannotSave where it cannot be found out now what became of one on the book itself.
    """
    notes, spared = [], []
    for run in ledger.runs(None, "planned", "writing"):
        swap = swap_of(state, book.parent, run)
        try:
            applied = run.state == "writing" and book_save.settle(swap)
        except OSError as problem:
            if run.book == book.name:
                raise _unclear(run, problem) from problem
            spared.append(run.id)
            continue
        settled = _settled(run, applied, state)
        effects = [replace(one, applied=True) for one in ledger.effects(run.id) if one.applied or applied]
        ledger.update(settled, effects, _taken_back(settled, ledger))
        if applied:
            book_save.tidy(swap)
        notes.append(f"上一次“{label_of(run.command)}”（{told_time(run)}）做到一半停了：{_TOLD[settled.state]}。")
    state.clean(spared)
    _forget_done(state, ledger)
    finish_copies(state, ledger)
    return notes


def swap_of(state: State, folder: Path, run: Run) -> book_save.Swap:
    """The replacement of a workbook that a run makes, as it is recorded."""
    return book_save.swap_of(state, folder / run.book, run.id, run.backup, run.before, run.after)


def _settled(run: Run, applied: bool, state: State) -> Run:
    if applied:
        return replace(run, state="done")
    return replace(
        run, state="waiting" if waits(state.folder, run.book, run.id) else "interrupted", after="", backup=""
    )


def _taken_back(undo: Run, ledger: Ledger) -> list[Run]:
    """The run that an undo took back, if its papers need not be set aside as well: then somebody undoes it again."""
    if undo.command != "undo" or undo.state != "done":
        return []
    return [
        replace(run, state="undone", undone_by=undo.id)
        for run in ledger.runs(undo.book, "done")
        if run.id == undo.options.get("run") and all(effect.kind != FILE for effect in ledger.effects(run.id))
    ]


def _unclear(run: Run, problem: OSError) -> CannotSave:
    return CannotSave(
        f"上一次“{label_of(run.command)}”（{told_time(run)}）做到一半停了，现在还查不清写成了没有（{reason(problem)}），"
        f"所以这次没有做。请关闭“{run.book}”，检查磁盘或网络，然后再试。"
    )


def _forget_done(state: State, ledger: Ledger) -> None:
    """Removes edits of runs that are over; those of a run that no record knows any more stay for a person."""
    needed = {called_after(run.id, run.book) for run in ledger.runs(None, "planned", "writing", "waiting")}
    with suppress(OSError):
        needless = [path for path in (state.folder / WAITING).iterdir() if path.name not in needed]
        known = {called_after(run.id, run.book) for run in ledger.runs(None)} if needless else set()
        for path in needless:
            if path.name in known:
                disk.remove(path)


def finish_copies(state: State, ledger: Ledger) -> None:
    """Where a run has changed a password, the copies follow the workbook as soon as the record tells of it."""
    with suppress(OSError):
        for prepared in copies.prepared_runs(state):
            if any(run.id == prepared for run in ledger.runs(None, "done")):
                copies.take(state, prepared)
            elif all(run.id != prepared for run in ledger.runs(None, "planned", "writing")):
                copies.forget(state, prepared)


def told_time(run: Run) -> str:
    """When a run began, for people: 11-23 20:56."""
    return run.started[5:16].replace("T", " ")
