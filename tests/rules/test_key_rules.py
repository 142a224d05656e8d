"""Family K on real files: exactly the findings that follow, and nothing for a near miss."""

# ruff: noqa: E501  (one line a case or a row; Chinese counts double)

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.rules.cases import Case, each
from tests.support.sound_school import MING_ID, TERM, like, newcomer, school_file
from tests.support.workbooks import ExcelError, findings, told

SPRING = like("校历", 1, 名称="2026年春季学期", 开始日期=date(2026, 2, 20), 结束日期=date(2026, 7, 5))

CASES = [
    Case("K201", "a child's key twice", "K201 花名册!A5 儿童编号", add=newcomer(儿童编号="S003")[:1]),
    Case("K201", "three times is twice too often", "K201 联系记录!A3 编号", "K201 联系记录!A4 编号",
         change={("联系记录", 2, "编号"): "L0001", ("联系记录", 3, "编号"): "L0001"}),
    Case("K201", "two files of a child for one term", "K201 档案!A5 儿童编号", add=[like("档案", 1)]),
    Case("K201", "a child twice in one campaign", "K201 活动参与!A5 活动编号", add=[like("活动参与", 1)]),
    Case("K201", "an interval twice", "K201 频次表!A4 类型", add=[like("频次表", 1)]),
    Case("K201", "a setting twice", "K201 设置!A7 项目", add=[("设置", {"项目": "学期", "值": TERM})]),
    Case("K201", "once as text, once as a number", "K201 领导小组!A3 序号",
         change={("领导小组", 1, "序号"): 1}, add=[like("领导小组", 1, 序号="1")]),
    Case("K201", "a file for each of two terms", add=[SPRING, like("档案", 1, 学期="2026年春季学期")]),
    Case("K201", "two rows without a number", "C117 结对!A2 编号", "C117 结对!A3 编号",
         change={("结对", 1, "编号"): None, ("结对", 2, "编号"): None}),
    Case("K202", "a talk with nobody's child", "K202 联系记录!B2 儿童编号", change={("联系记录", 1, "儿童编号"): "S009"}),
    Case("K202", "a guardian of nobody's child", "K202 监护人!B8 儿童编号",
         add=[like("监护人", 2, 编号="J0009", 儿童编号="S0011")]),
    Case("K202", "a term that the calendar does not know: no file is missing as well", "K202 档案!B2 学期",
         change={("档案", 1, "学期"): "2026秋季学期"}),
    Case("K202", "a holiday is no term", "K202 学习帮扶!C2 学期", change={("学习帮扶", 1, "学期"): "国庆节"}),
    Case("K202", "a teacher who is not on the staff", "K202 结对!D2 帮扶人", change={("结对", 1, "帮扶人"): "T09"}),
    Case("K202", "a peer who is not on the roster", "K202 结对!D3 帮扶人", change={("结对", 2, "帮扶人"): "S009"}),
    Case("K202", "a volunteer's number among teachers", "K202 结对!D2 帮扶人", change={("结对", 1, "帮扶人"): "V01"}),
    Case("K202", "one of the children on a photo", "K202 活动环节!P2 照片中儿童",
         change={("活动环节", 1, "照片中儿童"): "S001、S0022"}),
    Case("K202", "the head of moral education", "K202 设置!B4 值", change={("设置", 3, "值"): "T40"}),
    Case("K202", "the current term", "K202 设置!B3 值", change={("设置", 2, "值"): "2027年春季学期"}),
    Case("K202", "a campaign that is not there", "K202 联系记录!N4 活动编号", change={("联系记录", 3, "活动编号"): "H002"}),
    Case("K202", "a pupil outside the roster", change={("结对", 2, "帮扶人"): "王小虎"}),
    Case("K202", "a volunteer helps", add=[like("结对", 1, 编号="D0010", 类型="志愿者", 帮扶人="V01")]),
    Case("K202", "a key typed as a number on both sides", add=[("志愿者", {
        "志愿者编号": 7, "姓名": "钱红", "背景核查日": date(2026, 9, 1), "保密承诺": "是",
    }), like("结对", 1, 编号="D0010", 类型="志愿者", 帮扶人="7")]),
    Case("K203", "one ID number for two children", "K203 花名册!F5 身份证号", add=newcomer(
        身份证号=MING_ID, 出生日期=date(2018, 5, 6), 性别="男", 年级="三年级", 班级="1班",
    )),
    Case("K203", "two children without one", change={("花名册", 3, "身份证号"): None}, add=newcomer()),
    Case("K204", "same name and birth date", "K204 花名册!B5 姓名", add=newcomer(
        姓名="李强", 出生日期=date(2016, 7, 8), 年级="三年级", 班级="1班",
    )),
    Case("K204", "same name and birth date in one class is one finding", "K204 花名册!B5 姓名", add=newcomer(
        姓名="李强", 出生日期=date(2016, 7, 8),
    )),
    Case("K204", "same name, another birth date, another class", add=newcomer(姓名="李强", 年级="三年级", 班级="1班")),
    Case("K205", "same name in one class", "K205 花名册!B5 姓名", add=newcomer(姓名="李强")),
    Case("K205", "the class is written in another way", "K205 花名册!B5 姓名", add=newcomer(姓名="李强", 班级="五年级(二)班")),
    Case("K205", "same name in the same class of another grade", add=[
        *newcomer(姓名="李强", 年级="四年级"), like("教职工", 3, 工号="T05", 姓名="钱进", 班主任班级="四年级2班"),
    ]),
    Case("K206", "one of two siblings has no family", "K206 花名册!J3 家庭编号",
         change={("花名册", 2, "家庭编号"): None}),
    Case("K206", "neither has one: told at the second", "K206 花名册!J3 家庭编号",
         change={("花名册", 1, "家庭编号"): None, ("花名册", 2, "家庭编号"): None}),
    Case("K206", "each has another", "K206 花名册!J3 家庭编号", change={("花名册", 2, "家庭编号"): "F002"}),
    Case("K206", "the family of one cannot be read", "S008 花名册!J3 家庭编号", change={("花名册", 2, "家庭编号"): ExcelError("#N/A")}),
    Case("K206", "the fathers share a name, not a phone", change={
        ("花名册", 2, "家庭编号"): None, ("监护人", 3, "手机"): "13900000033",
    }),
    Case("K206", "they share a grandmother only", change={
        ("花名册", 2, "家庭编号"): None, ("监护人", 3, "姓名"): "张建军",
    }),
]  # fmt: skip


@each(CASES)
def test_exactly_these_findings_follow(case: Case, tmp_path: Path) -> None:
    assert case.told(tmp_path) == case.finds


def test_the_newcomer_of_these_tests_is_sound(tmp_path: Path) -> None:
    assert told(school_file(tmp_path, add=newcomer())) == []


@pytest.mark.parametrize(
    ("sheet", "title", "wrong", "likely"),
    [
        ("联系记录", "儿童编号", "S0O1", "S001"),
        ("结对", "帮扶人", "TO1", None),
        ("结对", "帮扶人", "T011", "T01"),
        ("档案", "学期", "2026年秋学期", "2026年秋季学期"),
    ],
)
def test_a_wrong_key_is_told_with_the_likeliest_one(
    sheet: str, title: str, wrong: str, likely: str | None, tmp_path: Path
) -> None:
    (found,) = findings(school_file(tmp_path, change={(sheet, 1, title): wrong}))
    assert wrong in found.message
    assert likely is None or f"是不是“{likely}”" in found.message


def test_a_repeated_key_names_the_row_it_repeats(tmp_path: Path) -> None:
    (found,) = findings(school_file(tmp_path, change={("联系记录", 3, "编号"): "L0002"}))
    assert "与第3行重复" in found.message
