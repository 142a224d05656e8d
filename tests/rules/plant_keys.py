"""Planters of the family K: keys and references."""

# ruff: noqa: E501  (Chinese counts double)

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tests.rules.planting import Planter, Spot, anything, cell, is_active, some, spot
from tests.support.random_school import RandomSchool
from tests.support.sound_school import Row
from xl_liushou.schema.sheets import SHEETS

_REFERRED = {column.refers for schema in SHEETS for column in schema.columns}
_OWN_KEYS = [schema for schema in SHEETS if schema.title not in {*_REFERRED, "档案", "志愿者", "设置"}]
"""The sheets to whose keys nothing refers, and of whose rows no child must have one."""


def key_twice(school: RandomSchool) -> set[Spot]:
    """A row that bears the key of one above it."""
    schema = school.random.choice([one for one in _OWN_KEYS if len(school.book.rows(one)) > 1])
    rows = school.book.rows(schema)
    first, second = sorted(school.random.sample(range(len(rows)), 2))
    titles = [column.title for column in schema.key_columns()]
    rows[second] |= {title: rows[first][title] for title in titles}
    return {spot(school, "K201", schema.title, rows[second], titles[0])}


def child_twice(school: RandomSchool) -> set[Spot]:
    """A second child under a number that another one has."""
    other = some(school, "花名册", is_active)
    alike = {title: other[title] for title in ("儿童编号", "留守类型", "风险等级")}
    twin = school.maker.child(**alike, 身份证号=None, 学籍号=None)
    return {spot(school, "K201", "花名册", twin, "儿童编号")}


def _calm(_school: RandomSchool, row: Row) -> bool:
    """A record on which no other record rests."""
    return row["类型"] not in {"通话", "家访"}


def one_of_several(school: RandomSchool) -> set[Spot]:
    """A photo of a child whom nobody knows."""
    row = some(school, "活动环节", lambda _school, row: bool(row.get("照片中儿童")))
    row["照片中儿童"] += "、S999"
    return {spot(school, "K202", "活动环节", row, "照片中儿童")}


_DANGLING = (
    ("联系记录", "儿童编号", _calm), ("联系记录", "对象", _calm), ("联系记录", "记录人", anything), ("联系记录", "活动编号", anything),
    ("档案", "评价人", anything), ("学习帮扶", "学期", anything), ("学习帮扶", "责任教师", anything), ("活动", "负责人", anything),
    ("活动环节", "负责人", anything), ("结对", "帮扶人", anything), ("志愿者", "活动编号", anything), ("关爱物资", "儿童编号", anything),
    ("关爱物资", "经办人", anything), ("领导小组", "工号", anything),
)  # fmt: skip


def shared_identity(school: RandomSchool) -> set[Spot]:
    """A new child with the ID number of another."""
    other = some(school, "花名册", lambda _school, row: bool(row["身份证号"]))
    alike = {title: other[title] for title in ("身份证号", "出生日期", "性别")}
    child = school.grow(room=school.maker.rooms[other["儿童编号"]], 学籍号=None, **alike)
    return {spot(school, "K203", "花名册", child, "身份证号")}


def namesake_born_alike(school: RandomSchool) -> set[Spot]:
    """A new child of the same name and birthday."""
    other = some(school, "花名册")
    room = school.maker.rooms[other["儿童编号"]]
    child = school.grow(room=room, 姓名=other["姓名"], 出生日期=other["出生日期"])
    return {spot(school, "K204", "花名册", child, "姓名")}


def namesake_in_class(school: RandomSchool) -> set[Spot]:
    """A new child of the same name in the same class."""
    other = some(school, "花名册")
    child = school.grow(room=school.maker.rooms[other["儿童编号"]], 姓名=other["姓名"])
    return {spot(school, "K205", "花名册", child, "姓名")}


def unjoined_sibling(school: RandomSchool) -> set[Spot]:
    """A new child with the parents of another, and no family number."""
    other = some(school, "花名册", _has_parents)
    parents = [row for row in school.book.rows("监护人") if row["儿童编号"] == other["儿童编号"]]
    child = school.grow(parents, 留守类型=other["留守类型"])
    return {spot(school, "K206", "花名册", child, "家庭编号")}


def _has_parents(school: RandomSchool, child: Row) -> bool:
    return any(
        row["儿童编号"] == child["儿童编号"] and row["关系"] in {"父亲", "母亲"} for row in school.book.rows("监护人")
    )


PLANTERS: Mapping[str, Sequence[Planter]] = {
    "K201": (key_twice, child_twice),
    "K202": (one_of_several, *(cell("K202", sheet, title, "X999", fits) for sheet, title, fits in _DANGLING)),
    "K203": (shared_identity,),
    "K204": (namesake_born_alike,),
    "K205": (namesake_in_class,),
    "K206": (unjoined_sibling,),
}
