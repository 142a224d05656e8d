"""When the next talk, call or visit is due for a child: the one definition (domain, section 4)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from xl_liushou.core.table import Record
from xl_liushou.followup.item import LATER, OVERDUE, PAUSED, SOON, TODAY, UNKNOWN
from xl_liushou.followup.owners import GROUP, HEAD
from xl_liushou.followup.pauses import Pauses
from xl_liushou.schema.lists import CLOSED
from xl_liushou.schema.school import School
from xl_liushou.schema.sheets import Children, Contacts, Intervals

FALLBACK_DAYS: Final[Mapping[str, int]] = {"谈心": 7, "通话": 14}
DEFAULT_LEAD: Final = 2
DONE: Final = "完成"
_MISSED_IN_A_ROW = 3


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How often a kind of contact is due: days and lead by risk, and the longest interval of the kind.

    `missing` risks have no row of their own; only 谈心 and 通话 have a fallback for them.
    """

    kind: str
    by_risk: Mapping[str, tuple[int, int]]
    fallback: int | None

    @property
    def longest(self) -> int | None:
        """The longest interval in 频次表 for the kind, else the fallback."""
        return max((days for days, _ in self.by_risk.values()), default=self.fallback)

    def interval(self, risk: str) -> tuple[int, int] | None:
        """Days and lead for a risk; an unreadable risk counts as the shortest interval in force."""
        if not risk:
            in_force = (self.interval(one) for one in CLOSED["风险等级"])
            return min((one for one in in_force if one is not None), default=None)
        found = self.by_risk.get(risk)
        if found is None and self.fallback is not None:
            return self.fallback, DEFAULT_LEAD
        return found


def rhythms(school: School) -> list[Rhythm]:
    """The rhythms of all kinds that have one, in the order of the list 联系类型."""
    table = school[Intervals]
    rows: dict[str, dict[str, tuple[int, int]]] = {}
    for kind, risk, days, lead in zip(table.kind, table.risk, table.days, table.lead_days, strict=True):
        if kind and risk and days is not None:
            entry = (int(days), DEFAULT_LEAD if lead is None else int(lead))
            risks = rows.setdefault(kind, {})
            risks[risk] = min(entry, risks.get(risk, entry))
    kinds = school.lists["联系类型"]
    return [
        Rhythm(kind, rows.get(kind, {}), FALLBACK_DAYS.get(kind)) for kind in kinds if kind in {*rows, *FALLBACK_DAYS}
    ]


def missing_rows(school: School) -> list[tuple[str, str, int]]:
    """The (kind, risk, fallback days) that 频次表 lacks for 谈心 and 通话."""
    known = {rhythm.kind: rhythm for rhythm in rhythms(school)}
    return [
        (kind, risk, days)
        for kind, days in FALLBACK_DAYS.items()
        for risk in school.lists["风险等级"]
        if risk not in known[kind].by_risk
    ]


@dataclass(slots=True)
class History:
    """What happened with one child and kind, up to the as-of date."""

    last_done: date | None = None
    missed_since: int = 0
    wrong_number: bool = False
    attempts: list[tuple[date, int, str]] = field(default_factory=list)


def completed(school: School, kind: str) -> Iterator[tuple[str, date]]:
    """Child and day of every contact of a kind that counts: completed, on a readable day."""
    table = school[Contacts]
    for child, one, day, result in zip(table.child_id, table.kind, table.day, table.result, strict=True):
        if one == kind and result == DONE and day is not None:
            yield child, day


def histories(school: School, today: date) -> dict[tuple[str, str], History]:
    """The history of each (child, kind); records after `today` or without a readable date do not count."""
    table = school[Contacts]
    found: dict[tuple[str, str], History] = {}
    columns = zip(table.child_id, table.kind, table.day, table.result, table.rows, strict=True)
    for child, kind, day, result, row in columns:
        if day is None or day > today or not result:
            continue
        history = found.get((child, kind))
        if history is None:
            history = found[child, kind] = History()
        if result != DONE:
            history.attempts.append((day, row, result))
        elif history.last_done is None or day > history.last_done:
            history.last_done = day
    for history in found.values():
        _note_attempts(history)
    return found


def _note_attempts(history: History) -> None:
    """Counts the unanswered attempts after the last completed one, the latest first."""
    since = [one for one in sorted(history.attempts) if history.last_done is None or one[0] > history.last_done]
    for _, _, result in reversed(since):
        if result != "未接通":
            break
        history.missed_since += 1
    history.wrong_number = any(result == "空号" for _, _, result in since)


@dataclass(frozen=True, slots=True)
class Due:
    """When a contact is due, and how late it is in counting days."""

    due: date | None
    days_overdue: int
    status: str


def contact_due(child: Record, last: date | None, rhythm: Rhythm, pauses: Pauses, today: date) -> Due | None:
    """When a kind of contact is due for a child; None where the kind has no interval for it."""
    interval = rhythm.interval(child[Children.risk])
    if interval is None:
        return None
    days, lead = interval
    paused_until = child[Children.paused_until] if child[Children.case_status] == "暂停" else None
    if paused_until and today <= paused_until:
        return Due(None, 0, PAUSED)
    start = last or child[Children.filed_on]
    if start is None:
        return Due(None, 0, UNKNOWN)
    due = _due_day(start, child[Children.assessed_on], days, rhythm.longest or days, pauses)
    if paused_until:
        due = max(due, pauses.nth_counting_day(paused_until, 1))
    late = pauses.counting_days(due, today)
    return Due(due, late, _status(due, late, lead, today))


def _due_day(start: date, assessed: date | None, days: int, longest: int, pauses: Pauses) -> date:
    if assessed and assessed > start:
        return min(pauses.nth_counting_day(start, longest), pauses.nth_counting_day(assessed, days))
    return pauses.nth_counting_day(start, days)


def _status(due: date, late: int, lead: int, today: date) -> str:
    if late >= 1:
        return OVERDUE
    if due <= today:
        return TODAY
    return SOON if due - today <= timedelta(days=lead) else LATER


def escalation(days_overdue: int, interval: int) -> str | None:
    """Who must know: the class teacher from day one, the head after one interval, the group after two."""
    if days_overdue < 1:
        return None
    if days_overdue > 2 * interval:
        return GROUP
    return HEAD if days_overdue > interval else "班主任"


def advice(history: History | None) -> str:
    """What to do when calls fail: three unanswered in a row, or a wrong number."""
    if history is None:
        return ""
    if history.wrong_number:
        return "号码是空号，请先更正监护人的电话"
    if history.missed_since >= _MISSED_IN_A_ROW:
        return f"已连续{history.missed_since}次未接通，请联系现照护人或上门家访"
    return ""
