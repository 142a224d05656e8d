"""Mail: the letters of an earlier run, planned, shown, handed over one by one, and told in the workbook."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from xl_liushou.adapters.ledger import LEDGER, Ledger
from xl_liushou.adapters.mail_ledger import MailLedger
from xl_liushou.adapters.smtp import Patience
from xl_liushou.adapters.state import present_state
from xl_liushou.app.journal import Journal, WritingJournal, new_run, reading, writing
from xl_liushou.app.letters import letters_of
from xl_liushou.app.mail_telling import tell
from xl_liushou.app.opening import Opened, open_book
from xl_liushou.app.outcome import Outcome, heading
from xl_liushou.app.passwords import Ask
from xl_liushou.app.running import Order
from xl_liushou.core.errors import LiushouError, UnusableInput, UsageProblem
from xl_liushou.core.mail import MAILABLE, Mailed
from xl_liushou.core.plan import Plan
from xl_liushou.core.run import Run
from xl_liushou.routines import mail
from xl_liushou.routines.mail_items import MailInputs
from xl_liushou.routines.mail_log import ToldMail
from xl_liushou.routines.mail_words import told
from xl_liushou.schema.results import SendLog

_NOT_SENT: Final = ("failed", "unknown")


@dataclass(frozen=True, slots=True)
class Wish:
    """What a person wants done with the letters of a run; nothing but a look, if not told otherwise.

    `confirm` puts a question to the person, `ask` asks for the mailbox's password; None where there is nobody.
    """

    letters: str
    send: bool = False
    limit: int | None = None
    test_to: str = ""
    resume: bool = False
    again: bool = False
    takes_new: bool = False
    as_files: bool = False
    remember: bool = False
    confirm: Callable[[str], bool] | None = None
    ask: Ask | None = None
    patience: Patience = field(default_factory=Patience)

    @property
    def acts(self) -> bool:
        """Whether anything leaves the program."""
        return self.send or self.as_files


def run_mail(order: Order, wish: Wish) -> Outcome:
    """Mails the letters of an earlier run, or shows what would be."""
    opened = open_book(order.book, order.passwords)
    begun = new_run(opened, "mail", order.now, order.today, letters=wish.letters, send=wish.acts)
    with (writing if wish.acts else reading)(opened, begun) as journal, record_of(journal) as ledger:
        return _mailed(journal, ledger, order, wish)


def _mailed(journal: Journal, ledger: Ledger | None, order: Order, wish: Wish) -> Outcome:
    run = _letters_run(ledger, journal.opened, wish.letters)
    assert ledger is not None
    inputs = _inputs(journal.opened, ledger, run, wish)
    plan = mail.plan(inputs)
    if wish.acts and wish.confirm and (changed := _changed(plan)) and wish.confirm(changed):
        inputs = replace(inputs, takes_new=True)
        plan = mail.plan(inputs)
    result: dict[str, Any] = {**heading("mail", order.book, order.today), **plan.report, "sending": wish.acts}
    problem: LiushouError | None = None
    if wish.test_to:
        _test(plan, result, inputs, wish)
    elif isinstance(journal, WritingJournal):
        _act(journal, inputs, plan, result, order, wish)
        problem = tell(journal, MailLedger(ledger).messages(book_number(journal.opened)))
    result["blocked"] = [{"child": one.child, "code": one.code, "message": one.message} for one in plan.blocked]
    states = [message["state"] for message in result["messages"]]
    totals = {state: states.count(state) for state in ("sent", "failed", "unknown")}
    result["run"] = journal.end({**totals, "blocked": len(plan.blocked)}, result.get("folder") or "")
    if problem:
        journal.notes.append("邮件的事已经办完，只是还没有记到“发送记录”里，不用再发一遍。")
    if journal.notes:
        result["notes"] = list(journal.notes)
    held = any(one["changed"] and one["state"] == "skipped" for one in result["messages"])
    undone = plan.blocked or held or (wish.acts and any(state in _NOT_SENT for state in states))
    return Outcome(result, list(mail.lines(result)), journal.notes, 1 if undone else 0, problem)


def _act(
    journal: WritingJournal, inputs: MailInputs, plan: Plan, result: dict[str, Any], order: Order, wish: Wish
) -> None:
    """Hands the messages over, and writes what goes other ways; `result` tells what became of each."""
    from xl_liushou.app.mail_sending import send_mails, write_drafts, write_lists

    _require_green(result)
    if any(one.letters == inputs.letters_of for one in inputs.mailed) and not (wish.resume or wish.again):
        raise UsageProblem("这一批信以前发过一部分：只发还没发的，加 --resume；确实要把发过的再发一遍，加 --again。")
    if wish.as_files:
        results = write_drafts(journal, inputs, plan.mails, result, order)
    else:
        results = send_mails(journal, inputs, plan.mails, order, wish)
    if not wish.resume:
        write_lists(journal, result, order)
    for message in result["messages"]:
        if message["id"] in results:
            message["state"], reason = results[message["id"]]
            message["reason"] = told(reason)


def _test(plan: Plan, result: dict[str, Any], inputs: MailInputs, wish: Wish) -> None:
    from xl_liushou.app.mail_sending import send_tests

    _require_green(result)
    result["tested"], result["tested_to"] = send_tests(inputs, plan.mails, wish), wish.test_to


def _require_green(result: dict[str, Any]) -> None:
    if wrong := mail.red(result):
        raise UnusableInput(f"还不能发：“设置”表里，{wrong}。改好、保存后再试。")


def _changed(plan: Plan) -> str:
    """The question about addresses that changed since the letters were written; "" for none."""
    new = [one for one in plan.report["messages"] if one["changed"] and one["state"] == "skipped"]
    told_ones = "；".join(f"{'、'.join(one['children'])}：{one['to']}" for one in new)
    return f"这些邮箱在信写好以后改过：{told_ones}。照新的邮箱发吗" if new else ""


def _inputs(opened: Opened, ledger: Ledger, run: Run, wish: Wish) -> MailInputs:
    mailed = MailLedger(ledger).messages(book_number(opened))
    _require_ledger(opened, mailed)
    return MailInputs(
        school=opened.school,
        purpose=str(run.options["document"]),
        letters_of=run.id,
        letters=letters_of(run, ledger.effects(run.id), opened.school, opened.file.path.parent),
        mailed=mailed,
        again=wish.again,
        takes_new=wish.takes_new,
        through_server=not wish.as_files,
        limit=wish.limit,
    )


def _require_ledger(opened: Opened, mailed: Sequence[Mailed]) -> None:
    """Stops where 发送记录 tells of messages that no ledger knows: it would be forgotten that they were sent."""
    lost = ToldMail(opened.sheet(SendLog.title)).unknown_to(mailed)
    if lost:
        raise UnusableInput(
            f"“发送记录”里有 {len(lost)} 封邮件，工作簿旁边的 .liushou 文件夹里却没有它们的账，"
            "再发就可能发两遍，所以没有做。"
            "请把原来的 .liushou 文件夹放回工作簿旁边；确实找不回来了，请先核对哪些信已经发过，"
            "再从“发送记录”里删去这些邮件的行。"
        )


def _letters_run(ledger: Ledger | None, opened: Opened, wanted: str) -> Run:
    """The run that wrote the letters; `last` is the newest that wrote any that can be mailed."""
    runs = ledger.runs(opened.file.path.name) if ledger else []
    letters = [run for run in runs if run.command == "write" and run.options.get("document") in MAILABLE]
    done = [run for run in letters if run.state in ("done", "waiting") and run.folder]
    found = done[-1:] if wanted == "last" else [run for run in done if run.id == wanted]
    if found and found[0].options.get("one_file"):
        raise UsageProblem(
            f"运行“{found[0].id}”把所有的信合成了一个文件，只能打印，不能发邮件。"
            "请不加 --one-file 再写一次，一家一个文件。"
        )
    if found:
        return found[0]
    if any(run.id == wanted for run in letters):
        raise UsageProblem(f"运行“{wanted}”的信已经撤销或没有写成，不能发。请重新写信。")
    if wanted != "last" and any(run.id == wanted for run in runs):
        raise UsageProblem(f"运行“{wanted}”写的不是给家长的信。能发的是家长通报信和亲情书信。")
    raise UsageProblem(
        "没有写好的信可以发。请先写信，例如：xl-liushou write parent-letter 工作簿；再用 runs 查看编号。"
    )


@contextmanager
def record_of(journal: Journal) -> Iterator[Ledger | None]:
    """The record of runs: the journal's own, or one to look into; None where there is none."""
    if isinstance(journal, WritingJournal):
        yield journal.ledger
        return
    state: Path | None = present_state(journal.opened.file.path.parent)
    if state is None or not (state / LEDGER).exists():
        yield None
        return
    with Ledger(state) as ledger:
        yield ledger


def book_number(opened: Opened) -> str:
    """The number by which the ledger knows a workbook, whatever it is called and wherever it lies."""
    return str(opened.school.settings["工作簿编号"])
