"""`check --fix` mends what needs no guessing, once, and nothing else."""

from __future__ import annotations

import re
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.support.commands import AS_OF, program
from tests.support.office import assert_office_file
from tests.support.sound_school import school_file, sound_school
from xl_liushou.adapters.workbook_file import read_workbook

CASES: dict[str, tuple[tuple[str, int, str], Any, Any, str]] = {
    "spaces inside a name": (("花名册", 1, "姓名"), "张 明", "张明", "C115"),
    "a phone with +86 and dashes": (("监护人", 1, "手机"), "+86 139-0000-0001", "13900000001", "C115"),
    "a phone typed as a number": (("监护人", 1, "手机"), 13900000001, "13900000001", "C115"),
    "a date as text": (("花名册", 1, "建档日期"), "2026.9.1", datetime(2026, 9, 1), "C105"),
    "a date as a number of eight digits": (("花名册", 1, "建档日期"), 20260901, datetime(2026, 9, 1), "C105"),
    "a choice with blanks": (("花名册", 1, "性别"), " 男　", "男", "C115"),
    "control characters": (("花名册", 1, "备注"), "好\x7f的", "好的", "C116"),
    "separators of several": (("花名册", 1, "困境类别"), "家庭贫困,重病", "家庭贫困、重病", "C115"),
    "a key that the program gives": (("监护人", 1, "编号"), None, "J", "C117"),
    "a name's dot": (("监护人", 1, "姓名"), "阿依•古丽", "阿依·古丽", "C115"),
}


def cells(book: Path) -> dict[tuple[str, str], Any]:
    loaded = openpyxl.load_workbook(book)
    return {(sheet.title, cell.coordinate): cell.value for sheet in loaded for row in sheet.iter_rows() for cell in row}


def fix(book: Path, *more: str) -> Any:
    return program("check", book, "--fix", "--as-of", AS_OF, "--json", *more).json


@pytest.mark.parametrize("case", [name for name, one in CASES.items() if one[3]])
def test_what_needs_no_guessing_is_mended_and_nothing_else(tmp_path: Path, case: str) -> None:
    place, value, mended, code = CASES[case]
    book = school_file(tmp_path, change={place: value})
    before = cells(book)
    result = fix(book)
    (change,) = result["changes"]
    assert (change["code"], change["sheet"]) == (code, place[0])
    assert code not in result["summary"]["by_code"]
    after = cells(book)
    where = (change["sheet"], change["cell"])
    new = after.pop(where)
    assert new == mended or (mended == "J" and str(new).startswith("J0"))
    before.pop(where, None)
    assert {key: one for key, one in after.items() if key[0] not in {"首页"}} == before
    assert_office_file(book)
    content = book.read_bytes()
    assert fix(book)["changes"] == []
    assert book.read_bytes() == content


@pytest.mark.parametrize("value", ["2015.13.2", "15.3.2", "2015年3月"])
def test_what_is_no_date_stays_and_is_reported(tmp_path: Path, value: str) -> None:
    book = school_file(tmp_path, change={("花名册", 1, "建档日期"): value})
    before = book.read_bytes()
    result = fix(book)
    assert result["changes"] == []
    assert result["summary"]["by_code"]["C102"] == 1
    assert book.read_bytes() == before


def test_a_formula_is_never_overwritten(tmp_path: Path) -> None:
    book = school_file(tmp_path, change={("花名册", 1, "姓名"): "张 明", ("花名册", 2, "姓名"): "张 丽"})
    data = patched_formula(book)
    ran = program("check", book, "--fix", "--as-of", AS_OF)
    assert "有 1 处是公式" in ran.err
    sheet = read_workbook(book).sheet("花名册")
    assert sheet is not None
    assert [row[1] for row in sheet.rows[1:3]] == ["张 明", "张丽"]
    assert data in openpyxl.load_workbook(book)["花名册"]["B2"].value


def patched_formula(book: Path) -> str:
    """Makes the first name the cached result of a formula."""
    formula = 'CONCATENATE("张"," 明")'
    with zipfile.ZipFile(book) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    new = f'<c r="B2" t="str"><f>{formula.replace(chr(34), "&quot;")}</f><v>张 明</v></c>'
    name = "xl/worksheets/sheet1.xml"
    parts[name], count = re.subn(r'<c r="B2"[^>]*>.*?</c>', new, parts[name])
    assert count == 1
    with zipfile.ZipFile(book, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, text in parts.items():
            archive.writestr(part, text)
    return formula


def test_only_the_chosen_rules_are_mended(tmp_path: Path) -> None:
    book = school_file(tmp_path, change={("花名册", 1, "姓名"): "张 明", ("花名册", 1, "建档日期"): "2026.9.1"})
    assert [one["code"] for one in fix(book, "--select", "C105")["changes"]] == ["C105"]
    assert [one["code"] for one in fix(book, "--ignore", "C105")["changes"]] == ["C115"]


def test_a_fix_can_be_undone_and_written_with_the_findings(tmp_path: Path) -> None:
    book = school_file(tmp_path, change={("花名册", 1, "姓名"): "张 明", ("花名册", 2, "性别"): "男生"})
    before = book.read_bytes()
    result = fix(book, "--write")
    assert len(result["changes"]) == 1
    written = read_workbook(book).sheet("校验结果")
    assert written is not None
    assert [row[3] for row in written.rows[1:] if row[3]] == [one["code"] for one in result["findings"]]
    assert program("undo", book, "last").code == 0
    assert book.read_bytes() == before


def test_a_workbook_open_elsewhere_is_not_mended_and_says_so(tmp_path: Path) -> None:
    book = school_file(tmp_path, change={("花名册", 1, "姓名"): "张 明"})
    before = book.read_bytes()
    book.with_name(f"~${book.name}").write_bytes(b"")
    ran = program("check", book, "--fix", "--as-of", AS_OF, "--json")
    assert ran.code == 3
    assert ran.json["changes"] == []
    assert "C115" in ran.json["summary"]["by_code"]
    assert book.read_bytes() == before


def test_old_and_new_are_told_to_people(tmp_path: Path) -> None:
    book = school_file(tmp_path, change={("花名册", 1, "姓名"): "张 明"})
    told = program("check", book, "--fix", "--as-of", AS_OF).out
    assert "花名册!B2：“张 明” → “张明”（C115）" in told


def test_a_date_that_was_mended_is_a_real_one(tmp_path: Path) -> None:
    book = school_file(tmp_path, change={("花名册", 1, "建档日期"): "2026.9.1"})
    fix(book)
    sheet = read_workbook(book).sheet("花名册")
    assert sheet is not None
    place = list(sheet.rows[0]).index("建档日期")
    assert sheet.rows[1][place] == date(2026, 9, 1)


def test_no_key_is_given_that_a_record_still_refers_to(tmp_path: Path) -> None:
    """A guardian who is new in a row of somebody who is gone must not inherit that one's calls."""
    key = sound_school()["监护人"][-1]["编号"]
    book = school_file(tmp_path, change={("监护人", len(sound_school()["监护人"]), "编号"): None}, add=[call_to(key)])
    before = fix_codes(program("check", book, "--as-of", AS_OF, "--json").json)
    result = fix(book)
    assert [one["new"] for one in result["changes"]] != [key]
    assert fix_codes(result) == before - {"C117"}
    assert "K202" in before


def call_to(key: str) -> tuple[str, dict[str, Any]]:
    """A record of a call to a guardian."""
    calls = [row for row in sound_school()["联系记录"] if row.get("对象")]
    return "联系记录", {**calls[0], "编号": "L9999", "对象": key}


def fix_codes(result: dict[str, Any]) -> set[str]:
    return set(result["summary"]["by_code"])


def test_a_formula_is_not_called_mendable_once_that_is_known(tmp_path: Path) -> None:
    book = school_file(tmp_path, change={("花名册", 1, "姓名"): "张 明"})
    patched_formula(book)
    (finding,) = [one for one in fix(book)["findings"] if one["cell"] == "B2"]
    assert finding["fixable"] is False


def test_what_nobody_can_see_is_shown(tmp_path: Path) -> None:
    book = school_file(tmp_path, change={("花名册", 1, "姓名"): "张\u200b明"})
    assert "张<U+200B>明" in program("check", book, "--fix", "--as-of", AS_OF).out
