"""Which rows are records, and what is odd about their shape."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.workbooks import raw_sheet
from xl_liushou.core.finding import Problem
from xl_liushou.core.rawsheet import RawTable
from xl_liushou.core.table import Table
from xl_liushou.schema.datarows import Body, lists_of, read_body
from xl_liushou.schema.header import find_header
from xl_liushou.schema.sheets import Calendar, Campaigns, Children, Contacts

HEADER = "儿童编号 | 姓名 | 性别 | 备注"


def body_of(text: str, schema: type[Table] = Children, **more: Any) -> tuple[Body, list[str]]:
    """The body under a header, and the problems as "S006 A4"."""
    sheet = raw_sheet(schema.title, text, **more)
    header = find_header(sheet, schema)
    assert header is not None
    problems: list[Problem] = []
    body = read_body(sheet, schema, header, problems)
    return body, [f"{one.code} {one.cell}" for one in problems]


def rows_of(text: str, schema: type[Table] = Children) -> list[int]:
    return list(body_of(text, schema)[0].rows)


@pytest.mark.parametrize(
    "row",
    [
        "S001 | 张明",
        "S001 | | | 新来的",
        " | 张明 | 男",
        "n:2026001 | 张明",
        "S001 | 张明 | 男 | 注：父母离异",
        " | 计美 | 女",
    ],
)
def test_a_key_or_two_required_cells_make_a_record(row: str) -> None:
    assert rows_of(f"{HEADER}\n{row}") == [2]


@pytest.mark.parametrize(
    "row",
    [
        "",
        " | | | ",
        "␣ | ␣␣",
        "\u200b | \u200b",
        "S001",
        "注：名单每月核对",
        "注：名单每月核对 | | | 见附件",
        " | 以下空白",
        " | 张明 | | 已转走",
        "填表人：刘芳 | | | 日期：2026年9月1日",
        "填表人：刘芳 | 日期：2026年9月1日",
        "填表人：刘芳 | 审核人：周正 | 日期：2026年9月1日",
        "填表人： | 刘芳 | 日期：",
        "校长（签字）： | 周正 | 2026.9.1",
        "合计 | 25",
        "合计 | 25 | n:25 | 人",
        "合 计 | n:25",
        "总计： | n:25 | n:25",
        "小计 | 男12 | 女13",
        "汇总 | n:25 | n:25",
        "三年级小计 | n:12 | 男7",
        "儿童编号 | 姓名 | 性别 | 备注",
        " | 姓 名 | 性 别",
    ],
)
def test_notes_totals_and_repeated_headers_are_no_records(row: str) -> None:
    assert rows_of(f"{HEADER}\nS001 | 张明 | 男\n{row}") == [2]


def test_a_total_in_a_column_of_the_schools_own_is_no_record() -> None:
    assert rows_of("序号 | 儿童编号 | 姓名 | 性别\nn:1 | S001 | 张明 | 男\n合计 | n:1 | |\n") == [2]


def test_a_total_over_many_columns_is_no_record() -> None:
    text = "儿童编号 | 姓名 | 性别 | 年级 | 班级\nS001 | 张明 | 男 | 三年级 | 1班\n合计 | n:25 | 男12女13 | 6个 | 9个"
    assert rows_of(text) == [2]


def test_a_colon_in_a_name_of_a_campaign_is_no_label() -> None:
    text = (
        "活动编号 | 名称 | 主题 | 类型\nH001 | 主题班会：感恩 | 感恩 | 综合\nH002 | 升旗：国旗下讲话 | 爱国 | 升旗讲话"
    )
    assert rows_of(text, Campaigns) == [2, 3]


def test_a_colon_in_the_key_does_not_lose_a_row_that_is_full() -> None:
    text = "名称 | 类型 | 开始日期 | 结束日期\n国庆：放假 | 法定节假 | d:2026-10-01 | d:2026-10-07"
    assert rows_of(text, Calendar) == [2]


def test_a_time_in_a_column_of_the_schools_own_does_not_lose_a_row_without_a_number() -> None:
    text = "时间 | 编号 | 儿童编号 | 类型 | 日期\n10:30 | | S001 | 谈心 | d:2026-10-01"
    assert rows_of(text, Contacts) == [2]


def test_a_gap_is_told_once_at_its_first_row() -> None:
    body, problems = body_of(f"{HEADER}\nS001 | 张明 | 男\n\n\n\nS002 | 张丽 | 女\n\n")
    assert (list(body.rows), problems) == ([2, 6], ["S006 A3"])


def test_blank_rows_between_header_and_data_are_no_gap() -> None:
    assert body_of(f"{HEADER}\n\nS001 | 张明 | 男")[1] == []


def test_rows_below_the_table_are_records_and_told() -> None:
    table = RawTable("花名册", top=1, left=1, bottom=2, right=4)
    body, problems = body_of(f"{HEADER}\nS001 | 张明 | 男\nS002 | 张丽 | 女\n注：核对", tables=(table,))
    assert (list(body.rows), problems) == ([2, 3], ["S005 A3"])


def test_the_place_of_the_cells_on_the_sheet_is_kept() -> None:
    body, problems = body_of(f"{HEADER}\nS001 | 张明 | 男\n\nS002 | 张丽 | 女", first_row=5, first_column=3)
    assert (list(body.rows), problems) == ([6, 8], ["S006 C7"])


def test_an_error_cell_counts_as_filled_and_is_known_by_its_place() -> None:
    body, _ = body_of(f"{HEADER}\n | 张明", error_cells=frozenset({(2, 1)}), uncached_cells=frozenset({(2, 4)}))
    assert list(body.rows) == [2]
    assert body.unreadable == {1: {0: "S008"}, 4: {0: "S009"}}


def test_a_merge_among_the_data_is_told_and_its_hidden_cells_are_known() -> None:
    body, problems = body_of(f"{HEADER}\nS001 | 张明 | 男\nS002 | 张丽 |\nS003 | 李强 | 男", merged=[(2, 3, 3, 3)])
    assert problems == ["S007 C2"]
    assert body.merged_away == {3: frozenset({1})}


@pytest.mark.parametrize("merged", [(1, 1, 1, 4), (3, 1, 4, 4), (2, 9, 3, 9), (2, 1, 2, 1)])
def test_a_merge_of_titles_notes_or_other_columns_is_no_matter(merged: tuple[int, int, int, int]) -> None:
    assert body_of(f"{HEADER}\nS001 | 张明 | 男", merged=[merged])[1] == []


def test_the_lists_of_the_school_stand_under_their_titles() -> None:
    assert lists_of(raw_sheet("字典", "民族 | 学科\n汉族 | 语文\n | 书法")) == {
        "民族": ["汉族"],
        "学科": ["语文", "书法"],
    }
    assert lists_of(None) == {}
