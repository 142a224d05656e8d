"""A zip with some parts changed, added or dropped; all others keep every byte, headers included.

Member layouts are those of APPNOTE.TXT 6.3.10; a zip over 4 GB cannot come here (package.MAX_FILE).
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Final, NamedTuple
from xml.parsers import expat

from xl_liushou.adapters.package import Package, part_key
from xl_liushou.adapters.patch_reasons import refuse

Pieces = Sequence[bytes | memoryview]
"""The content of a part, to be joined."""

_LOCAL: Final = struct.Struct("<4sHHHHHIIIHH")
_CENTRAL: Final = struct.Struct("<4sHHHHHHIIIHHHHHII")
_END: Final = struct.Struct("<4sHHHHIIH")
_ZIP64: Final = 1
_DESCRIPTOR: Final = 8
_DEFLATED: Final = 8
_UNKNOWN: Final = 0xFFFFFFFF
_LEVEL: Final = 6
_FAST_LEVEL: Final = 3
"""Level for parts over `_LARGE` bytes: a third of the time of 6 for an eighth more bytes."""
_LARGE: Final = 32 << 20
_STEP: Final = 1 << 22
_PARSED_STEP: Final = 1 << 18
"""Bytes parsed at once: the packing thread waits no longer than that for its next `_STEP`."""
_FIRST_DAY: Final = 0x21


class _Member(NamedTuple):
    """One part: its record in the directory, and where header, content and descriptor lie together."""

    key: str
    record: bytes
    start: int
    end: int


def patched_zip(package: Package, changed: Mapping[str, Pieces | None], added: Mapping[str, bytes]) -> bytes:
    """Return the zip with the content of `changed` parts replaced (None drops one) and `added` after the last.

    Raises PatchRefused for a zip whose layout cannot be kept, UnusableInput for a damaged one.
    """
    members, comment = _members(package)
    new = {part_key(name): content for name, content in changed.items()}
    out = bytearray()
    directory: dict[int, bytes] = {}
    for member in sorted(members, key=lambda member: member.start):
        if member.key not in new:
            directory[member.start] = _moved(member.record, len(out))
            out += memoryview(package.data)[member.start : member.end]
        elif (content := new[member.key]) is not None:
            directory[member.start] = _write(package, out, member.record, content)
    records = [directory[member.start] for member in members if member.start in directory]
    records += [_write(package, out, _new_record(name), [content]) for name, content in added.items()]
    start = len(out)
    out += b"".join(records)
    out += _END.pack(b"PK\5\6", 0, 0, len(records), len(records), len(out) - start, start, len(comment)) + comment
    return bytes(out)


def _members(package: Package) -> tuple[list[_Member], bytes]:
    """Return the parts in the directory's order, and the zip's comment."""
    directory, entries = package.directory(), package.entries()
    starts = sorted(info.header_offset for info in entries)
    if len(set(starts)) != len(starts):
        raise refuse("odd-zip")
    ends = dict(zip(starts, [*starts[1:], len(package.data) - len(directory)], strict=True))
    members, at = [], 0
    for info in entries:
        size = _CENTRAL.size + sum(_CENTRAL.unpack_from(directory, at)[10:13])
        record = bytes(directory[at : at + size])
        _check(package, info, record)
        members.append(_Member(part_key(info.orig_filename), record, info.header_offset, ends[info.header_offset]))
        at += size
    end = package.data.rfind(b"PK\5\6")
    return members, bytes(package.data[end + _END.size :])


def _check(package: Package, info: zipfile.ZipInfo, record: bytes) -> None:
    """Refuse what would not come out the same: bytes before the zip, encryption, names that differ."""
    fields = _CENTRAL.unpack_from(record)
    start, name_length = info.header_offset, fields[10]
    name = record[_CENTRAL.size : _CENTRAL.size + name_length]
    header = package.data[start : start + _LOCAL.size + name_length]
    if fields[16] not in (start, _UNKNOWN) or info.flag_bits & 0x41 or info.header_offset == _UNKNOWN:
        raise refuse("odd-zip")
    if header[:4] != b"PK\3\4" or header[_LOCAL.size :] != name:
        raise package.broken()


def _moved(record: bytes, offset: int) -> bytes:
    """Return the record of a part that now lies at `offset`."""
    fields = list(_CENTRAL.unpack_from(record))
    if fields[16] != _UNKNOWN:
        return record[:42] + struct.pack("<I", offset) + record[46:]
    first = _CENTRAL.size + fields[10]
    for at, kind, size in _extras(record[first : first + fields[11]]):
        if kind == _ZIP64:
            place = first + at + 4 + 8 * sum(fields[index] == _UNKNOWN for index in (8, 9))
            if place + 8 <= first + at + 4 + size:
                return record[:place] + struct.pack("<Q", offset) + record[place + 8 :]
    raise refuse("odd-zip")


def _extras(extra: bytes) -> Iterable[tuple[int, int, int]]:
    """Yield place, kind and size of each extra field."""
    at = 0
    while at + 4 <= len(extra):
        kind, size = struct.unpack_from("<HH", extra, at)
        yield at, kind, size
        at += 4 + size


def _without_zip64(extra: bytes) -> bytes:
    return b"".join(extra[at : at + 4 + size] for at, kind, size in _extras(extra) if kind != _ZIP64)


def _write(package: Package, out: bytearray, record: bytes, content: Pieces) -> bytes:
    """Write a part's header and content to `out`; returns its record in the directory."""
    fields = list(_CENTRAL.unpack_from(record))
    name_end = _CENTRAL.size + fields[10]
    name, comment = record[_CENTRAL.size : name_end], record[name_end + fields[11] :]
    extra = _without_zip64(record[name_end : name_end + fields[11]])
    offset, flags, method = len(out), fields[3] & ~_DESCRIPTOR, fields[4]
    out += bytes(_LOCAL.size) + name
    first = len(out)
    check, size = _pack(package, out, content, method)
    header = (fields[2], flags, method, *fields[5:7], check, len(out) - first, size, len(name))
    out[offset : offset + _LOCAL.size] = _LOCAL.pack(b"PK\3\4", *header, 0)
    central = (b"PK\1\2", fields[1], *header, len(extra), *fields[12:16], offset)
    return _CENTRAL.pack(*central) + name + extra + comment


def _pack(package: Package, out: bytearray, content: Pieces, method: int) -> tuple[int, int]:
    """Append the packed content to `out`; returns its CRC and its size before packing.

    The XML is parsed while another thread packs it: a part with this CRC is well-formed.
    """
    size = sum(map(len, content))
    level = _FAST_LEVEL if size > _LARGE else _LEVEL
    packer = zlib.compressobj(level, zlib.DEFLATED, -15) if method == _DEFLATED else None
    with ThreadPoolExecutor(1) as thread:
        packing = thread.submit(_packed, content, packer)
        check, parser = 0, _Parser(package)
        for part in _steps(content, _PARSED_STEP):
            check = zlib.crc32(part, check)
            parser.feed(part)
        parser.finish()
        for chunk in packing.result():
            out += chunk
    return check, size


def _packed(content: Pieces, packer: zlib._Compress | None) -> list[bytes | memoryview]:
    if packer is None:
        return list(content)
    return [*map(packer.compress, _steps(content, _STEP)), packer.flush()]


def _steps(content: Pieces, step: int) -> Iterable[memoryview]:
    for piece in content:
        for at in range(0, len(piece), step):
            yield memoryview(piece)[at : at + step]


class _Parser:
    """Reads XML as it comes; UnusableInput for what is not well-formed, HostileInput for a DTD."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._parser = expat.ParserCreate()
        self._parser.StartDoctypeDeclHandler = self._refuse

    def _refuse(self, *_: object) -> None:
        raise self._package.hostile()

    def feed(self, data: bytes | memoryview, last: bool = False) -> None:
        """Read the next bytes."""
        try:
            self._parser.Parse(data, last)
        except (expat.ExpatError, ValueError, LookupError):
            raise self._package.broken() from None

    def finish(self) -> None:
        """Say that there is no more."""
        self.feed(b"", last=True)


def _new_record(name: str) -> bytes:
    """Return a record for a part that the zip does not have yet."""
    raw = name.encode()
    flags = 0 if name.isascii() else 0x800
    fields = (b"PK\1\2", 20, 20, flags, _DEFLATED, 0, _FIRST_DAY, 0, 0, 0, len(raw), 0, 0, 0, 0, 0, 0)
    return _CENTRAL.pack(*fields) + raw


def verify(data: bytes, before: Package, touched: Iterable[str], dropped: Iterable[str] = ()) -> None:
    """Read the new zip back: the same parts are in it, every CRC is right, the others keep their packed bytes.

    Raises UnusableInput when a part was damaged before.
    """
    after, keys = Package(data, before.name), set(map(part_key, touched))
    missing = {part_key(name) for name in before.names()} - {part_key(name) for name in after.names()}
    if missing != set(map(part_key, dropped)):
        raise before.broken()
    for info in after.entries():
        key = part_key(info.orig_filename)
        if key not in keys and after.packed(key) != before.packed(key):
            raise before.broken()
        for _ in after.stream(key):
            pass
