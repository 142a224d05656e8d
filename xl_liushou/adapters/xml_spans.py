"""Elements of an XML part as spans of its bytes, so that it can be changed where it must be and nowhere else.

Comments, CDATA sections and processing instructions are blanked in a second copy (`masked`) of the same
length, in which every `<` begins a tag. The copy is the text itself where there is nothing to blank.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Sequence

_QUOTED = rb"\"[^\"]*+\"|'[^']*+'"
INSIDE_TAG = rb"(?:[^<>\"'/]++|" + _QUOTED + rb"|/(?!>))*+"
"""What stands between a tag's name and its end, `/` of an empty element excluded."""

_TAG = re.compile(rb"<(/?)([^\s<>/\"'=]+)(" + INSIDE_TAG + rb")(/?)>")
_ATTRIBUTE = re.compile(rb"(\s)([^\s=\"'/]+)(\s*=\s*)(" + _QUOTED + rb")")
_HIDDEN = re.compile(rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>", re.DOTALL)
_CDATA = re.compile(rb"<!\[CDATA\[(.*?)\]\]>|<!--.*?-->|<\?.*?\?>", re.DOTALL)
_PROLOG = 8
_PROLOG_END = 200
"""No second `<?` can begin before here, and the first may have a byte order mark before it."""

Splice = tuple[int, int, bytes]
"""Start and end of the bytes to be replaced, and what replaces them."""


class OddXml(Exception):
    """The part is written in a way that is not safe to change byte by byte, or it is no XML."""


class Node:
    """One element: `start` to `opened` is its first tag, `closing` to `end` its last; equal where it is empty."""

    __slots__ = ("attributes", "children", "closing", "end", "name", "opened", "parent", "prefix", "start", "tag")

    def __init__(self, prefix: bytes, name: str, span: tuple[int, int], tag: bytes, parent: Node | None) -> None:
        self.prefix, self.name, self.tag, self.parent = prefix, name, tag, parent
        self.start, self.opened = self.closing, self.end = span[0], span[1]
        self.closing = self.end = span[1]
        self.attributes = read_attributes(tag)
        self.children: list[Node] = []

    @property
    def self_closed(self) -> bool:
        """Whether it is written as one tag."""
        return self.tag.endswith(b"/>")

    def get(self, name: str, default: str = "") -> str:
        """Return the attribute's value, by its name as written."""
        return self.attributes.get(name, default)

    def number(self, name: str, default: int = 0) -> int:
        """Return the attribute as a whole number; raises OddXml for another text."""
        text = self.attributes.get(name, "").strip()
        if text and not (text.isascii() and text.isdigit()):
            raise OddXml
        return int(text) if text else default

    def truth(self, name: str) -> bool:
        """Whether the attribute is true; a missing one is not."""
        return self.attributes.get(name, "") in ("1", "true")

    def child(self, name: str) -> Node | None:
        """Return the first child of this local name."""
        return next((child for child in self.children if child.name == name), None)

    def walk(self) -> Iterator[Node]:
        """Yield the element and all below it."""
        yield self
        for child in self.children:
            yield from child.walk()


def read_attributes(tag: bytes) -> dict[str, str]:
    """Return a tag's attributes by their names as written."""
    return {hit[1].decode(): html.unescape(hit[3][1:-1].decode()) for hit in _ATTRIBUTE.findall(tag)}


def masked(text: bytes) -> bytes:
    """Return the text with comments, CDATA sections and processing instructions blanked, at the same length."""
    if not any(_found(text, mark) for mark in (b"!", b"?")):
        return text
    return _HIDDEN.sub(lambda hit: b" " * len(hit[0]), text)


def _found(text: bytes, mark: bytes) -> bool:
    """Tell whether the text has "<" with this mark after it; the mark is rare, so it is looked for first."""
    first = text.find(mark, _PROLOG)
    while 0 <= first < _PROLOG_END:
        if text[first - 1 : first] == b"<":
            return True
        first = text.find(mark, first + 1)
    return first >= 0 and text.find(b"<" + mark, first - 1) >= 0


def parse(seen: bytes, start: int = 0, end: int | None = None) -> list[Node]:
    """Return the elements of a stretch of masked text, which must hold whole elements; raises OddXml."""
    roots: list[Node] = []
    open_: list[Node] = []
    for hit in _TAG.finditer(seen, start, len(seen) if end is None else end):
        name = hit[2]
        if hit[1]:
            _close(open_, name, hit)
        elif name[:1] in b"!":
            raise OddXml
        elif name[:1] != b"?":
            node = _opened(hit, open_[-1] if open_ else None)
            (open_[-1].children if open_ else roots).append(node)
            if not hit[4]:
                open_.append(node)
    if open_:
        raise OddXml
    return roots


def _opened(hit: re.Match[bytes], parent: Node | None) -> Node:
    prefix, _, local = hit[2].rpartition(b":")
    return Node(prefix + b":" if prefix else b"", local.decode(), hit.span(), hit[0], parent)


def _close(open_: list[Node], name: bytes, hit: re.Match[bytes]) -> None:
    if not open_ or open_[-1].prefix + open_[-1].name.encode() != name:
        raise OddXml
    node = open_.pop()
    node.closing, node.end = hit.span()


def root_of(text: bytes) -> Node:
    """Return the part's root element with all below it; raises OddXml."""
    roots = parse(masked(text))
    if len(roots) != 1:
        raise OddXml
    return roots[0]


def inner_text(text: bytes, node: Node) -> str:
    """Return the characters in an element without children."""
    raw = text[node.opened : node.closing]
    pieces, done = [], 0
    for hit in _CDATA.finditer(raw):
        pieces += [html.unescape(raw[done : hit.start()].decode()), (hit[1] or b"").decode()]
        done = hit.end()
    return "".join([*pieces, html.unescape(raw[done:].decode())])


def with_attribute(tag: bytes, name: str, value: str | None) -> bytes:
    """Return the tag with this attribute set, or taken away where `value` is None."""
    for hit in _ATTRIBUTE.finditer(tag):
        if hit[2].decode() == name:
            new = b"" if value is None else hit[1] + hit[2] + hit[3] + b'"' + quoted(value) + b'"'
            return tag[: hit.start()] + new + tag[hit.end() :]
    if value is None:
        return tag
    end = len(tag) - (2 if tag.endswith(b"/>") else 1)
    return tag[:end].rstrip() + b' %s="%s"' % (name.encode(), quoted(value)) + tag[end:]


def attribute_splice(node: Node, name: str, value: str | None) -> Splice:
    """Return the change that sets one attribute of an element."""
    return node.start, node.opened, with_attribute(node.tag, name, value)


def append_splice(node: Node, content: bytes, tag: bytes | None = None) -> list[Splice]:
    """Return the changes that add `content` as the last child of `node`, whose first tag becomes `tag`."""
    tag = node.tag if tag is None else tag
    if not node.self_closed:
        return [(node.start, node.opened, tag), (node.closing, node.closing, content)]
    opened = tag[:-2].rstrip() + b">"
    return [(node.start, node.end, opened + content + b"</%s%s>" % (node.prefix, node.name.encode()))]


def quoted(value: str) -> bytes:
    """Return a text as it stands between double quotes."""
    for plain, escaped in (
        ("&", "&amp;"),
        ("<", "&lt;"),
        (">", "&gt;"),
        ('"', "&quot;"),
        ("\n", "&#10;"),
        ("\t", "&#9;"),
    ):
        value = value.replace(plain, escaped)
    return value.encode()


def spliced(text: bytes, splices: Iterable[Splice]) -> list[bytes | memoryview]:
    """Return the pieces of the changed text; the unchanged ones are views, not copies."""
    view, done = memoryview(text), 0
    pieces: list[bytes | memoryview] = []
    for start, end, new in sorted(splices, key=lambda splice: splice[:2]):
        if start < done:
            raise OddXml
        pieces += [view[done:start], new]
        done = end
    return [*pieces, view[done:]]


def changed(text: bytes, splices: Sequence[Splice]) -> bytes:
    """Return the changed text in one piece."""
    return b"".join(spliced(text, splices)) if splices else text
