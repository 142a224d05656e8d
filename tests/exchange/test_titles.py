"""Titles are understood by meaning; headers are found wherever they stand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.exchange.importing import imported
from tests.support.schools import school_of
from tests.support.workbooks import raw_sheet
from xl_liushou.exchange.blocks import Cells, blocks
from xl_liushou.exchange.classes import class_in
from xl_liushou.exchange.titles import meaning, target_called
from xl_liushou.schema.header import plain_title
from xl_liushou.schema.sheets import Children, Guardians

MEANINGS = {
    "姓 名": "花名册.姓名",
    "学生姓名*": "花名册.姓名",
    "出生年月日": "花名册.出生日期",
    "身份证号码": "花名册.身份证号",
    "父亲情况/姓名": "父亲.姓名",
    "母亲情况/务工地点": "母亲.务工地",
    "父电话": "父亲.手机",
    "母亲是否外出务工": "母亲.是否外出",
    "监护人": "监护人",
    "监护人与学生关系": "监护人.关系",
    "与监护人关系": "监护人.关系",
    "家长姓名及电话": "家长",
    "委托监护人/姓名": "照护人.姓名",
    "父母姓名": "父母.姓名",
    "监护人1/电话": "监护人1.手机",
    "联系电话（父亲）": "父亲.手机",
    "留守儿童类型": "花名册.留守类型",
    "跟谁生活": "照护人",
    "第一联系人电话": "首选联系人.手机",
    "祖父姓名": "祖父.姓名",
}
NOBODYS = (
    "序号",
    "编号",
    "家庭编号",
    "班主任",
    "班主任电话",
    "父亲身份证号",
    "家长签字",
    "联系电话",
    "父母外出情况",
    "备案号",
)


def path(text: str) -> list[str]:
    return [plain_title(piece) for piece in text.split("/")]


@pytest.mark.parametrize(("title", "target"), MEANINGS.items())
def test_a_title_means_one_column(title: str, target: str) -> None:
    found = meaning(path(title))
    assert str(found.target) == target
    assert found.sure
    assert target_called(target) == found.target


@pytest.mark.parametrize("title", NOBODYS)
def test_a_title_that_names_no_column_or_nobody_is_not_taken(title: str) -> None:
    found = meaning(path(title))
    assert found.target is None or not found.sure


def test_every_title_of_the_workbook_is_its_own_column() -> None:
    for column in Children.columns:
        if column.name != "family_id":
            assert str(meaning([plain_title(column.title)]).target) == f"花名册.{column.title}"
    for column in Guardians.columns:
        if not column.generated and not column.refers:
            found = meaning(["父亲", plain_title(column.title)]).target
            assert found is not None
            assert found.column == column.name


TITLES = st.lists(st.sampled_from([column.title for column in Children.columns if column.name != "family_id"]),
                  min_size=2, max_size=12, unique=True)  # fmt: skip
LINES = st.lists(
    st.sampled_from(["云岭小学", "填表人：周老师", "", "2026年9月", "（盖章）", "说明 一式两份"]), max_size=6
)


@given(titles=TITLES, above=LINES, first_row=st.integers(1, 9), first_column=st.integers(1, 5))
def test_a_header_is_found_wherever_it_stands(
    titles: list[str], above: list[str], first_row: int, first_column: int
) -> None:
    text = "\n".join([*above, " | ".join(titles), " | ".join(["王小明"] * len(titles))])
    sheet = raw_sheet("Sheet1", text.lstrip("\n"), first_row, first_column)
    (block,) = blocks(Cells(sheet))
    assert [one[-1] for one in block.paths.values()] == [plain_title(title) for title in titles]
    assert len(block.rows) == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    {
        "云岭小学三年级（1）班留守儿童花名册": ("三年级", "1班"),
        "三(2)班": ("三年级", "2班"),
        "2026年秋季学期三年级2班": ("三年级", "2班"),
        "四年级": ("四年级", ""),
        "一班": ("", "1班"),
        "一至六年级": ("", ""),
        "六年级三班、六年级四班": ("", ""),
        "2026年3班": ("", ""),
        "Sheet1": ("", ""),
        "三年一班": ("三年级", "1班"),
    }.items(),
)
def test_the_class_that_a_title_tells(text: str, expected: tuple[str, str]) -> None:
    assert class_in(text) == expected


@pytest.mark.parametrize(
    "table",
    [
        "姓名 | 职务 | 联系电话\n周正 | 校长 | 13800000099",
        "姓名 | 手机 | 学生姓名 | 班级\n王强 | 13800000001 | |",
        "姓名 | 关系 | 手机 | 班级\n王强 | 父亲 | 13800000001 | 三年级1班",
        "家长联系表\n姓名 | 手机 | 班级\n王强 | 13800000001 | 三年级1班",
        "学生姓名 | 王小明 | 班级 | 三年级1班\n家庭住址 | 云岭村 | 父亲姓名 | 王强",
        "学生姓名 | 性别 | 民族\n家庭住址 | 男 | 汉族",
        "学生姓名 | 性别\n情况属实 |\n合计 | 3\n填表人 | 黄秀英",
        "学生姓名 | 年级\n王小明 | 7",
    ],
)
def test_nobody_else_becomes_a_child_and_nothing_wrong_its_value(table: str) -> None:
    added = imported(school_of({}), Sheet1=table)["added"]
    assert all(one["values"].keys() <= {"儿童编号", "姓名"} and one["values"]["姓名"] == "王小明" for one in added)
