"""Change a workbook file where it must be changed, and keep every other byte of it.

`patch` takes the bytes of a .xlsx or .xlsm and returns those of the changed one; nothing is written here.
What cannot be done without risk is refused (PatchRefused, with a reason from `patch_reasons`).
"""

from __future__ import annotations

import posixpath
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from xl_liushou.adapters import book_patch, new_sheet, new_table
from xl_liushou.adapters.book_map import BookMap, SheetPart, map_book, relationships
from xl_liushou.adapters.cell_ref import parse_range
from xl_liushou.adapters.cell_xml import Dialect
from xl_liushou.adapters.package import MAX_PART, MAX_SMALL_PART, Package, part_key, read_bytes
from xl_liushou.adapters.patch_reasons import refuse
from xl_liushou.adapters.sheet_guard import to_utf8
from xl_liushou.adapters.sheet_patch import Rows, SheetFacts, SheetPatch
from xl_liushou.adapters.sheet_text import Area, SheetText
from xl_liushou.adapters.style_patch import Styles
from xl_liushou.adapters.table_patch import TablePart, read_table, with_bottom
from xl_liushou.adapters.xml_spans import OddXml, root_of
from xl_liushou.adapters.zip_patch import Pieces, patched_zip, verify
from xl_liushou.core.edits import AddSheet, AppendRows, Edit, ReplaceRows, SetCells, Value, Written

_TYPES = "[Content_Types].xml"
_STYLES_MOST = 64 << 20


@dataclass(frozen=True, slots=True)
class Patched:
    """A changed workbook: its bytes, where rows were appended or replaced, which protected sheets were changed."""

    data: bytes
    written: Sequence[Written] = ()
    protected: Sequence[str] = ()


def patch(data: bytes, edits: Sequence[Edit], name: str = "工作簿") -> Patched:
    """Make all the edits in their order, in one pass over the file; `name` is the file's, for the messages.

    Raises PatchRefused with its reason, and what reading raises: UnusableInput, PasswordNeeded, HostileInput.
    """
    package = Package(data, name)
    book = map_book(package)
    if book_patch.is_signed(package):
        raise refuse("signed")
    if book_patch.is_shared(package):
        raise refuse("shared-workbook")
    try:
        return _Patch(package, book).make(edits)
    except (OddXml, UnicodeDecodeError):
        raise refuse("odd-book") from None


def append_rows(path: Path, sheet: str, rows: Rows, table: str | None = None) -> bytes:
    """The workbook at `path` with rows added at the end of a sheet's Table, or of the sheet."""
    return _patched(path, AppendRows(sheet, rows, table))


def replace_rows(path: Path, sheet: str, rows: Rows, table: str | None = None) -> bytes:
    """The workbook at `path` with other rows under the header of a sheet."""
    return _patched(path, ReplaceRows(sheet, rows, table))


def set_cells(path: Path, cells: Mapping[tuple[str, str], Value]) -> bytes:
    """The workbook at `path` with other values in these cells, by sheet and reference."""
    sheets: dict[str, dict[str, Value]] = {}
    for (sheet, cell), value in cells.items():
        sheets.setdefault(sheet, {})[cell] = value
    return _patched(path, *(SetCells(sheet, found) for sheet, found in sheets.items()))


def _patched(path: Path, *edits: Edit) -> bytes:
    return patch(read_bytes(path), edits, path.name).data


class _Patch:
    """The parts changed and added so far; `_parts` holds small ones whole, `_sheets` worksheets in pieces."""

    def __init__(self, package: Package, book: BookMap) -> None:
        self._package, self._book = package, book
        self._parts: dict[str, bytes | None] = {}
        self._sheets: dict[str, Pieces] = {}
        self._new_tables: dict[str, str] = {}
        self._places = list(book.sheets)
        self._styles = Styles(self._text(book.styles, _STYLES_MOST) if book.styles else None)
        self._written: list[Written] = []
        self._protected: list[str] = []
        self._formula_lost = False

    def make(self, edits: Sequence[Edit]) -> Patched:
        """Make the edits, put the zip together and read it back."""
        for edit in edits:
            if isinstance(edit, AddSheet):
                self._add(edit)
            elif not isinstance(edit, AppendRows) or edit.rows:
                self._change(edit)
        if not self._sheets:
            return Patched(self._package.data)
        self._finish()
        parts: dict[str, Pieces | None] = {part: None if text is None else [text] for part, text in self._parts.items()}
        parts |= self._sheets
        changed = {part: pieces for part, pieces in parts.items() if self._package.has(part)}
        added = {part: b"".join(pieces or ()) for part, pieces in parts.items() if part not in changed}
        data = patched_zip(self._package, changed, added)
        gone = {part for part, content in changed.items() if content is None}
        verify(data, self._package, parts.keys() - gone, gone)
        return Patched(data, tuple(self._written), tuple(self._protected))

    def _change(self, edit: AppendRows | ReplaceRows | SetCells) -> None:
        place = next((place for place in self._places if place.name == edit.sheet), None)
        if place is None:
            raise refuse("no-sheet", edit.sheet)
        try:
            self._edit(edit, place)
        except (OddXml, UnicodeDecodeError):
            raise refuse("odd-sheet", edit.sheet) from None

    def _edit(self, edit: AppendRows | ReplaceRows | SetCells, place: SheetPart) -> None:
        sheet = SheetText(self._sheet_text(place.part))
        facts = SheetFacts(place.name, self._tables(place.part), self._pivots(place.part))
        patch = SheetPatch(facts, sheet, self._styles, Dialect(sheet.prefix, self._book.date1904, sheet.strict))
        if isinstance(edit, SetCells):
            patch.set(edit.cells)
        else:
            table = _chosen(facts, edit.table)
            write = patch.append if isinstance(edit, AppendRows) else patch.replace
            written = write(edit.rows, table)
            patch.heights = dict(enumerate(edit.heights, written.top))
            self._written.append(written)
            if table and patch.table_bottom:
                text = with_bottom(self._text(table.part), patch.table_bottom, isinstance(edit, ReplaceRows))
                self._put(table.part, text)
        self._sheets[part_key(place.part)] = patch.pieces()
        if sheet.protected() and place.name not in self._protected:
            self._protected.append(place.name)
        if patch.growth:
            names = book_patch.grown_names(self._text(self._book.main), place.name, patch.growth)
            self._put(self._book.main, names)
        self._formula_lost |= patch.formula_lost

    def _add(self, edit: AddSheet) -> None:
        """Add a sheet, and say so wherever sheets are counted."""
        main = self._book.main
        part = self._free_part(posixpath.join(posixpath.dirname(self._book.sheets[0].part), "sheet"))
        rels, key = new_sheet.linked(self._text(book_patch.rels_part(main)), part, posixpath.dirname(main))
        text = self._text(main)
        self._put(main, new_sheet.entered(text, edit.sheet, key))
        self._put(book_patch.rels_part(main), rels)
        self._put(_TYPES, new_sheet.typed(self._text(_TYPES), part, new_sheet.CONTENT_TYPE))
        for link in relationships(self._package, "").values():
            if link.kind in ("extended-properties", "extendedProperties") and self._package.has(link.part):
                self._put(link.part, new_sheet.told(self._text(link.part), edit.sheet, len(self._places)))
        strict = b"http://purl.oclc.org/ooxml/spreadsheetml" in text[:4096]
        dialect = Dialect(b"", self._book.date1904, strict)
        self._sheets[part_key(part)] = [new_sheet.sheet_xml(edit, self._styles, dialect)]
        if edit.table:
            self._add_table(edit, part, strict)
        self._places.append(SheetPart(edit.sheet, part))

    def _add_table(self, edit: AddSheet, sheet: str, strict: bool) -> None:
        """Lay a Table over the header of a sheet that was just added."""
        tables = [table for place in self._places for table in self._tables(place.part)]
        names = [table.name for table in tables] + book_patch.defined_names(self._text(self._book.main))
        number = max((table.number for table in tables), default=0) + 1
        name = new_table.free_name(edit.table, names)
        part = self._free_part(posixpath.join(posixpath.dirname(self._book.main), "tables/table"))
        self._parts[part_key(part)] = new_table.table_xml(name, number, edit.header, strict)
        self._parts[part_key(book_patch.rels_part(sheet))] = new_table.sheet_links(sheet, part, strict)
        self._put(_TYPES, new_sheet.typed(self._text(_TYPES), part, new_table.CONTENT_TYPE))
        self._new_tables[part_key(sheet)] = part

    def _free_part(self, stem: str) -> str:
        return new_sheet.free_part(stem, {*map(part_key, self._package.names()), *self._parts, *self._sheets})

    def _finish(self) -> None:
        main = self._book.main
        self._put(main, book_patch.recalculated(self._text(main)))
        if self._formula_lost:
            self._drop_chain(main)
        if (styles := self._styles.result()) is not None and self._book.styles:
            self._parts[part_key(self._book.styles)] = styles

    def _drop_chain(self, main: str) -> None:
        """Drop the calculation chain: Excel calls a chain that names a cell without formula a damage."""
        for link in relationships(self._package, main).values():
            if link.kind == "calcChain" and self._package.has(link.part):
                rels = book_patch.rels_part(main)
                self._parts[part_key(link.part)] = None
                self._put(rels, book_patch.without_link(self._text(rels), "calcChain"))
                self._put(_TYPES, book_patch.without_override(self._text(_TYPES), link.part))

    def _text(self, part: str, most: int = MAX_SMALL_PART) -> bytes:
        """A part as it is now, in UTF-8."""
        known = self._parts.get(part_key(part))
        return to_utf8(self._package.read(part, most)) if known is None else known

    def _put(self, part: str, text: bytes) -> None:
        if text != self._text(part):
            self._parts[part_key(part)] = text

    def _sheet_text(self, part: str) -> bytes:
        key = part_key(part)
        if key in self._sheets:
            return b"".join(self._sheets.pop(key))
        text = to_utf8(self._package.read(part, MAX_PART))
        if b"<!DOCTYPE" in text[:4096]:
            raise self._package.hostile()
        return text

    def _linked(self, part: str, kind: str) -> list[str]:
        links = relationships(self._package, part).values()
        return [link.part for link in links if link.kind == kind and self._package.has(link.part)]

    def _tables(self, part: str) -> list[TablePart]:
        new = self._new_tables.get(part_key(part))
        return [read_table(table, self._text(table)) for table in ([new] if new else self._linked(part, "table"))]

    def _pivots(self, part: str) -> list[Area]:
        """The ranges that pivot tables of a sheet fill."""
        found = (root_of(self._text(pivot)).child("location") for pivot in self._linked(part, "pivotTable"))
        return [area for area in (parse_range(node.get("ref")) for node in found if node) if area]


def _chosen(facts: SheetFacts, name: str | None) -> TablePart | None:
    """The Table that is meant: the one named, the only one, or none where the sheet has none."""
    if name is None and not facts.tables:
        return None
    found = [table for table in facts.tables if name in (None, table.name)]
    if len(found) != 1:
        raise refuse("which-table", facts.name)
    return found[0]
