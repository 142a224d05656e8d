"""The sheets that the program fills: declared once, never read as data."""

from __future__ import annotations

import pytest

from xl_liushou.core.edits import AddSheet, AppendRows, Link, ReplaceRows, without_present
from xl_liushou.core.finding import LABELS
from xl_liushou.followup.item import LATER, OVERDUE, PAUSED, SOON, TODAY, UNKNOWN
from xl_liushou.schema.heights import height_for, lines_in
from xl_liushou.schema.results import AT_ONCE, IN_ORDER, RESULTS, SCOPE, TOTAL, CheckResults, Result, SendLog, Todo
from xl_liushou.schema.sheets import SHEETS

ONE_PAGE = 220

each_result = pytest.mark.parametrize("sheet", RESULTS, ids=lambda sheet: sheet.title)


def test_they_are_those_of_the_domain_and_none_is_data() -> None:
    assert [sheet.title for sheet in RESULTS] == ["首页", "校验结果", "待办", "发送记录"]
    assert not set(RESULTS) & set(SHEETS)
    assert set(IN_ORDER) == {*RESULTS, *SHEETS}
    assert [sheet for sheet in IN_ORDER if sheet in SHEETS] == list(SHEETS)


@each_result
def test_a_sheet_fits_on_one_page_and_says_what_it_is_for(sheet: type[Result]) -> None:
    assert sum(column.width for column in sheet.columns) <= ONE_PAGE
    assert sheet.hint
    titles = [column.title for column in sheet.columns]
    assert len(set(titles)) == len(titles)


def test_every_state_that_staff_see_has_a_tone_or_is_calm() -> None:
    assert set(Todo.tones) == {AT_ONCE, OVERDUE, TODAY, SOON, UNKNOWN, SCOPE, TOTAL}
    assert not set(Todo.tones) & {LATER, PAUSED}
    assert set(CheckResults.tones) - {SCOPE, TOTAL} < set(LABELS.values())
    assert [Todo.columns[Todo.toned_by - 1].title, CheckResults.columns[0].title] == ["状态", "级别"]


def test_no_word_begins_with_an_earlier_one() -> None:
    for sheet in RESULTS:
        words = list(sheet.tones)
        assert not [(a, b) for a in words for b in words if a != b and b.startswith(a)]


@each_result
def test_the_sheet_to_add_is_the_one_declared(sheet: type[Result]) -> None:
    added = sheet.added()
    assert (added.sheet, added.table) == (sheet.title, sheet.title)
    assert list(added.header) == [column.title for column in sheet.columns]
    assert list(added.widths) == [column.width for column in sheet.columns]


def test_a_row_is_given_by_name_and_a_wrong_name_is_a_mistake_of_the_caller() -> None:
    row = SendLog.row(state="已写出", document="档案卡")
    assert len(row) == len(SendLog.columns)
    assert [value for value in row if value] == ["档案卡", "已写出"]
    with pytest.raises(KeyError, match="nickname"):
        SendLog.row(nickname="x")


def test_rows_are_as_high_as_their_text_needs() -> None:
    added, replaced = CheckResults.replaced(
        [
            CheckResults.row(message="短"),
            CheckResults.row(message="字" * 100),
            CheckResults.row(place=Link("甲" * 20, "x")),
        ]
    )
    assert isinstance(added, AddSheet)
    assert isinstance(replaced, ReplaceRows)
    assert replaced.heights[0] is None
    assert replaced.heights[1] == replaced.heights[2] == height_for(3)


@pytest.mark.parametrize(
    ("text", "lines"),
    [("", 1), ("abc", 1), ("一二三四五", 1), ("一二三四五六", 2), ("a\nb", 2), ("一二三四五六\n\nb", 4)],
)
def test_lines_in_a_column_of_ten_digits(text: str, lines: int) -> None:
    assert lines_in(text, 10) == lines


def test_a_sheet_is_added_only_where_it_is_missing_and_once() -> None:
    edits = [*Todo.replaced([]), *SendLog.appended([]), *Todo.replaced([])]
    kinds = [(type(one), one.sheet) for one in without_present(edits, ["发送记录"])]
    assert kinds == [
        (AddSheet, "待办"), (ReplaceRows, "待办"), (AppendRows, "发送记录"), (ReplaceRows, "待办"),
    ]  # fmt: skip


def test_a_link_quotes_the_sheet() -> None:
    assert Link.to_cell("x", "三'班", "C2") == Link("x", "'三''班'!C2")
