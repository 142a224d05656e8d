"""What is sent by hand: the texts for phones, and the list of what is printed, with a place to sign."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.pagebreak import Break

from xl_liushou.build.master_sheets import FONT, SIZE, Title, set_page, write_header
from xl_liushou.build.steady_xlsx import workbook_bytes
from xl_liushou.core.table import letters

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_TEXTS: Final = (("方式", 8), ("班级", 14), ("孩子", 14), ("收信人", 18), ("手机", 15), ("内容", 80))
_PRINTS: Final = (
    ("班级", 14),
    ("孩子", 16),
    ("收信人", 22),
    ("文件", 44),
    ("为什么打印", 36),
    ("签收人", 14),
    ("日期", 12),
)


def texts_workbook(lines: Sequence[Mapping[str, Any]]) -> bytes:
    """One line for each text: ready to paste, or to load into a sending platform."""
    rows = [(line["way"], line["class"], line["name"], line["reader"], line["phone"], line["text"]) for line in lines]
    return _list("短信微信", _TEXTS, rows, ())


def prints_workbook(lines: Sequence[Mapping[str, Any]]) -> bytes:
    """The letters on paper, each class on pages of its own, to be signed for."""
    rows = [(line["class"], line["name"], line["reader"], line["file"], line["reason"], "", "") for line in lines]
    ends, last = [], 1
    for _, group in groupby(rows, key=lambda row: row[0]):
        last += len(list(group))
        ends.append(last)
    return _list("打印签收表", _PRINTS, rows, ends[:-1])


def _list(title: str, columns: Sequence[tuple[str, int]], rows: Sequence[Sequence[str]], ends: Sequence[int]) -> bytes:
    """A sheet with a header that every page repeats; a page ends after each of the rows `ends`."""
    made = Workbook()
    made.properties.title = title
    sheet: Worksheet = made.worksheets[0]
    sheet.title = title
    for place, (text, width) in enumerate(columns, 1):
        write_header(sheet, place, Title(text, width), row=1)
        sheet.column_dimensions[letters(place)].width = width
    for number, row in enumerate(rows, 2):
        for place, text in enumerate(row, 1):
            cell: Any = sheet.cell(number, place)
            cell.value, cell.data_type = text, "s"
            cell.font, cell.alignment = Font(name=FONT, size=SIZE), Alignment(vertical="center", wrap_text=True)
    for end in ends:
        sheet.row_breaks.append(Break(id=end))
    set_page(sheet, "landscape")
    sheet.print_title_rows = "1:1"
    sheet.freeze_panes = "A2"
    return workbook_bytes(made)
