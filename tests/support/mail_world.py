"""A small school whose letters are ready to be mailed, and one try to mail them as the program does it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.support.schools import school_of
from xl_liushou.adapters.ledger import Ledger
from xl_liushou.adapters.mail_ledger import MailLedger
from xl_liushou.adapters.smtp import Courier, Pace, Patience
from xl_liushou.adapters.state import locked
from xl_liushou.app.posting import Post, Sender
from xl_liushou.core.mail import Attachment, Letter, Mailed, MailServer, Reader, address_hash
from xl_liushou.core.run import bytes_digest
from xl_liushou.routines import mail
from xl_liushou.routines.mail_items import MailInputs
from xl_liushou.schema.school import School
from xl_liushou.schema.sheets import Children, Guardians, Staff

BOOK = "book-1"
IMPATIENT = Patience(command=0.5, answer=0.25, retries=(0.01, 0.02, 0.04))
SETTINGS = {
    "工作簿编号": BOOK, "发件邮箱": "school@example.com", "发件人姓名": "云岭小学", "SMTP服务器": "127.0.0.1",
    "SMTP端口": 2525, "SMTP加密": "无", "每分钟邮件数": 600, "回复地址": "班主任",
}  # fmt: skip


def families(number: int, guardian: dict[str, Any] | None = None, settings: dict[str, Any] | None = None) -> School:
    """A school of so many families of one child, all to be written to by e-mail; `guardian` changes the first's."""
    children = [{"child_id": f"S{n:03}", "name": f"学生{chr(0x4E00 + n)}"} for n in range(1, number + 1)]
    guardians: list[dict[str, Any]] = [
        {
            "guardian_id": f"J{n:03}", "child_id": f"S{n:03}", "name": f"家长{chr(0x5E00 + n)}",
            "email": f"p{n}@example.com", "channel": "邮件",
        }
        for n in range(1, number + 1)
    ]  # fmt: skip
    guardians[0] |= guardian or {}
    staff = [{"staff_id": "T01", "name": "王老师", "class_taught": "三年级1班", "email": "wang@example.com"}]
    return school_of(
        {Children: children, Guardians: guardians, Staff: staff}, settings={**SETTINGS, **(settings or {})}
    )


def letters(school: School, folder: Path, size: int = 200) -> list[Letter]:
    """A letter of some bytes for each child, as a file in a folder."""
    found = []
    for guardian in school[Guardians].records():
        child, key = guardian[Guardians.child_id], guardian[Guardians.guardian_id]
        path = folder / f"家长通报信-{child}.docx"
        path.write_bytes(f"letter {child} ".encode() * (size // 12))
        file = Attachment(path.name, str(path), bytes_digest(path.read_bytes()))
        reader = Reader(key, address_hash(BOOK, guardian[Guardians.email]))
        found.append(Letter([child], [reader], file, [key]))
    return found


@dataclass(frozen=True)
class World:
    """The letters of one run, and the folder with the ledger."""

    folder: Path
    school: School
    letters: list[Letter]

    @classmethod
    def of(cls, folder: Path, number: int, size: int = 200) -> World:
        """A fresh world with so many letters."""
        folder.mkdir(parents=True)
        school = families(number)
        return cls(folder, school, letters(school, folder, size))

    def mailed(self) -> list[Mailed]:
        """What the ledger knows."""
        with locked(self.folder) as state, Ledger(state.folder) as ledger:
            return MailLedger(ledger).messages(BOOK)

    def send(self, port: int, run: str = "R2", patience: Patience = IMPATIENT) -> dict[str, tuple[Any, str]]:
        """One try: what the ledger does not know as done is planned and handed over."""
        with locked(self.folder) as state, Ledger(state.folder) as ledger:
            mails = MailLedger(ledger)
            plan = mail.plan(MailInputs(self.school, "parent-letter", "R1", self.letters, mails.messages(BOOK)))
            courier = Courier(MailServer("127.0.0.1", port, "无"), lambda: [], patience)
            sender = Sender("school@example.com", "云岭小学", BOOK, "R1", run)
            post = Post(sender, mails, courier, Pace(1e9), patience)
            post.send(plan.mails)
            return post.results
