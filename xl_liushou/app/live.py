"""The workbook that is open in Excel, for the same runs as on a file."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from xl_liushou.adapters.cell_ref import parse_cell
from xl_liushou.app.opening import Opened, is_ours, parsed, without_collector
from xl_liushou.core.edits import Edit, Link, SetCells, Value, Written
from xl_liushou.core.errors import PasswordNeeded, UnusableInput
from xl_liushou.core.passwords import Passwords, no_passwords
from xl_liushou.core.rawsheet import CellValue, RawSheet, RawWorkbook
from xl_liushou.schema.school import School

if TYPE_CHECKING:
    from xl_liushou.adapters.book_file import BookFile
    from xl_liushou.adapters.live_book import LiveBook


@dataclass(slots=True)
class LiveOpened(Opened):
    """A workbook that Excel has open; `file` is the one that it saved last, `written` where Excel wrote rows."""

    live: LiveBook
    raw: RawWorkbook
    written: list[Written] = field(default_factory=list)

    def refresh(self) -> None:
        """Excel waits for the program: nothing has changed."""

    def sheet(self, title: str) -> RawSheet | None:
        """One sheet as Excel shows it now."""
        return self.live.read(lambda name, _: name == title).sheet(title)

    def titles(self) -> list[str]:
        """The names of all sheets."""
        return self.live.titles()

    def formulas(self, wanted: Mapping[str, Collection[str]]) -> set[tuple[str, str]]:
        """Those of the wanted cells that hold a formula."""
        return self.live.formulas(wanted)

    def after(self, edits: Sequence[SetCells]) -> School:
        """The school as it would be after some cells are set."""
        cells = {edit.sheet: edit.cells for edit in edits}
        sheets = [_with(sheet, cells.get(sheet.name, {})) for sheet in self.raw.sheets]
        return parsed(replace(self.raw, sheets=sheets))

    def is_file(self, digest: str) -> bool:  # noqa: ARG002
        """What is open in Excel is more than a file."""
        return False

    def saved_with(self, present: Sequence[SetCells]) -> bytes:
        """The last saved file with some unsaved values in it; without them where the patcher refuses."""
        from xl_liushou.adapters.workbook_patch import patch

        try:
            return patch(self.file.data, present, self.file.path.name).data
        except UnusableInput:
            return self.file.data

    def write(self, edits: Sequence[Edit]) -> list[Written]:
        """Lets Excel make the edits."""
        from xl_liushou.adapters.live_write import write_live

        self.written = write_live(self.live, edits)
        return self.written


def open_live(live: LiveBook, passwords: Passwords = no_passwords) -> LiveOpened:
    """The school in a workbook that Excel has open, as it stands there."""
    file = _last_saved(live.path, passwords)
    with without_collector():
        raw = live.read(is_ours)
        return LiveOpened(file, parsed(raw), live, raw)


def _last_saved(path: Path, passwords: Passwords) -> BookFile:
    """The file that Excel saved last; of one whose password nobody knows the sealed content does for a copy."""
    from xl_liushou.adapters.book_file import BookFile, load_book
    from xl_liushou.adapters.package import read_bytes
    from xl_liushou.core.run import bytes_digest

    try:
        return load_book(path, passwords)
    except PasswordNeeded:
        data = read_bytes(path)
        return BookFile(path, data, bytes_digest(data))


def _with(sheet: RawSheet, cells: Mapping[str, Value]) -> RawSheet:
    """A sheet with some cells set."""
    new = {place: _read(value) for cell, value in cells.items() if (place := parse_cell(cell))}
    if not new:
        return sheet
    return sheet.with_cells(new)


def _read(value: Value) -> CellValue:
    """A value as it would be read again."""
    plain = value.value if isinstance(value, Link) else value
    if plain is None:
        return ""
    return float(plain) if isinstance(plain, int) and not isinstance(plain, bool) else plain
