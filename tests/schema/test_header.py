"""Finding the header and matching its titles."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.workbooks import raw_sheet
from xl_liushou.core.rawsheet import RawTable
from xl_liushou.schema.header import Header, find_header, missing_columns, plain_title
from xl_liushou.schema.sheets import Children, Guardians, SettingRows


def header_of(text: str, **more: Any) -> Header:
    """The header of a roster."""
    found = find_header(raw_sheet("花名册", text, **more), Children)
    assert found is not None
    return found


def test_the_columns_are_found_in_any_order() -> None:
    header = header_of("姓名 | 班级 | 儿童编号")
    assert header.places == {"name": 0, "class_name": 1, "child_id": 2}


def test_title_rows_above_are_passed_over() -> None:
    header = header_of("""
        云岭小学留守儿童花名册
        填表人：刘芳 | | 日期：2026年9月1日

        儿童编号 | 姓名 | 性别
        S001 | 张明 | 男
    """)
    assert header.row == 3


def test_the_row_with_most_titles_is_the_header() -> None:
    header = header_of("""
        姓名 | 班级
        儿童编号 | 姓名 | 性别 | 年级
    """)
    assert header.row == 1


def test_the_header_of_an_excel_table_wins_against_an_equal_row_above() -> None:
    table = RawTable("花名册", top=2, left=1, bottom=3, right=2)
    header = header_of("儿童编号 | 姓名\n儿童编号 | 姓名\nS001 | 张明", tables=(table,))
    assert (header.row, header.table) == (1, table)


TITLES = [
    "姓名", " 姓 名 ", "姓名*", "*姓名", "★姓名", "姓名（必填）", "姓名(与户口簿一致)", "姓名【必填】",
    "姓名[1]", "姓名：", "* 姓名（必填）：", "学生姓名", "儿童姓名",
]  # fmt: skip


@pytest.mark.parametrize("title", TITLES)
def test_a_title_is_known_with_marks_blanks_brackets_and_by_its_synonyms(title: str) -> None:
    assert header_of(f"儿童编号 | 性别 | {title}").places["name"] == 2


def test_a_title_over_two_lines_is_known() -> None:
    assert header_of("儿童编号 | 性别 | 姓↵名").places["name"] == 2


def test_a_title_beats_a_synonym_wherever_it_stands() -> None:
    found = find_header(raw_sheet("监护人", "儿童编号 | 电话 | 手机"), Guardians)
    assert found is not None
    assert found.places["mobile"] == 2
    assert found.unknown == {1: "电话"}


def test_the_second_of_two_equal_titles_is_repeated() -> None:
    header = header_of("儿童编号 | 姓名 | 姓名")
    assert (header.places["name"], header.repeated) == (1, {2: "姓名"})


def test_two_synonyms_of_one_column_are_repeated() -> None:
    found = find_header(raw_sheet("监护人", "儿童编号 | 电话 | 联系电话"), Guardians)
    assert found is not None
    assert (found.places["mobile"], found.repeated) == (1, {2: "联系电话"})


def test_unknown_titles_are_kept_as_they_are_written() -> None:
    assert header_of("儿童编号 | 姓名 | 鞋 码").unknown == {2: "鞋 码"}


@pytest.mark.parametrize("text", ["张明 | 男", "姓名", "", "留守儿童花名册\n无"])
def test_without_two_known_titles_there_is_no_header(text: str) -> None:
    assert find_header(raw_sheet("花名册", text), Children) is None


def test_a_header_far_down_is_not_looked_for() -> None:
    assert find_header(raw_sheet("花名册", "说明\n" * 30 + "儿童编号 | 姓名"), Children) is None
    assert header_of("说明\n" * 29 + "儿童编号 | 姓名").row == 29


def test_the_missing_columns_are_the_required_ones() -> None:
    found = find_header(raw_sheet("设置", "值 | 说明"), SettingRows)
    assert found is not None
    assert missing_columns(SettingRows, found) == [SettingRows.item]


@pytest.mark.parametrize(
    ("raw", "title"), [("ＳＭＴＰ　端口", "SMTP端口"), (2026.0, "2026"), ("*出生\n日期：", "出生日期"), ("", "")]
)
def test_titles_are_compared_without_blanks_width_and_marks(raw: object, title: str) -> None:
    assert plain_title(raw) == title
