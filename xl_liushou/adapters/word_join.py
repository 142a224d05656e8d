"""One Word file out of many papers of one template: each begins on a page of its own, with its own headers.

Styles, settings, fonts and theme are the template's and kept once. What belongs to a paper comes with
it under names and numbers of its own: headers, pictures, charts with their workbooks, notes, comments,
bookmarks, lists. Each paper is parsed, taken over and forgotten, so that time and memory grow with
the papers only. Threads of comments and content bound to custom XML are left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import Any, Final

from xl_liushou.adapters import word_sections as sections
from xl_liushou.adapters.word_ids import Numbers, Renewal, W, links_used
from xl_liushou.adapters.word_lists import Lists
from xl_liushou.adapters.word_parts import Link, Links, Mend, Paper, Shelf, as_bytes, cut, link_type, parsed

_ONCE: Final = ("styles", "settings", "webSettings", "fontTable", "theme", "glossaryDocument")
_NOTES: Final = {"footnotes": "footnote", "endnotes": "endnote", "comments": "comment"}
_PROPERTIES: Final = ("core-properties", "extended-properties", "custom-properties")
_NOTHING: Final = {
    "header": '<w:hdr xmlns:w="{}"><w:p/></w:hdr>',
    "footer": '<w:ftr xmlns:w="{}"><w:p/></w:ftr>',
}
_WORD_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.{}+xml"


@dataclass(slots=True)
class _Gathered:
    """A part to which each paper adds: its content between the head and the tail of the first paper's."""

    name: str
    type: str
    head: bytes = b""
    tail: bytes = b""
    pieces: list[bytes] = field(default_factory=list)
    links: Links = field(default_factory=Links)
    numbers: Iterator[int] = field(default_factory=count)

    def add(self, root: Any, holder: Any) -> None:
        """Adds what one paper has in this part."""
        head, content, tail = cut(root, holder)
        self.head, self.tail = self.head or head, self.tail or tail
        self.pieces.append(content)

    def put(self, shelf: Shelf) -> str:
        """Puts the part with all that was gathered on the shelf; its name there."""
        return shelf.put(self.name, b"".join((self.head, *self.pieces, self.tail)), self.type, self.links.all)


@dataclass(frozen=True, slots=True)
class _Properties:
    """Properties of the file, as far as the papers agree."""

    link: Link
    type: str
    data: bytes
    root: Any

    def agree(self, data: bytes) -> None:
        """Empties what another paper has otherwise: it is about one child."""
        if data != self.data:
            others = [one.text for one in parsed(data).iter()]
            for place, element in enumerate(self.root.iter()):
                if place >= len(others) or others[place] != element.text:
                    element.text = None


class WordJoin:
    """A file in the making; the papers are added one after the other and must come from one template."""

    def __init__(self) -> None:
        self._shelf = Shelf()
        self._numbers = Numbers()
        self._main: _Gathered
        self._lists: Lists
        self._numbering: Link | None = None
        self._notes: dict[str, _Gathered] = {}
        self._properties: dict[str, _Properties] = {}
        self._nothing: dict[str, str] = {}
        self._papers = 0
        self._last: Any = None

    def add(self, data: bytes) -> None:
        """Adds one paper."""
        paper = Paper(data)
        self._papers += 1
        if self._papers == 1:
            self._begin(paper)
        else:
            sections.end_here(self._last)
            self._put_down()
        for link in paper.package_links:
            if link.kind in self._properties:
                self._properties[link.kind].agree(paper.read(link.target))
        root = parsed(paper.read(paper.main))
        renewal = Renewal(self._numbers, self._lists, self._papers)
        renewal.learn(root)
        for kind in _NOTES:
            self._add_notes(paper, kind, renewal)
        self._take_over(paper, paper.main, root, self._main.links, renewal)
        self._last = root.find(f"{W}body")
        self._arrange(self._last, renewal)

    def finish(self) -> bytes:
        """The file with all papers, the same bytes for the same papers."""
        self._put_down()
        for kind, gathered in self._notes.items():
            self._main.links.add(link_type(kind), gathered.put(self._shelf))
        if self._numbering:
            numbering = self._shelf.put(
                self._numbering.target, as_bytes(self._lists.numbering), _WORD_TYPE.format("numbering")
            )
            self._main.links.add(self._numbering.type, numbering)
        package = Links()
        package.add(link_type("officeDocument"), self._main.put(self._shelf))
        for one in self._properties.values():
            package.add(one.link.type, self._shelf.put(one.link.target, as_bytes(one.root), one.type))
        return self._shelf.packed(package.all)

    def _begin(self, paper: Paper) -> None:
        """Takes what is the template's from the first paper."""
        self._main = _Gathered(paper.main, paper.type_of(paper.main))
        once = {link.kind: link for link in paper.main_links.values() if link.kind in (*_ONCE, "numbering")}
        numbering, styles = (
            parsed(paper.read(once[kind].target)) if kind in once else None for kind in ("numbering", "styles")
        )
        self._numbering = once.pop("numbering", None)
        self._lists = Lists(numbering, styles)
        settings = parsed(paper.read(once["settings"].target)) if "settings" in once else None
        self._numbers.pages_shown = settings is not None and settings.find(f"{W}evenAndOddHeaders") is not None
        for link in once.values():
            mend = _endnotes_where_sections_end if link.kind == "settings" and paper.related("endnotes") else None
            self._main.links.add(link.type, self._shelf.copy(paper, link, mend))
        for link in paper.package_links:
            if link.kind in _PROPERTIES:
                data = paper.read(link.target)
                self._properties[link.kind] = _Properties(link, paper.type_of(link.target), data, parsed(data))

    def _put_down(self) -> None:
        """Turns the last paper into bytes."""
        self._main.add(self._last.getparent(), self._last)

    def _take_over(self, paper: Paper, part: str, root: Any, links: Links, renewal: Renewal) -> None:
        """Renews a part of a paper, and takes over the parts that it points to."""
        known = {link.id: link for link in paper.links(part)}
        own = {}
        for id_ in links_used(root):
            if link := known.get(id_):
                mend = _renewing(renewal) if link.kind in ("header", "footer") else None
                target = link.target if link.external else self._shelf.copy(paper, link, mend)
                own[id_] = links.add(link.type, target, link.external)
        renewal.renew(root, own)

    def _add_notes(self, paper: Paper, kind: str, renewal: Renewal) -> None:
        """Adds a paper's footnotes, endnotes or comments; separators are the first paper's."""
        name = paper.related(kind)
        root: Any = parsed(paper.read(name)) if name else ()
        notes = [one for one in root if one.get(f"{W}type", "normal") == "normal"]
        if kind not in self._notes and len(root):
            separators = (int(one.get(f"{W}id")) for one in root if one not in notes)
            self._notes[kind] = _Gathered(name, paper.type_of(name), numbers=count(max(separators, default=-1) + 1))
        elif notes:
            for one in [one for one in root if one not in notes]:
                root.remove(one)
        else:
            return
        gathered = self._notes[kind]
        self._take_over(paper, name, root, gathered.links, renewal)
        renewal.notes[kind] = {one.get(f"{W}id"): str(next(gathered.numbers)) for one in notes}
        for one in notes:
            one.set(f"{W}id", renewal.notes[kind][one.get(f"{W}id")])
        gathered.add(root, root)

    def _arrange(self, body: Any, renewal: Renewal) -> None:
        """Lets a paper begin on a page of its own and have its own headers, pages and notes."""
        own = sections.sections_of(body)
        sections.on_new_page(own[0])
        if self._numbers.pages_shown:
            sections.pages_anew(own[0])
        if renewal.notes.get("footnotes") or renewal.notes.get("endnotes"):
            sections.notes_anew(own)
        for what, kind in sections.kinds_lacking(own):
            sections.refer(own[0], what, kind, self._main.links.add(link_type(what), self._empty(what)))
        last = sections.paragraph_at_end(body)
        if renewal.counts_pages:
            sections.bookmark(last, renewal.end, renewal.fresh_mark())

    def _empty(self, what: str) -> str:
        """The header (or footer) with nothing in it."""
        if what not in self._nothing:
            content = _NOTHING[what].format(W[1:-1]).encode()
            self._nothing[what] = self._shelf.put(f"word/{what}1.xml", content, _WORD_TYPE.format(what))
        return self._nothing[what]


def _renewing(renewal: Renewal) -> Mend:
    """Renews a header or footer of a paper."""

    def renewed(data: bytes) -> bytes:
        root = parsed(data)
        renewal.learn(root)
        renewal.renew(root)
        return as_bytes(root)

    return renewed


def _endnotes_where_sections_end(settings: bytes) -> bytes:
    """The settings of a file whose endnotes stand at the end of each paper."""
    root = parsed(settings)
    sections.place_endnotes(root)
    return as_bytes(root)
