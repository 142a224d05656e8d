"""An openpyxl workbook as bytes: wholly in memory, and the same bytes for the same workbook.

openpyxl's own `save` reads the clock (core properties, zip entries) and writes each sheet's plain text
into the system's temporary folder; neither happens here.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.writer.excel import ExcelWriter
from openpyxl.xml.functions import Element

from xl_liushou.build.macro_parts import Macros, with_macros
from xl_liushou.core.steady_zip import steady_zip
from xl_liushou.core.table import letters

if TYPE_CHECKING:
    from openpyxl import Workbook

_CREATOR: Final = "xl_liushou"
_MADE: Final = datetime(2026, 1, 1)  # noqa: DTZ001  core properties carry no zone in openpyxl
_APPLICATION: Final = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    b"<Application>xl_liushou</Application></Properties>"
)
"""docProps/app.xml without the version of openpyxl, so that another version makes the same file."""
_LAST_ROW: Final = 1_048_576


def workbook_bytes(book: Workbook, macros: Macros | None = None) -> bytes:
    """The workbook as a zip with fixed dates, order and properties, with `macros` in it if there are any."""
    book.properties.creator = book.properties.lastModifiedBy = _CREATOR
    book.properties.created = book.properties.modified = _MADE
    documents = _name_documents(book) if macros else []
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_STORED) as archive:
        _MemoryWriter(book, archive).write_data()
    parts = dict(_parts(written))
    return steady_zip((with_macros(parts, macros, documents) if macros else parts).items())


def _name_documents(book: Workbook) -> list[str]:
    """Gives the workbook and its sheets the names by which a VBA project knows them; returns those of the sheets."""
    book.code_name = "ThisWorkbook"
    for number, sheet in enumerate(book.worksheets, 1):
        sheet.sheet_properties.codeName = f"Sheet{number}"
    return [str(sheet.sheet_properties.codeName) for sheet in book.worksheets]


class _SheetWriter(WorksheetWriter):
    """Writes a sheet, and tells Excel not to mark numbers kept as text (IDs, phones) as mistakes."""

    xf: Any
    ws: Any
    _rels: Any

    def write_breaks(self) -> None:
        """`ignoredErrors` has its place right after the breaks (ECMA-376, CT_Worksheet)."""
        super().write_breaks()
        area = Element("ignoredErrors")
        reference = f"A1:{letters(self.ws.max_column)}{_LAST_ROW}"
        area.append(Element("ignoredError", {"sqref": reference, "numberStoredAsText": "1"}))
        self.xf.send(area)


class _MemoryWriter(ExcelWriter):
    """openpyxl's writer without its temporary files."""

    _archive: zipfile.ZipFile

    def write_worksheet(self, ws: Any) -> None:
        """Writes one sheet (which has neither charts nor pictures)."""
        writer = _SheetWriter(ws, io.BytesIO())
        writer.write()
        ws._rels = writer._rels
        ws._drawing = None
        self._archive.writestr(ws.path[1:], writer.read())
        self.manifest.append(ws)


def _parts(written: io.BytesIO) -> Iterator[tuple[str, bytes]]:
    """The parts that were written."""
    with zipfile.ZipFile(written) as source:
        for name in source.namelist():
            yield name, _APPLICATION if name == "docProps/app.xml" else source.read(name)
