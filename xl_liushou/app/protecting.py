"""A password to open: put on a workbook, changed, taken off, with everything in `.liushou` that holds its values."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Final

from xl_liushou.adapters import copies, key_store
from xl_liushou.adapters.disk import reason
from xl_liushou.app.journal import WritingJournal, new_run, writing
from xl_liushou.app.opening import open_book
from xl_liushou.app.outcome import Outcome, heading
from xl_liushou.app.passwords import NewPassword, require_strong
from xl_liushou.app.settling import finish_copies
from xl_liushou.core.errors import CannotSave, LiushouError
from xl_liushou.core.passwords import Passwords, no_passwords
from xl_liushou.core.progress import Progress, no_progress

_REMINDERS: Final = (
    "密码丢了，谁也打不开这个工作簿，程序也找不回来。请把密码写在纸上，锁在只有负责人能打开的地方。",
    "已经写好的文书（“输出”文件夹）没有加密，请另外保管。",
)


def protect_book(
    book: Path,
    now: datetime,
    passwords: Passwords,
    new_password: NewPassword,
    remember: bool = False,
    progress: Progress = no_progress,
) -> Outcome:
    """Gives a workbook a password to open, or another one."""
    opened = open_book(book, passwords)
    password = new_password(opened.file.password)
    if password != opened.file.password:
        require_strong(password)
    with writing(opened, new_run(opened, "protect", now)) as journal:
        present = opened.file.password
        if password != present:
            _change(journal, password, progress)
        journal.notes += _remember(str(opened.file.path), password, remember)
        recorded = _end(journal)
    done = "打开密码没有变" if password == present else "已换了打开密码" if present else "已设好打开密码"
    lines = [f"{done}：{book.absolute()}", *_REMINDERS]
    return _outcome("protect", book, recorded, lines, journal)


def unprotect_book(
    book: Path, now: datetime, passwords: Passwords = no_passwords, progress: Progress = no_progress
) -> Outcome:
    """Takes the password off; the backups lose it as well, so that an undo works without it."""
    opened = open_book(book, passwords)
    with writing(opened, new_run(opened, "unprotect", now)) as journal:
        if was := opened.file.password:
            _change(journal, None, progress)
            key_store.forget(str(opened.file.path))
        recorded = _end(journal)
    told = "已去掉打开密码，谁拿到这个文件都能打开" if was else "这个工作簿没有打开密码"
    return _outcome("unprotect", book, recorded, [f"{told}：{book.absolute()}"], journal)


def _change(journal: WritingJournal, password: str | None, progress: Progress) -> None:
    """Saves the workbook with another password or none; its copies follow."""
    file, run = journal.opened.file, journal.run.id
    try:
        unreadable = copies.prepare(journal.state, file, password, run, progress)
        journal.opened.file = file.with_password(password)
        journal.save(file.data, (), ())
    except OSError as problem:
        copies.forget(journal.state, run)
        raise CannotSave(
            f"“{file.path.name}”的密码没有改（{reason(problem)}），工作簿没有改动。请检查磁盘和文件夹后再试。"
        ) from problem
    except Exception:
        if journal.run.state != "writing":  # else the next run finds out whether the workbook was saved
            copies.forget(journal.state, run)
        raise
    if unreadable:
        journal.notes.append(f"有 {unreadable} 份旧备份打不开（设的是别的密码，或已损坏），原样留着。")


def _end(journal: WritingJournal) -> str | None:
    """Records the run; only then do the copies follow, for the old file becomes one of them when it is recorded."""
    recorded = journal.end({})
    with suppress(LiushouError):  # what is not on record now is finished by the next run
        finish_copies(journal.state, journal.ledger)
    return recorded


def _remember(book: str, password: str, asked: bool) -> list[str]:
    """Has the key store remember a password if it was asked to now or before; what to tell about it."""
    if not asked and key_store.remembered(book) is None:
        return []
    if key_store.remember(book, password):
        return ["这台电脑的系统密码库已记住密码，以后在这台电脑上不用再输。工作簿移动或改名后要重新记一次。"]
    return ["这台电脑没有可用的系统密码库，密码没有记住，以后运行命令时会再问。"]


def _outcome(command: str, book: Path, run: str | None, lines: list[str], journal: WritingJournal) -> Outcome:
    notes = {"notes": journal.notes} if journal.notes else {}
    result = {**heading(command, book, None, run), "files": [str(book.absolute())], **notes}
    return Outcome(result, lines, journal.notes)
