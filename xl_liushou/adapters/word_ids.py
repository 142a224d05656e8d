"""Giving a paper names and numbers of its own, where Word asks that no two in a file be alike."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from itertools import count
from typing import Any, Final

from lxml import etree

from xl_liushou.adapters.word_lists import Lists

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SPACES: Final = {
    "w": W[1:-1],
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
}
_OPTIONAL: Final = tuple(
    f"{{http://schemas.microsoft.com/office/word/2010/{space}}}{name}"
    for space, name in (
        ("wordml", "paraId"),
        ("wordml", "textId"),
        ("wordprocessingDrawing", "anchorId"),
        ("wordprocessingDrawing", "editId"),
    )
)
"""Numbers that Word gives paragraphs and shapes for working together, and gives anew where they are missing."""

_NOTES: Final = {
    "footnoteReference": "footnotes",
    "endnoteReference": "endnotes",
    "commentReference": "comments",
    "commentRangeStart": "comments",
    "commentRangeEnd": "comments",
    "footnote": "",
    "endnote": "",
    "comment": "",
}


def _finder(path: str) -> Callable[[Any], Any]:
    """Finds elements, or attributes as texts that know their element, in the whole of a part."""
    return etree.XPath(path, namespaces=_SPACES)


_MARKS = _finder("//*[@w:id]")
_LINKS = _finder("//@r:*|//@o:relid")
_DRAWN = _finder("//wp:docPr")
_BOXES = _finder("//wps:txbx[@id]|//wps:linkedTxbx[@id]")
_SHAPES = _finder("//v:*/@id|//@o:spid|//o:OLEObject/@ShapeID")
_NEXT_BOXES = _finder("//v:textbox[contains(@style,'#')]")
_CONTROLS = _finder("//w:sdtPr/w:id")
_BINDINGS = _finder("//w:sdtPr/w:dataBinding")
_ANCHORS = _finder("//w:hyperlink[@w:anchor]")
_BOOKMARKS = _finder("//w:bookmarkStart/@w:name")
_LONGEST_NAME: Final = 40
"""Characters in a bookmark's name."""
_TO_BOOKMARKS = re.compile(r"\s*(REF|PAGEREF|NOTEREF|HYPERLINK|TOC|GOTOBUTTON)\b", re.IGNORECASE)
_SEQUENCE = re.compile(r"\s*SEQ\s+(\S+)", re.IGNORECASE)
_SETS_SEQUENCE = re.compile(r"\\[rc]\b", re.IGNORECASE)
_PAGES = re.compile(r"\s*(PAGE|PAGEREF|NUMPAGES|TOC|INDEX)\b", re.IGNORECASE)
_ALL_PAGES = re.compile(r"^(\s*)NUMPAGES\b", re.IGNORECASE)


def links_used(root: Any) -> set[str]:
    """The ids of the relationships that a part uses."""
    return set(_LINKS(root))


class Numbers:
    """Where all papers of a file draw their numbers from; `pages_shown` says whether any page tells its own.

    Where none does, pages need no numbering anew, by which LibreOffice would lay them out worse.
    """

    def __init__(self) -> None:
        self.pages_shown = False
        self.marks, self.drawings, self.boxes, self.controls = count(1), count(1), count(1), count(1)


class Renewal:
    """Gives one paper, the `number`-th of a file, its own names and numbers; the first keeps its names.

    A field with the number of all pages then asks for the page at the end of the paper: that is
    where the bookmark `end` has to be, if `counts_pages` says so.
    """

    def __init__(self, numbers: Numbers, lists: Lists, number: int) -> None:
        self._numbers = numbers
        self._lists = lists
        self._number = number
        self._boxes: dict[str, str] = {}
        self._names: dict[str, str] = {}
        self._sequences: set[str] = set()
        self.end = f"_paper_{number}_end"
        self.counts_pages = False
        self.notes: dict[str, Mapping[str, str]] = {}

    def learn(self, root: Any) -> None:
        """Learns the bookmarks of a part, before any part that may name them is renewed."""
        if self._number > 1:
            end = f"_{self._number}"
            for name in _BOOKMARKS(root):
                self._names[name.lower()] = f"{name[: _LONGEST_NAME - len(end)]}{end}"

    def renew(self, root: Any, links: Mapping[str, str] | None = None) -> None:
        """Changes a part in place.

        `links` are its relationships as they are called from now on, None where they keep their ids.
        """
        etree.strip_attributes(root, *_OPTIONAL)
        for element in _BINDINGS(root):
            element.getparent().remove(element)
        self._renew_marks(root)
        self._renew_drawings(root)
        self._renew_fields(root)
        if self._number > 1:
            self._lists.restart(root, self._number)
        if links is not None:
            _set_links(root, links)

    def fresh_mark(self) -> str:
        """The number of one more bookmark."""
        return str(next(self._numbers.marks))

    def _renew_marks(self, root: Any) -> None:
        marks: dict[str, str] = {}
        for element in _MARKS(root):
            kind = _NOTES.get(etree.QName(element).localname)
            old = element.get(f"{W}id")
            if kind is None:
                if old not in marks:
                    marks[old] = self.fresh_mark()
                element.set(f"{W}id", marks[old])
            elif kind:
                element.set(f"{W}id", self.notes.get(kind, {}).get(old, old))
        for element in root.iter(f"{W}bookmarkStart"):
            name = element.get(f"{W}name", "")
            element.set(f"{W}name", self._names.get(name.lower(), name))
        for element in _ANCHORS(root):
            name = element.get(f"{W}anchor")
            element.set(f"{W}anchor", self._names.get(name.lower(), name))

    def _renew_drawings(self, root: Any) -> None:
        for element in _DRAWN(root):
            element.set("id", str(next(self._numbers.drawings)))
        for element in _CONTROLS(root):
            element.set(f"{W}val", str(next(self._numbers.controls)))
        for element in _BOXES(root):
            old = element.get("id")
            if old not in self._boxes:
                self._boxes[old] = str(next(self._numbers.boxes))
            element.set("id", self._boxes[old])
        if self._number > 1:
            for value in _SHAPES(root):
                value.getparent().set(value.attrname, f"{value}_{self._number}")
            for element in _NEXT_BOXES(root):
                element.set("style", re.sub(r"#([^;]+)", rf"#\1_{self._number}", element.get("style")))

    def _renew_fields(self, root: Any) -> None:
        for element in root.iter(f"{W}fldSimple"):
            element.set(f"{W}instr", self._instruction(element.get(f"{W}instr", "")))
        fields: list[list[Any]] = []
        for element in root.iter(f"{W}fldChar", f"{W}instrText"):
            kind = element.get(f"{W}fldCharType")
            if kind == "begin":
                self._renew_pieces(fields[-1] if fields else [])
                fields.append([])
            elif fields and kind is None:
                fields[-1].append(element)
            elif fields:
                self._renew_pieces(fields[-1])
                if kind == "end":
                    fields.pop()

    def _renew_pieces(self, pieces: list[Any]) -> None:
        """The text of a field, which Word may have split; where another field stands in it, up to there."""
        if pieces:
            pieces[0].text = self._instruction("".join(piece.text or "" for piece in pieces))
            for piece in pieces[1:]:
                piece.text = ""
            pieces.clear()

    def _instruction(self, text: str) -> str:
        """What a field says, for this paper: its own bookmarks, its own pages, its captions counted from 1."""
        self._numbers.pages_shown |= bool(_PAGES.match(text))
        if _ALL_PAGES.match(text):
            self.counts_pages = True
            return _ALL_PAGES.sub(rf"\1PAGEREF {self.end}", text)
        sequence = _SEQUENCE.match(text)
        if sequence and self._number > 1 and sequence[1] not in self._sequences:
            self._sequences.add(sequence[1])
            return text if _SETS_SEQUENCE.search(text) else f"{text.rstrip()} \\r 1 "
        if _TO_BOOKMARKS.match(text):
            return re.sub(r"\w+", lambda word: self._names.get(word[0].lower(), word[0]), text)
        return text


def _set_links(root: Any, links: Mapping[str, str]) -> None:
    for value in _LINKS(root):
        holder = value.getparent()
        if value in links:
            holder.set(value.attrname, links[value])
        else:  # it pointed nowhere in the paper itself
            del holder.attrib[value.attrname]
