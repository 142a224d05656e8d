"""Family L on real files: exactly the findings that follow, and nothing for a near miss."""

# ruff: noqa: E501  (one line a case or a row; Chinese counts double)

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.rules.cases import Case, each
from tests.support.sound_school import CLOSED, Row, like, newcomer, school_file
from tests.support.workbooks import TODAY, ExcelError, findings, read
from xl_liushou.rules.catalogue import check

TOMORROW = date(2026, 11, 24)
YESTERDAY = date(2026, 11, 22)
COPIED = "了解了学习和生活情况"


def record(number: int, **cells: Any) -> dict[tuple[str, int, str], Any]:
    """Changed cells of one record: 1 a talk with S001, 2 a talk with S002, 3 a call to J0005, the father of S003."""
    return {("联系记录", number, title): value for title, value in cells.items()}


def again(number: int, **cells: Any) -> tuple[str, Row]:
    """The same record once more, but for these cells."""
    return like("联系记录", number, **{"编号": "L0010", **cells})


def call(**cells: Any) -> tuple[str, Row]:
    """Another call to J0005, a day later than the first."""
    return again(3, **{"日期": date(2026, 11, 19), "编号": "L0011", **cells})


REPORT = {"强制报告": "是", "报告时间": date(2026, 11, 20), "报告部门": "镇派出所"}

CASES = [
    Case("L501", "a day before the child was filed", "L501 联系记录!D2 日期", change=record(1, 日期=date(2026, 8, 31))),
    Case("L501", "a day after the case was closed", "L501 联系记录!D4 日期", change=CLOSED | {("花名册", 3, "结案日期"): date(2026, 11, 17)}
         | {("结对", 4, "结束日期"): date(2026, 11, 17), ("结对", 7, "结束日期"): date(2026, 11, 17)}),
    Case("L501", "today, after the case was closed", "L501 联系记录!D4 日期", change=CLOSED | record(3, 日期=TODAY)),
    Case("L501", "filed today", "L501 联系记录!D2 日期", change={("花名册", 1, "建档日期"): TODAY}),
    Case("L501", "the first and the last day", change=CLOSED | {("花名册", 3, "结案日期"): date(2026, 11, 18)}
         | record(1, 日期=date(2026, 9, 1))),
    Case("L501", "a day in the future is wrong for another reason", "C112 联系记录!D4 日期", change=CLOSED | record(3, 日期=TOMORROW)),
    Case("L501", "the day of filing lies in the future", "C112 花名册!Y2 建档日期", change={("花名册", 1, "建档日期"): date(2027, 9, 1)}),
    Case("L501", "the day of filing cannot be read", "C102 花名册!Y2 建档日期", change={("花名册", 1, "建档日期"): "去年秋天"}),
    Case("L501", "whose key stands twice", "K201 花名册!A5 儿童编号", add=newcomer(儿童编号="S003", 建档日期=TODAY)[:1]),
    Case("L502", "three children, one text", "L502 联系记录!J4 摘要", change=record(1, 摘要=COPIED) | record(2, 摘要=COPIED) | record(3, 摘要=COPIED)),
    Case("L502", "the third child twice, the first once more", "L502 联系记录!J4 摘要", "L502 联系记录!J6 摘要",
         change=record(1, 摘要=COPIED) | record(2, 摘要=COPIED) | record(3, 摘要=COPIED),
         add=[again(1, 日期=TODAY), call(日期=TODAY, 摘要=COPIED)]),
    Case("L502", "two children", change=record(1, 摘要=COPIED) | record(2, 摘要=COPIED), add=[again(1, 日期=TODAY, 摘要=COPIED)]),
    Case("L502", "nine characters", change=record(1, 摘要=COPIED[1:]) | record(2, 摘要=COPIED[1:]) | record(3, 摘要=COPIED[1:])),
    Case("L502", "one of three is closed", change=CLOSED | record(1, 摘要=COPIED) | record(2, 摘要=COPIED) | record(3, 摘要=COPIED)),
    Case("L502", "the third child is unknown", "K202 联系记录!B4 儿童编号",
         change=record(1, 摘要=COPIED) | record(2, 摘要=COPIED) | record(3, 摘要=COPIED, 儿童编号="S009")),
    Case("L503", "a call to nobody", "L503 联系记录!G4 对象", change=record(3, 对象=None)),
    Case("L503", "a visit to nobody", "L503 联系记录!G2 对象", change=record(1, 类型="家访", 方式="入户")),
    Case("L503", "a call to another child's father", "L503 联系记录!G4 对象", change=record(3, 对象="J0001")),
    Case("L503", "a talk with another child's grandmother", "L503 联系记录!G2 对象", change=record(1, 对象="J0004")),
    Case("L503", "a call that nobody answered", change=record(3, 对象=None, 结果="未接通")),
    Case("L503", "a talk needs nobody else", change=record(1, 对象=None)),
    Case("L503", "the call is another child's: so is its 对象", "L503 联系记录!G4 对象", change=record(3, 儿童编号="S001")),
    Case("L503", "nobody knows the guardian", "K202 联系记录!G4 对象", change=record(3, 对象="J0009")),
    Case("L503", "nobody knows the child", "K202 联系记录!B4 儿童编号", change=record(3, 儿童编号="S009")),
    Case("L503", "nobody knows the guardian's child", "K202 监护人!B7 儿童编号", "R308 花名册!A4 儿童编号",
         change={("监护人", 6, "儿童编号"): "S0033"} | record(3, 对象="J0006")),
    Case("L503", "two guardians have one number", "K201 监护人!A7 编号", change={("监护人", 6, "编号"): "J0003"} | record(3, 对象="J0003")),
    Case("L503", "whom they called cannot be read", "S008 联系记录!G4 对象", change=record(3, 对象=ExcelError("#REF!"))),
    Case("L503", "a closed case", change=CLOSED | record(3, 对象=None)),
    Case("L503", "no column for it", drop=[("联系记录", "对象")]),
    Case("L504", "not followed up by yesterday", "L504 联系记录!P2 跟进期限", change=record(1, 需跟进="是", 跟进期限=YESTERDAY)),
    Case("L504", "due today", change=record(1, 需跟进="是", 跟进期限=TODAY)),
    Case("L504", "followed up, though late", change=record(1, 需跟进="是", 跟进期限=date(2026, 11, 21), 跟进完成日=TODAY)),
    Case("L504", "when it was done cannot be read", "C102 联系记录!Q2 跟进完成日", change=record(1, 跟进期限=YESTERDAY, 跟进完成日="办了")),
    Case("L504", "a closed case", change=CLOSED | record(3, 跟进期限=date(2026, 11, 19))),
    Case("L506", "not reported", "L506 联系记录!R2 强制报告", change=record(1, 强制报告="是")),
    Case("L506", "nobody says to whom", "L506 联系记录!R2 强制报告", change=record(1, **{**REPORT, "报告部门": None})),
    Case("L506", "nobody says when", "L506 联系记录!R2 强制报告", change=record(1, **{**REPORT, "报告时间": None})),
    Case("L506", "of a closed case", "L506 联系记录!R4 强制报告", change=CLOSED | record(3, 强制报告="是")),
    Case("L506", "of a child nobody knows", "K202 联系记录!B2 儿童编号", "L506 联系记录!R2 强制报告", change=record(1, 儿童编号="S009", 强制报告="是")),
    Case("L506", "no columns for the report", "L506 联系记录!R2 强制报告", drop=[("联系记录", "报告时间"), ("联系记录", "报告部门")],
         change=record(1, 强制报告="是")),
    Case("L506", "reported in full", change=record(1, **REPORT)),
    Case("L506", "nothing to report", change=record(1, 强制报告="否")),
    Case("L506", "when it was reported cannot be read", "C102 联系记录!S2 报告时间", change=record(1, **{**REPORT, "报告时间": "当天"})),
    Case("L507", "one talk twice", "L507 联系记录!B5 儿童编号", add=[again(1)]),
    Case("L507", "one talk three times", "L507 联系记录!B5 儿童编号", "L507 联系记录!B6 儿童编号", add=[again(1), again(1, 编号="L0011", 摘要="又记了一遍")]),
    Case("L507", "another teacher", add=[again(1, 记录人="T02")]),
    Case("L507", "another day", add=[again(1, 日期=TODAY)]),
    Case("L507", "another kind", add=[again(1, 类型="心理辅导")]),
    Case("L507", "another child", add=[again(1, 儿童编号="S002")]),
    Case("L507", "to the mother this time", add=[again(3, 对象="J0006")]),
    Case("L507", "nobody answered, then somebody did", add=[again(3, 结果="未接通")]),
    Case("L507", "whom they called cannot be read", "S008 联系记录!G5 对象", add=[again(1, 对象=ExcelError("#REF!"))]),
    Case("L507", "the day cannot be read", "C102 联系记录!D2 日期", "C102 联系记录!D5 日期", change=record(1, 日期="上周五"), add=[again(1, 日期="上周五")]),
    Case("L507", "a closed case", change=CLOSED, add=[again(3)]),
    Case("L508", "a dead number", "L508 联系记录!H4 结果", change=record(3, 结果="空号")),
    Case("L508", "it worked before, not since", "L508 联系记录!H5 结果", add=[call(结果="空号")]),
    Case("L508", "only the mother was reached since", "L508 联系记录!H4 结果", change=record(3, 结果="空号"), add=[call(对象="J0006")]),
    Case("L508", "since then nobody answered", "L508 联系记录!H4 结果", change=record(3, 结果="空号"), add=[call(结果="未接通")]),
    Case("L508", "a visit is no call", "L508 联系记录!H4 结果", change=record(3, 结果="空号"), add=[call(类型="家访")]),
    Case("L508", "nobody says whose number", "L508 联系记录!H4 结果", change=record(3, 结果="空号", 对象=None)),
    Case("L508", "it worked a day later", change=record(3, 结果="空号"), add=[call()]),
    Case("L508", "it worked later that day", change=record(3, 结果="空号"), add=[call(日期=date(2026, 11, 18))]),
    Case("L508", "nobody says whose number, and the father was reached since", change=record(3, 结果="空号", 对象=None), add=[call()]),
    Case("L508", "nobody knows the guardian", "K202 联系记录!G4 对象", change=record(3, 结果="空号", 对象="J0009")),
    Case("L508", "when cannot be read", "C102 联系记录!D4 日期", change=record(3, 结果="空号", 日期="上周五")),
    Case("L508", "tomorrow", "C112 联系记录!D4 日期", change=record(3, 结果="空号", 日期=TOMORROW)),
    Case("L508", "whose number cannot be read", "S008 联系记录!G4 对象", change=record(3, 结果="空号", 对象=ExcelError("#REF!"))),
    Case("L508", "how the next call ended cannot be read", "C103 联系记录!H5 结果", change=record(3, 结果="空号"), add=[call(结果="接通")]),
    Case("L508", "what came next cannot be read", "C103 联系记录!C5 类型", change=record(3, 结果="空号"), add=[call(类型="打电话")]),
    Case("L508", "when the next call was cannot be read", "C102 联系记录!D5 日期", change=record(3, 结果="空号"), add=[call(日期="周末")]),
    Case("L508", "a closed case", change=CLOSED | record(3, 结果="空号")),
]  # fmt: skip


@each(CASES)
def test_exactly_these_findings_follow(case: Case, tmp_path: Path) -> None:
    assert case.told(tmp_path) == case.finds


@pytest.mark.parametrize("ignore", [("L506",), ("L",), ("C", "K", "L", "P", "R")])
def test_an_unreported_emergency_is_told_whatever_is_ignored(ignore: tuple[str, ...], tmp_path: Path) -> None:
    school = read(school_file(tmp_path, change=record(1, 强制报告="是")))
    assert [one.code for one in check(school, TODAY, ignore=ignore)] == ["L506"]


@pytest.mark.parametrize(("day", "side"), [(date(2026, 8, 31), "建档日期"), (TODAY, "结案日期")])
def test_a_record_outside_the_case_says_on_which_side(day: date, side: str, tmp_path: Path) -> None:
    (found,) = findings(school_file(tmp_path, change=CLOSED | record(3, 日期=day)))
    assert side in found.message


def test_a_message_never_repeats_what_was_said(tmp_path: Path) -> None:
    spoiled = record(1, 摘要=COPIED) | record(2, 摘要=COPIED) | record(3, 摘要=COPIED)
    (found,) = findings(school_file(tmp_path, change=spoiled))
    assert COPIED not in found.message
