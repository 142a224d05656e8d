"""A large sound school as rows: what a real office would have after a term or after years."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from xl_liushou.core.table import Table
from xl_liushou.schema.lists import CLOSED
from xl_liushou.schema.numbers import id_check_digit
from xl_liushou.schema.sheets import Calendar, Children, Contacts, Guardians, Intervals, Pairings, Staff, TermFiles

TODAY = date(2026, 11, 23)
TERM = "2026年秋季学期"
_SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许"
_GIVEN = "明华丽芳强军敏静磊洋艳勇杰娟涛超秀霞平刚"
_TALKS = ("聊了最近的作业和午饭", "说起周末帮奶奶收玉米", "情绪比上周开朗", "约好每天读一页书", "想念在外的爸爸妈妈")

Rows = Mapping[type[Table], Sequence[Mapping[str, Any]]]


def big_school(children: int, contacts: int, seed: int = 1) -> Rows:
    """Rows of a school with so many children and contact records, dated before `TODAY`."""
    chance = random.Random(seed)
    roster = [_child(number, chance) for number in range(children)]
    return {
        Children: roster,
        Guardians: [row for number in range(children) for row in _guardians(number)],
        TermFiles: [_term_file(child["child_id"]) for child in roster],
        Pairings: [row for number in range(children) for row in _pairings(number, children)],
        Contacts: [_contact(number, children, chance) for number in range(contacts)],
        Staff: [
            {"staff_id": f"T{number:03}", "name": f"老师{number}", "class_taught": f"{grade}{room}班", "on_duty": "是"}
            for number, (grade, room) in enumerate((grade, room) for grade in CLOSED["年级"] for room in (1, 2))
        ],
        Calendar: [
            {"name": TERM, "kind": "学期", "starts_on": date(2026, 9, 1), "ends_on": date(2027, 1, 31)},
        ],
        Intervals: [
            {"kind": kind, "risk": risk, "days": days, "lead_days": 2}
            for kind, days in (("谈心", 7), ("通话", 14))
            for risk in CLOSED["风险等级"]
        ],
    }


def _child(number: int, chance: random.Random) -> dict[str, Any]:
    grade = number % 6
    born = date(2026 - 7 - grade, 1 + number % 8, 1 + number % 28)
    first17 = f"990001{born:%Y%m%d}{number // 6 % 100:02}{1 + 2 * (number // 600 % 5)}"
    return {
        "child_id": f"YL{number:06}",
        "name": chance.choice(_SURNAMES) + chance.choice(_GIVEN) + chance.choice(_GIVEN) + _GIVEN[number % 20],
        "gender": "男",
        "ethnicity": "汉族",
        "birth_date": born,
        "id_number": first17 + id_check_digit(first17),
        "grade": CLOSED["年级"][grade],
        "class_name": f"{1 + number // 6 % 2}班",
        "hamlet": f"云岭村{1 + number % 9}组",
        "home_address": f"云岭县青山镇云岭村{1 + number % 9}组{number}号",
        "left_behind_type": "双方外出",
        "left_behind_since": date(2024, 2, 20),
        "health": "健康",
        "is_key": "否",
        "risk": ("中", "低", "高")[number % 3],
        "assessed_on": date(2026, 9, 10),
        "case_status": "在管",
        "filed_on": date(2026, 9, 1),
        "consent": "已签",
        "photo_consent": "是",
    }


def _guardians(number: int) -> list[dict[str, Any]]:
    shared = {"child_id": f"YL{number:06}", "channel": "纸质", "health": "健康"}
    father = {
        "guardian_id": f"J{2 * number:06}", "relation": "父亲", "name": f"父{number}", "mobile": f"138{number:08}",
        "works_away": "是", "is_carer": "否", "is_first_contact": "是", "work_place": "外省",
    }  # fmt: skip
    grandmother = {
        "guardian_id": f"J{2 * number + 1:06}", "relation": "祖母", "name": f"奶{number}", "mobile": f"139{number:08}",
        "works_away": "否", "is_carer": "是", "is_first_contact": "否", "mandate": "不需",
    }  # fmt: skip
    return [{**shared, **father}, {**shared, **grandmother}]


def _term_file(child: str) -> dict[str, Any]:
    return {
        "child_id": child, "term": TERM, "study": "良", "study_note": "上课专心，作业按时完成。", "thought": "良",
        "mind": "良", "conduct": "优", "assessor": "T001", "assessed_on": date(2026, 10, 8),
    }  # fmt: skip


def _pairings(number: int, children: int) -> list[dict[str, Any]]:
    helper = {"child_id": f"YL{number:06}", "helper": f"YL{(number + 6) % children:06}", "starts_on": date(2026, 9, 7)}
    return [
        {"pairing_id": f"D{2 * number + place:06}", "kind": kind, **helper}
        for place, kind in enumerate(("学习帮手", "手拉手"))
    ]


def _contact(number: int, children: int, chance: random.Random) -> dict[str, Any]:
    child = number % children
    call = number // children % 3 == 2
    return {
        "contact_id": f"L{number:07}",
        "child_id": f"YL{child:06}",
        "kind": "通话" if call else "谈心",
        "day": date(2026, 9, 1) + timedelta(days=number // children * 4 % 83),
        "way": "电话" if call else "面谈",
        "recorder": f"T{child % 12:03}",
        "contact": f"J{2 * child:06}" if call else "",
        "result": "完成",
        "topics": ("学习", "亲情") if number % 2 else ("生活",),
        "summary": f"{chance.choice(_TALKS)}，第{number}次记录。",
        "secrecy": "一般",
    }
