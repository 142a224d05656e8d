"""The findings as a workbook to print and to hand out: a page of its own for each class teacher."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.hyperlink import Hyperlink

from xl_liushou.build.master_sheets import FONT, SIZE, Title, set_page, write_header
from xl_liushou.build.steady_xlsx import workbook_bytes
from xl_liushou.core.finding import LABELS, FindingLine, FindingList
from xl_liushou.core.table import letters
from xl_liushou.schema.results import CheckResults

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_OVERVIEW: Final = "总览"
_WIDTHS: Final = (8.0, 16.0, 14.0, 8.0, 24.0, 66.0, 10.0)
_TITLES: Final = (*(column.title for column in CheckResults.columns[:6]), "已改好")
_LINK: Final = "FF1F4E79"
_FIRST: Final = 4
"""The row of the first finding; above it stand the title, who mends it, and the header."""
_FORBIDDEN: Final = re.compile(r"[\\/*?:\[\]']")


def findings_workbook(lists: Sequence[FindingList], school: str, day: str, book: str) -> bytes:
    """The workbook; `book` is the way from its folder to the checked one, to whose cells the places lead.

    The same input gives the same bytes.
    """
    made = Workbook()
    made.remove(made.worksheets[0])
    made.properties.title = "校验结果"
    names = [_sheet_name(one.title, number) for number, one in enumerate(lists, 1)]
    _fill_overview(made.create_sheet(_OVERVIEW), lists, names, f"{school}　校验结果（{day}）")
    for name, one in zip(names, lists, strict=True):
        _fill_list(made.create_sheet(name), one, day, book)
    return workbook_bytes(made)


def _sheet_name(title: str, number: int) -> str:
    """A name that Excel takes; the number keeps two long ones apart."""
    plain = _FORBIDDEN.sub("", title)
    return plain if len(plain) <= 31 and plain not in ("", _OVERVIEW) else f"{plain[:26]}-{number}"


def _fill_overview(sheet: Worksheet, lists: Sequence[FindingList], names: Sequence[str], title: str) -> None:
    _put(sheet, 1, 1, title, bold=True, size=16)
    titles = ("班级", "责任人", *LABELS.values())
    for place, (text, width) in enumerate(zip(titles, (16, 24, 10, 10, 10), strict=True), 1):
        write_header(sheet, place, Title(text, width), row=_FIRST - 1)
        sheet.column_dimensions[letters(place)].width = width
    for row, (name, one) in enumerate(zip(names, lists, strict=True), _FIRST):
        cell = _put(sheet, row, 1, one.title)
        _lead(cell, None, f"'{name}'!A1")
        _put(sheet, row, 2, one.owner)
        for place, label in enumerate(LABELS.values(), 3):
            sheet.cell(row, place, one.count(label)).font = Font(name=FONT, size=SIZE)
    set_page(sheet, "portrait")


def _fill_list(sheet: Worksheet, one: FindingList, day: str, book: str) -> None:
    _put(sheet, 1, 1, f"{one.title}　请 {one.owner} 核对", bold=True, size=16)
    counted = "，".join(f"{one.count(label)} 处{label}" for label in LABELS.values())
    _put(sheet, 2, 1, f"{day}校验：{counted}。先改错误，再看提醒；改好一处，在“已改好”打个勾。")
    for place, (text, width) in enumerate(zip(_TITLES, _WIDTHS, strict=True), 1):
        write_header(sheet, place, Title(text, width), row=_FIRST - 1)
        sheet.column_dimensions[letters(place)].width = width
    for row, line in enumerate(one.lines, _FIRST):
        _fill_line(sheet, row, line, book)
    set_page(sheet, "landscape")
    sheet.print_title_rows = f"{_FIRST - 1}:{_FIRST - 1}"
    sheet.freeze_panes = f"A{_FIRST}"


def _fill_line(sheet: Worksheet, row: int, line: FindingLine, book: str) -> None:
    place = f"{line.sheet}!{line.cell}" if line.cell else line.sheet
    values = (line.severity, place, line.column, line.code, line.rule, line.message, "")
    for number, text in enumerate(values, 1):
        cell = _put(sheet, row, number, text, bold=line.severity == LABELS["error"] and number == 1)
        cell.alignment = Alignment(vertical="center", wrap_text=True)
    if tone := CheckResults.tones.get(line.severity):
        sheet.cell(row, 1).fill = PatternFill("solid", start_color=f"FF{tone.fill}")
    if line.cell:
        quoted = line.sheet.replace("'", "''")
        _lead(sheet.cell(row, 2), book, f"'{quoted}'!{line.cell}")


def _put(sheet: Worksheet, row: int, column: int, text: str, bold: bool = False, size: int = SIZE) -> Any:
    """Puts text in a cell, as text even where it starts like a formula."""
    cell: Any = sheet.cell(row, column)
    cell.value = text
    cell.data_type = "s"
    cell.font = Font(name=FONT, size=size, bold=bold)
    return cell


def _lead(cell: Any, book: str | None, location: str) -> None:
    """Makes a cell lead to a place in another workbook, or in this one."""
    cell.hyperlink = Hyperlink(ref=cell.coordinate, target=book, location=location)
    cell.font = Font(name=FONT, size=SIZE, color=_LINK, underline="single")
