"""New and changed cells put into the rows of a sheet: no row is ever moved, and no other cell changes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from xl_liushou.adapters.cell_xml import Dialect, NewCell, TextTooLong, cell_xml
from xl_liushou.adapters.patch_reasons import refuse
from xl_liushou.adapters.sheet_text import CellSpan, SheetText
from xl_liushou.adapters.xml_spans import Node, Splice, append_splice, attribute_splice, quoted, with_attribute
from xl_liushou.core.table import letters

Writes = Mapping[int, Mapping[int, NewCell | None]]
"""New cells by row and column; None takes a cell away."""

_OWN: Final = frozenset({"r", "s", "t", "cm", "vm", "ph"})
"""Attributes that belong to the value written (`cm`, `vm`, `ph` go with the old one) or to its place."""
_SPANS: Final = re.compile(r"\s*(\d+):(\d+)\s*")


class RowLooks(NamedTuple):
    """How rows are shown, by their numbers: the formats of new ones, and heights, which Excel may fit anew.

    Rows that are `refilled` are shown, and lose the height that their old text needed.
    """

    styles: Mapping[int, int]
    heights: Mapping[int, float | None]
    refilled: bool


class RowPatch:
    """Turns new cells into changes of one sheet's XML; `name` is the sheet's, for the refusals."""

    def __init__(self, name: str, sheet: SheetText, dialect: Dialect, looks: RowLooks) -> None:
        self._name, self._sheet, self._dialect, self._looks = name, sheet, dialect, looks

    def splices(self, writes: Writes) -> list[Splice]:
        """Return the changes; raises PatchRefused for a value that no cell can hold."""
        splices: list[Splice] = []
        created: list[bytes] = []
        for number, cells in sorted(writes.items()):
            row = self._sheet.row(number)
            if row:
                splices += self._into(row, number, cells)
            elif new := self._created(number, cells):
                at = self._sheet.start(self._sheet.place(number))
                splices.append((at, at, new))
                created.append(new)
        if self._sheet.data.self_closed:
            return append_splice(self._sheet.data, b"".join(created)) if created else []
        return splices

    def _created(self, number: int, cells: Mapping[int, NewCell | None]) -> bytes:
        """Return a new row, formatted as the one above where that has a format of its own."""
        content = b"".join(self._cell(number, column, cell) for column, cell in sorted(cells.items()) if cell)
        style, height = self._looks.styles.get(number), self._looks.heights.get(number)
        shown = b' s="%d" customFormat="1"' % style if style is not None else b""
        shown += b' ht="%g"' % height if height else b""
        prefix = self._dialect.prefix
        return b'<%srow r="%d"%s>%s</%srow>' % (prefix, number, shown, content, prefix) if content else b""

    def _into(self, row: Node, number: int, cells: Mapping[int, NewCell | None]) -> Iterator[Splice]:
        """Yield the changes of a row that is there already."""
        spans = list(self._sheet.cells_in(row, number))
        tag = self._shown(row, number, _widened(row, [column for column, cell in cells.items() if cell]))
        if row.self_closed:
            content = b"".join(self._cell(number, column, cell) for column, cell in sorted(cells.items()) if cell)
            if content:
                yield from append_splice(row, content, tag)
            return
        if tag != row.tag:
            yield row.start, row.opened, tag
        yield from self._named(spans, number, cells)
        old = {span.column: span for span in spans}
        for column, cell in sorted(cells.items()):
            if span := old.get(column):
                yield span.node.start, span.node.end, self._renewed(span, number, cell)
            elif cell:
                at = _place(row, spans, column)
                yield at, at, self._cell(number, column, cell)

    def _shown(self, row: Node, number: int, tag: bytes) -> bytes:
        """Return the row's first tag with its new height; one that a person set stays."""
        height = self._looks.heights.get(number)
        if self._looks.refilled:
            tag = with_attribute(tag, "hidden", None)
        if row.truth("customHeight") or not (height or self._looks.refilled):
            return tag
        return with_attribute(tag, "ht", f"{height:g}" if height else None)

    def _named(self, spans: list[CellSpan], number: int, cells: Mapping[int, object]) -> Iterator[Splice]:
        """Yield the changes that give every other cell of the row its `r`, lest it follow a new one."""
        for span in spans:
            if "r" not in span.node.attributes and span.column not in cells:
                yield attribute_splice(span.node, "r", f"{letters(span.column)}{number}")

    def _renewed(self, span: CellSpan, number: int, cell: NewCell | None) -> bytes:
        if cell is None:
            return b""
        node = span.node
        kept = b"".join(
            b' %s="%s"' % (name.encode(), quoted(value)) for name, value in node.attributes.items() if name not in _OWN
        )
        more = b"".join(self._sheet.text[one.start : one.end] for one in node.children if one.name == "extLst")
        return self._cell(number, span.column, cell, kept, more)

    def _cell(self, row: int, column: int, cell: NewCell, kept: bytes = b"", more: bytes = b"") -> bytes:
        reference = f"{letters(column)}{row}"
        try:
            return cell_xml(self._dialect, reference, cell, kept, more)
        except TextTooLong:
            raise refuse("text-too-long", self._name, reference) from None
        except ValueError:
            raise refuse("bad-value", self._name, reference) from None


def _place(row: Node, spans: list[CellSpan], column: int) -> int:
    """Return where a new cell of the row goes."""
    for span in spans:
        if span.column > column:
            return span.node.start
    return spans[-1].node.end if spans else row.opened


def _widened(row: Node, columns: list[int]) -> bytes:
    """Return the row's first tag with `spans` that hold these columns too."""
    hit = _SPANS.fullmatch(row.get("spans"))
    if hit is None or not columns:
        return row.tag
    first, last = min(int(hit[1]), *columns), max(int(hit[2]), *columns)
    return (
        row.tag if (first, last) == (int(hit[1]), int(hit[2])) else with_attribute(row.tag, "spans", f"{first}:{last}")
    )
