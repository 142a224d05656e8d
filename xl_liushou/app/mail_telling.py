"""Telling the workbook what became of messages: 发送记录 gets what it lacks, and 联系记录 the letters that count."""

from __future__ import annotations

from collections.abc import Sequence

from xl_liushou.adapters.mail_ledger import MailLedger
from xl_liushou.app.book_edits import write_edits
from xl_liushou.app.journal import WritingJournal
from xl_liushou.core.errors import LiushouError, Unsettled
from xl_liushou.core.mail import Mailed
from xl_liushou.routines.mail_log import ToldMail, contact_edits, log_edits
from xl_liushou.schema.results import SendLog


def tell(journal: WritingJournal, mailed: Sequence[Mailed]) -> LiushouError | None:
    """Writes the lines of all messages that 发送记录 lacks; returns what kept them from being written now.

    Lines that an earlier run holds ready to be written (`pending`) are left to it.
    """
    opened, ledger = journal.opened, journal.ledger
    runs = {run.id: run.state for run in ledger.runs(opened.file.path.name)}
    known = ToldMail(opened.sheet(SendLog.title))
    new = [one for one in mailed if not known.has(one) and runs.get(one.told) != "waiting"]
    if not new:
        return None
    undone = {run for run, state in runs.items() if state == "undone"}
    edits = [*log_edits(opened.school, new), *contact_edits(opened.school, new, undone)]
    MailLedger(ledger).told([one.id for one in new], journal.run.id)
    try:
        journal.notes += write_edits(journal, edits)
    except Unsettled:
        raise
    except LiushouError as problem:
        return problem
    return None
