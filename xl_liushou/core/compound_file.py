"""Writes a compound file, the container of an encrypted workbook and of a VBA project ([MS-CFB], version 3).

msoffcrypto-tool has a writer of its own, but what it makes of a package of up to 4,096 bytes cannot be
read back (its issue 105), and the last DIFAT sector it writes for one above 7 MB lacks its end mark.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from struct import pack
from typing import Final

MAGIC: Final = bytes.fromhex("d0cf11e0a1b11ae1")

_SECTOR, _MINI_SECTOR, _ENTRY = 512, 64, 128
_CUTOFF: Final = 4096
"""A shorter stream lies in the mini stream."""
_NUMBERS: Final = _SECTOR // 4
"""Sector numbers in one sector."""
_IN_HEADER: Final = 109
"""FAT sectors that the header itself names; the others are named in DIFAT sectors."""
_DIFAT, _FAT, _END, _NONE = 0xFFFFFFFC, 0xFFFFFFFD, 0xFFFFFFFE, 0xFFFFFFFF
_STORAGE, _STREAM, _ROOT = 1, 2, 5
_BLACK: Final = 1
_BLANK: Final = bytes(68) + pack("<III", _NONE, _NONE, _NONE) + bytes(48)
"""A line of the directory that nobody uses."""

Tree = Mapping[str, "bytes | Tree"]
"""Streams and storages by name."""


@dataclass(slots=True)
class _Entry:
    """A line of the directory."""

    name: str
    kind: int
    content: bytes = b""
    left: int = _NONE
    right: int = _NONE
    child: int = _NONE
    start: int = 0

    @property
    def is_mini(self) -> bool:
        return self.kind == _STREAM and len(self.content) < _CUTOFF

    def packed(self) -> bytes:
        """The 128 bytes of the entry; times and class ids stay blank."""
        name = self.name.encode("utf-16-le") + b"\0\0"
        links = pack("<HBBIII", len(name), self.kind, _BLACK, self.left, self.right, self.child)
        return name.ljust(64, b"\0") + links + bytes(36) + pack("<IQ", self.start, len(self.content))


def compound_file(tree: Tree) -> bytes:
    """The bytes of a compound file with these streams and storages."""
    entries = [_Entry("Root Entry", _ROOT)]
    entries[0].child = _add(entries, tree)
    small = [entry for entry in entries if entry.is_mini]
    big = [entry for entry in entries if entry.kind == _STREAM and not entry.is_mini]
    mini_fat, entries[0].content = _mini_stream(small)
    chains = [_count(len(entries) * _ENTRY), _count(len(mini_fat)), _count(len(entries[0].content))]
    chains += [_count(len(entry.content)) for entry in big]
    fat, difat = _tables(sum(chains))
    starts = list(_starts(fat + difat, chains))
    for entry, start in zip((entries[0], *big), starts[2:], strict=True):
        entry.start = start
    return b"".join(
        (
            _header(fat, difat, starts[0], starts[1], chains[1]),
            _difat_sectors(fat, difat),
            _packed([*[_DIFAT] * difat, *[_FAT] * fat, *_linked(fat + difat, chains)]),
            *(entry.packed() for entry in entries),
            _BLANK * (-len(entries) % (_SECTOR // _ENTRY)),
            mini_fat,
            *(_padded(entry.content, _SECTOR) for entry in (entries[0], *big)),
        )
    )


def _add(entries: list[_Entry], tree: Tree) -> int:
    """Adds the entries of a storage; returns the number of the one at the top of their search tree."""
    return _branch(entries, tree, sorted(tree, key=lambda name: (len(name), name.upper())))


def _branch(entries: list[_Entry], tree: Tree, names: Sequence[str]) -> int:
    """A balanced tree of black nodes only, which [MS-CFB] 2.6.4 calls the simplest."""
    if not names:
        return _NONE
    middle = len(names) // 2
    found = tree[names[middle]]
    number = len(entries)
    entry = _Entry(names[middle], _STREAM, found) if isinstance(found, bytes) else _Entry(names[middle], _STORAGE)
    entries.append(entry)
    if not isinstance(found, bytes):
        entry.child = _add(entries, found)
    entry.left = _branch(entries, tree, names[:middle])
    entry.right = _branch(entries, tree, names[middle + 1 :])
    return number


def _mini_stream(small: Sequence[_Entry]) -> tuple[bytes, bytes]:
    """Puts short streams into one; returns its table and itself."""
    sizes = [_count(len(entry.content), _MINI_SECTOR) for entry in small]
    for entry, start in zip(small, _starts(0, sizes), strict=True):
        entry.start = start
    stream = b"".join(_padded(entry.content, _MINI_SECTOR) for entry in small)
    return _packed([*_linked(0, sizes)]), stream


def _tables(content: int) -> tuple[int, int]:
    """How many FAT and DIFAT sectors tell of so many sectors and of themselves."""
    fat = difat = 0
    while True:
        needed = _count(content + fat + difat, _NUMBERS)
        named = _count(max(0, needed - _IN_HEADER), _NUMBERS - 1)
        if (needed, named) == (fat, difat):
            return fat, difat
        fat, difat = needed, named


def _difat_sectors(fat: int, difat: int) -> bytes:
    """The sectors that name the FAT sectors beyond the header's, each with the number of the next."""
    named, step = [*range(difat + _IN_HEADER, difat + fat)], _NUMBERS - 1
    named += [_NONE] * (difat * step - len(named))
    after = [*range(1, difat), _END]
    return b"".join(_packed([*named[at * step : (at + 1) * step], after[at]]) for at in range(difat))


def _header(fat: int, difat: int, directory: int, mini_fat: int, mini_fat_sectors: int) -> bytes:
    version = pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    tables = pack("<IIIIIIIII", 0, fat, directory, 0, _CUTOFF, mini_fat, mini_fat_sectors, 0 if difat else _END, difat)
    named = [*range(difat, difat + min(fat, _IN_HEADER))]
    return MAGIC + bytes(16) + version + tables + pack(f"<{_IN_HEADER}I", *named, *[_NONE] * (_IN_HEADER - len(named)))


def _starts(first: int, sizes: Sequence[int]) -> Iterator[int]:
    """Where chains of these lengths start, one behind the other; one without any sector has no start."""
    for size in sizes:
        yield first if size else _END
        first += size


def _linked(first: int, sizes: Sequence[int]) -> Iterator[int]:
    """For each sector of such chains the number of the next."""
    for size in sizes:
        if size:
            yield from range(first + 1, first + size)
            yield _END
        first += size


def _packed(numbers: Sequence[int]) -> bytes:
    """Numbers of sectors, filled up to whole sectors."""
    filled = [*numbers, *[_NONE] * (-len(numbers) % _NUMBERS)]
    return pack(f"<{len(filled)}I", *filled)


def _padded(data: bytes, size: int) -> bytes:
    return data.ljust(_count(len(data), size) * size, b"\0")


def _count(size: int, block: int = _SECTOR) -> int:
    """How many blocks hold so many bytes."""
    return -(-size // block)
