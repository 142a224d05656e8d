"""Edits made by Excel itself in the workbook that it has open: one block a sheet, or nothing at all."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any, Final

from xl_liushou.adapters.live_book import LiveBook, raw_tables
from xl_liushou.core.edits import AddSheet, AppendRows, Edit, Link, ReplaceRows, SetCells, Value, Written
from xl_liushou.core.errors import LiushouError, PatchRefused, WorkbookBusy
from xl_liushou.core.rawsheet import RawTable

if TYPE_CHECKING:
    import xlwings

_TAKEN_AS_IT_IS: Final = re.compile(r"(?!上午|下午)[\u4e00-\u9fff][^0-9]*")
"""Text that Excel could not take for a number, a date or a formula; other text gets the sign for text, '."""


def write_live(live: LiveBook, edits: Sequence[Edit]) -> list[Written]:
    """Makes all the edits, or takes back those that were made and raises; what the user sees stays as it is.

    Returns where rows were written. Raises PatchRefused for a Table that is not there, WorkbookBusy where Excel does
    not let the program write.
    """
    written: list[Written] = []
    with _undisturbed(live.book.app), ExitStack() as undo:
        try:
            for edit in edits:
                sheet = _added(live.book, edit, undo) if isinstance(edit, AddSheet) else live.book.sheets[edit.sheet]
                if isinstance(edit, SetCells):
                    for cell, value in edit.cells.items():
                        _fill(sheet.range(cell), [[value]], undo)
                elif isinstance(edit, AppendRows | ReplaceRows) and (edit.rows or isinstance(edit, ReplaceRows)):
                    written.append(_written(sheet, edit, undo))
        except LiushouError:
            raise
        except Exception as problem:
            raise WorkbookBusy(
                "Excel 没有让程序写入：可能正在编辑某个格子，或工作表设了保护。工作簿没有改动。"
                "请按回车结束编辑（或在“审阅”里撤销保护），再点一次按钮。"
            ) from problem
        undo.pop_all()
    return written


@contextmanager
def _undisturbed(app: xlwings.App) -> Iterator[None]:
    """The screen stands still and the workbook's own macros do not answer to what the program writes."""
    with app.properties(screen_updating=False, enable_events=False):
        yield


def _added(book: xlwings.Book, edit: AddSheet, undo: ExitStack) -> xlwings.Sheet:
    """A new sheet after the last, with its header and Table; the sheet in front stays in front."""
    front = book.sheets.active
    sheet = book.sheets.add(after=book.sheets[-1], name=edit.sheet)
    undo.callback(sheet.delete)
    header = sheet.range((1, 1), (1, len(edit.header)))
    header.value = [list(edit.header)]
    for column, width in enumerate(edit.widths, 1):
        sheet.range((1, column)).column_width = width
    if edit.table:
        sheet.tables.add(sheet.range((1, 1), (2, len(edit.header))), name=edit.table)
    front.activate()
    return sheet


def _written(sheet: xlwings.Sheet, edit: AppendRows | ReplaceRows, undo: ExitStack) -> Written:
    table = _table(sheet, edit)
    left = table.left if table else 1
    width = max((len(row) for row in edit.rows), default=0)
    right = max(table.right if table else 1, left + width - 1)
    header = table.top if table else sheet.used_range.row
    last = _last_row(sheet, header, table.bottom if table else None, left, right)
    top = last + 1 if isinstance(edit, AppendRows) else header + 1
    bottom = top + len(edit.rows) - 1
    if isinstance(edit, ReplaceRows) and last >= top:
        old = sheet.range((top, left), (last, right))
        _blank(old, undo)
        old.row_hidden = False
    if table and (bottom > table.bottom or isinstance(edit, ReplaceRows)):
        _resize(sheet, table, max(bottom, table.top + 1), undo)
    if edit.rows:
        block = sheet.range((top, left), (bottom, left + width - 1))
        _fill(block, [[*row, *[None] * (width - len(row))] for row in edit.rows], undo)
        if any(edit.heights):
            block.rows.autofit()
    return Written(sheet.name, top, left, bottom, right)


def _table(sheet: xlwings.Sheet, edit: AppendRows | ReplaceRows) -> RawTable | None:
    """The Table that the rows go into; a sheet without any takes them at its end."""
    tables = raw_tables(sheet)
    named = [table for table in tables if edit.table in (None, table.name)]
    if len(named) == 1 or not (tables or edit.table):
        return named[0] if named else None
    raise PatchRefused(
        "no-table", f"“{sheet.name}”表里有几个表格，或找不到要写的那一个，程序没有写入。请恢复成模板的样子再试。"
    )


def _last_row(sheet: xlwings.Sheet, header: int, bottom: int | None, left: int, right: int) -> int:
    """The last row with something in it: rows pasted below a Table count, blank ones at its end do not."""
    used = sheet.used_range
    end = max(used.row + used.shape[0] - 1, bottom or header)
    if end <= header:
        return header
    rows = sheet.range((header + 1, left), (end, right)).options(ndim=2).value
    filled = [number for number, row in enumerate(rows, header + 1) if any(one not in (None, "") for one in row)]
    return filled[-1] if filled else header


def _fill(block: xlwings.Range, rows: Sequence[Sequence[Value]], undo: ExitStack) -> None:
    """Puts values into cells at once; a formula stays where a row of several has no value for its cell."""
    before = _formulas(block)
    undo.callback(_put, block, before)
    single = len(before) == len(before[0]) == 1
    new = [
        [old if value is None and old.startswith("=") and not single else _excel(value) for value, old in pairs]
        for pairs in (list(zip(*both, strict=True)) for both in zip(rows, before, strict=True))
    ]
    _put(block, new)


def _blank(block: xlwings.Range, undo: ExitStack) -> None:
    undo.callback(_put, block, _formulas(block))
    block.clear_contents()


def _put(block: xlwings.Range, rows: list[list[Any]]) -> None:
    block.value = rows


def _resize(sheet: xlwings.Sheet, table: RawTable, bottom: int, undo: ExitStack) -> None:
    found = sheet.tables[table.name]
    undo.callback(found.resize, sheet.range((table.top, table.left), (table.bottom, table.right)))
    found.resize(sheet.range((table.top, table.left), (bottom, table.right)))


def _formulas(block: xlwings.Range) -> list[list[str]]:
    """What stands in the cells as Excel would take it again: formulas, values, and text with its sign."""
    found = block.formula
    if not isinstance(found, list | tuple):
        found = [[found]]
    elif not isinstance(found[0], list | tuple):
        found = [list(found)] if block.shape[0] == 1 else [[one] for one in found]
    return [["" if one is None else str(one) for one in row] for row in found]


def _excel(value: Value) -> Any:
    """A value as Excel takes it for what it is."""
    if isinstance(value, Link):
        words = str("" if value.value is None else value.value).replace('"', '""')
        return f'=HYPERLINK("#{value.location}","{words}")'
    if isinstance(value, str):
        return value if not value or _TAKEN_AS_IT_IS.fullmatch(value) else f"'{value}"
    if isinstance(value, date) and not isinstance(value, datetime):
        return datetime.combine(value, time())
    return value
