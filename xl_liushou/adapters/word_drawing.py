"""Pictures and charts in a Word file: the parts that hold them, and the run that shows them where their tag stands.

What a kind of drawing brings is a `Drawn`: see `word_picture` and `word_chart`.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final
from xml.sax.saxutils import quoteattr

_A_MILLIMETRE: Final = 36_000
OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN: Final = "http://schemas.openxmlformats.org/drawingml/2006/main"
_WORD_DRAWING: Final = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_TYPES: Final = "[Content_Types].xml"
_NO_LINKS: Final = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>'
)
_LINKS_END: Final = re.compile(rb"</Relationships>\s*\Z|/>\s*\Z")


@dataclass(frozen=True, slots=True)
class DrawnPart:
    """A part that a drawing brings: `stem` and `ending` make its name around a number.

    Its `related` parts are rId1, rId2 … in its data.
    """

    stem: str
    ending: str
    content_type: str
    relationship: str
    data: bytes
    related: tuple[DrawnPart, ...] = ()


@dataclass(frozen=True, slots=True)
class Drawn:
    """A drawing as Word keeps it: its part, its size in mm, its words, and what it is inside a:graphicData.

    `graphic` takes the relationship id of the part; `uri` says what kind of graphic it is.
    """

    part: DrawnPart
    width: float
    height: float
    words: str
    uri: str
    graphic: Callable[[str], str]


def additions(
    names: Mapping[DrawnPart, str], links: Mapping[str, Mapping[str, DrawnPart]], original: Mapping[str, bytes]
) -> dict[str, bytes]:
    """The parts that a document has besides or instead of the original ones: drawings, links to them, their types.

    `names` are the drawings' parts, `links` the drawings of each part by relationship id.
    """
    if not names:
        return {}
    types = "".join(f'<Override PartName="/{name}" ContentType="{one.content_type}"/>' for one, name in names.items())
    inner = {names[one]: {f"rId{number}": part for number, part in enumerate(one.related, 1)} for one in names}
    return {
        _TYPES: original[_TYPES].replace(b"</Types>", types.encode() + b"</Types>"),
        **{
            _links_name(name): _linked(name, linked, names, original)
            for name, linked in (*links.items(), *inner.items())
            if linked
        },
        **{name: one.data for one, name in names.items()},
    }


def _linked(
    name: str, linked: Mapping[str, DrawnPart], names: Mapping[DrawnPart, str], original: Mapping[str, bytes]
) -> bytes:
    folder = posixpath.dirname(name)
    more = "".join(
        f'<Relationship Id="{relation}" Type="{part.relationship}" Target="{posixpath.relpath(names[part], folder)}"/>'
        for relation, part in linked.items()
    )
    before = original.get(_links_name(name), _NO_LINKS)
    return _LINKS_END.sub(lambda end: (b">" if end[0] == b"/>" else b"") + more.encode() + b"</Relationships>", before)


def _links_name(name: str) -> str:
    folder, base = posixpath.split(name)
    return f"{folder}/_rels/{base}.rels"


def inline(drawing: Drawn, relation: str, number: int) -> str:
    """The XML that ends the run of a tag, draws in a run of its own, and begins a run for the text that follows."""
    return (
        f'</w:t></w:r><w:r><w:drawing><wp:inline xmlns:wp="{_WORD_DRAWING}"'
        ' distT="0" distB="0" distL="0" distR="0">'
        f"{size_xml('wp:extent', drawing.width, drawing.height)}"
        f'<wp:docPr id="{number}" name="Picture {number}" descr={quoteattr(drawing.words)}/>'
        f'<wp:cNvGraphicFramePr><a:graphicFrameLocks xmlns:a="{_MAIN}" noChangeAspect="1"/></wp:cNvGraphicFramePr>'
        f'<a:graphic xmlns:a="{_MAIN}"><a:graphicData uri="{drawing.uri}">{drawing.graphic(relation)}'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
        '<w:r><w:t xml:space="preserve">'
    )


def size_xml(name: str, width: float, height: float) -> str:
    """An element of this name with a size in mm as Word counts it."""
    return f'<{name} cx="{round(width * _A_MILLIMETRE)}" cy="{round(height * _A_MILLIMETRE)}"/>'
