"""The compiled merge: parts that have tags are rendered by Jinja alone, all others are copied as they lie deflated."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from html import unescape
from itertools import chain, count
from typing import TYPE_CHECKING, Any, Final
from xml.sax.saxutils import escape

from docxtpl import DocxTemplate
from lxml import etree

from xl_liushou.adapters.template_guard import bounded
from xl_liushou.adapters.word_drawing import additions
from xl_liushou.adapters.word_shape import EMPTY_TABLE, shape_of
from xl_liushou.adapters.word_source import CannotCompile, Source, Story
from xl_liushou.adapters.word_text import by_label, label_of, plain_xml, readable
from xl_liushou.core.steady_zip import entry, in_order, joined

if TYPE_CHECKING:
    from xl_liushou.adapters.word_engine import Sandbox
    from xl_liushou.adapters.word_pen import Pen

_LEVEL: Final = 3
"""Half the time of zlib's usual level 6, for a twentieth more bytes."""
_SIGNS: Final = re.compile("[\t\n\a\f]")
_PAGE_SIGNS: Final = re.compile("[\a\f]")
_NUMBERED: Final = re.compile(r'(<wp:docPr (?:[^>]*? )?id=")[^"]*')
_FIRST_NUMBER: Final = 1001
_LONGEST_PROPERTY: Final = 255
_resolve_listing = partial(DocxTemplate.resolve_listing, None)

Reading = Callable[[], str]
Written = tuple[bytes, Reading]
"""A part as it goes into the file, and its text, which is only read when somebody asks for it."""


class Merge:
    """A compiled template: its filled parts, and the others ready for every document."""

    def __init__(self, source: Source, sandbox: Sandbox, pen: Pen) -> None:
        parts: list[FilledStory | FilledProperties] = [FilledStory(one, sandbox, pen) for one in source.stories]
        if source.properties:
            parts.append(FilledProperties(source, sandbox, pen))
        self._pen = pen
        self._filled = {one.name: one for one in parts if one.has_tags}
        same = {one.name: one.render({})[0] for one in parts if not one.has_tags}
        self._original = {**source.parts, **same}
        self._names = in_order(source.parts)
        self._entries = {name: entry(name, data) for name, data in self._original.items() if name not in self._filled}
        self._labels = [(label, name) for name in self._names if (label := label_of(name))]
        self._texts = {
            name: readable(name, plain_xml(self._original[name]))
            for _, name in self._labels
            if name not in self._filled
        }

    def render(self, context: Mapping[str, Any]) -> tuple[bytes, Callable[[], dict[str, str]]]:
        """The file and its texts; CannotCompile where a value needs docxtpl."""
        self._pen.begin(for_docxtpl=False)
        written = {name: one.render(context) for name, one in self._filled.items()}
        changed = {name: data for name, (data, _) in written.items()}
        more = additions(self._pen.names, self._pen.links, self._original)
        changed |= more
        names = chain(self._names, (name for name in more if name not in self._original)) if more else self._names
        data = joined(entry(name, changed[name], _LEVEL) if name in changed else self._entries[name] for name in names)
        return data, partial(self._read, written, more)

    def _read(self, written: Mapping[str, Written], more: Mapping[str, bytes]) -> dict[str, str]:
        texts = [(label, written[name][1]() if name in written else self._texts[name]) for label, name in self._labels]
        drawn = [(label, readable(name, data.decode())) for name, data in more.items() if (label := label_of(name))]
        return by_label(texts + drawn)


class FilledStory:
    """A part of text, compiled."""

    def __init__(self, story: Story, sandbox: Sandbox, pen: Pen) -> None:
        tree = sandbox.parse(story.source)
        shape = shape_of(tree)
        self.name = story.name
        self.has_tags = shape.has_tags
        self._story, self._sandbox, self._pen = story, sandbox, pen
        self._texts, self._has_fickle_tables = shape.texts, shape.has_fickle_tables
        self._attributes = "\n".join(shape.attributes)
        self._has_signs = bool(_SIGNS.search(story.source))
        self._has_drawings = "<wp:docPr " in story.source
        self._template = sandbox.from_string(tree)

    def render(self, context: Mapping[str, Any]) -> Written:
        """The part for one context, mended as docxtpl mends it after each render."""
        pen, template = self._pen, self._template
        pen.turn_to(self.name)
        pieces = bounded(template.root_render_func(template.new_context(dict(context))))
        xml = "".join(pieces)
        if self._has_fickle_tables and EMPTY_TABLE.search(xml):
            raise CannotCompile("a table without rows")
        has_signs = self._has_signs or pen.has_signs
        if has_signs:
            xml = _resolve_listing(xml)
        if self._story.is_body and (self._has_drawings or pen.has_xml):
            xml = _numbered(xml)
        data = (self._story.head + xml + self._story.tail).encode()
        if pen.has_xml or has_signs:
            _check(data)
        if self._texts is None or pen.has_xml or has_signs:
            return data, partial(readable, self.name, xml)
        return data, partial(self._read, pieces, self._texts)

    def _read(self, pieces: list[str], texts: Mapping[str, str]) -> str:
        lines = "".join(
            [texts[piece] if piece in texts else unescape(piece) if "&" in piece else piece for piece in pieces]
        )
        return f"{lines}\n{self._attributes}" if self._attributes else lines


class FilledProperties:
    """The properties of the document, compiled; docxtpl sets each rendered text as the text of its element."""

    has_tags = True

    def __init__(self, source: Source, sandbox: Sandbox, pen: Pen) -> None:
        self.name = source.properties_name
        self._pen = pen
        self._fixed = source.properties[::2]
        self._templates = [sandbox.from_string(text) for text in source.properties[1::2]]

    def render(self, context: Mapping[str, Any]) -> Written:
        """The part for one context; a text longer than a property may be is docxtpl's to tell."""
        self._pen.turn_to("")
        texts = [unescape(template.render(context)) for template in self._templates]
        if any(len(text) > _LONGEST_PROPERTY or _PAGE_SIGNS.search(text) for text in texts):
            raise CannotCompile("a property that docxtpl does not write")
        filled = (escape(text, {"\r": "&#13;"}) for text in texts)
        xml = self._fixed[0] + "".join(chain.from_iterable(zip(filled, self._fixed[1:], strict=True)))
        return xml.encode(), partial(readable, self.name, xml)


def _numbered(xml: str) -> str:
    """The drawings of the body numbered anew, as docxtpl does."""
    numbers: Iterator[int] = count(_FIRST_NUMBER)
    return _NUMBERED.sub(lambda start: f"{start[1]}{next(numbers)}", xml)


def _check(data: bytes) -> None:
    """What values with XML or signs of their own made must be well-formed; docxtpl mends it where it is not."""
    try:
        etree.fromstring(data)
    except etree.XMLSyntaxError as problem:
        raise CannotCompile("not well-formed") from problem
