"""Read a workbook file (.xlsx, .xlsm): bounds first, then python-calamine, nothing ever written."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path

from xl_liushou.adapters.book_map import BookMap, SheetPart, map_book
from xl_liushou.adapters.calamine_thread import AskedSheet, CalamineThread
from xl_liushou.adapters.package import Package, read_bytes
from xl_liushou.adapters.sheet_guard import GuardedSheet, SheetGuard
from xl_liushou.adapters.sheet_scan import is_utf8
from xl_liushou.adapters.text_guard import TextGuard
from xl_liushou.core.errors import LiushouError
from xl_liushou.core.rawsheet import CellValue, RawSheet, RawWorkbook, Rows

EAGER_CELLS = 2_000_000
"""With more cells than this, python-calamine starts on a sheet only when all have been let through."""

WantedSheet = Callable[[str, Collection[str]], bool]
"""Tells by its name and the names of its Tables whether a sheet is wanted."""


def read_workbook(path: Path, sheets: WantedSheet | None = None) -> RawWorkbook:
    """Read the workbook at `path`, as `read_content` does; its bytes are read once, and nothing is written."""
    return read_content(read_bytes(path), path.name, sheets)


def read_content(data: bytes, name: str, sheets: WantedSheet | None = None, late: bool = False) -> RawWorkbook:
    """Read the worksheets that `sheets` wants, all without it, from the bytes of a workbook called `name`.

    Cells are str, float (whole numbers too), bool, date (a date cell at midnight), datetime, time or
    timedelta ([h]:mm); blank cells, error values and formulas without a result are "". Hidden sheets
    and hidden rows are read like others. With `late` they may still be on their way: the first look at a
    sheet's cells waits for them, and raises what is wrong with them.

    Raises UnusableInput, PasswordNeeded or HostileInput, each with a sentence for staff.
    """
    package = Package(data, name)
    book = map_book(package)
    wanted = [
        sheet for sheet in book.sheets if sheets is None or sheets(sheet.name, [table.name for table in sheet.tables])
    ]
    found = tuple(_read_sheets(package, book, wanted))
    if not late:
        for sheet in found:
            _ = sheet.rows
    return RawWorkbook(found, book.date1904)


def _read_sheets(package: Package, book: BookMap, wanted: list[SheetPart]) -> list[RawSheet]:
    """Let the sheets through and have them read; their cells may still be on their way."""
    with _told_as_broken(package):
        texts = TextGuard(package, book.strings)
        if _styles_are_plain(package, book) and book.plain and texts.plain:
            return _read_directly(package, book, wanted, texts)
        return _read_copy(package, book, _admit_all(package, wanted, texts))


@contextmanager
def _told_as_broken(package: Package) -> Iterator[None]:
    """Whatever python-calamine raises, a Rust panic too, means a broken file."""
    try:
        yield
    except (LiushouError, KeyboardInterrupt, SystemExit):
        raise
    except MemoryError:
        raise package.hostile() from None
    except BaseException:  # pyo3's PanicException is no Exception
        raise package.broken() from None


def _read_directly(package: Package, book: BookMap, wanted: list[SheetPart], texts: TextGuard) -> list[RawSheet]:
    """Check one sheet while python-calamine reads the one before, from the file as it is.

    A workbook with very many cells is let through as a whole first; then its largest sheet is read last, while the
    others can be looked at.
    """
    guard, asked, waiting = SheetGuard(package), {}, []
    admitted: list[GuardedSheet] = []
    with CalamineThread(package.data) as calamine:
        for number, part in enumerate(wanted, 1):
            admitted.append(_admit(part, guard, texts))
            waiting.append(admitted[-1])
            if any(sheet.replaced is not None for sheet in waiting):
                calamine.give_up()
                break
            if guard.cells <= EAGER_CELLS or number == len(wanted):
                for sheet in sorted(waiting, key=lambda one: one.scan.cells):
                    asked[sheet.sheet.name] = calamine.ask(sheet.sheet.name)
                waiting.clear()
        else:
            return [_raw_sheet(package, sheet, asked[sheet.sheet.name]) for sheet in admitted]
    admitted += [_admit(part, guard, texts) for part in wanted[len(admitted) :]]
    return _read_copy(package, book, admitted)


def _read_copy(package: Package, book: BookMap, admitted: list[GuardedSheet]) -> list[RawSheet]:
    """Read from a copy that holds the parts as they were mended or cropped."""
    from xl_liushou.adapters.calamine_copy import calamine_copy

    with CalamineThread(calamine_copy(package, book, admitted)) as calamine:
        return [_raw_sheet(package, sheet, calamine.ask(sheet.sheet.name)) for sheet in admitted]


def _admit_all(package: Package, wanted: list[SheetPart], texts: TextGuard) -> list[GuardedSheet]:
    guard = SheetGuard(package)
    return [_admit(part, guard, texts) for part in wanted]


def _admit(part: SheetPart, guard: SheetGuard, texts: TextGuard) -> GuardedSheet:
    sheet = guard.admit(part)
    texts.admit(sheet)
    return sheet


def _styles_are_plain(package: Package, book: BookMap) -> bool:
    """Tell whether the formats are UTF-8; raises HostileInput for a bomb or a DTD."""
    chunks = list(package.stream(book.styles)) if book.styles else [b""]
    if b"<!DOCTYPE" in chunks[0]:
        raise package.hostile()
    return is_utf8(chunks[0])


def _raw_sheet(package: Package, sheet: GuardedSheet, asked: AskedSheet) -> RawSheet:
    return RawSheet(
        name=sheet.sheet.name,
        grid=_ReadGrid(package, asked),
        tables=sheet.sheet.tables,
        error_cells=frozenset(sheet.scan.error_cells),
        uncached_cells=frozenset(sheet.scan.uncached_cells),
        merged=tuple(sheet.scan.merged),
        cropped=tuple(sheet.cropped),
        cropped_count=sheet.cropped_count,
    )


class _ReadGrid:
    """The cells of a sheet that python-calamine was asked for."""

    def __init__(self, package: Package, asked: AskedSheet) -> None:
        self._package = package
        self._asked = asked

    @cached_property
    def _grid(self) -> Rows:
        with _told_as_broken(self._package):
            found = self._asked.result()
            top, left = found.start or (0, 0)
            return Rows(found.to_python(skip_empty_area=True), top + 1, left + 1)

    @property
    def rows(self) -> Sequence[Sequence[CellValue]]:
        return self._grid.rows

    @property
    def first_row(self) -> int:
        return self._grid.first_row

    @property
    def first_column(self) -> int:
        return self._grid.first_column
