"""New files are all or nothing, and nothing that exists is overwritten."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from tests.app.writing import now, small_book
from xl_liushou.adapters import disk
from xl_liushou.adapters.saving import save_new, write_paper
from xl_liushou.adapters.state import locked
from xl_liushou.app.history import list_runs
from xl_liushou.core.errors import UnusableInput


def strays(folder: Path) -> list[str]:
    """The temporary files in the state folder."""
    return [path.name for path in (folder / ".liushou").iterdir() if path.name.startswith("tmp-")]


def test_a_new_file_is_saved_and_leaves_no_temporary_file(tmp_path: Path) -> None:
    save_new(tmp_path / "台账.xlsx", b"data")
    assert (tmp_path / "台账.xlsx").read_bytes() == b"data"
    assert strays(tmp_path) == []


@pytest.mark.skipif(os.name == "nt", reason="modes are POSIX")
def test_the_state_folder_is_readable_by_its_owner_only(tmp_path: Path) -> None:
    save_new(tmp_path / "台账.xlsx", b"data")
    assert stat.S_IMODE((tmp_path / ".liushou").stat().st_mode) == 0o700


def test_what_exists_is_left_alone(tmp_path: Path) -> None:
    book = tmp_path / "台账.xlsx"
    book.write_bytes(b"old")
    with pytest.raises(UnusableInput, match="已经存在"):
        save_new(book, b"new")
    assert book.read_bytes() == b"old"


def test_a_name_taken_at_the_last_moment_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    book = tmp_path / "台账.xlsx"
    through = disk.write_new

    def and_somebody_saves(path: Path, data: bytes) -> None:
        through(path, data)
        book.write_bytes(b"theirs")

    monkeypatch.setattr(disk, "write_new", and_somebody_saves)
    with pytest.raises(UnusableInput, match="同名文件"):
        save_new(book, b"ours")
    assert book.read_bytes() == b"theirs"
    assert strays(tmp_path) == []


@pytest.mark.parametrize("step", ["fsync", "write", "link"])
def test_a_failing_step_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    def fails(*_args: object) -> None:
        raise OSError(28, "No space left on device")

    if step == "write":
        monkeypatch.setattr(disk, "write_new", fails)
    elif step == "link":
        monkeypatch.setattr(disk, "link", fails)
        monkeypatch.setattr(disk, "move", fails)
    else:
        monkeypatch.setattr(os, "fsync", fails)
    with pytest.raises(UnusableInput, match="没有保存成功"):
        save_new(tmp_path / "台账.xlsx", b"data")
    assert not (tmp_path / "台账.xlsx").exists()
    assert strays(tmp_path) == []


def test_a_folder_without_hard_links_still_gets_its_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def unsupported(*_args: object) -> None:
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr(disk, "link", unsupported)
    save_new(tmp_path / "台账.xlsx", b"data")
    assert (tmp_path / "台账.xlsx").read_bytes() == b"data"


def test_the_next_command_on_a_workbook_cleans_what_a_run_that_died_left(tmp_path: Path) -> None:
    book = small_book(tmp_path)
    state = tmp_path / ".liushou"
    state.mkdir()
    (state / "tmp-new-dead").write_bytes(b"half")
    list_runs(book, now())
    assert strays(tmp_path) == []


def test_the_temporary_file_of_a_run_under_way_stays(tmp_path: Path) -> None:
    book = small_book(tmp_path)
    with locked(tmp_path) as state:
        state.temporary("new-alive").write_bytes(b"half")
        list_runs(book, now())
        assert strays(tmp_path) == ["tmp-new-alive"]


def test_papers_of_one_name_are_numbered(tmp_path: Path) -> None:
    written = [write_paper(tmp_path, "信.docx", data) for data in (b"1", b"2", b"3")]
    assert [path.name for path in written] == ["信.docx", "信-2.docx", "信-3.docx"]
    assert [path.read_bytes() for path in written] == [b"1", b"2", b"3"]


def test_papers_into_a_file_instead_of_a_folder_are_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    for folder in (tmp_path / "file", tmp_path / "file" / "a" / "b"):
        with pytest.raises(UnusableInput, match="“file”是一个文件，不是文件夹"):
            write_paper(folder, "信.docx", b"1")
        with pytest.raises(UnusableInput, match="“file”是一个文件，不是文件夹"):
            save_new(folder / "台账.xlsx", b"1")


def test_a_file_where_the_state_folder_should_be_is_told(tmp_path: Path) -> None:
    (tmp_path / ".liushou").write_bytes(b"")
    with pytest.raises(UnusableInput, match=r"“\.liushou”是一个文件，不是文件夹"):
        save_new(tmp_path / "台账.xlsx", b"1")


def test_a_name_too_long_is_told(tmp_path: Path) -> None:
    with pytest.raises(UnusableInput, match="没有保存成功"):
        save_new(tmp_path / ("a" * 300 + ".xlsx"), b"1")
