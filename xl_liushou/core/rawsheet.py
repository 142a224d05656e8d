"""What an adapter yields: the cells of a workbook before anyone has understood them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Protocol

CellValue = str | int | float | bool | date | datetime | time | timedelta
"""A cell as calamine and xlwings give it; a blank cell is the empty string."""

Cell = tuple[int, int]
"""Row and column of a cell, both from 1 as Excel counts them."""


@dataclass(frozen=True, slots=True)
class RawTable:
    """An Excel Table on a sheet; the edges are 1-based and inclusive, the header row is `top`."""

    name: str
    top: int
    left: int
    bottom: int
    right: int


class Grid(Protocol):
    """The cells that were read: `rows[0][0]` is the cell at (`first_row`, `first_column`), 1-based.

    `rows` are of equal length. A grid may still be on its way: the first look at it waits, and raises what reading it
    raised.
    """

    @property
    def first_row(self) -> int:
        """The row of the first line of cells."""

    @property
    def first_column(self) -> int:
        """The column of the first cell of each."""

    @property
    def rows(self) -> Sequence[Sequence[CellValue]]:
        """The cells, row by row."""


@dataclass(frozen=True, slots=True)
class Rows:
    """A grid that is here already."""

    rows: Sequence[Sequence[CellValue]] = ()
    first_row: int = 1
    first_column: int = 1


@dataclass(frozen=True, slots=True)
class RawSheet:
    """One sheet as read.

    `error_cells` hold an Excel error value (the value read is blank); `uncached_cells` hold a formula
    that was saved without a result; `merged` are inclusive (top, left, bottom, right); `cropped` are
    cells so far away that they were not read (at most twenty of them, `cropped_count` in all).
    """

    name: str
    grid: Grid = field(default_factory=Rows)
    tables: Sequence[RawTable] = ()
    error_cells: frozenset[Cell] = frozenset()
    uncached_cells: frozenset[Cell] = frozenset()
    merged: Sequence[tuple[int, int, int, int]] = ()
    cropped: Sequence[Cell] = ()
    cropped_count: int = 0

    @property
    def first_row(self) -> int:
        """The row of `rows[0]`, from 1."""
        return self.grid.first_row

    @property
    def first_column(self) -> int:
        """The column of `rows[…][0]`, from 1."""
        return self.grid.first_column

    @property
    def rows(self) -> Sequence[Sequence[CellValue]]:
        """The cells, row by row."""
        return self.grid.rows

    def block(self, top: int, left: int, bottom: int, right: int) -> list[list[CellValue]]:
        """The cells of an inclusive range, row by row; what lies outside of what was read is blank."""
        return [[self._cell(row, column) for column in range(left, right + 1)] for row in range(top, bottom + 1)]

    def with_cells(self, values: Mapping[Cell, CellValue]) -> RawSheet:
        """The sheet with some of its cells changed; they may lie beyond what was read."""
        rows_set, columns_set = zip(*values, strict=True)
        top, left = min(self.first_row, *rows_set), min(self.first_column, *columns_set)
        bottom, right = max(self.last_row, *rows_set), max(self.last_column, *columns_set)
        rows = self.block(top, left, bottom, right)
        for (row, column), value in values.items():
            rows[row - top][column - left] = value
        return replace(self, grid=Rows(rows, top, left))

    @property
    def last_row(self) -> int:
        """The last row that was read."""
        return self.first_row + len(self.rows) - 1

    @property
    def last_column(self) -> int:
        """The last column that was read."""
        return self.first_column + (len(self.rows[0]) if self.rows else 0) - 1

    def _cell(self, row: int, column: int) -> CellValue:
        cells = self.rows[row - self.first_row] if 0 <= row - self.first_row < len(self.rows) else ()
        return cells[column - self.first_column] if 0 <= column - self.first_column < len(cells) else ""


@dataclass(frozen=True, slots=True)
class RawWorkbook:
    """A whole workbook as read; `date1904` tells how unformatted date serials count, unless that is not known."""

    sheets: Sequence[RawSheet] = field(default_factory=tuple)
    date1904: bool = False
    dates_known: bool = True

    def sheet(self, name: str) -> RawSheet | None:
        """The sheet with exactly this name, or None."""
        return next((sheet for sheet in self.sheets if sheet.name == name), None)
