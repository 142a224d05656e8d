"""Word templates with all that docxtpl can do, and docxtpl's own rendering of them to compare with."""

from __future__ import annotations

import io
import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Mapping
from typing import Any

from docx import Document
from docx.document import Document as WordDocument
from docx.shared import Mm
from docxtpl import DocxTemplate, InlineImage
from lxml import etree

from tests.support.samples import drop_styles_with_effects
from xl_liushou.adapters.docx_parts import SoundTemplate
from xl_liushou.core.drawing import Picture

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_NOTES = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}embed"


def blank() -> WordDocument:
    document = Document()
    drop_styles_with_effects(document)
    return document


def saved(document: WordDocument, footnote: str = "") -> bytes:
    """The document as a file; `footnote` is the text of a footnote, with tags, that its last paragraph has."""
    if footnote:
        run = document.paragraphs[-1].add_run()._r
        run.append(run.makeelement(f"{{{_WORD}}}footnoteReference", {f"{{{_WORD}}}id": "1"}))
    written = io.BytesIO()
    document.save(written)
    return with_footnote(written.getvalue(), footnote) if footnote else written.getvalue()


def with_footnote(data: bytes, text: str) -> bytes:
    parts = parts_of(data)
    note = "".join(
        f'<w:footnote{kind} w:id="{number}"><w:p><w:r>{content}</w:r></w:p></w:footnote>'
        for number, kind, content in (
            (-1, ' w:type="separator"', "<w:separator/>"),
            (0, ' w:type="continuationSeparator"', "<w:continuationSeparator/>"),
            (1, "", f"<w:t>{text}</w:t>"),
        )
    )
    declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'
    parts["word/footnotes.xml"] = f'{declaration}<w:footnotes xmlns:w="{_WORD}">{note}</w:footnotes>'.encode()
    link = f'<Relationship Id="notes" Type="{_OFFICE}/relationships/footnotes" Target="footnotes.xml"/>'
    for name, end, more in (
        ("[Content_Types].xml", b"</Types>", f'<Override PartName="/word/footnotes.xml" ContentType="{_NOTES}"/>'),
        ("word/_rels/document.xml.rels", b"</Relationships>", link),
    ):
        parts[name] = parts[name].replace(end, more.encode() + end)
    return packed(parts)


def text_box_run(text: str) -> str:
    """A run with a text box."""
    return (
        f'<w:r xmlns:w="{_WORD}" xmlns:v="urn:schemas-microsoft-com:vml"><w:pict><v:shape style="width:90pt">'
        f"<v:textbox><w:txbxContent><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:txbxContent></v:textbox>"
        "</v:shape></w:pict></w:r>"
    )


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: Mapping[str, bytes]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return written.getvalue()


def png(red: int = 200, side: int = 4) -> bytes:
    """A small picture of one colour."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + bytes((red, 100, 50)) * side for _ in range(side))
    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def by_docxtpl(data: bytes, context: Mapping[str, Any]) -> bytes:
    """The same paper by docxtpl, as its documentation shows, with pictures as its InlineImage."""
    template = SoundTemplate(io.BytesIO(data))
    template.render(with_images(context, template), autoescape=True)
    written = io.BytesIO()
    template.save(written)
    return written.getvalue()


def with_images(value: Any, template: DocxTemplate) -> Any:
    """A merge context with docxtpl's pictures in place of ours."""
    if isinstance(value, Picture):
        return InlineImage(template, io.BytesIO(value.data), Mm(value.width), Mm(value.height))
    if isinstance(value, Mapping):
        return {name: with_images(one, template) for name, one in value.items()}
    return [with_images(one, template) for one in value] if isinstance(value, list) else value


def comparable(data: bytes) -> dict[str, bytes]:
    """The parts in a canonical form; pictures by what they show instead of by names and ids, which are free."""
    parts = parts_of(data)
    found = {name: _canonical(name, parts) for name in parts if not name.startswith("word/media/drawn")}
    return {name: part for name, part in found.items() if not re.match(r"word/media/image\d+\.png", name)}


def _canonical(name: str, parts: Mapping[str, bytes]) -> bytes:
    if not name.endswith((".xml", ".rels")):
        return parts[name]
    root = etree.fromstring(parts[name])
    if name.endswith(".rels") or name == "[Content_Types].xml":
        kept = [one for one in root if not any("image" in value for value in one.attrib.values())]
        return b"\n".join(sorted(etree.tostring(one, method="c14n", exclusive=True) for one in kept))
    for drawn in root.iter("{*}inline"):
        for inner in drawn.iter():
            inner.text = inner.tail = None
        for attribute in ("distT", "distB", "distL", "distR"):
            drawn.attrib.pop(attribute, "")
    for picture in root.iter("{*}blip"):
        picture.set(_RELATION, str(zlib.crc32(_target(name, picture.get(_RELATION, ""), parts))))
    for drawn in root.iter("{*}inline"):
        _plain_inline(drawn)
    for named in root.iter("{*}docPr", "{*}cNvPr"):
        for attribute in ("name", "descr", *(("id",) if "header" in name or "footer" in name else ())):
            named.attrib.pop(attribute, "")
    return etree.tostring(root, method="c14n", exclusive=True)


def _plain_inline(drawn: etree._Element) -> None:
    """python-docx breaks the lines of a drawing's XML and leaves its margins out, which are nothing by themselves."""
    for margin in ("distT", "distB", "distL", "distR"):
        drawn.attrib.pop(margin, "")
    for element in drawn.iter():
        element.text = element.tail = None
    drawn.tail = None


def _target(name: str, relation: str, parts: Mapping[str, bytes]) -> bytes:
    folder, base = posixpath.split(name)
    links = etree.fromstring(parts[f"{folder}/_rels/{base}.rels"])
    (target,) = (one.get("Target", "") for one in links if one.get("Id") == relation)
    return parts[posixpath.normpath(posixpath.join(folder, target)).lstrip("/")]
