"""Taking a run back: the plan from its record and the workbook as it is now, then the plan applied."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from xl_liushou.adapters import backups
from xl_liushou.adapters.cell_ref import parse_range
from xl_liushou.adapters.ledger import Ledger
from xl_liushou.adapters.papers_aside import set_aside
from xl_liushou.adapters.workbook_file import read_content
from xl_liushou.app.book_edits import last_column, range_text, rows_from, save_edits
from xl_liushou.app.journal import WritingJournal, new_run, writing
from xl_liushou.app.opening import Opened, open_book
from xl_liushou.app.outcome import Outcome, heading
from xl_liushou.core.errors import UsageProblem
from xl_liushou.core.passwords import Passwords, no_passwords
from xl_liushou.core.rawsheet import RawSheet
from xl_liushou.core.run import FILE, ROWS, Effect, Run, values_digest
from xl_liushou.routines import undo
from xl_liushou.routines.undo import Trace


def undo_run(book: Path, wanted: str, now: datetime, passwords: Passwords = no_passwords) -> Outcome:
    """Takes a run back: cells get their old values again, papers are set aside."""
    return undo_on(open_book(book, passwords), book, wanted, now)


def undo_on(opened: Opened, book: Path, wanted: str, now: datetime) -> Outcome:
    """The same in a workbook that is open already."""
    with writing(opened, new_run(opened, "undo", now)) as journal:
        run = _run_named(journal.ledger, opened.file.path.name, wanted)
        journal.run = replace(journal.run, options={"run": run.id})
        effects = journal.ledger.effects(run.id)
        report = _take_back(journal, run, [one for one in effects if one.applied and one.kind != FILE])
        digests = [one.digest for one in effects if one.kind == FILE]
        moved, lost = set_aside(book.absolute().parent / run.folder, digests) if digests else ([], 0)
        cannot = [
            *report["cannot"],
            *([f"有 {lost} 份文书已经改动过或不在原来的文件夹里，没有动它们。"] if lost else []),
        ]
        also = [] if cannot else [replace(run, state="undone", undone_by=journal.run.id), *_done_again(journal, run)]
        recorded = journal.end({"restored": len(report["restored"]), "set_aside": len(moved)}, also=also)
    result = {
        **heading("undo", book, None, recorded),
        "undone": run.id,
        "restored": report["restored"],
        "set_aside": [str(path) for path in moved],
        "cannot": cannot,
    }
    return Outcome(result, list(undo.lines(result)), journal.notes, exit_code=1 if cannot else 0)


def _done_again(journal: WritingJournal, run: Run) -> Iterator[Run]:
    """The run that an undo took back, when that undo is taken back itself."""
    if run.command != "undo":
        return
    for one in journal.ledger.runs(run.book, "undone"):
        if one.undone_by == run.id:
            yield replace(one, state="done", undone_by="")
            if any(effect.kind == FILE for effect in journal.ledger.effects(one.id)):
                journal.notes.append("当时收起的文书还在“已撤销”文件夹里，需要的话请自己移回来。")


def _run_named(ledger: Ledger, book: str, wanted: str) -> Run:
    """The run with an id that can be taken back; `last` is the newest that did something and is no undo itself."""
    runs = ledger.runs(book)
    if wanted == "last":
        skipped = ("undo", *undo.OTHER_WAY)
        done = (run for run in reversed(runs) if run.state == "done" and run.command not in skipped)
        found = next((run for run in done if run.backup or ledger.effects(run.id)), None)
        if found is None:
            raise UsageProblem("没有可以撤销的运行：还没有哪一次写过工作簿或文书，或都已经撤销了。")
        return found
    found = next((run for run in runs if run.id == wanted), None)
    if found is None:
        raise UsageProblem(f"没有编号为“{wanted}”的运行。用 runs 命令可以列出做过的运行。")
    if found.command in undo.OTHER_WAY:
        raise UsageProblem(f"运行“{wanted}”不能撤销：{undo.OTHER_WAY[found.command]}")
    if found.state != "done":
        raise UsageProblem(f"运行“{wanted}”不能撤销：{undo.WHY_NOT.get(found.state, '它没有做完。')}")
    return found


def _take_back(journal: WritingJournal, run: Run, effects: Sequence[Effect]) -> dict[str, Any]:
    """Puts the old values back in the workbook; the report of the plan."""
    if not run.backup:
        return {"restored": [], "cannot": []}
    file = journal.opened.file
    before = file.opened(backups.content_of(backups.backup_named(journal.state.folder, run.book, run.backup)))
    traces = list(_traces(run, effects, journal.opened, before))
    unchanged = journal.opened.is_file(run.after)
    plan = undo.plan(traces, unchanged)
    if not plan.report["cannot"] and unchanged:
        journal.save(before, (), [_mirrored(journal.run.id, trace) for trace in traces])
    elif plan.edits:
        journal.notes += save_edits(journal, plan.edits)
    return dict(plan.report)


def _traces(run: Run, effects: Sequence[Effect], opened: Opened, before: bytes) -> Iterator[Trace]:
    """Every place that the run wrote, as it stands now and as it stood before."""
    titles = {effect.sheet for effect in effects}
    past = {sheet.name: sheet for sheet in read_content(before, run.book, lambda name, _: name in titles).sheets}
    current = {title: sheet for title in titles if (sheet := opened.sheet(title))}
    for effect in effects:
        top, left, bottom, right = parse_range(effect.place) or (1, 1, 1, 1)
        sheet, old = (sheets.get(effect.sheet, RawSheet(effect.sheet)) for sheets in (current, past))
        if effect.kind == ROWS:
            rows, old_rows = rows_from(sheet, top, left, right), rows_from(old, top, left, last_column(old, top))
        else:
            rows, old_rows = sheet.block(top, left, bottom, right), old.block(top, left, bottom, right)
        yield Trace(effect, top, left, values_digest(run.id, rows) == effect.digest, old_rows, rows == old_rows)


def _mirrored(run: str, trace: Trace) -> Effect:
    """What putting the old file back does at a place, as the effect of the run that does it."""
    _, _, _, right = parse_range(trace.effect.place) or (0, 0, 0, trace.left)
    place = range_text(
        trace.top, trace.left, len(trace.old), trace.left + len(trace.old[0]) - 1 if trace.old else right
    )
    return replace(trace.effect, digest=values_digest(run, trace.old), place=place, applied=False)
