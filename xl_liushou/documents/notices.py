"""逾期提醒单: to each responsible teacher what is due, to the head and the leading group what escalated to them.

A child of whom the authorities must be told stands at the head of three notices only, by name and class:
that of the head of moral education, of the leading group, and of the child's class teacher.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from xl_liushou.core.plan import Skipped, WriteDocument
from xl_liushou.core.table import Record
from xl_liushou.documents.audience import chinese_date
from xl_liushou.documents.classes import is_everybody
from xl_liushou.documents.options import PaperOptions
from xl_liushou.documents.people import school_facts
from xl_liushou.documents.wording import NOTHING, UNSETTLED, day_of_year, distinct, numbered
from xl_liushou.followup.due import due_items
from xl_liushou.followup.item import MUST_REPORT, OVERDUE, SOON, TODAY, UNKNOWN, Item
from xl_liushou.followup.owners import GROUP, HEAD
from xl_liushou.schema.school import School
from xl_liushou.schema.sheets import Children, Staff

_TOLD: Final = (OVERDUE, TODAY, SOON, UNKNOWN)


@dataclass(slots=True, eq=False)
class _Notice:
    """What one notice tells, most urgent first: must-reports, own items, items of others to press for."""

    person: str
    greeting: str
    reports: list[Item] = field(default_factory=list)
    own: list[Item] = field(default_factory=list)
    others: list[Item] = field(default_factory=list)

    def items(self) -> list[Item]:
        """Everything it tells."""
        return [*self.reports, *self.own, *self.others]


def overdue_notices(
    school: School, today: date, children: Sequence[Record], options: PaperOptions  # noqa: ARG001
) -> list[WriteDocument | Skipped]:  # fmt: skip
    """One notice for the head, one for the leading group, one per responsible teacher; empty ones are not made.

    Steps of campaigns belong to no child, so they are told when no child 在管 was left out of the choice.
    """
    items = [item for item in due_items(school, today, _choice(school, children)) if _is_told(item)]
    notices = [notice for notice in _notices(school, items) if notice.items()]
    if not notices:
        return [Skipped(None, f"截至{chinese_date(today)}没有逾期、到期或临期的事项，不需要提醒单")]
    return [_paper(school, today, notice) for notice in notices]


def _choice(school: School, children: Sequence[Record]) -> list[str] | None:
    """The chosen 儿童编号, None where everybody is meant."""
    return None if is_everybody(school, children) else sorted({child[Children.child_id] for child in children})


def _is_told(item: Item) -> bool:
    return item.kind == MUST_REPORT or item.status in _TOLD


def _notices(school: School, items: Iterable[Item]) -> list[_Notice]:
    """The head's notice, the leading group's, then the teachers' in the order of urgency.

    Persons are told apart by 工号: two teachers of one name never share a notice.
    """
    record = school.head_of_moral_education
    head_name = record[Staff.name] if record else HEAD
    head = _Notice(head_name, f"{head_name}老师（{HEAD}）" if record else HEAD)
    group = _Notice(GROUP, f"{GROUP}全体成员")
    by_id: dict[str, _Notice] = {record[Staff.staff_id] if record else HEAD: head}
    for item in items:
        if item.kind == MUST_REPORT:
            teacher = school.class_teacher(item.class_name)
            for notice in dict.fromkeys((head, group, _of(by_id, teacher, head))):
                notice.reports.append(item)
            continue
        own = _of(by_id, school.staff_of.get(item.owner_id or ""), head)
        own.own.append(item)
        if item.escalation in {HEAD, GROUP} and own is not head:
            head.others.append(item)
        if item.escalation == GROUP:
            group.others.append(item)
    return [head, group, *(notice for notice in by_id.values() if notice is not head)]


def _of(notices: dict[str, _Notice], person: Record | None, otherwise: _Notice) -> _Notice:
    """The notice of a member of staff, begun where there is none yet."""
    if person is None:
        return otherwise
    name = person[Staff.name]
    return notices.setdefault(person[Staff.staff_id], _Notice(name, f"{name}老师"))


def _paper(school: School, today: date, notice: _Notice) -> WriteDocument:
    items = notice.items()
    classes = distinct(item.class_name for item in items)
    of_one_class = len(classes) == 1 and not notice.others
    return WriteDocument(
        document="overdue-notice", title="逾期提醒单", class_name=classes[0] if of_one_class else "",
        person=notice.person, audience="班级", children=distinct(item.child or "" for item in items),
        context=_context(school, today, notice),
    )  # fmt: skip


def _context(school: School, today: date, notice: _Notice) -> dict[str, Any]:
    reports = list(dict.fromkeys((item.name, item.class_name) for item in notice.reports))
    counts = {status: sum(item.status == status for item in notice.own) for status in _TOLD}
    sections = [("强制报告", reports), ("本人事项", notice.own), ("督办事项", notice.others), ("要求", True)]
    return {
        "收件人": notice.greeting,
        "强制报告": [{"姓名": name, "班级": class_name} for name, class_name in reports],
        "本人事项": [_row(item, today) for item in notice.own],
        "督办事项": [_row(item, today) for item in notice.others],
        "概要": "、".join(f"{status}{count}项" for status, count in counts.items() if count),
        "统计": counts,
        "序号": numbered(sections),
        "学校": school_facts(school),
        "日期": chinese_date(today),
    }


def _row(item: Item, today: date) -> dict[str, Any]:
    remarks = ("从未联系" if item.never else "", item.note)
    return {
        "姓名": item.name,
        "班级": item.class_name or NOTHING,
        "类型": item.kind,
        "上次日期": day_of_year(item.last, today),
        "应完成日期": day_of_year(item.due, today),
        "状态": f"{OVERDUE}{item.days_overdue}天" if item.status == OVERDUE else item.status,
        "责任人": item.owner or UNSETTLED,
        "备注": "；".join(remark for remark in remarks if remark),
    }
