"""One sheet of the master workbook: header, records, Excel Table, formats, hints, print set-up."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Literal

from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.table import Table as ExcelTable
from openpyxl.worksheet.table import TableStyleInfo

from xl_liushou.build.master_hints import column_validation, setting_validations, sheet_hint, sheet_lists
from xl_liushou.build.master_rows import write_row
from xl_liushou.core.table import Column, Table, letters
from xl_liushou.schema import sheets as schema
from xl_liushou.schema.heights import ROW_HEIGHT
from xl_liushou.schema.kinds import Choice, Date, Number
from xl_liushou.schema.sheets import LISTS_SHEET, SettingRows
from xl_liushou.schema.text_kinds import ClassName, Email, IdNumber, Name, Phone

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

Row = Mapping[str, Any]
"""A record by the attribute names of its columns."""

FONT: Final = "微软雅黑"
SIZE: Final = 10
HEADER_HEIGHT: Final = 32
_A4: Final = "9"
_PAGE_WIDTH: Final = 220
"""Digits beside each other that can still be read on a landscape A4 page."""
_FROZEN_MOST: Final = 2
_TABLE_STYLE: Final = "TableStyleLight15"
_REQUIRED_FILL: Final = PatternFill("solid", start_color="FFD9D9D9")
_OPTIONAL_FILL: Final = PatternFill("solid", start_color="FFF2F2F2")
_LINE: Final = Side(style="thin", color="FF808080")
_HEADER_BORDER: Final = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_LISTS_COLOUR: Final = "7F7F7F"
_TAB_COLOURS: Final[Mapping[str, Sequence[type[Table]]]] = {
    "2E75B6": (schema.Children, schema.Guardians, schema.TermFiles),
    "548235": (schema.Pairings, schema.Contacts, schema.StudyHelp, schema.Progress),
    "C55A11": (
        schema.Campaigns, schema.CampaignSteps, schema.Participation, schema.Volunteers, schema.Supplies,
    ),
    "7030A0": (schema.Staff, schema.LeadingGroup),
    _LISTS_COLOUR: (schema.Calendar, schema.Intervals, schema.SettingRows),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Title:
    """What a header cell and its column look like."""

    text: str
    width: float
    required: bool = False
    number_format: str = "@"
    alignment: Alignment = field(default_factory=lambda: Alignment(vertical="center"))


def fill_sheet(sheet: Worksheet, table: type[Table], rows: Sequence[Row]) -> None:
    """Makes `sheet` the sheet of `table`, with these records."""
    sheet.sheet_properties.tabColor = next(colour for colour, group in _TAB_COLOURS.items() if table in group)
    set_up(sheet, [title_of(column) for column in table.columns], _frozen(table))
    places = {column.name: place for place, column in enumerate(table.columns, 1)}
    for number, row in enumerate(rows, 2):
        write_row(sheet, number, ((places[name], value) for name, value in row.items()))
    add_table(sheet, table.title, len(table.columns), len(rows))
    sheet.add_data_validation(sheet_hint(table))
    for column in table.columns:
        sheet.add_data_validation(column_validation(column, places[column.name]))
    if table is SettingRows:
        found = {row[SettingRows.item.name]: number for number, row in enumerate(rows, 2)}
        for validation in setting_validations(found):
            sheet.add_data_validation(validation)


def fill_lists(sheet: Worksheet) -> None:
    """Makes `sheet` the sheet 字典: one column per list, what the drop-downs offer."""
    lists = sheet_lists()
    sheet.sheet_properties.tabColor = _LISTS_COLOUR
    set_up(sheet, [Title(name, _list_width(name, entries)) for name, entries in lists.items()], 0)
    longest = max(len(entries) for entries in lists.values())
    for index in range(longest):
        entries = ((place, found[index]) for place, found in enumerate(lists.values(), 1) if index < len(found))
        write_row(sheet, index + 2, entries)
    add_table(sheet, LISTS_SHEET, len(lists), longest)


def _list_width(name: str, entries: Iterable[str]) -> float:
    return max(len(text) for text in (name, *entries)) * 2.1 + 3


def title_of(column: Column[Any]) -> Title:
    """What the header and the cells of a column look like, by its kind."""
    keyed = column.name == "child_id" or bool(column.generated or column.refers)
    centred = keyed or isinstance(column, (Choice, ClassName, Date, Name))
    horizontal = "center" if centred else "right" if isinstance(column, Number) else None
    wrapped = not isinstance(column, (Date, Email, IdNumber, Number, Phone))
    alignment = Alignment(horizontal=horizontal, vertical="center", wrap_text=wrapped)
    return Title(column.title, column.width, column.required, column.number_format, alignment)


def _frozen(table: type[Table]) -> int:
    """How many leading columns stay in view: those that tell whose row it is."""
    names = [column.name for column in table.columns[:_FROZEN_MOST]]
    telling = [name in table.key or name in {"name", "child_id", "campaign", "help_id"} for name in names]
    return telling.index(False) if False in telling else len(telling)


def set_up(sheet: Worksheet, titles: Sequence[Title], frozen: int) -> None:
    """Columns, header, panes and print set-up."""
    for place, title in enumerate(titles, 1):
        set_column(sheet, place, title)
        write_header(sheet, place, title)
    sheet.row_dimensions[1].height = HEADER_HEIGHT
    sheet.freeze_panes = f"{letters(frozen + 1)}2"
    sheet.print_title_rows = "1:1"
    sheet.print_options.gridLines = True
    set_page(sheet, "landscape", math.ceil(sum(title.width for title in titles) / _PAGE_WIDTH))
    if frozen:
        sheet.print_title_cols = f"A:{letters(frozen)}"


def set_page(sheet: Worksheet, orientation: Literal["landscape", "portrait"], pages_wide: int = 1) -> None:
    """Rows as high as one line needs; A4 with the sheet's name and the page number below."""
    sheet.sheet_format.defaultRowHeight = ROW_HEIGHT
    sheet.print_options.horizontalCentered = True
    sheet.page_setup.orientation = orientation
    sheet.page_setup.paperSize = _A4
    sheet.page_setup.fitToWidth = pages_wide
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    margins = sheet.page_margins
    margins.left = margins.right = 0.4
    margins.top, margins.bottom, margins.footer = 0.5, 0.6, 0.3
    sheet.HeaderFooter.oddFooter = HeaderFooterItem(
        left=_HeaderFooterPart("&A"), right=_HeaderFooterPart("第 &P 页，共 &N 页")
    )


def set_column(sheet: Worksheet, place: int, title: Title) -> None:
    """How a column looks where its cells say nothing else."""
    dimension = sheet.column_dimensions[letters(place)]
    dimension.width = title.width
    dimension.number_format = title.number_format
    dimension.alignment = title.alignment
    dimension.font = Font(name=FONT, size=SIZE)


def write_header(sheet: Worksheet, place: int, title: Title, row: int = 1) -> None:
    """The title of a column in its header cell."""
    cell = sheet.cell(row, place, title.text)
    cell.font = Font(name=FONT, size=SIZE, bold=True)
    cell.fill = _REQUIRED_FILL if title.required else _OPTIONAL_FILL
    cell.border = _HEADER_BORDER
    cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)


def add_table(sheet: Worksheet, title: str, width: int, count: int, top: int = 1) -> None:
    """The Excel Table over the header in row `top` and the records, or over one blank row."""
    table = ExcelTable(displayName=title, name=title, ref=f"A{top}:{letters(width)}{max(count, 1) + top}")
    table._initialise_columns()  # type: ignore[attr-defined]
    for place, column in enumerate(table.tableColumns, 1):
        column.name = str(sheet.cell(top, place).value)
    table.tableStyleInfo = TableStyleInfo(name=_TABLE_STYLE, showRowStripes=True)
    sheet.add_table(table)
