"""Planting one defect in a random sound school, and saying every finding that must follow."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any, TypeVar

from tests.support.random_school import RandomSchool
from tests.support.sound_school import Row
from xl_liushou.core.table import Column
from xl_liushou.schema.sheets import SHEETS

T = TypeVar("T")

Spot = tuple[str, str, str | None]
"""Code, sheet, cell."""

Planter = Callable[[RandomSchool], set[Spot]]
"""Spoils a school and gives what must be found."""

Fits = Callable[[RandomSchool, Row], bool]

DAY = timedelta(days=1)
_OTHER_LINKS = frozenset({"帮扶人", "值"})
"""Columns that are no reference by the schema, but on which rules rest: whom a pairing names, a setting's value."""


def anything(_school: RandomSchool, _row: Row) -> bool:
    """Fits every row."""
    return True


class NoPlace(Exception):
    """A school has no place for a defect."""


def one_of(school: RandomSchool, choices: Sequence[T]) -> T:
    """One of some things, if there are any."""
    if not choices:
        raise NoPlace
    return school.random.choice(choices)


def some(school: RandomSchool, sheet: str, fits: Fits = anything) -> Row:
    """A random row of a sheet that fits."""
    return one_of(school, [row for row in school.book.rows(sheet) if fits(school, row)])


def spot(school: RandomSchool, code: str, sheet: str, row: Row, title: str) -> Spot:
    """A finding at a cell of a row."""
    return code, sheet, school.book.cell(sheet, row, title)


def cell(code: str, sheet: str, title: str, value: Any, fits: Fits = anything, at: str = "", **more: Any) -> Planter:
    """Plants a value (or what a function makes of school and row) in a cell; `more` are other cells of the row."""

    def plant(school: RandomSchool) -> set[Spot]:
        row = some(school, sheet, fits)
        values = {title: value, **more}
        row |= {name: one(school, row) if callable(one) else one for name, one in values.items()}
        return {spot(school, code, sheet, row, at or title)}

    return plant


def days(count: int) -> Callable[[RandomSchool, Row], date]:
    """The day so many days from today."""
    return lambda school, _row: school.today + timedelta(days=count)


def child_of(school: RandomSchool, row: Row) -> Row:
    """The child that a row is about."""
    return next(one for one in school.book.rows("花名册") if one["儿童编号"] == row["儿童编号"])


def is_active(school: RandomSchool, row: Row) -> bool:
    """Whether the row's child is 在管 or 暂停."""
    return bool(child_of(school, row)["个案状态"] != "结案")


def is_current(school: RandomSchool, pairing: Row) -> bool:
    """Whether a pairing is in force today."""
    return bool(pairing["开始日期"] <= school.today <= (pairing.get("结束日期") or school.today))


def columns(*kinds: type[Column[Any]]) -> list[tuple[str, Column[Any]]]:
    """The columns of these kinds on which nothing else hangs: no key, no reference, no setting."""
    return [
        (schema.title, column)
        for schema in SHEETS
        for column in schema.columns
        if isinstance(column, kinds)
        and not column.refers
        and column not in schema.key_columns()
        and column.title not in _OTHER_LINKS
    ]


def anywhere(code: str, places: list[tuple[str, Column[Any]]], value: Any, fits: Fits = anything) -> Planter:
    """Plants a value in a random cell of one of these columns (see `cell`)."""

    def plant(school: RandomSchool) -> set[Spot]:
        sheet, column = school.random.choice(places)
        title = column.title

        def may_be(school: RandomSchool, row: Row) -> bool:
            return fits(school, row) and not (title == "个案状态" and row[title] == "结案")

        return cell(code, sheet, title, value, may_be)(school)

    return plant
