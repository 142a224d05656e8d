"""Rows for the end of a sheet that staff fill, each value in its column wherever that stands in the workbook."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from xl_liushou.core.edits import AppendRows, Edit, Value
from xl_liushou.core.rawsheet import RawSheet, RawTable
from xl_liushou.core.table import Column, Table
from xl_liushou.schema.keys import next_keys
from xl_liushou.schema.school import School


def new_rows(school: School, raw: RawSheet, sheet: type[Table], rows: Sequence[Mapping[str, Any]]) -> list[Edit]:
    """The edit that puts rows (attribute name → value) at the end; keys that the program gives are given."""
    if not rows:
        return []
    table = school[sheet]
    over = _table_over(raw, table)
    left = over.left if over else 1
    keys = {column.name: next_keys(column.generated, table.values(column), len(rows)) for column in _numbered(table)}
    lines: list[list[Value]] = []
    for number, row in enumerate(rows):
        values = {**row, **{name: given[number] for name, given in keys.items()}}
        places = {table.places[name] - left: value for name, value in values.items() if name in table.places}
        lines.append([places.get(place) for place in range(max(places) + 1)])
    return [AppendRows(raw.name, lines, over.name if over else None)]


def _numbered(table: Table) -> Iterator[Column[Any]]:
    return (column for column in table.columns if column.generated and table.has(column))


def _table_over(raw: RawSheet, table: Table) -> RawTable | None:
    """The Excel Table in which the columns stand."""
    columns = table.places.values()
    return next((one for one in raw.tables if all(one.left <= place <= one.right for place in columns)), None)
