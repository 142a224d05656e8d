"""Terms as 校历 has them, and their months."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from xl_liushou.schema.school import School
from xl_liushou.schema.sheets import Calendar

_MOST_MONTHS: Final = 12
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Days:
    """Some days on end, both inclusive; none where `last` is before `first`."""

    first: date
    last: date

    def __contains__(self, day: date | None) -> bool:
        return day is not None and self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class Term:
    """A 学期; `ends_on` is None where 校历 does not say."""

    name: str
    starts_on: date
    ends_on: date | None

    def until(self, today: date) -> Days:
        """The days of the term up to a day."""
        return Days(self.starts_on, min(today, self.ends_on or today))

    def months(self, today: date) -> list[Days]:
        """The months of the term up to a day, the first and the last cut short; of an endless term the last twelve."""
        return months_of(self.until(today))


def months_of(days: Days) -> list[Days]:
    """The months of some days, the first and the last cut short; at most the last twelve."""
    found: list[Days] = []
    last = days.last
    while last >= days.first and len(found) < _MOST_MONTHS:
        first = max(last.replace(day=1), days.first)
        found.append(Days(first, last))
        if first == days.first:
            break
        last = first - _DAY
    return found[::-1]


def current_term(school: School) -> Term | None:
    """The term that 设置 names; None where it names none or 校历 does not know it."""
    return next((term for term in _terms(school) if term.name == school.settings["学期"]), None)


def term_before(school: School, term: Term) -> Term | None:
    """The last term that began before another."""
    earlier = [one for one in _terms(school) if one.starts_on < term.starts_on and one.name != term.name]
    return max(earlier, key=lambda one: one.starts_on, default=None)


def _terms(school: School) -> Iterator[Term]:
    """The terms whose start is known, in the order of the sheet."""
    for one in school[Calendar].records():
        name, starts = one[Calendar.name], one[Calendar.starts_on]
        if starts and name and one[Calendar.kind] == "学期":
            yield Term(name, starts, one[Calendar.ends_on])
