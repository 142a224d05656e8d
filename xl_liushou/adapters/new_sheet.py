"""A sheet that the workbook does not have yet: its part, and the four parts that must know of it."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from typing import Final

from xl_liushou.adapters.book_patch import sheet_nodes
from xl_liushou.adapters.cell_xml import Dialect, NewCell, cell_xml, escape
from xl_liushou.adapters.new_table import LINK, link_namespace, sheet_namespace
from xl_liushou.adapters.patch_reasons import refuse
from xl_liushou.adapters.style_patch import Styles
from xl_liushou.adapters.xml_spans import (
    Node,
    OddXml,
    append_splice,
    attribute_splice,
    changed,
    inner_text,
    quoted,
    root_of,
    with_attribute,
)
from xl_liushou.core.edits import AddSheet, Tone
from xl_liushou.core.table import letters

CONTENT_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_HEADER: Final = Tone("F2F2F2", bold=True)
_FOOTER: Final = "&L&A&R第 &P 页，共 &N 页"
_TABLE: Final = b'<tableParts count="1"><tablePart r:id="%s"/></tableParts>'
_BAD_NAME: Final = re.compile(r"[\[\]:*?/\\\x00-\x1f]|^'|'$")
_LONGEST_NAME: Final = 31


def sheet_xml(edit: AddSheet, styles: Styles, dialect: Dialect) -> bytes:
    """The new sheet's part: widths, a header that stays in view, rows that stand out, one page wide on paper."""
    plain, style = dialect._replace(prefix=b""), styles.wrapped()
    header = b"".join(
        cell_xml(plain, f"{letters(place)}1", NewCell(title, styles.fit(style, title)))
        for place, title in enumerate(edit.header, 1)
    )
    last = letters(max(len(edit.header), 1)).encode()
    columns = b"".join(
        b'<col min="%d" max="%d" width="%g" style="%d" customWidth="1"/>' % (place, place, width, style)
        for place, width in enumerate(edit.widths, 1)
    )
    parts = (
        b'<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><dimension ref="A1:%s1"/>' % last,
        b'<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" '
        b'state="frozen"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/>',
        b"<cols>%s</cols>" % columns if columns else b"",
        b'<sheetData><row r="1">%s</row></sheetData>' % header,
        *_formats(edit, styles, last),
        b'<printOptions horizontalCentered="1" gridLines="1"/>'
        b'<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/><headerFooter>'
        b"<oddFooter>%s</oddFooter></headerFooter>" % escape(_FOOTER),
        _TABLE % LINK.encode() if edit.table else b"",
    )
    root = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="%s" xmlns:r="%s">%s</worksheet>'
    return root % (sheet_namespace(dialect.strict), link_namespace(dialect.strict), b"".join(parts))


def _formats(edit: AddSheet, styles: Styles, last: bytes) -> Iterator[bytes]:
    """The conditional formats: a header in bold, then the rows, the first of the tones first."""
    yield _rules(b"A1:%s1" % last, [(styles.tone(_HEADER), "TRUE")])
    words = [(styles.tone(tone), _begins(edit.toned_by, word)) for word, tone in edit.tones.items()]
    if words:
        yield _rules(b"A2:%s1048576" % last, words)


def _begins(column: int, word: str) -> str:
    """Whether the row's cell in this column begins with the word, as a formula of row 2."""
    text = word.replace('"', '""')
    return f'LEFT(${letters(column)}2,{len(word)})="{text}"'


def _rules(area: bytes, rules: list[tuple[int, str]]) -> bytes:
    inside = b"".join(
        b'<cfRule type="expression" dxfId="%d" priority="%d"><formula>%s</formula></cfRule>'
        % (number, place, escape(formula))
        for place, (number, formula) in enumerate(rules, 1)
    )
    return b'<conditionalFormatting sqref="%s">%s</conditionalFormatting>' % (area, inside)


def entered(text: bytes, name: str, link: str) -> bytes:
    """The workbook part with a sheet of this name, after the last, by the id of its relationship.

    Raises PatchRefused for a name that cannot be used or a workbook whose structure is locked.
    """
    root = root_of(text)
    nodes = sheet_nodes(root)
    names = {node.get("name").casefold() for node in nodes}
    if not name or _BAD_NAME.search(name) or len(name) > _LONGEST_NAME or name.casefold() in names:
        raise refuse("sheet-name", name)
    protection = root.child("workbookProtection")
    if protection and protection.truth("lockStructure"):
        raise refuse("structure-locked", name)
    last = nodes[-1]
    key = next((key for key in last.attributes if key.endswith(":id")), None)
    if key is None:
        raise OddXml
    tag = with_attribute(with_attribute(last.tag, "state", None), "name", name)
    tag = with_attribute(tag, "sheetId", str(max(node.number("sheetId") for node in nodes) + 1))
    tag = with_attribute(tag, key, link)
    if not last.self_closed:
        tag = tag[:-1] + b"/>"
    return changed(text, [(last.end, last.end, tag)])


def linked(text: bytes, part: str, folder: str) -> tuple[bytes, str]:
    """The workbook's relationships with one for the new part, and its id; `folder` is the workbook part's."""
    root = root_of(text)
    pattern = next(node for node in root.children if node.get("Type").endswith("/worksheet"))
    taken = {node.get("Id") for node in root.children}
    key = next(f"rId{number}" for number in range(1, len(taken) + 2) if f"rId{number}" not in taken)
    tag = with_attribute(with_attribute(pattern.tag, "Id", key), "Target", posixpath.relpath(part, folder or "."))
    if not pattern.self_closed:
        tag = tag[:-1] + b"/>"
    return changed(text, append_splice(root, tag)), key


def typed(text: bytes, part: str, kind: str) -> bytes:
    """The content types with one for the new part."""
    root = root_of(text)
    entry = b'<%sOverride PartName="/%s" ContentType="%s"/>' % (root.prefix, part.encode(), kind.encode())
    return changed(text, append_splice(root, entry))


def told(text: bytes, name: str, sheets: int) -> bytes:
    """The extended properties with the new sheet's name after those of `sheets`; as they are if they say otherwise."""
    root = root_of(text)
    pairs, titles = _vector(root, "HeadingPairs"), _vector(root, "TitlesOfParts")
    counts = [node for node in (pairs.walk() if pairs else ()) if node.name in ("i4", "int")]
    if titles is None or not counts or inner_text(text, counts[0]).strip() != str(sheets):
        return text
    entries = [node for node in titles.children if node.name == "lpstr"]
    if len(entries) != len(titles.children) or len(entries) < sheets:
        return text
    prefix, at = entries[0].prefix, entries[sheets - 1].end
    return changed(
        text,
        [
            (counts[0].opened, counts[0].closing, b"%d" % (sheets + 1)),
            attribute_splice(titles, "size", str(len(entries) + 1)),
            (at, at, b"<%slpstr>%s</%slpstr>" % (prefix, quoted(name), prefix)),
        ],
    )


def _vector(root: Node, name: str) -> Node | None:
    found = root.child(name)
    return found.child("vector") if found else None


def free_part(stem: str, taken: set[str]) -> str:
    """A numbered name beginning with `stem` that no part has yet."""
    number = 1
    while f"{stem}{number}.xml".lower() in taken:
        number += 1
    return f"{stem}{number}.xml"
