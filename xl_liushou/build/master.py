"""The master workbook, made from the schema alone: what `new` saves, and what the template is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from openpyxl import Workbook

from xl_liushou.build.macro_parts import Macros
from xl_liushou.build.master_results import fill_front_page, fill_result
from xl_liushou.build.master_sheets import Row, fill_lists, fill_sheet
from xl_liushou.build.steady_xlsx import workbook_bytes
from xl_liushou.core.table import Table
from xl_liushou.schema import settings as items
from xl_liushou.schema.results import IN_ORDER, FrontPage, Result
from xl_liushou.schema.sheets import LISTS_SHEET, Intervals, SettingRows

Rows = Mapping[type[Table], Sequence[Row]]

_PRESETS: Final[Mapping[str, Sequence[tuple[str, int, int]]]] = {
    "谈心": (("高", 3, 1), ("中", 7, 2), ("低", 7, 2)),
    "通话": (("高", 7, 2), ("中", 14, 2), ("低", 14, 2)),
    "家访": (("高", 120, 14),),
}
"""Interval and lead in days by risk: a talk a week, a call a fortnight, key children oftener (domain, section 4)."""

TITLE: Final = "关爱台账"


def master_workbook(
    rows: Rows | None = None, settings: Mapping[str, str] | None = None, macro_ready: bool = False
) -> bytes:
    """The master workbook as an .xlsx file, or an .xlsm with a VBA project of blank modules if `macro_ready`.

    `rows` are the records of each sheet by attribute name (a 多 column takes a tuple or a list);
    `settings` the values of 设置 that differ from the first ones. The same input gives the same bytes.
    """
    filled: Rows = {Intervals: interval_rows(), **(rows or {}), SettingRows: _setting_rows(settings or {})}
    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.title = TITLE
    for table in IN_ORDER:
        sheet = book.create_sheet(table.title)
        if table is FrontPage:
            fill_front_page(sheet)
        elif issubclass(table, Result):
            fill_result(sheet, table)
        else:
            fill_sheet(sheet, table, filled.get(table, ()))
    fill_lists(book.create_sheet(LISTS_SHEET))
    return workbook_bytes(book, Macros() if macro_ready else None)


def interval_rows() -> list[dict[str, Any]]:
    """The rows that 频次表 starts with."""
    return [
        {"kind": kind, "risk": risk, "days": days, "lead_days": lead}
        for kind, presets in _PRESETS.items()
        for risk, days, lead in presets
    ]


def _setting_rows(settings: Mapping[str, str]) -> list[Row]:
    if unknown := set(settings) - set(items.FIRST_VALUES):
        raise KeyError(f"no such setting: {sorted(unknown)}")
    values = {**items.FIRST_VALUES, **settings}
    return [{"item": item, "value": values[item], "note": items.NOTES[item]} for item in items.FIRST_VALUES]
