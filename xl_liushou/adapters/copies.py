"""What `.liushou` keeps of a workbook's values, backups and results that wait: protected as the workbook is.

When the password changes, new copies are made in a folder of the run that changes it, and take the places
of the old ones once the workbook itself is saved. Whatever instant the program dies at, the next run
finishes the change or forgets it, for the record of runs tells whether the workbook was saved.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from xl_liushou.adapters import disk
from xl_liushou.adapters.backups import BACKUPS, backup_path, paths_of
from xl_liushou.adapters.book_file import BookFile
from xl_liushou.adapters.state import State
from xl_liushou.adapters.waiting import WAITING
from xl_liushou.core.compound_file import MAGIC
from xl_liushou.core.errors import UnusableInput
from xl_liushou.core.progress import Progress, no_progress

_PREPARED: Final = "resealed-"


def prepare(state: State, book: BookFile, password: str | None, run: str, progress: Progress = no_progress) -> int:
    """Makes every copy anew with another password or none, also the backup that the run will make.

    Returns how many cannot be read, since they have yet another password; they stay as they are.
    """
    folder, after, unreadable = _prepared(state, run), book.with_password(password), 0
    for place in (folder, folder / BACKUPS, folder / WAITING):
        disk.make_private(place)
    found = list(_copies(state, book))
    for number, path in enumerate(found, 1):
        try:
            disk.write_new(folder / path.parent.name / path.name, after.sealed(book.opened(disk.read(path))))
        except UnusableInput:
            unreadable += 1
        progress(number, len(found) + 1)
    disk.write_new(folder / BACKUPS / backup_path(state.folder, book.path.name, run).name, after.sealed(book.data))
    progress(len(found) + 1, len(found) + 1)
    for place in (folder / BACKUPS, folder / WAITING, folder, state.folder):
        disk.flush_folder(place)
    return unreadable


def take(state: State, run: str) -> None:
    """Puts what was prepared in its place."""
    for path in _prepared(state, run).glob("*/*"):
        disk.replace(path, state.folder / path.parent.name / path.name)
    for kind in (BACKUPS, WAITING):
        disk.flush_folder(state.folder / kind)
    forget(state, run)


def forget(state: State, run: str) -> None:
    """Removes what was prepared; what cannot be removed now goes with the next run."""
    from shutil import rmtree

    rmtree(_prepared(state, run), ignore_errors=True)


def prepared_runs(state: State) -> list[str]:
    """The runs that prepared copies and neither took nor forgot them."""
    return [path.name.removeprefix(_PREPARED) for path in state.folder.glob(f"{_PREPARED}*")]


def seal_plain(state: State, book: BookFile) -> int:
    """Gives the password of a protected workbook to copies that have none, since it was set elsewhere; how many."""
    plain = [path for path in _copies(state, book) if book.password and not _has_password(path)]
    for path in plain:
        temporary = state.temporary(f"sealed-{os.urandom(4).hex()}")
        disk.write_new(temporary, book.sealed(disk.read(path)))
        disk.replace(temporary, path)
        disk.flush_folder(path.parent)
    return len(plain)


def _prepared(state: State, run: str) -> Path:
    return state.folder / f"{_PREPARED}{run}"


def _copies(state: State, book: BookFile) -> Iterator[Path]:
    for kind in (BACKUPS, WAITING):
        yield from paths_of(state.folder / kind, book.path.name)


def _has_password(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(len(MAGIC)) == MAGIC
