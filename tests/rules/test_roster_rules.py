"""Family R, what the roster says about a child, on real files."""

# ruff: noqa: E501  (one line a case or a row; Chinese counts double)

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.rules.cases import Case, each
from tests.support.sound_school import CLOSED, LI_ID, id_number, like, newcomer, school_file
from tests.support.workbooks import told


def third(**cells: Any) -> dict[tuple[str, int, str], Any]:
    """Changed cells of the third child."""
    return {("花名册", 3, title): value for title, value in cells.items()}


def born(day: date, **cells: Any) -> dict[tuple[str, int, str], Any]:
    """The third child with another birth date and no ID number that could differ from it."""
    return third(出生日期=day, 身份证号=None, **cells)


def trouble(number: int, **cells: Any) -> dict[tuple[str, int, str], Any]:
    return {("档案", number, title): value for title, value in cells.items()}


SPRING = (
    "校历",
    {"名称": "2026年春季学期", "类型": "学期", "开始日期": date(2026, 2, 20), "结束日期": date(2026, 7, 5)},
)
GRAVE_IN_SPRING = like("档案", 3, 学期="2026年春季学期", 心理困扰="重", 评价日期=date(2026, 3, 10))

CASES = [
    Case("R301", "another day than in the ID number", "R301 花名册!E4 出生日期", change=third(出生日期=date(2016, 7, 18))),
    Case("R301", "an ID number with no such day", "R301 花名册!E4 出生日期", change=third(身份证号=id_number("99000120161308013"))),
    Case("R301", "the same day", change=third(出生日期=date(2016, 7, 8))),
    Case("R301", "no ID number", change=born(date(2016, 7, 18))),
    Case("R301", "a closed case", change=third(出生日期=date(2016, 7, 18)) | CLOSED),
    Case("R302", "another sex than in the ID number", "R302 花名册!C4 性别", change=third(性别="女")),
    Case("R302", "a girl with an even digit", add=newcomer(身份证号=LI_ID, 出生日期=date(2020, 3, 2), 年级="一年级", 班级="1班"),
         change={("花名册", 2, "身份证号"): None, ("花名册", 2, "学籍号"): None}),
    Case("R303", "three years old for the grade", "R303 花名册!E4 出生日期", change=born(date(2013, 9, 1))),
    Case("R303", "three years young for the grade", "R303 花名册!E4 出生日期", change=born(date(2018, 9, 2))),
    Case("R303", "a day short of three years old for it", change=born(date(2013, 9, 2))),
    Case("R303", "two years young for the grade", change=born(date(2018, 9, 1))),
    Case("R304", "sixteen today", "R304 花名册!E4 出生日期", change=born(date(2010, 11, 23))),
    Case("R304", "sixteen tomorrow", "R303 花名册!E4 出生日期", change=born(date(2010, 11, 24))),
    Case("R304", "a closed case", change=born(date(2010, 11, 23)) | CLOSED),
    Case("R305", "both away, but the mother is at home", "R305 花名册!O4 留守类型", change=third(留守类型="双方外出")
         | {("监护人", 6, "委托书"): "不需"}),
    Case("R305", "one away, and the mother is away too", "R305 花名册!O4 留守类型",
         change={("监护人", 6, "是否外出"): "是"}),
    Case("R305", "one away, and nobody is away", "R305 花名册!O4 留守类型", change={("监护人", 5, "是否外出"): "否"}),
    Case("R305", "nobody left behind, and the father is away", "R305 花名册!O4 留守类型", change=third(留守类型="非留守")),
    Case("R305", "the parent at home is able after all", "R305 花名册!O4 留守类型",
         change=third(留守类型="一方外出另一方无监护能力")),
    Case("R305", "the parent at home is gravely ill",
         change=third(留守类型="一方外出另一方无监护能力") | {("监护人", 6, "监护能力"): "重病"}),
    Case("R305", "the only parent there is, is away; the grandmother is none", change={("监护人", 2, "是否外出"): "是"}),
    Case("R305", "one away, and the only row is of the other", remove=[("监护人", 5)],
         change={("监护人", 6, "首选联系人"): "是", ("联系记录", 3, "对象"): "J0006"}),
    Case("R305", "no parent is registered", remove=[("监护人", 1)], change={("监护人", 2, "首选联系人"): "是"}),
    Case("R305", "where the mother is cannot be read", "C103 监护人!L7 是否外出", change={("监护人", 6, "是否外出"): "偶尔"}),
    Case("R307", "closed without a date", "R307 花名册!W4 个案状态", change=CLOSED | third(结案日期=None)),
    Case("R307", "closed without a reason", "R307 花名册!W4 个案状态", change=CLOSED | third(结案原因=None)),
    Case("R307", "closed without either is one finding", "R307 花名册!W4 个案状态", change=CLOSED | third(结案日期=None, 结案原因=None)),
    Case("R307", "paused without an end", "R307 花名册!W4 个案状态", change=third(个案状态="暂停")),
    Case("R307", "closed with both", change=CLOSED),
    Case("R307", "paused with an end", change=third(个案状态="暂停", 暂停至日=date(2026, 12, 31))),
    Case("R311", "consent is still to come", "R311 花名册!AB4 同意书", change=third(同意书="待签")),
    Case("R311", "consent refused", "R311 花名册!AB4 同意书", change=third(同意书="拒绝")),
    Case("R311", "nobody asked", "R311 花名册!AB4 同意书", change=third(同意书=None)),
    Case("R311", "a paused case counts", "R311 花名册!AB4 同意书",
         change=third(同意书="待签", 个案状态="暂停", 暂停至日=date(2026, 12, 31))),
    Case("R311", "a closed case", change=third(同意书="待签") | CLOSED),
    Case("R313", "no file this term", "R313 花名册!A4 儿童编号", remove=[("档案", 3)]),
    Case("R313", "a file of last term only", "R313 花名册!A4 儿童编号", change=trouble(3, 学期="2026年春季学期"), add=[
        ("校历", {"名称": "2026年春季学期", "类型": "学期", "开始日期": date(2026, 2, 20), "结束日期": date(2026, 7, 5)}),
    ]),
    Case("R313", "thirty days after the start", "R313 花名册!A4 儿童编号", remove=[("档案", 3)],
         change={("校历", 1, "开始日期"): date(2026, 10, 24)}),
    Case("R313", "twenty-nine days after the start", remove=[("档案", 3)],
         change={("校历", 1, "开始日期"): date(2026, 10, 25)}),
    Case("R313", "a closed case", remove=[("档案", 3)], change=CLOSED),
    Case("R314", "one grave trouble, low risk", "R314 花名册!U4 风险等级", change=trouble(3, 安全隐患="重")),
    Case("R314", "two grave troubles, middle risk", "R314 花名册!U3 风险等级", change=trouble(2, 心理困扰="重", 亲情缺失="重")),
    Case("R314", "one grave trouble, middle risk", change=trouble(2, 劳动过重="重")),
    Case("R314", "five grave troubles, high risk",
         change=trouble(1, 学业困难="重", 心理困扰="重", 亲情缺失="重", 安全隐患="重", 劳动过重="重")),
    Case("R314", "light troubles, low risk", change=trouble(3, 学业困难="轻", 心理困扰="轻", 安全隐患="轻")),
    Case("R314", "it was grave in spring, it is not now", add=[SPRING, GRAVE_IN_SPRING]),
    Case("R314", "of two files one lies in the future", "C112 档案!V5 评价日期", add=[SPRING, ("档案", {
        **GRAVE_IN_SPRING[1], "评价日期": date(2027, 3, 10),
    })]),
    Case("R314", "of two files one has no date", "C101 档案!V4 评价日期", add=[SPRING, GRAVE_IN_SPRING], change=trouble(3, 评价日期=None)),
    Case("R314", "the only file has no date", "C101 档案!V4 评价日期", "R314 花名册!U4 风险等级", change=trouble(3, 安全隐患="重", 评价日期=None)),
]  # fmt: skip


@each(CASES)
def test_exactly_these_findings_follow(case: Case, tmp_path: Path) -> None:
    assert case.told(tmp_path) == case.finds


@pytest.mark.parametrize(("today", "finds"), [(date(2026, 8, 31), []), (date(2026, 9, 1), ["R303 花名册!E4 出生日期"])])
def test_the_school_year_begins_on_1_september(today: date, finds: list[str], tmp_path: Path) -> None:
    path = school_file(tmp_path, change=born(date(2013, 8, 31)))
    assert [one for one in told(path, today=today) if one.startswith("R303")] == finds


def test_a_child_turns_sixteen_on_its_birthday_not_before(tmp_path: Path) -> None:
    path = school_file(tmp_path, change=born(date(2012, 3, 1)))
    assert "R304 花名册!E4 出生日期" not in told(path, today=date(2028, 2, 29))
    assert "R304 花名册!E4 出生日期" in told(path, today=date(2028, 3, 1))
