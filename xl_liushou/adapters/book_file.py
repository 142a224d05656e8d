"""A workbook file as it was read: what it holds, and how to know that it is still the same."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from xl_liushou.adapters.package import read_bytes
from xl_liushou.core.run import bytes_digest


@dataclass(frozen=True, slots=True)
class BookFile:
    """A workbook: its real path (symbolic links resolved), its bytes, and the SHA-256 of the file on the disk."""

    path: Path
    data: bytes = field(repr=False)
    digest: str

    def sealed(self, data: bytes) -> bytes:
        """Other content of this workbook as it goes to the disk."""
        return data

    def opened(self, data: bytes) -> bytes:
        """What `sealed` sealed."""
        return data

    def reloaded(self) -> BookFile:
        """The workbook as it is on the disk now."""
        data = read_bytes(self.path)
        digest = bytes_digest(data)
        return self if digest == self.digest else self.with_content(self.opened(data), digest)

    def with_content(self, data: bytes, digest: str) -> BookFile:
        """The same workbook after it was saved with other content."""
        return BookFile(self.path, data, digest)


def load_book(path: Path) -> BookFile:
    """Reads a workbook file once; raises what `read_bytes` raises."""
    data = read_bytes(path)
    return BookFile(path.resolve(), data, bytes_digest(data))
