"""Family P, who has which helper, on real files."""

# ruff: noqa: E501  (one line a case or a row; Chinese counts double)

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.rules.cases import Case, each
from tests.support.sound_school import CLOSED, Row, like, newcomer, school_file
from tests.support.workbooks import TODAY, ExcelError, findings, told

TOMORROW = date(2026, 11, 24)
YESTERDAY = date(2026, 11, 22)


def pairing(number: int, **cells: Any) -> dict[tuple[str, int, str], Any]:
    """Changed cells of one pairing: 1 教师帮扶 of S001, 2–4 学习帮手, 5–7 手拉手."""
    return {("结对", number, title): value for title, value in cells.items()}


def staff(number: int, **cells: Any) -> dict[tuple[str, int, str], Any]:
    return {("教职工", number, title): value for title, value in cells.items()}


def more_of_t01(count: int, **other: Any) -> list[tuple[str, Row]]:
    """So many more pairings of the helper teacher T01, below the seven that there are."""
    of = [(child, subject) for subject in ("语文", "数学", "英语") for child in ("S001", "S002", "S003")]
    return [
        like("结对", 1, **{"编号": f"D9{number}", "儿童编号": child, "学科": subject, **other})
        for number, (child, subject) in enumerate(of[:count])
    ]


CASES = [
    Case("P401", "a key child without a helper teacher", "P401 花名册!A2 儿童编号", remove=[("结对", 1)]),
    Case("P401", "the pairing has ended yesterday", "P401 花名册!A2 儿童编号", change=pairing(1, 结束日期=YESTERDAY)),
    Case("P401", "the pairing begins tomorrow", "P401 花名册!A2 儿童编号", change=pairing(1, 开始日期=TOMORROW)),
    Case("P401", "a child that has just become a key child", "P401 花名册!A4 儿童编号", "P410 花名册!A4 儿童编号",
         change={("花名册", 3, "重点帮扶"): "是"}),
    Case("P401", "a paused case counts", "P401 花名册!A2 儿童编号", remove=[("结对", 1)], change={
        ("花名册", 1, "个案状态"): "暂停", ("花名册", 1, "暂停至日"): date(2026, 12, 31),
    }),
    Case("P401", "the pairing ends today", change=pairing(1, 结束日期=TODAY)),
    Case("P401", "the pairing begins today", change=pairing(1, 开始日期=TODAY)),
    Case("P401", "another teacher has taken over", change=pairing(1, 结束日期=YESTERDAY),
         add=[like("结对", 1, 编号="D0010", 开始日期=YESTERDAY, 帮扶人="T02")]),
    Case("P401", "when it ended cannot be read", "C102 结对!H2 结束日期", change=pairing(1, 结束日期="上学期")),
    Case("P401", "when it began is blank", "C101 结对!G2 开始日期", change=pairing(1, 开始日期=None)),
    Case("P401", "of what kind it is cannot be read", "C103 结对!C2 类型", change=pairing(1, 类型="老师")),
    Case("P401", "it ends before it starts", "P406 结对!H2 结束日期", change=pairing(1, 结束日期=date(2025, 11, 30))),
    Case("P401", "whose key stands twice", "K201 花名册!A5 儿童编号", add=newcomer(儿童编号="S003", 重点帮扶="是")[:1]),
    Case("P402", "a child without a study helper", "P402 花名册!A3 儿童编号", remove=[("结对", 3)]),
    Case("P402", "it has become a friend's row", "P402 花名册!A3 儿童编号", change=pairing(3, 类型="手拉手", 学科=None, 帮扶人="S003")),
    Case("P402", "the helper has left", "P402 花名册!A4 儿童编号", change=pairing(4, 结束日期=date(2026, 10, 31), 终止原因="转学")),
    Case("P402", "a helper for one day, long ago", "P402 花名册!A3 儿童编号", change=pairing(3, 结束日期=date(2026, 9, 7))),
    Case("P402", "a closed case", change=CLOSED),
    Case("P412", "a child without a friend", "P412 花名册!A2 儿童编号", remove=[("结对", 5)]),
    Case("P412", "a child with no pairing at all", "P402 花名册!A4 儿童编号", "P412 花名册!A4 儿童编号",
         remove=[("结对", 4), ("结对", 7)]),
    Case("P412", "the friend is another pupil of the roster", change=pairing(7, 帮扶人="S002")),
    Case("P403", "a teacher with seven", "P403 结对!D14 帮扶人", add=more_of_t01(6)),
    Case("P403", "a teacher with eight is told once", "P403 结对!D14 帮扶人", add=more_of_t01(7)),
    Case("P403", "a teacher with six", add=more_of_t01(5)),
    Case("P403", "one of seven has ended", add=[*more_of_t01(5), like("结对", 1, 编号="D0010", 学科="体育", 结束日期=YESTERDAY)]),
    Case("P403", "one of seven is there twice", "P404 结对!G14 开始日期", add=[*more_of_t01(5), like("结对", 1, 编号="D0010")]),
    Case("P403", "when one of seven ended cannot be read", "C102 结对!H14 结束日期",
         add=[*more_of_t01(5), like("结对", 1, 编号="D0010", 学科="体育", 结束日期="寒假前")]),
    Case("P403", "seven that nobody helps", *[f"C101 结对!D{row} 帮扶人" for row in range(9, 16)], add=more_of_t01(7, 帮扶人=None)),
    Case("P403", "leaders may have more", add=more_of_t01(7, 类型="党员领导")),
    Case("P403", "one of the seven children is closed", "P407 结对!H11 结束日期", "P407 结对!H14 结束日期", change=CLOSED,
         add=more_of_t01(6)),
    Case("P410", "nobody is attached to the class", "P410 花名册!A2 儿童编号", change=staff(4, 联系班级=None)),
    Case("P410", "who was attached has left the school", "P410 花名册!A2 儿童编号", "P411 花名册!I3 班级",
         change=staff(2, 联系班级="三年级1班", 在岗="否") | staff(4, 联系班级=None)),
    Case("P410", "the child has a leader of its own", change=staff(4, 联系班级=None),
         add=[like("结对", 1, 编号="D0010", 类型="党员领导", 帮扶人="T04")]),
    Case("P410", "the class is written in another way", change=staff(4, 联系班级="三（1）班")),
    Case("P410", "which class it is cannot be read", "C103 教职工!I5 联系班级", change=staff(4, 联系班级="同上")),
    Case("P410", "which class the child is in cannot be read", "C103 花名册!I2 班级", change={("花名册", 1, "班级"): "同上"}),
    Case("P410", "no column for attached classes", drop=[("教职工", "联系班级")]),
    Case("P411", "a class without a teacher", "P411 花名册!I3 班级", change=staff(2, 班主任班级=None)),
    Case("P411", "the teacher has left the school", "P411 花名册!I3 班级", change=staff(2, 在岗="否")),
    Case("P411", "told once a class, at its first child", "P411 花名册!I4 班级", add=newcomer(),
         change=staff(3, 班主任班级=None)),
    Case("P411", "a class with two", "P411 教职工!E5 班主任班级", change=staff(4, 班主任班级="三年级1班")),
    Case("P411", "a class with three", "P411 教职工!E4 班主任班级", "P411 教职工!E5 班主任班级", "P411 花名册!I4 班级",
         change=staff(3, 班主任班级="三年级1班") | staff(4, 班主任班级="三年级1班")),
    Case("P411", "a new teacher, and the old one is off duty", change=staff(4, 班主任班级="一年级1班") | staff(2, 在岗="否")),
    Case("P411", "two teachers of a class that nobody of the roster is in", change=CLOSED | staff(4, 班主任班级="五年级2班")),
    Case("P411", "the only child of the class is closed", change=CLOSED | staff(3, 班主任班级=None)),
    Case("P411", "whether one of two is on duty cannot be read", "C103 教职工!J5 在岗", change=staff(4, 班主任班级="三年级1班", 在岗="调走")),
    Case("P411", "whether the other of two is on duty cannot be read", "C103 教职工!J2 在岗", change=staff(1, 在岗="调走") | staff(4, 班主任班级="三年级1班")),
    Case("P411", "a teacher's class cannot be read", "S008 教职工!E3 班主任班级", change=staff(2, 班主任班级=ExcelError("#N/A"))),
]  # fmt: skip


@each(CASES)
def test_exactly_these_findings_follow(case: Case, tmp_path: Path) -> None:
    assert case.told(tmp_path) == case.finds


def test_the_second_class_teacher_is_told_where_the_first_stands(tmp_path: Path) -> None:
    (found,) = findings(school_file(tmp_path, change=staff(4, 班主任班级="一年级1班")))
    assert "第3行" in found.message


@pytest.mark.parametrize(("ends", "finds"), [(YESTERDAY, ["P402 花名册!A3 儿童编号"]), (TODAY, []), (TOMORROW, [])])
def test_the_last_day_of_a_pairing_belongs_to_it(ends: date, finds: list[str], tmp_path: Path) -> None:
    assert told(school_file(tmp_path, change=pairing(3, 结束日期=ends))) == finds
