"""The few things done to files when nothing may be lost, each one durable before it returns.

Whoever writes a file that matters does it through this module, so that tests can let each single step
fail, or kill the program before it.
"""

from __future__ import annotations

import contextlib
import errno
import os
import sys
from pathlib import Path
from typing import Final

_HERE: Final = -100
"""AT_FDCWD of Linux: paths are relative to the working folder."""
_EXCHANGE: Final = 2
"""RENAME_EXCHANGE of Linux's renameat2, and RENAME_SWAP of macOS' renamex_np."""


def write_new(path: Path, data: bytes) -> None:
    """Creates a file for its owner only and flushes it to the disk; FileExistsError where the name is taken."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def read(path: Path) -> bytes:
    """The bytes of a file."""
    with path.open("rb") as file:
        return file.read()


def replace(source: Path, target: Path) -> None:
    """Gives a file the name of another in one step; the other is gone."""
    os.replace(source, target)  # noqa: PTH105  one name for every step that tests interrupt


def move(source: Path, target: Path) -> None:
    """Gives a file another name; FileExistsError where that is taken."""
    if target.exists():
        raise FileExistsError(target.name)
    os.replace(source, target)  # noqa: PTH105


def link(path: Path, name: Path) -> None:
    """Gives a file a second name."""
    os.link(path, name)


def remove(path: Path) -> None:
    """Removes a file that may be gone already."""
    path.unlink(missing_ok=True)


def swap(one: Path, other: Path) -> bool:
    """Exchanges two files in one step; False where the system or the file system cannot.

    renameat2(2) of Linux and renamex_np(2) of macOS; Windows and most network folders have no such step.
    """
    if sys.platform == "linux":
        name, arguments = "renameat2", (_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE)
    elif sys.platform == "darwin":
        name, arguments = "renamex_np", (os.fsencode(one), os.fsencode(other), _EXCHANGE)
    else:
        return False
    import ctypes

    step = getattr(ctypes.CDLL(None, use_errno=True), name, None)
    if step is None:
        return False
    if step(*arguments) == 0:
        return True
    problem = ctypes.get_errno()
    if problem in {errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP}:
        return False
    raise OSError(problem, os.strerror(problem), str(other))


def flush_folder(folder: Path) -> None:
    """Makes new names in a folder durable; Windows cannot flush a folder and needs not."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def make_private(folder: Path) -> None:
    """Makes a folder that only its owner can look into; one that exists is left as it is."""
    try:
        folder.mkdir(mode=0o700)
    except FileExistsError:
        if not folder.is_dir():
            raise
        return
    if os.name == "nt":
        _icacls(folder, "/inheritance:r", "/grant:r", f"{os.environ.get('USERNAME', '')}:(OI)(CI)F")


def take_rights(path: Path, model: os.stat_result) -> None:
    """Gives a file that will take another's place that one's rights, as far as the system lets us."""
    if os.name == "nt":
        return
    path.chmod(model.st_mode & 0o7777)
    now = path.stat()
    if (now.st_uid, now.st_gid) != (model.st_uid, model.st_gid):
        with contextlib.suppress(OSError):
            os.chown(path, model.st_uid, model.st_gid)
            path.chmod(model.st_mode & 0o7777)


def inherit_rights(path: Path) -> None:
    """Windows: a file keeps the rights of the folder that it was made in; this gives it those of its new one."""
    if os.name == "nt":
        _icacls(path, "/reset")


def _icacls(path: Path, *words: str) -> None:
    """Windows keeps rights in access lists; a folder on a disk without them keeps its own."""
    import subprocess

    with contextlib.suppress(OSError):
        subprocess.run(["icacls", str(path), *words], check=False, capture_output=True)


def reason(problem: OSError) -> str:
    """Why a file could not be written, in words for staff."""
    if problem.errno in {errno.ENOSPC, errno.EDQUOT}:
        return "磁盘已满"
    if problem.errno == errno.EROFS or isinstance(problem, PermissionError):
        return "没有写入的权限，或文件正被打开"
    known = {
        FileNotFoundError: "文件夹不存在",
        FileExistsError: "同名文件刚刚出现",
        NotADirectoryError: "路径里有一处是文件，不是文件夹",
    }
    return known.get(type(problem), problem.strerror or "系统拒绝写入")
