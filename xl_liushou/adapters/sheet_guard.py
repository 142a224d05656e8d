"""Let a worksheet through to python-calamine only when its cells fit into memory; crop stray far cells.

python-calamine lays a sheet out as a full rectangle: one cell at XFD1048576 aborts the process, and one
space at A1048576 of a sheet of 29 columns costs 1.3 GB.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from xl_liushou.adapters.book_map import SheetPart
from xl_liushou.adapters.package import Package
from xl_liushou.adapters.sheet_scan import Unusual, is_utf8, scan_sheet
from xl_liushou.adapters.sheet_scan_exact import (
    MAX_NOTED,
    BadSheet,
    CellReader,
    DoctypeFound,
    ExactScan,
    SheetScan,
    TooManyNoted,
)
from xl_liushou.core.rawsheet import Cell

FREE_AREA = 4_000_000
"""Cells, blank ones too, that the rectangles of all sheets together may always hold."""
AREA_PER_CELL = 8
"""A rectangle beyond `FREE_AREA` may have so many places for each cell with a value ..."""
MAX_AREA = 20_000_000
"""... up to this for all sheets together; 200,000 rows x 25 columns are 5 million."""
MAX_CELLS = 7_000_000
"""Cells of all sheets together; 10,000 children with 200,000 full records are 5.7 million."""
MAX_EXACT = 64 << 20
"""Bytes of XML, of all sheets together, that the exact pass may have to read: some five seconds."""
ROW_GAP = 1000
COLUMN_GAP = 100
"""Blank rows or columns after which a cell is stray."""
MAX_CROPPED_SHOWN = 20

_MARK = "\ufeff"
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_CODECS = {b"gbk": "gb18030", b"gb2312": "gb18030", b"gb18030": "gb18030", b"iso-8859-1": "latin-1"}
_DECLARED = re.compile(rb"""encoding\s*=\s*["']([\w-]+)["']""")


class GuardedSheet(NamedTuple):
    """A sheet that may be read; `replaced` is its XML when the part itself must not be used."""

    sheet: SheetPart
    scan: SheetScan
    replaced: bytes | None = None
    cropped: Sequence[Cell] = ()
    cropped_count: int = 0


class SheetGuard:
    """Guards the sheets of one workbook, one after another; they share `FREE_AREA` and the other bounds."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.free = FREE_AREA
        self.cells = 0
        self._area = 0
        self._noted = 0
        self._exact_left = MAX_EXACT

    def admit(self, sheet: SheetPart) -> GuardedSheet:
        """Scan the sheet, and crop it when it must be.

        Raises HostileInput when it is too large even then or has a DTD, UnusableInput when it is broken.
        """
        try:
            guarded = self._admit(sheet)
        except TooManyNoted:
            raise self.package.hostile() from None
        self.cells += guarded.scan.cells
        self._noted += guarded.scan.noted
        if max(self.cells - MAX_CELLS, self._noted - MAX_NOTED) > 0:
            raise self.package.hostile()
        return guarded

    def _admit(self, sheet: SheetPart) -> GuardedSheet:
        try:
            scan = scan_sheet(self.package.stream(sheet.part))
        except Unusual:
            return self._admit_exactly(sheet)
        if self.cells + scan.cells <= MAX_CELLS and self._fits(scan, scan.rows, scan.columns):
            return GuardedSheet(sheet, scan)
        return self._admit_exactly(sheet)

    def _admit_exactly(self, sheet: SheetPart) -> GuardedSheet:
        data = self.package.read(sheet.part, self._exact_left)
        self._exact_left -= len(data)
        text = to_utf8(data)
        scan = self._read(CellReader(), text).scan
        replaced = None if text is data else text
        if self._fits_exactly(scan):
            return GuardedSheet(sheet, scan, replaced)
        return self._crop(sheet, text, scan)

    def _crop(self, sheet: SheetPart, text: bytes, scan: ExactScan) -> GuardedSheet:
        last = _edge(scan.used_rows, ROW_GAP), _edge(scan.used_columns, COLUMN_GAP)
        cropper = Cropper(text, last)
        self._read(cropper, text)
        text = cropper.result()
        rest = self._read(CellReader(), text).scan
        if not self._fits_exactly(rest):
            raise self.package.hostile()
        return GuardedSheet(sheet, rest, text, cropper.cropped[:MAX_CROPPED_SHOWN], len(cropper.cropped))

    def _read(self, reader: CellReader, text: bytes) -> CellReader:
        try:
            reader.read([text])
        except DoctypeFound:
            raise self.package.hostile() from None
        except BadSheet:
            raise self.package.broken() from None
        return reader

    def _fits_exactly(self, scan: ExactScan) -> bool:
        if not scan.cells:
            return True
        return self._fits(scan, scan.rows - min(scan.used_rows) + 1, scan.columns - min(scan.used_columns) + 1)

    def _fits(self, scan: SheetScan, rows: int, columns: int) -> bool:
        area, earned = rows * columns, AREA_PER_CELL * scan.cells
        if self._area + area > MAX_AREA or area > max(self.free, earned):
            return False
        self._area += area
        if area > earned:
            self.free -= area - earned
        return True


class Cropper(CellReader):
    """Cuts the cells beyond the last good row and column out of a sheet's XML (UTF-8)."""

    def __init__(self, text: bytes, last: Cell) -> None:
        super().__init__()
        self.cropped: list[Cell] = []
        self._text_bytes = text
        self._last = last
        self._kept: list[bytes] = []
        self._done = 0

    def cell_started(self) -> None:
        """Remember where the cell begins."""
        self._begin = self.parser.CurrentByteIndex

    def cell_done(self) -> None:
        """Leave the cell out when it is beyond."""
        if self.cell[0] <= self._last[0] and self.cell[1] <= self._last[1]:
            return
        self.cropped.append(self.cell)
        self._kept.append(self._text_bytes[self._done : self._begin])
        self._done = self._text_bytes.index(b">", self.parser.CurrentByteIndex) + 1

    def result(self) -> bytes:
        """Return the XML without the cells that were cut out."""
        return b"".join([*self._kept, self._text_bytes[self._done :]])


def to_utf8(data: bytes) -> bytes:
    """Return the part in UTF-8: itself when it is, else recoded and without its declaration.

    An encoding that is not known here is left as it is, for the parser to refuse.
    """
    if is_utf8(data[:1024]):
        return data
    try:
        text = data.decode(_codec(data))
    except UnicodeDecodeError:
        return data
    return _DECLARATION.sub("", text.removeprefix(_MARK), count=1).encode()


def _codec(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    if b"\0" in data[:4]:
        return "utf-16-le" if data[:1] == b"<" else "utf-16-be"
    declared = _DECLARED.search(data[:400])
    return _CODECS.get(declared[1].lower(), "utf-8") if declared else "utf-8"


def _edge(used: set[int], gap: int) -> int:
    """Return the last number before the first gap in `used`."""
    numbers = sorted(used)
    return next((one for one, other in pairwise(numbers) if other - one > gap), numbers[-1])
