"""Edits that could not go into a workbook yet: `.liushou/waiting/<run>-<name of the workbook>`.

Written before the workbook is, and removed when they are in it: what a run wanted survives its death.
A protected workbook's edits are protected with the same password.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from xl_liushou.adapters import disk
from xl_liushou.adapters.book_file import BookFile
from xl_liushou.core.edits import Edit
from xl_liushou.core.edits_json import edits_from_json, edits_to_json

WAITING: Final = "waiting"
_PART: Final = "edits.json"


def keep_waiting(state: Path, book: BookFile, run: str, edits: Sequence[Edit], temporary: Path) -> None:
    """Keeps the edits of a run."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr(_PART, edits_to_json(edits))
    disk.make_private(state / WAITING)
    disk.write_new(temporary, book.sealed(packed.getvalue()))
    disk.replace(temporary, _path(state, book, run))
    disk.flush_folder(state / WAITING)


def waiting_edits(state: Path, book: BookFile, run: str) -> list[Edit]:
    """The edits of a run that wait; none where there are none, or nobody can read them any more."""
    try:
        with zipfile.ZipFile(io.BytesIO(book.opened(disk.read(_path(state, book, run))))) as file:
            return edits_from_json(file.read(_PART))
    except (FileNotFoundError, zipfile.BadZipFile, KeyError, ValueError):
        return []


def waits(state: Path, book: str, run: str) -> bool:
    """Whether there are edits of a run that wait."""
    return (state / WAITING / f"{run}-{book}").exists()


def drop_waiting(state: Path, book: BookFile, run: str) -> None:
    """Forgets the edits of a run; raises OSError where they cannot be removed."""
    disk.remove(_path(state, book, run))


def _path(state: Path, book: BookFile, run: str) -> Path:
    return state / WAITING / f"{run}-{book.path.name}"
