"""The records on a sheet of the master workbook: values as they are meant, rows as high as their text needs."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final

from openpyxl.worksheet.dimensions import RowDimension

from xl_liushou.core.table import letters

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

ROW_HEIGHT: Final = 20

_LINE_HEIGHT: Final = 14
_SMALLER: Final = 1.08
"""A column's width counts digits of the default font, which is larger than the cells' font."""
_HIGHEST: Final = 409
"""Excel's limit for a row, in points."""


def write_row(sheet: Worksheet, number: int, values: Iterable[tuple[int, Any]]) -> None:
    """One record, values by column number; blank ones leave the cell to its column's style."""
    columns: Any = sheet.column_dimensions
    lines = 1
    for place, value in values:
        text = "、".join(value) if isinstance(value, (tuple, list)) else value
        if text is None or text == "":
            continue
        column = columns[letters(place)]
        cell: Any = sheet.cell(number, place)
        cell._style = column._style
        cell.value = text
        if isinstance(text, str):
            cell.data_type = "s"
            if len(text) * 2 > column.width and column.alignment.wrap_text:
                lines = max(lines, _lines(text, column.width))
    if lines > 1:
        _set_height(sheet, number, min(lines * _LINE_HEIGHT + ROW_HEIGHT - _LINE_HEIGHT, _HIGHEST))


def _lines(text: str, width: float) -> int:
    """How many lines a text takes in a column; an East Asian character is two digits wide."""
    return sum(max(1, math.ceil(_digits(part) / (width * _SMALLER))) for part in text.split("\n"))


def _digits(text: str) -> float:
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in text)


class _Fitted(RowDimension):
    """A row height that Excel may fit anew when the text changes."""

    @property
    def customHeight(self) -> bool:  # noqa: N802  openpyxl's name
        """False is left out of the file."""
        return False


def _set_height(sheet: Worksheet, number: int, height: float) -> None:
    sheet.row_dimensions[number] = _Fitted(sheet, index=number, ht=height)
