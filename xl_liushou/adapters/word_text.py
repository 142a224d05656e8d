"""What can be read in a Word file: pages, notes, text boxes, hidden text, fields, alternative texts, properties.

Elements go by their local names, so that no choice of prefixes hides a text.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from html import unescape
from typing import Final, NamedTuple

_LABELS: Final[Mapping[str, str]] = {
    "word/document": "正文",
    "word/header": "页眉",
    "word/footer": "页脚",
    "word/footnotes": "脚注",
    "word/endnotes": "尾注",
    "word/comments": "批注",
    "word/charts/": "图表",
    "word/diagrams/": "图示",
    "docProps/": "文档属性",
    "customXml/item": "附加数据",
}
_STORIES: Final = "word/"
_DATA: Final = ("word/charts/", "word/diagrams/")
_FREE: Final = "customXml/"
_TEXTS: Final = frozenset({"t", "delText", "instrText", "delInstrText"})
_INSTEAD: Final = {"br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_NAMED: Final = frozenset({"alias", "tblCaption", "tblDescription"})
_SAID: Final = re.compile(r'\s(?:\w+:)?(?:descr|title|alt|instr|string|tooltip)="([^"]*)"')
_BLANK: Final = re.compile(r"[\t\r\n]")
"""Read as a space where it stands in an attribute."""
_LINE_END: Final = re.compile(r"\r\n?")
_VALUE: Final = re.compile(r'\s(?!xmlns)[\w.:-]+="([^"]*)"')
_TOKEN: Final = re.compile(r"""<(/?)([\w.:-]+)((?:[^<>"']|"[^"]*"|'[^']*')*?)(/?)>|([^<]+)|<[?!].*?>""", re.DOTALL)


class Token(NamedTuple):
    """A tag of XML, or the text between two."""

    name: str
    attributes: str
    opens: bool
    closes: bool
    text: str

    @property
    def local(self) -> str:
        """The name without its prefix."""
        return self.name.rpartition(":")[2]


def tokens(xml: str) -> Iterator[Token]:
    """The tags and texts of a piece of XML, without its declarations and comments."""
    for hit in _TOKEN.finditer(xml):
        slash, name, attributes, end, text = hit.groups("")
        if name or text:
            yield Token(name, attributes, bool(name and not slash), bool(slash or end), text)


def seen(token: Token, inside: str) -> str:
    """The text that a token adds to its paragraph; `inside` is the local name of the element around it."""
    if token.text:
        return unescape(token.text) if inside in _TEXTS else ""
    if token.local == "tab":
        return "\t" if token.opens and inside == "r" else ""
    return _INSTEAD.get(token.local, "") if token.opens else ""


def said(token: Token) -> list[str]:
    """The texts in a tag's attributes: what a picture or table shows, a field's code, a watermark."""
    pattern = _VALUE if token.local in _NAMED else _SAID
    if not token.opens:
        return []
    return [unescape(_BLANK.sub(" ", text)) for text in pattern.findall(token.attributes) if text]


def label_of(name: str) -> str:
    """What staff call a part of the package; "" for one without text of its own."""
    return next((label for start, label in _LABELS.items() if name.startswith(start) and name.endswith(".xml")), "")


def readable(name: str, xml: str) -> str:
    """The text of one part, one line a paragraph, then what its attributes say; of a part of data, all texts in it."""
    is_story = name.startswith(_STORIES) and not name.startswith(_DATA)
    xml = _LINE_END.sub("\n", xml)
    return "\n".join(_story_lines(xml) if is_story else _data_lines(xml, name.startswith(_FREE)))


def by_label(texts: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Texts by what staff call their parts, from pairs of that and a text."""
    found: dict[str, list[str]] = {}
    for label, text in texts:
        found.setdefault(label, []).append(text)
    return {label: "\n".join(texts) for label, texts in found.items()}


def texts(data: bytes) -> dict[str, str]:
    """The text of all parts of a Word file that can be read in it."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return by_label(
            (label, readable(name, plain_xml(archive.read(name))))
            for name in archive.namelist()
            if (label := label_of(name))
        )


def plain_xml(data: bytes) -> str:
    """A part's XML as a string, whatever its encoding, without comments and marked sections."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    return etree.tostring(etree.fromstring(data, parser), encoding="unicode")


def _story_lines(xml: str) -> Iterator[str]:
    """Lines as their paragraphs end: those of a text box come before the paragraph that it is anchored in."""
    around: list[str] = [""]
    open_lines: list[list[str]] = [[]]
    attributes: list[str] = []
    for token in tokens(xml):
        if token.local == "p" and token.opens:
            open_lines.append([])
        open_lines[-1].append(seen(token, around[-1]))
        attributes += said(token)
        if token.opens:
            around.append(token.local)
        if token.closes:
            around.pop()
            if token.local == "p":
                yield "".join(open_lines.pop())
    yield "".join(open_lines.pop())
    yield from attributes


def _data_lines(xml: str, with_attributes: bool) -> Iterator[str]:
    for token in tokens(xml):
        if token.text.strip():
            yield unescape(token.text)
        if with_attributes:
            yield from (unescape(text) for text in _VALUE.findall(token.attributes))
