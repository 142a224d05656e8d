"""Writes the values of one document where their tags stand, and keeps the parts that drawings bring."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from itertools import count
from typing import Any, Final

from docxtpl import Listing, RichText, RichTextParagraph
from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from xl_liushou.adapters.word_chart import drawn_chart
from xl_liushou.adapters.word_drawing import Drawn, DrawnPart, inline
from xl_liushou.adapters.word_picture import drawn_picture
from xl_liushou.adapters.word_source import CannotCompile
from xl_liushou.core.drawing import Chart, Picture

_DRAWINGS: Final[Mapping[type, Callable[[Any], Drawn]]] = {Picture: drawn_picture, Chart: drawn_chart}
_PLAIN: Final = frozenset({int, float, bool, type(None)})
_RICH: Final = frozenset({RichText, RichTextParagraph})
_SIGNS: Final = re.compile("[\t\n\r\a\f]")
_NOT_XML: Final = re.compile("[\0-\x06\x08\x0b\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_FIRST_NUMBER: Final = 20_001
"""Drawings are numbered from here, beyond those that docxtpl numbers anew in the body (from 1001)."""


class Pen:
    """What Jinja calls for each value, and what it has seen since the document was begun.

    `has_signs` tells that a value had a tab or line break, `has_xml` that one brought XML of its own. A value that
    only docxtpl can print is CannotCompile, unless it is docxtpl that prints. `taken` are the names and ids of the
    template, which nothing new may have.
    """

    def __init__(self, taken: Collection[str]) -> None:
        self._taken = {one.lower() for one in taken}
        self.begin(for_docxtpl=False)

    def begin(self, for_docxtpl: bool) -> None:
        """Begins a document."""
        self._for_docxtpl = for_docxtpl
        self._part = ""
        self.has_signs = self.has_xml = False
        self.names: dict[DrawnPart, str] = {}
        self.links: dict[str, dict[str, DrawnPart]] = {}
        self._numbers = count(_FIRST_NUMBER)

    def turn_to(self, part: str) -> None:
        """Goes on with this part; "" where nothing can be drawn."""
        self._part = part
        self.has_signs = self.has_xml = False

    @pass_context
    def write(self, _context: Context, value: Any) -> Any:
        """A value as it goes into the XML; the context in the call keeps Jinja from calling it beforehand."""
        kind = type(value)
        if kind is str:
            if not value.isprintable():
                self._look_at(value)
            return _kept(value) if self._for_docxtpl else value
        return value if kind in _PLAIN else self._write_other(value)

    def _write_other(self, value: Any) -> Any:
        draw = _DRAWINGS.get(type(value))
        if draw:
            drawing = draw(value)
            if not self._part:
                raise ValueError("a drawing where there can be text only")
            self.has_xml = True
            number = next(one for one in self._numbers if str(one) not in self._taken)
            return Markup(inline(drawing, self._link(drawing.part), number))
        if self._for_docxtpl:
            return value
        if type(value) in _RICH:
            self.has_xml = True
            self._look_at(value.xml)
            return value
        if type(value) is Markup and "<" not in value:
            self._look_at(value)
            return value
        if type(value) is Listing:
            self._look_at(value.xml)
            return value
        if hasattr(value, "__html__"):
            raise CannotCompile(type(value).__name__)
        text = str(value)
        self._look_at(text)
        return text

    def _look_at(self, text: str) -> None:
        if _NOT_XML.search(text) and not self._for_docxtpl:
            raise CannotCompile("a sign that XML cannot hold")
        if _SIGNS.search(text):
            self.has_signs = True

    def _link(self, part: DrawnPart) -> str:
        """The id of the relationship from the current part to this one, which is kept once."""
        links = self.links.setdefault(self._part, {})
        found = next((relation for relation, linked in links.items() if linked == part), None)
        if found is None:
            self._name(part)
            found = self._free("drawn", "", links)
            links[found] = part
        return found

    def _name(self, part: DrawnPart) -> None:
        if part not in self.names:
            for one in part.related:
                self._name(one)
            self.names[part] = self._free(part.stem, part.ending, set(self.names.values()))

    def _free(self, stem: str, ending: str, others: Collection[str]) -> str:
        candidates: Iterator[str] = (f"{stem}{number}{ending}" for number in count(1))
        return next(one for one in candidates if one not in others and one.lower() not in self._taken)


def _kept(text: str) -> str:
    """A value that docxtpl would take for one of its signs for braces, such that it prints as it is."""
    return Markup(str(escape(text)).replace("_", "&#95;")) if "{_" in text or "_}" in text else text
