"""邮件记录: what the ledger knows of every message."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from xl_liushou.core.errors import UsageProblem
from xl_liushou.core.mail import Mailed, address_hash
from xl_liushou.core.plan import Plan
from xl_liushou.core.table import Record
from xl_liushou.documents.mails import subject
from xl_liushou.documents.people import guardian_key
from xl_liushou.routines.mail_words import told
from xl_liushou.schema.school import School
from xl_liushou.schema.sheets import Guardians

_STATES: Final = {"sent": "已发出", "failed": "未发出", "unknown": "不明", "not-sent": "未发出（由人登记）"}


def plan(school: School, mailed: Sequence[Mailed]) -> Plan:
    """Every message, the latest last."""
    return Plan(report={"messages": [_message(school, one) for one in mailed]})


def unsettled(mailed: Sequence[Mailed], wanted: str) -> list[str]:
    """The unknown messages that a person means by an id, or by the run that handed them over."""
    found = [one.id for one in mailed if one.state == "unknown" and wanted in (one.id, one.run)]
    if not found:
        raise UsageProblem(f"没有编号为“{wanted}”、还不知道发出没有的邮件。用 mail-status 可以列出来。")
    return found


def _message(school: School, mail: Mailed) -> dict[str, Any]:
    children = [child for one in mail.children if (child := school.child_of.get(one))]
    return {
        "id": mail.id,
        "to": _address(school, mail),
        "subject": subject(school, mail.purpose, children),
        "attachments": [],
        "state": mail.state,
        "reason": told(mail.reason),
        "children": list(mail.children),
        "recipient": mail.recipient,
        "time": mail.time,
        "run": mail.run,
        "letters": mail.letters,
    }


def _address(school: School, mail: Mailed) -> str | None:
    """The address as the workbook has it; None where that is not the one that the message went to."""
    book = str(school.settings["工作簿编号"])
    known: list[Record] = [one for child in mail.children for one in school.guardians_by_child.get(child, ())]
    addresses = (one[Guardians.email] for one in known if guardian_key(one) == mail.recipient)
    return next((one for one in addresses if address_hash(book, one) == mail.address), None)


def lines(result: Mapping[str, Any]) -> Iterator[str]:
    """One line a message, then what a person has to decide."""
    for one in result["messages"]:
        who = one["to"] or f"{'、'.join(one['children'])} 的收信人 {one['recipient']}（邮箱后来改过）"
        why = f"：{one['reason']}" if one["reason"] else ""
        yield f"{one['id']}  {one['time'][:16]}  {_STATES[one['state']]}  {who}  {one['subject']}{why}"
    counts = Counter(_STATES[one["state"]] for one in result["messages"])
    yield "，".join(f"{word} {number} 封" for word, number in counts.items()) or "还没有发过邮件。"
    if any(one["state"] == "unknown" for one in result["messages"]):
        yield (
            "“不明”的不会自己再发。请问一问家长，或看学校邮箱的“已发送”，再登记："
            "mail-status 工作簿 --settle 编号 sent（收到了）或 not-sent（没收到）"
        )
