"""A worksheet's XML as bytes with an index of its rows: where each begins, and its cells when they are asked for.

Only the rows that are asked for are taken apart, for a sheet of 200,000 records has 150 MB of XML.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

from xl_liushou.adapters.cell_ref import MAX_COLUMN, MAX_ROW, parse_cell, parse_range
from xl_liushou.adapters.xml_spans import INSIDE_TAG, Node, OddXml, masked, parse, read_attributes

_ROOT = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?[^<>]*\?>)?\s*(?=<([^\s<>/?!:]+:)?worksheet[\s/>])(<[^\s<>/]+%s>)" % INSIDE_TAG
)

Area = tuple[int, int, int, int]
"""Inclusive (top, left, bottom, right)."""


class CellSpan(NamedTuple):
    """A cell that the XML holds."""

    column: int
    node: Node

    def style(self) -> int | None:
        """Return the number of its style, None where it names none."""
        return self.node.number("s") if "s" in self.node.attributes else None

    def formula(self) -> Node | None:
        """Return its formula element."""
        return self.node.child("f")


class SheetText:
    """The XML of one worksheet; `head` and `tail` are the elements before and after the rows.

    Raises OddXml for what cannot be changed safely.
    """

    def __init__(self, text: bytes) -> None:
        self.text, self.seen = text, masked(text)
        root = _root(self.seen)
        self.prefix = root.prefix
        self.strict = b"http://purl.oclc.org/ooxml/" in root.tag
        self._find_data()
        last = self.seen.rfind(b"</%sworksheet" % self.prefix)
        self.head = parse(self.seen, root.opened, self.data.start)
        self.tail = parse(self.seen, self.data.end, last)
        self._refuse_oddities()
        self._index_rows()

    def _find_data(self) -> None:
        name = self.prefix + b"sheetData"
        hit = re.compile(rb"<%s(?=[\s/>])%s/?>" % (name, INSIDE_TAG)).search(self.seen)
        if hit is None:
            raise OddXml
        self.data = Node(self.prefix, "sheetData", hit.span(), hit[0], None)
        if not self.data.self_closed:
            closing = self.seen.rfind(b"</" + name)
            end = self.seen.find(b">", closing) + 1
            if closing < self.data.opened or end <= 0 or self.seen.find(b"<" + name, self.data.opened, closing) >= 0:
                raise OddXml
            self.data.closing, self.data.end = closing, end
        if self.seen.find(b"<" + name, self.data.end) >= 0:
            raise OddXml

    def _refuse_oddities(self) -> None:
        """Refuse rows and cells under another prefix, and rows that depend on what a program understands."""
        first, last = self.data.opened, self.data.closing
        if self.prefix:
            odd, sure = b"<(?:row|c)[\\s/>]", b"<(?:row|c)[\\s/>]"
        else:
            odd, sure = b":(?:row|c)[\\s/>]", b"<[^\\s:<>/]+:(?:row|c)[\\s/>]"
        if re.compile(odd).search(self.seen, first, last) and re.compile(sure).search(self.seen, first, last):
            raise OddXml
        if self.seen.find(b"AlternateContent", first, last) >= 0:
            raise OddXml

    def _index_rows(self) -> None:
        self.numbers, self._starts = array("I"), array("Q")
        pattern = re.compile(rb'<%srow(?=[\s/>])(?:\s+r="([0-9]{1,7})")?(%s)/?>' % (self.prefix, INSIDE_TAG))
        number = 0
        for hit in pattern.finditer(self.seen, self.data.opened, self.data.closing):
            before, number = number, int(hit[1]) if hit[1] else _row_number(hit[2], number + 1)
            if not before < number <= MAX_ROW:
                raise OddXml
            self.numbers.append(number)
            self._starts.append(hit.start())

    def place(self, number: int) -> int:
        """Return where in the index this row is, or would be."""
        return bisect_left(self.numbers, number)

    def start(self, place: int) -> int:
        """Return where the row at this place begins, or where the rows end."""
        return self._starts[place] if place < len(self._starts) else self.data.closing

    def row(self, number: int) -> Node | None:
        """Return the row with its cells, None where the XML has none of this number."""
        place = self.place(number)
        if place == len(self.numbers) or self.numbers[place] != number:
            return None
        nodes = parse(self.seen, self._starts[place], self.start(place + 1))
        if len(nodes) != 1:
            raise OddXml
        return nodes[0]

    def cells(self, number: int) -> list[CellSpan]:
        """Return the cells of the row that the XML holds, from left to right."""
        row = self.row(number)
        return list(self.cells_in(row, number)) if row else []

    def cells_in(self, row: Node, number: int) -> Iterator[CellSpan]:
        """Yield the cells of a row; one without `r` follows the cell before it."""
        column = 0
        for node in row.children:
            if node.name != "c":
                continue
            place = parse_cell(node.get("r")) if "r" in node.attributes else (number, column + 1)
            if place is None or place[0] != number or not column < place[1] <= MAX_COLUMN:
                raise OddXml
            column = place[1]
            yield CellSpan(column, node)

    def is_blank(self, cell: CellSpan) -> bool:
        """Whether the cell has neither a value nor a formula."""
        return not any(
            node.name == "f" or (node.name in ("v", "is") and node.opened < node.closing) for node in cell.node.children
        )

    def last_used_row(self) -> int:
        """Return the last row with a value or a formula, 0 where there is none."""
        for number in reversed(self.numbers):
            if not all(map(self.is_blank, self.cells(number))):
                return number
        return 0

    def first_used_row(self) -> int:
        """Return the first row with a value or a formula, 0 where there is none."""
        return next((row for row in self.numbers if not all(map(self.is_blank, self.cells(row)))), 0)

    def elements(self, name: str) -> Iterator[Node]:
        """Yield the sheet's own elements of this name, directly under the root."""
        return (node for node in (*self.head, *self.tail) if node.name == name and node.prefix == self.prefix)

    def column_style(self, column: int) -> int:
        """Return the number of the column's style, 0 for none."""
        for cols in self.elements("cols"):
            for node in cols.children:
                if node.number("min") <= column <= node.number("max"):
                    return node.number("style")
        return 0

    def merges(self) -> list[Area]:
        """Return the merged ranges."""
        nodes = (node for group in self.elements("mergeCells") for node in group.children)
        return [area for area in (parse_range(node.get("ref")) for node in nodes) if area]

    def array_areas(self) -> list[Area]:
        """Return the ranges of array and data-table formulas."""
        first = self.seen.find(b"f", self.data.opened, self.data.closing)
        if first < 0 or self.seen.find(b"ref", first - 2, self.data.closing) < 0:
            return []
        pattern = re.compile(rb"<%sf(?=\s)[^<>]*\st\s*=\s*[\"'](?:array|dataTable)[\"'][^<>]*>" % self.prefix)
        tags = pattern.findall(self.seen, self.data.opened, self.data.closing)
        return [area for area in (parse_range(read_attributes(tag).get("ref", "")) for tag in tags) if area]

    def protected(self) -> bool:
        """Whether the sheet is protected against changes by hand."""
        return any(node.truth("sheet") for node in self.elements("sheetProtection"))


def _root(seen: bytes) -> Node:
    """Return the root's first tag, without what is in it."""
    hit = _ROOT.match(seen)
    if hit is None:
        raise OddXml
    return Node(hit[1] or b"", "worksheet", hit.span(2), hit[2], None)


def _row_number(inside: bytes, following: int) -> int:
    """Return the row's number from its attributes; a row without one follows the row before."""
    text = read_attributes(inside).get("r") if b"r" in inside else None
    if text is None:
        return following
    if not text.isascii() or not text.isdigit():
        raise OddXml
    return int(text)
