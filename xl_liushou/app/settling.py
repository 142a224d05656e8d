"""What the next run does about one that died: it finds out how far that one came, and tidies up."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Final

from xl_liushou.adapters import book_save, copies, disk
from xl_liushou.adapters.ledger import Ledger
from xl_liushou.adapters.state import State
from xl_liushou.adapters.waiting import WAITING, waits
from xl_liushou.core.run import Run
from xl_liushou.routines.registry import label_of

_TOLD: Final = {
    "done": "结果已经写进工作簿",
    "waiting": "工作簿没有改动，结果留着等待写入",
    "interrupted": "工作簿没有改动",
}


def settle(state: State, ledger: Ledger, folder: Path) -> list[str]:
    """Settles every run of the folder that is recorded as under way, while none can be; says what became of each."""
    notes = []
    for run in ledger.runs(None, "planned", "writing"):
        settled = _settled(run, state, folder)
        ledger.update(settled)
        if settled.state == "done":
            ledger.applied(run.id)
        notes.append(f"上一次“{label_of(run.command)}”（{told_time(run)}）做到一半停了：{_TOLD[settled.state]}。")
    state.clean()
    _forget_done(state, ledger)
    _finish_copies(state, ledger)
    return notes


def _settled(run: Run, state: State, folder: Path) -> Run:
    swap = book_save.swap_of(state, folder / run.book, run.id, run.before, run.after)
    if run.state == "planned":
        book_save.forget(swap)
        applied = False
    else:
        applied = book_save.settle(swap)
    if applied:
        return replace(run, state="done")
    return replace(
        run, state="waiting" if waits(state.folder, run.book, run.id) else "interrupted", after="", backup=""
    )


def _forget_done(state: State, ledger: Ledger) -> None:
    """Removes edits of runs that are over: they are in the workbook."""
    waiting = {f"{run.id}-{run.book}" for run in ledger.runs(None, "waiting")}
    with suppress(OSError):
        for path in (state.folder / WAITING).iterdir():
            if path.name not in waiting:
                disk.remove(path)


def _finish_copies(state: State, ledger: Ledger) -> None:
    """Where a run died while it changed a password, the copies follow the workbook."""
    with suppress(OSError):
        for prepared in copies.prepared_runs(state):
            if any(run.id == prepared for run in ledger.runs(None, "done")):
                copies.take(state, prepared)
            else:
                copies.forget(state, prepared)


def told_time(run: Run) -> str:
    """When a run began, for people: 11-23 20:56."""
    return run.started[5:16].replace("T", " ")
