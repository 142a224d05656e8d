"""Workbooks put together by hand, part by part, for what no library would write."""

from __future__ import annotations

import io
import zipfile

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def rels(*links: tuple[str, str]) -> str:
    """Relationships rId1, rId2 ... of (last word of the type, target)."""
    lines = "".join(
        f'<Relationship Id="rId{n}" Type="{LINKS}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(links, 1)
    )
    return f'<Relationships xmlns="{PACKAGE}">{lines}</Relationships>'


def sheet_xml(rows: str, after: str = "") -> str:
    """A worksheet with these rows."""
    return f'<worksheet xmlns="{MAIN}" xmlns:r="{LINKS}"><sheetData>{rows}</sheetData>{after}</worksheet>'


def book_parts(*sheets: str | bytes, properties: str = "") -> dict[str, str | bytes]:
    """The parts of a workbook with sheets S1, S2 ... of this XML; change them at will."""
    lines = "".join(f'<sheet name="S{n}" sheetId="{n}" r:id="rId{n}"/>' for n in range(1, len(sheets) + 1))
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"></Types>',
        "_rels/.rels": rels(("officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{LINKS}">{properties}'
        f"<sheets>{lines}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": rels(
            *[("worksheet", f"worksheets/sheet{n + 1}.xml") for n in range(len(sheets))]
        ),
    }
    return parts | {f"xl/worksheets/sheet{n}.xml": sheet for n, sheet in enumerate(sheets, 1)}


def zipped(parts: dict[str, str | bytes]) -> bytes:
    """The parts as a zip."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()
