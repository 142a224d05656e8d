"""Rows → records: a whole column at a time, each distinct value once.

What cannot be taken as it is becomes a `Problem`; nothing is guessed and nothing is lost.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from xl_liushou.core.finding import Problem
from xl_liushou.core.rawsheet import CellValue, RawSheet
from xl_liushou.core.table import Column, Table, address
from xl_liushou.schema.datarows import Body, read_body
from xl_liushou.schema.header import Header, find_header, missing_columns
from xl_liushou.schema.rowkinds import is_blank
from xl_liushou.schema.text import as_text


@dataclass
class Reading:
    """What reading one sheet needs besides its cells, and where the problems go."""

    lists: Mapping[str, Sequence[str]]
    date1904: bool
    problems: list[Problem] = field(default_factory=list)

    def note(self, code: str, sheet: str, **more: Any) -> None:
        """Adds a problem."""
        self.problems.append(Problem(code, sheet, **more))


def read_table(sheet: RawSheet | None, schema: type[Table], reading: Reading) -> Table:
    """The records of a sheet; a missing sheet or header gives an absent table and one problem."""
    if sheet is None:
        reading.note("S001", schema.title)
        return schema(present=False)
    header = find_header(sheet, schema)
    if header is None:
        if any(any(cell != "" for cell in row) for row in sheet.rows):
            reading.note("S002", schema.title, details={"header": True})
        else:
            reading.note("I000", schema.title)
        return schema(present=False)
    _note_titles(sheet, schema, header, reading)
    body = read_body(sheet, schema, header, reading.problems)
    if not body.rows and not missing_columns(schema, header):
        reading.note("I000", schema.title)
    values = _columns(schema, header, body, sheet, reading)
    return schema(body.rows, values, _places(sheet, header), area=header.table)


def _places(sheet: RawSheet, header: Header) -> dict[str, int]:
    return {name: sheet.first_column + place for name, place in header.places.items()}


def _note_titles(sheet: RawSheet, schema: type[Table], header: Header, reading: Reading) -> None:
    row = sheet.first_row + header.row
    unknown = tuple(header.unknown.values())
    for column in missing_columns(schema, header):
        reading.note("S002", schema.title, column=column.title, details={"titles": unknown})
    for code, titles in (("S003", header.unknown), ("S004", header.repeated)):
        for place, title in titles.items():
            cell = address(row, sheet.first_column + place)
            reading.note(code, schema.title, column=title, row=row, cell=cell, value=title)


def _columns(
    schema: type[Table], header: Header, body: Body, sheet: RawSheet, reading: Reading
) -> dict[str, Sequence[Any]]:
    values: dict[str, Sequence[Any]] = {}
    for column in schema.columns:
        place = header.places.get(column.name)
        if place is not None:
            spot = _Spot(schema.title, column, sheet.first_column + place, body)
            values[column.name] = _column(spot, body.cells[place], reading)
    return values


@dataclass(frozen=True, slots=True)
class _Spot:
    """A column of one sheet: where its cells are, so that problems can name them."""

    sheet: str
    column: Column[Any]
    place: int
    body: Body

    def problem(self, code: str, index: int, **more: Any) -> Problem:
        row = self.body.rows[index]
        return Problem(code, self.sheet, self.column.title, row, address(row, self.place), **more)


def _column(spot: _Spot, cells: Sequence[CellValue], reading: Reading) -> Sequence[Any]:
    """The values of one column, and its problems; each distinct value is read once."""
    column = spot.column
    unreadable = spot.body.unreadable.get(spot.place, {})
    if not unreadable and not (_wants_filling(column) and "" in cells):
        if cells and cells[0] == "" and cells.count("") == len(cells):
            return [column.blank] * len(cells)
        if column.is_plain(cells):
            return list(cells)
    parse = column.parser(reading.lists, reading.date1904)
    fill = column.blank if column.default is None else column.default
    known: dict[Any, Any] = {}
    noted: dict[Any, Sequence[Any]] = {}
    blanks: set[Any] = set()
    cells = _hashable(cells)
    for raw in set(cells):
        if isinstance(raw, str) and is_blank(raw):
            known[raw] = fill
            blanks.add(raw)
            continue
        known[raw], notes = parse(raw[1] if isinstance(raw, tuple) else raw)
        if notes:
            noted[raw] = notes
    for index, code in unreadable.items():
        reading.problems.append(spot.problem(code, index))
    if noted:
        reading.problems.extend(_remarks(spot, cells, noted))
    if blanks and _wants_filling(column):
        reading.problems.extend(_blank_cells(spot, cells, blanks, unreadable))
    return list(cells) if all(known[raw] is raw for raw in known) else list(map(known.__getitem__, cells))


def _wants_filling(column: Column[Any]) -> bool:
    """Whether a blank cell is told (C101 or C117)."""
    return column.required or column.filled_by_program


def _hashable(cells: Sequence[CellValue]) -> Sequence[Any]:
    """Cells that can be told apart in a set: True and 1.0 are equal to Python, so booleans are boxed."""
    return (
        [("bool", raw) if isinstance(raw, bool) else raw for raw in cells] if bool in set(map(type, cells)) else cells
    )


def _remarks(spot: _Spot, cells: Sequence[Any], noted: Mapping[Any, Sequence[Any]]) -> Iterable[Problem]:
    for index, raw in enumerate(cells):
        if raw in noted:
            value = as_text(raw[1] if isinstance(raw, tuple) else raw)
            for code, replacement, details in noted[raw]:
                yield spot.problem(code, index, value=value, replacement=replacement, details=details)


def _blank_cells(
    spot: _Spot, cells: Sequence[Any], blanks: Collection[Any], unreadable: Mapping[int, str]
) -> Iterable[Problem]:
    column = spot.column
    code = "C117" if column.filled_by_program else "C101"
    empty = [index for index, raw in enumerate(cells) if raw in blanks]
    merged = spot.body.merged_away.get(spot.place, frozenset())
    for index in empty:
        if index not in unreadable and index not in merged:
            yield spot.problem(code, index, details={"default": column.default})


def grouped(problems: Iterable[Problem]) -> dict[str, list[Problem]]:
    """The problems by code."""
    groups: dict[str, list[Problem]] = defaultdict(list)
    for problem in problems:
        groups[problem.code].append(problem)
    return groups
