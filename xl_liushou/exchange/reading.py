"""Rosters → children: every sheet, every block on it, and what was made of each column."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from xl_liushou.core.rawsheet import RawSheet
from xl_liushou.core.table import address
from xl_liushou.exchange.blocks import Block, Cells, blocks
from xl_liushou.exchange.classes import NO_CLASS, Class, class_in
from xl_liushou.exchange.columns import Use, fingerprint, is_roster, kept_form, title_cell, uses
from xl_liushou.exchange.model import Doubt, Forms, Maps, Place, Reading, Roster, Source, Unmatched
from xl_liushou.exchange.rows import RowReader
from xl_liushou.exchange.values import CellReader
from xl_liushou.schema.rowkinds import is_blank
from xl_liushou.schema.sheets import Children, Guardians

_OURS: Final = {Children.title, Guardians.title}


@dataclass(frozen=True)
class RosterReader:
    """Reads rosters; `maps` is what a person said of columns, `forms` what was found in files of the same form."""

    lists: Mapping[str, Sequence[str]]
    today: date
    maps: Maps = field(default_factory=dict)
    forms: Forms = field(default_factory=dict)

    def read(self, rosters: Iterable[Roster]) -> Reading:
        """All children of all rosters, in their order."""
        reading = Reading()
        for roster in rosters:
            cells = CellReader(self.lists, self.today, roster.book.date1904, roster.book.dates_known)
            before = len(reading.sources) + len(reading.doubts)
            names = {sheet.name for sheet in roster.book.sheets}
            for sheet in roster.book.sheets:
                if names >= _OURS and sheet.name not in _OURS:  # another workbook of this program
                    continue
                self._read_sheet(roster, sheet, cells, reading)
            if len(reading.sources) + len(reading.doubts) == before:
                told = "文件是空的，没有名册"
                reading.doubts.append(Doubt(Place(roster.name, ""), told))
        return reading

    def _read_sheet(self, roster: Roster, sheet: RawSheet, reader: CellReader, reading: Reading) -> None:
        cells = Cells(sheet)
        found = list(blocks(cells))
        if not found and any(not is_blank(cell) for row in sheet.rows for cell in row):
            told = "这张表里没有找到名册的标题行（姓名、性别、班级……），没有读"
            reading.doubts.append(Doubt(Place(roster.name, sheet.name), told))
        named = class_in(sheet.name)
        whole = class_in(roster.name) if len(roster.book.sheets) == 1 else NO_CLASS
        above: tuple[str, ...] = ()
        for block in found:
            above = block.above or above
            columns = uses(block, cells, self.maps, self.forms)
            context, told_by, doubt = _context(above, named, whole)
            if not self._is_wanted(block, columns, context != NO_CLASS, sheet.name):
                told = "认不出是不是学生的名册，没有读；如果是，请用 --map 写明哪一列是什么"
                reading.doubts.append(Doubt(self._place(roster, sheet, block, min(block.paths)), told))
                continue
            if doubt:
                reading.doubts.append(Doubt(self._place(roster, sheet, block, min(block.paths)), doubt))
            rows = RowReader(block, columns, cells, reader, roster.name, context)
            rows.read()
            reading.entries += rows.entries
            reading.doubts += rows.doubts
            reading.sources.append(self._source(roster, block, rows, told_by))
            reading.unmatched += self._unmatched(roster, sheet, block, columns)

    def _is_wanted(self, block: Block, columns: Mapping[int, Use], of_class: bool, sheet: str) -> bool:
        """Whether a block is a roster, by its titles or because a person said what it holds."""
        childs = [use.target.column for use in columns.values() if use.is_read and use.target and not use.target.person]
        said = any(use.said for use in columns.values()) and not {"name", "child_id"}.isdisjoint(childs)
        return said or is_roster(block, columns, of_class, sheet)

    def _source(self, roster: Roster, block: Block, rows: RowReader, told_by: str) -> Source:
        cells = {column: title_cell(block, rows.cells, column) for column in rows.uses}
        named = [(cells[column], use.title, str(use.target)) for column, use in rows.uses.items() if use.is_read]
        place = self._place(roster, rows.cells.sheet, block, min(block.paths))
        form, targets = fingerprint(block), kept_form(block, rows.uses)
        return Source(place, len(rows.entries), "".join(rows.context), told_by, named, form, targets)

    def _unmatched(
        self, roster: Roster, sheet: RawSheet, block: Block, columns: Mapping[int, Use]
    ) -> Iterable[Unmatched]:
        for column, use in columns.items():
            if not use.is_read:
                likely = str(use.target) if use.target else ""
                yield Unmatched(self._place(roster, sheet, block, column), use.title, use.why, likely)

    def _place(self, roster: Roster, sheet: RawSheet, block: Block, column: int) -> Place:
        row = sheet.first_row + block.top + block.depth - 1
        return Place(roster.name, sheet.name, address(row, sheet.first_column + column))


def _context(above: Sequence[str], sheet: Class, file: Class) -> tuple[Class, str, str]:
    """The class that a title, else the sheet's or the file's name tells, where from, and what is doubtful about it."""
    titles = {found for line in above if (found := class_in(line)) != NO_CLASS}
    title = titles.pop() if len(titles) == 1 else NO_CLASS
    told = [(one, where) for one, where in ((title, "标题"), (sheet, "工作表名"), (file, "文件名")) if one != NO_CLASS]
    grades = {one[0] for one, _ in told if one[0]}
    names = {one[1] for one, _ in told if one[1]}
    if len(grades) > 1 or len(names) > 1:
        return NO_CLASS, "", "标题、工作表名、文件名说的不是同一个班，没有按它们填班级"
    return ("".join(grades), "".join(names)), "、".join(where for _, where in told), ""
