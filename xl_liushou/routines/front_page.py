"""The line of a routine on 首页: when it last ran and what came of it. Other lines stay, and what staff put there."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Final, NamedTuple

from xl_liushou.core.edits import AppendRows, Edit, SetCells, Value
from xl_liushou.core.plan import Plan
from xl_liushou.core.rawsheet import RawSheet, RawTable
from xl_liushou.core.table import address
from xl_liushou.schema.header import plain_title
from xl_liushou.schema.results import FrontPage

_TITLES: Final = tuple(column.title for column in FrontPage.columns)
_LOST: Final = (
    f"“{FrontPage.title}”上找不到“{'、'.join(_TITLES)}”这几列，这次的时间和结果没有写上去。"
    f"想恢复的话，请从空白模板把“{FrontPage.title}”复制过来。"
)
_FULL: Final = f"“{FrontPage.title}”上最近一次的结果下面没有空行了，这次的没有写上去。请把下面的内容移开。"


def front_page(sheet: RawSheet | None, item: str, outcome: str, now: datetime) -> Plan:
    """The edits that put the line of `item` on the front page as it was read; None where the workbook has none.

    A page on which its place is not found is left alone, with a note.
    """
    line: tuple[Value, ...] = (item, now.replace(tzinfo=None, microsecond=0), outcome)
    values = dict(zip(_TITLES, line, strict=True))
    if sheet is None:
        return Plan(edits=FrontPage.appended([list(line)]))
    block = _find(sheet)
    if block is None:
        return Plan(notes=(_LOST,))
    row = block.row_of(item)
    if _is_merged(sheet, row, block):
        return Plan(notes=(_FULL,))
    if block.table is None or row <= block.table.bottom:
        cells = {address(row, block.places[title]): value for title, value in values.items()}
        return Plan(edits=[SetCells(sheet.name, cells)])
    if any(_cell(sheet, row, column) != "" for column in range(block.table.left, block.table.right + 1)):
        return Plan(notes=(_FULL,))
    return Plan(edits=[_appended(sheet.name, block.table, block.places, values)])


class _Block(NamedTuple):
    """Where the lines stand: the header's row, the columns by their titles, and the Table over them, if any."""

    sheet: RawSheet
    top: int
    places: Mapping[str, int]
    table: RawTable | None

    def row_of(self, item: str) -> int:
        """The row of the item's line, or else the first blank one."""
        last = self.table.bottom if self.table else self.sheet.first_row + len(self.sheet.rows) - 1
        rows = range(self.top + 1, last + 1)
        named = self.places[FrontPage.item.title]
        known = (row for row in rows if plain_title(_cell(self.sheet, row, named)) == plain_title(item))
        blank = (row for row in rows if not any(_cell(self.sheet, row, place) != "" for place in self.places.values()))
        return next(known, None) or next(blank, last + 1)


def _find(sheet: RawSheet) -> _Block | None:
    for row, cells in enumerate(sheet.rows, sheet.first_row):
        titles = [plain_title(cell) for cell in cells]
        if set(_TITLES) <= set(titles):
            places = {title: sheet.first_column + titles.index(title) for title in _TITLES}
            return _Block(sheet, row, places, _table_over(sheet, row, places.values()))
    return None


def _table_over(sheet: RawSheet, row: int, columns: Collection[int]) -> RawTable | None:
    over = (table for table in sheet.tables if table.top == row)
    return next((table for table in over if all(table.left <= column <= table.right for column in columns)), None)


def _appended(sheet: str, table: RawTable, places: Mapping[str, int], values: Mapping[str, Value]) -> Edit:
    row: list[Value] = [None] * (table.right - table.left + 1)
    for title, place in places.items():
        row[place - table.left] = values[title]
    return AppendRows(sheet, [row], table.name)


def _cell(sheet: RawSheet, row: int, column: int) -> object:
    down, across = row - sheet.first_row, column - sheet.first_column
    inside = 0 <= down < len(sheet.rows) and 0 <= across < len(sheet.rows[down])
    return sheet.rows[down][across] if inside else ""


def _is_merged(sheet: RawSheet, row: int, block: _Block) -> bool:
    columns = block.places.values()
    return any(
        top <= row <= bottom and left <= column <= right
        for top, left, bottom, right in sheet.merged
        for column in columns
    )
