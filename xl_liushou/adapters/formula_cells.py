"""Which cells hold a formula: a reader of values cannot tell."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from xl_liushou.adapters.book_map import map_book
from xl_liushou.adapters.cell_ref import parse_cell
from xl_liushou.adapters.package import MAX_PART, Package
from xl_liushou.adapters.patch_reasons import refuse
from xl_liushou.adapters.sheet_guard import to_utf8
from xl_liushou.adapters.sheet_text import SheetText
from xl_liushou.adapters.xml_spans import OddXml


def formula_cells(data: bytes, name: str, wanted: Mapping[str, Collection[str]]) -> set[tuple[str, str]]:
    """Those of the wanted cells, by sheet, that hold a formula or a part of one.

    Raises PatchRefused for a sheet that could not be changed either.
    """
    package = Package(data, name)
    found: set[tuple[str, str]] = set()
    for part in map_book(package).sheets:
        if cells := wanted.get(part.name):
            try:
                found |= {(part.name, cell) for cell in _formulas(to_utf8(package.read(part.part, MAX_PART)), cells)}
            except (OddXml, UnicodeDecodeError):
                raise refuse("odd-sheet", part.name) from None
    return found


def _formulas(text: bytes, wanted: Collection[str]) -> set[str]:
    sheet = SheetText(text)
    areas = sheet.array_areas()
    places = {cell: place for cell in wanted if (place := parse_cell(cell))}
    rows = {row: {cell.column for cell in sheet.cells(row) if cell.formula()} for row, _ in places.values()}
    return {
        cell
        for cell, (row, column) in places.items()
        if column in rows[row]
        or any(top <= row <= bottom and left <= column <= right for top, left, bottom, right in areas)
    }
