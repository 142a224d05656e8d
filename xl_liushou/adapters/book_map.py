"""What a workbook file says about itself: its sheets, where they lie, their Tables, its date system.

Works for transitional and Strict OOXML alike: elements are known by their local name, relationships
by the last word of their type.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from typing import NamedTuple
from xml.parsers import expat

from xl_liushou.adapters.cell_ref import parse_range
from xl_liushou.adapters.package import Package
from xl_liushou.adapters.sheet_scan import is_utf8
from xl_liushou.core.errors import UnusableInput
from xl_liushou.core.rawsheet import RawTable

Element = tuple[str, dict[str, str]]
"""Local name and attributes (by local name) of one element."""


class SheetPart(NamedTuple):
    """A worksheet's name, the part that holds it, and its Tables."""

    name: str
    part: str
    tables: tuple[RawTable, ...] = ()


class BookMap(NamedTuple):
    """The worksheets in the order of their tabs, and the parts that their cells need.

    `plain` means that python-calamine finds the very same parts: it looks at fixed places, knows
    the prefix `r:` only, and takes every encoding for UTF-8. `main` is the workbook's own part.
    """

    sheets: tuple[SheetPart, ...]
    date1904: bool
    strings: str | None
    styles: str | None
    plain: bool
    main: str


class Link(NamedTuple):
    """A relationship inside the package: the last word of its type, the part, the target as written."""

    kind: str
    part: str
    target: str


_PLACES = {"worksheet": "xl/worksheets/", "sharedStrings": "xl/sharedStrings.xml", "styles": "xl/styles.xml"}
_PLAIN_SHEET = re.compile(rb"<sheet\s[^>]*\sr:id=")


def map_book(package: Package) -> BookMap:
    """The map of the workbook in `package`.

    Raises UnusableInput for what is no .xlsx or .xlsm, HostileInput for a DTD.
    """
    main = _main_part(package)
    data = package.read(main)
    elements = read_elements(package, data)
    if not elements or elements[0][0] != "workbook":
        raise _not_a_workbook(package)
    targets = relationships(package, main)
    sheets = _sheets(package, elements, targets)
    strings = _only(targets, "sharedStrings", package)
    styles = _only(targets, "styles", package)
    plain = (
        package.names() >= {main, *(sheet.part for sheet in sheets)}
        and main == "xl/workbook.xml"
        and is_utf8(data)
        and len(_PLAIN_SHEET.findall(data)) == sum(name == "sheet" for name, _ in elements)
        and all(_is_plain(targets, kind) for kind in ("worksheet", "sharedStrings", "styles"))
    )
    return BookMap(tuple(sheets), _date1904(elements), strings, styles, plain, main)


def _is_plain(targets: dict[str, Link], kind: str) -> bool:
    """Tell whether all links of this kind lead where python-calamine goes, by the shortest way."""
    return all(
        link.target in ("/" + link.part, link.part.removeprefix("xl/")) and link.part.startswith(_PLACES[kind])
        for link in targets.values()
        if link.kind == kind
    )


def _sheet_tables(package: Package, sheet: str) -> tuple[RawTable, ...]:
    """The Tables on the sheet in this part; one without a header row is left out, for it names no columns."""
    parts = [link.part for link in relationships(package, sheet).values() if link.kind == "table"]
    tables = (_table(read_elements(package, package.read(part))) for part in parts if package.has(part))
    return tuple(table for table in tables if table)


def read_elements(package: Package, data: bytes) -> list[Element]:
    """All elements of a small part in document order.

    Raises HostileInput for a DTD or very many elements, UnusableInput for what is not well-formed XML.
    """
    elements: list[Element] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        package.elements_left -= 1
        if package.elements_left < 0:
            raise package.hostile()
        elements.append((_local(name), {_local(key): value for key, value in attributes.items()}))

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = start
    parse_safely(package, parser, data)
    return elements


def parse_safely(package: Package, parser: expat.XMLParserType, data: bytes) -> None:
    """Let `parser` read the whole of `data`; a DTD is HostileInput, broken XML is UnusableInput."""

    def refuse(*_: object) -> None:
        raise package.hostile()

    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, ValueError, LookupError):
        raise package.broken() from None


def _local(name: str) -> str:
    return name.rpartition(" ")[2]


def _main_part(package: Package) -> str:
    """The part that the package's own relationships call its document."""
    if not package.has("_rels/.rels"):
        raise _not_a_workbook(package)
    documents = [link.part for link in relationships(package, "").values() if link.kind == "officeDocument"]
    if not documents or not package.has(documents[0]) or documents[0].lower().endswith(".bin"):
        raise _not_a_workbook(package)
    return documents[0]


def relationships(package: Package, part: str) -> dict[str, Link]:
    """Return the part's links inside the package by their ids."""
    folder, file = posixpath.split(part)
    rels = posixpath.join(folder, "_rels", file + ".rels")
    if not package.has(rels):
        return {}
    found: dict[str, Link] = {}
    for name, attributes in read_elements(package, package.read(rels)):
        if name != "Relationship" or attributes.get("TargetMode") == "External":
            continue
        key = attributes.get("Id", "")
        if key in found:
            raise package.broken()
        kind = attributes.get("Type", "").rpartition("/")[2]
        target = attributes.get("Target", "")
        found[key] = Link(kind, _absolute(package, folder, target), target)
    return found


def _absolute(package: Package, folder: str, target: str) -> str:
    """Return the part that a target means; some programs leave out the slash before an absolute one."""
    part = posixpath.normpath(posixpath.join("/" + folder, target)).lstrip("/")
    return target if package.has(target) and not package.has(part) else part


def _sheets(package: Package, elements: list[Element], targets: dict[str, Link]) -> list[SheetPart]:
    """The worksheets; chart, dialog and macro sheets have no rows to read and are left out."""
    sheets = []
    for name, attributes in elements:
        link = targets.get(attributes.get("id", "")) if name == "sheet" else None
        if link is None or link.kind != "worksheet":
            continue
        if not package.has(link.part):
            raise package.broken()
        sheets.append(SheetPart(attributes.get("name", ""), link.part, _sheet_tables(package, link.part)))
    if not sheets or len({sheet.name for sheet in sheets}) != len(sheets):
        raise package.broken()
    return sheets


def _only(targets: dict[str, Link], kind: str, package: Package) -> str | None:
    return next((link.part for link in targets.values() if link.kind == kind and package.has(link.part)), None)


def _date1904(elements: list[Element]) -> bool:
    properties = next((attributes for name, attributes in elements if name == "workbookPr"), {})
    return properties.get("date1904", "") in ("1", "true")


def _table(elements: list[Element]) -> RawTable | None:
    name, attributes = elements[0] if elements else ("", {})
    edges = parse_range(attributes.get("ref", ""))
    if name != "table" or edges is None or attributes.get("headerRowCount") == "0":
        return None
    return RawTable(attributes.get("displayName") or attributes.get("name", ""), *edges)


_KINDS: list[tuple[Callable[[Package], bool], str]] = [
    (lambda package: package.has("xl/workbook.bin"), "是 .xlsb 格式的工作簿"),
    (lambda package: package.has("content.xml"), "是 .ods 格式的文件"),
    (lambda package: package.has("word/document.xml"), "是 Word 文档，不是工作簿"),
]


def _not_a_workbook(package: Package) -> UnusableInput:
    what = next((text for test, text in _KINDS if test(package)), "不是 Excel 工作簿")
    return UnusableInput(
        f"“{package.name}”{what}。请选对文件；如果是表格，请用 Excel 或 WPS 打开它，“另存为”.xlsx 工作簿后再试。"
    )
