"""A tiny text table becomes a real workbook file, so that the input stands beside the assertion.

    path = workbook(tmp_path, 花名册='''
        儿童编号 | 姓名   | 出生日期     | 备注
        S001     | 张␣明  | d:2018-05-06 | n:12
    ''')

One line is a row (an empty line a blank one), one sheet a keyword, `|` parts the cells. Plain text is a text cell;
`d:` makes a date, `n:` a number, `f:` a formula without a result, `e:` an Excel error value. `␣` stands for a blank
and `↵` for a line break inside a cell.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet.table import Table as ExcelTable

from xl_liushou.adapters.workbook_file import read_workbook
from xl_liushou.core.finding import Finding
from xl_liushou.core.rawsheet import RawSheet, Rows
from xl_liushou.core.table import letters
from xl_liushou.rules.catalogue import check
from xl_liushou.schema.school import School, parse_workbook

TODAY = date(2026, 11, 23)

Edit = Callable[[Workbook], object]
"""What a test does to a workbook before it is saved, with openpyxl's own words."""


class Formula(str):
    """A formula that was saved without a result."""

    __slots__ = ()


class ExcelError(str):
    """An Excel error value, such as #REF!."""

    __slots__ = ()


_NOTATION: dict[str, Callable[[str], Any]] = {
    "d:": date.fromisoformat,
    "n:": float,
    "f:": Formula,
    "e:": ExcelError,
}


def cell_value(text: str) -> Any:
    """The value that one cell of a text table stands for; None where it is blank."""
    text = text.strip(" ").replace("␣", " ").replace("↵", "\n")
    make = _NOTATION.get(text[:2])
    return make(text[2:]) if make else text or None


def text_rows(text: str) -> list[list[Any]]:
    """The rows of a text table."""
    lines = textwrap.dedent(text).strip("\n").rstrip().split("\n")
    return [[cell_value(part) for part in line.split("|")] for line in lines]


def raw_sheet(name: str, text: str, first_row: int = 1, first_column: int = 1, **more: Any) -> RawSheet:
    """A sheet as an adapter would read it, straight from a text table."""
    rows = text_rows(text)
    width = max(map(len, rows))
    full = [["" if cell is None else cell for cell in (*row, *[""] * (width - len(row)))] for row in rows]
    return RawSheet(name, Rows(full, first_row, first_column), **more)


def workbook(folder: Path, /, *, suffix: str = ".xlsx", edit: Edit | None = None, **sheets: str) -> Path:
    """A workbook file of these sheets, each given as a text table."""
    return save(folder, {title: text_rows(text) for title, text in sheets.items()}, suffix=suffix, edit=edit)


def save(
    folder: Path,
    sheets: Mapping[str, Sequence[Sequence[Any]]],
    *,
    suffix: str = ".xlsx",
    tables: bool = False,
    edit: Edit | None = None,
) -> Path:
    """A workbook file of these rows; `tables` lays an Excel Table over each sheet, header in the first row."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet: Any = book.create_sheet(title)
        for number, row in enumerate(rows, 1):
            for place, value in enumerate(row, 1):
                if value is not None:
                    _write(sheet.cell(number, place), value)
        if tables:
            reference = f"A1:{letters(len(rows[0]))}{max(len(rows), 2)}"
            sheet.add_table(ExcelTable(displayName=title, name=title, ref=reference))
    if edit:
        edit(book)
    path = folder / f"台账{suffix}"
    book.save(path)
    return path


def _write(cell: Any, value: Any) -> None:
    """Puts a value in a cell; text stays text even where openpyxl would take it for a formula or an error."""
    cell.value = str(value) if isinstance(value, (Formula, ExcelError)) else value
    if isinstance(value, ExcelError):
        cell.data_type = "e"
    elif isinstance(value, str) and not isinstance(value, Formula):
        cell.data_type = "s"


def read(path: Path) -> School:
    """The school in a workbook file, read as the program reads it."""
    return parse_workbook(read_workbook(path))


def findings(path: Path, today: date = TODAY) -> list[Finding]:
    """All findings of `check` on a workbook file."""
    return check(read(path), today)


def told(path: Path, *sheets: str, today: date = TODAY) -> list[str]:
    """The findings of a workbook file, each as "C103 花名册!C2 性别"; only of these sheets where some are named."""
    return [line(one) for one in findings(path, today) if not sheets or one.sheet in sheets]


def line(finding: Finding) -> str:
    """A finding in short: code, sheet, cell and column, as far as it has them."""
    place = f"{finding.sheet}!{finding.cell}" if finding.cell else finding.sheet
    return " ".join(part for part in (finding.code, place, finding.column) if part)
