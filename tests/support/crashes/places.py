"""Folders that do not take what is written: a full disk, a read-only one, one of another user, one without rename."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import product
from pathlib import Path
from typing import Final

from tests.support.crashes.bench import Bench, Report
from tests.support.crashes.forks import in_child
from tests.support.crashes.scenes import Told, command
from tests.support.crashes.steps import At, Moment

_PAGE: Final = 4096
_PAGES: Final = 30
"""So many pages are more than any of the scenes needs."""
_NOBODY: Final = 65534


@contextmanager
def small_disk(folder: Path) -> Iterator[bool]:
    """A file system of 1 MB in memory at `folder`; False where this process may not mount one."""
    folder.mkdir(parents=True, exist_ok=True)
    mounted = _mount("-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder))
    try:
        yield mounted
    finally:
        if mounted:
            subprocess.run(["umount", str(folder)], check=True)


def _mount(*words: str) -> bool:
    return bool(shutil.which("mount")) and subprocess.run(["mount", *words], capture_output=True).returncode == 0


def fill_disk(bench: Bench, every: int = 1) -> Report:
    """Runs the scene on a disk with so many free pages, from none to more than it needs."""
    filler = bench.folder.parent / "filler"
    cases = product(range(_PAGES), (False, True))
    for number, (pages, colleague_saves) in list(enumerate(cases))[::every]:
        filler.unlink(missing_ok=True)
        bench.fresh()
        free = os.statvfs(bench.folder).f_bavail * os.statvfs(bench.folder).f_bsize
        filler.write_bytes(bytes(max(0, free - pages * _PAGE)))
        told = in_child(partial(bench.scene.act, bench.book))
        bench.report.add(told.code or "written")
        filler.unlink()
        bench.judge(f"{pages} free pages", number, colleague_saves, told)
    return bench.report


def read_only(bench: Bench) -> Report:
    """Runs the scene, and reads, on a disk that is read-only."""
    disk = str(bench.folder.parent)
    bench.fresh()
    assert _mount("-o", "remount,ro", disk)
    try:
        told, reading = in_child(partial(_act_and_read, bench))
    finally:
        assert _mount("-o", "remount,rw", disk)
    return _judged(bench, "a read-only disk", told, reading)


def of_another_user(bench: Bench) -> Report:
    """Runs the scene, and reads, in a folder that belongs to somebody else; its state folder too."""
    bench.fresh()
    bench.folder.chmod(0o555)
    try:
        told, reading = in_child(partial(_act_and_read, bench, _become_nobody))
    finally:
        bench.folder.chmod(0o755)
    return _judged(bench, "a folder of another user", told, reading)


def without_rename(bench: Bench) -> Report:
    """Runs the scene in a folder in which nothing can be renamed; in one in which only the workbook cannot."""
    cases: list[tuple[str, At]] = [("nothing", _no_rename(0)), ("not the workbook", _no_rename(_placing(bench)))]
    for number, (case, at) in enumerate(cases):
        bench.fresh()
        told = in_child(partial(bench.act, at))
        bench.report.add(told.code)
        bench.judge(f"{case} renamed", number, told=told)
    return bench.report


def _no_rename(since: int) -> At:
    def at(moment: Moment, _: int | None) -> None:
        if moment.step in {"replace", "move", "swap"} and moment.when == "before" and moment.number >= since:
            raise OSError(errno.EPERM, os.strerror(errno.EPERM))

    return at


def _placing(bench: Bench) -> int:
    steps: list[Moment] = [moment for moment in bench.moments if moment.step == "swap"]
    return steps[0].number


def _act_and_read(bench: Bench, become: Callable[[], None] | None = None) -> tuple[Told, list[Told]]:
    """The scene's command, and two that only read."""
    if become:
        become()
    told = bench.scene.act(bench.book)
    return told, [command(name, bench.book)[0] for name in ("overdue", "runs", "backups")]


def _become_nobody() -> None:
    if os.geteuid() == 0:
        os.setgroups([])
        os.setgid(_NOBODY)
        os.setuid(_NOBODY)


def _judged(bench: Bench, case: str, told: Told, reading: list[Told]) -> Report:
    bench.report.add(told.code)
    for one in reading:
        bench.report.add("read" if one.exit_code == 0 else one.code)
    bench.judge(case, 0, told=told)
    return bench.report
