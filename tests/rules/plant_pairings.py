"""Planters of the family P: helpers, and pairs of dates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from tests.rules.planting import DAY, NoPlace, Planter, Spot, cell, days, is_active, is_current, one_of, some, spot
from tests.support.random_people import Room
from tests.support.random_school import RandomSchool
from tests.support.sound_school import Row
from xl_liushou.schema.kinds import Date
from xl_liushou.schema.lists import OPEN
from xl_liushou.schema.sheets import SHEETS


def _rows_of(school: RandomSchool, child: Row, kind: str) -> list[Row]:
    """The current pairings of a child, of one kind."""
    return [
        row
        for row in school.book.rows("结对")
        if row["儿童编号"] == child["儿童编号"] and row["类型"] == kind and is_current(school, row)
    ]


def without(code: str, kind: str, *, only_key: bool = False) -> Planter:
    """Ends all current pairings of this kind of a child, or puts them off until tomorrow."""

    def plant(school: RandomSchool) -> set[Spot]:
        child = some(
            school, "花名册", lambda school, row: is_active(school, row) and (not only_key or row["重点帮扶"] == "是")
        )
        for row in _rows_of(school, child, kind):
            if row["开始日期"] < school.today and school.random.random() < 0.5:
                row["结束日期"] = school.today - DAY
            else:
                row |= {"开始日期": school.today + DAY, "结束日期": None}
        return {spot(school, code, "花名册", child, "儿童编号")}

    return plant


def seven_children(school: RandomSchool) -> set[Spot]:
    """A teacher helps until it is seven; each pairing is another's, or of another subject."""
    teacher = school.maker.teacher()
    while True:
        current = [row for row in school.book.rows("结对") if _helps(school, row, teacher)]
        if len(current) == 7:
            return {spot(school, "P403", "结对", current[-1], "帮扶人")}
        child = some(school, "花名册", is_active)
        subject = OPEN["学科"][len(current)]  # no other pairing of this teacher has one
        more = {"类型": "教师帮扶", "帮扶人": teacher, "学科": subject, "开始日期": school.today}
        school.maker.add("结对", 编号=school.maker.key("D"), 儿童编号=child["儿童编号"], **more)


def _helps(school: RandomSchool, row: Row, teacher: str) -> bool:
    is_helper = row["类型"] == "教师帮扶" and row["帮扶人"] == teacher
    return is_helper and is_current(school, row) and is_active(school, row)


def pairing_again(school: RandomSchool) -> set[Spot]:
    """The same pairing once more, begun on a day of the first."""
    row = some(school, "结对", is_active)
    end = row.get("结束日期") or row["开始日期"] + timedelta(days=30)
    begins = school.maker.day(row["开始日期"], end)
    more = {"编号": school.maker.key("D"), "开始日期": begins, "结束日期": row.get("结束日期")}
    again = school.maker.add("结对", **{**row, **more})
    return {spot(school, "P404", "结对", again, "开始日期")}


_PAIRS = [
    (schema.title, column.ends.title, column.title)
    for schema in SHEETS
    for column in schema.columns
    if isinstance(column, Date) and column.ends
]


def end_before_start(school: RandomSchool) -> set[Spot]:
    """A period of any sheet that ends before it starts."""
    sheet, start, end = school.random.choice(_PAIRS)
    row = some(school, sheet, lambda _school, row: bool(row.get(start) and row.get(end)))
    row[end] = row[start] - timedelta(days=school.random.randint(1, 400))
    return {spot(school, "P406", sheet, row, end)}


def _of_closed(school: RandomSchool, row: Row) -> bool:
    return not is_active(school, row)


def _checkable(school: RandomSchool, row: Row) -> bool:
    return is_active(school, row) and is_current(school, row)


def nobody_attached(school: RandomSchool) -> set[Spot]:
    """No leader is attached to a class any more; told of each of its key children that has no leader of its own."""
    room = one_of(school, list(school.maker.attached))
    school.maker.attached[room]["联系班级"] = None
    keys = [child for child in _children_in(school, room) if child["重点帮扶"] == "是"]
    alone = [child for child in keys if not _rows_of(school, child, "党员领导")]
    if not alone:
        raise NoPlace
    return {spot(school, "P410", "花名册", child, "儿童编号") for child in alone}


def _children_in(school: RandomSchool, room: Room) -> list[Row]:
    """The active children of a class, in the order of the roster."""
    return [
        row
        for row in school.book.rows("花名册")
        if school.maker.rooms[row["儿童编号"]] == room and is_active(school, row)
    ]


def no_class_teacher(school: RandomSchool) -> set[Spot]:
    """A class loses its teacher."""
    room = one_of(school, [room for room in school.maker.classes if _children_in(school, room)])
    school.maker.teachers[room]["班主任班级"] = None
    return {spot(school, "P411", "花名册", _children_in(school, room)[0], "班级")}


def two_class_teachers(school: RandomSchool) -> set[Spot]:
    """A class gets a second teacher; told at the lower row of the two."""
    room = one_of(school, [room for room in school.maker.classes if _children_in(school, room)])
    grade, number = room
    new = some(school, "教职工", lambda _school, row: row["在岗"] == "是" and not row.get("班主任班级"))
    new["班主任班级"] = school.maker.room(number, grade)
    staff = school.book.rows("教职工")
    second = next(row for row in reversed(staff) if row is new or row is school.maker.teachers[room])
    return {spot(school, "P411", "教职工", second, "班主任班级")}


def _own_number(_school: RandomSchool, row: Row) -> str:
    return str(row["儿童编号"])


def _peers(school: RandomSchool, row: Row) -> bool:
    return row["类型"] in {"学习帮手", "手拉手"} and is_active(school, row)


PLANTERS: Mapping[str, Sequence[Planter]] = {
    "P401": (without("P401", "教师帮扶", only_key=True),),
    "P402": (without("P402", "学习帮手"),),
    "P403": (seven_children,),
    "P404": (pairing_again,),
    "P405": (cell("P405", "结对", "帮扶人", _own_number, _peers),),
    "P406": (end_before_start,),
    "P407": (cell("P407", "结对", "结束日期", None, _of_closed), cell("P407", "结对", "结束日期", days(3), _of_closed)),
    "P408": (cell("P408", "结对", "上次检查日", days(-11), _checkable, 检查周期天数=10),),
    "P410": (nobody_attached,),
    "P411": (no_class_teacher, two_class_teachers),
    "P412": (without("P412", "手拉手"),),
}
