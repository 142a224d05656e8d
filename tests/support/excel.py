"""An Excel in memory as an xlwings engine: enough of it to open, read, write, select and tell, with Excel's habits.

A string that looks like a number becomes one unless it has the sign for text; times of day come with the day 0;
a Table takes no row by itself. What happens is noted in `App.events`.
"""

from __future__ import annotations

import pickle
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, ClassVar

import xlwings
from openpyxl import load_workbook
from openpyxl.utils import range_boundaries

from xl_liushou.core.table import address

ERRORS = frozenset({"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"})
LINK = re.compile(r'=HYPERLINK\("((?:[^"]|"")*)","((?:[^"]|"")*)"\)')


@dataclass
class SheetState:
    """One sheet from A1 on; `formulas` by place; `tables` hold inclusive (top, left, bottom, right)."""

    cells: list[list[Any]] = field(default_factory=lambda: [[None]])
    formulas: dict[tuple[int, int], str] = field(default_factory=dict)
    tables: dict[str, tuple[int, int, int, int]] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden: set[int] = field(default_factory=set)
    protected: bool = False


@dataclass
class State:
    """A workbook in Excel and what its user sees."""

    path: str
    sheets: dict[str, SheetState]
    front: str
    selection: str = "$A$1"
    calculation: str = "automatic"
    screen_updating: bool = True
    enable_events: bool = True
    status_bar: Any = False
    answers: list[str] = field(default_factory=list)
    events: list[tuple[str, Any]] = field(default_factory=list)

    def dump(self, path: Path) -> None:
        path.write_bytes(pickle.dumps(self))

    @classmethod
    def load(cls, path: Path) -> State:
        found: State = pickle.loads(path.read_bytes())
        return found

    @property
    def alerts(self) -> list[str]:
        return [what for kind, what in self.events if kind == "alert"]


def opened(path: Path, shown_as: Path | None = None) -> State:
    """The state of an Excel that has just opened a file; with unsaved edits `shown_as` is the file they belong to."""
    formulas: Any = load_workbook(path)
    values: Any = load_workbook(path, data_only=True)
    sheets = {}
    for sheet in formulas.worksheets:
        state = SheetState(
            [[_com(one) for one in row] for row in values[sheet.title].iter_rows(values_only=True)] or [[None]]
        )
        for row in sheet.iter_rows():
            state.formulas |= {
                (cell.row, cell.column): str(cell.value) for cell in row if cell.data_type == "f" and cell.column
            }
        for table in sheet.tables.values():
            left, top, right, bottom = map(int, range_boundaries(table.ref))  # type: ignore[arg-type]
            state.tables[table.name] = (top, left, bottom, right)
        state.merged = [(one.min_row, one.min_col, one.max_row, one.max_col) for one in sheet.merged_cells.ranges]
        state.hidden = {row for row, look in sheet.row_dimensions.items() if look.hidden}
        sheets[sheet.title] = state
    return State(str(shown_as or path), sheets, formulas.active.title)


def _com(value: Any) -> Any:
    """A value as COM gives it."""
    if isinstance(value, time):
        return datetime.combine(date(1899, 12, 30), value)
    if isinstance(value, date) and not isinstance(value, datetime):
        return datetime.combine(value, time())
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _typed(value: Any) -> Any:
    """A value as Excel takes it."""
    if not isinstance(value, str):
        return _com(value)
    if value.startswith("'"):
        return value[1:]
    if re.fullmatch(r"[-+]?[\d.]+", value):
        return float(value)
    if re.fullmatch(r"\d{4}[-/]\d{1,2}[-/]\d{1,2}", value):
        return datetime(*map(int, re.split("[-/]", value)))  # type: ignore[arg-type]
    return value or None


class Range:
    def __init__(self, sheet: Sheet, area: tuple[int, int, int, int]) -> None:
        self.sheet, self.area = sheet, area
        self.options: dict[str, Any] = {}

    api = property(lambda self: self)
    row = property(lambda self: self.area[0])
    column = property(lambda self: self.area[1])
    max_cells_per_read = max_cells_per_write = has_array = None

    @property
    def shape(self) -> tuple[int, int]:
        top, left, bottom, right = self.area
        return bottom - top + 1, right - left + 1

    def __len__(self) -> int:
        return self.shape[0] * self.shape[1]

    def __bool__(self) -> bool:
        return True

    def __call__(self, row: int, column: int | None = None) -> Range:
        if column is None:
            row, column = divmod(row - 1, self.shape[1])
            row, column = row + 1, column + 1
        top, left = self.row + row - 1, self.column + column - 1
        return Range(self.sheet, (top, left, top, left))

    @property
    def address(self) -> str:
        top, left, bottom, right = self.area
        first, last = address(top, left), address(bottom, right)
        return first if first == last else f"{first}:{last}"

    @property
    def raw_value(self) -> Any:
        top, left, bottom, right = self.area
        cells = self.sheet.state.cells
        if (top, left) == (1, 1) and (bottom, right) == (len(cells), len(cells[0])):
            return cells
        blank = [None] * right
        found = [(cells[row - 1] if row <= len(cells) else blank) for row in range(top, bottom + 1)]
        return [(row + blank)[left - 1 : right] for row in found]

    @raw_value.setter
    def raw_value(self, value: Any) -> None:
        self.sheet.book.note("write", f"{self.sheet.name}!{self.address}")
        self._put(value if isinstance(value, list | tuple) else [[value] * self.shape[1]] * self.shape[0])

    def _put(self, rows: Sequence[Sequence[Any]]) -> None:
        if self.sheet.state.protected:
            raise OSError("the sheet is protected")
        top, left, bottom, right = self.area
        for row, line in zip(range(top, bottom + 1), rows, strict=True):
            for column, one in zip(range(left, right + 1), line, strict=True):
                self.sheet.put(row, column, one)

    @property
    def formula(self) -> Any:
        top, left, bottom, right = self.area
        shown = [
            [self.sheet.formula(row, column) for column in range(left, right + 1)] for row in range(top, bottom + 1)
        ]
        return shown[0][0] if len(self) == 1 else shown

    def clear_contents(self) -> None:
        self._put([[None] * self.shape[1]] * self.shape[0])

    def select(self) -> None:
        self.sheet.book.state.selection = self.address
        self.sheet.book.note("select", f"{self.sheet.name}!{self.address}")

    def autofit(self, axis: Any = None) -> None:
        pass

    @property
    def row_hidden(self) -> bool | None:
        hidden = {row in self.sheet.state.hidden for row in range(self.area[0], self.area[2] + 1)}
        return hidden.pop() if len(hidden) == 1 else None

    @row_hidden.setter
    def row_hidden(self, value: bool) -> None:
        rows = set(range(self.area[0], self.area[2] + 1))
        self.sheet.state.hidden = self.sheet.state.hidden | rows if value else self.sheet.state.hidden - rows

    @property
    def merge_cells(self) -> bool | None:
        top, left, bottom, right = self.area
        touched = [
            (min(bottom, b) - max(top, t) + 1) * (min(right, r) - max(left, le) + 1)
            for t, le, b, r in self.sheet.state.merged
            if t <= bottom and b >= top and le <= right and r >= left
        ]
        return False if not touched else True if sum(touched) == len(self) else None

    @property
    def merge_area(self) -> Range:
        for area in self.sheet.state.merged:
            if area[0] <= self.row <= area[2] and area[1] <= self.column <= area[3]:
                return Range(self.sheet, area)
        return self

    column_width = property(lambda _: 8.43, lambda *_: None)


class Table:
    show_totals = False

    def __init__(self, sheet: Sheet, name: str) -> None:
        self.sheet, self.name = sheet, name

    @property
    def range(self) -> Range:
        return Range(self.sheet, self.sheet.state.tables[self.name])

    def resize(self, range: Any) -> None:
        self.sheet.state.tables[self.name] = range.impl.area


class Tables:
    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet

    def __iter__(self) -> Iterator[Table]:
        return (Table(self.sheet, name) for name in self.sheet.state.tables)

    def __len__(self) -> int:
        return len(self.sheet.state.tables)

    def __call__(self, name: str) -> Table:
        return Table(self.sheet, name)

    def add(self, source: Any, name: str, **_: Any) -> Table:
        self.sheet.state.tables[name] = source.impl.area
        return Table(self.sheet, name)


class Sheet:
    def __init__(self, book: Book, name: str) -> None:
        self.book, self.name = book, name

    @property
    def state(self) -> SheetState:
        return self.book.state.sheets[self.name]

    tables = property(lambda self: Tables(self))

    @property
    def used_range(self) -> Range:
        return Range(self, (1, 1, len(self.state.cells), len(self.state.cells[0])))

    def range(self, first: Any, last: Any = None) -> Range:
        if isinstance(first, str):
            left, top, right, bottom = map(int, range_boundaries(first))  # type: ignore[arg-type]
            return Range(self, (top, left, bottom, right))
        if isinstance(first, tuple) and len(first) == 4:
            top, left, rows, columns = first
            return Range(self, (top, left, top + rows - 1, left + columns - 1))
        top, left = first if isinstance(first, tuple) else first.area[:2]
        bottom, right = (last or first) if isinstance(last or first, tuple) else (last or first).area[2:]
        return Range(self, (top, left, bottom, right))

    def activate(self) -> None:
        self.book.state.front = self.name
        self.book.note("activate", self.name)

    def delete(self) -> None:
        del self.book.state.sheets[self.name]

    def formula(self, row: int, column: int) -> Any:
        cells = self.state.cells
        value = cells[row - 1][column - 1] if row <= len(cells) and column <= len(cells[0]) else None
        return self.state.formulas.get((row, column), "" if value is None else value)

    def put(self, row: int, column: int, value: Any) -> None:
        cells = self.state.cells
        cells += [[None] * len(cells[0]) for _ in range(row - len(cells))]
        if column > len(cells[0]):
            for line in cells:
                line += [None] * (column - len(line))
        self.state.formulas.pop((row, column), None)
        if isinstance(value, str) and value.startswith("="):
            self.state.formulas[row, column] = value
            link = LINK.fullmatch(value)
            value = f"'{link[2].replace(chr(34) * 2, chr(34))}" if link else None
        cells[row - 1][column - 1] = _typed(value)


class Sheets:
    def __init__(self, book: Book) -> None:
        self.book = book

    active = property(lambda self: Sheet(self.book, self.book.state.front))

    def __iter__(self) -> Iterator[Sheet]:
        return (Sheet(self.book, name) for name in self.book.state.sheets)

    def __len__(self) -> int:
        return len(self.book.state.sheets)

    def __call__(self, name: str | int) -> Sheet:
        names = list(self.book.state.sheets)
        return Sheet(self.book, names[name - 1] if isinstance(name, int) else name)

    def add(self, _before: Any, _after: Any, name: str) -> Sheet:
        self.book.state.sheets[name] = SheetState()
        self.book.state.front = name
        return Sheet(self.book, name)


class Book:
    def __init__(self, app: App, state: State) -> None:
        self.app, self.state = app, state

    def activate(self) -> None:
        pass

    api = property(lambda self: self)
    name = property(lambda self: Path(self.state.path).name)
    fullname = property(lambda self: self.state.path)
    sheets = property(lambda self: Sheets(self))

    def note(self, kind: str, what: Any) -> None:
        self.state.events.append((kind, what))


def watched(name: str) -> Any:
    """A setting of Excel whose changes are noted."""

    def put(app: App, value: Any) -> None:
        app.state.events.append((name, value))
        setattr(app.state, name, value)

    return property(lambda app: getattr(app.state, name), put)


class App:
    def __init__(self, state: State) -> None:
        self.state = state

    def activate(self, steal_focus: bool) -> None:
        pass

    version, pid, engine = "16.0", 1, property(lambda _: Engine())
    books = property(lambda self: Books(self))

    @property
    def selection(self) -> Any:
        return Selection(Sheet(Book(self, self.state), self.state.front), self.state.selection)

    def alert(self, prompt: str, _title: str, buttons: str, _mode: Any, _callback: Any) -> str:
        self.state.events.append(("alert", prompt))
        return self.state.answers.pop(0) if buttons != "ok" else "ok"

    screen_updating, enable_events = watched("screen_updating"), watched("enable_events")
    status_bar, calculation = watched("status_bar"), watched("calculation")


class Selection(Range):
    """What is selected: an address with commas where it has several areas."""

    def __init__(self, sheet: Sheet, where: str) -> None:
        super().__init__(sheet, (1, 1, 1, 1))
        self.where = where

    @property
    def address(self) -> str:
        return self.where


class Books:
    def __init__(self, app: App) -> None:
        self.app = app

    @property
    def active(self) -> Book:
        return Book(self.app, self.app.state)

    def __iter__(self) -> Iterator[Book]:
        return iter([self.active])

    def __len__(self) -> int:
        return 1

    def __call__(self, _name: str | int) -> Book:
        return self.active


class Engine:
    name, type = "memory", "desktop"
    apps: ClassVar[list[App]] = []

    @staticmethod
    def prepare_xl_data_element(value: Any, _options: Any) -> Any:
        return value

    @staticmethod
    def clean_value_data(data: Any, dates: Any, empty: Any, numbers: Any, err_to_str: bool) -> list[list[Any]]:
        del numbers
        return [[_clean(one, dates, empty, err_to_str) for one in row] for row in data]


def _clean(value: Any, dates: Any, empty: Any, err_to_str: bool) -> Any:
    if isinstance(value, str):
        return None if value in ERRORS and not err_to_str else value or empty
    if isinstance(value, datetime):
        parts = ("year", "month", "day", "hour", "minute", "second", "microsecond")
        return dates(**{part: getattr(value, part) for part in parts}, tzinfo=None)
    return empty if value is None else value


def start(state: State) -> xlwings.Book:
    """Excel with this workbook in front; its book as xlwings gives it."""
    Engine.apps[:] = [App(state)]
    engine = xlwings.Engine(impl=Engine())
    xlwings.engines.add(engine)
    engine.activate()
    return xlwings.books.active
