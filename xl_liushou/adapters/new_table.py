"""An Excel Table that the workbook does not have yet: its part, and the link from its sheet to it."""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Sequence
from typing import Final

from xl_liushou.adapters.xml_spans import quoted
from xl_liushou.core.table import letters

CONTENT_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.table+xml"
LINK: Final = "rId1"
"""The id of the link, with which a new sheet names its Table."""
_STYLE: Final = b"TableStyleLight15"
_DECLARATION: Final = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def sheet_namespace(strict: bool) -> bytes:
    """The namespace of worksheets and Tables."""
    if strict:
        return b"http://purl.oclc.org/ooxml/spreadsheetml/main"
    return b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def link_namespace(strict: bool) -> bytes:
    """The namespace of a link's id, with which its type begins too."""
    if strict:
        return b"http://purl.oclc.org/ooxml/officeDocument/relationships"
    return b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def table_xml(name: str, number: int, header: Sequence[str], strict: bool) -> bytes:
    """The Table's part: over a header in row 1 and one blank row; `number` is its id in the workbook."""
    area = f"A1:{letters(len(header))}2".encode()
    columns = b"".join(b'<tableColumn id="%d" name="%s"/>' % (at, quoted(title)) for at, title in enumerate(header, 1))
    return _DECLARATION + (
        b'<table xmlns="%s" id="%d" name="%s" displayName="%s" ref="%s" totalsRowShown="0"><autoFilter ref="%s"/>'
        b'<tableColumns count="%d">%s</tableColumns><tableStyleInfo name="%s" showFirstColumn="0" showLastColumn="0" '
        b'showRowStripes="1" showColumnStripes="0"/></table>'
    ) % (sheet_namespace(strict), number, quoted(name), quoted(name), area, area, len(header), columns, _STYLE)


def sheet_links(sheet: str, table: str, strict: bool) -> bytes:
    """The relationships of a new sheet whose only link leads to its Table; both are parts."""
    target = posixpath.relpath(table, posixpath.dirname(sheet)).encode()
    return _DECLARATION + (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        b'<Relationship Id="%s" Type="%s/table" Target="%s"/></Relationships>'
    ) % (LINK.encode(), link_namespace(strict), target)


def free_name(wanted: str, taken: Collection[str]) -> str:
    """The name, numbered where a Table or a defined name of the workbook has it already (case does not count)."""
    known = {name.casefold() for name in taken}
    names = (wanted, *(f"{wanted}_{number}" for number in range(2, len(known) + 3)))
    return next(name for name in names if name.casefold() not in known)
