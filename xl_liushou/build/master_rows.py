"""The records on a sheet of the master workbook: values as they are meant, rows as high as their text needs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final

from openpyxl.worksheet.dimensions import RowDimension

from xl_liushou.core.table import letters
from xl_liushou.schema.heights import height_for, lines_in

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_SMALLER: Final = 1.08
"""A column's width counts digits of the default font, which is larger than the cells' font."""


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
            if column.alignment.wrap_text:
                lines = max(lines, lines_in(text, column.width * _SMALLER))
    if (height := height_for(lines)) is not None:
        _set_height(sheet, number, height)


class _Fitted(RowDimension):
    """A row height that Excel may fit anew when the text changes."""

    @property
    def customHeight(self) -> bool:  # noqa: N802  openpyxl's name
        """False is left out of the file."""
        return False


def _set_height(sheet: Worksheet, number: int, height: float) -> None:
    sheet.row_dimensions[number] = _Fitted(sheet, index=number, ht=height)
