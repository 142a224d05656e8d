"""首页: the line of the routine that ran; other lines, and what staff put there, stay."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.support.schools import school_of
from tests.support.workbooks import raw_sheet
from xl_liushou.core.edits import AddSheet, AppendRows, SetCells
from xl_liushou.core.rawsheet import RawSheet, RawTable
from xl_liushou.routines.front_page import front_page
from xl_liushou.routines.inputs import Choice, Inputs
from xl_liushou.routines.registry import ROUTINES
from xl_liushou.schema.sheets import Children

NOW = datetime(2026, 11, 23, 10, 15, 30, 99, tzinfo=UTC)
WRITTEN = datetime(2026, 11, 23, 10, 15, 30)
PAGE = """
    云岭小学 |  |
    怎样开始 |  |
    项目 | 时间 | 结果
    校验 | 昨天 | 5 处错误
    待办提醒 | 昨天 | 逾期 3
"""


def page(text: str = PAGE, bottom: int | None = 5, **more: Any) -> RawSheet:
    tables = [] if bottom is None else [RawTable("首页", 3, 1, bottom, 3)]
    return raw_sheet("首页", text, tables=tables, **more)


def edits(sheet: RawSheet | None, item: str = "校验") -> Sequence[Any]:
    plan = front_page(sheet, item, "2 处错误", NOW)
    assert plan.notes == ()
    return plan.edits


def assert_left_alone(sheet: RawSheet, item: str = "档案卡") -> None:
    plan = front_page(sheet, item, "写出 3 份", NOW)
    assert plan.edits == ()
    assert len(plan.notes) == 1
    assert "没有写上去" in plan.notes[0]


def test_the_line_of_the_routine_is_replaced() -> None:
    assert edits(page()) == [SetCells("首页", {"A4": "校验", "B4": WRITTEN, "C4": "2 处错误"})]


def test_a_new_line_comes_at_the_end_of_the_table() -> None:
    assert edits(page(), "档案卡") == [AppendRows("首页", [["档案卡", WRITTEN, "2 处错误"]], "首页")]


def test_a_blank_row_of_the_table_is_used_first() -> None:
    assert edits(page(bottom=6), "档案卡") == [SetCells("首页", {"A6": "档案卡", "B6": WRITTEN, "C6": "2 处错误"})]


def test_columns_may_be_moved_and_staff_may_have_added_one() -> None:
    moved = raw_sheet(
        "首页", "| 结果 | 负责人 | 项目 | 时间\n| 5 处错误 | 周正 | 校验 | 昨天",
        first_row=3, first_column=2, tables=[RawTable("首页", 3, 3, 4, 6)],
    )  # fmt: skip
    assert edits(moved) == [SetCells("首页", {"E4": "校验", "F4": WRITTEN, "C4": "2 处错误"})]
    assert edits(moved, "档案卡") == [AppendRows("首页", [["2 处错误", None, "档案卡", WRITTEN]], "首页")]


def test_without_a_table_the_line_goes_below_the_others() -> None:
    assert edits(page(bottom=None), "档案卡") == [SetCells("首页", {"A6": "档案卡", "B6": WRITTEN, "C6": "2 处错误"})]


def test_a_page_that_is_missing_is_added() -> None:
    added, line = edits(None)
    assert isinstance(added, AddSheet)
    assert isinstance(line, AppendRows)
    assert list(added.header) == ["项目", "时间", "结果"]
    assert line.rows == [["校验", WRITTEN, "2 处错误"]]


@pytest.mark.parametrize(
    "sheet",
    [
        raw_sheet("首页", "云岭小学 |\n项目 | 结果"),
        RawSheet("首页"),
        page(PAGE.rstrip() + "\n    备忘 | |"),
        page(merged=[(6, 1, 6, 3)]),
    ],
    ids=["a column is gone", "blank", "no room", "merged"],
)
def test_a_page_without_a_place_for_the_line_is_left_alone(sheet: RawSheet) -> None:
    assert_left_alone(sheet)


def test_the_line_says_what_came_of_it() -> None:
    inputs = Inputs(school_of({Children: [{}]}), NOW.date())
    counts = {"summary": {"errors": 1, "warnings": 2, "infos": 3}}
    late = {"items": [{"status": "逾期"}, {"status": "临期"}, {"status": "逾期"}]}
    check, overdue, write = (ROUTINES[name] for name in ("check", "overdue", "write"))
    assert (check.item(inputs), check.headline(inputs, counts)) == ("校验", "1 处错误，2 处提醒，3 处说明")
    assert (overdue.item(inputs), overdue.headline(inputs, late)) == ("待办提醒", "逾期 2，临期 1")
    chosen = Inputs(inputs.school, inputs.today, Choice(classes=["三年级1班"]))
    assert overdue.headline(chosen, late) == "三年级1班：逾期 2，临期 1"
    letters = Inputs(inputs.school, inputs.today, document="parent-letter")
    assert write.item(letters) == "家长通报信"
    assert write.headline(letters, {"files": [{}], "blocked": []}) == "写出 1 份"
    assert write.headline(letters, {"files": [], "blocked": [{}]}) == "写出 0 份，1 份没有写出"
