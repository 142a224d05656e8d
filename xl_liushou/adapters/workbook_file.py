"""Read a workbook file (.xlsx, .xlsm): bounds first, then python-calamine, nothing ever written."""

from __future__ import annotations

from collections.abc import Callable, Collection
from pathlib import Path
from typing import TYPE_CHECKING

from xl_liushou.adapters.book_map import BookMap, SheetPart, map_book
from xl_liushou.adapters.calamine_thread import CalamineThread
from xl_liushou.adapters.package import Package, read_bytes
from xl_liushou.adapters.sheet_guard import GuardedSheet, SheetGuard
from xl_liushou.adapters.sheet_scan import is_utf8
from xl_liushou.adapters.text_guard import TextGuard
from xl_liushou.core.errors import LiushouError
from xl_liushou.core.rawsheet import RawSheet, RawWorkbook

if TYPE_CHECKING:
    from python_calamine import CalamineSheet


EAGER_CELLS = 2_000_000
"""With more cells than this, python-calamine starts on a sheet only when all have been let through."""

WantedSheet = Callable[[str, Collection[str]], bool]
"""Tells by its name and the names of its Tables whether a sheet is wanted."""


def read_workbook(path: Path, sheets: WantedSheet | None = None) -> RawWorkbook:
    """Read the workbook at `path`, as `read_content` does; its bytes are read once, and nothing is written."""
    return read_content(read_bytes(path), path.name, sheets)


def read_content(data: bytes, name: str, sheets: WantedSheet | None = None) -> RawWorkbook:
    """Read the worksheets that `sheets` wants, all without it, from the bytes of a workbook called `name`.

    Cells are str, float (whole numbers too), bool, date (a date cell at midnight), datetime, time or
    timedelta ([h]:mm); blank cells, error values and formulas without a result are "". Hidden sheets
    and hidden rows are read like others.

    Raises UnusableInput, PasswordNeeded or HostileInput, each with a sentence for staff.
    """
    package = Package(data, name)
    book = map_book(package)
    wanted = [
        sheet for sheet in book.sheets if sheets is None or sheets(sheet.name, [table.name for table in sheet.tables])
    ]
    return RawWorkbook(tuple(_read_sheets(package, book, wanted)), book.date1904)


def _read_sheets(package: Package, book: BookMap, wanted: list[SheetPart]) -> list[RawSheet]:
    """Read the cells; whatever python-calamine raises, a Rust panic too, means a broken file."""
    try:
        texts = TextGuard(package, book.strings)
        if _styles_are_plain(package, book) and book.plain and texts.plain:
            return _read_directly(package, book, wanted, texts)
        return _read_copy(package, book, _admit_all(package, wanted, texts))
    except (LiushouError, KeyboardInterrupt, SystemExit):
        raise
    except MemoryError:
        raise package.hostile() from None
    except BaseException:  # pyo3's PanicException is no Exception
        raise package.broken() from None


def _read_directly(package: Package, book: BookMap, wanted: list[SheetPart], texts: TextGuard) -> list[RawSheet]:
    """Check one sheet while python-calamine reads the one before, from the file as it is."""
    guard, admitted, asked = SheetGuard(package), [], 0
    with CalamineThread(package.data) as calamine:
        for number, part in enumerate(wanted, 1):
            admitted.append(_admit(part, guard, texts))
            if any(sheet.replaced is not None for sheet in admitted[asked:]):
                break
            if guard.cells <= EAGER_CELLS or number == len(wanted):
                for sheet in admitted[asked:]:
                    calamine.ask(sheet.sheet.name)
                asked = number
        else:
            return _raw_sheets(admitted, calamine.sheets())
    admitted += [_admit(part, guard, texts) for part in wanted[len(admitted) :]]
    return _read_copy(package, book, admitted)


def _read_copy(package: Package, book: BookMap, admitted: list[GuardedSheet]) -> list[RawSheet]:
    """Read from a copy that holds the parts as they were mended or cropped."""
    from xl_liushou.adapters.calamine_copy import calamine_copy

    with CalamineThread(calamine_copy(package, book, admitted)) as calamine:
        for sheet in admitted:
            calamine.ask(sheet.sheet.name)
        return _raw_sheets(admitted, calamine.sheets())


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


def _raw_sheets(admitted: list[GuardedSheet], grids: list[CalamineSheet]) -> list[RawSheet]:
    """Turn what python-calamine read into rows, freeing each sheet before the next."""
    grids.reverse()
    return [_raw_sheet(sheet, grids.pop()) for sheet in admitted]


def _raw_sheet(sheet: GuardedSheet, grid: CalamineSheet) -> RawSheet:
    top, left = grid.start or (0, 0)
    return RawSheet(
        name=sheet.sheet.name,
        first_row=top + 1,
        first_column=left + 1,
        rows=grid.to_python(skip_empty_area=True),
        tables=sheet.sheet.tables,
        error_cells=frozenset(sheet.scan.error_cells),
        uncached_cells=frozenset(sheet.scan.uncached_cells),
        merged=tuple(sheet.scan.merged),
        cropped=tuple(sheet.cropped),
        cropped_count=sheet.cropped_count,
    )
