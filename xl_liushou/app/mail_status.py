"""The ledger of messages: shown, settled by a person, and told to the workbook."""

from __future__ import annotations

from typing import cast

from xl_liushou.adapters.mail_ledger import MailLedger
from xl_liushou.app.journal import WritingJournal, new_run, reading, writing
from xl_liushou.app.mail_telling import tell
from xl_liushou.app.mailing import book_number, record_of
from xl_liushou.app.opening import open_book
from xl_liushou.app.outcome import Outcome, heading
from xl_liushou.app.running import Order
from xl_liushou.core.mail import MailState
from xl_liushou.routines import mail_status


def run_mail_status(order: Order, settle: tuple[str, str] | None = None, into_book: bool = False) -> Outcome:
    """Shows the ledger; `settle` is an unknown message, or a run, and what a person found out: sent or not-sent."""
    opened = open_book(order.book, order.passwords)
    begun = new_run(opened, "mail-status", order.now, settle=list(settle or ()))
    acts = bool(settle) or into_book
    with (writing if acts else reading)(opened, begun) as journal, record_of(journal) as ledger:
        mails = MailLedger(ledger) if ledger else None
        mailed = mails.messages(book_number(opened)) if mails else []
        recorded, problem = None, None
        if mails and isinstance(journal, WritingJournal):
            if settle:
                wanted, state = mail_status.unsettled(mailed, settle[0]), cast(MailState, settle[1])
                mails.settle(wanted, state, journal.run.id, order.now.isoformat(" ", "seconds"))
                mailed = mails.messages(book_number(opened))
            problem = tell(journal, mailed)
            recorded = journal.end({})
        result = {
            **heading("mail-status", order.book, None, recorded),
            **mail_status.plan(opened.school, mailed).report,
        }
    return Outcome(result, list(mail_status.lines(result)), journal.notes, problem=problem)
