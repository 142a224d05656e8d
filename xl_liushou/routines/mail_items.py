"""What becomes of each letter of an earlier run: the way it goes, or why it stays."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, Literal

from xl_liushou.core.mail import Attachment, Letter, Mailed, Reader, SendMail, address_hash, mail_id
from xl_liushou.core.table import Record
from xl_liushou.documents.channels import Channel, Ways
from xl_liushou.documents.leaks import FixedWords, LeakScan
from xl_liushou.documents.mails import PHRASES, TITLES, mail_text, short_text, subject, without_private_word
from xl_liushou.documents.people import guardian_key
from xl_liushou.routines.mail_settings import MailSettings, mail_settings
from xl_liushou.schema.addresses import is_address, meant_domain
from xl_liushou.schema.school import School
from xl_liushou.schema.sheets import Children, Guardians, Staff

State = Literal["planned", "sent", "failed", "unknown", "skipped"]
HELD: Final = "不发"
"""The channel of what stays where it is."""
_LOCKABLE: Final = (".docx", ".xlsx", ".pptx", ".docm", ".xlsm")
_LOCK_DIGITS: Final = 6


@dataclass(frozen=True, slots=True)
class MailInputs:
    """What the routine works on: the letters of the run `letters_of`, and all the ledger knows of this workbook's mail.

    `again` sends what was sent already, `takes_new` to addresses that changed since the letters were written.
    """

    school: School
    purpose: str
    letters_of: str
    letters: Sequence[Letter]
    mailed: Sequence[Mailed] = ()
    again: bool = False
    takes_new: bool = False
    through_server: bool = True
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One letter and one reader. `mail` is what would be sent; `text` what goes to a phone; `changed` a new address."""

    channel: Channel | Literal["不发"]
    children: Sequence[Record]
    reader: Record | None
    state: State = "planned"
    reason: str = ""
    code: str = ""
    file: Attachment | None = None
    mail: SendMail | None = None
    text: str = ""
    changed: bool = False
    warning: str = ""


@dataclass(slots=True)
class Sorter:
    """Finds the way of each letter; nobody gets the same twice."""

    inputs: MailInputs
    settings: MailSettings = field(init=False)
    _ways: Ways = field(init=False)
    _scan: LeakScan = field(init=False)
    _fixed: FixedWords = field(init=False)
    _seen: set[tuple[str, str]] = field(init=False, default_factory=set)

    def __post_init__(self) -> None:
        self.settings = mail_settings(self.inputs.school.settings)
        school = self.inputs.school
        names = (str(school.settings[item]) for item in ("学校名称", "落款单位"))
        self._ways, self._scan, self._fixed = Ways(school), LeakScan(school), FixedWords((*PHRASES, *names))

    @property
    def _book(self) -> str:
        return str(self.inputs.school.settings["工作簿编号"])

    def items(self, letter: Letter) -> Iterator[Item]:
        """One item for each reader of a letter; one for the letter where it is withheld."""
        school = self.inputs.school
        children = [child for one in letter.children if (child := school.child_of.get(one))]
        problem = _withheld(letter, len(children) == len(letter.children))
        if problem:
            code, reason = problem
            yield Item(HELD, children, None, "skipped", reason, code, letter.file)
            return
        for reader in letter.readers or [Reader(key) for key in letter.recipients or ()]:
            yield self._item(letter, children, reader)

    def _item(self, letter: Letter, children: Sequence[Record], reader: Reader) -> Item:
        guardian = self._guardian(children, reader.key)
        if guardian is None or reader.key not in (letter.recipients or ()):
            told = "收信人已不是这个孩子登记的收信人，请核对监护人表，再重新写信"
            return Item(HELD, children, None, "skipped", told, "D808", letter.file)
        way = self._ways.to(guardian, children)
        if way.channel == "邮件":
            return self._by_mail(letter, children, guardian, reader)
        school, purpose = self.inputs.school, self.inputs.purpose
        text = "" if way.channel == "纸质" else short_text(school, purpose, children, guardian)
        return Item(way.channel, children, guardian, reason=way.reason, code=way.code, file=letter.file, text=text)

    def _guardian(self, children: Sequence[Record], key: str) -> Record | None:
        groups = (self.inputs.school.guardians_by_child.get(child[Children.child_id], ()) for child in children)
        return next((one for group in groups for one in group if guardian_key(one) == key), None)

    def _by_mail(self, letter: Letter, children: Sequence[Record], guardian: Record, reader: Reader) -> Item:
        attachments = self._attachments(letter, children)
        locked = self.settings.locks
        password = _lock_of(guardian) if locked else ""
        why = _not_attachable(attachments, locked, password)
        if why:
            return Item("纸质" if attachments else HELD, children, guardian, "skipped", why, file=letter.file)
        mail = self._mail(attachments, children, guardian, password)
        new = reader.address not in (None, address_hash(self._book, mail.to))
        if self._scan.hits({"邮件": "\n".join((mail.subject, *mail.text))}, mail.children, (), self._fixed):
            told = "邮件里有别的孩子或其监护人的信息，请核对监护人和孩子的姓名"
            return Item(HELD, children, guardian, "skipped", told, "D802", letter.file)
        state, told = self._state(mail, new)
        meant = meant_domain(mail.to)
        warning = f"邮箱的域名像是“{meant}”写错了，请核对" if meant else ""
        return Item("邮件", children, guardian, state, told, "", letter.file, mail, "", new, warning)

    def _attachments(self, letter: Letter, children: Sequence[Record]) -> Sequence[Attachment]:
        """What goes with the e-mail: the letter; of a child's letter what the child wrote, not the stationery."""
        if self.inputs.purpose != "child-letter":
            assert letter.file is not None
            files, stem = [letter.file], ""
        else:
            child = children[0]
            files = list(letter.own)
            stem = f"{TITLES['child-letter']}-{self.inputs.school.class_name(child)}-{child[Children.name]}"
        names = [_attached_name(one, stem, number, len(files)) for number, one in enumerate(files, 1)]
        return [Attachment(name, one.path, one.digest) for name, one in zip(names, files, strict=True)]

    def _mail(
        self, attachments: Sequence[Attachment], children: Sequence[Record], guardian: Record, password: str
    ) -> SendMail:
        school, purpose, key = self.inputs.school, self.inputs.purpose, guardian_key(guardian)
        mail = SendMail(
            id="",
            purpose=purpose,
            children=[child[Children.child_id] for child in children],
            recipient=key,
            to=self._ways.address(guardian),
            subject=subject(school, purpose, children),
            text=mail_text(school, purpose, children, guardian, bool(password)),
            attachments=attachments,
            reply_to=self._reply_to(children[0]),
            password=password,
        )
        sent = sum(one.state == "sent" for one in self._past(mail)) if self.inputs.again else 0
        return replace(mail, id=mail_id(self._book, purpose, key, mail.digest, sent))

    def _past(self, mail: SendMail) -> list[Mailed]:
        address = address_hash(self._book, mail.to)
        return [one for one in self.inputs.mailed if one.is_same(mail, address)]

    def _state(self, mail: SendMail, new: bool) -> tuple[State, str]:
        """Whether a message is still to be sent, and why not."""
        past = self._past(mail)
        unknown = next((one for one in past if one.state == "unknown"), None)
        if unknown:
            told = "上一次没有等到服务器的回答，不知道发出了没有，不会自己再发；问清楚以后用"
            return "unknown", f"{told} mail-status --settle {unknown.id} sent（或 not-sent）登记"
        sent = next((one for one in past if one.state == "sent"), None)
        if sent and not self.inputs.again:
            return "sent", f"{sent.time[:10]} 已经发过同样的内容，不再发（确实要再发，加 --again）"
        place = (mail.digest, mail.to.casefold())
        if place in self._seen:
            return "skipped", "这家的另一位收信人用的是同一个邮箱，只发一封"
        if new and not self.inputs.takes_new:
            return "skipped", "信写好以后邮箱改过：核对无误后加 --new-address 再发"
        self._seen.add(place)
        return "planned", ""

    def _reply_to(self, child: Record) -> str:
        """The class teacher's address, if families answer to it and there is one."""
        teacher = self.inputs.school.class_teacher(self.inputs.school.class_name(child))
        address = teacher[Staff.email] if teacher and self.settings.replies_to_teacher else ""
        return address if is_address(address) else ""


def _withheld(letter: Letter, are_known: bool) -> tuple[str, str] | None:
    """The code and the reason why a letter goes nowhere."""
    if letter.file is None:
        return "D809", "写好的文书改动过，或不在原来的文件夹里了，请重新写信"
    if letter.recipients is None or not are_known:
        return "D807", "信写好以后，工作簿里和它有关的内容改过，请重新写信"
    return ("D802", letter.leak) if letter.leak else None


def _not_attachable(attachments: Sequence[Attachment], locked: bool, password: str) -> str:
    if not attachments:
        return "“书信”文件夹里没有这个孩子自己写的信，没有发"
    if locked and not password:
        return "设置要求附件加密码，但收信人没有填手机，改为打印"
    if locked and not all(one.name.lower().endswith(_LOCKABLE) for one in attachments):
        return "设置要求附件加密码，只有 Word、Excel 文件能加；请把信放进 Word 文件，或改设置。这次改为打印"
    return ""


def _lock_of(guardian: Record) -> str:
    """The last six digits of a guardian's phone."""
    digits = "".join(sign for sign in guardian[Guardians.mobile] or guardian[Guardians.landline] if sign.isdigit())
    return digits[-_LOCK_DIGITS:] if len(digits) >= _LOCK_DIGITS else ""


def _attached_name(file: Attachment, stem: str, number: int, of: int) -> str:
    suffix = file.name[file.name.rfind(".") :] if "." in file.name else ""
    wanted = f"{stem}{f'-{number}' if of > 1 else ''}{suffix}" if stem else file.name
    return without_private_word(wanted)
