"""Patches every workbook of a folder of real files, and tells how many were harmed.

    python -m tests.support.corpus FOLDER [--libreoffice]

Each worksheet gets three rows appended, and once more two cells set. A file is harmed where a part that
need not change is not the same packed bytes, where an old cell or another element of the sheet is not
the same XML, or where python-calamine, openpyxl or (asked for) LibreOffice do not read the old values and
the new ones.
"""

from __future__ import annotations

import argparse
import io
import sys
import tempfile
import warnings
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl
from lxml import etree
from python_calamine import CalamineWorkbook

from tests.adapters.patching import packed
from tests.support.libreoffice import convert
from xl_liushou.adapters.book_map import SheetPart, map_book
from xl_liushou.adapters.package import Package, part_key
from xl_liushou.adapters.workbook_file import read_content
from xl_liushou.adapters.workbook_patch import patch
from xl_liushou.core.edits import AppendRows, Edit, SetCells, Value
from xl_liushou.core.errors import LiushouError, PatchRefused
from xl_liushou.core.table import address

ROWS: list[list[Value]] = [["新的一行", 4711, date(2026, 11, 23)], ["=1+1", "007", None], ["末行", 0.5, None]]
SHARED_PARTS = ("workbook.xml", "[content_types].xml", "styles.xml", "calcchain.xml", "workbook.xml.rels")
GROWING = {
    "dimension", "autoFilter", "conditionalFormatting", "dataValidations", "hyperlinks", "extLst", "tableParts",
    "ignoredErrors", "sheetFormatPr",
}  # fmt: skip


class Case(NamedTuple):
    """One edit of one sheet of one file."""

    name: str
    data: bytes
    part: SheetPart
    edit: Edit


def cases(path: Path) -> Iterator[Case]:
    """The edits to try on a file; raises LiushouError where it cannot be opened at all."""
    data = path.read_bytes()
    package = Package(data, path.name)
    for part in map_book(package).sheets:
        yield Case(path.name, data, part, AppendRows(part.name, ROWS, part.tables[0].name if part.tables else None))
        yield Case(
            path.name, data, part, SetCells(part.name, {far(data, part.name): "远处", **first_text(data, part.name)})
        )


def grid(data: bytes, sheet: str) -> dict[tuple[int, int], Any]:
    """The cells that are not blank, as python-calamine reads them for us."""
    found = read_content(data, "book", lambda name, _: name == sheet).sheet(sheet)
    rows = enumerate(found.rows, found.first_row) if found else ()
    left = found.first_column if found else 1
    return {(row, column): value for row, cells in rows for column, value in enumerate(cells, left) if value != ""}


def shown_grid(path: Path, sheet: str) -> dict[tuple[int, int], Any]:
    """The same of what LibreOffice made of a workbook."""
    found = CalamineWorkbook.from_path(path).get_sheet_by_name(sheet)
    top, left = found.start or (0, 0)
    rows = enumerate(found.to_python(skip_empty_area=True), top + 1)
    return {(row, column): value for row, cells in rows for column, value in enumerate(cells, left + 1) if value != ""}


def far(data: bytes, sheet: str) -> str:
    """A cell beside all others."""
    columns = [column for _, column in grid(data, sheet)]
    return address(2, max(columns, default=0) + 3)


def first_text(data: bytes, sheet: str) -> dict[str, str]:
    """The first cell below the first row that holds text, with other text."""
    texts = sorted(place for place, value in grid(data, sheet).items() if isinstance(value, str) and place[0] > 1)
    return {address(*texts[0]): "改过"} if texts else {}


def harm(case: Case, after: bytes) -> Iterator[str]:
    """What is not as it was, or not as it should be."""
    old, new = packed(case.data), packed(after)
    tables = {name for name in old if "/tables/" in name.lower()}
    for name in old.keys() | new.keys():
        may = name.lower().endswith(SHARED_PARTS) or name in tables or part_key(name) == part_key(case.part.part)
        if old.get(name) != new.get(name) and not may:
            yield f"part {name}"
    yield from sheet_harm(case, after)
    before, now = grid(case.data, case.part.name), grid(after, case.part.name)
    written = set(case.edit.cells) if isinstance(case.edit, SetCells) else set()
    for place, value in before.items():
        if address(*place) not in written and now.get(place) != value:
            yield f"calamine {address(*place)}: {value!r} is {now.get(place)!r}"
    wanted = wanted_of(case.edit)
    if not set(wanted) <= {value for place, value in now.items() if before.get(place) != value}:
        yield "calamine does not read the new values"
    yield from openpyxl_harm(case, after, wanted)


def wanted_of(edit: Edit) -> list[Any]:
    """Values that must be seen afterwards."""
    return list(edit.cells.values()) if isinstance(edit, SetCells) else [row[0] for row in ROWS]


def openpyxl_harm(case: Case, after: bytes, wanted: list[Any]) -> Iterator[str]:
    """Whether openpyxl reads the new values, where it reads the file at all."""
    try:
        book = openpyxl.load_workbook(io.BytesIO(case.data), read_only=False)
        book[case.part.name].cell(1, 1)
    except Exception:  # openpyxl cannot open every old file
        return
    sheet: Any = openpyxl.load_workbook(io.BytesIO(after))[case.part.name]
    values = {cell.value for row in sheet.iter_rows() for cell in row}
    if not set(wanted) <= values:
        yield "openpyxl does not read the new values"


def sheet_harm(case: Case, after: bytes) -> Iterator[str]:
    """The sheet's XML: every old cell, row attribute and other element is the same but for what must grow."""
    old, new = (etree.fromstring(Package(data, case.name).read(case.part.part, 1 << 28)) for data in (case.data, after))
    written = set(case.edit.cells) if isinstance(case.edit, SetCells) else set()
    cells = cells_of(new)
    for place, xml in cells_of(old).items():
        if place not in written and cells.get(place) != xml and (b"<v" in xml or b"<is" in xml):
            yield f"cell {place}"
    others = elements_of(new)
    yield from (f"element {name}" for name, xml in elements_of(old) if (name, xml) not in others)


def elements_of(sheet: etree._Element) -> list[tuple[str, bytes]]:
    """The elements beside the cells that an edit need not touch."""
    named = [(etree.QName(one).localname, one) for one in sheet if isinstance(one.tag, str)]
    return [(name, etree.tostring(one, method="c14n")) for name, one in named if name not in GROWING | {"sheetData"}]


def cells_of(sheet: etree._Element) -> dict[str, bytes]:
    """The cells' XML by their place, also of rows and cells that do not say theirs."""
    found: dict[str, bytes] = {}
    number = 0
    for row in sheet.iter("{*}row"):
        number = int(row.get("r") or number + 1)
        column = 0
        for cell in row.iter("{*}c"):
            name = cell.get("r")
            column = column_of(name) if name else column + 1
            inner = b"".join(etree.tostring(one, method="c14n", with_tail=False) for one in cell)
            attributes = sorted((key, value) for key, value in cell.attrib.items() if key != "r")
            found[address(number, column)] = repr(attributes).encode() + inner
    return found


def column_of(name: str) -> int:
    number = 0
    for letter in name.rstrip("0123456789"):
        number = number * 26 + ord(letter.upper()) - 64
    return number


def libreoffice_harm(data: bytes, name: str, edits: list[Edit], folder: Path) -> Iterator[str]:
    """LibreOffice opens the file with all the edits, and shows in it what it showed in the old one, and the new."""
    shown: list[Path] = []
    for which, content in (("old", data), ("new", patch(data, edits, name).data)):
        source, out = folder / f"{which}{Path(name).suffix}", folder / which
        out.mkdir()
        source.write_bytes(content)
        try:
            shown.append(convert(source, "xlsx", out))
        except Exception as problem:  # a file that LibreOffice itself does not open proves nothing
            if which == "new":
                yield f"LibreOffice does not open it: {problem}"
            return
    for edit in edits:
        before, now = (shown_grid(path, edit.sheet) for path in shown)
        written = {cell for one in edits if isinstance(one, SetCells) and one.sheet == edit.sheet for cell in one.cells}
        for place, value in before.items():
            if address(*place) not in written and now.get(place) != value and not volatile(value, now.get(place)):
                yield f"LibreOffice {edit.sheet} {address(*place)}: {value!r} is {now.get(place)!r}"
        if not set(wanted_of(edit)) <= set(now.values()):
            yield f"LibreOffice does not show the new values on {edit.sheet}"


def volatile(old: Any, new: Any) -> bool:
    """Whether both are numbers or moments that a formula such as NOW() or RAND() may give."""
    return type(old) is type(new) and not isinstance(old, str)


def main() -> None:
    """Tries every file and prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--libreoffice", action="store_true")
    asked = parser.parse_args()
    counts: Counter[str] = Counter()
    warnings.simplefilter("ignore")  # openpyxl tells what it drops
    for path in sorted(asked.folder.rglob("*.xls[xm]")):
        counts["files"] += 1
        try:
            tried = list(cases(path))
        except LiushouError as problem:
            counts[f"files not opened: {problem.code}"] += 1
            continue
        made = [case.edit for case in tried if try_one(case, counts)]
        if made and asked.libreoffice:
            with tempfile.TemporaryDirectory() as folder:
                found = list(libreoffice_harm(tried[0].data, path.name, made, Path(folder)))
            counts["files harmed by LibreOffice's account" if found else "files as they should be in LibreOffice"] += 1
            sys.stdout.writelines(f"{path.name}: {one}\n" for one in found[:3])
    for name, count in sorted(counts.items()):
        sys.stdout.write(f"{count:5} {name}\n")


def try_one(case: Case, counts: Counter[str]) -> bool:
    """Makes one edit and counts how it went; tells whether it was made without harm."""
    counts["edits"] += 1
    try:
        after = patch(case.data, [case.edit], case.name).data
    except PatchRefused as refused:
        counts[f"refused: {refused.reason}"] += 1
        return False
    found = list(harm(case, after))
    counts["harmed" if found else "done"] += 1
    sys.stdout.writelines(f"{case.name} {case.part.name} {type(case.edit).__name__}: {one}\n" for one in found[:3])
    return not found


if __name__ == "__main__":
    main()
