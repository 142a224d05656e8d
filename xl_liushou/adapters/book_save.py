"""Putting a changed workbook in the place of the old one, so that neither can be lost.

The new file is whole and on the disk before it takes the old one's place in a single step. Where the
system can exchange two files (Linux, macOS), what came out is looked at after the step: if somebody
saved the workbook in the very moment, theirs goes back and ours waits. Elsewhere the last look is a
moment before the step; on Windows a workbook that is open in Excel cannot be replaced at all.

Until the record of runs tells how it ended, the disk does: the old file stays where it came out.
"""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from xl_liushou.adapters import backups, disk
from xl_liushou.adapters.book_file import BookFile
from xl_liushou.adapters.open_elsewhere import held_by_another, require_closed
from xl_liushou.adapters.state import State
from xl_liushou.core.errors import CannotSave, LiushouError, Unsettled, WorkbookBusy
from xl_liushou.core.run import bytes_digest

_ATTEMPTS: Final = 6 if os.name == "nt" else 1
"""Windows: virus scanners and sync programs hold a new file for a moment."""


@dataclass(frozen=True, slots=True)
class Swap:
    """One replacement: the new file waits at `new`, the copy of the old one lies at `backup`.

    `before` and `after` are the digests of the old and the new file. An exchange leaves the old one at
    `new`; a system without keeps it under a second name, `old`.
    """

    book: Path
    new: Path
    old: Path
    backup: Path
    before: str
    after: str


def swap_of(state: State, book: Path, run: str, backup: str, before: str, after: str) -> Swap:
    """The replacement that a run makes of a workbook, by names that a later run can find again."""
    copy = backups.backup_path(state.folder, book.name, backup)
    return Swap(book, state.temporary(run), state.temporary(f"{run}-old"), copy, before, after)


def save_book(
    state: State, book: BookFile, data: bytes, run: str, backup: str, about_to: Callable[[str], None]
) -> BookFile:
    """Saves other content of a workbook that nobody else may have open or have changed since it was read.

    `run` and `backup` are the ids of the run and of the copy that is made before. `about_to` is told the
    digest of the new file when it is whole and on the disk, just before it takes its place. Raises
    WorkbookBusy or CannotSave, and the workbook is as it was; or Unsettled.
    """
    sealed = book.sealed(data)
    swap = swap_of(state, book.path, run, backup, book.digest, bytes_digest(sealed))
    try:
        _prepare(swap, sealed)
        about_to(swap.after)
    except OSError as problem:
        _discard(swap)
        raise _not_saved(swap.book, problem) from problem
    except BaseException:
        _discard(swap)
        raise
    _take_place(swap)
    return book.with_content(data, swap.after)


def settle(swap: Swap, at_once: bool = False) -> bool:
    """Tells whether the new file took the workbook's place; also for a run that died at any instant.

    A save of somebody else's that came out goes back. What an attempt that failed left is removed; after
    one that did not, the answer stays the same until `tidy`, even if the workbook is saved by others.
    `at_once` after the step, others can only have saved over ours.
    """
    came_out, kept, now = _digest(swap.new), _digest(swap.old), _digest(swap.book)
    known, applied = _known(swap), False
    if came_out not in known and (now == swap.after or (now not in known and _is_older(swap))):
        _give_back(swap, now)
    elif kept not in known and now == swap.after:
        disk.replace(swap.old, swap.book)
    elif swap.before in {came_out, kept} and came_out != swap.after:
        applied = now == swap.after if at_once else now != swap.before
    else:
        applied = now == swap.after
    if not applied:
        _forget(swap)
    return applied


def tidy(swap: Swap) -> None:
    """Makes the old file the backup, once the record tells that the new one is in place.

    The backup is there already; this one would show what a program writes late into the file it had open.
    """
    with contextlib.suppress(OSError):
        for path in (swap.new, swap.old):
            if path.exists():
                disk.replace(path, swap.backup)
                disk.inherit_rights(swap.backup)


def _prepare(swap: Swap, sealed: bytes) -> None:
    """The copy of the old file and the new file, whole and on the disk."""
    require_closed(swap.book)
    old = _still_the_same(swap)
    backups.keep(swap.backup, old, swap.new.with_name(f"{swap.new.name}-backup"))
    disk.write_new(swap.new, sealed)
    if _digest(swap.new) != swap.after:
        raise CannotSave("写到磁盘上的内容读回来不一样，工作簿没有改动。磁盘可能有故障，请换一个磁盘保存工作簿。")
    disk.take_rights(swap.new, swap.book.stat())
    disk.flush_folder(swap.new.parent)


def _take_place(swap: Swap) -> None:
    """Puts the new file in place, or leaves the old one there and says why."""
    problem: Exception = _changed(swap.book)
    try:
        try:
            require_closed(swap.book)
            if not disk.swap(swap.new, swap.book):
                _replace(swap)
            disk.flush_folder(swap.book.parent)
        except OSError as met:
            problem = _not_saved(swap.book, met)
        except WorkbookBusy as met:
            problem = met
        if not settle(swap, at_once=True):
            raise problem
    except OSError as met:
        raise Unsettled(
            f"“{swap.book.name}”写到一半时磁盘出了错（{disk.reason(met)}），暂时查不清写成了没有。"
            "请检查磁盘或网络；下一次运行会先查清楚，备份在 .liushou 文件夹里。"
        ) from met


def _replace(swap: Swap) -> None:
    """The way of systems without an exchange: a last look, then one step."""
    try:
        disk.link(swap.book, swap.old)
    except OSError:  # a file system without links
        backups.keep(swap.old, _still_the_same(swap), swap.old.with_name(f"{swap.old.name}-copy"))
    for attempt in range(_ATTEMPTS):
        _last_look(swap)
        try:
            disk.replace(swap.new, swap.book)
        except PermissionError:
            if _ATTEMPTS == 1:
                raise
            time.sleep(0.1 * 2**attempt)
        else:
            disk.inherit_rights(swap.book)
            return
    raise held_by_another(swap.book)


def _last_look(swap: Swap) -> None:
    """Raises WorkbookBusy where somebody saved the workbook, also while we look."""
    seen = swap.book.stat()
    _still_the_same(swap)
    now = swap.book.stat()
    if (now.st_ino, now.st_mtime_ns, now.st_size) != (seen.st_ino, seen.st_mtime_ns, seen.st_size):
        raise _changed(swap.book)


def _is_older(swap: Swap) -> bool:
    """Whether the workbook is older than what came out of the exchange: a run died while it gave back."""
    return swap.book.stat().st_mtime_ns < swap.new.stat().st_mtime_ns


def _give_back(swap: Swap, expected: str) -> None:
    """Puts back what somebody else saved, and again if they save meanwhile, until the expected file comes out."""
    came = _digest(swap.new)
    while disk.swap(swap.new, swap.book):
        out = _digest(swap.new)
        if out == expected:
            return
        expected, came = came, out
    disk.replace(swap.new, swap.book)  # the exchange was made on another system


def _forget(swap: Swap) -> None:
    """Removes what an attempt that failed left; what is neither the old nor the new file becomes the backup.

    `old` goes first, for `new` without it tells the same as both.
    """
    with contextlib.suppress(OSError):
        for path in (swap.old, swap.new):
            if _digest(path) in _known(swap):
                disk.remove(path)
            else:
                disk.replace(path, swap.backup)
        _drop_copy(swap)


def _discard(swap: Swap) -> None:
    """Removes what was prepared for nothing."""
    with contextlib.suppress(OSError):
        disk.remove(swap.new)
        _drop_copy(swap)


def _drop_copy(swap: Swap) -> None:
    """Removes the copy of a workbook that is as it was."""
    if _digest(swap.backup) == swap.before == _digest(swap.book):
        disk.remove(swap.backup)


def _known(swap: Swap) -> set[str]:
    """The digests of files that are ours to remove; "" is that of no file."""
    return {"", swap.before, swap.after}


def _still_the_same(swap: Swap) -> bytes:
    data = disk.read(swap.book)
    if bytes_digest(data) != swap.before:
        raise _changed(swap.book)
    return data


def _digest(path: Path) -> str:
    """The digest of a file, "" where there is none."""
    try:
        return bytes_digest(disk.read(path))
    except FileNotFoundError:
        return ""


def _changed(book: Path) -> WorkbookBusy:
    return WorkbookBusy(
        f"“{book.name}”在程序读取之后被别人改过并保存了，这次没有写入，那些修改都在。请再运行一次，就会按新的内容来做。"
    )


def _not_saved(book: Path, problem: OSError) -> LiushouError:
    if isinstance(problem, FileNotFoundError) and not book.exists():
        return WorkbookBusy(
            f"“{book.name}”刚刚不在原来的地方：有人正在保存它，或把它移走、改名了，这次没有写入。"
            "请等它回来，或找到它，再运行一次。"
        )
    return CannotSave(
        f"“{book.name}”没有写成（{disk.reason(problem)}），原来的内容没有变。"
        "请检查磁盘是否已满、文件夹是否能写入，然后再试。"
    )
