"""The workbook's own part: recalculation on load, names that follow a filter, and a calculation chain that goes."""

from __future__ import annotations

import posixpath
import re
from typing import Final

from xl_liushou.adapters.book_map import relationships
from xl_liushou.adapters.cell_ref import parse_range
from xl_liushou.adapters.package import Package, part_key
from xl_liushou.adapters.sheet_ranges import Growth
from xl_liushou.adapters.xml_spans import (
    Node,
    OddXml,
    Splice,
    attribute_splice,
    changed,
    inner_text,
    quoted,
    root_of,
)

_BEFORE_CALC: Final = frozenset({
    "fileVersion", "fileSharing", "workbookPr", "AlternateContent", "revisionPtr", "workbookProtection", "bookViews",
    "sheets", "functionGroups", "externalReferences", "definedNames",
})  # fmt: skip
"""What comes before `calcPr` (ECMA-376 part 1, CT_Workbook, and what Excel writes between)."""
_FOLLOWING: Final = ("_xlnm._FilterDatabase", "_xlnm.Print_Area")
_RANGE: Final = re.compile(r"'(?:[^']|'')*'|(\$?[A-Za-z]{1,3}\$?[0-9]{1,7}:\$?[A-Za-z]{1,3}\$?)([0-9]{1,7})")


def recalculated(text: bytes) -> bytes:
    """The workbook part asking Excel to calculate all formulas when it opens; manual mode stays."""
    root = root_of(text)
    if found := root.child("calcPr"):
        return (
            text if found.truth("fullCalcOnLoad") else changed(text, [attribute_splice(found, "fullCalcOnLoad", "1")])
        )
    before = [node for node in root.children if node.name in _BEFORE_CALC]
    if not before:
        raise OddXml
    at = before[-1].end
    return changed(text, [(at, at, b'<%scalcPr fullCalcOnLoad="1"/>' % root.prefix)])


def sheet_nodes(root: Node) -> list[Node]:
    """The entries of all sheets, in the order of their tabs."""
    sheets = root.child("sheets")
    if sheets is None:
        raise OddXml
    return [node for node in sheets.children if node.name == "sheet"]


def defined_names(text: bytes) -> list[str]:
    """The names that the workbook part defines."""
    names = root_of(text).child("definedNames")
    return [node.get("name") for node in names.children] if names else []


def grown_names(text: bytes, sheet: str, growth: Growth) -> bytes:
    """The workbook part with the sheet's filter and print area covering the new rows, if they covered the last."""
    root = root_of(text)
    names = root.child("definedNames")
    index = [node.get("name") for node in sheet_nodes(root)].index(sheet)
    splices: list[Splice] = []
    for node in names.children if names else ():
        if node.get("name") in _FOLLOWING and node.get("localSheetId") == str(index):
            old = inner_text(text, node)
            new = old if "(" in old else _RANGE.sub(lambda hit: _grown(hit, growth), old)
            if new != old:
                splices.append((node.opened, node.closing, quoted(new)))
    return changed(text, splices)


def _grown(hit: re.Match[str], growth: Growth) -> str:
    area = parse_range(hit[0].replace("$", "")) if hit[1] else None
    return f"{hit[1]}{growth.bottom}" if area and growth.covers_last(area) else hit[0]


def rels_part(part: str) -> str:
    """The part that holds the relationships of `part`."""
    folder, file = posixpath.split(part)
    return posixpath.join(folder, "_rels", file + ".rels")


def without_link(text: bytes, kind: str) -> bytes:
    """The relationships without those of one type, given by its last word."""
    nodes = (node for node in root_of(text).children if node.get("Type").rpartition("/")[2] == kind)
    return changed(text, [(node.start, node.end, b"") for node in nodes])


def without_override(text: bytes, part: str) -> bytes:
    """The content types without the entry of one part."""
    nodes = (node for node in root_of(text).children if part_key(node.get("PartName").lstrip("/")) == part_key(part))
    return changed(text, [(node.start, node.end, b"") for node in nodes])


def is_signed(package: Package) -> bool:
    """Whether the package carries a digital signature; the signature of a VBA project does not count."""
    linked = any(link.kind == "origin" for link in relationships(package, "").values())
    return linked or any(part_key(name).startswith("_xmlsignatures/") for name in package.names())


def is_shared(package: Package) -> bool:
    """Whether the workbook is shared the old way, with a log of revisions."""
    return any("/revisions/" in "/" + part_key(name) for name in package.names())
