"""What was done with a workbook: its runs, its backups, and the results that wait to be written."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from xl_liushou.adapters import backups
from xl_liushou.adapters.ledger import LEDGER, Ledger
from xl_liushou.adapters.state import present_state
from xl_liushou.adapters.waiting import waiting_edits
from xl_liushou.app.book_edits import write_edits
from xl_liushou.app.journal import new_run, reading, resuming, settled, writing
from xl_liushou.app.opening import Opened, open_book
from xl_liushou.app.outcome import Outcome, heading
from xl_liushou.core.edits import AddSheet, AppendRows, Edit
from xl_liushou.core.errors import UsageProblem
from xl_liushou.core.passwords import Passwords, no_passwords
from xl_liushou.core.run import Run
from xl_liushou.routines import history
from xl_liushou.schema.results import FrontPage


def list_runs(book: Path, now: datetime, passwords: Passwords = no_passwords) -> Outcome:
    """The runs on a workbook, the newest first."""
    opened = open_book(book, passwords)
    with reading(opened, new_run(opened, "runs", now)) as journal:
        result = {**heading("runs", book, None), "runs": [_as_json(run) for run in reversed(_runs(opened))]}
    return Outcome(result, list(history.run_lines(result)), journal.notes)


def list_backups(book: Path, passwords: Passwords = no_passwords) -> Outcome:
    """The backups of a workbook, the newest first."""
    path = open_book(book, passwords).file.path
    state = present_state(path.parent)
    found = []
    for one in reversed(backups.backups_of(state, path.name) if state else []):
        with suppress(FileNotFoundError):  # another run has just removed it
            found.append({"id": one.id, "path": str(one.path), "bytes": one.path.stat().st_size})
    result = {**heading("backups", book, None), "backups": found}
    return Outcome(result, list(history.backup_lines(result)))


def restore_backup(book: Path, wanted: str, now: datetime, passwords: Passwords = no_passwords) -> Outcome:
    """Puts a backup in the workbook's place; the workbook as it was becomes a backup too."""
    opened = open_book(book, passwords)
    with writing(opened, new_run(opened, "restore", now)) as journal:
        backup = backups.backup_named(journal.state.folder, opened.file.path.name, wanted)
        journal.run = replace(journal.run, options={"backup": backup.id})
        data = opened.file.opened(backups.content_of(backup))
        changed = data != opened.file.data
        if changed:
            journal.save(data, (), ())
        recorded = journal.end({})
    result = {**heading("backups", book, None, recorded), "restored": backup.id, "changed": changed}
    return Outcome(result, list(history.restored_lines(result)), journal.notes)


def list_pending(book: Path, now: datetime, passwords: Passwords = no_passwords) -> Outcome:
    """The runs whose results wait to be written, the newest first."""
    opened = open_book(book, passwords)
    with reading(opened, new_run(opened, "pending", now)) as journal:
        waiting = [_as_json(run) for run in reversed(_runs(opened)) if run.state == "waiting"]
    result = {**heading("pending", book, None), "pending": waiting}
    return Outcome(result, list(history.pending_lines(result)), journal.notes)


def apply_pending(book: Path, wanted: str, passwords: Passwords = no_passwords) -> Outcome:
    """Writes the results of a run that had to wait; those that the workbook has overtaken are left out."""
    opened = open_book(book, passwords)
    with resuming(opened, _waiting(opened, wanted)) as journal:
        run, edits = journal.run, waiting_edits(journal.state.folder, opened.file, journal.run.id)
        if opened.file.digest != run.before:
            edits = _lasting(run, edits)
            journal.notes.append(history.OVERTAKEN)
        if edits:
            journal.notes += write_edits(journal, edits)
        else:
            journal.drop()
        journal.end(run.totals, run.folder)
    result = {**heading("pending", book, None, run.id), "applied": run.id if edits else None, "edits": len(edits)}
    return Outcome(result, list(history.applied_lines(result)), journal.notes)


def drop_pending(book: Path, wanted: str, passwords: Passwords = no_passwords) -> Outcome:
    """Forgets the results of a run that wait."""
    opened = open_book(book, passwords)
    with resuming(opened, _waiting(opened, wanted)) as journal:
        journal.drop()
        journal.end(journal.run.totals, journal.run.folder)
    result = {**heading("pending", book, None, journal.run.id), "dropped": journal.run.id}
    return Outcome(result, list(history.dropped_lines(result)), journal.notes)


def _lasting(run: Run, edits: Sequence[Edit]) -> list[Edit]:
    """The edits that are right whatever the workbook holds by now: rows for the end of a sheet.

    Those of an import are not: it looked for every child in the workbook as it was, and numbered the new ones.
    """
    if run.command == "import":
        return []
    appended = {edit.sheet for edit in edits if isinstance(edit, AppendRows)} - {FrontPage.title}
    return [edit for edit in edits if isinstance(edit, AppendRows | AddSheet) and edit.sheet in appended]


def _runs(opened: Opened) -> list[Run]:
    """The runs on a workbook; none where none was ever recorded."""
    state = present_state(opened.file.path.parent)
    if state is None or not (state / LEDGER).exists():
        return []
    with Ledger(state) as ledger:
        return ledger.runs(opened.file.path.name)


def _waiting(opened: Opened, wanted: str) -> Run:
    settled(opened)
    waiting = [run for run in _runs(opened) if run.state == "waiting"]
    found = waiting[-1:] if wanted == "last" else [run for run in waiting if run.id == wanted]
    if not found:
        raise UsageProblem("没有等待写入的结果。" if wanted == "last" else f"运行“{wanted}”没有等待写入的结果。")
    return found[0]


def _as_json(run: Run) -> dict[str, Any]:
    return {
        "id": run.id,
        "command": run.command,
        "started": run.started,
        "ended": run.ended,
        "as_of": run.as_of,
        "state": run.state,
        "options": run.options,
        "totals": run.totals,
        "backup": run.backup or None,
        "folder": run.folder or None,
        "undone_by": run.undone_by or None,
    }
