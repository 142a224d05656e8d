"""protect and unprotect: the workbook and everything that holds its values have one password, at every instant."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from tests.app.writing import cells, keys, now, small_book, talks, write
from tests.support.commands import NOBODY, knowing, program
from xl_liushou.adapters import agile, book_save, disk, key_store
from xl_liushou.adapters.book_file import load_book
from xl_liushou.adapters.ledger import Ledger
from xl_liushou.adapters.protection import decrypted, is_protected
from xl_liushou.app.history import apply_pending, list_backups, list_runs, restore_backup
from xl_liushou.app.protecting import protect_book, unprotect_book
from xl_liushou.app.undoing import undo_run
from xl_liushou.core.errors import CannotSave, PasswordNeeded, UsageProblem, WorkbookBusy
from xl_liushou.core.passwords import Passwords
from xl_liushou.core.run import Run

OLD, NEW = "old-secret-1", "new-secret-2"
LOCK = ".~lock.台账.xlsx#"


def known(*passwords: str) -> Passwords:
    return lambda _book: passwords


def protect(book: Path, password: str, *others: str, remember: bool = False) -> Any:
    return protect_book(book, now(), known(*others), lambda _present: password, remember)


@pytest.fixture(autouse=True)
def _quick_and_without_a_key_store(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(agile, "SPINS", 1000)
    monkeypatch.setattr(key_store, "remembered", lambda _book: None)
    monkeypatch.setattr(key_store, "remember", lambda _book, _password: False)


def with_history(folder: Path) -> Path:
    """A workbook with two backups and a result that waits."""
    book = small_book(folder)
    write(book, talks(3))
    write(book, talks(4))
    (folder / LOCK).write_bytes(b"")
    with pytest.raises(WorkbookBusy):
        write(book, talks(5))
    (folder / LOCK).unlink()
    return book


def copies(book: Path) -> list[Path]:
    """The files beside a workbook that hold values of it."""
    state = book.parent / ".liushou"
    return sorted([*(state / "backups").iterdir(), *(state / "waiting").iterdir()])


def password_of(path: Path) -> str | None:
    """The password that opens a file; None where it needs none."""
    data = path.read_bytes()
    if not is_protected(data):
        assert data.startswith(b"PK")
        return None
    for password in (OLD, NEW):
        try:
            assert decrypted(data, password, path.name).startswith(b"PK")
        except PasswordNeeded:
            continue
        return password
    raise AssertionError(path)


def assert_one_password(book: Path) -> str | None:
    """Workbook and copies have the same password, and nothing is left over."""
    password = password_of(book)
    assert {password_of(path) for path in copies(book)} == {password}
    left = {path.name for path in (book.parent / ".liushou").iterdir()}
    assert left == {"backups", "waiting", "lock", "runs.sqlite3"}
    return password


def test_a_password_is_set_changed_and_taken_off_with_all_copies(tmp_path: Path) -> None:
    book = with_history(tmp_path)
    content, number = book.read_bytes(), len(copies(book))
    outcome = protect(book, OLD)
    assert outcome.result["files"] == [str(book)]
    assert any("找不回来" in line for line in outcome.lines)
    assert assert_one_password(book) == OLD
    assert load_book(book, known(OLD)).data == content
    protect(book, NEW, OLD)
    assert assert_one_password(book) == NEW
    unprotect_book(book, now(), known(NEW))
    assert assert_one_password(book) is None
    assert book.read_bytes() == content
    assert len(copies(book)) == number + 3


def test_the_runs_name_it_and_an_undo_leaves_it_alone(tmp_path: Path) -> None:
    book = small_book(tmp_path)
    write(book, talks(3))
    run = protect(book, OLD).result["run"]
    assert [one["command"] for one in list_runs(book, now(), known(OLD)).result["runs"]] == ["protect", "check"]
    with pytest.raises(UsageProblem, match="unprotect"):
        undo_run(book, run, now(), known(OLD))
    undo_run(book, "last", now(), known(OLD))
    assert password_of(book) == OLD
    unprotect_book(book, now(), known(OLD))
    assert keys(book) == ["L0000", "L0001", "L0002"]


def test_backups_and_results_that_waited_work_with_the_password(tmp_path: Path) -> None:
    book = with_history(tmp_path)
    protect(book, OLD)
    apply_pending(book, "last", known(OLD))
    first = list_backups(book, known(OLD)).result["backups"][-1]["id"]
    restore_backup(book, first, now(), known(OLD))
    assert {password_of(path) for path in (book, *copies(book))} == {OLD}
    unprotect_book(book, now(), known(OLD))
    assert keys(book) == ["L0000", "L0001", "L0002"]


def test_the_same_password_changes_nothing(tmp_path: Path) -> None:
    book = small_book(tmp_path)
    protect(book, OLD)
    before = book.read_bytes()
    assert "没有变" in protect(book, OLD, OLD).lines[0]
    assert book.read_bytes() == before


def test_a_workbook_without_a_password_stays_as_it_is(tmp_path: Path) -> None:
    book = small_book(tmp_path)
    before = book.read_bytes()
    assert "没有打开密码" in unprotect_book(book, now()).lines[0]
    assert book.read_bytes() == before


@pytest.mark.parametrize(
    ("password", "why"), [("", "8 到"), ("abc1234", "8 到"), ("20150302", "全是数字"), ("密码密码密码密码", "汉字")]
)
def test_a_weak_password_is_refused(tmp_path: Path, password: str, why: str) -> None:
    book = small_book(tmp_path)
    before = book.read_bytes()
    with pytest.raises(UsageProblem, match=why) as told:
        protect(book, password)
    assert not password or password not in told.value.message
    assert book.read_bytes() == before
    assert not (tmp_path / ".liushou").exists()


@pytest.mark.parametrize("change", ["set", "change", "take off"])
def test_while_the_workbook_is_open_elsewhere_nothing_changes(tmp_path: Path, change: str) -> None:
    book = with_history(tmp_path)
    if change != "set":
        protect(book, OLD)
    before = {path: path.read_bytes() for path in (book, *copies(book))}
    (tmp_path / LOCK).write_bytes(b"")
    with pytest.raises(WorkbookBusy):
        unprotect_book(book, now(), known(OLD)) if change == "take off" else protect(book, NEW, OLD)
    assert {path: path.read_bytes() for path in (book, *copies(book))} == before
    assert_one_password(book)


def test_a_password_that_was_set_in_excel_is_given_to_the_backups(tmp_path: Path) -> None:
    book = with_history(tmp_path)
    book.write_bytes(load_book(book).with_password(OLD).sealed(book.read_bytes()))
    notes = list_runs(book, now(), known(OLD)).notes
    assert any("3 份没有密码的备份" in note for note in notes)
    assert assert_one_password(book) == OLD
    assert not any("没有密码" in note for note in list_runs(book, now(), known(OLD)).notes)


def test_a_backup_with_yet_another_password_stays_and_is_told(tmp_path: Path) -> None:
    book = with_history(tmp_path)
    foreign = load_book(book).with_password("foreign-3").sealed(book.read_bytes())
    copies(book)[0].write_bytes(foreign)
    assert any("1 份旧备份打不开" in note for note in protect(book, OLD).notes)
    assert copies(book)[0].read_bytes() == foreign
    oldest = list_backups(book, known(OLD)).result["backups"][-1]["id"]
    with pytest.raises(PasswordNeeded, match="另一个密码"):
        restore_backup(book, oldest, now(), known(OLD))


def test_another_workbook_in_the_folder_keeps_its_own_copies(tmp_path: Path) -> None:
    book = with_history(tmp_path)
    other = book.with_name(f"旧-{book.name}")
    shutil.copy(book, other)
    write(other, talks(8))
    protect(book, OLD)
    assert [password_of(path) for path in copies(book) if path.name.endswith(other.name)] == [None]


def test_the_key_store_learns_a_password_only_when_asked_and_keeps_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stored: dict[str, str] = {}
    monkeypatch.setattr(key_store, "remembered", stored.get)
    monkeypatch.setattr(key_store, "remember", lambda book, password: not stored.update({book: password}))
    monkeypatch.setattr(key_store, "forget", lambda book: stored.pop(book, None))
    book = small_book(tmp_path)
    protect(book, OLD)
    assert stored == {}
    assert any("记住" in note for note in protect(book, OLD, OLD, remember=True).notes)
    assert stored == {str(book.resolve()): OLD}
    protect(book, NEW, OLD)
    assert stored == {str(book.resolve()): NEW}
    unprotect_book(book, now(), known(NEW))
    assert stored == {}


def test_where_no_key_store_is_it_is_said(tmp_path: Path) -> None:
    assert any("没有可用的系统密码库" in note for note in protect(small_book(tmp_path), OLD, remember=True).notes)


CHANGES: dict[str, tuple[list[str], str | None, str | None]] = {
    "set": (["protect"], None, NEW),
    "change": (["protect"], OLD, NEW),
    "take off": (["unprotect"], OLD, None),
}
"""The words of a command, and the passwords before and after it."""


@pytest.fixture(scope="module", params=CHANGES)
def change(request: pytest.FixtureRequest) -> Iterator[tuple[Path, list[str], str | None, str | None]]:
    """A workbook that was protected before or not, to be copied; and the change to make."""
    words, before, after = CHANGES[request.param]
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(agile, "SPINS", 1000)
        book = with_history(Path(folder))
        if before:
            protect_book(book, now(), known(), lambda _present: before)
        yield book, words, before, after


NEVER = 1_000_000
"""A step that no command comes to."""


def some_of(steps: int, request: pytest.FixtureRequest) -> Iterable[int]:
    """All steps in the long campaign, else some."""
    return range(1, steps + 1, 1 if request.config.option.markexpr == "slow" else 9)


def copied(book: Path, folder: Path) -> Path:
    """A copy of a workbook with all that lies beside it, and a folder for the temporary files of others."""
    shutil.copytree(book.parent, folder / "school")
    (folder / "school" / "tmp").mkdir()
    return folder / "school" / book.name


def killed_at(step: int, book: Path, words: list[str], before: str | None, after: str | None) -> tuple[int, int]:
    """The exit code of a command that is killed at a step, and the number of steps it took if it was not."""
    keys_file = book.parent.parent / "keys"
    keys_file.write_text(f'{{"xl_liushou:{book.resolve()}": "{before}"}}' if before else "{}", "utf-8")
    environment = {
        **os.environ,
        **NOBODY,
        "XL_LIUSHOU_PASSWORD": after or "",
        "PYTHON_KEYRING_BACKEND": "tests.support.keys.FileKeyring",
        "TEST_KEYS": str(keys_file),
        "TMPDIR": str(book.parent / "tmp"),
    }
    done = subprocess.run(
        [sys.executable, "-m", "tests.support.dying", str(step), *words, str(book)],
        env=environment,
        capture_output=True,
        timeout=120,
    )
    return done.returncode, int(done.stdout.split()[-1]) if done.returncode == 0 else 0


@pytest.mark.skipif(os.name == "nt", reason="SIGKILL is POSIX")
@pytest.mark.slow
def test_a_run_that_is_killed_leaves_one_password_to_the_next_one(
    change: tuple[Path, list[str], str | None, str | None], tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """`pytest -m slow tests/app` kills it at each step."""
    original, words, before, after = change
    found = set()
    _, steps = killed_at(NEVER, copied(original, tmp_path / "whole"), words, before, after)
    for step in [*some_of(steps, request), NEVER]:
        book = copied(original, tmp_path / str(step))
        code, _ = killed_at(step, book, words, before, after)
        assert code == (0 if step == NEVER else -signal.SIGKILL)
        assert list((book.parent / "tmp").iterdir()) == []
        assert password_of(book) in {before, after}
        list_runs(book, now(), known(OLD, NEW))
        found.add(assert_one_password(book))
        unprotect_book(book, now(), known(OLD, NEW))
        assert keys(book) == [f"L{number:04}" for number in range(5)]
    assert found == {before, after}


FAULTS = ("write_new", "replace", "remove", "swap", "flush_folder", "make_private", "take_rights")


@pytest.mark.slow
def test_a_step_that_fails_leaves_one_password_to_the_next_run(
    change: tuple[Path, list[str], str | None, str | None],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
) -> None:
    """`pytest -m slow tests/app` lets each step fail."""
    original, _, before, after = change
    done = 0
    failing = 0

    def fails(step: Callable[..., Any]) -> Callable[..., Any]:
        def once(*words: Any) -> Any:
            nonlocal done
            done += 1
            if done == failing:
                raise OSError(5, "Input/output error")
            return step(*words)

        return once

    for name in FAULTS:
        monkeypatch.setattr(disk, name, fails(getattr(disk, name)))
    for step in [*some_of(60, request), NEVER]:
        book = copied(original, tmp_path / str(step))
        done, failing = 0, step
        expected = {after}
        with suppress(CannotSave):
            expected.add(before)
            unprotect_book(book, now(), known(OLD)) if after is None else protect(book, after, OLD)
            expected = {after}
        failing = 0
        list_runs(book, now(), known(OLD, NEW))
        assert assert_one_password(book) in expected


def test_a_change_that_is_not_on_record_is_finished_by_the_next_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = with_history(tmp_path)
    protect(book, OLD)
    with monkeypatch.context() as patch:
        patch.setattr(Ledger, "update", recorded_until_written(Ledger.update))
        protect(book, NEW, OLD)
    list_runs(book, now(), known(OLD, NEW))
    assert assert_one_password(book) == NEW


def recorded_until_written(update: Callable[..., None]) -> Callable[..., None]:
    """A record that is full as soon as it tells that the workbook is about to be written."""

    def until_written(ledger: Ledger, run: Run, *given: Any, **named: Any) -> None:
        if run.state == "done":
            raise CannotSave("磁盘已满")
        update(ledger, run, *given, **named)

    return until_written


def test_a_run_on_another_workbook_leaves_a_change_alone_that_is_not_clear_yet(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = with_history(tmp_path)
    other = Path(shutil.copy(book, book.with_name("另一本.xlsx")))
    protect(book, OLD)
    with monkeypatch.context() as patch:
        patch.setattr(Ledger, "update", recorded_until_written(Ledger.update))
        protect(book, NEW, OLD)
    digest = book_save._digest

    def held(path: Path) -> str:
        if path == book:
            raise PermissionError(13, "held by Excel")
        return digest(path)

    with monkeypatch.context() as patch:
        patch.setattr(book_save, "_digest", held)
        write(other, talks(9))
    list_runs(book, now(), known(OLD, NEW))
    assert {password_of(path) for path in copies(book) if path.name.endswith(f"-{book.name}")} == {NEW}


@pytest.mark.skipif(os.name == "nt", reason="SIGKILL is POSIX")
@pytest.mark.slow
def test_a_killed_write_into_a_protected_workbook_leaves_no_plain_copy(
    tmp_path: Path, demo_book: Path, request: pytest.FixtureRequest
) -> None:
    """`pytest -m slow tests/app` kills it at each step."""
    (tmp_path / "first").mkdir()
    original = Path(shutil.copy(demo_book, tmp_path / "first"))
    assert program("protect", original, env=knowing(OLD)).code == 0
    words = ["check", "--write"]
    _, steps = killed_at(NEVER, copied(original, tmp_path / "whole"), words, None, OLD)
    for step in some_of(steps, request):
        book = copied(original, tmp_path / str(step))
        code, _ = killed_at(step, book, words, None, OLD)
        assert code == -signal.SIGKILL
        for path in book.parent.rglob("*"):
            if path.is_file() and path.name not in {"lock", "runs.sqlite3", "runs.sqlite3-journal"}:
                assert path.read_bytes()[:8] in {b"", bytes.fromhex("d0cf11e0a1b11ae1")}, path
        assert program("check", book, env=knowing(OLD)).code == 0
        assert not list((book.parent / ".liushou").glob("tmp-*"))


def test_the_cells_are_those_of_before(tmp_path: Path) -> None:
    book = small_book(tmp_path)
    before = cells(book, "花名册")
    protect(book, OLD)
    unprotect_book(book, now(), known(OLD))
    assert cells(book, "花名册") == before
