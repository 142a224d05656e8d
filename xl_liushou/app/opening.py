"""From a file to a School."""

from __future__ import annotations

import gc
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from xl_liushou.core.edits import SetCells
from xl_liushou.core.errors import UnusableInput
from xl_liushou.core.passwords import Passwords, no_passwords
from xl_liushou.core.rawsheet import RawSheet, RawWorkbook
from xl_liushou.schema.school import School, parse_workbook
from xl_liushou.schema.sheets import LISTS_SHEET, SHEETS
from xl_liushou.schema.text import folded

if TYPE_CHECKING:
    from xl_liushou.adapters.book_file import BookFile

_OURS = frozenset((*(schema.title for schema in SHEETS), LISTS_SHEET))


@dataclass(slots=True)
class Opened:
    """A workbook and the school in it; `file` is the newest one after a save of ours."""

    file: BookFile
    school: School

    def refresh(self) -> None:
        """Reads the workbook again if it is another file on the disk now."""
        now = self.file.reloaded()
        if now.digest != self.file.digest:
            self.file, self.school = now, school_in(now.data, now.path.name)

    def sheet(self, title: str) -> RawSheet | None:
        """One sheet as it stands in the newest file, whoever it belongs to."""
        return sheet_of(self.file, self.file.data, title)

    def titles(self) -> list[str]:
        """The names of all sheets, whoever they belong to."""
        from xl_liushou.adapters.book_map import map_book
        from xl_liushou.adapters.package import Package

        return [sheet.name for sheet in map_book(Package(self.file.data, self.file.path.name)).sheets]

    def formulas(self, wanted: Mapping[str, Collection[str]]) -> set[tuple[str, str]]:
        """Those of the wanted cells, by sheet, that hold a formula; raises PatchRefused."""
        from xl_liushou.adapters.formula_cells import formula_cells

        return formula_cells(self.file.data, self.file.path.name, wanted)

    def after(self, edits: Sequence[SetCells]) -> School:
        """The school as it would be after some cells are set; raises PatchRefused."""
        from xl_liushou.adapters.workbook_patch import patch

        name = self.file.path.name
        return school_in(patch(self.file.data, edits, name).data, name)

    def is_file(self, digest: str) -> bool:
        """Whether the workbook is nothing but the file with this digest, which can be replaced as a whole."""
        return self.file.digest == digest


def open_book(book: Path, passwords: Passwords = no_passwords) -> Opened:
    """A workbook file and its school; a file that is none of ours is `UnusableInput`."""
    from xl_liushou.adapters.book_file import load_book

    file = load_book(book, passwords)
    return Opened(file, school_in(file.data, file.path.name))


def school_in(data: bytes, name: str) -> School:
    """The school in the content of a workbook called `name`."""
    from xl_liushou.adapters.workbook_file import read_content

    with without_collector():
        return parsed(read_content(data, name, sheets=is_ours, late=True))


def parsed(raw: RawWorkbook) -> School:
    """The school in a workbook as read; UnusableInput for one that is none of ours."""
    _require_ours(raw)
    return parse_workbook(raw)


def sheet_of(file: BookFile, data: bytes, title: str) -> RawSheet | None:
    """One sheet of some content of a workbook."""
    from xl_liushou.adapters.workbook_file import read_content

    return read_content(data, file.path.name, lambda name, _: name == title).sheet(title)


def is_ours(name: str, tables: Collection[str]) -> bool:
    """Whether a sheet is one that `parse_workbook` would take; no other is read."""
    return name in _OURS or folded(name) in _OURS or not _OURS.isdisjoint(tables)


def _require_ours(raw: RawWorkbook) -> None:
    if not raw.sheets:
        raise UnusableInput(
            "这个工作簿里没有台账的任何一张表（花名册、监护人……）。请确认选对了文件；新的台账可以用 new 命令新建。"
        )


@contextmanager
def without_collector() -> Iterator[None]:
    """Reading and checking make many values and no cycles: the garbage collector would only walk them."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
