"""The records under the header, and what is odd about their shape: gaps, merged cells, rows below the Table."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from xl_liushou.core.finding import Problem
from xl_liushou.core.rawsheet import CellValue, RawSheet
from xl_liushou.core.table import Table, address
from xl_liushou.schema.header import Header
from xl_liushou.schema.rowkinds import BLANK, DATA, row_kinds


@dataclass(frozen=True, slots=True)
class Body:
    """The cells of the data rows.

    `rows` are Excel's row numbers; `cells[i]` is the column at index i of the raw rows, one value per
    row. `unreadable` maps a column's place to {record index: S008 or S009}; `merged_away` maps it to
    the records whose cell lies inside a merged cell and is blank for that reason.
    """

    rows: Sequence[int]
    cells: Sequence[Sequence[CellValue]]
    unreadable: Mapping[int, Mapping[int, str]]
    merged_away: Mapping[int, frozenset[int]]


def read_body(sheet: RawSheet, schema: type[Table], header: Header, problems: list[Problem]) -> Body:
    """The data rows under the header; rows below the Table, gaps and merged cells become problems."""
    raw = sheet.rows[header.row + 1 :]
    top = sheet.first_row + header.row + 1
    lost = _lost_cells(sheet, header, top)
    by_row = _lost_by_row(lost, top, sheet.first_column)
    kinds = row_kinds(raw, schema, header, sheet.rows[header.row], by_row)
    last = max((index for index, kind in enumerate(kinds) if kind == DATA), default=-1)
    kinds = kinds[: last + 1]
    kept = [index for index, kind in enumerate(kinds) if kind == DATA]
    rows = [top + index for index in kept]
    body = raw[: last + 1] if len(kept) == last + 1 else [raw[index] for index in kept]
    width = max(header.places.values()) + 1
    cells: Sequence[Sequence[CellValue]] = list(zip(*body, strict=True)) if body else [()] * width
    _note_shape(sheet, schema, header, kinds, top, problems)
    where = {row: index for index, row in enumerate(rows)} if lost else {}
    unreadable: dict[int, dict[int, str]] = {}
    for (row, column), code in lost.items():
        if row in where:
            unreadable.setdefault(column, {})[where[row]] = code
    return Body(rows, cells, unreadable, _merged(sheet, schema, header, rows, problems))


def _lost_cells(sheet: RawSheet, header: Header, top: int) -> dict[tuple[int, int], str]:
    """The error cells and uncached formulas under known columns: (row, column) → code."""
    if not sheet.error_cells and not sheet.uncached_cells:
        return {}
    known = {sheet.first_column + place for place in header.places.values()}
    found = dict.fromkeys(sheet.uncached_cells, "S009") | dict.fromkeys(sheet.error_cells, "S008")
    return {cell: code for cell, code in sorted(found.items()) if cell[0] >= top and cell[1] in known}


def _lost_by_row(lost: Mapping[tuple[int, int], str], top: int, left: int) -> dict[int, set[int]]:
    by_row: dict[int, set[int]] = {}
    for row, column in lost:
        by_row.setdefault(row - top, set()).add(column - left)
    return by_row


def _note_shape(
    sheet: RawSheet, schema: type[Table], header: Header, kinds: Sequence[str], top: int, problems: list[Problem]
) -> None:
    """S005: data below the Table's edge; S006: each gap of blank rows between data."""
    first = sheet.first_column + min(header.places.values())
    bottom = header.table.bottom if header.table else None
    for index, kind in enumerate(kinds):
        row = top + index
        if kind == DATA and bottom is not None and row > bottom:
            problems.append(Problem("S005", schema.title, None, row, address(row, first)))
        if kind == BLANK and index and kinds[index - 1] == DATA:
            gap = next(step for step, later in enumerate(kinds[index:]) if later != BLANK)
            if DATA in kinds[index:]:
                problems.append(Problem("S006", schema.title, None, row, address(row, first), details={"rows": gap}))


def _merged(
    sheet: RawSheet, schema: type[Table], header: Header, rows: Sequence[int], problems: list[Problem]
) -> dict[int, frozenset[int]]:
    """S007 for each merged range among the data, and the cells that are blank because of it."""
    known = {sheet.first_column + place for place in header.places.values()}
    away: dict[int, set[int]] = {}
    for top, left, bottom, right in sheet.merged:
        inside = range(bisect_left(rows, top), bisect_right(rows, bottom))
        columns = [place for place in known if left <= place <= right]
        if not inside or not columns or (top == bottom and left == right):
            continue
        problems.append(
            Problem("S007", schema.title, None, top, address(top, left), details={"to": address(bottom, right)})
        )
        for place in columns:
            hidden = {index for index in inside if (rows[index], place) != (top, left)}
            away.setdefault(place, set()).update(hidden)
    return {place: frozenset(found) for place, found in away.items()}


def lists_of(sheet: RawSheet | None) -> dict[str, list[str]]:
    """The lists of 字典: one column per list, its title in the first row that has titles."""
    if sheet is None or not sheet.rows:
        return {}
    found: dict[str, list[str]] = {}
    for column in zip(*sheet.rows, strict=True):
        texts: list[Any] = [str(value).strip() for value in column if value != "" and str(value).strip()]
        if texts:
            found[texts[0]] = texts[1:]
    return found
