"""Family P, whether a pairing agrees with itself, and every pair of dates, on real files."""

# ruff: noqa: E501  (one line a case or a row; Chinese counts double)

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.rules.cases import Case, each
from tests.support.sound_school import CLOSED, like, newcomer, school_file
from tests.support.workbooks import TODAY, findings, told

TOMORROW = date(2026, 11, 24)


def pairing(number: int, **cells: Any) -> dict[tuple[str, int, str], Any]:
    """Changed cells of one pairing: 1 教师帮扶 of S001, 2–4 学习帮手, 5–7 手拉手."""
    return {("结对", number, title): value for title, value in cells.items()}


def again(number: int, **cells: Any) -> tuple[str, dict[str, Any]]:
    """The same pairing once more, but for these cells."""
    return like("结对", number, 编号="D0010", **cells)


CASES = [
    Case("P404", "the same pairing twice", "P404 结对!G9 开始日期", add=[again(3)]),
    Case("P404", "the earlier row began later", "P404 结对!G4 开始日期", add=[again(3, 开始日期=date(2026, 9, 6))]),
    Case("P404", "three times", "P404 结对!G9 开始日期", "P404 结对!G10 开始日期",
         add=[again(3), like("结对", 3, 编号="D0011", 开始日期=TODAY)]),
    Case("P404", "both have ended, on the day the other began", "P404 结对!G10 开始日期", add=[
        again(1, 学科="语文", 开始日期=date(2026, 9, 7), 结束日期=date(2026, 9, 20)),
        like("结对", 1, 编号="D0011", 学科="语文", 开始日期=date(2026, 9, 20), 结束日期=date(2026, 10, 9)),
    ]),
    Case("P404", "the long one overlaps the last of three", "P404 结对!G9 开始日期", "P404 结对!G10 开始日期", add=[
        again(1, 开始日期=date(2026, 9, 10), 结束日期=date(2026, 9, 12)),
        like("结对", 1, 编号="D0011", 开始日期=date(2026, 10, 1)),
    ]),
    Case("P404", "one after the other", change=pairing(3, 结束日期=date(2026, 10, 1)), add=[again(3, 开始日期=date(2026, 10, 2))]),
    Case("P404", "another subject", add=[again(3, 学科="语文")]),
    Case("P404", "another helper", add=[again(3, 帮扶人="王小虎")]),
    Case("P404", "another kind", add=[again(3, 类型="手拉手")]),
    Case("P404", "another child", add=[again(1, 儿童编号="S002")]),
    Case("P404", "the subject of one cannot be read", "C103 结对!E9 学科", change=pairing(3, 学科=None), add=[again(3, 学科="奥数")]),
    Case("P404", "when the first ended cannot be read", "C102 结对!H4 结束日期", change=pairing(3, 结束日期="期中"),
         add=[again(3, 开始日期=date(2026, 11, 9))]),
    Case("P404", "a day inside the other", "P404 结对!G9 开始日期", add=[again(3, 开始日期=TODAY, 结束日期=TODAY)]),
    Case("P404", "one ends before it starts", "P406 结对!H9 结束日期", add=[again(3, 开始日期=TODAY, 结束日期=date(2026, 11, 1))]),
    Case("P404", "one has no start", "C101 结对!G9 开始日期", add=[again(3, 开始日期=None)]),
    Case("P404", "neither says who helps", "C101 结对!D4 帮扶人", "C101 结对!D9 帮扶人", change=pairing(3, 帮扶人=None), add=[again(3, 帮扶人=None)]),
    Case("P404", "of neither the kind can be read", "C103 结对!C4 类型", "C103 结对!C9 类型", change=pairing(3, 类型="同桌"), add=[again(3, 类型="同桌")]),
    Case("P404", "of a closed case", change=CLOSED, add=[again(4, 结束日期=date(2026, 11, 1))]),
    Case("P405", "paired with itself", "P405 结对!D4 帮扶人", change=pairing(3, 帮扶人="S002")),
    Case("P405", "its own friend", "P405 结对!D8 帮扶人", change=pairing(7, 帮扶人="S003")),
    Case("P405", "a teacher of the same number", change=pairing(1, 帮扶人="S001")
         | {("教职工", 1, "工号"): "S001", ("档案", 1, "评价人"): "S001", ("档案", 2, "评价人"): "S001", ("档案", 3, "评价人"): "S001",
            ("联系记录", 1, "记录人"): "S001", ("学习帮扶", 1, "责任教师"): "S001", ("活动环节", 1, "负责人"): "S001",
            ("活动环节", 2, "负责人"): "S001"}),
    Case("P405", "a classmate of the same name outside the roster", change=pairing(3, 帮扶人="张丽")),
    Case("P405", "of a closed case", change=CLOSED | pairing(7, 帮扶人="S003")),
    Case("P406", "a pairing", "P406 结对!H4 结束日期", change=pairing(3, 结束日期=date(2026, 9, 6))),
    Case("P406", "a case closed before it was filed: its records are not said to come after", "P406 花名册!Z4 结案日期",
         change=CLOSED | {("花名册", 3, "结案日期"): date(2026, 8, 31)}),
    Case("P406", "a stage of study help: it is not overdue as well", "P406 学习帮扶!M2 阶段截止",
         change={("学习帮扶", 1, "阶段截止"): date(2025, 12, 31)}),
    Case("P406", "a campaign: its phases are not said to lie outside", "P406 活动!I2 结束日期", change={
        ("活动", 1, "结束日期"): date(2025, 10, 30), ("活动", 1, "实施阶段起"): date(2026, 10, 12),
        ("活动", 1, "实施阶段止"): date(2026, 10, 20),
    }),
    Case("P406", "filed today, closed before", "P406 花名册!Z4 结案日期", change=CLOSED | {("花名册", 3, "建档日期"): TODAY}),
    Case("P406", "a phase", "P406 活动!P2 实施阶段止", change={
        ("活动", 1, "实施阶段起"): date(2026, 10, 22), ("活动", 1, "实施阶段止"): date(2026, 10, 12),
    }),
    Case("P406", "a holiday", "P406 校历!D3 结束日期", change={("校历", 2, "结束日期"): date(2025, 10, 7)}),
    Case("P406", "a single day", change={("校历", 2, "结束日期"): date(2026, 10, 1)}),
    Case("P406", "the end cannot be read", "C102 校历!D3 结束日期", change={("校历", 2, "结束日期"): "10月7日"}),
    Case("P406", "the start lies in the future", "C112 花名册!Y4 建档日期",
         change=CLOSED | {("花名册", 3, "建档日期"): date(2062, 9, 1)}),
    Case("P407", "a current pairing of a closed case", "P407 结对!H8 结束日期", change=CLOSED | pairing(7, 结束日期=None)),
    Case("P407", "it ends tomorrow", "P407 结对!H8 结束日期", change=CLOSED | pairing(7, 结束日期=TOMORROW)),
    Case("P407", "it has not begun", change=CLOSED | pairing(7, 结束日期=None, 开始日期=TOMORROW)),
    Case("P407", "when it ended cannot be read", "C102 结对!H8 结束日期", change=CLOSED | pairing(7, 结束日期="毕业")),
    Case("P407", "neither the child nor the pairing has a number", "C101 花名册!A5 儿童编号", "C101 结对!B9 儿童编号",
         add=[*newcomer(儿童编号=None, 个案状态="结案", 结案日期=TODAY, 结案原因="返乡")[:1], again(3, 儿童编号=None)]),
    Case("P407", "no column for the end", drop=[("结对", "结束日期")], change=CLOSED),
    Case("P408", "a check forgotten", "P408 结对!J2 上次检查日", change=pairing(1, 检查周期天数=30, 上次检查日=date(2026, 10, 23))),
    Case("P408", "never checked", "P408 结对!J2 上次检查日", change=pairing(1, 检查周期天数=30)),
    Case("P408", "due today", change=pairing(1, 检查周期天数=30, 上次检查日=date(2026, 10, 24))),
    Case("P408", "the pairing has ended", change=pairing(1, 检查周期天数=30, 结束日期=date(2026, 11, 1)),
         add=[again(1, 开始日期=date(2026, 11, 2))]),
    Case("P408", "no period was set", change=pairing(1, 上次检查日=date(2026, 9, 8))),
    Case("P408", "when it was checked cannot be read", "C102 结对!J2 上次检查日", change=pairing(1, 检查周期天数=30, 上次检查日="上周")),
    Case("P408", "of a closed case", "P407 结对!H5 结束日期", change=CLOSED | pairing(4, 检查周期天数=30, 结束日期=None)),
]  # fmt: skip


@each(CASES)
def test_exactly_these_findings_follow(case: Case, tmp_path: Path) -> None:
    assert case.told(tmp_path) == case.finds


PAIRS = [
    ("花名册", "建档日期", "结案日期"), ("结对", "开始日期", "结束日期"), ("学习帮扶", "开始日期", "阶段截止"),
    ("活动", "开始日期", "结束日期"), ("活动", "准备阶段起", "准备阶段止"), ("活动", "实施阶段起", "实施阶段止"),
    ("活动", "总结阶段起", "总结阶段止"), ("校历", "开始日期", "结束日期"),
]  # fmt: skip


@pytest.mark.parametrize(("sheet", "start", "end"), PAIRS)
def test_no_period_ends_before_it_starts(sheet: str, start: str, end: str, tmp_path: Path) -> None:
    spoiled = {(sheet, 1, start): date(2026, 10, 20), (sheet, 1, end): date(2026, 10, 19)}
    assert [one.split()[2] for one in told(school_file(tmp_path, change=spoiled)) if one.startswith("P406")] == [end]


def test_the_message_of_a_repeated_pairing_names_the_other_row_and_nobody(tmp_path: Path) -> None:
    (found,) = findings(school_file(tmp_path, add=[again(3)]))
    assert "第4行" in found.message
    assert not [text for text in ("S001", "S002", "张丽", "数学") if text in found.message]
