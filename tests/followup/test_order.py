"""The order in which things are told."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date

from tests.support.schools import school_of
from xl_liushou.followup.due import due_items
from xl_liushou.followup.item import Item, urgency
from xl_liushou.schema.sheets import Children, Contacts, Intervals

PLAIN = Item("S001", "张明", "三年级1班", "谈心", None, None, None, 0, "未到期")


def test_from_the_most_urgent_to_the_least() -> None:
    told = [
        replace(PLAIN, kind="强制报告", status="今日到期"),
        replace(PLAIN, status="无法计算"),
        replace(PLAIN, status="逾期", days_overdue=30),
        replace(PLAIN, status="逾期", days_overdue=2),
        replace(PLAIN, status="逾期", days_overdue=1),
        replace(PLAIN, status="今日到期"),
        replace(PLAIN, status="临期"),
        PLAIN,
        replace(PLAIN, status="暂停"),
    ]
    mixed = random.Random(7).sample(told, len(told))
    assert sorted(mixed, key=urgency) == told


def test_then_by_class_child_and_kind() -> None:
    told = [
        replace(PLAIN, class_name="三年级1班", child="S002", kind="谈心"),
        replace(PLAIN, class_name="三年级1班", child="S002", kind="通话"),
        replace(PLAIN, class_name="三年级1班", child="S003", kind="谈心"),
        replace(PLAIN, class_name="三年级2班", child="S001", kind="谈心"),
    ]
    mixed = random.Random(7).sample(told, len(told))
    assert sorted(mixed, key=urgency) == told


def test_only_the_overdue_are_told_by_days() -> None:
    told = [
        replace(PLAIN, kind="强制报告", child="S001", status="逾期", days_overdue=1),
        replace(PLAIN, kind="强制报告", child="S002", status="逾期", days_overdue=9),
        replace(PLAIN, child="S009", status="逾期", days_overdue=8),
        replace(PLAIN, child="S001", status="逾期", days_overdue=3),
    ]
    mixed = random.Random(7).sample(told, len(told))
    assert sorted(mixed, key=urgency) == told


def test_contacts_and_all_else_stand_in_one_list() -> None:
    school = school_of(
        {
            Children: [
                {"filed_on": date(2026, 10, 1), "assessed_on": date(2026, 4, 1)},
                {"filed_on": None, "case_status": "暂停", "paused_until": date(2026, 12, 1)},
            ],
            Intervals: [{"kind": "谈心", "risk": "中", "days": 7}, {"kind": "通话", "risk": "中", "days": 14}],
            Contacts: [{"kind": "家访", "day": date(2026, 10, 15), "must_report": "是"}],
        }
    )
    told = [(one.child, one.kind, one.status) for one in due_items(school, date(2026, 10, 15))]
    assert told == [
        ("S001", "强制报告", "今日到期"),
        ("S002", "风险评估", "无法计算"),
        ("S001", "风险评估", "逾期"),
        ("S001", "谈心", "逾期"),
        ("S001", "通话", "今日到期"),
        ("S002", "谈心", "暂停"),
        ("S002", "通话", "暂停"),
    ]
