"""`import` from end to end: shown, written, undone; what cannot be written waits, and is not written blindly later."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.support.commands import AS_OF, Ran, program
from tests.support.office import assert_office_file
from tests.support.sound_school import MING_ID, id_number, school_file
from tests.support.workbooks import save, text_rows

NEW_ID = id_number("99000120170304001")
ROSTER = f"""
    云岭小学三年级（1）班
    姓名 | 性别 | 身份证号 | 村组 | 父亲姓名 | 联系电话 | 备用
    张明 | 男 | {MING_ID} | 云岭村二组 | 张建国 | 13900000001 | 甲
    石小磊 | 男 | | 白水村一组 | 石开云 13800000077 | | 乙
"""


def roster(folder: Path, text: str = ROSTER) -> Path:
    (folder / "来").mkdir(exist_ok=True)
    return save(folder / "来", {"Sheet1": text_rows(text)}).rename(folder / "来" / "三年级1班名册.xlsx")


def rows(book: Path, sheet: str) -> list[dict[Any, Any]]:
    titles, *found = openpyxl.load_workbook(book)[sheet].iter_rows(values_only=True)
    return [dict(zip(titles, row, strict=True)) for row in found]


def run(book: Path, *words: str | Path) -> Ran:
    return program("import", book, *words, "--as-of", AS_OF)


def test_a_dry_run_shows_and_writes_nothing(tmp_path: Path) -> None:
    book, before = school_file(tmp_path), school_file(tmp_path).read_bytes()
    ran = run(book, roster(tmp_path), "--dry-run")
    assert ran.code == 0
    assert book.read_bytes() == before
    for told in (
        "新增的孩子 1 名",
        "三年级1班：石小磊（S004）",
        "村组：云岭村二组",
        "班级按标题、文件名填作“三年级1班”",
        "没有写入",
    ):
        assert told in ran.out


def test_what_is_certain_is_written_and_taken_back(tmp_path: Path) -> None:
    book = school_file(tmp_path)
    before = {sheet: rows(book, sheet) for sheet in ("花名册", "监护人", "结对")}
    result = run(book, roster(tmp_path), "--json").json
    assert result["summary"] == {
        "children": 1, "guardians": 1, "filled": 1, "changed": 0, "to_confirm": 0, "doubts": 0, "unchanged": 0,
    }  # fmt: skip
    (change,) = result["changed"]
    assert (change["key"], change["column"], change["old"], change["new"]) == ("S001", "村组", "", "云岭村二组")
    assert (change["sheet"], change["cell"], change["applied"]) == ("花名册", "L2", True)
    *old, new = rows(book, "花名册")
    assert {title: value for title, value in new.items() if value is not None} == {
        "儿童编号": "S004", "姓名": "石小磊", "性别": "男", "年级": "三年级", "班级": "1班", "村组": "白水村一组",
    }  # fmt: skip
    assert old == [before["花名册"][0] | {"村组": "云岭村二组"}, *before["花名册"][1:]]
    *old, new = rows(book, "监护人")
    assert {title: value for title, value in new.items() if value is not None} == {
        "编号": "J0007", "儿童编号": "S004", "关系": "父亲", "姓名": "石开云", "手机": "13800000077",
    }  # fmt: skip
    assert old == before["监护人"]
    assert_office_file(book)
    assert program("undo", book, "last").code == 0
    assert {sheet: rows(book, sheet) for sheet in before} == before


def test_the_same_roster_twice_changes_nothing_more(tmp_path: Path) -> None:
    book, file = school_file(tmp_path), roster(tmp_path, ROSTER.replace("石小磊 | 男 | ", f"石小磊 | 男 | {NEW_ID}"))
    run(book, file)
    once = book.read_bytes()
    result = run(book, file, "--json").json
    assert (result["added"], result["changed"], result["doubts"]) == ([], [], [])
    assert result["summary"]["unchanged"] == 2
    assert book.read_bytes() == once


def test_a_workbook_of_ours_is_a_roster_like_any_other(tmp_path: Path, demo_book: Path) -> None:
    copy, blank = Path(shutil.copy(demo_book, tmp_path / "副本.xlsx")), tmp_path / "新台账.xlsx"
    same = run(copy, demo_book, "--dry-run", "--json").json
    assert (same["added"], same["changed"], same["doubts"]) == ([], [], [])
    assert program("new", blank).code == 0
    assert run(blank, demo_book, "--json").json["doubts"] == []
    for sheet in ("花名册", "监护人"):
        wanted = [
            {title: value for title, value in row.items() if title != "家庭编号"} for row in rows(demo_book, sheet)
        ]
        found = [{title: value for title, value in row.items() if title != "家庭编号"} for row in rows(blank, sheet)]
        assert [_told(row) for row in found] == [_told(row) for row in wanted]


def _told(row: dict[Any, Any]) -> dict[Any, Any]:
    """A row without what only says that nothing is known."""
    return {title: None if value == "不详" else value for title, value in row.items()}


def test_what_was_said_of_a_column_is_remembered_without_a_name(tmp_path: Path) -> None:
    book, file = school_file(tmp_path), roster(tmp_path)
    ran = run(book, file, "--map", "备用=备注", "--json")
    assert ran.json["unmatched_columns"] == []
    assert {row["备注"] for row in rows(book, "花名册")} == {"甲", None, "乙"}
    again = run(book, roster(tmp_path, ROSTER.replace("甲", "丙")), "--dry-run", "--json").json
    assert again["unmatched_columns"] == []
    assert [(one["old"], one["new"], one["applied"]) for one in again["changed"]] == [("甲", "丙", False)]
    kept = (tmp_path / ".liushou" / "forms.json").read_text(encoding="utf-8")
    for word in ("张明", "备用", "云岭", "姓名 "):
        assert word not in kept
    runs = (tmp_path / ".liushou" / "runs.sqlite3").read_bytes()
    for word in ("张明", "石小磊", "13800000077", "三年级1班名册", "备用"):
        assert word.encode() not in runs


def test_an_import_that_had_to_wait_is_not_written_into_a_workbook_that_changed(tmp_path: Path) -> None:
    book, file = school_file(tmp_path), roster(tmp_path)
    hint = book.with_name(f"~${book.name}")
    hint.write_bytes(b"\x05x")
    waiting = run(book, file, "--json")
    assert waiting.code == 3
    assert len(rows(book, "花名册")) == 3
    hint.unlink()
    edited = openpyxl.load_workbook(book)
    edited["花名册"]["AD2"] = "改过"
    edited.save(book)
    ran = program("pending", book, "--apply", "last")
    assert "import" in ran.err
    assert len(rows(book, "花名册")) == 3
    assert run(book, file).code == 0
    assert len(rows(book, "花名册")) == 4


@pytest.mark.parametrize("words", [(), ("没有.xlsx",), ("三年级1班名册.xlsx", "--confirm", "S999")])
def test_words_that_do_not_fit_end_with_two(tmp_path: Path, words: tuple[str, ...]) -> None:
    book = school_file(tmp_path)
    roster(tmp_path)
    before = book.read_bytes()
    ran = program("import", book, *(word if word.startswith(("-", "S")) else tmp_path / "来" / word for word in words))
    assert ran.code == 2
    assert ran.err.strip()
    assert book.read_bytes() == before
