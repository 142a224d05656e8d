"""Planters of the families I and S: the shape of the workbook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tests.rules.planting import Planter, Spot, anywhere, columns
from tests.support.random_book import Sheet
from tests.support.random_school import RandomSchool
from tests.support.workbooks import ExcelError, Formula
from xl_liushou.core.table import Column, address
from xl_liushou.schema.sheets import SHEETS


def empty(school: RandomSchool) -> set[Spot]:
    """A sheet without rows."""
    sheet = _any(school)
    sheet.rows.clear()
    return {("I000", sheet.title, None)}


def missing(school: RandomSchool) -> set[Spot]:
    """A sheet that is not there."""
    sheet = _any(school)
    del school.book.sheets[sheet.title]
    return {("S001", sheet.title, None)}


def no_column(school: RandomSchool) -> set[Spot]:
    """A required column that is not there."""
    schema = school.random.choice(SHEETS)
    sheet = school.book.sheets[schema.title]
    sheet.titles.remove(school.random.choice([one.title for one in schema.columns if one.required]))
    return {("S002", sheet.title, None)}


def own_column(school: RandomSchool) -> set[Spot]:
    """A column of the school's own."""
    sheet = _any(school)
    sheet.titles.insert(school.random.randint(0, len(sheet.titles)), "鞋码")
    return {("S003", sheet.title, sheet.cell(-1, "鞋码"))}


def title_twice(school: RandomSchool) -> set[Spot]:
    """Two columns with one title, the second at the end and without values of its own."""
    sheet = _any(school)
    sheet.titles.append(school.random.choice(sheet.titles))
    return {("S004", sheet.title, address(sheet.top, sheet.left + len(sheet.titles) - 1))}


def outside(school: RandomSchool) -> set[Spot]:
    """The last row lies under the edge of the Table."""
    sheet = _of_two_rows(school)
    sheet.has_table, sheet.outside = True, 1
    return {("S005", sheet.title, address(sheet.top + len(sheet.rows), sheet.left))}


def gap(school: RandomSchool) -> set[Spot]:
    """A blank row between two rows."""
    sheet = _of_two_rows(school)
    index = school.random.randint(1, len(sheet.rows) - 1)
    sheet.rows.insert(index, {})
    return {("S006", sheet.title, address(sheet.top + 1 + index, sheet.left))}


def merged(school: RandomSchool) -> set[Spot]:
    """Two cells of notes merged, the lower one blank for it."""
    sheet = school.book.sheets["花名册"]
    title, index = school.random.choice(("备注", "村组", "家庭住址")), school.random.randint(0, len(sheet.rows) - 2)
    sheet.rows[index][title], sheet.rows[index + 1][title] = "住得远", None
    row, column = sheet.place(index, title)
    sheet.merged.append((row, column, row + 1, column))
    return {("S007", sheet.title, address(row, column))}


def far(school: RandomSchool) -> set[Spot]:
    """A blank in the last row that Excel has."""
    sheet = _any(school)
    sheet.far = True
    return {("S010", sheet.title, address(1_048_576, sheet.left))}


def _any(school: RandomSchool) -> Sheet:
    return school.random.choice(list(school.book.sheets.values()))


def _of_two_rows(school: RandomSchool) -> Sheet:
    return school.random.choice([sheet for sheet in school.book.sheets.values() if len(sheet.rows) > 1])


PLANTERS: Mapping[str, Sequence[Planter]] = {
    "I000": (empty,),
    "S001": (missing,),
    "S002": (no_column,),
    "S003": (own_column,),
    "S004": (title_twice,),
    "S005": (outside,),
    "S006": (gap,),
    "S007": (merged,),
    "S008": (anywhere("S008", columns(Column), ExcelError("#N/A")),),
    "S009": (anywhere("S009", columns(Column), Formula("=1+1")),),
    "S010": (far,),
}
