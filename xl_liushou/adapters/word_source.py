"""What docxtpl makes of a Word template before its tags are filled: the text with tags, and the parts around it."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docxtpl import DocxTemplate
from lxml import etree

from xl_liushou.adapters.word_text import plain_xml

_MADE: Final = datetime(2026, 1, 1)  # noqa: DTZ001  core properties carry no zone in python-docx
_DECLARATION: Final = "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"
_DECLARED: Final = re.compile(r"(\s*<\?xml[^>]*\?>\s*)?(.*)", re.DOTALL)
_FOOTNOTES: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_PROPERTIES: Final = ("author", "comments", "identifier", "language", "subject", "title")
_PLACE: Final = "\ue000%d\ue000"
_PLACES: Final = re.compile("\ue000(\\d+)\ue000")
_TAGS: Final = re.compile(r"\{[{%#]")
_WORD: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PREFIXES: Final[Mapping[str | None, str]] = {
    _WORD: "w",
    "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing": "wp",
}


class CannotCompile(Exception):
    """A template or a value that only docxtpl itself can render."""


@dataclass(frozen=True, slots=True)
class Story:
    """A part with tags, as Jinja takes it, and what stands before and after it in the part."""

    name: str
    source: str
    head: str = ""
    tail: str = ""
    is_body: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """A template taken apart: the stories, the properties with tags, and every part as docxtpl writes it.

    `properties` alternates XML that stays and texts with tags; it is empty where no property has a tag.
    """

    stories: tuple[Story, ...]
    properties: tuple[str, ...]
    properties_name: str
    parts: Mapping[str, bytes]


def with_properties(data: bytes) -> bytes:
    """The template with its properties; python-docx would give those of now to one that has none."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if b"/metadata/core-properties" in archive.read("_rels/.rels"):
            return data
    document = Document(io.BytesIO(data))
    document.core_properties.modified = _MADE
    return _saved(document)


def source(data: bytes) -> Source:
    """The template taken apart as docxtpl does; CannotCompile where its body is unlike Word's."""
    template = DocxTemplate(io.BytesIO(data))
    template.init_docx()
    stories = {story.name: story for story in (_body(template), *_headers_footers(template), *_footnotes(template))}
    properties = _mark_properties(template.docx.core_properties)
    parts = parts_of(_saved(template.docx))
    package = template.docx.part.package
    name = _name(package.part_related_by(RELATIONSHIP_TYPE.CORE_PROPERTIES))
    pieces = _PLACES.split(plain_xml(parts[name])) if properties else ()
    filled = tuple(properties[int(piece)] if number % 2 else piece for number, piece in enumerate(pieces))
    return Source(tuple(stories.values()), filled, name, parts)


def _body(template: Any) -> Story:
    root = template.docx.element
    _check_prefixes(root)
    whole = etree.tostring(root, encoding="unicode")
    start, end = whole.find("<w:body"), whole.rfind("</w:body>")
    if start < 0 or end < 0:
        raise CannotCompile("no body")
    patched = template.patch_xml(template.get_xml())
    opening = whole[start : whole.index(">", start) + 1]
    inner = opening + patched[patched.index(">") + 1 :]
    return Story(_name(template.docx.part), inner, _DECLARATION + whole[:start], whole[end + len("</w:body>") :], True)


def _check_prefixes(root: Any) -> None:
    """Docxtpl patches by prefixes and mends by namespaces; both must mean the same."""
    for element in root.iter(f"{{{_WORD}}}*", "{*}docPr"):
        if element.prefix != _PREFIXES.get(etree.QName(element).namespace):
            raise CannotCompile(f"prefix {element.prefix}")


def _headers_footers(template: Any) -> Iterator[Story]:
    for uri in (template.HEADER_URI, template.FOOTER_URI):
        for _, part in template.get_headers_footers(uri):
            yield Story(_name(part), template.patch_xml(template.get_part_xml(part)), _DECLARATION)


def _footnotes(template: Any) -> Iterator[Story]:
    for part in template.docx.part.package.parts:
        if part.content_type == _FOOTNOTES:
            declared = _DECLARED.fullmatch(part.blob.decode())
            declaration, xml = declared.groups("") if declared else ("", "")
            yield Story(_name(part), template.patch_xml(xml), declaration)


def _mark_properties(properties: Any) -> list[str]:
    """Puts numbered marks for texts with tags; the others are set as they are, as docxtpl does."""
    marked: list[str] = []
    for one in _PROPERTIES:
        text = getattr(properties, one)
        if _TAGS.search(text):
            marked.append(text)
            text = _PLACE % (len(marked) - 1)
        setattr(properties, one, text)
    return marked


def _name(part: Any) -> str:
    return str(part.partname).lstrip("/")


def _saved(document: Any) -> bytes:
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def parts_of(data: bytes) -> dict[str, bytes]:
    """The parts of a package by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
