"""Small Word templates for tests, with text in any part."""

from __future__ import annotations

import io
from typing import Any

from docx import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from lxml import etree

from tests.support.samples import drop_styles_with_effects

FOOTNOTES = "word/footnotes.xml"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TITLE = "{http://purl.org/dc/elements/1.1/}title"


def template_bytes(
    *paragraphs: str,
    body: str = "",
    table: str = "",
    header: str = "",
    footer: str = "",
    footnote: str = "",
    title: str = "",
) -> bytes:
    """A Word file with these paragraphs and `body`, and `table` in the second cell of the second row of a table."""
    document = Document()
    drop_styles_with_effects(document)
    for text in (*paragraphs, body):
        if text:
            document.add_paragraph(text)
    if table:
        document.add_table(2, 2).cell(1, 1).text = table
    if header:
        document.sections[0].header.paragraphs[0].text = header
    if footer:
        document.sections[0].footer.paragraphs[0].text = footer
    if footnote:
        _add_footnote(document, footnote)
    next(document.core_properties._element.iter(_TITLE)).text = title
    return saved(document)


def saved(document: Any) -> bytes:
    """The bytes of a document."""
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _add_footnote(document: Any, text: str) -> None:
    root = etree.Element(f"{{{W}}}footnotes", nsmap={"w": W})
    for number, kind in ((-1, "separator"), (0, "continuationSeparator"), (2, "")):
        note = etree.SubElement(root, f"{{{W}}}footnote", {f"{{{W}}}id": str(number)})
        run = etree.SubElement(etree.SubElement(note, f"{{{W}}}p"), f"{{{W}}}r")
        if kind:
            note.set(f"{{{W}}}type", kind)
            etree.SubElement(run, f"{{{W}}}{kind}")
        else:
            etree.SubElement(run, f"{{{W}}}t").text = text
    blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    part = Part(PackURI(f"/{FOOTNOTES}"), CONTENT_TYPE.WML_FOOTNOTES, blob, document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    run = document.add_paragraph("正文").add_run()._r
    etree.SubElement(run, f"{{{W}}}footnoteReference", {f"{{{W}}}id": "2"})
