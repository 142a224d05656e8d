"""Tables of records, a column at a time.

A sheet of the master workbook is declared once, as a subclass of `Table` whose attributes are
its columns. On the class an attribute is the declaration (`Children.name.title == "姓名"`); on a
table that was read it is the whole column (`school.children.name[0]`). One row is a `Record`:
`record[Children.name]`. Every record knows its cell.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, ClassVar, Generic, Literal, TypeVar, overload

from xl_liushou.core.rawsheet import CellValue, RawTable

T = TypeVar("T")

Privacy = Literal["公", "家", "内", "密"]
"""Who may see a column: everyone, the family, staff, named leaders (domain: 密级)."""

Note = tuple[str, Any, Mapping[str, Any]]
"""A parser's remark on a value: code, replacement (None: not mendable), details."""

ParseValue = Callable[[CellValue], tuple[Any, Sequence[Note]]]


class Column(Generic[T]):
    """One column of a sheet: everything the program knows about it, in one line of the schema.

    `blank` is the value of an empty or unreadable cell. A `default` stands for a blank cell and is
    told as info C117, as is a `generated` key with its `prefix`. `refers` names the sheet whose key
    a value must be. `past` dates may not lie in the future (C112).
    """

    kind: ClassVar[str] = "文"
    number_format: ClassVar[str] = "@"
    normal_width: ClassVar[float] = 12
    blank: T

    def __init__(
        self,
        title: str,
        *,
        required: bool = False,
        privacy: Privacy = "内",
        width: float | None = None,
        hint: str = "",
        synonyms: Sequence[str] = (),
        default: T | None = None,
        generated: str = "",
        refers: str = "",
        past: bool = False,
    ) -> None:
        self.title = title
        self.required = required
        self.privacy = privacy
        self.width = width if width is not None else self.normal_width
        self.hint = hint
        self.synonyms = tuple(synonyms)
        self.default = default
        self.generated = generated
        self.refers = refers
        self.past = past
        self.name = ""
        self.sheet = ""

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    @overload
    def __get__(self, table: None, owner: type) -> Column[T]: ...
    @overload
    def __get__(self, table: Table, owner: type) -> Sequence[T]: ...
    def __get__(self, table: Table | None, owner: type) -> Column[T] | Sequence[T]:
        return self if table is None else table.values(self)

    @property
    def filled_by_program(self) -> bool:
        """Whether a blank cell is an info (C117) instead of an error (C101)."""
        return bool(self.generated) or self.default is not None

    def choices(self, lists: Mapping[str, Sequence[str]]) -> Sequence[str]:  # noqa: ARG002
        """The values a cell may hold, from the lists of the workbook; () means free."""
        return ()

    def is_plain(self, cells: Sequence[CellValue]) -> bool:  # noqa: ARG002
        """Whether all these cells can be taken as they are, without a look at each."""
        return False

    def parser(self, lists: Mapping[str, Sequence[str]], date1904: bool) -> ParseValue:
        """A function that turns one distinct cell value into a value and remarks on it."""
        raise NotImplementedError(self.title)


def letters(column: int) -> str:
    """Excel's letters of a column counted from 1: 1 → A, 27 → AA."""
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def address(row: int, column: int) -> str:
    """Excel's address of a cell, both counted from 1: (5, 3) → C5."""
    return f"{letters(column)}{row}"


class Table:
    """The records of one sheet: `rows` are Excel's row numbers, one per record, ascending.

    `places` gives each column's position on the sheet, by attribute name, from 1; a column that
    the workbook lacks has no place and reads as blank throughout. `area` is the Excel Table
    whose header its titles are, where there is one: a new row begins at its first column, else at A.
    """

    title: ClassVar[str] = ""
    key: ClassVar[tuple[str, ...]] = ()
    hint: ClassVar[str] = ""
    columns: ClassVar[tuple[Column[Any], ...]] = ()

    def __init_subclass__(cls, *, title: str, key: tuple[str, ...] = (), hint: str = "") -> None:
        cls.title, cls.key, cls.hint = title, key, hint
        cls.columns = tuple(item for item in vars(cls).values() if isinstance(item, Column))
        for column in cls.columns:
            column.sheet = title

    def __init__(
        self,
        rows: Sequence[int] = (),
        values: Mapping[str, Sequence[Any]] | None = None,
        places: Mapping[str, int] | None = None,
        present: bool = True,
        area: RawTable | None = None,
    ) -> None:
        self.rows = rows
        self.places = places if places is not None else {}
        self.present = present
        self.area = area
        self._values = dict(values or {})

    def __len__(self) -> int:
        return len(self.rows)

    def values(self, column: Column[T]) -> Sequence[T]:
        """The whole column, in the order of `rows`."""
        found = self._values.get(column.name)
        if found is None:
            fill = column.blank if column.default is None else column.default
            found = self._values[column.name] = [fill] * len(self.rows)
        return found

    def replace(self, column: Column[T], values: Sequence[T]) -> None:
        """Puts better values in a column's place, one per record (while the School is being made)."""
        self._values[column.name] = values

    def has(self, column: Column[Any]) -> bool:
        """Whether the workbook has this column."""
        return column.name in self.places

    def cell(self, index: int, column: Column[Any]) -> str | None:
        """The address of a record's cell, or None where the workbook lacks the column."""
        place = self.places.get(column.name)
        return None if place is None else address(self.rows[index], place)

    def new_row(self, values: Mapping[Column[Any], Any]) -> list[Any]:
        """A row for the end of the sheet, as `AppendRows` has it; what the workbook has no column for is left out."""
        left = self.area.left if self.area else 1
        row: list[Any] = [None] * (max(self.places.values()) - left + 1)
        for column, value in values.items():
            if self.has(column):
                row[self.places[column.name] - left] = value
        return row

    def records(self) -> Iterator[Record]:
        """All records, in the order of the sheet."""
        return (Record(self, index) for index in range(len(self.rows)))

    @classmethod
    def key_columns(cls) -> tuple[Column[Any], ...]:
        """The declarations of the key's columns."""
        return tuple(column for column in cls.columns if column.name in cls.key)


class Record:
    """One row of a table; two records are equal when they are the same row of the same table."""

    __slots__ = ("index", "table")

    def __init__(self, table: Table, index: int) -> None:
        self.table = table
        self.index = index

    def __getitem__(self, column: Column[T]) -> T:
        return self.table.values(column)[self.index]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Record) and other.table is self.table and other.index == self.index

    def __hash__(self) -> int:
        return hash((id(self.table), self.index))

    @property
    def row(self) -> int:
        """Excel's row number."""
        return self.table.rows[self.index]

    def cell(self, column: Column[Any]) -> str | None:
        """The address of one cell of this record."""
        return self.table.cell(self.index, column)
