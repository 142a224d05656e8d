"""What is read out of rosters: values with their places, children with the people around them, and doubts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from xl_liushou.core.rawsheet import RawWorkbook

Maps = Mapping[str, str]
"""What a person said: the plain title of a column, and the target that it goes to (or 不导入)."""
Forms = Mapping[str, Mapping[str, str]]
"""What a person said before: by a form's fingerprint, the targets of its columns by their number."""


@dataclass(frozen=True, slots=True)
class Roster:
    """A file that somebody else made."""

    name: str
    book: RawWorkbook


@dataclass(frozen=True, slots=True)
class Place:
    """A cell of a roster; `cell` "" where a whole sheet is meant."""

    file: str
    sheet: str
    cell: str = ""


@dataclass(frozen=True, slots=True)
class Doubt:
    """What is not imported before a person has looked: where, why, and what to do.

    `message` is the same for all doubts of a kind, `detail` is this one's own; `child` is the 儿童编号 where the
    workbook has one for it.
    """

    place: Place
    message: str
    column: str = ""
    detail: str = ""
    child: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """A value that was read for certain, and where it stands."""

    value: Any
    place: Place


Values = dict[str, Found]
"""Values by the attribute names of a sheet's columns."""


@dataclass(slots=True)
class PersonEntry:
    """A guardian as a roster tells of one; `title` is what the roster calls them."""

    values: Values = field(default_factory=dict)
    title: str = ""

    def get(self, column: str) -> Any:
        """A value, "" where there is none."""
        return self.values[column].value if column in self.values else ""


@dataclass(slots=True)
class Entry:
    """A child as one row (or several merged ones) of a roster tells of it."""

    place: Place
    values: Values = field(default_factory=dict)
    people: list[PersonEntry] = field(default_factory=list)

    def get(self, column: str) -> Any:
        """A value, "" where there is none."""
        return self.values[column].value if column in self.values else ""


@dataclass(frozen=True, slots=True)
class Source:
    """A roster that was found on a sheet: its rows, and whose class it takes where rows tell none.

    `columns` are the cell of each title, the title, and where its values go.
    """

    place: Place
    rows: int
    class_name: str
    class_from: str
    columns: Sequence[tuple[str, str, str]]
    form: str
    targets: dict[str, str]


@dataclass(frozen=True, slots=True)
class Unmatched:
    """A column that is not imported."""

    place: Place
    title: str
    why: str
    likely: str = ""


@dataclass(slots=True)
class Reading:
    """Everything that was read out of the rosters."""

    entries: list[Entry] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)
    unmatched: list[Unmatched] = field(default_factory=list)
