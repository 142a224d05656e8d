"""The compression of a VBA project's streams ([MS-OVBA] 2.4.1)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from struct import pack
from typing import Final

_CHUNK: Final = 4096
_SHORTEST: Final = 3
"""A copy of fewer bytes would save nothing."""
_SIGNATURE, _IS_PACKED = 0x3000, 0x8000


def compressed(data: bytes) -> bytes:
    """The data as a compressed container."""
    return b"\x01" + b"".join(_chunk(data[at : at + _CHUNK]) for at in range(0, len(data), _CHUNK))


def _chunk(text: bytes) -> bytes:
    """One chunk, raw where packing would make it longer; a raw one is always a full one, as readers know no other."""
    tokens = b"".join(_groups(list(_tokens(text))))
    packed, flag = (tokens, _IS_PACKED) if len(tokens) <= _CHUNK else (text, 0)
    if not flag and len(text) < _CHUNK:
        raise ValueError("a last chunk without any repetition has no form in this compression; text always has some")
    return pack("<H", flag | _SIGNATURE | (len(packed) - 1)) + packed


def _groups(tokens: Sequence[bytes]) -> Iterator[bytes]:
    """Eight tokens behind a byte whose bits say which of them are copies."""
    for at in range(0, len(tokens), 8):
        group = tokens[at : at + 8]
        yield bytes([sum((len(token) == 2) << bit for bit, token in enumerate(group))])
        yield from group


def _tokens(text: bytes) -> Iterator[bytes]:
    """The bytes of a chunk one by one, and in two bytes what stood there before."""
    seen: dict[bytes, list[int]] = defaultdict(list)
    at = 0
    while at < len(text):
        length_bits = 16 - max(4, (at - 1).bit_length())
        start, length = _longest(text, at, seen, min(len(text) - at, (1 << length_bits) - 1 + _SHORTEST))
        if length:
            yield pack("<H", (at - start - 1) << length_bits | (length - _SHORTEST))
        else:
            yield text[at : at + 1]
        for passed in range(at, at + (length or 1)):
            seen[text[passed : passed + _SHORTEST]].append(passed)
        at += length or 1


def _longest(text: bytes, at: int, seen: Mapping[bytes, Sequence[int]], most: int) -> tuple[int, int]:
    """Where the longest copy of what comes next starts, and its length; 0 where there is none."""
    found, length = at, 0
    for start in reversed(seen.get(text[at : at + _SHORTEST], ()) if most >= _SHORTEST else ()):
        if length and text[start + length] != text[at + length]:
            continue
        same = _SHORTEST
        while same < most and text[start + same] == text[at + same]:
            same += 1
        if same > length:
            found, length = start, same
        if length == most:
            break
    return found, length
