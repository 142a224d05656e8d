"""What a rule is: a code, a severity, a page for people, and one function.

A rule is written as a function under `@rule` (School and date → spots) or `@worded` (one problem that
parsing noticed → one sentence); the decorator makes it a `Rule`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from xl_liushou.core.finding import Finding, Problem, Severity
from xl_liushou.core.table import Column, Record
from xl_liushou.schema.school import School


@dataclass(frozen=True, slots=True)
class Spot:
    """A place and a sentence; the rule adds its code, and its severity unless the spot has another."""

    sheet: str
    cell: str | None
    row: int | None
    column: str | None
    message: str
    replacement: Any = None
    old: str = ""
    severity: Severity | None = None


Check = Callable[[School, date], Iterable[Spot]]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of the catalogue (rules.md) with the page that `rules CODE` shows.

    `needs` are the columns without which the rule cannot judge: it rests where one of them is
    missing or its sheet has no data.
    """

    code: str
    severity: Severity
    sheet: str
    title: str
    why: str
    bad: str
    good: str
    mend: str
    needs: Sequence[Column[Any]]
    check: Check

    def findings(self, school: School, today: date) -> Iterator[Finding]:
        """What this rule finds in the school as of `today`."""
        for spot in self.check(school, today):
            place = (spot.sheet, spot.cell, spot.row, spot.column)
            severity = spot.severity or self.severity
            yield Finding(self.code, severity, *place, spot.message, spot.replacement, spot.old)

    def rests(self, school: School) -> bool:
        """Whether a column that the rule needs is missing or has no data."""
        return any(not len(school.tables[column.sheet]) or not has(school, column) for column in self.needs)


def has(school: School, column: Column[Any]) -> bool:
    """Whether the workbook has a column."""
    return school.tables[column.sheet].has(column)


def rule(
    code: str, severity: Severity, sheet: str, title: str, *, why: str, bad: str, good: str, mend: str,
    needs: Sequence[Column[Any]] = (),
) -> Callable[[Check], Rule]:  # fmt: skip
    """Makes a rule of a function from the school and the as-of date to spots."""
    return lambda check: Rule(code, severity, sheet, title, why, bad, good, mend, needs, check)


def worded(
    code: str, severity: Severity, sheet: str, title: str, *, why: str, bad: str, good: str, mend: str
) -> Callable[[Callable[[Problem], str]], Rule]:
    """Makes a rule of a function that words one problem of this code."""

    def make(wording: Callable[[Problem], str]) -> Rule:
        def check(school: School, _today: date) -> Iterator[Spot]:
            return (spot_of(problem, wording(problem)) for problem in school.problems_by_code.get(code, ()))

        return Rule(code, severity, sheet, title, why, bad, good, mend, (), check)

    return make


def spot_of(problem: Problem, message: str) -> Spot:
    """The spot of a problem."""
    return Spot(problem.sheet, problem.cell, problem.row, problem.column, message, problem.replacement, problem.value)


def at(record: Record, column: Column[Any], message: str, severity: Severity | None = None) -> Spot:
    """The spot of one record's cell."""
    return Spot(record.table.title, record.cell(column), record.row, column.title, message, severity=severity)
