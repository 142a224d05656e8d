"""The sections of a paper as they stand in a file with others: on a page of their own, numbered from 1."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from lxml import etree

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_ORDER: Final = tuple(
    f"{W}{name}"
    for name in (
        *("headerReference", "footerReference", "footnotePr", "endnotePr", "type", "pgSz", "pgMar", "paperSrc"),
        *("pgBorders", "lnNumType", "pgNumType", "cols", "formProt", "vAlign", "noEndnote", "titlePg"),
        *("textDirection", "bidi", "rtlGutter", "docGrid", "printerSettings", "sectPrChange"),
    )
)
_BLOCKS: Final = {f"{W}p", f"{W}tbl", f"{W}sdt", f"{W}customXml", f"{W}altChunk"}
_AFTER_ENDNOTES: Final = {
    f"{W}{name}"
    for name in (
        *("compat", "docVars", "rsids", "attachedSchema", "themeFontLang", "clrSchemeMapping"),
        *("doNotIncludeSubdocsInStats", "doNotAutoCompressPictures", "forceUpgrade", "captions"),
        *("readModeInkLockDown", "smartTagType", "shapeDefaults", "doNotEmbedSmartTags", "decimalSymbol"),
        "listSeparator",
    )
}
"""What stands after w:endnotePr in the settings of a document (beside parts in other namespaces)."""
_SMALLEST: Final = {"before": "0", "after": "0", "line": "20", "lineRule": "exact"}
"""A paragraph of one point, where a section has to end after a table."""


def sections_of(body: Any) -> list[Any]:
    """The properties of all sections of a document, in their order; those of the last are made where they lack."""
    if body.find(f"{W}sectPr") is None:
        etree.SubElement(body, f"{W}sectPr")
    inner = body.iterfind(f".//{W}pPr/{W}sectPr")
    return [*inner, body.find(f"{W}sectPr")]


def on_new_page(section: Any) -> None:
    """Lets the first section of a paper begin on a new page, if its template had it go on where others end."""
    kind = section.find(f"{W}type")
    if kind is not None and kind.get(f"{W}val") in ("continuous", "nextColumn"):
        kind.set(f"{W}val", "nextPage")


def pages_anew(section: Any) -> None:
    """Numbers the pages of a paper from 1, or from where its template says."""
    pages = _child(section, "pgNumType")
    pages.set(f"{W}start", pages.get(f"{W}start") or "1")


def notes_anew(sections: Sequence[Any]) -> None:
    """Numbers the notes of a paper from 1, and has its endnotes at its end."""
    for tag in ("footnotePr", "endnotePr"):
        notes = _child(sections[0], tag)
        restart = notes.find(f"{W}numRestart")
        if restart is None:
            restart = etree.SubElement(notes, f"{W}numRestart")
        if restart.get(f"{W}val") != "eachPage":
            restart.set(f"{W}val", "eachSect")
    for section in sections[:-1]:
        _child(section, "noEndnote")


def place_endnotes(settings: Any) -> None:
    """Says in the settings of a file that endnotes stand where sections end."""
    notes = settings.find(f"{W}endnotePr")
    if notes is None:
        notes = etree.Element(f"{W}endnotePr")
        foreign = (one for one in settings if one.tag in _AFTER_ENDNOTES or not str(one.tag).startswith(W))
        after = next(foreign, None)
        settings.insert(len(settings) if after is None else settings.index(after), notes)
    place = notes.find(f"{W}pos")
    if place is None:
        place = etree.Element(f"{W}pos")
        notes.insert(0, place)
    place.set(f"{W}val", "sectEnd")


def kinds_lacking(sections: Sequence[Any]) -> list[tuple[str, str]]:
    """The headers and footers that only later sections have: (header or footer, default, first or even).

    A section without takes over that of the section before it, which would be another paper's.
    """
    asked = [_references(section) for section in sections]
    return sorted(set().union(*asked[1:]) - asked[0])


def _references(section: Any) -> set[tuple[str, str]]:
    """The headers and footers that a section has of its own."""
    return {
        (what, one.get(f"{W}type")) for what in ("header", "footer") for one in section.iterfind(f"{W}{what}Reference")
    }


def refer(section: Any, what: str, kind: str, link: str) -> None:
    """Gives a section a header or footer."""
    made = etree.Element(f"{W}{what}Reference")
    made.set(f"{W}type", kind)
    made.set(f"{_R}id", link)
    section.insert(0, made)


def end_here(body: Any) -> None:
    """Ends the last section of a document in its last paragraph, so that another one can follow."""
    section = body.find(f"{W}sectPr")
    body.remove(section)
    paragraph = paragraph_at_end(body)
    for marker in list(paragraph.itersiblings()):
        paragraph.append(marker)
    properties = paragraph.find(f"{W}pPr")
    properties.append(section)
    _keep_with_nothing(properties)
    change = properties.find(f"{W}pPrChange")
    if change is not None:
        properties.append(change)


def _keep_with_nothing(properties: Any) -> None:
    """The next paragraph is another paper's: LibreOffice would take this one over to its page."""
    keep = properties.find(f"{W}keepNext")
    if keep is None:
        keep = etree.Element(f"{W}keepNext")
        style = properties.find(f"{W}pStyle")
        properties.insert(0 if style is None else 1, keep)
    keep.set(f"{W}val", "0")


def paragraph_at_end(body: Any) -> Any:
    """The last paragraph of a document, with its properties; a new, very small one after a table."""
    last = next((one for one in reversed(body) if one.tag in _BLOCKS), None)
    if last is None or last.tag != f"{W}p" or last.find(f"{W}pPr/{W}sectPr") is not None:
        section = body.find(f"{W}sectPr")
        last = etree.Element(f"{W}p")
        spacing = etree.SubElement(etree.SubElement(last, f"{W}pPr"), f"{W}spacing")
        for name, value in _SMALLEST.items():
            spacing.set(f"{W}{name}", value)
        body.insert(len(body) if section is None else body.index(section), last)
    if last.find(f"{W}pPr") is None:
        last.insert(0, etree.Element(f"{W}pPr"))
    return last


def bookmark(paragraph: Any, name: str, number: str) -> None:
    """A bookmark at the end of a paragraph."""
    for tag in ("bookmarkStart", "bookmarkEnd"):
        etree.SubElement(paragraph, f"{W}{tag}").set(f"{W}id", number)
    paragraph[-2].set(f"{W}name", name)


def _child(section: Any, name: str) -> Any:
    """A child of a section's properties; a new one stands where the order of Word's schema wants it."""
    tag = f"{W}{name}"
    found = section.find(tag)
    if found is None:
        found = etree.Element(tag)
        place = _ORDER.index(tag)
        section.insert(sum(_ORDER.index(one.tag) < place for one in section if one.tag in _ORDER), found)
    return found
