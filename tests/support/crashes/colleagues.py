"""How a colleague's program saves the workbook while ours works: in one go, or in two with a pause between."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

Part = Callable[[], object]
"""One part of a save; the parts come one after the other."""


def by_rename(book: Path, data: bytes) -> list[Part]:
    """LibreOffice: another file takes the place."""
    return [lambda: _beside(book, data).replace(book)]


def by_delete_and_rename(book: Path, data: bytes) -> list[Part]:
    """Excel: for a moment there is no workbook."""
    return [book.unlink, lambda: _beside(book, data).replace(book)]


def by_truncating(book: Path, data: bytes) -> list[Part]:
    """openpyxl: the same file is emptied and written."""
    return _in_place(book, "wb", b"", data)


def by_two_chunks(book: Path, data: bytes) -> list[Part]:
    """The same file is written over, half and half."""
    middle = len(data) // 2
    return _in_place(book, "r+b", data[:middle], data[middle:])


def by_late_write(book: Path, data: bytes) -> list[Part]:
    """The same file is opened, and only written over after a while."""
    return _in_place(book, "r+b", b"", data)


WAYS: Final[Mapping[str, Callable[[Path, bytes], list[Part]]]] = {
    "rename": by_rename,
    "delete and rename": by_delete_and_rename,
    "truncate": by_truncating,
    "two chunks": by_two_chunks,
    "late write": by_late_write,
}
IN_PLACE: Final = ("truncate", "two chunks", "late write")
"""Ways that write into the file that is there; the program can do so long after it opened it."""


def _beside(book: Path, data: bytes) -> Path:
    path = book.with_name("同事的临时文件")
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)  # Path.open is a step of ours
    os.write(handle, data)
    os.close(handle)
    return path


def _in_place(book: Path, mode: str, first: bytes, second: bytes) -> list[Part]:
    handles: list[int] = []

    def begin() -> None:
        flags = os.O_RDWR | (os.O_TRUNC if mode == "wb" else 0)
        handles.append(os.open(book, flags))
        os.write(handles[0], first)

    def finish() -> None:
        os.write(handles[0], second)
        os.ftruncate(handles[0], len(first) + len(second))
        os.close(handles[0])

    return [begin, finish]
