"""One edit of one sheet: which cells it writes, in which format, and whether that is safe."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from typing import Final, NamedTuple

from xl_liushou.adapters.cell_ref import MAX_COLUMN, MAX_ROW, parse_cell
from xl_liushou.adapters.cell_xml import Dialect, NewCell
from xl_liushou.adapters.patch_reasons import refuse
from xl_liushou.adapters.row_patch import RowLooks, RowPatch
from xl_liushou.adapters.sheet_ranges import (
    Growth,
    dimension_splices,
    filter_splices,
    growth_splices,
    link_splices,
    overlap,
    reference,
)
from xl_liushou.adapters.sheet_text import Area, CellSpan, SheetText
from xl_liushou.adapters.style_patch import Styles
from xl_liushou.adapters.table_patch import TablePart
from xl_liushou.adapters.xml_spans import Splice, spliced
from xl_liushou.core.edits import Link, Scalar, Value, Written

_BOUND: Final = ("shared", "array", "dataTable")

Rows = Sequence[Sequence[Value]]


class SheetFacts(NamedTuple):
    """What lies on a sheet and is kept in other parts."""

    name: str
    tables: Sequence[TablePart]
    pivots: Sequence[Area]


class _Block(NamedTuple):
    """Rows `top` on of the columns `left` to `right`; `pattern` is the row whose formats new cells take (0: none)."""

    top: int
    left: int
    right: int
    pattern: int


class SheetPatch:
    """One edit of one sheet. Call one of `append`, `replace` and `set`, note `heights`, then take `pieces`."""

    def __init__(self, facts: SheetFacts, sheet: SheetText, styles: Styles, dialect: Dialect) -> None:
        self.facts, self.sheet = facts, sheet
        self._styles, self._dialect = styles, dialect
        self.formula_lost = False
        self.growth: Growth | None = None
        self.table_bottom: int | None = None
        self._writes: dict[int, dict[int, NewCell | None]] = {}
        self._links: dict[tuple[int, int], str] = {}
        self._cleared: Area | None = None
        self._row_styles: dict[int, int] = {}
        self.heights: dict[int, float | None] = {}
        self._cache: dict[int, dict[int, CellSpan]] = {}
        self._formats: dict[int, int | None] = {}
        self._column_styles: dict[int, int] = {}
        self._merges, self._arrays = sheet.merges(), sheet.array_areas()

    def append(self, rows: Rows, table: TablePart | None) -> Written:
        """Put rows into the blank rows at the Table's end, then into the blank space below it."""
        left = table.area[1] if table else 1
        right = table.area[3] if table else max(map(len, rows), default=1) or 1
        self._admit(table, rows, left, right)
        first_data = table.first_row if table else self.sheet.first_used_row() + 1
        top = self._first_free(table) if table else self.sheet.last_used_row() + 1
        bottom = top + len(rows) - 1
        self._need_room((top, left, bottom, right), table)
        pattern = top - 1 if top > first_data else 0
        self._fill(rows, _Block(top, left, right, pattern), table)
        self._grow(top - 1 if pattern else top, bottom, left, right)
        if table:
            self.table_bottom = max(bottom, table.area[2])
        return Written(self.facts.name, top, left, bottom, right)

    def replace(self, rows: Rows, table: TablePart | None) -> Written:
        """Put rows in the place of all that are below the header."""
        left, right = (table.area[1], table.area[3]) if table else (1, MAX_COLUMN)
        self._admit(table, rows, left, right)
        top = table.first_row if table else self.sheet.first_used_row() + 1
        last = table.area[2] if table else self.sheet.last_used_row()
        bottom = top + len(rows) - 1
        self._refuse_overlaps((top, left, max(bottom, last), right), table)
        if bottom > last:
            self._need_room((max(top, last + 1), left, bottom, right), table)
        width = right if table else max((len(row) for row in rows), default=0)
        for number in self._numbers(top, last):
            self._empty(number, left, right, table.calculated if table and number <= bottom else ())
        self._fill(rows, _Block(top, left, width, top if last >= top else 0), table)
        self._cleared = top, left, max(bottom, last), right
        self._grow(max(last, top), bottom, left, width)
        if table:
            self.table_bottom = max(bottom, top)
        return Written(self.facts.name, top, left, bottom, width)

    def set(self, cells: Mapping[str, Value]) -> None:
        """Put values into single cells; None clears one and keeps its format."""
        for name, value in cells.items():
            place = parse_cell(name)
            if place is None:
                raise refuse("bad-cell", self.facts.name, name)
            self._refuse_cell(place)
            old = self._cell(*place)
            if old or _scalar(value) not in (None, ""):
                self._put(place, value, self._base(place, old, 0))

    def pieces(self) -> list[bytes | memoryview]:
        """Return the sheet's XML as it is to be."""
        looks = RowLooks(self._row_styles, self.heights, self._cleared is not None)
        splices = RowPatch(self.facts.name, self.sheet, self._dialect, looks).splices(self._writes)
        written = [(row, column) for row, cells in self._writes.items() for column, cell in cells.items() if cell]
        if written:
            down, across = [cell[0] for cell in written], [cell[1] for cell in written]
            splices += dimension_splices(self.sheet, (min(down), min(across), max(down), max(across)))
        links = link_splices(self.sheet, self._links, self._cleared)
        splices += links
        if self.growth:
            splices += filter_splices(self.sheet, self.growth)
            splices += [one for one in growth_splices(self.sheet, self.growth) if not _within(one, links)]
        return spliced(self.sheet.text, splices)

    def _admit(self, table: TablePart | None, rows: Rows, left: int, right: int) -> None:
        """Refuse rows for a Table that must not take them."""
        widest = max(map(len, rows), default=0)
        if left + widest - 1 > min(right, MAX_COLUMN):
            raise refuse("too-wide", self.facts.name, str(widest))
        if table and table.totals_rows:
            raise refuse("totals-row", self.facts.name, table.name)
        if table and table.external:
            raise refuse("external-table", self.facts.name)

    def _first_free(self, table: TablePart) -> int:
        """Return the row after the last of the Table that holds more than its own calculated formulas."""
        at = self.sheet.place(table.area[2] + 1) - 1
        while at >= 0 and (number := self.sheet.numbers[at]) >= table.first_row:
            if not all(self._is_free(cell, table) for cell in self._row(number).values()):
                return number + 1
            at -= 1
        return table.first_row

    def _is_free(self, cell: CellSpan, table: TablePart) -> bool:
        inside = table.area[1] <= cell.column <= table.area[3]
        return not inside or self.sheet.is_blank(cell) or bool(cell.formula() and cell.column in table.calculated)

    def _need_room(self, area: Area, table: TablePart | None) -> None:
        """Refuse unless the range is blank, as far as it lies below the Table."""
        if area[2] > MAX_ROW:
            raise refuse("no-room", self.facts.name, f"{area[2]} > {MAX_ROW}")
        self._refuse_overlaps(area, table)
        first = max(area[0], table.area[2] + 1) if table else area[0]
        for number in self._numbers(first, area[2]):
            for cell in self._row(number).values():
                if area[1] <= cell.column <= area[3] and not self.sheet.is_blank(cell):
                    raise refuse("no-room", self.facts.name, reference((number, cell.column, number, cell.column)))

    def _refuse_overlaps(self, area: Area, table: TablePart | None) -> None:
        name, shown = self.facts.name, reference(area)
        if any(overlap(area, merge) for merge in self._merges):
            raise refuse("merged", name, shown)
        reach = MAX_ROW if table is None else 0  # a pivot table may grow downwards when it is refreshed
        if any(overlap(area, (*pivot[:2], max(pivot[2], reach), pivot[3])) for pivot in self.facts.pivots):
            raise refuse("pivot", name, shown)
        if any(overlap(area, formula) for formula in self._arrays if not self._calculates(formula, table)):
            raise refuse("formula-part", name, shown)
        if other := next((one for one in self.facts.tables if one is not table and overlap(area, one.area)), None):
            raise refuse("no-room", name, other.name)

    def _calculates(self, area: Area, table: TablePart | None) -> bool:
        """Whether an array formula is one cell of a Table's calculated column."""
        return table is not None and area[:2] == area[2:] and area[1] in table.calculated and overlap(area, table.area)

    def _refuse_cell(self, place: tuple[int, int]) -> None:
        """Refuse to set a cell that is part of something larger."""
        area, name = (*place, *place), self.facts.name
        shown = reference(area)
        if any(overlap(area, merge) and merge[:2] != place for merge in self._merges):
            raise refuse("merged", name, shown)
        if any(overlap(area, pivot) for pivot in self.facts.pivots):
            raise refuse("pivot", name, shown)
        if any(overlap(area, formula) for formula in self._arrays):
            raise refuse("formula-part", name, shown)
        for table in (table for table in self.facts.tables if overlap(area, table.area)):
            if place[0] < table.first_row:
                raise refuse("table-header", name, shown)
            if place[0] > table.area[2] - table.totals_rows:
                raise refuse("totals-row", name, shown)

    def _fill(self, rows: Rows, block: _Block, table: TablePart | None) -> None:
        calculated = table.calculated if table else {}
        for number, row in enumerate(rows, block.top):
            if block.pattern and (style := self._row_format(block.pattern)) is not None:
                self._row_styles[number] = style
            for column in range(block.left, block.right + 1):
                value = row[column - block.left] if column - block.left < len(row) else None
                place, old = (number, column), self._cell(number, column)
                base = self._base(place, old, block.pattern)
                if _scalar(value) not in (None, ""):
                    self._put(place, value, base)
                elif column in calculated:
                    self._calculate(place, old, base, table)
                elif base != self._plain_style(place) and old is None:
                    self._writes.setdefault(number, {})[column] = NewCell(None, base)

    def _calculate(self, place: tuple[int, int], old: CellSpan | None, base: int, table: TablePart | None) -> None:
        """Fill a cell of a calculated column; one that has a formula keeps it."""
        if table is None or (old and old.formula()):
            return
        column = table.calculated[place[1]]
        if not column.is_movable():
            raise refuse("calculated-column", self.facts.name, table.name)
        self._writes.setdefault(place[0], {})[place[1]] = NewCell(None, base, column.formula, column.array)

    def _numbers(self, top: int, bottom: int) -> Sequence[int]:
        """Return the rows of a range that the XML holds."""
        return self.sheet.numbers[self.sheet.place(top) : self.sheet.place(bottom + 1)]

    def _empty(self, number: int, left: int, right: int, kept: Container[int]) -> None:
        """Clear a row of an old result but for the columns `kept`; a cell keeps its format."""
        for column, cell in self._row(number).items():
            if left <= column <= right and column not in kept and not self.sheet.is_blank(cell):
                self._put((number, column), None, cell.style() or 0)

    def _put(self, place: tuple[int, int], value: Value, base: int) -> None:
        """Note a value for a cell; a formula that goes is noted too, a part of a larger one refused."""
        old = self._cell(*place)
        formula = old.formula() if old else None
        if formula is not None:
            if formula.get("t") in _BOUND:
                raise refuse("formula-part", self.facts.name, reference((*place, *place)))
            self.formula_lost = True
        plain = _scalar(value)
        self._writes.setdefault(place[0], {})[place[1]] = NewCell(plain, self._styles.fit(base, plain))
        if isinstance(value, Link):
            self._links[place] = value.location

    def _base(self, place: tuple[int, int], old: CellSpan | None, pattern: int) -> int:
        """Return the format of a cell: its own, else that of the pattern row, of its row, of its column."""
        if old and (style := old.style()) is not None:
            return style
        if pattern:
            above = self._cell(pattern, place[1])
            if above and (style := above.style()) is not None:
                return style
            if (style := self._row_format(pattern)) is not None:
                return style
        return self._plain_style(place)

    def _plain_style(self, place: tuple[int, int]) -> int:
        """Return the format that a cell has which the XML does not hold."""
        style = self._row_format(place[0])
        if style is None:
            style = self._row_styles.get(place[0])
        if style is not None:
            return style
        if place[1] not in self._column_styles:
            self._column_styles[place[1]] = self.sheet.column_style(place[1])
        return self._column_styles[place[1]]

    def _row_format(self, number: int) -> int | None:
        if number not in self._formats:
            row = self.sheet.row(number)
            self._formats[number] = row.number("s") if row and row.truth("customFormat") else None
        return self._formats[number]

    def _row(self, number: int) -> dict[int, CellSpan]:
        if number not in self._cache:
            self._cache[number] = {cell.column: cell for cell in self.sheet.cells(number)}
        return self._cache[number]

    def _cell(self, row: int, column: int) -> CellSpan | None:
        return self._row(row).get(column)

    def _grow(self, anchor: int, bottom: int, left: int, right: int) -> None:
        if bottom > anchor:
            self.growth = Growth(anchor, bottom, left, right)


def _scalar(value: Value) -> Scalar:
    return value.value if isinstance(value, Link) else value


def _within(splice: Splice, others: Sequence[Splice]) -> bool:
    return any(start <= splice[0] and splice[1] <= end for start, end, _ in others)
