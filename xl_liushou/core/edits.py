"""What is to be changed in a workbook, as data: the adapters patch a file with it, or tell an open Excel."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

Scalar = str | int | float | bool | date | datetime | None
"""A value to write; None leaves a new cell blank and clears one that is set."""


@dataclass(frozen=True, slots=True)
class Link:
    """A value whose cell leads to a place in the same workbook, such as `'花名册'!C2`."""

    value: Scalar
    location: str

    @classmethod
    def to_cell(cls, value: Scalar, sheet: str, cell: str) -> Link:
        """A value that leads to a cell of the sheet with this name."""
        quoted = sheet.replace("'", "''")
        return cls(value, f"'{quoted}'!{cell}")


Value = Scalar | Link


@dataclass(frozen=True, slots=True)
class AppendRows:
    """Rows for the end of a sheet's Table, or of the sheet where it has none.

    Each row's values start at the Table's first column (A without a Table). `table` names the Table
    where the sheet has several. `heights` are the rows' in points, None for the usual one.
    """

    sheet: str
    rows: Sequence[Sequence[Value]]
    table: str | None = None
    heights: Sequence[float | None] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class ReplaceRows:
    """All rows under the header of a sheet that the program owns, as `AppendRows` has them.

    Rows that a filter hid are shown again.
    """

    sheet: str
    rows: Sequence[Sequence[Value]]
    table: str | None = None
    heights: Sequence[float | None] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class SetCells:
    """Values of single cells of a sheet by their reference, such as "C5"."""

    sheet: str
    cells: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Tone:
    """How a row stands out: its fill as RRGGBB, and bold where that must show without colours too."""

    fill: str
    bold: bool = False


@dataclass(frozen=True, slots=True)
class AddSheet:
    """A new sheet after the last, with a header in row 1 and an Excel Table under it where `table` names one.

    `widths` are the columns' widths in digits. A row has the first of the `tones` with whose word its cell
    in the column `toned_by` (from 1) begins.
    """

    sheet: str
    header: Sequence[str]
    widths: Sequence[float] = ()
    tones: Mapping[str, Tone] = field(default_factory=dict)
    toned_by: int = 1
    table: str = ""


Edit = AppendRows | ReplaceRows | SetCells | AddSheet


def without_present(edits: Iterable[Edit], sheets: Collection[str]) -> list[Edit]:
    """The edits but for the AddSheet of each sheet that is there already, or was added before."""
    present = {name.casefold() for name in sheets}
    needed: list[Edit] = []
    for edit in edits:
        if isinstance(edit, AddSheet):
            if edit.sheet.casefold() in present:
                continue
            present.add(edit.sheet.casefold())
        needed.append(edit)
    return needed


@dataclass(frozen=True, slots=True)
class Written:
    """Where an edit wrote: inclusive rows and columns from 1; `bottom` is `top` - 1 where nothing was written."""

    sheet: str
    top: int
    left: int
    bottom: int
    right: int
