"""What a school's folder can come to: damaged records, clocks set back, long names, files that came and went."""

from __future__ import annotations

import os
import sqlite3
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.support.crashes.scenes import (
    begun,
    command,
    content,
    hint_of,
    records,
    results,
    runs_of,
    second_write,
    write,
)
from xl_liushou.adapters import backups, book_save, disk
from xl_liushou.adapters.ledger import Ledger
from xl_liushou.adapters.state import called_after, locked
from xl_liushou.app import journal, undoing
from xl_liushou.app.opening import open_book
from xl_liushou.core.run import FILE, Effect, bytes_digest

KEYS = ("L0000", "L0001", "L0002", "L0003", "L0004", "L0005")


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A small workbook that one run has written into."""
    return begun(tmp_path / "学校")


def state_of(book: Path) -> Path:
    return book.parent / ".liushou"


def waiting(book: Path) -> None:
    """The second write, which waits since Excel has the workbook open."""
    hint_of(book).touch()
    assert second_write(book).code == "workbook-busy"
    hint_of(book).unlink()


def newest(book: Path) -> str:
    return str(runs_of(book)[0]["id"])


def damage(record: Path) -> None:
    """Spoils a page in the middle; the first one still tells a database."""
    data = bytearray(record.read_bytes())
    data[4096:8192] = os.urandom(4096)
    record.write_bytes(data)


def spoil(record: Path) -> None:
    record.write_bytes(b"damaged" * 1000)


@pytest.mark.parametrize("harm", [damage, spoil])
def test_a_damaged_record_is_set_aside_and_told_and_takes_nothing_with_it(book: Path, harm: object) -> None:
    waiting(book)
    assert callable(harm)
    harm(state_of(book) / "runs.sqlite3")
    kept = sorted(path.name for path in (state_of(book) / "waiting").iterdir())
    told = command("check", book)[1]
    assert any("runs-damaged-1.sqlite3" in note for note in told["notes"])
    assert (state_of(book) / "runs-damaged-1.sqlite3").exists()
    assert second_write(book).exit_code == 0
    assert content(book).keys == KEYS
    assert sorted(path.name for path in (state_of(book) / "waiting").iterdir()) == kept
    assert len(backups.backups_of(state_of(book), book.name)) == 2


def test_a_damaged_record_stays_where_it_is_while_another_run_holds_the_lock(book: Path) -> None:
    spoil(state_of(book) / "runs.sqlite3")
    with locked(book.parent):
        assert command("overdue", book)[0].exit_code == 0
    assert not (state_of(book) / "runs-damaged-1.sqlite3").exists()


def test_a_record_of_a_newer_program_is_left_alone_and_told(book: Path) -> None:
    record = state_of(book) / "runs.sqlite3"
    with sqlite3.connect(record) as connection:
        connection.execute("PRAGMA user_version = 1000")
    connection.close()
    before, data = record.read_bytes(), book.read_bytes()
    told = second_write(book)
    assert (told.code, told.exit_code) == ("cannot-save", 2)
    assert "升级" in told.message
    assert command("overdue", book)[0].exit_code == 0
    assert "升级" in command("runs", book)[0].message
    assert (record.read_bytes(), book.read_bytes()) == (before, data)


def test_an_empty_record_begins_anew(book: Path) -> None:
    (state_of(book) / "runs.sqlite3").write_bytes(b"")
    assert second_write(book).exit_code == 0
    assert [run["state"] for run in runs_of(book)] == ["done"]


def test_a_folder_where_the_record_should_be_is_told(book: Path) -> None:
    (state_of(book) / "runs.sqlite3").unlink()
    (state_of(book) / "runs.sqlite3").mkdir()
    before = book.read_bytes()
    assert second_write(book).code == "cannot-save"
    assert command("overdue", book)[0].exit_code == 0
    assert book.read_bytes() == before


def test_a_file_where_the_state_folder_should_be_stops_writers_only(tmp_path: Path) -> None:
    book = begun(tmp_path / "学校")
    for path in sorted(state_of(book).rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    state_of(book).rmdir()
    state_of(book).write_bytes(b"")
    before = book.read_bytes()
    told = second_write(book)
    assert told.exit_code == 2
    assert "“.liushou”是一个文件" in told.message
    for reader in ("overdue", "runs", "backups", "pending"):
        assert command(reader, book)[0].exit_code == 0
    assert book.read_bytes() == before


@pytest.mark.parametrize("name", ["backups", "waiting"])
def test_a_file_where_a_folder_of_copies_should_be_is_told(book: Path, name: str) -> None:
    for path in (state_of(book) / name).iterdir():
        path.unlink()
    (state_of(book) / name).rmdir()
    (state_of(book) / name).write_bytes(b"")
    before = book.read_bytes()
    told = second_write(book)
    assert (told.code, told.exit_code) == ("cannot-save", 2)
    assert "是文件，不是文件夹" in told.message
    assert book.read_bytes() == before
    assert runs_of(book)[0]["state"] == ("waiting" if name == "backups" else "failed")


@contextmanager
def clock_set_back(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A wall clock that is a year behind."""

    class Earlier(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> Any:
            return datetime.now(tz) - timedelta(days=365)

    with monkeypatch.context() as patch:
        patch.setattr("tests.support.crashes.scenes.datetime", Earlier)
        patch.setattr(journal, "datetime", Earlier)
        yield


def test_a_clock_set_back_does_not_change_which_run_is_the_last(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with clock_set_back(monkeypatch):
        assert second_write(book).exit_code == 0
    assert newest(book).startswith(str(datetime.now().year - 1))
    assert command("undo", book, "last")[0].exit_code == 0
    assert content(book).keys == KEYS[:4]


def test_a_run_that_waited_is_the_last_once_it_is_written_and_has_a_backup_of_that_time(book: Path) -> None:
    waiting(book)
    waited = newest(book)
    for number in range(10, 35):
        assert write(book, records(number), command="other").exit_code == 0
    before = content(book)
    assert command("pending", book, "--apply", waited)[0].exit_code == 0
    newest_copy = command("backups", book)[1]["backups"][0]
    assert newest_copy["id"] == runs_of(book)[0]["backup"]
    assert command("undo", book, "last")[1]["undone"] == waited
    assert content(book) == before


def test_what_waits_and_cannot_be_read_is_told_and_kept(book: Path) -> None:
    waiting(book)
    (kept,) = (state_of(book) / "waiting").iterdir()
    kept.write_bytes(kept.read_bytes()[:-30])
    told = command("pending", book, "--apply", "last")[0]
    assert told.exit_code == 2
    assert "--drop" in told.message
    assert kept.exists()
    assert command("pending", book, "--drop", "last")[0].exit_code == 0
    assert not kept.exists()


@pytest.mark.parametrize("length", [240, 247, 251, 255])
def test_a_name_as_long_as_a_file_may_have(tmp_path: Path, length: int) -> None:
    stem = "云岭县青山镇云岭小学留守儿童关爱台账" * 5
    ending = ".xlsx"
    while len(f"{stem}{ending}".encode()) > length:
        stem = stem[:-1]
    name = stem + "a" * (length - len(f"{stem}{ending}".encode())) + ending
    book = begun(tmp_path / "学校", name)
    other = book.with_name(f"{name[:-6]}b.xlsx")
    other.write_bytes(book.read_bytes())
    assert write(other, records(77)).exit_code == 0
    assert second_write(book).exit_code == 0
    assert command("undo", book, "last")[0].exit_code == 0
    waits = newest(book)
    with locked(book.parent, patience=0):
        assert second_write(book).code == "workbook-busy"
    assert newest(book) == waits
    assert len(command("backups", book)[1]["backups"]) == 3
    assert len(command("backups", other)[1]["backups"]) == 1
    assert content(book).keys == KEYS[:4]


def test_results_wait_for_a_workbook_with_a_long_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    book = begun(tmp_path / "学校", "长" * 80 + ".xlsx")
    with monkeypatch.context() as patch:
        patch.setattr(disk, "swap", lambda *_: (_ for _ in ()).throw(OSError(5, "EIO")))
        assert second_write(book).code == "cannot-save"
    assert command("pending", book, "--apply", "last")[0].exit_code == 0
    assert content(book).keys == KEYS
    assert not list((state_of(book) / "waiting").iterdir())


def test_names_of_copies_fit_and_differ() -> None:
    run = "20261123-205611-042f2a"
    long = "长" * 83
    names = {called_after(run, f"{long}{end}.xlsx") for end in ("甲", "乙", "a", "")}
    assert len(names) == 4
    assert all(len(name.encode()) <= 255 and name.endswith(".xlsx") and name.startswith(run) for name in names)
    assert called_after(run, "台账.xlsx") == f"{run}-台账.xlsx"


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere every name is text")
def test_a_garbled_name_is_told(book: Path) -> None:
    garbled = book.with_name(os.fsdecode("台账.xlsx".encode("gbk")))
    book.rename(garbled)
    for told in (second_write(garbled), command("overdue", garbled)[0], command("runs", garbled)[0]):
        assert told.exit_code == 2
        assert "改名" in told.message


def test_workbooks_whose_names_end_alike_keep_their_copies_apart(tmp_path: Path) -> None:
    book = begun(tmp_path / "学校")
    run = newest(book)
    others = [book.with_name(f"{start}-{book.name}") for start in ("副本", run)]
    for other in others:
        other.write_bytes(book.read_bytes())
        assert second_write(other).exit_code == 0
    assert [len(command("backups", one)[1]["backups"]) for one in (book, *others)] == [1, 1, 1]
    assert [len(runs_of(one)) for one in (book, *others)] == [1, 1, 1]


@pytest.mark.parametrize("moment", ["before the copy", "before the step"])
def test_a_workbook_that_is_moved_away_meanwhile_is_told_and_the_result_waits(
    book: Path, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    away = book.with_name("别处.xlsx")
    step = "keep" if moment == "before the copy" else "swap"
    module = backups if step == "keep" else disk
    real = getattr(module, step)

    def moved(*given: object) -> object:
        book.rename(away)
        return real(*given)

    with monkeypatch.context() as patch:
        patch.setattr(module, step, moved)
        told = second_write(book)
    assert (told.code, told.exit_code) == ("workbook-busy", 3)
    assert "移走" in told.message
    assert not book.exists()
    away.rename(book)
    assert command("pending", book, "--apply", "last")[0].exit_code == 0
    assert content(book).keys == KEYS


def test_a_workbook_that_is_gone_does_not_hold_up_the_others_of_its_folder(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = book.with_name("另一本.xlsx")
    other.write_bytes(book.read_bytes())
    with monkeypatch.context() as patch:
        patch.setattr(book_save, "_take_place", lambda _: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            second_write(book)
    book.unlink()
    assert second_write(other).exit_code == 0
    with Ledger(state_of(other)) as ledger:
        assert [run.state for run in ledger.runs(book.name)][-1] == "waiting"


def test_a_workbook_that_cannot_be_read_now_holds_up_its_own_runs_only(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = book.with_name("另一本.xlsx")
    other.write_bytes(book.read_bytes())
    with monkeypatch.context() as patch:
        patch.setattr(book_save, "_take_place", lambda _: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            second_write(book)
    real = book_save._digest

    def held(path: Path) -> str:
        if path.name == book.name:
            raise PermissionError(13, "held by Excel")
        return real(path)

    with monkeypatch.context() as patch:
        patch.setattr(book_save, "_digest", held)
        assert second_write(other).exit_code == 0
        told = second_write(book)
        assert told.code == "cannot-save"
        assert "查不清" in told.message
    told = command("pending", book, "--apply", "last")[0]
    assert told.exit_code == 0
    assert content(book).keys == KEYS


def test_a_backup_of_what_is_there_changes_nothing(book: Path) -> None:
    (copy,) = backups.backups_of(state_of(book), book.name)
    book.write_bytes(copy.path.read_bytes())
    told, result = command("backups", book, "--restore", "last")
    assert told.exit_code == 0
    assert result["changed"] is False
    assert len(command("backups", book)[1]["backups"]) == 1


def test_an_undo_that_died_before_the_papers_were_set_aside_can_be_done_again(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert second_write(book).exit_code == 0
    run, letter = newest(book), book.parent / "输出" / "信.docx"
    letter.parent.mkdir()
    letter.write_bytes(b"letter")
    with Ledger(state_of(book)) as ledger:
        written = next(one for one in ledger.runs(book.name) if one.id == run)
        paper = Effect(FILE, bytes_digest(b"letter"), applied=True)
        ledger.update(replace(written, folder="输出"), [*ledger.effects(run), paper])
    with monkeypatch.context() as patch:
        patch.setattr(undoing, "set_aside", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        assert command("undo", book, run)[0].code == "aborted"
    assert content(book).keys == KEYS[:4]
    told, result = command("undo", book, run)
    assert (told.exit_code, result["cannot"], len(result["set_aside"])) == (0, [], 1)
    assert next(one for one in runs_of(book) if one["id"] == run)["state"] == "undone"
    assert content(book).keys == KEYS[:4]
    assert not letter.exists()


def test_a_copy_that_failed_leaves_nothing_on_a_full_disk(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = sorted(path.name for path in state_of(book).rglob("*"))
    real = os.fsync

    def full(handle: int) -> None:
        if os.fstat(handle).st_size > 5000:
            raise OSError(28, "No space left on device")
        real(handle)

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        told = write(book, *results("乙"))
    assert "磁盘已满" in told.message
    left = sorted(path.name for path in state_of(book).rglob("*"))
    assert [name for name in left if name not in before] == [f"{newest(book)}-{book.name}"]


def test_a_replacement_that_is_tried_again_looks_again(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows: while another program holds the file, somebody may save it."""
    theirs = b"theirs"
    tries: list[Path] = []
    real = disk.replace

    def held_once(source: Path, target: Path) -> None:
        if target == book and not tries:
            tries.append(source)
            book.write_bytes(theirs)
            raise PermissionError(13, "held by a scanner")
        real(source, target)

    monkeypatch.setattr(disk, "swap", lambda *_: False)
    monkeypatch.setattr(disk, "replace", held_once)
    monkeypatch.setattr(book_save, "_ATTEMPTS", 6)
    told = second_write(book)
    assert told.code == "workbook-busy"
    assert book.read_bytes() == theirs


def test_a_workbook_that_another_program_keeps_to_itself_is_tried_for_a_while_and_told(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Windows does not let a file be replaced that Excel has open."""
    before, pauses, real = book.read_bytes(), list[float](), disk.replace

    def held(source: Path, target: Path) -> None:
        if target == book:
            raise PermissionError(13, "sharing violation")
        real(source, target)

    with monkeypatch.context() as patch:
        patch.setattr(disk, "swap", lambda *_: False)
        patch.setattr(disk, "replace", held)
        patch.setattr(book_save, "_ATTEMPTS", 6)
        patch.setattr(time, "sleep", pauses.append)
        told = second_write(book)
    assert (told.code, told.exit_code, len(pauses)) == ("workbook-busy", 3, 6)
    assert "占用" in told.message
    assert book.read_bytes() == before
    assert command("pending", book, "--apply", "last")[0].exit_code == 0
    assert content(book).keys == KEYS


def test_a_folder_that_cannot_be_flushed_is_none_the_worse(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows opens no folder as a file."""
    real = os.open

    def no_folder(path: Path, flags: int, *given: Any) -> int:
        if Path(path).is_dir():
            raise PermissionError(13, "a folder")
        return real(path, flags, *given)

    monkeypatch.setattr(os, "open", no_folder)
    assert second_write(book).exit_code == 0
    assert content(book).keys == KEYS


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="counts the open files of Linux")
def test_no_file_stays_open(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def all_ways() -> None:
        second_write(book)
        hint_of(book).touch()
        second_write(book)
        hint_of(book).unlink()
        with locked(book.parent), monkeypatch.context() as patch:
            patch.setattr(journal, "locked", lambda folder, **_: locked(folder, patience=0))
            second_write(book)
        command("undo", book, "last")
        command("pending", book, "--apply", "last")
        spoil(state_of(book) / "runs.sqlite3")
        command("runs", book)
        with monkeypatch.context() as patch:
            patch.setattr(disk, "write_new", lambda *_: (_ for _ in ()).throw(OSError(28, "full")))
            second_write(book)
        open_book(book)

    all_ways()
    before = len(list(Path("/proc/self/fd").iterdir()))
    for _ in range(5):
        all_ways()
    assert len(list(Path("/proc/self/fd").iterdir())) == before
