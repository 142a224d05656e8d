"""Families I and S on real files: exactly the findings that follow, and nothing for a near miss."""

# ruff: noqa: E501  (one line a case or a row; Chinese counts double)

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.rules.cases import Case, each
from tests.support.samples import patched
from tests.support.sound_school import like, school_file, sound_school
from tests.support.workbooks import Edit, ExcelError, Formula, findings, told


def below(sheet: str, rows_down: int, *cells: Any) -> Edit:
    """Writes cells so many rows under the sheet's last row, and leaves its Table as it is."""

    def edit(book: Any) -> None:
        row = book[sheet].max_row + rows_down
        for place, value in enumerate(cells, 1):
            book[sheet].cell(row, place).value = value

    return edit


def table_ends(sheet: str, reference: str) -> Edit:
    """Gives the sheet's Table another range."""
    return lambda book: setattr(book[sheet].tables[sheet], "ref", reference)


def blank_row(sheet: str, at: int, reference: str) -> Edit:
    """Puts a blank row into a sheet, inside its Table."""

    def edit(book: Any) -> None:
        book[sheet].insert_rows(at)
        book[sheet].tables[sheet].ref = reference

    return edit


def merge(sheet: str, cells: str) -> Edit:
    """Merges cells, as Excel does: only the first one keeps its value."""
    return lambda book: book[sheet].merge_cells(cells)


def rename(sheet: str, name: str) -> Edit:
    """Gives a sheet another name."""
    return lambda book: setattr(book[sheet], "title", name)


def put(sheet: str, cell: str, value: Any) -> Edit:
    """Writes one cell."""
    return lambda book: book[sheet].__setitem__(cell, value)


def without_header(book: Any) -> None:
    book["志愿者"].delete_rows(1)
    del book["志愿者"].tables["志愿者"]


CASES = [
    Case("I000", "pairings have a header only", "I000 结对", empty=["结对"]),
    Case("I000", "the roster has a header only", "I000 花名册", empty=["花名册"]),
    Case("I000", "nobody is on the staff yet, so nobody is missed there", "I000 教职工", empty=["教职工"]),
    Case("I000", "no guardian yet: no child is said to live alone", "I000 监护人", empty=["监护人"]),
    Case("I000", "no term file yet: none is asked for", "I000 档案", empty=["档案"]),
    Case("I000", "no calendar yet: no term is unknown", "I000 校历", empty=["校历"]),
    Case("I000", "no campaign yet: no step is loose", "I000 活动", empty=["活动"]),
    Case("I000", "one row is data", empty=[], remove=[("领导小组", 1)], add=[like("领导小组", 1)]),
    Case("S001", "no sheet for volunteers", "S001 志愿者", missing=["志愿者"]),
    Case("S001", "no sheet for guardians: no child is said to live alone", "S001 监护人", missing=["监护人"]),
    Case("S001", "no roster: nobody's child is unknown", "S001 花名册", missing=["花名册"]),
    Case("S001", "the sheet's name has a blank too many", edit=rename("志愿者", "志愿者 ")),
    Case("S001", "the sheet was renamed, its Table was not", edit=rename("志愿者", "义工名单")),
    Case("S002", "no column for the risk: no child's risk is blank", "S002 花名册 风险等级", drop=[("花名册", "风险等级")]),
    Case("S002", "no column for the child: no key is twice", "S002 花名册 儿童编号", drop=[("花名册", "儿童编号")]),
    Case("S002", "no carer column: no child lives alone", "S002 监护人 现照护人", drop=[("监护人", "现照护人")]),
    Case("S002", "without the column there is no row to be seen: the sheet is not said to be empty", "S002 设置 项目", drop=[("设置", "项目")]),
    Case("S002", "no title row at all", "S002 志愿者", edit=without_header),
    Case("S002", "the column has another name that is known", retitle={("花名册", "姓名"): "学生姓名"}),
    Case("S002", "the title has marks, blanks and a line break", retitle={("花名册", "姓名"): "* 姓\n名（必填）："}),
    Case("S002", "a column that may be missing is missing", drop=[("花名册", "备注"), ("监护人", "编号")]),
    Case("S003", "a column of the school's own", "S003 花名册!AD1 鞋码", retitle={("花名册", "备注"): "鞋码"}),
    Case("S003", "a column of the schema under a synonym", retitle={("监护人", "手机"): "联系电话"}),
    Case("S004", "two columns 手机", "S004 监护人!F1 手机", retitle={("监护人", "固定电话"): "手机"}),
    Case("S004", "手机 and 座机", retitle={("监护人", "固定电话"): "座机"}),
    Case("S004", "电话 beside 手机 is a column of their own", "S003 监护人!F1 电话", retitle={("监护人", "固定电话"): "电话"}),
    Case("S005", "two rows below the Table", "S005 结对!A7", "S005 结对!A8", edit=table_ends("结对", "A1:L6")),
    Case("S005", "a note below the Table", edit=below("结对", 1, "注：学习帮手每学期一换")),
    Case("S005", "who filled it in, below the Table", edit=below("结对", 2, "填表人：刘芳", None, None, "日期：2026年9月1日")),
    Case("S006", "a blank row among the pairings", "S006 结对!A4", edit=blank_row("结对", 4, "A1:L9")),
    Case("S006", "a blank row after the last", edit=table_ends("结对", "A1:L12")),
    Case("S006", "a blank row between the last and a note", edit=below("结对", 2, "注：学习帮手每学期一换")),
    Case("S007", "the grade merged over two children", "S007 花名册!H2", edit=merge("花名册", "H2:H3")),
    Case("S007", "a merged note under the children", edit=merge("花名册", "A6:H7")),
    Case("S008", "the birth date is #REF!", "S008 花名册!E2 出生日期", change={("花名册", 1, "出生日期"): ExcelError("#REF!")}),
    Case("S008", "the child's key is #N/A", "S008 花名册!A5 儿童编号", add=[
        like("花名册", 3, 儿童编号=ExcelError("#N/A"), 姓名="周敏", 身份证号=None),
    ]),
    Case("S008", "somebody wrote #REF! as a text", change={("花名册", 1, "备注"): "#REF!"}),
    Case("S009", "a name by a formula", "S009 花名册!B2 姓名", change={("花名册", 1, "姓名"): Formula('="张"&"明"')}),
    Case("S009", "a formula in a column of the school's own", "S003 花名册!AD1 鞋码", retitle={("花名册", "备注"): "鞋码"},
         change={("花名册", 1, "备注"): Formula("=30+1")}),
    Case("S010", "a blank in the last row of the sheet", "S010 花名册!A1048576", edit=put("花名册", "A1048576", " ")),
    Case("S010", "a note some rows below", edit=put("花名册", "A200", "注：名单每月核对")),
]  # fmt: skip


@each(CASES)
def test_exactly_these_findings_follow(case: Case, tmp_path: Path) -> None:
    assert case.told(tmp_path) == case.finds


def test_nothing_is_wrong_in_the_sound_school(tmp_path: Path) -> None:
    assert told(school_file(tmp_path)) == []


@pytest.mark.parametrize("sheet", sound_school())
def test_an_empty_sheet_is_one_info_and_nothing_else(sheet: str, tmp_path: Path) -> None:
    assert told(school_file(tmp_path, empty=[sheet])) == [f"I000 {sheet}"]


@pytest.mark.parametrize("sheet", sound_school())
def test_a_missing_sheet_is_one_error_and_nothing_else(sheet: str, tmp_path: Path) -> None:
    assert told(school_file(tmp_path, missing=[sheet])) == [f"S001 {sheet}"]


def test_the_info_names_what_is_not_checked(tmp_path: Path) -> None:
    (found,) = findings(school_file(tmp_path, empty=["监护人"]))
    assert "没有现照护人" in found.message
    assert "委托书" in found.message


def test_a_missing_column_is_told_with_the_likeliest_title(tmp_path: Path) -> None:
    path = school_file(tmp_path, retitle={("花名册", "风险等级"): "风险级别"})
    missing, unknown = findings(path)
    assert (missing.code, unknown.code) == ("S002", "S003")
    assert "“风险级别”就是这一列" in missing.message


def test_a_formula_with_its_result_saved_is_read(tmp_path: Path) -> None:
    path = school_file(tmp_path, change={("花名册", 1, "姓名"): Formula('="张"&"明"')})
    cached = patched(path, "xl/worksheets/sheet1.xml", "</f><v></v>", "</f><v>张明</v>")
    typed = patched(cached, "xl/worksheets/sheet1.xml", '<c r="B2">', '<c r="B2" t="str">')
    assert told(typed) == []


def test_a_gap_says_how_many_rows_it_has(tmp_path: Path) -> None:
    def edit(book: Any) -> None:
        book["结对"].insert_rows(4, 3)
        book["结对"].tables["结对"].ref = "A1:L11"

    (found,) = findings(school_file(tmp_path, edit=edit))
    assert "第4行起有3行空行" in found.message
