"""An in-memory copy of a workbook in which python-calamine finds exactly the parts that were checked.

python-calamine looks for `xl/workbook.xml` and its neighbours at fixed places, knows the prefix `r:`
only and takes every part for UTF-8; whatever differs from that, and every cropped sheet, is read from
such a copy. It holds the cells, texts and formats of the wanted sheets and nothing else.
"""

from __future__ import annotations

import io
import zipfile

from xl_liushou.adapters.book_map import BookMap
from xl_liushou.adapters.package import Package
from xl_liushou.adapters.sheet_guard import GuardedSheet, to_utf8

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def calamine_copy(package: Package, book: BookMap, sheets: list[GuardedSheet]) -> bytes:
    """Return the bytes of a small uncompressed workbook with these sheets, in this order."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as copy:
        copy.writestr("[Content_Types].xml", f'<Types xmlns="{_PACKAGE}/content-types"></Types>')
        copy.writestr("_rels/.rels", _relationships([("officeDocument", "xl/workbook.xml")]))
        copy.writestr("xl/workbook.xml", _workbook(book, sheets))
        links = [("worksheet", f"worksheets/sheet{number}.xml") for number in range(1, len(sheets) + 1)]
        for part, kind in ((book.strings, "sharedStrings"), (book.styles, "styles")):
            if part:
                links.append((kind, f"{kind}.xml"))
                copy.writestr(f"xl/{kind}.xml", to_utf8(b"".join(package.stream(part))))
        copy.writestr("xl/_rels/workbook.xml.rels", _relationships(links))
        for number, sheet in enumerate(sheets, 1):
            data = sheet.replaced or b"".join(package.stream(sheet.sheet.part))
            copy.writestr(f"xl/worksheets/sheet{number}.xml", data)
    return buffer.getvalue()


def _workbook(book: BookMap, sheets: list[GuardedSheet]) -> str:
    lines = "".join(
        f'<sheet name="{_escape(sheet.sheet.name)}" sheetId="{number}" r:id="rId{number}"/>'
        for number, sheet in enumerate(sheets, 1)
    )
    return (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_LINKS}"><workbookPr date1904="{int(book.date1904)}"/>'
        f"<sheets>{lines}</sheets></workbook>"
    )


def _relationships(links: list[tuple[str, str]]) -> str:
    """Return relationships of these types and targets, with ids from rId1 on."""
    lines = "".join(
        f'<Relationship Id="rId{number}" Type="{_LINKS}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(links, 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{lines}</Relationships>'


def _escape(text: str) -> str:
    for plain, escaped in (("&", "&amp;"), ("<", "&lt;"), ('"', "&quot;"), ("\n", "&#10;"), ("\t", "&#9;")):
        text = text.replace(plain, escaped)
    return text
