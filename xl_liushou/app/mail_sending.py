"""What leaves the program: messages to the server, drafts as files, and the lists for phones and paper."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from xl_liushou.adapters.mail_ledger import MailLedger
from xl_liushou.adapters.saving import write_paper
from xl_liushou.adapters.smtp import Courier, Fate, Pace
from xl_liushou.app.filenames import safe_name
from xl_liushou.app.journal import WritingJournal
from xl_liushou.app.mail_passwords import entry, mail_passwords
from xl_liushou.app.papers import run_folder
from xl_liushou.app.posting import CHANGED, DRAFT, Post, Sender, message_of
from xl_liushou.app.running import Order
from xl_liushou.core.errors import UnusableInput, UsageProblem
from xl_liushou.core.mail import MailState, SendMail
from xl_liushou.core.run import FILE, Effect, bytes_digest
from xl_liushou.routines.mail_items import MailInputs
from xl_liushou.routines.mail_settings import mail_settings
from xl_liushou.routines.mail_words import told
from xl_liushou.schema.sheets import Staff

if TYPE_CHECKING:
    from xl_liushou.app.mailing import Wish

_TESTED: Final = 3
_TEST_MARK: Final = "【试发】"
Results = dict[str, tuple[MailState, str]]


def send_mails(
    journal: WritingJournal, inputs: MailInputs, mails: Sequence[SendMail], order: Order, wish: Wish
) -> Results:
    """Hands messages over to the server; what became of each by its id."""
    if not mails:
        return {}
    settings = mail_settings(inputs.school.settings)
    courier = Courier(settings.server, mail_passwords(settings.server, wish.ask), wish.patience)
    post = Post(
        _sender(inputs, journal.run.id), MailLedger(journal.ledger), courier, Pace(settings.per_minute),
        wish.patience, order.progress,
    )  # fmt: skip
    post.send(mails)
    if wish.remember and courier.password:
        from xl_liushou.adapters import key_store

        kept = key_store.remember(entry(settings.server), courier.password)
        journal.notes.append(
            "系统密码库已记住邮箱的授权码。" if kept else "这台电脑没有可用的系统密码库，授权码没有记住。"
        )
    return post.results


def send_tests(inputs: MailInputs, mails: Sequence[SendMail], wish: Wish) -> int:
    """Sends the first messages to somebody of the school instead of the families; how many."""
    school, settings = inputs.school, mail_settings(inputs.school.settings)
    if wish.test_to.casefold() not in {one.casefold() for one in (settings.address, *school[Staff].email) if one}:
        raise UsageProblem("试发只能发给学校自己的邮箱：“设置”里的发件邮箱，或“教职工”表里的邮箱。")
    courier = Courier(settings.server, mail_passwords(settings.server, wish.ask), wish.patience)
    sender = _sender(inputs, "")
    chosen = [replace(one, to=wish.test_to) for one in mails[: wish.limit or _TESTED]]
    for mail in chosen:
        message = message_of(mail, sender, _TEST_MARK)
        if message is None:
            raise UnusableInput(f"试发没有成功：{told(CHANGED)}。")
        answer = courier.deliver(sender.address, mail.to, message, lambda: True)
        if answer.fate is not Fate.ACCEPTED:
            raise UnusableInput(f"试发没有成功：{told(answer.reason)}。")
    courier.close()
    return len(chosen)


def write_drafts(
    journal: WritingJournal, inputs: MailInputs, mails: Sequence[SendMail], result: dict[str, Any], order: Order
) -> Results:
    """Writes messages as files that any mail program opens; only a person knows whether they went out."""
    sender, ledger = _sender(inputs, journal.run.id), MailLedger(journal.ledger)
    folder, results = _folder(journal, result, order), Results()
    for number, mail in enumerate(mails, 1):
        message = message_of(mail, sender)
        if message is None:
            results[mail.id] = ("failed", CHANGED)
        elif ledger.put(sender.recorded(mail, "unknown", DRAFT)):
            _write(journal, folder, f"{number:03}-{safe_name(mail.subject)}.eml", message)
            results[mail.id] = ("unknown", DRAFT)
    return results


def write_lists(journal: WritingJournal, result: dict[str, Any], order: Order) -> None:
    """Writes the texts for phones, and the list of what is printed; nothing where there is neither."""
    from xl_liushou.build.post_lists import prints_workbook, texts_workbook

    texts, prints = result["texts"], result["prints"]
    for way in dict.fromkeys(line["way"] for line in texts):
        lines = [line for line in texts if line["way"] == way]
        folder = _folder(journal, result, order)
        _write(journal, folder, f"{way}.xlsx", texts_workbook(lines))
        _write(journal, folder, f"{way}.txt", "".join(_plain(lines)).encode("utf-8-sig"))
    if prints:
        lines = [{**line, "file": Path(line["path"]).name} for line in prints]
        _write(journal, _folder(journal, result, order), "打印签收表.xlsx", prints_workbook(lines))


def _plain(lines: Sequence[dict[str, Any]]) -> Iterator[str]:
    """One line for each text: the phone, a tab, the text."""
    return (f"{line['phone']}\t{line['text']}\r\n" for line in lines)


def _folder(journal: WritingJournal, result: dict[str, Any], order: Order) -> Path:
    """The folder of this run's files, chosen once."""
    if not result.get("folder"):
        result["folder"] = str(
            (order.out or run_folder(order.book, journal.opened.school, "邮件", order.now)).absolute()
        )
    return Path(result["folder"])


def _write(journal: WritingJournal, folder: Path, name: str, data: bytes) -> None:
    write_paper(folder, name, data)
    journal.effects.append(Effect(FILE, bytes_digest(data), applied=True))


def _sender(inputs: MailInputs, run: str) -> Sender:
    settings = mail_settings(inputs.school.settings)
    book = str(inputs.school.settings["工作簿编号"])
    return Sender(settings.address, settings.name, book, inputs.letters_of, run)
