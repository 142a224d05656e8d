"""Family C on real files: exactly the findings that follow, and nothing for a near miss."""

# ruff: noqa: E501  (one line a case or a row; Chinese counts double)

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.rules.cases import Case, each
from tests.support.sound_school import CLOSED, LI_ID, MING_ID, id_number, newcomer, school_file
from tests.support.workbooks import TODAY, findings, line, told

TOMORROW = date(2026, 11, 24)
WRONG_LAST_DIGIT = MING_ID[:17] + str((int(MING_ID[17]) + 1) % 10)
ENDS_WITH_X = next(found for n in range(0, 99, 2) if (found := id_number(f"990001201609090{n:02}")).endswith("X"))


def child(title: str, value: Any, number: int = 1) -> dict[tuple[str, int, str], Any]:
    """One changed cell of the roster."""
    return {("花名册", number, title): value}


def own_list(book: Any) -> None:
    """A sheet 字典 in which the school has added to a list."""
    sheet = book.create_sheet("字典")
    sheet["A1"], sheet["A2"] = "民族", "穿青人"


def rewrite_roll_number(value: str | int) -> dict[tuple[str, int, str], Any]:
    return {("花名册", 3, "学籍号"): value}


CASES = [
    Case("C101", "no risk", "C101 花名册!U2 风险等级", change=child("风险等级", None)),
    Case("C101", "a risk of blanks only", "C101 花名册!U2 风险等级", change=child("风险等级", "  ")),
    Case("C101", "a name of an invisible mark only", "C101 花名册!B2 姓名", change=child("姓名", "\u200b")),
    Case("C101", "no birth date: the ID number has nothing to differ from", "C101 花名册!E2 出生日期",
         change=child("出生日期", None)),
    Case("C101", "a child without a key does not also live alone", "C101 花名册!A5 儿童编号",
         add=newcomer(儿童编号=None)[:1]),
    Case("C101", "the class says the grade only", "C101 花名册!I2 班级", change=child("班级", "三年级")),
    Case("C101", "nobody says whether the grandmother cares: R308 alone tells it", "R308 花名册!A2 儿童编号",
         change={("监护人", 2, "现照护人"): None}),
    Case("C101", "the father's mark is blank, the grandmother cares", "C101 监护人!P2 现照护人",
         change={("监护人", 1, "现照护人"): None}),
    Case("C103", "a class that Excel made a date of", "C103 花名册!I2 班级", change=child("班级", date(2026, 3, 2))),
    Case("C103", "同上 is no class", "C103 花名册!I2 班级", change=child("班级", "同上")),
    Case("C101", "a column that may be blank is blank", change=child("民族", None)),
    Case("C102", "a thirteenth month", "C102 花名册!V2 评估日期", change=child("评估日期", "2026.13.2")),
    Case("C102", "the 30th of February", "C102 花名册!V2 评估日期", change=child("评估日期", "2026-02-30")),
    Case("C102", "a year of two digits", "C102 花名册!V2 评估日期", change=child("评估日期", "26-9-10")),
    Case("C102", "a missing day", "C102 花名册!V2 评估日期", change=child("评估日期", "2026年9月")),
    Case("C102", "a number that is no date", "C102 花名册!V2 评估日期", change=child("评估日期", 7)),
    Case("C102", "the birth date cannot be read: the ID number has nothing to differ from", "C102 花名册!E2 出生日期",
         change=child("出生日期", "18.5.6")),
    Case("C102", "the closing date cannot be read: it is not missing as well", "C102 花名册!Z4 结案日期",
         change=CLOSED | child("结案日期", "去年", 3)),
    Case("C102", "a date in Chinese is a date", "C105 花名册!V2 评估日期", change=child("评估日期", "2026年9月10日")),
    Case("C103", "男生", "C103 花名册!C2 性别", change=child("性别", "男生")),
    Case("C103", "a consent nobody knows: it is not unsigned as well", "C103 花名册!AB2 同意书",
         change=child("同意书", "签了")),
    Case("C103", "one of several", "C103 花名册!S2 困境类别", change=child("困境类别", "家庭贫困、穷")),
    Case("C103", "the class is of another grade", "C103 花名册!I2 班级", change=child("班级", "四年级1班")),
    Case("C103", "TRUE is not 是", "C103 花名册!K2 寄宿", change=child("寄宿", True)),
    Case("C103", "an unknown encryption among the settings", "C103 设置!B7 值",
         add=[("设置", {"项目": "SMTP加密", "值": "TLS"})]),
    Case("C103", "a setting nobody knows", "C103 设置!A7 项目", add=[("设置", {"项目": "学校名", "值": "云岭小学"})]),
    Case("C103", "a people that the school added to 字典", change=child("民族", "穿青人"), edit=own_list),
    Case("C103", "the class says its grade once more", change=child("班级", "三年级（1）班")),
    Case("C103", "a class with a name of its own", change={**child("班级", "向阳班"), ("教职工", 1, "班主任班级"): "三年级向阳班",
         ("教职工", 4, "联系班级"): "三年级向阳班"}),
    Case("C104", "a week in words", "C104 频次表!C2 间隔天数", change={("频次表", 1, "间隔天数"): "一周"}),
    Case("C104", "no day", "C104 频次表!C2 间隔天数", change={("频次表", 1, "间隔天数"): 0}),
    Case("C104", "more than a year", "C104 频次表!C2 间隔天数", change={("频次表", 1, "间隔天数"): 367}),
    Case("C104", "half a day", "C104 频次表!C2 间隔天数", change={("频次表", 1, "间隔天数"): 7.5}),
    Case("C104", "a number with a unit", "C104 关爱物资!F2 数量", change={("关爱物资", 1, "数量"): "2本"}),
    Case("C104", "a negative score", "C104 进步记录!E2 得分", change={("进步记录", 1, "得分"): -1}),
    Case("C104", "a port among the settings", "C104 设置!B7 值", add=[("设置", {"项目": "SMTP端口", "值": "七"})]),
    Case("C104", "digits as text, full-width", change={("频次表", 1, "间隔天数"): "７"}),
    Case("C104", "a score with a fraction", change={("进步记录", 1, "得分"): 99.5}),
    Case("C105", "a date as text", "C105 花名册!V2 评估日期", change=child("评估日期", "2026.9.10")),
    Case("C105", "a date as eight digits", "C105 花名册!V2 评估日期", change=child("评估日期", 20260910)),
    Case("C105", "a date as a bare serial", "C105 花名册!V2 评估日期", change=child("评估日期", 46275)),
    Case("C105", "a date", change=child("评估日期", date(2026, 9, 10))),
    Case("C106", "a digit short", "C106 监护人!E2 手机", change={("监护人", 1, "手机"): "1390000000"}),
    Case("C106", "no such network", "C106 监护人!E2 手机", change={("监护人", 1, "手机"): "12900000001"}),
    Case("C106", "two numbers in one cell", "C106 监护人!E2 手机",
         change={("监护人", 1, "手机"): "13900000001/13900000002"}),
    Case("C106", "a landline without its area", "C106 监护人!F2 固定电话", change={("监护人", 1, "固定电话"): "6221234"}),
    Case("C106", "the school's own phone", "C106 设置!B5 值", change={("设置", 4, "值"): "6221234"}),
    Case("C106", "a number nobody can call is still a number", "C106 监护人!E6 手机", "C106 监护人!E7 手机", change={
        ("监护人", 5, "手机"): "139", ("监护人", 6, "手机"): "139",
    }),
    Case("C106", "a landline with its area", change={("监护人", 1, "固定电话"): "0999-6221234"}),
    Case("C106", "a landline with an extension", change={("监护人", 1, "固定电话"): "010-62212345-801"}),
    Case("C107", "a digit short", "C107 花名册!F4 身份证号", change=child("身份证号", MING_ID[:17], 3)),
    Case("C107", "a letter inside", "C107 花名册!F4 身份证号", change=child("身份证号", MING_ID[:9] + "O" + MING_ID[10:], 3)),
    Case("C107", "two children without one are not two with the same", "C107 花名册!F2 身份证号", "C107 花名册!F4 身份证号",
         change=child("身份证号", "无") | child("身份证号", "无", 3)),
    Case("C107", "the number of another birth date is judged for its form only", "C107 花名册!F4 身份证号",
         change=child("身份证号", LI_ID[:16], 3)),
    Case("C107", "no ID number yet", change=child("身份证号", None, 3)),
    Case("C107", "a number that ends with X", add=newcomer(身份证号=ENDS_WITH_X)),
    Case("C108", "the last digit is wrong", "C108 花名册!F2 身份证号", change=child("身份证号", WRONG_LAST_DIGIT)),
    Case("C108", "neither birth date nor sex are held against a wrong number", "C108 花名册!F4 身份证号",
         change=child("身份证号", "990001199901010029", 3)),
    Case("C108", "the last digit is right", change=child("身份证号", MING_ID)),
    Case("C109", "the ID number typed as a number", "C109 花名册!F2 身份证号", change=child("身份证号", 990001201805060016)),
    Case("C109", "the roll number typed as a number", "C109 花名册!G4 学籍号", change=rewrite_roll_number(990001201607080133)),
    Case("C109", "fifteen digits are all there, but are no ID number", "C107 花名册!F4 身份证号",
         change=child("身份证号", 990001160708013, 3)),
    Case("C110", "two addresses", "C110 监护人!G2 邮箱", change={("监护人", 1, "邮箱"): "a@example.com;b@example.com"}),
    Case("C110", "no address: the letter is not said to have none at all", "C110 监护人!G2 邮箱",
         change={("监护人", 1, "邮箱"): "微信联系"}),
    Case("C110", "a Chinese comma", "C110 监护人!G2 邮箱", change={("监护人", 1, "邮箱"): "a@example。com"}),
    Case("C110", "an unusual address", change={("监护人", 1, "邮箱"): "Zhang.Jianguo+school@mail.example.com"}),
    Case("C112", "a talk tomorrow", "C112 联系记录!D2 日期", change={("联系记录", 1, "日期"): TOMORROW}),
    Case("C112", "born tomorrow: the age is not unusual as well", "C112 花名册!E4 出生日期",
         change=child("出生日期", TOMORROW, 3) | child("身份证号", None, 3)),
    Case("C112", "a talk today", change={("联系记录", 1, "日期"): TODAY}),
    Case("C112", "a date that may lie ahead", change={("联系记录", 1, "跟进期限"): TOMORROW}),
    Case("C113", "a text like a formula", "C113 花名册!AD2 备注", change=child("备注", "=1+1")),
    Case("C113", "after a blank and an invisible mark", "C113 花名册!AD2 备注", change=child("备注", " \u200b@SUM(A1)")),
    Case("C113", "not untidy as well", "C113 花名册!AD2 备注", change=child("备注", "＋表现　１ ")),
    Case("C113", "among several", "C113 花名册!S2 困境类别", change=child("困境类别", "=家庭贫困")),
    Case("C113", "a lone dash", change=child("备注", "-")),
    Case("C113", "a sign inside", change=child("备注", "3+2=5")),
    Case("C113", "a mobile with +86", "C115 监护人!E2 手机", change={("监护人", 1, "手机"): "+86 13900000001"}),
    Case("C114", "too short", "C114 花名册!G4 学籍号", change=rewrite_roll_number("G9900012016")),
    Case("C114", "G and the number of another child", "C114 花名册!G4 学籍号", change=rewrite_roll_number(f"G{MING_ID}")),
    Case("C114", "another letter", "C114 花名册!G4 学籍号", change=rewrite_roll_number(f"A{MING_ID}")),
    Case("C114", "L and any eighteen characters", change=rewrite_roll_number("L990001201600000001")),
    Case("C114", "G, and no ID number to compare", change=rewrite_roll_number(f"G{MING_ID}") | child("身份证号", None, 3)),
    Case("C115", "a blank inside a name", "C115 花名册!B4 姓名", change=child("姓名", "李 强", 3)),
    Case("C115", "the choice has a blank behind it", "C115 花名册!U2 风险等级", change=child("风险等级", "高 ")),
    Case("C115", "a key with a blank behind it still finds its child", "C115 联系记录!B2 儿童编号",
         change={("联系记录", 1, "儿童编号"): "S001 "}),
    Case("C115", "commas between several", "C115 花名册!S2 困境类别", change=child("困境类别", "家庭贫困,重病")),
    Case("C115", "a mobile as a number", "C115 监护人!E2 手机", change={("监护人", 1, "手机"): 13900000001}),
    Case("C115", "a name with its dot", change=child("姓名", "买买提·吐尔逊", 3)),
    Case("C115", "a foreign name of two words", change=child("姓名", "John Smith", 3)),
    Case("C115", "blanks inside a comment", change=child("备注", "喜欢 English 课")),
    Case("C116", "an invisible mark", "C116 花名册!AD2 备注", change=child("备注", "喜欢\u200b画画")),
    Case("C116", "a tabulator behind the ID number", "C116 花名册!F2 身份证号", change=child("身份证号", f"{MING_ID}\t")),
    Case("C116", "a line break", change=child("备注", "喜欢画画\n想学跳舞")),
    Case("C117", "no status", "C117 花名册!W2 个案状态", change=child("个案状态", None)),
    Case("C117", "key child or not", "C117 花名册!T3 重点帮扶", change=child("重点帮扶", None, 2)),
    Case("C117", "no way of writing", "C117 监护人!U2 收信方式", change={("监护人", 1, "收信方式"): None}),
    Case("C117", "on duty or not", "C117 教职工!J2 在岗", change={("教职工", 1, "在岗"): None}),
    Case("C117", "no number", "C117 联系记录!A2 编号", change={("联系记录", 1, "编号"): None}),
    Case("C117", "a column that may be blank", change=child("寄宿", None)),
]  # fmt: skip


@each(CASES)
def test_exactly_these_findings_follow(case: Case, tmp_path: Path) -> None:
    assert case.told(tmp_path) == case.finds


PAST = [
    ("花名册", "出生日期"), ("花名册", "建档日期"), ("花名册", "评估日期"), ("花名册", "结案日期"), ("档案", "评价日期"),
    ("结对", "上次检查日"), ("联系记录", "日期"), ("联系记录", "跟进完成日"), ("联系记录", "报告时间"),
    ("进步记录", "检查日期"), ("活动环节", "完成日期"), ("志愿者", "背景核查日"), ("志愿者", "培训日"),
]  # fmt: skip


@pytest.mark.parametrize(("sheet", "title"), PAST)
def test_no_date_of_something_past_may_lie_ahead(sheet: str, title: str, tmp_path: Path) -> None:
    spoiled = {(sheet, 1, title): TOMORROW} | ({("花名册", 1, "身份证号"): None} if title == "出生日期" else {})
    codes = [one.split()[0::2] for one in told(school_file(tmp_path, change=spoiled))]
    assert ["C112", title] in codes


MENDED = [
    ("花名册", "姓名", "欧阳　娜娜", "C115", "欧阳娜娜"),
    ("花名册", "姓名", "阿依古丽 • 买买提", "C115", "阿依古丽·买买提"),
    ("花名册", "姓名", "阿依古丽‧买买提", "C115", "阿依古丽·买买提"),
    ("花名册", "姓名", "阿依古丽．买买提", "C115", "阿依古丽·买买提"),
    ("花名册", "姓名", "张明\u200b", "C116", "张明"),
    ("花名册", "家庭编号", "Ｆ００１", "C115", "F001"),
    ("花名册", "困境类别", "家庭贫困，重病；重残", "C115", "家庭贫困、重病、重残"),
    ("花名册", "评估日期", "2026/9/10", "C105", date(2026, 9, 10)),
    ("花名册", "评估日期", 20260910, "C105", date(2026, 9, 10)),
    ("花名册", "评估日期", 46275, "C105", date(2026, 9, 10)),
    ("监护人", "手机", "139-0000-0001", "C115", "13900000001"),
    ("监护人", "手机", "１３９００００ 0001", "C115", "13900000001"),
    ("监护人", "手机", "0086 139 0000 0001", "C115", "13900000001"),
    ("监护人", "手机", 13900000001.0, "C115", "13900000001"),
    ("监护人", "固定电话", "(0999)6221234", "C115", "0999-6221234"),
    ("监护人", "固定电话", "0999—6221234", "C115", "0999-6221234"),
    ("监护人", "编号", None, "C117", "J0007"),
]  # fmt: skip


@pytest.mark.parametrize(("sheet", "title", "value", "code", "mended"), MENDED)
def test_what_fix_would_write(sheet: str, title: str, value: Any, code: str, mended: Any, tmp_path: Path) -> None:
    found = findings(school_file(tmp_path, change={(sheet, 1, title): value}))
    assert [(one.code, one.replacement) for one in found] == [(code, mended)]


def test_a_lower_case_x_becomes_a_capital_one(tmp_path: Path) -> None:
    (found,) = findings(school_file(tmp_path, add=newcomer(身份证号=ENDS_WITH_X.lower())))
    assert (line(found), found.replacement) == ("C115 花名册!F5 身份证号", ENDS_WITH_X)


def test_the_program_never_mends_what_it_would_have_to_guess(tmp_path: Path) -> None:
    (found,) = findings(school_file(tmp_path, change=child("评估日期", "2026.13.2")))
    assert not found.fixable


@pytest.mark.parametrize("grade", ["年级", "七年级"])
def test_where_two_choices_are_equally_near_none_is_suggested(grade: str, tmp_path: Path) -> None:
    found = [one for one in findings(school_file(tmp_path, change=child("年级", grade))) if one.code == "C103"]
    assert [("是不是" in one.message) for one in found] == [False]


def test_a_digit_and_its_chinese_numeral_are_alike(tmp_path: Path) -> None:
    found = findings(school_file(tmp_path, change=child("年级", "1年级")))
    assert any("是不是“一年级”" in one.message for one in found)


def test_a_wrong_choice_is_told_with_the_nearest_one(tmp_path: Path) -> None:
    (found,) = findings(school_file(tmp_path, change=child("留守类型", "双方外出务工")))
    assert "是不是“双方外出”" in found.message
