"""A workbook as rows by the titles of their columns, laid out as some office may have it.

book.rows("花名册")[0]["姓名"]          what a cell holds
book.cell("花名册", 0, "姓名")          where it stands, as Excel says it
book.school()                           as the program would read it, without the way through a file
book.save(folder)                       as a real workbook file
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

from openpyxl.worksheet.table import Table as ExcelTable

from tests.support.sound_school import Row
from tests.support.workbooks import ExcelError, Formula, save
from xl_liushou.core.rawsheet import Cell, RawSheet, RawTable, RawWorkbook, Rows
from xl_liushou.core.table import Table, address
from xl_liushou.schema.school import School, parse_workbook
from xl_liushou.schema.sheets import SHEETS

_FAR = 1_048_576
_UNREAD = (ExcelError, Formula)


@dataclass
class Sheet:
    """One sheet: the titles of its header in their order, the rows under it (a gap is an empty row), its place.

    The Excel Table, if any, spans the header and all rows but the last `outside`; `far` is a lone cell far below.
    """

    title: str
    titles: list[str]
    rows: list[Row] = field(default_factory=list)
    top: int = 1
    left: int = 1
    has_table: bool = True
    outside: int = 0
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    far: bool = False

    def place(self, index: int, title: str) -> Cell:
        """Row and column of a cell, from 1; index -1 is the header."""
        return self.top + 1 + index, self.left + self.titles.index(title)

    def cell(self, index: int, title: str) -> str:
        """The address of a cell, such as C5."""
        return address(*self.place(index, title))

    @property
    def first_cell(self) -> tuple[int, int]:
        """The row and the column in which the header begins."""
        return self.top, self.left

    @property
    def table_edges(self) -> tuple[int, int, int, int]:
        """Top, left, bottom, right of the Excel Table."""
        bottom = self.top + max(len(self.rows) - self.outside, 1)
        return self.top, self.left, bottom, self.left + len(self.titles) - 1

    def matrix(self) -> list[list[Any]]:
        """All cells from A1 on; None is blank."""
        blank: list[Any] = [None] * (self.left - 1)
        lines: list[list[Any]] = [[f"{self.title}（学校自存）"], [None], [None]]
        body = [[*blank, *(row.get(title) for title in self.titles)] for row in self.rows]
        return [*lines[: self.top - 1], [*blank, *self.titles], *body]

    def raw(self) -> RawSheet:
        """The sheet as the adapter would read it."""
        rows = self.matrix()
        width = self.left + len(self.titles) - 1
        cells = {(y, x): one for y, row in enumerate(rows, 1) for x, one in enumerate(row, 1)}
        return RawSheet(
            name=self.title,
            grid=Rows([[_as_read(cells.get((y, x))) for x in range(1, width + 1)] for y in range(1, len(rows) + 1)]),
            tables=[RawTable(self.title, *self.table_edges)] if self.has_table else [],
            error_cells=frozenset(cell for cell, one in cells.items() if isinstance(one, ExcelError)),
            uncached_cells=frozenset(cell for cell, one in cells.items() if isinstance(one, Formula)),
            merged=tuple(self.merged),
            cropped=[(_FAR, self.left)] if self.far else [],
            cropped_count=int(self.far),
        )

    def finish(self, sheet: Any) -> None:
        """Gives an openpyxl sheet with these cells its Table, merged cells and far cell."""
        if self.has_table:
            top, left, bottom, right = self.table_edges
            reference = f"{address(top, left)}:{address(bottom, right)}"
            sheet.add_table(ExcelTable(displayName=self.title, name=self.title, ref=reference))
        for top, left, bottom, right in self.merged:
            sheet.merge_cells(start_row=top, start_column=left, end_row=bottom, end_column=right)
        if self.far:
            sheet.cell(_FAR, self.left).value = " "


def _as_read(value: Any) -> Any:
    return "" if value is None or isinstance(value, _UNREAD) else value


@dataclass
class Book:
    """The sheets of a workbook by title, and the day on which it is looked at."""

    today: date
    sheets: dict[str, Sheet]

    def rows(self, sheet: str | type[Table]) -> list[Row]:
        """The rows of a sheet."""
        return self.sheets[sheet if isinstance(sheet, str) else sheet.title].rows

    def cell(self, sheet: str, row: int | Row, title: str) -> str:
        """The address of a cell; the row by its index or as it is."""
        rows = self.rows(sheet)
        index = row if isinstance(row, int) else next(place for place, one in enumerate(rows) if one is row)
        return self.sheets[sheet].cell(index, title)

    def school(self) -> School:
        """The school as the program reads it."""
        return parse_workbook(RawWorkbook([sheet.raw() for sheet in self.sheets.values()]))

    def save(self, folder: Path) -> Path:
        """The workbook as a file."""

        def edit(workbook: Any) -> None:
            for sheet in self.sheets.values():
                sheet.finish(workbook[sheet.title])

        return save(folder, {sheet.title: sheet.matrix() for sheet in self.sheets.values()}, edit=edit)


def laid_out(random: Random, today: date, rows: dict[str, list[Row]]) -> Book:
    """The rows in sheets of any layout: columns in any order, perhaps a title above, perhaps no Table."""
    return Book(today, {schema.title: _sheet(random, schema, rows[schema.title]) for schema in SHEETS})


def _sheet(random: Random, schema: type[Table], rows: list[Row]) -> Sheet:
    titles = [column.title for column in schema.columns]
    if random.random() < 0.5:
        random.shuffle(titles)
    top, left = random.choice(((1, 1), (1, 1), (2, 1), (3, 2)))
    return Sheet(schema.title, titles, rows, top, left, has_table=random.random() < 0.8)
