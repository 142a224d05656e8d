"""Section 4 of the domain once more, for contacts: slowly, one calendar day at a time.

It shares nothing with `xl_liushou.followup` but the workbook's columns. Where a sentence can be read in
two ways, the reading taken here stands beside the code.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, NamedTuple

from xl_liushou.core.table import Record
from xl_liushou.schema.school import School
from xl_liushou.schema.sheets import Calendar, Children, Contacts, Intervals, Staff

CONTACT_KINDS = ("谈心", "通话", "家访", "亲子联系", "心理辅导", "协同沟通", "物资慰问")
RISKS = ("高", "中", "低")
ONE_DAY = timedelta(days=1)


class Expected(NamedTuple):
    """What section 4 says of one child and one kind of contact."""

    child: str
    class_name: str
    kind: str
    owner: str | None
    last: date | None
    due: date | None
    days_overdue: int
    status: str
    never: bool
    escalation: str | None


class Row(NamedTuple):
    """An interval and how many calendar days before it comes due it is told."""

    days: int
    lead: int


def expected_items(school: School, today: date) -> list[Expected]:
    """Every child in care and every kind of contact, in the order in which they are told."""
    found = [
        item
        for child in school[Children].records()
        if child[Children.case_status] != "结案"
        for kind in CONTACT_KINDS
        for item in expected_for(school, child, kind, today)
    ]
    return sorted(found, key=place_in_list)


def place_in_list(item: Expected) -> tuple[int, int, tuple[int, int, str], str, str]:
    """无法计算, 逾期 (most days first), 今日到期, 临期, 未到期, 暂停; then class, child, kind."""
    rank = ["无法计算", "逾期", "今日到期", "临期", "未到期", "暂停"].index(item.status)
    number = "".join(letter for letter in item.class_name[3:] if letter.isdigit())
    grade = "一二三四五六".find(item.class_name[0]) % 7 if item.class_name else 6
    room = (grade, int(number or 0), item.class_name)
    return rank, -item.days_overdue, room, item.child, item.kind


def expected_for(school: School, child: Record, kind: str, today: date) -> Iterator[Expected]:
    """The item of one child and kind; none where the kind has no interval."""
    table = intervals_of(school, kind)
    row = row_for(kind, table, child[Children.risk])
    if row is None:
        return
    longest = max((one.days for one in table.values()), default=row.days)
    last = last_completed(school, child[Children.child_id], kind, today)
    start = last or child[Children.filed_on]
    due: date | None = None
    late = 0
    if paused_today(child, today):
        status = "暂停"
    elif start is None:
        status = "无法计算"
    else:
        due = due_day(school, kind, child, start, row.days, longest)
        late = counting_days_after(school, kind, due, today)
        status = status_of(due, late, row.lead, today)
    yield Expected(
        child=child[Children.child_id],
        class_name=class_of(child),
        kind=kind,
        owner=owner_of(school, child),
        last=last,
        due=due,
        days_overdue=late,
        status=status,
        never=last is None,
        escalation=escalation_of(late, row.days),
    )


def intervals_of(school: School, kind: str) -> dict[str, Row]:
    """Each risk's row of 频次表; one whose 间隔天数 cannot be read is as good as missing."""
    found: dict[str, Row] = {}
    for record in school[Intervals].records():
        days, lead, risk = record[Intervals.days], record[Intervals.lead_days], record[Intervals.risk]
        if record[Intervals.kind] == kind and risk in RISKS and days is not None:
            found[risk] = Row(int(days), 2 if lead is None else int(lead))
    return found


def row_for(kind: str, table: dict[str, Row], risk: str) -> Row | None:
    """The row of a risk; where it is missing, 谈心 and 通话 fall back to 7 and 14 days.

    An unreadable risk has the shortest interval that any child's risk may have: rows of 频次表 and
    fallbacks alike. Of two equally short that with the shorter warning.
    """
    if risk not in RISKS:
        shortest: Row | None = None
        for any_risk in RISKS:
            row = row_for(kind, table, any_risk)
            if row is not None and (shortest is None or row < shortest):
                shortest = row
        return shortest
    found = table.get(risk)
    if found is None and kind == "谈心":
        return Row(7, 2)
    if found is None and kind == "通话":
        return Row(14, 2)
    return found


def last_completed(school: School, child_id: str, kind: str, today: date) -> date | None:
    """The latest day with a completed record; a record whose date is unreadable or to come proves nothing."""
    latest: date | None = None
    for record in school[Contacts].records():
        day = record[Contacts.day]
        same = record[Contacts.child_id] == child_id and record[Contacts.kind] == kind
        if same and record[Contacts.result] == "完成" and day is not None and day <= today:
            latest = day if latest is None or day > latest else latest
    return latest


def pauses(record: Record, kind: str) -> bool:
    """Whether a row of 校历 pauses a kind; all kinds but 通话 pause as 谈心 does."""
    said = record[Calendar.pauses_calls] if kind == "通话" else record[Calendar.pauses_talks]
    if said in ("是", "否"):
        return said == "是"
    return kind != "通话" and record[Calendar.kind] in ("寒暑假", "停课")


def counts(school: School, kind: str, day: date) -> bool:
    """Whether a day counts: it lies in no period that pauses the kind."""
    for record in school[Calendar].records():
        first, last = record[Calendar.starts_on], record[Calendar.ends_on]
        if first is not None and last is not None and first <= day <= last and pauses(record, kind):
            return False
    return True


def nth_counting_day_after(school: School, kind: str, start: date, number: int) -> date:
    """Walks on from the day after `start` until `number` counting days have gone by."""
    day = start
    while number > 0:
        day += ONE_DAY
        if counts(school, kind, day):
            number -= 1
    return day


def counting_days_after(school: School, kind: str, start: date, until: date) -> int:
    """The counting days after `start` up to and including `until`; 0 where `until` is not later."""
    number = 0
    day = start
    while day < until:
        day += ONE_DAY
        if counts(school, kind, day):
            number += 1
    return number


def paused_today(child: Record, today: date) -> bool:
    """暂停 up to and including 暂停至日; without that day it counts as 在管."""
    until = child[Children.paused_until]
    return child[Children.case_status] == "暂停" and until is not None and today <= until


def due_day(school: School, kind: str, child: Record, start: date, days: int, longest: int) -> date:
    """The N-th counting day after start, with the risk set anew and the end of a pause taken into account."""
    due = nth_counting_day_after(school, kind, start, days)
    assessed = child[Children.assessed_on]
    if assessed is not None and assessed > start:
        by_the_longest = nth_counting_day_after(school, kind, start, longest)
        by_the_new_risk = nth_counting_day_after(school, kind, assessed, days)
        due = by_the_longest if by_the_longest < by_the_new_risk else by_the_new_risk
    until = child[Children.paused_until]
    if child[Children.case_status] == "暂停" and until is not None:
        back = nth_counting_day_after(school, kind, until, 1)
        due = back if back > due else due
    return due


def status_of(due: date, late: int, lead: int, today: date) -> str:
    """逾期, 今日到期, 临期 or 未到期."""
    if late >= 1:
        return "逾期"
    if due <= today:
        return "今日到期"
    return "临期" if (due - today).days <= lead else "未到期"


def escalation_of(late: int, days: int) -> str | None:
    """Who else must know."""
    if late > 2 * days:
        return "领导小组"
    if late > days:
        return "德育负责人"
    return "班主任" if late >= 1 else None


def class_of(child: Record) -> str:
    """年级+班级."""
    return child[Children.grade] + child[Children.class_name]


def owner_of(school: School, child: Record) -> str | None:
    """The one class teacher on duty; none or two: 德育负责人."""
    teachers: list[str] = []
    head: Any = None
    for record in school[Staff].records():
        if record[Staff.class_taught] == class_of(child) and record[Staff.on_duty] != "否":
            teachers.append(record[Staff.name])
        if record[Staff.staff_id] == school.settings["德育负责人"]:
            head = record[Staff.name]
    return teachers[0] if len(teachers) == 1 else head
