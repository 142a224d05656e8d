"""A zip whose bytes depend on its parts only: fixed dates, fixed attributes, a given order.

An entry is packed by itself, so that one that many files share is deflated once and copied from then on.
The layout is that of PKWARE's APPNOTE.TXT, sections 4.3.7, 4.3.12 and 4.3.16.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from struct import Struct
from typing import Final

_FIRST: Final = ("[Content_Types].xml", "_rels/.rels")
_DEFLATED: Final = 8
_VERSION: Final = 20
_UNIX: Final = 3
_READABLE: Final = 0o644 << 16
_UTF8_NAME: Final = 0x800
_MIDNIGHT: Final = 0
_1980_01_01: Final = 1 << 5 | 1
_LOCAL: Final = Struct("<4s5H3L2H")
_CENTRAL: Final = Struct("<4s2B5H3L5H2L")
_END: Final = Struct("<4s4H2LH")


@dataclass(frozen=True, slots=True)
class Entry:
    """One part as it lies in a zip, and what the zip's directory says of it before and after its place."""

    packed: bytes
    facts: tuple[int, ...]
    name: bytes


def entry(name: str, data: bytes, level: int = zlib.Z_DEFAULT_COMPRESSION) -> Entry:
    """A part deflated and ready to be joined with others."""
    deflater = zlib.compressobj(level, zlib.DEFLATED, -zlib.MAX_WBITS)
    deflated = deflater.compress(data) + deflater.flush()
    called = name.encode()
    flags = 0 if name.isascii() else _UTF8_NAME
    facts = (
        *(flags, _DEFLATED, _MIDNIGHT, _1980_01_01),
        *(zlib.crc32(data), len(deflated), len(data), len(called), 0),
    )
    return Entry(_LOCAL.pack(b"PK\3\4", _VERSION, *facts) + called + deflated, facts, called)


def joined(entries: Iterable[Entry]) -> bytes:
    """The zip of these entries, in their order."""
    parts: list[bytes] = []
    directory: list[bytes] = []
    place = 0
    for one in entries:
        head = _CENTRAL.pack(b"PK\1\2", _VERSION, _UNIX, _VERSION, *one.facts, 0, 0, 0, _READABLE, place)
        directory += (head, one.name)
        parts.append(one.packed)
        place += len(one.packed)
    listed = b"".join(directory)
    count = len(parts)
    return b"".join((*parts, listed, _END.pack(b"PK\5\6", 0, 0, count, count, len(listed), place, 0)))


def steady_zip(parts: Iterable[tuple[str, bytes]]) -> bytes:
    """The parts as a zip, in their order but the package's own first, as Office writes them."""
    return joined(entry(name, data) for name, data in sorted(parts, key=_place))


def in_order(names: Iterable[str]) -> list[str]:
    """The names of parts as Office orders them: the package's own first."""
    return sorted(names, key=lambda name: _place((name, b"")))


def repacked(archive: bytes) -> bytes:
    """The same parts of a zip, with steady bytes."""
    with zipfile.ZipFile(io.BytesIO(archive)) as source:
        return steady_zip((name, source.read(name)) for name in source.namelist())


def _place(part: tuple[str, bytes]) -> int:
    return _FIRST.index(part[0]) if part[0] in _FIRST else len(_FIRST)
