"""The sheets that the program fills, in the blank workbook: Tables that wait for results, and the front page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from openpyxl.formatting.rule import Rule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.worksheet.hyperlink import Hyperlink

from xl_liushou.build.master_hints import LAST_ROW, sheet_hint
from xl_liushou.build.master_sheets import (
    FONT,
    HEADER_HEIGHT,
    SIZE,
    add_table,
    set_column,
    set_page,
    set_up,
    title_of,
    write_header,
)
from xl_liushou.core.table import letters
from xl_liushou.schema.results import CheckResults, FrontPage, Result, SendLog, Todo
from xl_liushou.schema.sheets import Children, Contacts, SettingRows, Staff

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_TAB_COLOUR: Final = "00807A"
_REPEATED: Final = "FF9A9A9A"
_LINK: Final = "FF1F4E79"
_SCHOOL: Final = f'IFERROR(INDEX({SettingRows.title}!$B:$B,MATCH("学校名称",{SettingRows.title}!$A:$A,0))&"","")'
_WELCOME: Final = "留守儿童关爱台账　　孩子的资料很敏感：只在校内使用，离开电脑前请关好。"
_HOW: Final = (
    (SettingRows, "先填学校名称、当前学期和德育负责人。"),
    (Staff, "登记老师，写明谁是哪个班的班主任；再到“校历”填学期和假期的起止。"),
    (Children, "一名孩子一行；再到“监护人”登记父母和照护人，一人一行。"),
    (Contacts, "谈心、通话、家访都记在这里，一次一行。"),
    (CheckResults, "做一次“校验”，填错和漏填的地方列在这里；点“位置”就到那一格。"),
    (Todo, "做一次“待办提醒”，谁该为哪个孩子做什么列在这里，最急的在前。"),
    (SendLog, "写出的每份文书在这里留一行，随时可查。"),
)
"""What to do first, by the sheet where it is done."""


def fill_result(sheet: Worksheet, table: type[Result]) -> None:
    """Makes `sheet` a sheet that the program fills later."""
    sheet.sheet_properties.tabColor = _TAB_COLOUR
    set_up(sheet, [title_of(column) for column in table.columns], 0)
    add_table(sheet, table.title, len(table.columns), 0)
    sheet.add_data_validation(sheet_hint(table))
    last, toned = letters(len(table.columns)), letters(table.toned_by)
    for word, tone in table.tones.items():
        fill = PatternFill("solid", start_color=f"FF{tone.fill}", end_color=f"FF{tone.fill}")
        style = DifferentialStyle(font=Font(bold=True) if tone.bold else None, fill=fill)
        rule = Rule("expression", dxf=style, formula=[f'LEFT(${toned}2,{len(word)})="{word}"'])
        sheet.conditional_formatting.add(f"A2:{last}{LAST_ROW}", rule)
    if table.linked:
        sheet.column_dimensions[letters(table.linked)].font = _link_font()
    if table.grouped:
        repeated = Rule("expression", dxf=DifferentialStyle(font=Font(color=_REPEATED)), formula=["$A2=$A1"])
        sheet.conditional_formatting.add(f"A2:A{LAST_ROW}", repeated)


def fill_front_page(sheet: Worksheet) -> None:
    """Makes `sheet` the first page: the school's name, how to begin, and what was done last, to which lines come."""
    sheet.sheet_properties.tabColor = _TAB_COLOUR
    sheet.sheet_view.showGridLines = False
    titles = [title_of(column) for column in FrontPage.columns]
    for place, title in enumerate(titles, 1):
        set_column(sheet, place, title)
    set_page(sheet, "portrait")
    _text(sheet, "A1", f'=IF({_SCHOOL}="","关爱台账",{_SCHOOL})', Font(name=FONT, size=20, bold=True))
    _text(sheet, "A2", _WELCOME, Font(name=FONT, size=SIZE, color="FF595959"))
    sheet.row_dimensions[1].height = 44
    _heading(sheet, 4, "怎样开始")
    for row, (table, text) in enumerate(_HOW, 5):
        _text(sheet, f"A{row}", table.title, _link_font())
        sheet[f"A{row}"].hyperlink = Hyperlink(ref=f"A{row}", location=f"'{table.title}'!A1")
        _text(sheet, f"B{row}", text, Font(name=FONT, size=SIZE))
    top = 5 + len(_HOW) + 2
    _heading(sheet, top - 1, "最近一次的结果")
    for place, title in enumerate(titles, 1):
        write_header(sheet, place, title, top)
    sheet.row_dimensions[top].height = HEADER_HEIGHT
    add_table(sheet, FrontPage.title, len(titles), 0, top)
    sheet.add_data_validation(sheet_hint(FrontPage, top))


def _link_font() -> Font:
    return Font(name=FONT, size=SIZE, underline="single", color=_LINK)


def _heading(sheet: Worksheet, row: int, text: str) -> None:
    """A heading with a line under it, as wide as the page."""
    _text(sheet, f"A{row}", text, Font(name=FONT, size=13, bold=True))
    for place in range(1, len(FrontPage.columns) + 1):
        sheet.cell(row, place).border = Border(bottom=Side(style="medium", color="FF808080"))
    sheet.row_dimensions[row].height = 30


def _text(sheet: Worksheet, cell: str, text: str, font: Font) -> None:
    """A text in one line, which may run over the blank cells beside it."""
    found: Any = sheet[cell]
    found.value, found.font = text, font
    found.alignment = Alignment(vertical="center")
