"""The command line as people and programs meet it (interface.md)."""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import msoffcrypto.format.ooxml as ooxml
import pytest
from openpyxl import Workbook, load_workbook

from tests.support.commands import AS_OF, program
from tests.support.office import assert_office_file, opens_in_libreoffice, requires_libreoffice
from tests.support.sound_school import school_file
from xl_liushou.routines.registry import ROUTINES

CHINESE = re.compile(r"[\u4e00-\u9fff]")
COMMANDS = ("demo", "new", "rules", *ROUTINES)


def assert_kind_refusal(ran_code: int, text: str) -> None:
    assert ran_code == 2, text
    assert CHINESE.search(text), text
    assert "Traceback" not in text
    assert "Error" not in text


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_in_chinese(command: str) -> None:
    ran = program(command, "--help")
    assert ran.code == 0
    assert ran.out.startswith(f"用法：xl-liushou {command}")
    for line in ran.out.splitlines():
        if line.strip() and not line.strip().startswith("--"):
            assert CHINESE.search(line), line


@pytest.mark.parametrize(
    "words",
    [
        ["chek"],
        ["check"],
        ["check", "a.xlsx", "--wrong"],
        ["check", "a.xlsx", "b.xlsx"],
        ["check", "a.xlsx", "--as-of", "2026-13-01"],
        ["overdue", "a.xlsx", "--risk", "很高"],
        ["overdue", "a.xlsx", "--risk"],
        ["write"],
        ["write", "archive-card"],
        ["rules", "X999"],
        ["check", "a.xlsx", "--as-of", "0001-03-01"],
        ["check", "a.xlsx", "--as-of", "20261123"],
        ["check", "a" * 300 + ".xlsx"],
        ["new", "台账.txt"],
    ],
)
@pytest.mark.parametrize("as_json", [False, True])
def test_a_mistake_in_the_words_is_told_in_chinese(words: list[str], as_json: bool) -> None:
    ran = program(*words, *(["--json"] if as_json else []))
    if as_json:
        assert ran.json["error"]["code"]
        assert_kind_refusal(ran.code, ran.json["error"]["message"])
    else:
        assert ran.out == ""
        assert_kind_refusal(ran.code, ran.err)


def bad_inputs(folder: Path) -> dict[str, Path]:
    """Files that are no use, by what is wrong with them."""
    good = Workbook()
    good.active.title = "别的表"  # type: ignore[union-attr]
    good.save(folder / "foreign.xlsx")
    data = (folder / "foreign.xlsx").read_bytes()
    (folder / "folder.xlsx").mkdir()
    (folder / "empty.xlsx").write_bytes(b"")
    (folder / "text.xlsx").write_text("儿童编号,姓名\n", encoding="utf-8")
    (folder / "truncated.xlsx").write_bytes(data[: len(data) // 2])
    (folder / "old.xls").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000))
    with zipfile.ZipFile(folder / "zip.xlsx", "w") as archive:
        archive.writestr("readme.txt", "nothing of ours")
    locked = io.BytesIO()
    ooxml.OOXMLFile(io.BytesIO(data)).encrypt("secret", locked)
    (folder / "locked.xlsx").write_bytes(locked.getvalue())
    names = ("foreign", "folder", "empty", "text", "truncated", "zip", "locked")
    return {"missing": folder / "nowhere.xlsx", "old": folder / "old.xls", **{n: folder / f"{n}.xlsx" for n in names}}


@pytest.mark.parametrize("command", [["check"], ["overdue"], ["write", "archive-card"]], ids=lambda words: words[0])
def test_unusable_files_are_refused_with_a_sentence(tmp_path: Path, command: list[str]) -> None:
    for wrong, path in bad_inputs(tmp_path).items():
        ran = program(*command, path)
        assert_kind_refusal(ran.code, f"{wrong}: {ran.err}")
        assert "。" in ran.err
        assert not (tmp_path / "输出").exists()


def test_a_blank_workbook_is_refused_until_children_are_entered(tmp_path: Path) -> None:
    book = tmp_path / "台账.xlsx"
    assert program("new", book).code == 0
    for command in (["check"], ["overdue"], ["write", "archive-card"]):
        ran = program(*command, book)
        assert_kind_refusal(ran.code, ran.err)
        assert "还没有孩子" in ran.err


@pytest.mark.parametrize("suffix", [".xlsx", ".xlsm"])
@pytest.mark.parametrize("demo", [[], ["--demo"]], ids=["blank", "demo"])
@requires_libreoffice
def test_new_makes_a_sound_workbook(tmp_path: Path, suffix: str, demo: list[str]) -> None:
    book = tmp_path / f"台账{suffix}"
    ran = program("new", book, *demo, "--as-of", AS_OF, "--json")
    assert ran.code == 0
    assert ran.json["files"] == [str(book)]
    assert_office_file(book)
    opens_in_libreoffice(book)


def test_new_never_overwrites(tmp_path: Path) -> None:
    book = tmp_path / "台账.xlsx"
    book.write_bytes(b"mine")
    ran = program("new", book)
    assert_kind_refusal(ran.code, ran.err)
    assert book.read_bytes() == b"mine"


def test_the_demo_workbook_is_the_same_for_the_same_day(tmp_path: Path) -> None:
    for name in ("a.xlsx", "b.xlsx"):
        assert program("new", tmp_path / name, "--demo", "--as-of", AS_OF).code == 0
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_check_has_the_promised_json(demo_book: Path) -> None:
    ran = program("check", demo_book, "--as-of", AS_OF, "--json")
    assert ran.code == 0
    result = ran.json
    assert result["command"] == "check"
    assert result["book"] == str(demo_book)
    assert result["as_of"] == AS_OF
    assert re.fullmatch(r"\d{8}-\d{6}-[0-9a-f]{6}", result["run"])
    assert result["changes"] == []
    assert result["summary"]["errors"] == 0
    keys = {"code", "severity", "sheet", "cell", "row", "column", "message", "fixable"}
    assert result["findings"]
    assert all(set(finding) == keys for finding in result["findings"])
    assert sum(result["summary"]["by_code"].values()) == len(result["findings"])


def test_reading_commands_change_nothing(demo_book: Path) -> None:
    before = demo_book.read_bytes()
    for command in ("check", "overdue", "runs", "backups", "pending"):
        assert program(command, demo_book).code == 0
    assert demo_book.read_bytes() == before
    assert sorted(path.name for path in demo_book.parent.iterdir()) == [".liushou", demo_book.name]


def test_a_rule_that_does_not_exist_is_no_all_clear(demo_book: Path) -> None:
    for option in ("--select", "--ignore"):
        ran = program("check", demo_book, option, "R999")
        assert_kind_refusal(ran.code, ran.err)
    ran = program("check", demo_book, "--as-of", AS_OF, "--ignore", "R308", "--json")
    assert ran.json["summary"]["ignored"] == []


@pytest.mark.parametrize(
    ("words", "sheet"),
    [
        (["overdue"], "联系记录"),
        (["write", "overdue-notice"], "联系记录"),
        (["write", "parent-letter"], "监护人"),
        (["write", "archive-card"], "监护人"),
        (["write", "campaign-plan"], "活动"),
    ],
)
def test_a_missing_sheet_is_told_and_not_worked_around(
    demo_book: Path, tmp_path: Path, words: list[str], sheet: str
) -> None:
    book = load_workbook(demo_book)
    book.remove(book[sheet])
    book.save(tmp_path / "台账.xlsx")
    ran = program(*words, tmp_path / "台账.xlsx", "--as-of", AS_OF)
    assert_kind_refusal(ran.code, ran.err)
    assert f"“{sheet}”" in ran.err


def test_select_and_ignore(demo_book: Path) -> None:
    only = program("check", demo_book, "--as-of", AS_OF, "--select", "R311", "--json").json
    assert set(only["summary"]["by_code"]) == {"R311"}
    without = program("check", demo_book, "--as-of", AS_OF, "--ignore", "R", "--json").json
    assert not any(code.startswith("R") for code in without["summary"]["by_code"])


def test_an_error_in_the_workbook_ends_with_code_1(demo_book: Path, tmp_path: Path) -> None:
    book = load_workbook(demo_book)
    book["花名册"]["C3"] = "男生"
    book.save(tmp_path / "台账.xlsx")
    ran = program("check", tmp_path / "台账.xlsx", "--as-of", AS_OF)
    assert ran.code == 1
    assert "C103" in ran.out
    assert "男生" in ran.out


def test_overdue_has_the_promised_json(demo_book: Path) -> None:
    ran = program("overdue", demo_book, "--as-of", AS_OF, "--json")
    assert ran.code == 0
    keys = {"child", "name", "class", "kind", "owner", "last", "due", "days_overdue", "status", "never", "escalation"}
    items = ran.json["items"]
    assert all(keys <= set(item) for item in items)
    assert any(item["status"] == "逾期" for item in items)


def test_the_same_workbook_and_day_give_the_same_output(demo_book: Path) -> None:
    first, second = (program("overdue", demo_book, "--as-of", AS_OF, "--json").json for _ in range(2))
    assert first.pop("run") != second.pop("run")
    assert first == second


def test_a_gbk_console_breaks_nothing(demo_book: Path) -> None:
    text = program("check", demo_book, "--as-of", AS_OF, encoding="gbk")
    assert text.code == 0
    assert "提醒" in text.out
    ran = program("check", demo_book, "--as-of", AS_OF, "--json", encoding="gbk")
    assert json.loads(ran.raw.decode("utf-8"))["summary"]["errors"] == 0


def test_rules_tell_their_reasons() -> None:
    ran = program("rules", "R308")
    assert ran.code == 0
    assert "为什么" in ran.out
    assert len(program("rules", "--json").json["rules"]) > 40


def test_a_fault_of_the_program_leaves_a_report_without_personal_data(demo_book: Path, tmp_path: Path) -> None:
    book = tmp_path / "台账.xlsx"
    shutil.copy(demo_book, book)
    code = (
        "import xl_liushou.app.running as running\n"
        "def fails(*_): raise ValueError('张小明 13800138000')\n"
        "running.open_book = fails\n"
        f"from xl_liushou.cli import main\nmain(['check', {str(book)!r}])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, timeout=60)
    assert done.returncode == 70
    told = done.stderr.decode()
    assert "Traceback" not in told
    assert "张小明" not in told
    report = next((tmp_path / ".liushou").glob("crash-*.txt"))
    assert report.name in told
    assert "ValueError" in report.read_text(encoding="utf-8")
    assert "张小明" not in report.read_text(encoding="utf-8")


def test_an_unknown_code_in_the_setting_is_told(tmp_path: Path) -> None:
    book = school_file(tmp_path, add=[("设置", {"项目": "忽略规则", "值": "L502、X999"})])
    told = program("check", book, "--as-of", AS_OF, "--json").json
    assert told["summary"]["ignored"] == ["L502"]
    assert any("X999" in note and "忽略规则" in note for note in told["notes"])
