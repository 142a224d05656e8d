"""What a cell of the master workbook offers while it is filled in: drop-down list, limits, input hint."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from openpyxl.worksheet.datavalidation import DataValidation

from xl_liushou.core.table import Column, Table, letters
from xl_liushou.schema import lists, settings
from xl_liushou.schema.kinds import Choice, Date, Number, Several
from xl_liushou.schema.sheets import LISTS_SHEET, SettingRows
from xl_liushou.schema.text_kinds import LongText, Phone

LAST_ROW: Final = 1_048_576
LIST_ROOM: Final = 1_000
"""How many entries a list that the school extends may have and still be offered whole."""

_PROMPT_LIMIT: Final = 255
_ERROR_LIMIT: Final = 220
_TITLE_LIMIT: Final = 32


def sheet_lists() -> Mapping[str, tuple[str, ...]]:
    """The lists of 字典, in the order of its columns."""
    return {**lists.CLOSED, **lists.OPEN}


def list_formula(name: str) -> str:
    """The cells of 字典 that hold a list; an open list ends at its last entry."""
    column = letters(list(sheet_lists()).index(name) + 1)
    if name in lists.CLOSED:
        return f"{LISTS_SHEET}!${column}$2:${column}${len(lists.CLOSED[name]) + 1}"
    first, room = f"{LISTS_SHEET}!${column}$2", f"{LISTS_SHEET}!${column}$2:${column}${LIST_ROOM}"
    return f"OFFSET({first},0,0,MAX(1,COUNTA({room})),1)"


def column_validation(column: Column[Any], place: int) -> DataValidation:
    """The validation of a whole column, below its header."""
    found = _validation(column)
    found.promptTitle = column.title[:_TITLE_LIMIT]
    found.prompt = prompt(column)[:_PROMPT_LIMIT] or None
    found.showInputMessage = bool(found.prompt)
    found.add(f"{letters(place)}2:{letters(place)}{LAST_ROW}")
    return found


def prompt(column: Column[Any]) -> str:
    """The input hint of a column: what the schema says, what the kind asks for, whether it may be blank."""
    parts = [column.hint or _kind_hint(column)]
    if isinstance(column, Several) and column.of:
        parts.append(f"可选：{'、'.join(sheet_lists()[column.of])}")
    if column.required:
        parts.append("必填")
    return "。".join(part for part in parts if part)


def _kind_hint(column: Column[Any]) -> str:
    if isinstance(column, Date):
        return "日期，例如 2026-03-02"
    if isinstance(column, Phone):
        return "11 位手机号，或 区号-号码"
    if column.refers:
        return f"填“{column.refers}”表中已有的一项"
    return "可写多句，Alt+回车换行" if isinstance(column, LongText) else ""


def _validation(column: Column[Any]) -> DataValidation:
    if isinstance(column, Choice):
        return _choice(list_formula(column.of), sheet_lists()[column.of])
    if isinstance(column, Date):
        found = _warned("DATE(1900,1,1)", "DATE(2099,12,31)", "请填完整的日期，例如 2026-03-02")
        found.type = "date"
        return found
    if isinstance(column, Number):
        least, most = f"{column.least:g}", f"{column.most:.0f}"
        found = _warned(least, most, f"请填 {least} 到 {most} 之间的{'整数' if column.whole else '数'}")
        found.type = "whole" if column.whole else "decimal"
        return found
    return DataValidation(type=None, allow_blank=True)


def _choice(formula: str, choices: tuple[str, ...]) -> DataValidation:
    shown = "、".join(choices)
    error = f"请选：{shown}" if len(shown) <= _ERROR_LIMIT - 10 else "请从下拉列表中选择；缺少的项目可以加在“字典”表里"
    return DataValidation(
        type="list", formula1=formula, allow_blank=True, showErrorMessage=True, errorTitle="不在列表中", error=error
    )


def _warned(least: str, most: str, error: str) -> DataValidation:
    return DataValidation(
        operator="between", formula1=least, formula2=most, allow_blank=True,
        showErrorMessage=True, errorStyle="warning", errorTitle="请核对", error=error,
    )  # fmt: skip


def sheet_hint(table: type[Table], header: int = 1) -> DataValidation:
    """What a sheet is for, shown at the first cell of its header row."""
    found = DataValidation(type=None, allow_blank=True, showInputMessage=True)
    found.promptTitle, found.prompt = table.title, table.hint
    found.add(f"A{header}")
    return found


def setting_validations(rows: Mapping[str, int]) -> list[DataValidation]:
    """The drop-down lists in the 值 column of 设置, by the items' rows."""
    column = letters([one.name for one in SettingRows.columns].index(SettingRows.value.name) + 1)
    found = []
    for item, kind in settings.KINDS.items():
        if isinstance(kind, Choice):
            choices = settings.CLOSED_LISTS[kind.of]
            validation = _choice(f'"{",".join(choices)}"', choices)
            validation.add(f"{column}{rows[item]}")
            found.append(validation)
    return found
