"""The invented school's calendar around a day: terms, holidays, festivals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

AUTUMN: Final = "秋季学期"
SPRING: Final = "春季学期"

_DAY: Final = timedelta(days=1)
_NEW_YEARS: Final = {
    2024: date(2024, 2, 10), 2025: date(2025, 1, 29), 2026: date(2026, 2, 17), 2027: date(2027, 2, 6),
    2028: date(2028, 1, 26), 2029: date(2029, 2, 13), 2030: date(2030, 2, 3), 2031: date(2031, 1, 23),
}  # fmt: skip
_MID_AUTUMNS: Final = {
    2024: date(2024, 9, 17), 2025: date(2025, 10, 6), 2026: date(2026, 9, 25), 2027: date(2027, 9, 15),
    2028: date(2028, 10, 3), 2029: date(2029, 9, 22), 2030: date(2030, 9, 12),
}  # fmt: skip
_DRAGON_BOATS: Final = {
    2024: date(2024, 6, 10), 2025: date(2025, 5, 31), 2026: date(2026, 6, 19), 2027: date(2027, 6, 9),
    2028: date(2028, 5, 28), 2029: date(2029, 6, 16), 2030: date(2030, 6, 5),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Term:
    """A term, both days inclusive."""

    name: str
    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class SchoolCalendar:
    """The terms around a day; `current` is the latest that has begun, even when its holiday has come."""

    today: date
    last: Term
    current: Term
    following: Term

    @property
    def school_year(self) -> int:
        """The year in whose September the current school year began."""
        year = int(self.current.name[:4])
        return year if self.current.name.endswith(AUTUMN) else year - 1

    @property
    def records_from(self) -> date:
        """The first day of the demo's records: the term's, or further back while the term is young."""
        return min(self.current.starts_on, self.today - timedelta(days=100))

    def talk_days(self, first: date) -> list[date]:
        """The days from `first` to today that count for talks, in order."""
        return [day for day in days_between(first, self.today) if not self._pauses_talks(day)]

    def school_days(self, first: date) -> list[date]:
        """The weekdays among `talk_days`."""
        return [day for day in self.talk_days(first) if day.weekday() < 5]

    def _pauses_talks(self, day: date) -> bool:
        in_term = any(term.starts_on <= day <= term.ends_on for term in (self.last, self.current))
        return not in_term or (day.month == 10 and day.day <= 7)

    def rows(self) -> list[Mapping[str, Any]]:
        """The rows of 校历, in order of their start."""
        rows = [_row(term.name, "学期", term.starts_on, term.ends_on) for term in (self.last, self.current)]
        for earlier, later in ((self.last, self.current), (self.current, self.following)):
            name = "寒假" if earlier.name.endswith(AUTUMN) else "暑假"
            first, end = earlier.ends_on + _DAY, later.starts_on - _DAY
            rows.append(_row(f"{first.year}年{name}", "寒暑假", first, end, "是", "否"))
        within = (self.last.starts_on, self.following.starts_on)
        rows += [row for row in _festivals(within[0].year, within[1].year) if within[0] <= row["starts_on"] < within[1]]
        return sorted(rows, key=lambda row: row["starts_on"])


def calendar_around(today: date) -> SchoolCalendar:
    """The calendar with the latest term that has begun on `today`."""
    terms = [term for year in range(today.year - 2, today.year + 2) for term in (_spring(year), _autumn(year))]
    begun = sum(term.starts_on <= today for term in terms)
    return SchoolCalendar(today, terms[begun - 2], terms[begun - 1], terms[begun])


def days_between(first: date, last: date) -> Iterator[date]:
    """Every day, both inclusive."""
    return (first + timedelta(days=step) for step in range((last - first).days + 1))


def _autumn(year: int) -> Term:
    """1 September until the end of January, or nine days before an early Spring Festival."""
    new_year = _NEW_YEARS.get(year + 1, date(year + 1, 2, 10))
    return Term(f"{year}年{AUTUMN}", date(year, 9, 1), min(date(year + 1, 1, 31), new_year - timedelta(days=9)))


def _spring(year: int) -> Term:
    """The Monday after mid February and the Spring Festival until mid July."""
    new_year = _NEW_YEARS.get(year, date(year, 2, 10))
    earliest = max(date(year, 2, 16), new_year + timedelta(days=6))
    return Term(f"{year}年{SPRING}", earliest + timedelta(days=-earliest.weekday() % 7), date(year, 7, 10))


def _row(name: str, kind: str, first: date, last: date, talks: str = "", calls: str = "") -> dict[str, Any]:
    return {
        "name": name, "kind": kind, "starts_on": first, "ends_on": last, "pauses_talks": talks, "pauses_calls": calls,
    }  # fmt: skip


def _festivals(first: int, last: int) -> Iterator[dict[str, Any]]:
    for year in range(first, last + 1):
        yield _row("元旦", "法定节假", date(year, 1, 1), date(year, 1, 1), "否", "否")
        yield _row("清明节", "传统节日", date(year, 4, 5), date(year, 4, 5), "否", "否")
        yield _row("劳动节", "法定节假", date(year, 5, 1), date(year, 5, 5), "否", "否")
        yield _row("国庆节", "法定节假", date(year, 10, 1), date(year, 10, 7), "是", "否")
        for name, table in (("春节", _NEW_YEARS), ("端午节", _DRAGON_BOATS), ("中秋节", _MID_AUTUMNS)):
            if year in table:
                yield _row(name, "传统节日", table[year], table[year], "否", "否")
