"""The folder `.liushou` beside a workbook: readable by its owner only, and one program at a time writes in it."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import shutil
import sys
import time
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Final

from xl_liushou.adapters import disk
from xl_liushou.core.errors import UnusableInput, WorkbookBusy

STATE_FOLDER: Final = ".liushou"
TEMPORARY: Final = "tmp-"
_LOCK: Final = "lock"
_STALE_AFTER: Final = 3600
"""Seconds after which a temporary file is nobody's any more, where the system has no locks to tell."""
_LONGEST: Final = 255
"""Bytes in a file's name, on most file systems."""
_PATIENCE: Final = 5.0
"""Seconds that a writer waits for another."""


class State:
    """The state folder while this program holds its lock."""

    def __init__(self, folder: Path, alone: bool) -> None:
        self.folder = folder
        self._alone = alone

    def temporary(self, name: str) -> Path:
        """Where a temporary file of this name lies."""
        return self.folder / f"{TEMPORARY}{name}"

    def clean(self, spared: Collection[str] = ()) -> None:
        """Removes the temporary files of runs that died: while we hold the lock there are no others.

        Those of the `spared` runs stay.
        """
        kept = tuple(f"{TEMPORARY}{run}" for run in spared)
        with contextlib.suppress(OSError):
            for stray in self.folder.glob(f"{TEMPORARY}*"):
                if stray.name.startswith(kept):
                    continue
                if self._alone or time.time() - stray.stat().st_mtime > _STALE_AFTER:
                    shutil.rmtree(stray) if stray.is_dir() else disk.remove(stray)


@contextlib.contextmanager
def work_folder(path: Path) -> Iterator[Path]:
    """A temporary folder for other programs to work in, its owner's only, gone at the end."""
    disk.make_private(path)
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)


def called_after(run: str, book: str) -> str:
    """The name of a file kept of a workbook: `<run>-<name of the workbook>`, cut where no file could be called so."""
    name = f"{run}-{book}"
    if len(os.fsencode(name)) <= _LONGEST:
        return name
    end = f"-{hashlib.sha256(os.fsencode(book)).hexdigest()[:8]}{Path(book).suffix}"
    room = _LONGEST - len(os.fsencode(f"{run}-{end}"))
    return f"{run}-{os.fsencode(book)[:room].decode(errors='ignore')}{end}"


def state_folder(folder: Path) -> Path:
    """Makes the state folder of a folder; raises OSError where that cannot be written."""
    state = folder / STATE_FOLDER
    try:
        disk.make_private(state)
    except NotADirectoryError:
        raise UnusableInput(f"“{state.name}”是一个文件，不是文件夹。请换一个文件夹名，或先把这个文件移走。") from None
    return state


def present_state(folder: Path) -> Path | None:
    """The state folder of a folder, to read in; None where there is none, UnusableInput where we may not look in."""
    state = folder / STATE_FOLDER
    if not state.is_dir():
        return None
    if not os.access(state, os.R_OK | os.X_OK):
        raise UnusableInput(
            f"没有权限看文件夹“{state.name}”：运行记录和备份只有建立它的那个账号看得到。"
            "请用那个账号运行，或请管理员放开权限。"
        )
    return state


@contextlib.contextmanager
def locked(folder: Path, patience: float = _PATIENCE) -> Iterator[State]:
    """Holds the lock of a folder's state; WorkbookBusy where another run keeps it longer than `patience` seconds."""
    state = state_folder(folder)
    handle = os.open(state / _LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        yield State(state, _lock(handle, time.monotonic() + patience))
    finally:
        os.close(handle)


def _lock(handle: int, until: float) -> bool:
    """Whether the lock is ours alone; False where the file system has none."""
    while True:
        try:
            _try_lock(handle)
        except OSError as problem:
            if problem.errno not in {errno.EAGAIN, errno.EACCES, errno.EDEADLK, errno.EWOULDBLOCK}:
                return False
            if time.monotonic() > until:
                raise WorkbookBusy("程序正在另一个窗口里写这个文件夹中的工作簿，这次没有写。请等它做完再试。") from None
            time.sleep(0.02)
        else:
            return True


if sys.platform == "win32":
    import msvcrt

    def _try_lock(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _try_lock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
