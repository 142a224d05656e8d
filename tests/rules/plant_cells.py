"""Planters of the family C: single cells, anywhere in the workbook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from tests.rules.planting import Planter, Spot, anywhere, cell, columns, days, some, spot
from tests.support.random_school import RandomSchool
from tests.support.sound_school import Row
from xl_liushou.core.table import Column
from xl_liushou.schema.kinds import Choice, Date, Number, Several
from xl_liushou.schema.sheets import SHEETS
from xl_liushou.schema.text_kinds import ClassName, Email, IdNumber, Phone, StudentNumber, Text

_JUDGED = (ClassName, Email, IdNumber, Phone, StudentNumber)
TEXTS = [(sheet, one) for sheet, one in columns(Text) if not isinstance(one, _JUDGED) and one.title != "家庭编号"]
DATES = columns(Date)


def blank(school: RandomSchool) -> set[Spot]:
    """A required cell is blank; not the carer's mark, of which R308 tells."""
    sheet, column = school.random.choice([pair for pair in columns(Column) if pair[1].required])
    row = some(school, sheet, lambda _school, row: not (column.title == "现照护人" and row["现照护人"] == "是"))
    row[column.title] = None
    return {spot(school, "C101", sheet, row, column.title)}


def date_as_text(school: RandomSchool) -> set[Spot]:
    """A date that somebody typed as text or as eight digits."""
    sheet, column = school.random.choice(DATES)
    row = some(school, sheet, lambda _school, row: row.get(column.title) is not None)
    day: date = row[column.title]
    forms: tuple[Any, ...] = (
        f"{day.year}.{day.month}.{day.day}",
        f"{day.year}年{day.month}月{day.day}日",
        int(f"{day:%Y%m%d}"),
    )
    row[column.title] = school.random.choice(forms)
    return {spot(school, "C105", sheet, row, column.title)}


def untidy(school: RandomSchool) -> set[Spot]:
    """A text with a blank behind it."""
    return _rewritten(school, "C115", lambda text: f"{text} ")


def with_a_mark(school: RandomSchool) -> set[Spot]:
    """A text with an invisible mark inside."""
    return _rewritten(school, "C116", lambda text: f"{text[:1]}\u200b{text[1:]}")


def like_a_formula(school: RandomSchool) -> set[Spot]:
    """A text that starts like a formula."""
    return _rewritten(school, "C113", lambda text: f"={text}")


def _rewritten(school: RandomSchool, code: str, rewrite: Any) -> set[Spot]:
    sheet, column = school.random.choice(TEXTS)
    row = some(school, sheet, lambda _school, row: bool(row.get(column.title)))
    row[column.title] = rewrite(row[column.title])
    return {spot(school, code, sheet, row, column.title)}


def left_to_the_program(school: RandomSchool) -> set[Spot]:
    """A blank cell that the program fills in: a key to which nothing refers, or what is the default."""
    referred = {column.refers for schema in SHEETS for column in schema.columns}
    places = [
        (schema.title, column)
        for schema in SHEETS
        for column in schema.columns
        if column.default is not None or (column.generated and schema.title not in referred)
    ]
    sheet, column = school.random.choice(places)
    row = some(school, sheet, lambda _school, row: column.default in {None, row[column.title]})
    row[column.title] = None
    return {spot(school, "C117", sheet, row, column.title)}


def _has_id(_school: RandomSchool, row: Row) -> bool:
    return bool(row["身份证号"])


def _other_check_digit(_school: RandomSchool, row: Row) -> str:
    number: str = row["身份证号"]
    return number[:17] + ("1" if number[17] != "1" else "2")


PLANTERS: Mapping[str, Sequence[Planter]] = {
    "C101": (blank,),
    "C102": (anywhere("C102", DATES, "2015.13.2"), anywhere("C102", DATES, "上学期"), anywhere("C102", DATES, 7)),
    "C103": (
        anywhere("C103", columns(Choice), "不清楚"),
        anywhere("C103", columns(Several), "不清楚"),
        anywhere("C103", columns(ClassName), "同上"),
    ),
    "C104": (anywhere("C104", columns(Number), "很多"), anywhere("C104", columns(Number), -1)),
    "C105": (date_as_text,),
    "C106": (anywhere("C106", columns(Phone), "1390000"),),
    "C107": (cell("C107", "花名册", "身份证号", lambda _school, row: row["身份证号"][:17], _has_id),),
    "C108": (cell("C108", "花名册", "身份证号", _other_check_digit, _has_id),),
    "C109": (
        cell("C109", "花名册", "身份证号", 990001201805060016, _has_id),
        cell("C109", "花名册", "学籍号", 990001201805060016),
    ),
    "C110": (anywhere("C110", columns(Email), "a@example.com;b@example.com"),),
    "C112": (anywhere("C112", [pair for pair in DATES if pair[1].past], days(1)),),
    "C113": (like_a_formula,),
    "C114": (
        cell("C114", "花名册", "学籍号", "G12345"),
        cell("C114", "花名册", "学籍号", "G990001201805060017", _has_id),
    ),
    "C115": (untidy,),
    "C116": (with_a_mark,),
    "C117": (left_to_the_program,),
}
