"""What Word asks of a document: each rule yields one sentence per problem."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property

from lxml import etree

from tests.support.package import CONTENT_TYPES, Package, extension, local_name, values
from tests.support.package_rules import duplicates
from tests.support.workbook import relationship_id

_STORY_KINDS = ("header", "footer", "footnotes", "endnotes", "comments")
_STYLE_TYPES = {"pStyle": "paragraph", "rStyle": "character", "tblStyle": "table"}
_STYLE_LINKS = ("basedOn", "next", "link")
_NOTE_PARTS = {"commentReference": "comments", "footnoteReference": "footnotes", "endnoteReference": "endnotes"}
_LAST_IN_A_TABLE_CELL = {"p", "sdt", "customXml", "bookmarkEnd"}


class Document:
    """The parts of a document that hold text, styles and numbering."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.root = package.xml(package.main)

    @cached_property
    def stories(self) -> dict[str, etree._Element]:
        """The parts with paragraphs: body, headers, footers, notes, comments."""
        kinds = [part for kind in _STORY_KINDS for part in self.package.related(self.package.main, kind)]
        return {part: self.package.xml(part) for part in [self.package.main, *kinds]}

    def part(self, kind: str) -> etree._Element | None:
        """Return the root of the one part of this kind ('styles', 'numbering', 'comments'), or None."""
        return next((self.package.xml(part) for part in self.package.related(self.package.main, kind)), None)

    def ids(self, kind: str, path: str, attribute: str) -> list[str]:
        """Return an attribute of every element that `path` finds in the part of this kind."""
        root = self.part(kind)
        return [] if root is None else [w(element, attribute) for element in root.iterfind(path)]


DocumentRule = Callable[[Document], Iterator[str]]


def w(element: etree._Element, attribute: str) -> str:
    """Return an attribute of the element's own namespace, empty when absent."""
    return element.get(f"{{{etree.QName(element).namespace}}}{attribute}", "")


def bookmarks_are_unique(document: Document) -> Iterator[str]:
    for part, root in document.stories.items():
        starts, ends = list(root.iter("{*}bookmarkStart")), list(root.iter("{*}bookmarkEnd"))
        for id_ in duplicates(w(start, "id") for start in starts):
            yield f"{part}: two bookmarks with id {id_}"
        for name in duplicates(w(start, "name").lower() for start in starts):
            yield f"{part}: two bookmarks {name!r}"
        if {w(start, "id") for start in starts} != {w(end, "id") for end in ends}:
            yield f"{part}: a bookmark with only one end"


def drawing_ids_are_unique(document: Document) -> Iterator[str]:
    for part, root in document.stories.items():
        drawn = [e for e in root.iter("{*}docPr") if not any(local_name(a) == "Fallback" for a in e.iterancestors())]
        for id_ in duplicates(element.get("id", "") for element in drawn):
            yield f"{part}: two drawings with docPr id {id_}"


def content_controls_are_unique(document: Document) -> Iterator[str]:
    for part, root in document.stories.items():
        for id_ in duplicates(w(element, "val") for element in root.iterfind(".//{*}sdtPr/{*}id")):
            yield f"{part}: two content controls with id {id_}"


def links_lead_to_bookmarks(document: Document) -> Iterator[str]:
    known = {w(one, "name").lower() for root in document.stories.values() for one in root.iter("{*}bookmarkStart")}
    for part, root in document.stories.items():
        asked = {w(link, "anchor") for link in root.iter("{*}hyperlink")} - {"", "_top"}
        yield from (
            f"{part}: a link to a missing bookmark {name!r}" for name in sorted(asked) if name.lower() not in known
        )


def paragraph_ids_are_unique(document: Document) -> Iterator[str]:
    """[MS-DOCX] 2.6.2.3: w14:paraId is unique in its part."""
    for part, root in document.stories.items():
        for id_ in duplicates(values(root, "//@*[local-name()='paraId']")):
            yield f"{part}: two paragraphs with paraId {id_}"


def shapes_are_unique(document: Document) -> Iterator[str]:
    for part, root in document.stories.items():
        shapes = values(
            root, "//*[namespace-uri()='urn:schemas-microsoft-com:vml' and not(self::*[local-name()='shapetype'])]/@id"
        )
        for id_ in duplicates(shapes):
            yield f"{part}: two shapes with id {id_}"


def parts_are_reached(document: Document) -> Iterator[str]:
    """A part that nothing points to is lost when Word saves; what its relationships name must be of that kind."""
    package = document.package
    sources = ["", *package.parts]
    links = [link for source in sources for link in package.relationships(source) if not link.external]
    reached = {package.existing(link.target) for link in links}
    for name in package.parts:
        if name not in reached and name != CONTENT_TYPES and extension(name) != "rels":
            yield f"{name}: no relationship leads there"
    for link in links:
        if link.kind == "image" and not package.content_type(link.target).startswith("image/"):
            yield f"{link.target}: content type {package.content_type(link.target)} for a picture"


def notes_exist(document: Document) -> Iterator[str]:
    for kind in ("comments", "footnotes", "endnotes"):
        for id_ in duplicates(document.ids(kind, "*", "id")):
            yield f"{kind}: two with id {id_}"
    for part, root in document.stories.items():
        for tag, kind in _NOTE_PARTS.items():
            missing = {w(e, "id") for e in root.iter(f"{{*}}{tag}")} - set(document.ids(kind, "*", "id"))
            yield from (f"{part}: {tag} {id_} does not exist in {kind}" for id_ in sorted(missing))


def numbering_exists(document: Document) -> Iterator[str]:
    """A numId of 0 means no list (ECMA-376 part 1, 17.9.18)."""
    numbers = document.ids("numbering", "{*}num", "numId")
    abstracts = document.ids("numbering", "{*}abstractNum", "abstractNumId")
    for twice in duplicates(numbers) + duplicates(abstracts):
        yield f"numbering: id {twice} occurs twice"
    for missing in sorted(set(document.ids("numbering", "{*}num/{*}abstractNumId", "val")) - set(abstracts)):
        yield f"numbering: abstractNum {missing} does not exist"
    for part, root in _parts_with_styles(document):
        used = {w(element, "val") for element in root.iter("{*}numId")}
        yield from (f"{part}: list {id_} does not exist" for id_ in sorted(used - set(numbers) - {"0", ""}))


def styles_exist(document: Document) -> Iterator[str]:
    styles = document.part("styles")
    if styles is None:
        return
    elements = list(styles.iterfind("{*}style"))
    known = {w(style, "styleId"): w(style, "type") for style in elements}
    for id_ in duplicates(w(style, "styleId") for style in elements):
        yield f"styles: two styles {id_!r}"
    for part, root in document.stories.items():
        yield from (f"{part}: {problem}" for problem in _unknown_styles(root, known))
    for element in styles.iterfind("{*}style/*"):
        if local_name(element) in _STYLE_LINKS and w(element, "val") not in known:
            yield f"styles: {local_name(element)} names a missing style {w(element, 'val')!r}"


def _unknown_styles(root: etree._Element, known: dict[str, str]) -> Iterator[str]:
    used = {(local_name(element), w(element, "val")) for tag in _STYLE_TYPES for element in root.iter(f"{{*}}{tag}")}
    for tag, id_ in sorted(used):
        if id_ not in known:
            yield f"{tag} names a missing style {id_!r}"
        elif known[id_] != _STYLE_TYPES[tag]:
            yield f"{tag} names {id_!r}, a style of type {known[id_]}"


def headers_and_footers_exist(document: Document) -> Iterator[str]:
    kinds = {link.id: link.kind for link in document.package.relationships(document.package.main)}
    for element in document.root.iter("{*}headerReference", "{*}footerReference"):
        expected = local_name(element).removesuffix("Reference")
        if kinds.get(relationship_id(element)) != expected:
            yield f"{document.package.main}: {local_name(element)} points to no {expected}"


def tables_are_whole(document: Document) -> Iterator[str]:
    """Word calls a document damaged when a table has no row, a row no cell, or a cell ends without a paragraph.

    Loops of a template around rows and paragraphs make just these.
    """
    for part, root in document.stories.items():
        for table in root.iter("{*}tbl"):
            if table.find(".//{*}tr") is None:
                yield f"{part}: a table without a row"
        for row in root.iter("{*}tr"):
            if etree.QName(row).namespace == etree.QName(root).namespace and row.find(".//{*}tc") is None:
                yield f"{part}: a table row without a cell"
        for cell in root.iter("{*}tc"):
            if etree.QName(cell).namespace == etree.QName(root).namespace and not _ends_with_paragraph(cell):
                yield f"{part}: a table cell that does not end with a paragraph"


def _ends_with_paragraph(cell: etree._Element) -> bool:
    names = [local_name(child) for child in cell]
    return bool(names) and names[-1] in _LAST_IN_A_TABLE_CELL and bool({"p", "sdt", "customXml"} & set(names))


def _parts_with_styles(document: Document) -> list[tuple[str, etree._Element]]:
    styles = document.part("styles")
    return list(document.stories.items()) + ([] if styles is None else [("styles", styles)])


DOCUMENT_RULES: tuple[DocumentRule, ...] = (
    bookmarks_are_unique,
    drawing_ids_are_unique,
    content_controls_are_unique,
    links_lead_to_bookmarks,
    paragraph_ids_are_unique,
    shapes_are_unique,
    parts_are_reached,
    notes_exist,
    numbering_exists,
    styles_exist,
    headers_and_footers_exist,
    tables_are_whole,
)
