"""Writing new files: all or nothing, and never over anything that exists.

A workbook is written to a temporary file in `.liushou` beside it, flushed to the disk and only then
given its name. Papers go into a fresh folder, each created exclusively.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from xl_liushou.core.errors import UnusableInput

STATE_FOLDER: Final = ".liushou"
STALE_AFTER: Final = 3600
"""Seconds after which a temporary file is nobody's any more."""
_TEMPORARY: Final = "tmp-"


def save_new(path: Path, data: bytes) -> None:
    """Saves a new file atomically; one that exists is left alone and told (UnusableInput)."""
    try:
        if path.exists():
            raise UnusableInput(f"“{path.name}”已经存在，程序不会覆盖它。请换一个文件名，或先把原来的文件移走。")
        _make_folder(path.parent)
        with _temporary(state_folder(path.parent)) as temporary:
            _write_through(temporary, data)
            _give_name(temporary, path)
            _flush_folder(path.parent)
    except OSError as problem:
        raise UnusableInput(
            f"“{path.name}”没有保存成功（{_reason(problem)}）。请换一个能写入的文件夹再试。"
        ) from problem


def write_paper(folder: Path, name: str, data: bytes) -> Path:
    """Writes one paper into a folder; where the name is taken, a number is added. Returns where it lies."""
    stem, suffix = Path(name).stem, Path(name).suffix
    try:
        _make_folder(folder)
        for number in range(1, 10_000):
            path = folder / (f"{stem}{suffix}" if number == 1 else f"{stem}-{number}{suffix}")
            with contextlib.suppress(FileExistsError):
                return _create(path, data)
    except OSError as problem:
        message = f"文书没有写成（{_reason(problem)}）。请检查文件夹是否能写入、磁盘是否已满，或用 --out 换一个文件夹。"
        raise UnusableInput(message) from problem
    raise UnusableInput(f"文件夹里名为“{stem}”的文件太多了，请换一个文件夹。")


def state_folder(folder: Path) -> Path:
    """The folder `.liushou`, readable by its owner only, with no temporary file of a run that died."""
    state = folder / STATE_FOLDER
    try:
        state.mkdir(mode=0o700, exist_ok=True)
    except FileExistsError:
        raise _a_file_instead(state) from None
    for stray in state.glob(f"{_TEMPORARY}*"):
        with contextlib.suppress(OSError):
            if time.time() - stray.stat().st_mtime > STALE_AFTER or _has_died(stray.name):
                stray.unlink()
    return state


def _has_died(name: str) -> bool:
    """Tell whether the process named in tmp-<pid>-<hex> is gone; Windows has no harmless way to ask."""
    pid = name.removeprefix(_TEMPORARY).partition("-")[0]
    if os.name == "nt" or not pid.isdecimal():
        return False
    try:
        os.kill(int(pid), 0)
    except (ProcessLookupError, OverflowError):
        return True
    return False


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError):
        file = next((one for one in (folder, *folder.parents) if one.is_file()), folder)
        raise _a_file_instead(file) from None


def _a_file_instead(path: Path) -> UnusableInput:
    return UnusableInput(f"“{path.name}”是一个文件，不是文件夹。请换一个文件夹名，或先把这个文件移走。")


@contextlib.contextmanager
def _temporary(state: Path) -> Iterator[Path]:
    path = state / f"{_TEMPORARY}{os.getpid()}-{secrets.token_hex(8)}"
    try:
        yield path
    finally:
        path.unlink(missing_ok=True)


def _write_through(path: Path, data: bytes) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _give_name(temporary: Path, path: Path) -> None:
    """A hard link fails where the name is taken meanwhile; where links are unknown, a rename does it."""
    try:
        os.link(temporary, path)
    except FileExistsError:
        raise
    except OSError:
        if path.exists():
            raise FileExistsError(path.name) from None
        temporary.replace(path)


def _flush_folder(folder: Path) -> None:
    """Makes the new name durable; Windows cannot flush a folder and needs not."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _create(path: Path, data: bytes) -> Path:
    with path.open("xb") as file:
        try:
            file.write(data)
        except OSError:
            file.close()
            path.unlink(missing_ok=True)
            raise
    return path


def _reason(problem: OSError) -> str:
    known = {
        PermissionError: "没有写入的权限，或文件正被打开",
        FileNotFoundError: "文件夹不存在",
        FileExistsError: "同名文件刚刚出现",
    }
    return known.get(type(problem), problem.strerror or "系统拒绝写入")
