"""Planters of the family L: records of talks, calls and visits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from tests.rules.planting import DAY, Planter, Spot, cell, child_of, days, is_active, some, spot
from tests.support.random_school import RandomSchool
from tests.support.sound_school import Row


def _calm(_school: RandomSchool, row: Row) -> bool:
    """A record on which no other record rests."""
    return bool(row["类型"] != "通话")


def _calm_and_active(school: RandomSchool, row: Row) -> bool:
    return _calm(school, row) and is_active(school, row)


def _before_it_was_filed(school: RandomSchool, row: Row) -> date:
    filed: date = child_of(school, row)["建档日期"]
    return filed - school.random.randint(1, 300) * DAY


def _after_it_was_closed(school: RandomSchool, row: Row) -> date:
    closed: date = child_of(school, row)["结案日期"]
    return closed + DAY


def _of_closed(school: RandomSchool, row: Row) -> bool:
    return _calm(school, row) and not is_active(school, row)


def copied(school: RandomSchool) -> set[Spot]:
    """Three children or four with one text; told from the third child on."""
    text = "一字不差的一段谈话记录"
    records = [row for row in school.book.rows("联系记录") if is_active(school, row)]
    school.random.shuffle(records)
    one_each = list({row["儿童编号"]: row for row in records}.values())
    for row in one_each[: school.random.choice((3, 4))]:
        row["摘要"] = text
    rows = [row for row in school.book.rows("联系记录") if row.get("摘要") == text]
    return {spot(school, "L502", "联系记录", row, "摘要") for row in rows[2:]}


def _spoken(school: RandomSchool, row: Row) -> bool:
    return row["类型"] in {"通话", "家访"} and row["结果"] == "完成" and is_active(school, row)


def _guardian_of_another(school: RandomSchool, row: Row) -> str:
    other = some(school, "监护人", lambda _school, one: one["儿童编号"] != row["儿童编号"])
    return str(other["编号"])


def record_again(school: RandomSchool) -> set[Spot]:
    """The same record once more, under its own number."""
    row = some(school, "联系记录", _calm_and_active)
    again = school.maker.add("联系记录", **{**row, "编号": school.maker.key("L")})
    return {spot(school, "L507", "联系记录", again, "儿童编号")}


def dead_number(school: RandomSchool) -> set[Spot]:
    """A call of today finds a dead number."""
    guardian = some(school, "监护人", is_active)
    row = school.maker.add(
        "联系记录", 编号=school.maker.key("L"), 儿童编号=guardian["儿童编号"], 类型="通话", 日期=school.today,
        记录人=school.maker.teacher(), 对象=guardian["编号"], 结果="空号",
    )  # fmt: skip
    return {spot(school, "L508", "联系记录", row, "结果")}


PLANTERS: Mapping[str, Sequence[Planter]] = {
    "L501": (
        cell("L501", "联系记录", "日期", _before_it_was_filed, _calm),
        cell("L501", "联系记录", "日期", _after_it_was_closed, _of_closed),
    ),
    "L502": (copied,),
    "L503": (
        cell("L503", "联系记录", "对象", None, _spoken),
        cell("L503", "联系记录", "对象", _guardian_of_another, _calm_and_active),
    ),
    "L504": (cell("L504", "联系记录", "跟进期限", days(-1), is_active, 跟进完成日=None),),
    "L506": (
        cell("L506", "联系记录", "强制报告", "是", 报告时间=None, 报告部门=None),
        cell("L506", "联系记录", "强制报告", "是", 报告时间=days(0), 报告部门=None),
        cell("L506", "联系记录", "强制报告", "是", 报告时间=None, 报告部门="镇派出所"),
    ),
    "L507": (record_again,),
    "L508": (dead_number,),
}
