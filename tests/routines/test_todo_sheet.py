"""待办: who finds what in the list, in which order, and what no list says."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.support.schools import school_of
from xl_liushou.core.edits import AddSheet, Link, ReplaceRows, Value
from xl_liushou.core.table import Table
from xl_liushou.routines import overdue, todo_sheet
from xl_liushou.routines.inputs import Choice, Inputs
from xl_liushou.schema.lists import CLOSED
from xl_liushou.schema.results import Todo
from xl_liushou.schema.school import School
from xl_liushou.schema.sheets import CampaignSteps, Children, Contacts, Intervals, Staff

TODAY = date(2026, 11, 23)
INTERVALS = [
    {"kind": kind, "risk": risk, "days": days, "lead_days": 2}
    for kind, days in (("谈心", 7), ("通话", 14))
    for risk in CLOSED["风险等级"]
]
STAFF = [
    {"staff_id": "T01", "name": "周正"},
    {"staff_id": "T02", "name": "王芳", "class_taught": "三年级1班"},
    {"staff_id": "T03", "name": "李丽", "class_taught": "四年级1班"},
]
CHILDREN = [
    {"child_id": "S001", "name": "张明", "grade": "三年级", "class_name": "1班", "assessed_on": date(2026, 9, 1)},
    {"child_id": "S002", "name": "陈静", "grade": "四年级", "class_name": "1班", "assessed_on": date(2026, 9, 1)},
]
REPORT = {"must_report": "是", "summary": "身上有伤", "issue": "疑似被打", "kind": "家访"}


def talk(child: str, day: date, **more: Any) -> dict[str, Any]:
    return {"child_id": child, "kind": "谈心", "day": day, "result": "完成", **more}


def call(child: str, day: date) -> dict[str, Any]:
    return talk(child, day, kind="通话")


ON_TIME = [
    talk("S001", TODAY), call("S001", TODAY), talk("S002", TODAY), call("S002", TODAY),
]  # fmt: skip
LATE = [
    talk("S001", date(2026, 11, 16)), call("S001", date(2026, 11, 2)),
    talk("S002", date(2026, 11, 1)), call("S002", TODAY),
]  # fmt: skip


def school(contacts: list[dict[str, Any]], **more: Any) -> School:
    tables: dict[type[Table], Any] = {Children: CHILDREN, Staff: STAFF, Contacts: contacts, Intervals: INTERVALS}
    return school_of({**tables, **more.pop("tables", {})}, **more)


def rows(made: School, **choice: Any) -> list[dict[str, Value]]:
    added, replaced = overdue.plan(Inputs(made, TODAY, Choice(**choice), into_book=True)).edits
    assert isinstance(added, AddSheet)
    assert isinstance(replaced, ReplaceRows)
    assert added.sheet == replaced.sheet == "待办"
    return [dict(zip((one.title for one in Todo.columns), row, strict=True)) for row in replaced.rows]


def short(row: dict[str, Value]) -> str:
    name = row["姓名"].value if isinstance(row["姓名"], Link) else row["姓名"]
    return " ".join(str(part) for part in (row["责任人"], row["状态"], row["事项"], name) if part)


def test_nothing_is_written_unless_asked_for() -> None:
    assert overdue.plan(Inputs(school(LATE), TODAY)).edits == ()


def test_the_items_of_one_person_stand_together_the_most_urgent_first() -> None:
    assert [short(row) for row in rows(school(LATE))] == [
        "李丽 逾期 谈心 陈静",
        "王芳 逾期 通话 张明",
        "王芳 今日到期 谈心 张明",
        "合计",
    ]


def test_a_row_says_who_what_and_since_when_and_leads_to_the_child() -> None:
    assert rows(school(LATE))[0] == {
        "责任人": "李丽",
        "状态": "逾期",
        "事项": "谈心",
        "班级": "四年级1班",
        "姓名": Link("陈静", "'花名册'!B3"),
        "儿童编号": "S002",
        "应于": date(2026, 11, 8),
        "逾期天数": 15,
        "上次": date(2026, 11, 1),
        "升级": "领导小组",
        "说明": "",
    }


def test_what_the_class_teacher_alone_must_know_is_no_escalation() -> None:
    (row,) = [row for row in rows(school(LATE)) if short(row) == "王芳 逾期 通话 张明"]
    assert (row["逾期天数"], row["升级"]) == (7, None)


def test_a_child_never_talked_to_is_marked() -> None:
    (row,) = [row for row in rows(school(LATE[1:])) if short(row) == "王芳 逾期 谈心 张明"]
    assert (row["上次"], row["说明"]) == (None, "从未联系")


def test_what_is_not_due_is_left_out_and_all_being_well_is_said() -> None:
    (row,) = rows(school(ON_TIME))
    assert (row["状态"], row["说明"]) == ("合计", "截至2026年11月23日：目前没有逾期或临近到期的事项。")


def test_a_must_report_stands_first_for_those_who_must_know_and_for_no_other() -> None:
    found = rows(school([*LATE, talk("S002", TODAY, **REPORT)]))
    assert [short(row) for row in found[:4]] == [
        "周正 立即报告 强制报告 陈静",
        "领导小组 立即报告 强制报告 陈静",
        "李丽 立即报告 强制报告 陈静",
        "李丽 逾期 谈心 陈静",
    ]
    assert not [row for row in found if row["责任人"] == "王芳" and row["事项"] == "强制报告"]


def test_a_must_report_tells_the_name_and_what_to_do_and_no_details() -> None:
    report = rows(school([*ON_TIME, talk("S001", date(2026, 11, 3), **REPORT)]))[0]
    told = {title: value for title, value in report.items() if value is not None}
    assert told == {
        "责任人": "周正",
        "状态": "立即报告",
        "事项": "强制报告",
        "班级": "三年级1班",
        "姓名": Link("张明", "'花名册'!B2"),
        "说明": "请立即向公安机关和主管部门报告",
    }


def test_two_reports_of_one_child_are_one_line_a_reader() -> None:
    twice = [talk("S001", date(2026, 11, day), **REPORT) for day in (3, 4)]
    assert len([row for row in rows(school([*ON_TIME, *twice])) if row["事项"] == "强制报告"]) == 3


def test_two_children_of_one_name_are_two_lines() -> None:
    namesakes = [CHILDREN[0], {**CHILDREN[1], "name": "张明", "grade": "三年级"}]
    contacts = [*ON_TIME, talk("S001", TODAY, **REPORT), talk("S002", TODAY, **REPORT)]
    found = [row for row in rows(school(contacts, tables={Children: namesakes})) if row["责任人"] == "周正"]
    assert [row["姓名"] for row in found] == [Link("张明", "'花名册'!B2"), Link("张明", "'花名册'!B3")]


def test_a_head_who_teaches_the_class_reads_it_once_and_without_a_head_the_office_does() -> None:
    contacts = [*ON_TIME, talk("S001", TODAY, **REPORT)]
    teaching = rows(school(contacts, settings={"德育负责人": "T02"}))
    assert [row["责任人"] for row in teaching if row["事项"] == "强制报告"] == ["王芳", "领导小组"]
    nobody = rows(school(contacts, settings={"德育负责人": ""}))
    assert [row["责任人"] for row in nobody if row["事项"] == "强制报告"] == ["德育负责人", "领导小组", "王芳"]


def test_two_teachers_of_one_name_have_lists_of_their_own() -> None:
    namesakes = [*STAFF[:2], {**STAFF[2], "name": "王芳"}]
    owners = [row["责任人"] for row in rows(school(LATE, tables={Staff: namesakes}))]
    assert owners == ["王芳（T03）", "王芳（T02）", "王芳（T02）", None]


def test_a_child_whose_number_is_unclear_has_no_link() -> None:
    twins = [{**CHILDREN[0]}, {**CHILDREN[1], "child_id": "S001"}]
    found = rows(school(ON_TIME, tables={Children: twins}))
    assert {row["姓名"] for row in found if row["状态"] == "无法计算"} == {"张明", "陈静"}


def test_a_step_of_a_campaign_is_told_by_its_name() -> None:
    steps = [{"step": "主题班会", "leader": "T02", "due_on": date(2026, 11, 20)}]
    (row, _) = rows(school(ON_TIME, tables={CampaignSteps: steps}))
    assert short(row) == "王芳 逾期 活动环节 主题班会"
    assert row["儿童编号"] is None


def test_a_choice_of_children_is_said_on_the_sheet() -> None:
    found = rows(school([*LATE, talk("S001", TODAY, **REPORT)]), classes=["三年级1班"], risks=["中"])
    assert [row["状态"] for row in found] == ["立即报告"] * 3 + ["范围", "逾期", "今日到期", "合计"]
    assert str(found[3]["说明"]).startswith("只列出：三年级1班，风险等级中。")


def test_too_many_items_are_cut_and_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(todo_sheet, "MOST_ROWS", 2)
    found = rows(school(LATE))
    assert [row["状态"] for row in found] == ["范围", "逾期", "逾期", "合计"]
    assert "最急的 2 件，还有 1 件" in str(found[0]["说明"])
    assert str(found[-1]["说明"]).endswith("：逾期 2，今日到期 1。")
