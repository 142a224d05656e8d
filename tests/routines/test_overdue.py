"""The overdue routine is pure: a school and a day in, items out."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.support.schools import school_of
from xl_liushou.routines import overdue
from xl_liushou.routines.inputs import Choice, Inputs
from xl_liushou.schema.lists import CLOSED
from xl_liushou.schema.school import School
from xl_liushou.schema.sheets import Children, Contacts, Intervals, Staff

TODAY = date(2026, 11, 23)
EVERY_WEEK = [{"kind": kind, "risk": risk, "days": days, "lead_days": 2}
              for kind, days in (("谈心", 7), ("通话", 14)) for risk in CLOSED["风险等级"]]  # fmt: skip


def school() -> School:
    return school_of(
        {
            Children: [
                {"child_id": "S001", "name": "张明", "grade": "三年级", "class_name": "1班", "risk": "中"},
                {"child_id": "S002", "name": "李芳", "grade": "四年级", "class_name": "1班", "risk": "中"},
            ],
            Staff: [
                {"staff_id": "T01", "name": "周正"},
                {"staff_id": "T02", "name": "王老师", "class_taught": "三年级1班"},
            ],
            Contacts: [{"child_id": "S001", "kind": "谈心", "day": date(2026, 11, 9), "result": "完成"}],
            Intervals: EVERY_WEEK,
        }
    )


def items(choice: Choice = Choice()) -> list[dict[str, Any]]:  # noqa: B008  frozen
    found: list[dict[str, Any]] = overdue.plan(Inputs(school(), TODAY, choice)).report["items"]
    return found


def test_every_child_and_kind_is_listed_with_the_promised_keys() -> None:
    talk = next(item for item in items() if item["child"] == "S001" and item["kind"] == "谈心")
    assert {**talk, "note": ""} == {
        "child": "S001",
        "name": "张明",
        "class": "三年级1班",
        "kind": "谈心",
        "owner": "王老师",
        "last": "2026-11-09",
        "due": "2026-11-16",
        "days_overdue": 7,
        "status": "逾期",
        "never": False,
        "escalation": "班主任",
        "note": "",
        "owner_id": "T02",
    }
    assert {(item["child"], item["kind"]) for item in items()} >= {
        (child, kind) for child in ("S001", "S002") for kind in ("谈心", "通话")
    }


def test_a_choice_narrows_the_list() -> None:
    assert {item["child"] for item in items(Choice(children=["S002"]))} == {"S002"}


def test_missing_intervals_fall_back_with_a_warning() -> None:
    assert overdue.plan(Inputs(school(), TODAY)).notes == ()
    bare = school_of({Children: [{"child_id": "S001"}], Intervals: []})
    notes = overdue.plan(Inputs(bare, TODAY)).notes
    assert any("谈心" in note and "7 天" in note for note in notes)
    assert any("通话" in note and "14 天" in note for note in notes)


def test_people_do_not_see_what_is_not_due() -> None:
    plan = overdue.plan(Inputs(school(), TODAY))
    text = "\n".join(overdue.lines(plan.report))
    assert "【逾期】" in text
    assert "未到期" not in text
    assert "张明" in text


def test_children_whose_number_is_blank_or_repeated_are_said_to_be_unclear() -> None:
    twins = [{"child_id": number, "name": name, "risk": "中"} for number, name in
             (("S001", "张明"), ("S001", "李芳"), ("", "王强"), ("S002", "赵磊"))]  # fmt: skip
    talks = [{"child_id": number, "kind": "谈心", "day": TODAY, "result": "完成"} for number in ("S001", "", "S002")]
    unclear = school_of({Children: twins, Contacts: talks, Intervals: EVERY_WEEK})
    found = overdue.plan(Inputs(unclear, TODAY)).report["items"]
    statuses = {item["name"]: item["status"] for item in found if item["kind"] == "谈心"}
    assert statuses == {"张明": "无法计算", "李芳": "无法计算", "王强": "无法计算", "赵磊": "未到期"}
    assert all("儿童编号" in item["note"] for item in found if item["name"] == "王强" and item["kind"] == "谈心")
