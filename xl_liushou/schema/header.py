"""Finding the header of a sheet and matching its titles to the columns of the schema."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from xl_liushou.core.rawsheet import RawSheet, RawTable
from xl_liushou.core.table import Column, Table
from xl_liushou.schema.text import as_text, folded

_SCAN_ROWS = 30
_MARKS = "*:★☆※▲△●○"
_BRACKETS = re.compile(r"[(\[【].*?[)\]】]")


@dataclass(frozen=True, slots=True)
class Header:
    """Where a sheet's header stands and what it says; indexes count from 0 within `RawSheet.rows`.

    `places` maps a column's attribute name to its index; `unknown` and `repeated` map an index to
    the title found there; `table` is the Excel Table whose header this is, if any.
    """

    row: int
    places: Mapping[str, int]
    unknown: Mapping[int, str]
    repeated: Mapping[int, str]
    table: RawTable | None


def plain_title(raw: object) -> str:
    """A title without blanks, line breaks, full-width forms, marks such as * and : around it."""
    return folded(as_text(raw)).strip(_MARKS)  # type: ignore[arg-type]


def find_header(sheet: RawSheet, schema: type[Table]) -> Header | None:
    """The likeliest header row: the one that matches most columns (at least two); the first of equals.

    The header row of an Excel Table wins against an equal row elsewhere.
    """
    wanted = min(2, len(schema.columns))
    tops = {table.top: table for table in sheet.tables}
    best: tuple[float, Header] | None = None
    for index, row in enumerate(sheet.rows[:_SCAN_ROWS]):
        table = tops.get(sheet.first_row + index)
        header = _match(row, schema, index, table)
        score = len(header.places) + (0.5 if table else 0)
        if len(header.places) >= wanted and (best is None or score > best[0]):
            best = (score, header)
        if len(header.places) == len(schema.columns):
            break
    return best[1] if best else None


def _match(row: Sequence[object], schema: type[Table], index: int, table: RawTable | None) -> Header:
    titles = {place: title for place, raw in enumerate(row) if (title := plain_title(raw))}
    names = _names(schema)
    places: dict[str, int] = {}
    repeated: dict[int, str] = {}
    for level in names:
        taken = set(places)
        for place, title in titles.items():
            column = level.get(title) or level.get(_BRACKETS.sub("", title).strip(_MARKS))
            if column is None or place in places.values() or place in repeated or column in taken:
                continue
            if column in places:
                repeated[place] = as_text(row[place])  # type: ignore[arg-type]
            else:
                places[column] = place
    used = {*places.values(), *repeated}
    unknown = {place: as_text(row[place]).strip() for place in titles if place not in used}  # type: ignore[arg-type]
    return Header(index, places, unknown, repeated, table)


def _names(schema: type[Table]) -> tuple[dict[str, str], dict[str, str]]:
    """Titles, then synonyms, each to the column's attribute name; a title beats a synonym."""
    titles = {plain_title(column.title): column.name for column in schema.columns}
    synonyms = {
        plain_title(name): column.name
        for column in schema.columns
        for name in column.synonyms
        if plain_title(name) not in titles
    }
    return titles, synonyms


def missing_columns(schema: type[Table], header: Header) -> list[Column[Any]]:
    """The required columns that the header lacks."""
    return [column for column in schema.columns if column.required and column.name not in header.places]
