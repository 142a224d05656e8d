"""Section 4, "also due": calendar days and no pauses. As-of is 15 October 2026 unless a case says otherwise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pytest

from tests.support.schools import school_of
from xl_liushou.core.table import Table
from xl_liushou.followup.due import due_items
from xl_liushou.followup.item import Item
from xl_liushou.schema.sheets import (
    Calendar,
    Campaigns,
    CampaignSteps,
    Children,
    Contacts,
    Guardians,
    Pairings,
    Staff,
    StudyHelp,
    Volunteers,
)

Row = Mapping[str, Any]
TODAY = date(2026, 10, 15)
STAFF: Sequence[Row] = [
    {"staff_id": "T01", "name": "赵主任"},
    {"staff_id": "T02", "name": "王老师", "class_taught": "三年级1班"},
    {"staff_id": "T03", "name": "李老师"},
]
PAUSED_FOR_MONTHS = {"kind": "寒暑假", "starts_on": date(2026, 1, 1), "ends_on": date(2027, 12, 31)}


def day(text: str | None) -> date | None:
    return date.fromisoformat(f"2026-{text}") if text else None


def items(
    kind: str, sheet: type[Table], rows: Sequence[Row], today: date = TODAY, chosen: Sequence[str] | None = None,
    **more: Any,
) -> list[Item]:  # fmt: skip
    """The items of one kind; the school has the child S001 in 三年级1班, and all of its days are paused."""
    sheets: dict[type[Table], Sequence[Row]] = {
        Children: more.get("children", [{"name": "张明"}]),
        Staff: STAFF,
        Calendar: [PAUSED_FOR_MONTHS],
        Volunteers: more.get("volunteers", ()),
        Campaigns: more.get("campaigns", ()),
    }
    sheets[sheet] = rows
    return [one for one in due_items(school_of(sheets), today, chosen) if one.kind == kind]


def dues(found: Sequence[Item]) -> list[str]:
    return [one.due.strftime("%m-%d") if one.due else "" for one in found]


@pytest.mark.parametrize(
    ("today", "status", "late"),
    [
        ("10-12", "未到期", 0),  # due on 15 October
        ("10-13", "临期", 0),
        ("10-15", "今日到期", 0),
        ("10-16", "逾期", 1),
        ("10-30", "逾期", 15),
    ],
)
def test_status_and_days_are_by_the_calendar(today: str, status: str, late: int) -> None:
    rows = [{"follow_up_by": date(2026, 10, 15), "needs_follow_up": "是"}]
    (found,) = items("跟进", Contacts, rows, today=date.fromisoformat(f"2026-{today}"))
    assert (found.status, found.days_overdue, found.escalation, found.never) == (status, late, None, False)


@pytest.mark.parametrize(
    ("row", "due_on"),
    [
        ({"starts_on": day("09-20"), "check_days": 30}, ["10-20"]),
        ({"starts_on": day("09-20"), "check_days": 30, "checked_on": day("10-10")}, ["11-09"]),
        ({"starts_on": day("09-20")}, []),  # no 检查周期天数
        ({"starts_on": None, "check_days": 30}, []),
        ({"starts_on": day("10-15"), "check_days": 7}, ["10-22"]),  # current from today
        ({"starts_on": day("10-16"), "check_days": 7}, []),  # not yet
        ({"starts_on": day("09-20"), "check_days": 30, "ends_on": day("10-15")}, ["10-20"]),
        ({"starts_on": day("09-20"), "check_days": 30, "ends_on": day("10-14")}, []),  # no longer
    ],
)
def test_the_check_of_a_current_pairing(row: Row, due_on: list[str]) -> None:
    assert dues(items("结对检查", Pairings, [row])) == due_on


@pytest.mark.parametrize(
    ("kind", "helper", "owner"),
    [
        ("教师帮扶", "T03", "李老师"),
        ("党员领导", "T01", "赵主任"),
        ("教师帮扶", "T99", "王老师"),
        ("手拉手", "刘小红", "王老师"),
        ("学习帮手", "S002", "王老师"),
        ("志愿者", "V01", "王老师"),
        ("手拉手", "T03", "王老师"),  # here a pupil's number, though a member of staff has the same
        ("志愿者", "T01", "王老师"),  # here a volunteer's
    ],
)
def test_the_check_of_a_pairing_is_the_helpers_if_staff(kind: str, helper: str, owner: str) -> None:
    rows: list[Row] = [{"kind": kind, "helper": helper, "starts_on": day("09-20"), "check_days": 30}]
    children = [{"name": "张明"}, {"child_id": "T03"}, {"child_id": "S002"}]
    volunteers = [{"volunteer_id": "V01"}, {"volunteer_id": "T01"}]
    (found,) = items("结对检查", Pairings, rows, children=children, volunteers=volunteers)
    assert (found.child, found.name, found.class_name, found.owner) == ("S001", "张明", "三年级1班", owner)


@pytest.mark.parametrize(
    ("row", "due_on"),
    [
        ({"follow_up_by": day("10-20")}, ["10-20"]),
        ({"follow_up_by": day("10-20"), "followed_up_on": day("10-12")}, []),
        ({"needs_follow_up": "是"}, []),  # no 跟进期限
        ({"follow_up_by": day("10-20"), "child_id": "S009"}, []),
    ],
)
def test_a_follow_up(row: Row, due_on: list[str]) -> None:
    assert dues(items("跟进", Contacts, [row])) == due_on


@pytest.mark.parametrize(("recorder", "owner"), [("T03", "李老师"), ("T99", "王老师"), ("", "王老师")])
def test_a_follow_up_is_the_recorders(recorder: str, owner: str) -> None:
    (found,) = items("跟进", Contacts, [{"follow_up_by": day("10-20"), "recorder": recorder, "day": day("10-01")}])
    assert (found.owner, found.last) == (owner, day("10-01"))


@pytest.mark.parametrize(
    ("status", "due_on"), [("进行中", ["10-20"]), ("达成", []), ("未达成", []), ("终止", []), ("", [])]
)
def test_the_stage_of_a_study_plan_still_in_progress(status: str, due_on: list[str]) -> None:
    rows: list[Row] = [{"stage_ends_on": day("10-20"), "status": status}, {"stage_ends_on": None, "status": status}]
    assert dues(items("学习计划", StudyHelp, rows)) == due_on


@pytest.mark.parametrize(("teacher", "owner"), [("T03", "李老师"), ("T99", "王老师")])
def test_a_study_plan_is_the_teachers_in_charge(teacher: str, owner: str) -> None:
    (found,) = items("学习计划", StudyHelp, [{"stage_ends_on": day("10-20"), "teacher": teacher}])
    assert found.owner == owner


def test_a_mandate_is_due_30_days_before_it_expires() -> None:
    found = items("委托书", Guardians, [{"mandate_until": day("12-01")}, {"mandate_until": None}])
    assert (dues(found), found[0].owner) == (["11-01"], "王老师")


@pytest.mark.parametrize(
    ("child", "due_on"),
    [
        ({"risk": "高", "assessed_on": day("09-01")}, "2026-11-30"),
        ({"risk": "中", "assessed_on": day("09-01")}, "2027-02-28"),
        ({"risk": "低", "assessed_on": day("09-01")}, "2027-02-28"),
        ({"risk": "高", "filed_on": day("08-01")}, "2026-10-30"),
        ({"risk": "低", "filed_on": day("08-01")}, "2027-01-28"),
        ({"risk": "", "filed_on": day("08-01")}, "2026-10-30"),  # unreadable: as the shortest
        ({"risk": "高", "case_status": "暂停", "paused_until": day("12-31"), "filed_on": day("08-01")}, "2026-10-30"),
        ({"filed_on": None}, None),
    ],
)
def test_the_risk_is_assessed_again_after_90_days_or_180(child: Row, due_on: str | None) -> None:
    (found,) = items("风险评估", Children, [child])
    assert found.due == (date.fromisoformat(due_on) if due_on else None)
    assert (found.status == "无法计算") == (due_on is None)
    assert (found.owner, found.last) == ("王老师", child.get("assessed_on"))


@pytest.mark.parametrize(
    ("row", "due_on"),
    [
        ({"due_on": day("10-20")}, ["10-20"]),
        ({"due_on": day("10-20"), "done_on": day("10-12")}, []),
        ({"due_on": None}, []),
        ({"due_on": day("10-20"), "campaign": "H002"}, []),  # cancelled
    ],
)
def test_a_step_of_a_campaign(row: Row, due_on: list[str]) -> None:
    campaigns: list[Row] = [{"status": "进行"}, {"status": "取消"}]
    assert dues(items("活动环节", CampaignSteps, [row], campaigns=campaigns)) == due_on


@pytest.mark.parametrize(("leader", "owner"), [("T03", "李老师"), ("", "赵主任"), ("T99", "赵主任")])
def test_a_step_is_its_leaders_and_no_childs(leader: str, owner: str) -> None:
    rows = [{"due_on": day("10-10"), "leader": leader, "step": "主题班会", "class_name": "三年级1班"}]
    (found,) = items("活动环节", CampaignSteps, rows)
    assert (found.child, found.name, found.class_name, found.owner) == (None, "主题班会", "三年级1班", owner)
    assert (found.status, found.days_overdue) == ("逾期", 5)


@pytest.mark.parametrize(
    ("row", "status"),
    [
        ({"day": day("10-15")}, ["今日到期"]),  # at once
        ({"day": day("10-14")}, ["逾期"]),
        ({"day": None}, ["今日到期"]),
        ({"day": day("10-20")}, ["今日到期"]),
        ({"reported_at": day("10-15")}, ["逾期"]),  # 报告部门 is blank
        ({"reported_to": "公安"}, ["逾期"]),
        ({"reported_at": day("10-15"), "reported_to": "公安"}, []),
        ({"must_report": "否"}, []),
        ({"must_report": ""}, []),
    ],
)
def test_what_must_be_reported_is_due_at_once(row: Row, status: list[str]) -> None:
    found = items("强制报告", Contacts, [{"must_report": "是", **row}])
    assert [one.status for one in found] == status
    assert all(one.owner == "赵主任" for one in found)


def test_what_must_be_reported_is_told_of_a_closed_case_and_of_an_unknown_child() -> None:
    rows = [{"must_report": "是", "child_id": child_id} for child_id in ("S001", "S009", "")]
    found = items("强制报告", Contacts, rows, children=[{"case_status": "结案"}])
    assert [one.child for one in found] == ["S001", None, None]
    assert {one.name for one in found} == {"学生1", "编号S009（花名册中没有）", "儿童编号空白"}
    assert {one.owner for one in found} == {"赵主任"}


EVERYTHING: Mapping[type[Table], Sequence[Row]] = {
    Children: [{}, {}, {"case_status": "结案"}],
    Staff: STAFF,
    Pairings: [{"child_id": f"S00{n}", "check_days": 30} for n in (1, 2, 3)],
    StudyHelp: [{"child_id": f"S00{n}"} for n in (1, 2, 3)],
    Guardians: [{"child_id": f"S00{n}", "mandate_until": day("12-01")} for n in (1, 2, 3)],
    Contacts: [{"child_id": f"S00{n}", "follow_up_by": day("10-20"), "must_report": "是"} for n in (1, 2, 3, 9)],
    CampaignSteps: [{"due_on": day("10-20")}],
}
KINDS = {"结对检查", "学习计划", "委托书", "跟进", "风险评估"}


def told(chosen: Sequence[str] | None) -> set[tuple[str | None, str]]:
    found = due_items(school_of(EVERYTHING), TODAY, chosen)
    return {(one.child, one.kind) for one in found if one.kind not in {"谈心", "通话"}}


def test_without_a_choice_all_in_care_and_what_belongs_to_no_child() -> None:
    in_care = {(child, kind) for child in ("S001", "S002") for kind in (*KINDS, "强制报告")}
    assert told(None) == in_care | {("S003", "强制报告"), (None, "强制报告"), (None, "活动环节")}


@pytest.mark.parametrize("child", ["S002", "S003"])
def test_a_choice_takes_those_children_only(child: str) -> None:
    assert told([child]) == {(child, kind) for kind in (*KINDS, "强制报告")}


def test_days_at_the_end_of_time_are_no_fault() -> None:
    children = [{"assessed_on": date.max}]
    assert items("风险评估", Children, children)[0].due == date.max
    pairing = {"starts_on": day("09-20"), "checked_on": date.max, "check_days": 30}
    assert items("结对检查", Pairings, [pairing])[0].due == date.max
