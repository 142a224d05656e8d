"""An Excel Table's own part: where it lies, which columns calculate themselves, and its new range."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, NamedTuple

from xl_liushou.adapters.cell_ref import parse_range
from xl_liushou.adapters.sheet_ranges import reference
from xl_liushou.adapters.sheet_text import Area
from xl_liushou.adapters.xml_spans import OddXml, Splice, changed, inner_text, root_of, with_attribute

_LITERAL: Final = re.compile(r'"[^"]*"|\'[^\']*\'!?|\[(?:[^\[\]]|\[[^\[\]]*\])*\]')
_RELATIVE: Final = re.compile(r"(?<![\w.$])\$?[A-Za-z]{1,3}[0-9]{1,7}(?![\w.(])|(?<![\w.$])[0-9]+:[0-9]+")


class Calculated(NamedTuple):
    """The formula that a column fills itself with, without its "="."""

    formula: str
    array: bool

    def is_movable(self) -> bool:
        """Whether the same text is right in every row: it names no cell by a row that would have to change."""
        return not _RELATIVE.search(_LITERAL.sub("", self.formula))


class TablePart(NamedTuple):
    """A Table; `number` is its id, `area` includes header and totals, `calculated` is by the sheet's columns."""

    part: str
    number: int
    name: str
    area: Area
    header_rows: int
    totals_rows: int
    external: bool
    calculated: Mapping[int, Calculated]

    @property
    def first_row(self) -> int:
        """The first row below the header."""
        return self.area[0] + self.header_rows


def read_table(part: str, text: bytes) -> TablePart:
    """Read the part; raises OddXml for what is no Table."""
    root = root_of(text)
    area = parse_range(root.get("ref"))
    columns = root.child("tableColumns")
    if root.name != "table" or area is None or columns is None:
        raise OddXml
    calculated = {}
    for place, column in enumerate(node for node in columns.children if node.name == "tableColumn"):
        if node := column.child("calculatedColumnFormula"):
            calculated[area[1] + place] = Calculated(inner_text(text, node), node.truth("array"))
    return TablePart(
        part,
        root.number("id"),
        root.get("displayName") or root.get("name"),
        area,
        root.number("headerRowCount", 1),
        root.number("totalsRowCount"),
        root.get("tableType", "worksheet") != "worksheet",
        calculated,
    )


def with_bottom(text: bytes, bottom: int, refilled: bool = False) -> bytes:
    """Return the part of a Table without totals row that now ends at row `bottom`, its filter and order with it.

    A Table `refilled` with other rows shows them all: what it was filtered and sorted by is gone.
    """
    root = root_of(text)
    splices: list[Splice] = []
    old = parse_range(root.get("ref"))
    for node in root.walk():
        area = parse_range(node.get("ref"))
        if refilled and node.name in ("filterColumn", "sortState") and node.parent in (root, root.child("autoFilter")):
            splices.append((node.start, node.end, b""))
            continue
        if area is None or old is None or area[2] != old[2] or node.name not in ("table", "autoFilter", "sortState"):
            continue
        tag = with_attribute(node.tag, "ref", reference((*area[:2], bottom, area[3])))
        splices.append((node.start, node.opened, with_attribute(tag, "insertRow", None) if node is root else tag))
    return changed(text, splices)
