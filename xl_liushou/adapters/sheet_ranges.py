"""What a sheet says about ranges of its cells: dimension, filter, formats, validations, hyperlinks.

When rows are added below row `anchor`, what covered that row is made to cover the new ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from xl_liushou.adapters.cell_ref import parse_range
from xl_liushou.adapters.sheet_text import Area, SheetText
from xl_liushou.adapters.xml_spans import Node, Splice, append_splice, attribute_splice, inner_text, quoted
from xl_liushou.core.table import letters

_BEFORE_LINKS: Final = frozenset({
    "sheetCalcPr", "sheetProtection", "protectedRanges", "scenarios", "autoFilter", "sortState", "dataConsolidate",
    "customSheetViews", "mergeCells", "phoneticPr", "conditionalFormatting", "dataValidations",
})  # fmt: skip
"""What comes between `sheetData` and `hyperlinks` (ECMA-376 part 1, CT_Worksheet)."""
_COVERING: Final = {"conditionalFormatting": "sqref", "dataValidation": "sqref", "ignoredError": "sqref"}


class Growth(NamedTuple):
    """New rows `anchor` + 1 to `bottom` in the columns `left` to `right`, under row `anchor`."""

    anchor: int
    bottom: int
    left: int
    right: int

    def covers_last(self, area: Area) -> bool:
        """Whether the range covers the row above the new ones, but not all of these."""
        top, left, bottom, right = area
        return top <= self.anchor <= bottom < self.bottom and left <= self.right and self.left <= right

    def stretched(self, area: Area) -> list[Area]:
        """Return the ranges to put for `area`: itself down to the last new row, in the new rows' columns only."""
        top, left, bottom, right = area
        if not self.covers_last(area):
            return [area]
        if self.left <= left and right <= self.right:
            return [(top, left, self.bottom, right)]
        return [area, (bottom + 1, max(left, self.left), self.bottom, min(right, self.right))]


def reference(area: Area) -> str:
    """Return a range as the file writes it: "A1:B2", or "A1" for one cell."""
    top, left, bottom, right = area
    first, last = f"{letters(left)}{top}", f"{letters(right)}{bottom}"
    return first if first == last else f"{first}:{last}"


def overlap(one: Area, other: Area) -> bool:
    """Whether two ranges have a cell in common."""
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]


def dimension_splices(sheet: SheetText, written: Area) -> Iterator[Splice]:
    """Yield the change that makes the sheet's dimension hold the cells written; a sheet without one stays so."""
    for node in sheet.elements("dimension"):
        old = parse_range(node.get("ref"))
        if old:
            new = min(old[0], written[0]), min(old[1], written[1]), max(old[2], written[2]), max(old[3], written[3])
            if new != old:
                yield attribute_splice(node, "ref", reference(new))


def growth_splices(sheet: SheetText, growth: Growth) -> Iterator[Splice]:
    """Yield the changes that make everything cover the new rows that covered the last one."""
    validated = list(_validated(sheet))
    for node in (node for top in sheet.tail for node in top.walk()):
        kind = _covering(node)
        if kind == "text":
            old = inner_text(sheet.text, node)
            if (new := _grown(old, growth, _others(validated, node))) != old:
                yield node.opened, node.closing, quoted(new)
        elif kind:
            old = node.get(kind)
            if (new := _grown(old, growth, _others(validated, node))) != old:
                yield attribute_splice(node, kind, new)


def filter_splices(sheet: SheetText, growth: Growth) -> Iterator[Splice]:
    """Yield the changes to the sheet's own filter, and to the order it was sorted in."""
    for node in [*sheet.elements("autoFilter"), *sheet.elements("sortState")]:
        area = parse_range(node.get("ref"))
        if area and growth.covers_last(area):
            yield attribute_splice(node, "ref", reference((*area[:2], growth.bottom, area[3])))


def _covering(node: Node) -> str:
    """Return the attribute in which an element names the cells it covers, "text" for its text, else nothing."""
    above = node.parent.name if node.parent else ""
    if node.name == "sqref" and above in ("conditionalFormatting", "dataValidation"):
        return "text"  # Office 2010's kin in extLst, [MS-XLSX] 2.3.2
    if node.name == "hyperlink" and ":" in node.get("ref"):
        return "ref"
    return _COVERING.get(node.name, "") if _COVERING.get(node.name, "") in node.attributes else ""


def _validated(sheet: SheetText) -> Iterator[tuple[Node, list[Area]]]:
    """Yield the validations with the ranges they cover: two must never cover one cell."""
    for node in (node for top in sheet.tail for node in top.walk()):
        if node.name == "dataValidation":
            kin = node.child("sqref")
            yield node, list(_areas(inner_text(sheet.text, kin) if kin else node.get("sqref")))


def _others(validated: list[tuple[Node, list[Area]]], node: Node) -> list[Area]:
    """Return what the other validations cover, where `node` is one."""
    own = node.parent if node.name == "sqref" else node
    if own is None or own.name != "dataValidation":
        return []
    return [area for other, areas in validated if other is not own for area in areas]


def _areas(text: str) -> Iterator[Area]:
    return (area for area in map(parse_range, text.split()) if area)


def _grown(text: str, growth: Growth, others: Iterable[Area]) -> str:
    """Return the list of ranges with those stretched that cover the last row; ranges that are not understood stay."""
    grown: list[str] = []
    for part in text.split():
        area = parse_range(part)
        if area is None or not growth.covers_last(area):
            grown.append(part)
            continue
        added = area[2] + 1, max(area[1], growth.left), growth.bottom, min(area[3], growth.right)
        free = not any(overlap(added, other) for other in others)
        grown += map(reference, growth.stretched(area) if free else [area])
    return " ".join(grown) if grown != text.split() else text


def link_splices(sheet: SheetText, links: Mapping[tuple[int, int], str], cleared: Area | None) -> list[Splice]:
    """Return the changes that take away the links within `cleared` and add new ones to places in the workbook."""
    group = next(sheet.elements("hyperlinks"), None)
    gone = [node for node in (group.children if group else ()) if _goes(node, links, cleared)]
    new = b"".join(_link(sheet.prefix, cell, location) for cell, location in sorted(links.items()))
    if group and not new and len(gone) == len(group.children):
        return [(group.start, group.end, b"")]
    splices: list[Splice] = [(node.start, node.end, b"") for node in gone]
    if not new:
        return splices
    if group:
        return splices + append_splice(group, new)
    before = [node for node in sheet.tail if node.name in _BEFORE_LINKS and node.prefix == sheet.prefix]
    at = before[-1].end if before else sheet.data.end
    return [(at, at, b"<%shyperlinks>%s</%shyperlinks>" % (sheet.prefix, new, sheet.prefix))]


def _goes(node: Node, links: Mapping[tuple[int, int], str], cleared: Area | None) -> bool:
    area = parse_range(node.get("ref"))
    if area is None:
        return False
    inside = cleared is not None and cleared[0] <= area[0] and area[2] <= cleared[2]
    return inside and overlap(area, cleared) if cleared and inside else area[:2] == area[2:] and area[:2] in links


def _link(prefix: bytes, cell: tuple[int, int], location: str) -> bytes:
    return b'<%shyperlink ref="%s" location="%s"/>' % (prefix, reference((*cell, *cell)).encode(), quoted(location))
