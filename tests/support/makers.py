"""The same messy grid of cells as a workbook file made by openpyxl, XlsxWriter and LibreOffice, .xlsx and .xlsm."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from tests.support.libreoffice import convert
from tests.support.samples import patched
from tests.support.workbooks import ExcelError, Formula, save

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_XLSM = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
_LIBREOFFICE = {".xlsx": "xlsx", ".xlsm": "xlsm:Calc MS Excel 2007 VBA XML"}


@dataclass(frozen=True)
class Cached:
    """A formula that was saved with its result."""

    formula: str
    result: Any


@dataclass(frozen=True)
class Grid:
    """One sheet as a clerk left it: rows from A1 on, merged ranges, hidden rows, a filter."""

    name: str
    rows: Sequence[Sequence[Any]]
    merged: Sequence[str] = ()
    hidden: Sequence[int] = ()
    filtered: str = ""
    date1904: bool = False


Maker = Callable[[Grid, Path], Path]


def by_openpyxl(grid: Grid, folder: Path, suffix: str = ".xlsx") -> Path:
    """The grid saved by openpyxl, which writes texts into the cells."""

    def edit(book: Workbook) -> None:
        if grid.date1904:
            book.epoch = CALENDAR_MAC_1904
        sheet: Any = book.worksheets[0]
        for cells in grid.merged:
            sheet.merge_cells(cells)
        for row in grid.hidden:
            sheet.row_dimensions[row].hidden = True
        if grid.filtered:
            sheet.auto_filter.ref = grid.filtered

    path = save(folder, {grid.name: grid.rows}, edit=edit)
    return path if suffix == ".xlsx" else _with_macros_allowed(path)


def by_xlsxwriter(grid: Grid, folder: Path, suffix: str = ".xlsx") -> Path:
    """The grid saved by XlsxWriter, which shares its texts."""
    path = folder / "台账.xlsx"
    book = xlsxwriter.Workbook(str(path), {"date_1904": grid.date1904})
    sheet, day = book.add_worksheet(grid.name), book.add_format({"num_format": 'yyyy"年"m"月"d"日"'})
    for cells in grid.merged:
        sheet.merge_range(cells, "")
    for number, row in enumerate(grid.rows):
        for place, value in enumerate(row):
            _write(sheet, number, place, value, day)
    for row_number in grid.hidden:
        sheet.set_row(row_number - 1, None, None, {"hidden": True})
    if grid.filtered:
        sheet.autofilter(grid.filtered)
    book.close()
    return path if suffix == ".xlsx" else _with_macros_allowed(path)


def _write(sheet: Any, row: int, place: int, value: Any, day: Any) -> None:
    if isinstance(value, Cached):
        sheet.write_formula(row, place, value.formula, None, value.result)
    elif isinstance(value, Formula):
        sheet.write_formula(row, place, str(value), None, "")
    elif isinstance(value, ExcelError):
        sheet.write_formula(row, place, "=NA()", None, str(value))
    elif isinstance(value, date):
        sheet.write_datetime(row, place, value, day)
    elif isinstance(value, str):
        sheet.write_string(row, place, value)
    elif value is not None:
        sheet.write(row, place, value)


def by_libreoffice(grid: Grid, folder: Path, suffix: str = ".xlsx") -> Path:
    """The grid made by openpyxl, opened and saved again by LibreOffice."""
    return convert(by_openpyxl(grid, folder), _LIBREOFFICE[suffix], folder / "LibreOffice")


def _with_macros_allowed(path: Path) -> Path:
    """The same workbook as .xlsm."""
    return patched(path, "[Content_Types].xml", _XLSX, _XLSM).rename(path.with_suffix(".xlsm"))
