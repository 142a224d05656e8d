"""Messy rosters, as real schools have them, are read as a person would read them; what cannot be read is told."""

# ruff: noqa: E501  (one line a row; Chinese counts double)

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.support.libreoffice import convert, requires_libreoffice
from tests.support.makers import Cached, Grid, Maker, by_libreoffice, by_openpyxl, by_xlsxwriter
from tests.support.sound_school import MING_ID, id_number, school_file
from tests.support.workbooks import ExcelError, Formula, findings, line, read, save, text_rows, told, workbook
from xl_liushou.core.table import Column
from xl_liushou.schema.sheets import Children, Guardians, Staff, TermFiles

MAKERS = [
    pytest.param(partial(by_openpyxl, suffix=".xlsx"), id="openpyxl .xlsx"),
    pytest.param(partial(by_openpyxl, suffix=".xlsm"), id="openpyxl .xlsm"),
    pytest.param(partial(by_xlsxwriter, suffix=".xlsx"), id="XlsxWriter .xlsx"),
    pytest.param(partial(by_xlsxwriter, suffix=".xlsm"), id="XlsxWriter .xlsm"),
    pytest.param(partial(by_libreoffice, suffix=".xlsx"), id="LibreOffice .xlsx", marks=requires_libreoffice),
    pytest.param(partial(by_libreoffice, suffix=".xlsm"), id="LibreOffice .xlsm", marks=requires_libreoffice),
]
each_maker = pytest.mark.parametrize("make", MAKERS)
ENDS_WITH_X = next(found for n in range(1, 99, 2) if (found := id_number(f"990001201607080{n:02}")).endswith("X"))

BLANK = None
MESSY_ROSTER = Grid(
    name=" 花名册 ",
    rows=[
        ["云岭小学留守儿童花名册（2026年秋季）"],
        ["填表人：刘芳", BLANK, BLANK, BLANK, "日期：2026年9月10日"],
        [],
        ["序号", "班级", "* 学生姓名", "性 别", "出生年月日", "身份证号码", "学生编号", "年级\n（必填）", "留守类型", "风险等级", "建档日期", "鞋码"],
        [1, "(1)班", "张　明", "男", "2018.5.6", MING_ID, "YL001", "三年级", "双方外出", "高", date(2026, 9, 1), 32],
        [2, "三年级一班", "阿依古丽•买买提", "女", date(2018, 3, 2), BLANK, "ＹＬ００２", "三年级", "一方外出 ", "中", "2026年9月1日", BLANK],
        [],
        [3, 1, "李 强", " 男", 20160708, ENDS_WITH_X.lower(), "YL003", "五年级", "非留守", "低", "2026/9/1", BLANK],
        [4, "二班", "周敏\n", "女", "2016-02-30", 990001201602290020, "YL004", "五年级", "双方外出", "很高", "2026-9-1", BLANK],
        ["序号", "班级", "* 学生姓名", "性 别", "出生年月日", "身份证号码", "学生编号", "年级\n（必填）", "留守类型", "风险等级", "建档日期", "鞋码"],
        [5, "１班", "王小虎", "男", "16.3.2", "99000120160302001", "YL005", "五年级", "双方外出", BLANK, 46266, BLANK],
        ["合计", BLANK, "5人", "男3女2"],
        ["注：1班由刘芳老师负责"],
        ["填表人：刘芳", BLANK, BLANK, "审核人：周正", BLANK, BLANK, "日期：2026年9月10日"],
    ],
    merged=["A1:L1", "A13:L13"],
    hidden=[6, 8],
    filtered="A4:L11",
)  # fmt: skip

ROSTER_READ: list[tuple[Column[Any], list[Any]]] = [
    (Children.child_id, ["YL001", "YL002", "YL003", "YL004", "YL005"]),
    (Children.name, ["张明", "阿依古丽·买买提", "李强", "周敏", "王小虎"]),
    (Children.gender, ["男", "女", "男", "女", "男"]),
    (Children.birth_date, [date(2018, 5, 6), date(2018, 3, 2), date(2016, 7, 8), None, None]),
    (Children.id_number, [MING_ID, "", ENDS_WITH_X, "", "99000120160302001"]),
    (Children.class_name, ["1班", "1班", "1班", "2班", "1班"]),
    (Children.left_behind_type, ["双方外出", "一方外出", "非留守", "双方外出", "双方外出"]),
    (Children.risk, ["高", "中", "低", "", ""]),
    (Children.filed_on, [date(2026, 9, 1)] * 5),
]
ROSTER_TOLD = [
    "S003 花名册!A4 序号", "S003 花名册!L4 鞋码",
    "C115 花名册!C5 姓名", "C105 花名册!E5 出生日期",
    "C115 花名册!C6 姓名", "C115 花名册!G6 儿童编号", "C115 花名册!I6 留守类型", "C105 花名册!K6 建档日期",
    "S006 花名册!B7",
    "C115 花名册!C8 姓名", "C115 花名册!D8 性别", "C105 花名册!E8 出生日期", "C115 花名册!F8 身份证号", "C105 花名册!K8 建档日期",
    "C115 花名册!C9 姓名", "C102 花名册!E9 出生日期", "C109 花名册!F9 身份证号", "C103 花名册!J9 风险等级",
    "C105 花名册!K9 建档日期",
    "C115 花名册!B11 班级", "C102 花名册!E11 出生日期", "C107 花名册!F11 身份证号", "C101 花名册!J11 风险等级",
    "C105 花名册!K11 建档日期",
]  # fmt: skip


def assert_roster_is_read(path: Path) -> None:
    children = read(path)[Children]
    assert children.rows == [5, 6, 8, 9, 11]
    for column, values in ROSTER_READ:
        assert list(children.values(column)) == values, column.title
    assert sorted(told(path, "花名册", " 花名册 ")) == sorted(ROSTER_TOLD)


@each_maker
def test_a_messy_roster_is_read_as_a_person_would_read_it(make: Maker, tmp_path: Path) -> None:
    assert_roster_is_read(make(MESSY_ROSTER, tmp_path))


DAY = date(2015, 3, 2)
DATES = [
    (DAY, ""), ("2015.3.2", "C105"), ("2015-3-2", "C105"), ("2015/03/02", "C105"), ("2015年3月2日", "C105"), ("20150302", "C105"),
    (20150302, "C105"), ("２０１５．３．２", "C105"), ("2015 年 3 月 2 日", "C105"),
]  # fmt: skip
NO_DATES = ["2015年3月", "15.3.2", "2015.13.2", "2015", 2015, 201503, "三月二日", 0]


@each_maker
@pytest.mark.parametrize("date1904", [False, True], ids=["1900", "1904"])
def test_dates_in_every_form_in_both_date_systems(make: Maker, date1904: bool, tmp_path: Path) -> None:
    serial = (DAY - (date(1904, 1, 1) if date1904 else date(1899, 12, 30))).days
    good = [*DATES, (serial, "C105")]
    cells = [*(cell for cell, _ in good), *NO_DATES]
    rows: list[list[Any]] = [
        ["儿童编号", "姓名", "出生日期"],
        *([f"S{number:03}", f"学生{number}号", cell] for number, cell in enumerate(cells)),
    ]
    path = make(Grid("花名册", rows, date1904=date1904), tmp_path)
    children = read(path)[Children]
    assert list(children.birth_date) == [DAY] * len(good) + [None] * len(NO_DATES)
    codes = {found.row: found.code for found in findings(path) if found.column == "出生日期"}
    assert [codes.get(row, "") for row in children.rows] == [code for _, code in good] + ["C102"] * len(NO_DATES)


@each_maker
def test_numbers_that_should_be_texts(make: Maker, tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["编号", "儿童编号", "姓名", "电话", "固定电话", "出生年份", "邮箱"],
        [1, 2026001, "张建国", 13900000001, "0999-6221234", 1985, "a@example.com"],
        [2, "2026002", "王秀英", "139 0000 0002", 9996221234, "1960", " b@example.com "],
        [3, 2026003.0, "李大山", "+86-139-0000-0003", "（0999）6221234", "１９８０", "c@example.com; d@example.com"],
        [4, "2026004", "陈桂花", "１３９００００ ０００４", "无", "八五年", "c＠example.com"],
    ]
    path = make(Grid("监护人", rows), tmp_path)
    guardians = read(path)[Guardians]
    assert list(guardians.guardian_id) == ["1", "2", "3", "4"]
    assert list(guardians.child_id) == ["2026001", "2026002", "2026003", "2026004"]
    assert list(guardians.mobile) == ["13900000001", "13900000002", "13900000003", "13900000004"]
    assert list(guardians.landline) == ["0999-6221234", "9996221234", "0999-6221234", "无"]
    assert list(guardians.birth_year) == [1985, 1960, 1980, None]
    assert [one for one in told(path, "监护人") if not one.startswith("S002")] == [
        "C115 监护人!D2 手机",
        "C115 监护人!D3 手机", "C106 监护人!E3 固定电话", "C115 监护人!G3 邮箱",
        "C115 监护人!D4 手机", "C115 监护人!E4 固定电话", "C110 监护人!G4 邮箱",
        "C115 监护人!D5 手机", "C106 监护人!E5 固定电话", "C104 监护人!F5 出生年份", "C110 监护人!G5 邮箱",
    ]  # fmt: skip


@each_maker
def test_error_cells_are_told_and_nothing_is_made_of_them(make: Maker, tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["儿童编号", "姓名", "性别", "出生日期"],
        ["S001", "张明", ExcelError("#N/A"), ExcelError("#REF!")],
        [ExcelError("#VALUE!"), "张丽", "女", DAY],
        ["S003", ExcelError("#NAME?"), BLANK, BLANK],
    ]
    path = make(Grid("花名册", rows), tmp_path)
    children = read(path)[Children]
    assert (list(children.child_id), list(children.name)) == (["S001", "", "S003"], ["张明", "张丽", ""])
    assert [one for one in told(path, "花名册") if not one.startswith("S002")] == [
        "S008 花名册!C2 性别", "S008 花名册!D2 出生日期", "S008 花名册!A3 儿童编号", "S008 花名册!B4 姓名",
        "C101 花名册!C4 性别", "C101 花名册!D4 出生日期",
    ]  # fmt: skip


def test_a_formula_is_its_saved_result_and_told_where_it_has_none(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["儿童编号", "姓名", "性别", "出生日期", "年级"],
        [
            Cached('="S"&"001"', "S001"),
            Cached('="张"&"明"', "张明"),
            Formula('="男"'),
            Cached("=DATE(2015,3,2)", 42065),
            "五年级",
        ],
        [Cached('=""', ""), BLANK, BLANK, BLANK, BLANK],
        ["S003", Formula('="李"&"强"'), "男", Cached("=NA()", "#N/A"), Cached('="五年级"', "五年级")],
    ]
    path = by_xlsxwriter(Grid("花名册", rows), tmp_path)
    children = read(path)[Children]
    assert list(children.child_id) == ["S001", "S003"]
    assert list(children.name) == ["张明", ""]
    assert list(children.birth_date) == [DAY, None]
    assert [one for one in told(path, "花名册") if one[:4] not in {"S002", "S006"}] == [
        "S009 花名册!C2 性别", "C105 花名册!D2 出生日期", "S009 花名册!B4 姓名", "S008 花名册!D4 出生日期",
    ]  # fmt: skip


@requires_libreoffice
def test_libreoffice_saves_the_results_of_formulas(tmp_path: Path) -> None:
    rows: list[list[Any]] = [["儿童编号", "姓名", "备注"], ["S001", Formula('="张"&"明"'), Formula("=1/0")]]
    path = by_libreoffice(Grid("花名册", rows), tmp_path)
    assert list(read(path)[Children].name) == ["张明"]
    assert [one for one in told(path, "花名册") if not one.startswith("S002")] == ["S008 花名册!C2 备注"]


@each_maker
def test_merged_cells_are_read_at_their_first_cell_and_told(make: Maker, tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["儿童编号", "姓名", "年级", "班级"],
        ["S001", "张明", "三年级", "1班"],
        ["S002", "张丽", BLANK, "1班"],
        ["S003", "李强", "五年级", "2班"],
    ]
    path = make(Grid("花名册", rows, merged=["C2:C3"]), tmp_path)
    children = read(path)[Children]
    assert list(children.name) == ["张明", "张丽", "李强"]
    assert list(children.grade) == ["三年级", "", "五年级"]
    assert [one for one in told(path, "花名册") if not one.startswith("S002")] == ["S007 花名册!C2"]


@each_maker
def test_a_sheet_that_begins_in_the_middle_keeps_its_cells(make: Maker, tmp_path: Path) -> None:
    rows: list[list[Any]] = [[], [], [BLANK, BLANK, "姓名", "儿童编号", "性别"], [BLANK, BLANK, "张明", "S001", "男生"]]
    path = make(Grid("花名册", rows), tmp_path)
    assert read(path)[Children].rows == [4]
    assert "C103 花名册!E4 性别" in told(path, "花名册")


@requires_libreoffice
def test_the_sound_school_stays_sound_when_libreoffice_saves_it(tmp_path: Path) -> None:
    again = convert(school_file(tmp_path), "xlsx", tmp_path / "again")
    assert told(again) == []


@requires_libreoffice
@pytest.mark.parametrize("form", ["ods", "xls"])
def test_the_sound_school_stays_sound_on_a_way_through_another_format(form: str, tmp_path: Path) -> None:
    there = convert(school_file(tmp_path), form, tmp_path / form)
    assert told(convert(there, "xlsx", tmp_path / "again")) == []


def test_titles_over_several_rows_and_columns(tmp_path: Path) -> None:
    path = workbook(
        tmp_path,
        花名册="""
            2026年秋季学期留守儿童信息采集表
            （公章） | | | | | 填报时间：2026年9月
            儿童编号 | 姓名↵（与户口簿一致） | 性别 | 出生日期↵（年-月-日） | 身份证号码（18位） | 年级 | 班级
             | | 男/女 | | | |
            S001 | 张明 | 男 | d:2018-05-06 | | 三年级 | 1
        """,
    )
    children = read(path)[Children]
    assert (children.rows, list(children.name), list(children.class_name)) == ([5], ["张明"], ["1班"])


def test_two_sheets_of_one_name_are_told_apart(tmp_path: Path) -> None:
    first, second = text_rows("儿童编号 | 姓名\nS001 | 张明"), text_rows("儿童编号 | 姓名\nS009 | 李强")
    path = save(tmp_path, {"花名册": first, "花名册 ": second})
    assert list(read(path)[Children].child_id) == ["S001"]


def test_the_columns_that_programs_and_people_add_are_left_alone(tmp_path: Path) -> None:
    path = workbook(
        tmp_path,
        教职工="""
            序号 | 工号 | 姓名 | 电话 | 身份 | 班主任班级
            n:1 | T01 | 刘 芳 | n:13900000001 | 教师 | 三（1）班
            n:2 | T02 | 何平 | | e:#REF! | 一年级1班、二年级1班
        """,
    )
    staff = read(path)[Staff]
    assert (list(staff.name), list(staff.class_taught)) == (["刘芳", "何平"], ["三年级1班", "一年级1班、二年级1班"])
    assert told(path, "教职工") == [
        "S003 教职工!A1 序号", "S003 教职工!E1 身份", "C115 教职工!C2 姓名", "C115 教职工!D2 手机",
    ]  # fmt: skip


def test_ratings_pasted_from_another_program(tmp_path: Path) -> None:
    path = workbook(
        tmp_path,
        档案="""
            儿童编号 | 学期 | 学习 | 学习评语 | 思想 | 心理 | 品德 | 评价人 | 评价日期
            S001 | 2026年秋季学期 | 优␣ | =上课认真 | 良 | 良好 | 优 | T01 | 2026.9.20
            S002\u00a0 | 2026年秋季学期 | 良 | 进步大↵要坚持 | 良 | 差 | 优秀 | T01 | d:2026-09-20
        """,
    )
    files = read(path)[TermFiles]
    assert list(files.child_id) == ["S001", "S002"]
    assert list(files.mind) == ["", "差"]
    assert files.study_note[1] == "进步大\n要坚持"
    codes = [one.split()[0] + one.split()[1][2:] for one in told(path, "档案") if not one.startswith("S002")]
    assert codes == ["C115!C2", "C113!D2", "C103!F2", "C105!I2", "C115!A3", "C103!G3"]


@pytest.mark.parametrize("suffix", [".xlsx", ".xlsm"])
def test_nothing_in_the_file_is_changed_by_reading_it(suffix: str, tmp_path: Path) -> None:
    path = by_openpyxl(MESSY_ROSTER, tmp_path, suffix)
    before = {one: one.read_bytes() for one in tmp_path.iterdir()}
    assert findings(path)
    assert {one: one.read_bytes() for one in tmp_path.iterdir()} == before


def test_the_line_of_a_finding_is_short(tmp_path: Path) -> None:
    (found,) = findings(school_file(tmp_path, change={("花名册", 1, "性别"): "男生"}))
    assert line(found) == "C103 花名册!C2 性别"
