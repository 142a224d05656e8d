"""Keep shared texts from multiplying: a long text that very many cells point to fills any memory.

A sheet's cell points to its text with a few bytes, and python-calamine gives each cell a copy of its
own: 20 KB of zip can ask for 100 GB. So the texts that the cells ask for are added up beforehand,
exactly only when the longest text times the number of cells is more than can be borne.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from contextlib import suppress

from xl_liushou.adapters.package import Package
from xl_liushou.adapters.sheet_guard import GuardedSheet, to_utf8
from xl_liushou.adapters.sheet_scan import is_utf8

MAX_TEXT = 256 << 20
"""Bytes of shared text, with its markup and over `FREE_TEXT`, that the cells of one workbook may ask for."""
FREE_TEXT = 128
"""Bytes of each text that do not count: a cell costs about as much whatever it holds."""
MAX_ONE_TEXT = 4 << 20
"""Bytes of one shared text with its markup; Excel stops at 32,767 characters."""

_ITEM = re.compile(rb"<si[\s/>]")
_PREFIXED_ITEM = re.compile(rb":si[\s/>]")
_ANY_ITEM = re.compile(rb"<(?:[^\s:<>]+:)?si[\s/>]")
_USUAL_POINTER = re.compile(rb't="s"><v>([0-9]+)')
_POINTER = re.compile(rb"""\bt\s*=\s*["']s["'][^<>]*>\s*<(?:[\w.-]+:)?v[^<>]*>\s*([0-9]+)""")
_POINTING = re.compile(rb"""\bt\s*=\s*["']s["']""")


class TextGuard:
    """The sizes of a workbook's shared texts, and how much of `MAX_TEXT` is left.

    `plain` tells whether the texts are UTF-8. Raises HostileInput for a DTD or an absurdly long text.
    """

    def __init__(self, package: Package, part: str | None) -> None:
        self.package = package
        self.left = MAX_TEXT
        self.plain = True
        self.sizes: list[int] = []
        self._measure(package.stream(part) if part else ())
        self.sizes = [max(0, size - FREE_TEXT) for size in self.sizes]
        self.longest = max(self.sizes, default=0)

    def admit(self, sheet: GuardedSheet) -> None:
        """Raise HostileInput when the sheet's cells ask for more text than is left."""
        asked = self.longest * sheet.scan.cells
        if asked > self.left >> 1:
            asked = self._asked(sheet)
        self.left -= asked
        if self.left < 0:
            raise self.package.hostile()

    def _measure(self, chunks: Iterable[bytes]) -> None:
        carry = b""
        for number, chunk in enumerate(chunks):
            if not number:
                self.plain = is_utf8(chunk)
                if b"<!DOCTYPE" in chunk:
                    raise self.package.hostile()
            carry += chunk
            if self.plain:
                carry = self._take(carry)
        self.sizes.append(len(self._take(to_utf8(carry))))
        del self.sizes[0]

    def _take(self, text: bytes) -> bytes:
        """Note the sizes of the items that end in `text`, and return the rest."""
        *items, rest = (_ANY_ITEM if _PREFIXED_ITEM.search(text) else _ITEM).split(text)
        self.sizes += map(len, items)
        if self.plain and len(rest) > MAX_ONE_TEXT:
            raise self.package.hostile()
        return rest

    def _asked(self, sheet: GuardedSheet) -> int:
        """Add up the texts; a pointer that is not understood counts as one to the longest."""
        chunks = self.package.stream(sheet.sheet.part) if sheet.replaced is None else [sheet.replaced]
        total, carry = 0, b""
        for chunk in chunks:
            carry += chunk
            cut = max(0, carry.rfind(b"</"))
            total += self._add_up(carry[:cut])
            carry = carry[cut:]
        return total + self._add_up(carry)

    def _add_up(self, piece: bytes) -> int:
        """The bytes that the pointers of a piece ask for; nearly all programs write them in one way, which is quick."""
        pointers = _USUAL_POINTER.findall(piece)
        if len(pointers) == piece.count(b'"s"') and b"'s'" not in piece:
            with suppress(IndexError):
                return sum(map(self.sizes.__getitem__, map(int, pointers)))
        return self._add_up_exactly(piece)

    def _add_up_exactly(self, piece: bytes) -> int:
        pointers = Counter(map(int, _POINTER.findall(piece)))
        known = Counter({at: count for at, count in pointers.items() if at < len(self.sizes)})
        unknown = len(_POINTING.findall(piece)) - known.total()
        return sum(self.sizes[at] * count for at, count in known.items()) + unknown * self.longest
