"""What the tests of the lossless writer share: workbooks to patch, surgery on their parts, and looks at the result."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

import openpyxl
import pytest
from lxml import etree
from openpyxl.worksheet.table import Table
from python_calamine import CalamineWorkbook

from tests.adapters.raw_book import LINKS, MAIN
from xl_liushou.adapters.package import Package
from xl_liushou.adapters.workbook_patch import patch
from xl_liushou.core.edits import Edit
from xl_liushou.core.errors import PatchRefused

SHEET = "xl/worksheets/sheet1.xml"
BOOK = "xl/workbook.xml"
STYLES = "xl/styles.xml"
TABLE = "xl/tables/table1.xml"
_STRICT = {
    MAIN: "http://purl.oclc.org/ooxml/spreadsheetml/main",
    LINKS: "http://purl.oclc.org/ooxml/officeDocument/relationships",
}


def book(edit: Callable[[Any], object] | None = None, rows: int = 3, table: bool = True, width: int = 3) -> bytes:
    """A workbook by openpyxl: sheet 表 with header 甲 乙 丙 ..., data rows ("a2", 2, None), and a Table over them."""
    made = openpyxl.Workbook()
    sheet: Any = made.worksheets[0]
    sheet.title = "表"
    sheet.append(list("甲乙丙丁戊")[:width])
    for row in range(2, rows + 2):
        sheet.append([f"a{row}", row, None][:width])
    if table:
        sheet.add_table(Table(displayName="台账", ref=f"A1:{'ABCDE'[width - 1]}{max(rows, 1) + 1}"))
    made.create_sheet("别的").append(["不动", 1])
    if edit:
        edit(sheet)
    buffer = io.BytesIO()
    made.save(buffer)
    return surgery(buffer.getvalue(), BOOK, (' fullCalcOnLoad="1"', ""))


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def part(data: bytes, name: str) -> str:
    return parts(data)[name].decode()


def zipped(content: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in content.items():
            archive.writestr(name, text)
    return buffer.getvalue()


def surgery(data: bytes, name: str, *changes: tuple[str, str]) -> bytes:
    """The workbook with one part changed: each old text, which must be there, by its new one."""
    content = parts(data)
    text = content[name].decode()
    for old, new in changes:
        assert old in text, f"{old!r} is not in {text[:3000]}"
        text = text.replace(old, new, 1)
    return zipped({**content, name: text.encode()})


def with_parts(data: bytes, **more: bytes) -> bytes:
    return zipped({**parts(data), **more})


def with_rows(rows: str, after: str = "", before: str = "") -> bytes:
    """A workbook without a Table whose first sheet has these rows as XML."""
    data = book(table=False)
    content = parts(data)
    content[SHEET] = (
        f'<worksheet xmlns="{MAIN}" xmlns:r="{LINKS}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'
    ).encode()
    return zipped(content)


def as_strict(data: bytes) -> bytes:
    """The workbook in the namespaces of Strict OOXML."""
    content = parts(data)
    for name, text in content.items():
        for old, new in _STRICT.items():
            text = text.replace(old.encode(), new.encode())
        content[name] = text
    return zipped(content)


def packed(data: bytes) -> dict[str, bytes]:
    """The parts as they lie in the zip, compressed."""
    package = Package(data, "x")
    return {name: bytes(package.packed(name)) for name in package.names()}


def touched(before: bytes, after: bytes) -> set[str]:
    """The names of the parts that are not the same compressed bytes, gone ones and new ones too."""
    old, new = packed(before), packed(after)
    return {name for name in old.keys() | new.keys() if old.get(name) != new.get(name)}


def reason(data: bytes, *edits: Edit) -> str:
    """Why these edits are refused."""
    with pytest.raises(PatchRefused) as caught:
        patch(data, edits)
    assert re.search("[一-鿿]", caught.value.message)
    return caught.value.reason


def grid(data: bytes, sheet: str = "表") -> list[list[Any]]:
    """What python-calamine reads from A1 on, whole numbers as int."""
    found = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_name(sheet)
    return [[_plain(value) for value in row] for row in found.to_python(skip_empty_area=False)]


def openpyxl_sheet(data: bytes, sheet: str = "表") -> Any:
    return openpyxl.load_workbook(io.BytesIO(data))[sheet]


def _plain(value: Any) -> Any:
    whole = isinstance(value, float) and value.is_integer()
    return int(value) if whole and not isinstance(value, (bool, datetime)) else value


def cell(data: bytes, reference: str, name: str = SHEET) -> etree._Element:
    root = etree.fromstring(parts(data)[name])
    found = [one for one in root.iter("{*}c") if one.get("r") == reference]
    assert len(found) == 1, f"{len(found)} cells {reference}"
    return found[0]


def has_cell(data: bytes, reference: str) -> bool:
    return any(one.get("r") == reference for one in etree.fromstring(parts(data)[SHEET]).iter("{*}c"))


def without_cells(data: bytes, references: set[str], name: str = SHEET) -> bytes:
    """The sheet as canonical XML but for these cells, for rows that are empty without them, and for its dimension."""
    root = etree.fromstring(parts(data)[name])
    for one in [one for one in root.iter("{*}c") if one.get("r") in references]:
        _remove(one)
    for row in [row for row in root.iter("{*}row") if not len(row)]:
        _remove(row)
    for one in root.findall("{*}dimension"):
        root.remove(one)
    return etree.tostring(root, method="c14n")


def _remove(one: etree._Element) -> None:
    parent = one.getparent()
    assert parent is not None
    parent.remove(one)


def xml_attribute(data: bytes, name: str, path: str, attribute: str) -> str | None:
    """The attribute of the first element that the path (local names) finds in a part."""
    root = etree.fromstring(parts(data)[name])
    found = root if path == "." else root.find("/".join(f"{{*}}{step}" for step in path.split("/")))
    assert found is not None, path
    return found.get(attribute)
