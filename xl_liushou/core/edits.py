"""What is to be changed in a workbook, as data: the adapters patch a file with it, or tell an open Excel."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

Scalar = str | int | float | bool | date | datetime | None
"""A value to write; None leaves a new cell blank and clears one that is set."""


@dataclass(frozen=True, slots=True)
class Link:
    """A value whose cell leads to a place in the same workbook, such as `'花名册'!C2`."""

    value: Scalar
    location: str


Value = Scalar | Link


@dataclass(frozen=True, slots=True)
class AppendRows:
    """Rows for the end of a sheet's Table, or of the sheet where it has none.

    Each row's values start at the Table's first column (A without a Table). `table` names the Table
    where the sheet has several.
    """

    sheet: str
    rows: Sequence[Sequence[Value]]
    table: str | None = None


@dataclass(frozen=True, slots=True)
class ReplaceRows:
    """All rows under the header of a sheet that the program owns."""

    sheet: str
    rows: Sequence[Sequence[Value]]
    table: str | None = None


@dataclass(frozen=True, slots=True)
class SetCells:
    """Values of single cells of a sheet by their reference, such as "C5"."""

    sheet: str
    cells: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class AddSheet:
    """A new sheet after the last, with a header in row 1.

    `widths` are the columns' widths in digits; `colours` fill a row by the text in its first column,
    as RRGGBB.
    """

    sheet: str
    header: Sequence[str]
    widths: Sequence[float] = ()
    colours: Mapping[str, str] = field(default_factory=dict)


Edit = AppendRows | ReplaceRows | SetCells | AddSheet


@dataclass(frozen=True, slots=True)
class Written:
    """Where an edit wrote: inclusive rows and columns from 1; `bottom` is `top` - 1 where nothing was written."""

    sheet: str
    top: int
    left: int
    bottom: int
    right: int
