"""The exact pass over a worksheet's XML, for sheets of any form; about twenty times slower than `sheet_scan`.

Elements are known by their local name whatever their prefix, and cells without `r` follow one another,
both as python-calamine reads them (calamine's src/xlsx/cells_reader.rs).
"""

from __future__ import annotations

from collections.abc import Iterable
from xml.parsers import expat

from xl_liushou.adapters.cell_ref import parse_cell, parse_range
from xl_liushou.core.rawsheet import Cell

MAX_NOTED = 500_000
"""Error cells, formulas without a result and merges (each counts as `MERGE_WEIGHT`) of one workbook."""
MERGE_WEIGHT = 4


class DoctypeFound(Exception):
    """The part declares a document type."""


class BadSheet(Exception):
    """The part is no well-formed worksheet, or a cell lies outside an Excel sheet."""


class TooManyNoted(Exception):
    """More than `MAX_NOTED` cells or merges would have to be remembered one by one."""


class SheetScan:
    """What a pass found: `rows` and `columns` are upper bounds of the last cell's row and column.

    `cells` counts the cells; positions are 1-based; `merged` are inclusive (top, left, bottom, right).
    """

    def __init__(self) -> None:
        self.rows = self.columns = self.cells = 0
        self.error_cells: set[Cell] = set()
        self.uncached_cells: set[Cell] = set()
        self.merged: list[tuple[int, int, int, int]] = []

    @property
    def noted(self) -> int:
        """How many cells and merges are remembered one by one, a merge at its weight."""
        return len(self.error_cells) + len(self.uncached_cells) + MERGE_WEIGHT * len(self.merged)

    def bound_noted(self, merges: int = 0) -> None:
        """Raise TooManyNoted over `MAX_NOTED`, counting `merges` that are about to be noted."""
        if self.noted + MERGE_WEIGHT * merges > MAX_NOTED:
            raise TooManyNoted


class ExactScan(SheetScan):
    """A scan whose bounds and counts are those of the cells with a value only."""

    def __init__(self) -> None:
        super().__init__()
        self.used_rows: set[int] = set()
        self.used_columns: set[int] = set()


def scan_exactly(chunks: Iterable[bytes]) -> ExactScan:
    """Scan a worksheet given in chunks of any size.

    Raises DoctypeFound for a DTD and BadSheet for broken XML or impossible cells.
    """
    reader = CellReader()
    reader.read(chunks)
    return reader.scan


class CellReader:
    """Walks the cells of one worksheet; `cell_done` is called at the end of each cell with a value."""

    def __init__(self) -> None:
        self.scan = ExactScan()
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.StartDoctypeDeclHandler = _refuse_doctype
        self._stage = 0
        self._row = self._column = 1
        self.cell = (1, 1)
        self._type: str | None = None
        self._inside = self._has_formula = self._has_value = self._has_text = False

    def read(self, chunks: Iterable[bytes]) -> None:
        """Read the whole part."""
        try:
            for chunk in chunks:
                self.parser.Parse(chunk, False)
            self.parser.Parse(b"", True)
        except (expat.ExpatError, ValueError, LookupError):
            raise BadSheet from None

    def cell_done(self) -> None:
        """Note a cell with a value."""
        row, column = self.cell
        scan = self.scan
        scan.cells += 1
        scan.used_rows.add(row)
        scan.used_columns.add(column)
        scan.rows, scan.columns = max(row, scan.rows), max(column, scan.columns)

    def cell_started(self) -> None:
        """Note that a cell begins."""

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        name = name.rpartition(":")[2]
        if name == "mergeCell":
            if edges := parse_range(attributes.get("ref", "")):
                self.scan.merged.append(edges)
                self.scan.bound_noted()
        elif name == "sheetData":
            self._stage += 1
        elif self._stage != 1:
            return
        elif self._inside:
            self._start_in_cell(name)
        elif name == "c":
            self._start_cell(attributes)
        elif name == "row" and "r" in attributes:
            self._row = _row_number(attributes["r"])

    def _start_cell(self, attributes: dict[str, str]) -> None:
        if "r" in attributes:
            place = parse_cell(attributes["r"])
            if place is None:
                raise BadSheet
            self.cell = place
            self._column = place[1]
        else:
            self.cell = self._row, self._column
        self._inside = True
        self.cell_started()
        self._has_formula = self._has_value = self._has_text = False
        self._type = attributes.get("t")
        if self._type == "e":
            self.scan.error_cells.add(self.cell)
            self.scan.bound_noted()

    def _start_in_cell(self, name: str) -> None:
        if name == "f":
            self._has_formula = True
        elif name == "v":
            self._has_value = True
            self.parser.CharacterDataHandler = self._text
        elif name == "is":
            self._has_value = True

    def _text(self, _: str) -> None:
        self._has_text = True

    def _end(self, name: str) -> None:
        name = name.rpartition(":")[2]
        if name == "v":
            self.parser.CharacterDataHandler = None
        elif name == "c" and self._inside:
            self._end_cell()
        elif name == "row" and self._stage == 1:
            self._row += 1
            self._column = 1
        elif name == "sheetData":
            self._stage += 1

    def _end_cell(self) -> None:
        self._inside = False
        self._column = self.cell[1] + 1
        if self._has_formula and not self._has_text and self._type != "str":
            self.scan.uncached_cells.add(self.cell)
            self.scan.bound_noted()
        if self._has_value:
            self.cell_done()


def _row_number(text: str) -> int:
    place = parse_cell("A" + text)
    if place is None:
        raise BadSheet
    return place[0]


def _refuse_doctype(*_: object) -> None:
    raise DoctypeFound
