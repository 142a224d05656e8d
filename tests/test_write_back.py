"""Results in the workbook, as a person has them: --write, runs, undo, backups, pending."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.commands import AS_OF, Ran, program
from tests.support.office import assert_office_file
from xl_liushou.adapters.workbook_file import read_workbook


@pytest.fixture
def book(demo_book: Path, tmp_path: Path) -> Path:
    path = tmp_path / "关爱台账.xlsx"
    shutil.copy(demo_book, path)
    return path


def run(*words: str | Path) -> Ran:
    return program(*words, "--as-of", AS_OF, "--json")


def rows(book: Path, title: str) -> list[list[object]]:
    sheet = read_workbook(book).sheet(title)
    assert sheet is not None
    return [list(row) for row in sheet.rows]


def test_check_writes_its_findings_into_the_workbook(book: Path) -> None:
    ran = run("check", book, "--write")
    assert ran.code == 0
    told = [(row[3], row[1]) for row in rows(book, "校验结果")[1:]]
    for finding in ran.json["findings"]:
        assert (finding["code"], f"{finding['sheet']}!{finding['cell']}") in told
    assert any(row[0] == "校验" for row in rows(book, "首页"))
    assert_office_file(book)


def test_overdue_writes_the_list_of_the_day_into_the_workbook(book: Path) -> None:
    assert run("overdue", book, "--write").code == 0
    listed = rows(book, "待办")[1:]
    assert any("立即报告" in str(row) for row in listed) == (
        "强制报告" in program("overdue", book, "--as-of", AS_OF).out
    )
    assert sum(row[1] == "逾期" for row in listed) == 16
    assert_office_file(book)


def test_papers_are_logged_and_an_undo_takes_them_back(book: Path) -> None:
    before = book.read_bytes()
    made = run("write", "archive-card", book, "--class", "三年级1班").json
    logged = rows(book, "发送记录")[1:]
    assert len(logged) == len(made["files"]) == 7
    assert {row[1] for row in logged} == {made["run"]}
    undone = program("undo", book, "last", "--json").json
    assert (undone["undone"], len(undone["set_aside"]), undone["cannot"]) == (made["run"], 7, [])
    assert book.read_bytes() == before
    assert not any(Path(file["path"]).exists() for file in made["files"])
    assert all(Path(path).exists() for path in undone["set_aside"])


def test_a_paper_that_somebody_changed_is_not_set_aside(book: Path) -> None:
    made = run("write", "archive-card", book, "--class", "三年级1班").json
    changed = Path(made["files"][0]["path"])
    changed.write_bytes(b"filled in by hand")
    undone = program("undo", book, "last", "--json")
    assert undone.code == 1
    assert len(undone.json["set_aside"]) == 6
    assert "1 份文书" in undone.json["cannot"][0]
    assert changed.read_bytes() == b"filled in by hand"


@pytest.mark.parametrize("words", [["check", "--write"], ["overdue", "--write"], ["write", "archive-card"]])
def test_a_workbook_open_elsewhere_ends_with_code_3_and_the_result_waits(book: Path, words: list[str]) -> None:
    before = book.read_bytes()
    hint = book.with_name(f"~${book.name}")
    hint.write_bytes(b"")
    command, *rest = words
    ran = run(command, *rest[: command == "write"], book, *rest[command == "write" :])
    assert ran.code == 3
    assert ran.json["error"]["code"] == "workbook-busy"
    assert ran.json["run"]
    assert book.read_bytes() == before
    offered = program("check", book, "--as-of", AS_OF)
    assert offered.code == 0
    assert "pending" in offered.err
    hint.unlink()
    assert program("pending", book, "--apply", "last").code == 0
    assert book.read_bytes() != before


def test_two_programs_at_once_lose_no_row(book: Path) -> None:
    words = [sys.executable, "-m", "xl_liushou", "write", "archive-card", str(book), "--as-of", AS_OF, "--json"]
    grades = ("三年级", "四年级", "五年级")
    running = [subprocess.Popen([*words, "--grade", grade], stdout=subprocess.PIPE) for grade in grades]
    files = 0
    for one in running:
        out = one.communicate()[0]
        assert one.returncode in {0, 1, 3}
        files += out.count(b'"path"')
    while program("pending", book, "--apply", "last").code == 0:
        pass
    assert len(rows(book, "发送记录")) - 1 == files


def test_the_history_is_listed_and_backups_come_back(book: Path) -> None:
    before = book.read_bytes()
    done = run("check", book, "--write").json["run"]
    listed = program("runs", book, "--json").json["runs"]
    assert [one["id"] for one in listed] == [done]
    (backup,) = program("backups", book, "--json").json["backups"]
    assert program("backups", book, "--restore", backup["id"]).code == 0
    assert book.read_bytes() == before
    for command in ("runs", "backups", "pending"):
        assert program(command, book).out.strip()


def test_a_name_on_the_command_line_is_not_recorded(book: Path) -> None:
    assert run("write", "parent-letter", book, "--release", "张三丰").code == 2
    assert run("write", "campaign-plan", book, "--campaign", "张三丰").code == 2
    assert run("write", "archive-card", book, "--child", "YL2024003", "--release", "YL2024003").code == 0
    record = (book.parent / ".liushou" / "runs.sqlite3").read_bytes()
    assert "张三丰".encode() not in record
    assert b"YL2024003" in record


def test_a_note_below_the_list_is_no_change_of_it(book: Path) -> None:
    import openpyxl

    assert run("overdue", book, "--write").code == 0
    loaded = openpyxl.load_workbook(book)
    sheet = loaded["待办"]
    sheet.cell(sheet.max_row + 3, 2, "周五前做完")
    loaded.save(book)
    assert program("undo", book, "last").code == 0
    assert len(rows(book, "待办")) <= sheet.max_row + 3
