"""Which rows of a sheet in a file nobody sees."""

from __future__ import annotations

from collections.abc import Collection

from xl_liushou.adapters.book_map import map_book
from xl_liushou.adapters.package import MAX_PART, Package
from xl_liushou.adapters.sheet_guard import to_utf8
from xl_liushou.adapters.sheet_text import SheetText


def hidden_rows(data: bytes, name: str, title: str, rows: Collection[int]) -> set[int]:
    """Those of some rows of a sheet that a filter or a person has hidden."""
    package = Package(data, name)
    parts = [sheet.part for sheet in map_book(package).sheets if sheet.name == title]
    texts = [SheetText(to_utf8(package.read(part, MAX_PART))) for part in parts]
    found = {row: node for text in texts for row in rows if (node := text.row(row))}
    return {row for row, node in found.items() if node.truth("hidden")}
