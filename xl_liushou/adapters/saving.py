"""Writing new files: all or nothing, and never over anything that exists.

A workbook is written to a temporary file in `.liushou` beside it, flushed to the disk and only then
given its name. Papers go into a fresh folder, each created exclusively.
"""

from __future__ import annotations

import contextlib
import secrets
from pathlib import Path
from typing import BinaryIO

from xl_liushou.adapters import disk
from xl_liushou.adapters.state import locked
from xl_liushou.core.errors import CannotSave, UnusableInput


def save_new(path: Path, data: bytes) -> None:
    """Saves a new file atomically; one that exists is left alone and told (UnusableInput)."""
    try:
        if path.exists():
            raise UnusableInput(f"“{path.name}”已经存在，程序不会覆盖它。请换一个文件名，或先把原来的文件移走。")
        _make_folder(path.parent)
        with locked(path.parent) as state:
            temporary = state.temporary(f"new-{secrets.token_hex(8)}")
            try:
                disk.write_new(temporary, data)
                _give_name(temporary, path)
            finally:
                with contextlib.suppress(OSError):
                    disk.remove(temporary)
        disk.inherit_rights(path)
        disk.flush_folder(path.parent)
    except OSError as problem:
        raise CannotSave(
            f"“{path.name}”没有保存成功（{disk.reason(problem)}）。请换一个能写入的文件夹再试。"
        ) from problem


def write_paper(folder: Path, name: str, data: bytes) -> Path:
    """Writes one paper into a folder; where the name is taken, a number is added. Returns where it lies."""
    named = Path(name)
    try:
        for number in range(1, 10_000):
            path = folder / (name if number == 1 else f"{named.stem}-{number}{named.suffix}")
            with contextlib.suppress(FileExistsError):
                return _create(path, data)
    except OSError as problem:
        message = (
            f"文件没有写成（{disk.reason(problem)}）。请检查文件夹是否能写入、磁盘是否已满，或用 --out 换一个文件夹。"
        )
        raise CannotSave(message) from problem
    raise UnusableInput(f"文件夹里名为“{named.stem}”的文件太多了，请换一个文件夹。")


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError):
        file = next((one for one in (folder, *folder.parents) if one.is_file()), folder)
        raise UnusableInput(f"“{file.name}”是一个文件，不是文件夹。请换一个文件夹名，或先把这个文件移走。") from None


def _give_name(temporary: Path, path: Path) -> None:
    """A hard link fails where the name is taken meanwhile; where links are unknown, a rename does it."""
    try:
        disk.link(temporary, path)
    except FileExistsError:
        raise
    except OSError:
        disk.move(temporary, path)


def _create(path: Path, data: bytes) -> Path:
    with _opened(path) as file:
        try:
            file.write(data)
        except OSError:
            file.close()
            path.unlink(missing_ok=True)
            raise
    return path


def _opened(path: Path) -> BinaryIO:
    """A new file; its folder is made where it is wanting."""
    try:
        return path.open("xb")
    except (FileNotFoundError, NotADirectoryError):
        _make_folder(path.parent)
        return path.open("xb")
