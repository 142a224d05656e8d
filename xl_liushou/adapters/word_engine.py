"""docxtpl with its preparing done once: a template's XML is patched and compiled the first time it is seen.

Imported when the first paper is rendered, since docxtpl, lxml and Jinja2 are slow to load.
"""

from __future__ import annotations

import io
from typing import Any
from xml.sax.saxutils import quoteattr

from docx.shared import Mm
from docxtpl import DocxTemplate, InlineImage
from jinja2 import StrictUndefined, Template
from jinja2.sandbox import ImmutableSandboxedEnvironment

from xl_liushou.core.drawing import Picture


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's immutable sandbox with strict tags, which remembers what it has compiled."""

    def __init__(self) -> None:
        super().__init__(undefined=StrictUndefined, autoescape=True)
        self._compiled: dict[str, Template] = {}

    def from_string(self, source: Any, *args: Any, **more: Any) -> Template:
        """A compiled template; the same source is compiled once."""
        if args or more or not isinstance(source, str):
            return super().from_string(source, *args, **more)
        found = self._compiled.get(source)
        if found is None:
            found = self._compiled[source] = super().from_string(source)
        return found


class Engine:
    """One Word template, its patched XML and its compiled tags."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._sandbox = Sandbox()
        self._patched: dict[str, str] = {}

    def render(self, context: dict[str, Any]) -> bytes:
        """The rendered file as docxtpl packs it; whatever is wrong with the template is raised as it comes."""
        document = _Remembering(self._data, self._patched)
        document.render(_drawn(context, document), jinja_env=self._sandbox, autoescape=True)
        written = io.BytesIO()
        document.save(written)
        return written.getvalue()


def _drawn(value: Any, document: DocxTemplate) -> Any:
    """The value with its pictures as docxtpl draws them."""
    if isinstance(value, Picture):
        return _Drawing(document, value)
    if isinstance(value, dict):
        return {name: _drawn(one, document) for name, one in value.items()}
    return [_drawn(one, document) for one in value] if isinstance(value, list) else value


class _Drawing(InlineImage):  # type: ignore[misc]
    """A picture with its words, and no distance to its sides (LibreOffice takes 3 mm where none is given)."""

    def __init__(self, document: DocxTemplate, picture: Picture) -> None:
        super().__init__(document, io.BytesIO(picture.data), Mm(picture.width), Mm(picture.height))
        self._words = picture.words

    def _insert_image(self) -> str:
        drawn: str = super()._insert_image()
        drawn = drawn.replace("<wp:inline ", '<wp:inline distT="0" distB="0" distL="0" distR="0" ', 1)
        return drawn.replace("<wp:docPr ", f"<wp:docPr descr={quoteattr(self._words)} ", 1)


class _Remembering(DocxTemplate):  # type: ignore[misc]
    """A DocxTemplate that looks up what it has patched before."""

    def __init__(self, data: bytes, patched: dict[str, str]) -> None:
        super().__init__(io.BytesIO(data))
        self._remembered = patched

    def patch_xml(self, src_xml: str) -> str:
        """The XML with whole tags, as docxtpl makes it."""
        found = self._remembered.get(src_xml)
        if found is None:
            found = self._remembered[src_xml] = super().patch_xml(src_xml)
        return found
