"""Putting a changed workbook in the place of the old one, so that neither can be lost.

The new file is whole and on the disk before it takes the old one's place in a single step. Where the
system can exchange two files (Linux, macOS), what came out is looked at after the step: if somebody
saved the workbook in the very moment, theirs goes back and ours waits. Elsewhere the last look is a
moment before the step; on Windows a workbook that is open in Excel cannot be replaced at all.
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
from xl_liushou.core.errors import CannotSave, Unsettled, WorkbookBusy
from xl_liushou.core.run import bytes_digest

_ATTEMPTS: Final = 6
"""Windows: virus scanners and sync programs hold a new file for a moment."""


@dataclass(frozen=True, slots=True)
class Swap:
    """One replacement: the new file waits at `new`, the copy of the old one lies at `backup`.

    `before` and `after` are the digests of the old and the new file. A system that cannot exchange
    files keeps the old one under a second name, `old`, until all is done.
    """

    book: Path
    new: Path
    old: Path
    backup: Path
    before: str
    after: str


def swap_of(state: State, book: Path, run: str, before: str, after: str) -> Swap:
    """The replacement that a run makes of a workbook, by names that a later run can find again."""
    backup = backups.backup_path(state.folder, book.name, run)
    return Swap(book, state.temporary(run), state.temporary(f"{run}-old"), backup, before, after)


def save_book(state: State, book: BookFile, data: bytes, run: str, about_to: Callable[[str], None]) -> BookFile:
    """Saves other content of a workbook that nobody else may have open or have changed since it was read.

    `about_to` is told the digest of the new file when it is whole and on the disk, just before it takes
    its place. Raises WorkbookBusy or CannotSave, and the workbook is as it was; or Unsettled.
    """
    sealed = book.sealed(data)
    swap = swap_of(state, book.path, run, book.digest, bytes_digest(sealed))
    try:
        _prepare(swap, sealed)
        about_to(swap.after)
    except OSError as problem:
        forget(swap)
        raise _not_saved(book.path, problem) from problem
    except BaseException:
        forget(swap)
        raise
    _take_place(swap)
    return book.with_content(data, swap.after)


def settle(swap: Swap) -> bool:
    """Tells whether the new workbook is in place, and tidies up; also after a run that died at any instant.

    If a save of somebody else's came out of the exchange, it goes back and ours is not in place.
    """
    waits, now = _digest(swap.new), _digest(swap.book)
    if waits in {"", swap.before}:
        applied = now != swap.before
    else:
        applied = False
        if waits != swap.after:
            _give_back(swap)
    if now == swap.after and _digest(swap.old) not in {"", swap.before}:
        disk.replace(swap.old, swap.book)
        applied = False
    if applied and waits:
        with contextlib.suppress(OSError):  # the copy is there already; this one would show late writes into it
            disk.replace(swap.new, swap.backup)
    forget(swap)
    return applied


def forget(swap: Swap) -> None:
    """Removes what a replacement leaves; what cannot be removed now goes with the next run."""
    for path in (swap.new, swap.old):
        with contextlib.suppress(OSError):
            disk.remove(path)


def _prepare(swap: Swap, sealed: bytes) -> None:
    """The copy of the old file and the new file, whole and on the disk."""
    require_closed(swap.book)
    old = _still_the_same(swap.book, swap.before)
    backups.keep(swap.backup, old, swap.new.with_name(f"{swap.new.name}-backup"))
    disk.write_new(swap.new, sealed)
    if _digest(swap.new) != swap.after:
        raise CannotSave("写到磁盘上的内容读回来不一样，工作簿没有改动。磁盘可能有故障，请换一个磁盘保存工作簿。")
    disk.take_rights(swap.new, swap.book.stat())
    disk.flush_folder(swap.new.parent)


def _take_place(swap: Swap) -> None:
    """Puts the new file in place, or leaves the old one there and says why."""
    try:
        try:
            require_closed(swap.book)
            if not disk.swap(swap.new, swap.book):
                _replace(swap)
            disk.flush_folder(swap.book.parent)
        except OSError as problem:
            if not settle(swap):
                raise _not_saved(swap.book, problem) from problem
        except WorkbookBusy:
            if not settle(swap):
                raise
        else:
            if not settle(swap):
                raise _changed(swap.book)
    except OSError as problem:
        raise Unsettled(
            f"“{swap.book.name}”写到一半时磁盘出了错（{disk.reason(problem)}），暂时查不清写成了没有。"
            "请检查磁盘或网络；下一次运行会先查清楚，备份在 .liushou 文件夹里。"
        ) from problem


def _still_the_same(book: Path, digest: str) -> bytes:
    data = disk.read(book)
    if bytes_digest(data) != digest:
        raise _changed(book)
    return data


def _give_back(swap: Swap) -> None:
    """Puts back what somebody else saved, and again if they save meanwhile, until ours comes out."""
    expected, came = swap.after, _digest(swap.new)
    while True:
        disk.swap(swap.new, swap.book)
        out = _digest(swap.new)
        if out == expected:
            return
        expected, came = came, out


def _replace(swap: Swap) -> None:
    """The way of systems without an exchange: a last look, then one step."""
    with contextlib.suppress(OSError):  # a file system without links
        disk.link(swap.book, swap.old)
    kept = swap.old.exists()
    _still_the_same(swap.old if kept else swap.book, swap.before)
    if kept and not swap.old.samefile(swap.book):
        raise _changed(swap.book)
    for attempt in range(_ATTEMPTS):
        try:
            disk.replace(swap.new, swap.book)
        except PermissionError:
            if os.name != "nt":
                raise
            time.sleep(0.1 * 2**attempt)
        else:
            disk.inherit_rights(swap.book)
            return
    raise held_by_another(swap.book)


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


def _not_saved(book: Path, problem: OSError) -> CannotSave:
    return CannotSave(
        f"“{book.name}”没有写成（{disk.reason(problem)}），原来的内容没有变。"
        "请检查磁盘是否已满、文件夹是否能写入，然后再试。"
    )
