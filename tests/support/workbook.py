"""A workbook's parts as the rules want to see them: sheets, cells, Tables, names and formulas."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from lxml import etree

from tests.support.package import RELATIONSHIP_NAMESPACES, Package, values

_A1 = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384


class Range(NamedTuple):
    """A rectangle of cells; rows and columns count from 1, both ends included."""

    top: int
    left: int
    bottom: int
    right: int

    def overlaps(self, other: Range) -> bool:
        """Tell whether the two rectangles share a cell."""
        rows = self.top <= other.bottom and other.top <= self.bottom
        return rows and self.left <= other.right and other.left <= self.right

    def holds(self, other: Range) -> bool:
        """Tell whether the other rectangle lies wholly inside."""
        rows = self.top <= other.top and other.bottom <= self.bottom
        return rows and self.left <= other.left and other.right <= self.right


class Cell(NamedTuple):
    """One cell element with its place."""

    row: int
    column: int
    element: etree._Element


@dataclass(frozen=True)
class Sheet:
    """One worksheet (or chart sheet) of the workbook."""

    name: str
    part: str
    root: etree._Element

    def cells(self) -> Iterator[Cell]:
        """Yield every cell; a row or cell without an address follows the one before it."""
        row = 0
        for row_element in self.root.iterfind("{*}sheetData/{*}row"):
            row = int(row_element.get("r", row + 1))
            yield from _row_cells(row_element, row)

    def merges(self) -> list[Range]:
        """Return the merged ranges."""
        return [parse_range(merge.get("ref", "")) for merge in self.root.iterfind("{*}mergeCells/{*}mergeCell")]


@dataclass(frozen=True)
class Table:
    """One Table and the sheet it stands on."""

    part: str
    sheet: Sheet
    root: etree._Element

    @property
    def name(self) -> str:
        """The name formulas use."""
        return self.root.get("displayName", "")

    @property
    def range(self) -> Range:
        """The whole Table, header and totals included."""
        return parse_range(self.root.get("ref", ""))

    @property
    def columns(self) -> list[etree._Element]:
        """The tableColumn elements, left to right."""
        return list(self.root.iterfind("{*}tableColumns/{*}tableColumn"))

    @property
    def header_rows(self) -> int:
        """1, or 0 for a Table without a header row."""
        return int(self.root.get("headerRowCount", "1"))

    @property
    def totals_rows(self) -> int:
        """1 for a Table with a totals row, else 0."""
        return int(self.root.get("totalsRowCount", "0"))


class Workbook:
    """The parsed workbook of a package."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.root = package.xml(package.main)

    @cached_property
    def sheet_elements(self) -> list[etree._Element]:
        """The sheet elements of the workbook part, in order."""
        return list(self.root.iterfind("{*}sheets/{*}sheet"))

    @cached_property
    def sheets(self) -> list[Sheet]:
        """The sheets whose part exists."""
        links = {link.id: link for link in self.package.relationships(self.package.main)}
        found = ((element, links.get(relationship_id(element))) for element in self.sheet_elements)
        return [self._sheet(element.get("name", ""), link.target) for element, link in found if link]

    def _sheet(self, name: str, target: str) -> Sheet:
        part = self.package.existing(target)
        return Sheet(name, part, self.package.xml(part))

    @cached_property
    def tables(self) -> list[Table]:
        """The Tables of all sheets."""
        pairs = [(part, sheet) for sheet in self.sheets for part in self.package.related(sheet.part, "table")]
        return [Table(part, sheet, self.package.xml(part)) for part, sheet in pairs]

    @cached_property
    def defined_names(self) -> list[etree._Element]:
        """The definedName elements."""
        return list(self.root.iterfind("{*}definedNames/{*}definedName"))

    @cached_property
    def styles(self) -> etree._Element | None:
        """The root of the styles part."""
        return next((self.package.xml(part) for part in self.package.related(self.package.main, "styles")), None)

    @cached_property
    def shared_strings(self) -> list[str]:
        """The shared strings as a reader sees them."""
        parts = self.package.related(self.package.main, "sharedStrings")
        return [rich_text(item) for part in parts for item in self.package.xml(part).iterfind("{*}si")]

    def is_text(self, cell: Cell) -> bool:
        """Tell whether the cell holds a string, not a number, a formula or nothing."""
        return cell.element.get("t") in {"s", "inlineStr", "str"} and cell.element.find("{*}f") is None

    def text(self, cell: Cell) -> str:
        """Return the cell's text as a reader sees it, escapes decoded."""
        kind = cell.element.get("t")
        if kind == "inlineStr":
            inline = cell.element.find("{*}is")
            return "" if inline is None else rich_text(inline)
        value = cell.element.findtext("{*}v") or ""
        if kind == "s":
            return self.shared_strings[int(value)]
        return unescape(value)


def relationship_id(element: etree._Element) -> str:
    """Return an element's r:id, empty when it has none."""
    return next((v for space in RELATIONSHIP_NAMESPACES if (v := element.get(f"{{{space}}}id"))), "")


def parse_range(text: str) -> Range:
    """Parse 'B2:D9' or 'B2'; raises ValueError for anything else."""
    ends = [_A1.fullmatch(end) for end in text.split(":")]
    if not 1 <= len(ends) <= 2 or None in ends:
        raise ValueError(f"{text!r} is no range of cells")
    (left, top), (right, bottom) = ((column_number(end[1]), int(end[2])) for end in (ends[0], ends[-1]) if end)
    return Range(top, left, bottom, right)


def column_number(letters: str) -> int:
    """Return 1 for A, 27 for AA."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def unescape(text: str) -> str:
    """Decode Excel's escapes: '_x000a_' is a line break (ECMA-376 part 1, 22.9.2.19 ST_Xstring)."""
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)


def rich_text(item: etree._Element) -> str:
    """Return the text of an si or is element without its phonetic hints."""
    runs = values(item, "./*[local-name()='t']/text() | ./*[local-name()='r']/*[local-name()='t']/text()")
    return unescape("".join(runs))


def utf16_length(text: str) -> int:
    """Return the length as Excel counts it: in UTF-16 units, so a rare character or emoji counts two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def formula_elements(root: etree._Element) -> Iterator[etree._Element]:
    """Yield the elements of a sheet or Table part that hold a formula, also those of the x14 extensions."""
    for element in root.iter("{*}f", "{*}formula", "{*}formula1", "{*}formula2", "{*}calculatedColumnFormula"):
        if element.text:
            yield element


def _row_cells(row_element: etree._Element, row: int) -> Iterator[Cell]:
    column = 0
    for element in row_element.iterfind("{*}c"):
        address = element.get("r")
        column = parse_range(address).left if address else column + 1
        yield Cell(row, column, element)
