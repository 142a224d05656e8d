"""Edits made by Excel itself in the workbook that it has open: one block a sheet, or nothing at all."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any, Final

from xl_liushou.adapters.live_book import LiveBook, raw_tables
from xl_liushou.adapters.patch_reasons import refuse
from xl_liushou.core.edits import AddSheet, AppendRows, Edit, Link, ReplaceRows, SetCells, Value, Written
from xl_liushou.core.errors import LiushouError, WorkbookBusy
from xl_liushou.core.rawsheet import RawTable
from xl_liushou.core.table import address

if TYPE_CHECKING:
    import xlwings

_TAKEN_AS_IT_IS: Final = re.compile(r"(?!上午|下午)[\u4e00-\u9fff][^0-9]*")
"""Text that Excel could not take for a number, a date or a formula; other text gets the sign for text, '."""


def write_live(live: LiveBook, edits: Sequence[Edit]) -> list[Written]:
    """Makes all the edits, or takes back those that were made and raises; what the user sees stays as it is.

    Returns where rows were written. Raises PatchRefused where the patcher of files would, WorkbookBusy where Excel
    does not let the program write.
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
    undo.callback(front.activate)
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
    width = max((len(row) for row in edit.rows), default=0)
    header, left = (table.top, table.left) if table else (sheet.used_range.row, 1)
    right = table.right if table else max(left, left + width - 1)
    end = table.bottom if table else sheet.used_range.last_cell.row
    top = _first_free(sheet, (header, left, end, right)) if isinstance(edit, AppendRows) else header + 1
    bottom = top + len(edit.rows) - 1
    _need_room(sheet, (top, left, bottom, right), end)
    if isinstance(edit, ReplaceRows) and end >= top:
        old = sheet.range((top, left), (end, right))
        before = _standing(old)
        old.clear_contents()
        undo.callback(_put, old, before)
        old.rows.hidden = False
    if table and (bottom > end or isinstance(edit, ReplaceRows)):
        _resize(sheet, table, max(bottom, top), undo)
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
    if len(named) != 1 and (tables or edit.table):
        raise refuse("which-table", sheet.name)
    if named and sheet.tables[named[0].name].show_totals:
        raise refuse("totals-row", sheet.name, named[0].name)
    return named[0] if named else None


def _first_free(sheet: xlwings.Sheet, area: tuple[int, int, int, int]) -> int:
    """The row after the last below a header that holds more than formulas, which a Table fills in by itself."""
    header, left, end, right = area
    if end <= header:
        return header + 1
    rows = _standing(sheet.range((header + 1, left), (end, right)))
    filled = [row for row, cells in enumerate(rows, header + 1) if not all(map(_is_free, cells))]
    return filled[-1] + 1 if filled else header + 1


def _is_free(standing: Any) -> bool:
    return standing in (None, "") or _is_formula(standing)


def _need_room(sheet: xlwings.Sheet, area: tuple[int, int, int, int], end: int) -> None:
    """Refuses a range with merged cells, or with something in it below the old end."""
    top, left, bottom, right = area
    if bottom < top:
        return
    if sheet.range((top, left), (bottom, right)).merge_cells is not False:
        raise refuse("merged", sheet.name, f"{address(top, left)}:{address(bottom, right)}")
    if bottom > end:
        below = sheet.range((max(top, end + 1), left), (bottom, right))
        if any(one not in (None, "") for row in _standing(below) for one in row):
            raise refuse("no-room", sheet.name, address(max(top, end + 1), left))


def _fill(block: xlwings.Range, rows: Sequence[Sequence[Value]], undo: ExitStack) -> None:
    """Puts values into cells at once; a formula stays where a row of several has no value for its cell."""
    before = _standing(block)
    several = len(before[0]) > 1
    new = [
        [_kept(one, old) if several else _excel(one) for one, old in zip(*pair, strict=True)]
        for pair in zip(rows, before, strict=True)
    ]
    _put(block, new)
    undo.callback(_put, block, before)


def _kept(value: Value, old: Any) -> Any:
    return old if value is None and _is_formula(old) else _excel(value)


def _put(block: xlwings.Range, rows: list[list[Any]]) -> None:
    block.value = rows


def _resize(sheet: xlwings.Sheet, table: RawTable, bottom: int, undo: ExitStack) -> None:
    found = sheet.tables[table.name]
    found.resize(sheet.range((table.top, table.left), (bottom, table.right)))
    undo.callback(found.resize, sheet.range((table.top, table.left), (table.bottom, table.right)))


def _standing(block: xlwings.Range) -> list[list[Any]]:
    """What stands in the cells, as Excel would take it again: its formulas, and values for what they are."""
    found = block.formula
    rows: Any = found if isinstance(found, list | tuple) else [[found]]
    if not isinstance(rows[0], list | tuple):
        rows = [rows] if block.shape[0] == 1 else [[one] for one in rows]
    values = block.options(ndim=2).value
    return [
        [formula if _is_formula(formula) else _excel(value) for formula, value in zip(*pair, strict=True)]
        for pair in zip(rows, values, strict=True)
    ]


def _is_formula(value: Any) -> bool:
    return isinstance(value, str) and value.startswith("=")


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
