"""Applying a plan's edits to the workbook: patch, guard, save, and what an undo needs to know."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from xl_liushou.adapters.cell_ref import parse_cell, parse_range
from xl_liushou.app.live import LiveOpened
from xl_liushou.core.edits import AddSheet, AppendRows, Edit, ReplaceRows, SetCells, Written, without_present
from xl_liushou.core.errors import LiushouError, WouldLoseRows
from xl_liushou.core.rawsheet import CellValue, RawSheet
from xl_liushou.core.run import CELLS, ROWS, Effect, values_digest
from xl_liushou.core.table import address
from xl_liushou.schema.results import FrontPage
from xl_liushou.schema.school import School

if TYPE_CHECKING:
    from xl_liushou.app.journal import Journal

_MOST_DROPPED: Final = 0.2
"""The part of a sheet's rows that a plan may drop."""


def write_edits(journal: Journal, edits: Sequence[Edit]) -> list[str]:
    """Makes the edits in the workbook of a run, in one save; returns what staff should know about it.

    If they cannot be written now they wait for a later run. Raises PatchRefused or WouldLoseRows,
    WorkbookBusy or CannotSave; the workbook is then as it was.
    """
    try:
        _guard(journal.opened.school, edits)
        return save_edits(journal, edits, waiting=edits)
    except LiushouError:
        journal.failed()
        raise


def save_edits(journal: Journal, edits: Sequence[Edit], waiting: Sequence[Edit] = ()) -> list[str]:
    """The same for edits that may drop rows, as an undo does; `waiting` are those kept for a later run."""
    opened = journal.opened
    wanted = without_present(edits, opened.titles())
    if isinstance(opened, LiveOpened):
        _let_write(journal, opened, wanted)
        return []
    from xl_liushou.adapters.workbook_file import read_content
    from xl_liushou.adapters.workbook_patch import patch

    name, data = opened.file.path.name, opened.file.data
    patched = patch(data, wanted, name)
    if patched.data == data:
        return []
    touched = {edit.sheet for edit in wanted}
    after = read_content(patched.data, name, lambda sheet, _: sheet in touched)
    journal.save(patched.data, waiting, list(_effects(journal.run.id, wanted, patched.written, after.sheet)))
    return [f"工作表“{sheet}”设了保护，程序照样写入了；保护还在。" for sheet in patched.protected]


def _let_write(journal: Journal, opened: LiveOpened, wanted: Sequence[Edit]) -> None:
    """Lets Excel make the edits; the backup is the last saved file with what stood in their places just before."""
    touched = {edit.sheet for edit in wanted if isinstance(edit, AppendRows | SetCells)} - {FrontPage.title}
    before = {title: sheet for title in touched if (sheet := opened.raw.sheet(title) or opened.sheet(title))}

    def write() -> tuple[Sequence[Effect], bytes]:
        effects = list(_effects(journal.run.id, wanted, opened.write(wanted), opened.sheet))
        return effects, opened.saved_with(list(_present(before, effects)))

    journal.let_write(write)


def _present(before: Mapping[str, RawSheet], effects: Sequence[Effect]) -> Iterator[SetCells]:
    """What stood in the single cells that a run wrote."""
    for effect in effects:
        area = parse_range(effect.place) if effect.kind == CELLS else None
        if area and effect.sheet in before:
            (values,) = before[effect.sheet].block(*area)
            cells: dict[str, Any] = {
                address(area[0], column): None if one == "" else one for column, one in enumerate(values, area[1])
            }
            yield SetCells(effect.sheet, cells)


def _guard(school: School, edits: Sequence[Edit]) -> None:
    """Refuses edits that would empty a sheet of data or drop more than a fifth of its rows."""
    tables = {school.sheet_name(title): table for title, table in school.tables.items()}
    for edit in edits:
        table = tables.get(edit.sheet)
        if table is None or not len(table):
            continue
        if isinstance(edit, ReplaceRows):
            lost = len(table) - len(edit.rows)
        elif isinstance(edit, SetCells):
            cleared = {cell for cell, value in edit.cells.items() if value in (None, "")}
            required = [column for column in table.columns if column.required and table.has(column)]
            lost = sum(any(table.cell(index, column) in cleared for column in required) for index in range(len(table)))
        else:
            continue
        if lost > len(table) * _MOST_DROPPED or lost == len(table):
            raise WouldLoseRows(
                f"这次操作会让“{edit.sheet}”表的 {len(table)} 行减少 {lost} 行，程序没有写入。"
                "如果确实要删这么多，请先备份，再在 Excel 中自己删除。"
            )


def _effects(
    run: str, edits: Sequence[Edit], written: Sequence[Written], sheet_named: Callable[[str], RawSheet | None]
) -> Iterator[Effect]:
    """The effects of the edits, with digests of the values as they are read back."""
    touched = {edit.sheet for edit in edits} - {FrontPage.title}
    sheets = {title: sheet for title in touched if (sheet := sheet_named(title))}
    places = iter(written)
    for edit in edits:
        if isinstance(edit, AddSheet) or (isinstance(edit, AppendRows) and not edit.rows):
            continue
        place = None if isinstance(edit, SetCells) else next(places)
        if edit.sheet in sheets:
            yield from _effects_of(run, sheets[edit.sheet], edit, place)


def _effects_of(run: str, sheet: RawSheet, edit: Edit, place: Written | None) -> Iterator[Effect]:
    if isinstance(edit, SetCells):
        for cell in edit.cells:
            row, column = parse_cell(cell) or (0, 0)
            yield Effect(CELLS, values_digest(run, sheet.block(row, column, row, column)), sheet.name, cell)
    elif place is not None and isinstance(edit, ReplaceRows):
        right = max(place.right, last_column(sheet, place.top))
        rows = rows_from(sheet, place.top, place.left, right)
        where = range_text(place.top, place.left, len(rows), right)
        yield Effect(ROWS, values_digest(run, rows), sheet.name, where)
    elif place is not None:
        block = sheet.block(place.top, place.left, place.bottom, place.right)
        for row, values in enumerate(block, place.top):
            yield Effect(CELLS, values_digest(run, [values]), sheet.name, range_text(row, place.left, 1, place.right))


def rows_from(sheet: RawSheet, top: int, left: int, right: int) -> list[list[CellValue]]:
    """All rows of some columns from `top` down, of the Table that begins there if any; no blank ones at the end."""
    tables = [table.bottom for table in sheet.tables if table.top == top - 1 and table.left == left]
    rows = sheet.block(top, left, tables[0] if tables else sheet.last_row, right)
    while rows and not any(value != "" for value in rows[-1]):
        rows.pop()
    return rows


def last_column(sheet: RawSheet, top: int) -> int:
    """The last column of the Table with its first row at `top`, or of the sheet."""
    tables = [table.right for table in sheet.tables if table.top == top - 1]
    return tables[0] if tables else sheet.last_column


def range_text(top: int, left: int, count: int, right: int) -> str:
    """The range of `count` rows, such as A2:G9; of no rows the place where the first would be, for its columns."""
    return f"{address(top, left)}:{address(top + max(count, 1) - 1, right)}"
