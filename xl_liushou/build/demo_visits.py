"""Who took part in the campaigns, the volunteers who go out, and what they bring."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any, Final

from xl_liushou.build.demo_calendar import SchoolCalendar
from xl_liushou.build.demo_campaigns import (
    FIRST_VISIT,
    GROUPS,
    MONTH,
    ROUTES,
    VISITED,
    VISITS,
    month_phases,
    visit_phases,
)
from xl_liushou.build.demo_names import Namer
from xl_liushou.build.demo_people import Pupil
from xl_liushou.build.demo_staff import SUPPLIES_CLERK
from xl_liushou.build.demo_writing import Writer

Row = dict[str, Any]

_UNCHECKED: Final = "V08"
"""The volunteer whose background nobody has checked yet (V701; the group may not go out)."""
_ORGANISATIONS: Final = ("云岭镇团委", "云山师范学院", "云岭镇卫生院", "返乡青年志愿队")
_OUTCOMES: Final = (
    "写信一封，画了全家福", "书信被评为“最暖家书”", "在班会上朗读了自己的信", "与父母通话二十分钟", "做了一张亲情贺卡",
    "信写了两页，字迹工整",
    "第一次把想念说出口", "画信寄出，收到回信", "给家里老人也写了一封", "参加座谈会并发言",
)  # fmt: skip
_GIFTS: Final = (
    ("图书", "《昆虫记》等两册", 2, 46.0), ("文具", "文具套装", 1, 25.0), ("营养品", "学生纯牛奶一箱", 1, 52.0),
    ("衣物", "加厚校服外套", 1, 88.0),
    ("图书", "《窗边的小豆豆》", 1, 28.0), ("文具", "护眼台灯", 1, 69.0),
)  # fmt: skip


def participation(random: Random, calendar: SchoolCalendar, pupils: Sequence[Pupil]) -> list[Row]:
    """The rows of 活动参与: everyone in the month, six children for each group of visitors."""
    month_ends = month_phases(calendar).runs_from
    month = [_in_month(random, pupil) for pupil in pupils if pupil.is_active and pupil.filed_on <= month_ends]
    visited = [
        {"campaign": VISITS, "child_id": pupil.child_id, "attendance": _attendance(calendar, number), "group": group}
        for number, (group, pupil) in _visited(pupils)
    ]
    return month + visited


def _in_month(random: Random, pupil: Pupil) -> Row:
    attendance = random.choices(("到", "请假", "缺席"), (57, 2, 1))[0]
    outcome = Writer(random, pupil).say(_OUTCOMES) if attendance == "到" else ""
    role = random.choice(("朗读者", "主持人", "手抄报小组", "")) if attendance == "到" else ""
    return {
        "campaign": MONTH, "child_id": pupil.child_id, "attendance": attendance, "group": pupil.class_name,
        "role": role, "outcome": outcome,
    }  # fmt: skip


def _visited(pupils: Sequence[Pupil]) -> Iterator[tuple[int, tuple[str, Pupil]]]:
    """The group's number and name with each child it visits: key children of its village first."""
    for number, (group, village) in enumerate(zip(GROUPS, ROUTES, strict=True)):
        local = [one for one in pupils if one.is_active and one.row["hamlet"].startswith(village)]
        local.sort(key=lambda one: not one.is_key)
        yield from ((number, (group, pupil)) for pupil in local[:VISITED])


def _visit_day(calendar: SchoolCalendar, number: int) -> date:
    return visit_phases(calendar).prepares_from + timedelta(days=FIRST_VISIT + 2 * number)


def _attendance(calendar: SchoolCalendar, number: int) -> str:
    return "到" if _visit_day(calendar, number) <= calendar.today else "计划"


def volunteers(namer: Namer, calendar: SchoolCalendar) -> list[Row]:
    """The rows of 志愿者: three to a group, all cleared but one."""
    return [_volunteer(namer, calendar, number) for number in range(1, 13)]


def _volunteer(namer: Namer, calendar: SchoolCalendar, number: int) -> Row:
    volunteer_id, gender = f"V{number:02d}", namer.random.choice("男女")
    row: Row = {
        "volunteer_id": volunteer_id, "name": namer.adult(gender), "gender": gender,
        "organisation": namer.random.choice(_ORGANISATIONS), "mobile": f"137000000{number:02d}", "campaign": VISITS,
        "group": GROUPS[(number - 1) // 3], "leads": "是" if number % 3 == 1 else "否",
        "card_number": f"ZY{number:03d}",
        "has_armband": "是", "trained_on": visit_phases(calendar).prepares_from + timedelta(days=8), "pledged": "是",
    }  # fmt: skip
    if volunteer_id == _UNCHECKED:
        return row | {"has_armband": "否"}
    return row | {"checked_on": calendar.today - timedelta(days=namer.random.randint(20, 200))}


def supplies(random: Random, calendar: SchoolCalendar, pupils: Sequence[Pupil]) -> list[Row]:
    """The rows of 关爱物资: the visitors' bags, and grants for families in need."""
    found = [*_grants(calendar, pupils), *_bags(random, calendar, pupils)]
    return [{"supply_id": f"W{number:04d}", "handled_by": SUPPLIES_CLERK, **row} for number, row in enumerate(found, 1)]


def _bags(random: Random, calendar: SchoolCalendar, pupils: Sequence[Pupil]) -> Iterator[Row]:
    for number, (_, pupil) in _visited(pupils):
        for kind, name, quantity, amount in random.sample(_GIFTS, 2):
            row: Row = {
                "campaign": VISITS, "child_id": pupil.child_id, "kind": kind, "name": name, "quantity": quantity,
                "amount": amount, "day": _visit_day(calendar, number),
            }  # fmt: skip
            yield row | ({"signed_by": pupil.carer[1]["name"]} if row["day"] <= calendar.today else {})


def _grants(calendar: SchoolCalendar, pupils: Sequence[Pupil]) -> Iterator[Row]:
    for pupil in pupils:
        if pupil.is_active and "家庭贫困" in pupil.row["hardships"]:
            yield {
                "child_id": pupil.child_id, "kind": "助学金", "name": "云岭爱心助学金", "quantity": 1, "amount": 500.0,
                "day": calendar.today - timedelta(days=30), "signed_by": pupil.carer[1]["name"],
            }  # fmt: skip
