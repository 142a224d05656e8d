"""Copies of a workbook, made before each write: `.liushou/backups/<id>-<name of the workbook>`.

The last 20 are kept, the last of each day for 30 days, and those that an undo needs.
"""

from __future__ import annotations

import contextlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from xl_liushou.adapters import disk
from xl_liushou.adapters.package import read_bytes
from xl_liushou.adapters.state import called_after
from xl_liushou.core.errors import UnusableInput, UsageProblem

BACKUPS: Final = "backups"
_LAST: Final = 20
_DAYS: Final = 30
_ID_LENGTH: Final = len("20261123-205611-042f2a")


@dataclass(frozen=True, slots=True)
class Backup:
    """One copy; its id is that of the run that made it and begins with its day and time."""

    id: str
    path: Path

    @property
    def day(self) -> str:
        """The day of the copy as YYYYMMDD."""
        return self.id[:8]


def backup_path(state: Path, book: str, run: str) -> Path:
    """Where the copy that a run makes of a workbook lies."""
    return state / BACKUPS / called_after(run, book)


def keep(path: Path, data: bytes, temporary: Path) -> None:
    """Writes a copy; it has its name only when it is whole and on the disk."""
    disk.make_private(path.parent)
    disk.write_new(temporary, data)
    disk.replace(temporary, path)
    disk.flush_folder(path.parent)


def backups_of(state: Path, book: str) -> list[Backup]:
    """The copies of a workbook, the oldest first; UnusableInput where the disk does not tell."""
    try:
        return [Backup(path.name[:_ID_LENGTH], path) for path in paths_of(state / BACKUPS, book)]
    except OSError as problem:
        raise UnusableInput(
            f"备份文件夹现在看不了（{disk.reason(problem)}），工作簿没有改动。请检查磁盘或网络，然后再试。"
        ) from problem


def paths_of(folder: Path, book: str) -> list[Path]:
    """The files of a folder that are called after a run on a workbook, the oldest first."""
    try:
        files = sorted(folder.iterdir())
    except (FileNotFoundError, NotADirectoryError):
        return []
    return [path for path in files if path.name == called_after(path.name[:_ID_LENGTH], book)]


def backup_named(state: Path, book: str, wanted: str) -> Backup:
    """The copy with an id; `last` is the newest. UsageProblem where there is none."""
    found = backups_of(state, book)
    chosen = found[-1:] if wanted == "last" else [one for one in found if one.id == wanted]
    if not chosen:
        raise UsageProblem(f"没有编号为“{wanted}”的备份。用 backups 命令可以列出现有的备份。")
    return chosen[0]


def content_of(backup: Backup) -> bytes:
    """The bytes of a copy."""
    return read_bytes(backup.path)


def rotate(state: Path, book: str, needed: Collection[str], today: date) -> None:
    """Removes the copies that nobody needs any more; one that cannot be removed stays until the next time."""
    found = backups_of(state, book)
    last_of_day = {one.day: one.id for one in found}
    first_day = f"{today - timedelta(days=_DAYS):%Y%m%d}"
    kept = {one.id for one in found[-_LAST:]} | {run for day, run in last_of_day.items() if day >= first_day}
    for one in found:
        if one.id not in kept and one.id not in needed:
            with contextlib.suppress(OSError):
                disk.remove(one.path)
