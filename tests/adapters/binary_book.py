"""A tiny .xlsb written by hand ([MS-XLSB] 2.1.4): no program on a test machine makes one."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from pathlib import Path
from struct import pack

_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def binary_workbook(path: Path, name: str, rows: Sequence[Sequence[str | float]]) -> Path:
    """Saves a workbook of one sheet with texts and numbers."""
    book = b"".join([
        _record(131), _record(153, bytes(12)), _record(143),
        _record(156, pack("<II", 0, 1) + _text("rId1") + _text(name)), _record(144), _record(132),
    ])  # fmt: skip
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", f'<Types xmlns="{_PACKAGE}/content-types"/>')
        archive.writestr("_rels/.rels", _links("officeDocument", "xl/workbook.bin"))
        archive.writestr("xl/workbook.bin", book)
        archive.writestr("xl/_rels/workbook.bin.rels", _links("worksheet", "worksheets/sheet1.bin"))
        archive.writestr("xl/worksheets/sheet1.bin", _sheet(rows))
    return path


def _sheet(rows: Sequence[Sequence[str | float]]) -> bytes:
    parts = [_record(129), _record(148, pack("<IIII", 0, len(rows) - 1, 0, len(rows[0]) - 1)), _record(145)]
    for number, row in enumerate(rows):
        parts.append(_record(0, pack("<I", number) + bytes(13)))
        for place, value in enumerate(row):
            cell = pack("<II", place, 0)
            parts.append(
                _record(6, cell + _text(value)) if isinstance(value, str) else _record(5, cell + pack("<d", value))
            )
    return b"".join([*parts, _record(146), _record(130)])


def _record(kind: int, data: bytes = b"") -> bytes:
    head = bytes([kind]) if kind < 128 else bytes([kind & 127 | 128, kind >> 7])
    size, length = b"", len(data)
    while length > 127:
        size, length = size + bytes([length & 127 | 128]), length >> 7
    return head + size + bytes([length]) + data


def _text(text: str) -> bytes:
    return pack("<I", len(text)) + text.encode("utf-16-le")


def _links(kind: str, target: str) -> str:
    return (
        f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_LINKS}/{kind}" Target="{target}"/></Relationships>'
    )
