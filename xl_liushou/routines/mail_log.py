"""What the ledger has to tell 发送记录, and the lines of a letter that counts in 联系记录.

The sheet gets what it lacks: so its lines can always be made anew from the ledger.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from typing import Any, Final

from xl_liushou.core.edits import Edit, Value
from xl_liushou.core.mail import Mailed
from xl_liushou.core.rawsheet import RawSheet
from xl_liushou.core.table import Column
from xl_liushou.documents.mails import TITLES
from xl_liushou.documents.people import guardian_key
from xl_liushou.documents.wording import distinct
from xl_liushou.routines.mail_words import told
from xl_liushou.schema.keys import new_keys
from xl_liushou.schema.results import SENT as SENT_WORD
from xl_liushou.schema.results import UNCLEAR, UNSENT, SendLog
from xl_liushou.schema.school import School
from xl_liushou.schema.sheets import Children, Contacts, Guardians, Staff

_ID: Final = re.compile(r"M[0-9a-f]{16}")
_STATES: Final = {"sent": SENT_WORD, "failed": UNSENT, "unknown": UNCLEAR, "not-sent": UNSENT}
_BY_MAIL: Final = "邮件"
_NOT_COUNTED: Final = "不计"


class ToldMail:
    """The messages that 发送记录 tells of, each with its state."""

    def __init__(self, sheet: RawSheet | None) -> None:
        rows = [[str(cell) for cell in row] for row in sheet.rows] if sheet else []
        self._lines = {
            (found, word)
            for row in rows
            for cell in row
            for found in _ID.findall(cell)
            for word in _STATES.values()
            if word in row
        }

    def has(self, mail: Mailed) -> bool:
        """Whether the sheet has the line of a message in its present state."""
        return (mail.id, _STATES[mail.state]) in self._lines

    def unknown_to(self, ledger: Iterable[Mailed]) -> set[str]:
        """The messages that the sheet says were handed over and the ledger does not know."""
        known = {mail.id for mail in ledger}
        return {message for message, word in self._lines if word != UNSENT} - known


def log_edits(school: School, mails: Sequence[Mailed]) -> list[Edit]:
    """The lines of some messages for 发送记录."""
    return SendLog.appended([SendLog.row(**_line(school, mail)) for mail in mails]) if mails else []


def contact_edits(school: School, mails: Iterable[Mailed], undone: Collection[str]) -> list[Edit]:
    """The lines of letters that were sent for 联系记录, if 设置.书信计入 wants them; each is counted once.

    Those of runs that a person has `undone` stay out.
    """
    kind = school.settings["书信计入"] or _NOT_COUNTED
    if kind == _NOT_COUNTED or not school[Contacts].present:
        return []
    counted = "\n".join(school[Contacts].summary)
    wanted = [one for one in mails if one.state == "sent" and one.run not in undone and one.id not in counted]
    rows = [_contact(school, mail, child, kind) for mail in wanted for child in mail.children]
    keys = new_keys(Contacts.contact_id, school.tables, len(rows))
    return school.appended(Contacts, [{Contacts.contact_id: key, **row} for key, row in zip(keys, rows, strict=True)])


def _contact(school: School, mail: Mailed, child: str, kind: str) -> dict[Column[Any], Any]:
    found = school.child_of.get(child)
    teacher = school.class_teacher(school.class_name(found)) if found else None
    recorder = teacher or school.head_of_moral_education
    known = {guardian_key(one): one for one in school.guardians_by_child.get(child, ())}
    guardian = known.get(mail.recipient)
    return {
        Contacts.child_id: child,
        Contacts.kind: kind,
        Contacts.day: date.fromisoformat(mail.time[:10]),
        Contacts.way: "书信",
        Contacts.recorder: recorder[Staff.staff_id] if recorder else None,
        Contacts.contact: guardian[Guardians.guardian_id] if guardian else None,
        Contacts.result: "完成",
        Contacts.summary: f"{child} 的{TITLES[mail.purpose]}用电子邮件寄出（{mail.id}）",
    }


def _line(school: School, mail: Mailed) -> dict[str, Value]:
    children = [child for one in mail.children if (child := school.child_of.get(one))]
    why = told(mail.reason)
    return {
        "time": datetime.fromisoformat(mail.time).replace(tzinfo=None),
        "run": mail.run,
        "document": TITLES[mail.purpose],
        "class_name": "、".join(distinct(map(school.class_name, children))),
        "child_id": "、".join(mail.children),
        "name": "、".join(distinct(child[Children.name] for child in children)),
        "recipient": recipient_name(school, mail),
        "way": _BY_MAIL,
        "state": _STATES[mail.state],
        "note": f"{mail.id}{f'：{why}' if why else ''}",
    }


def recipient_name(school: School, mail: Mailed) -> str:
    """父亲 张强; "" where the workbook does not know the recipient any more."""
    groups = (school.guardians_by_child.get(child, ()) for child in mail.children)
    found = next((one for group in groups for one in group if guardian_key(one) == mail.recipient), None)
    return f"{found[Guardians.relation]} {found[Guardians.name]}".strip() if found else ""
