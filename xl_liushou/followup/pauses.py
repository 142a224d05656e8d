"""Counting days: calendar days without those on which a kind of contact pauses (domain, section 4).

Weekends count. A pause is an inclusive range of days.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from datetime import date, timedelta

from xl_liushou.schema.lists import YES
from xl_liushou.schema.sheets import Calendar

_DAY = timedelta(days=1)
_PAUSES_BY_KIND = {"寒暑假", "停课"}


def days_after(day: date, count: int) -> date:
    """The day `count` calendar days later, or the last one there is (a real date cell may hold 9999-12-31)."""
    return day + timedelta(days=min(count, (date.max - day).days))


class Pauses:
    """The days that do not count, as merged ranges in order."""

    def __init__(self, ranges: Iterable[tuple[date, date]]) -> None:
        self._ranges: list[tuple[date, date]] = []
        for first, last in sorted(pair for pair in ranges if pair[0] <= pair[1]):
            if self._ranges and first - _DAY <= self._ranges[-1][1]:
                start, end = self._ranges[-1]
                self._ranges[-1] = (start, max(end, last))
            else:
                self._ranges.append((first, last))
        self._ends = [last for _, last in self._ranges]

    def counting_days(self, after: date, through: date) -> int:
        """How many counting days lie after `after`, up to and including `through`; 0 if none do."""
        if through <= after:
            return 0
        paused = 0
        for first, last in self._ranges[bisect_left(self._ends, after) :]:
            if first > through:
                break
            paused += max((min(last, through) - max(first - _DAY, after)).days, 0)
        return (through - after).days - paused

    def nth_counting_day(self, after: date, count: int) -> date:
        """The `count`-th counting day after `after` (count ≥ 1); date.max where a pause leaves none."""
        day = days_after(after, count)
        for first, last in self._ranges[bisect_left(self._ends, after) :]:
            if first > day:
                break
            day = days_after(day, (last - max(first - _DAY, after)).days)
        return day


def pauses_of(calendar: Calendar, kind: str) -> Pauses:
    """The pauses of a kind of contact: 通话 by 暂停通话, every other kind by 暂停谈心."""
    marks = calendar.pauses_calls if kind == "通话" else calendar.pauses_talks
    rows = zip(marks, calendar.kind, calendar.starts_on, calendar.ends_on, strict=True)
    return Pauses(
        (first, last)
        for mark, period, first, last in rows
        if first and last and (mark == YES or (not mark and kind != "通话" and period in _PAUSES_BY_KIND))
    )
