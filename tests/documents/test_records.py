"""谈心/通话/家访记录表: the records of one child and one term, by kind, and lines to write on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.support.schools import Row, children_of, school_of
from xl_liushou.core.finding import Problem
from xl_liushou.core.plan import WriteDocument
from xl_liushou.core.table import Table
from xl_liushou.documents.catalogue import PAPERS
from xl_liushou.documents.options import PaperOptions
from xl_liushou.schema.school import School
from xl_liushou.schema.sheets import Calendar, Children, Contacts, Guardians, Staff

TODAY = date(2026, 10, 21)
GUARDIANS: list[Row] = [
    {"guardian_id": "J1", "name": "张强"},
    {"guardian_id": "J2", "child_id": "S002", "name": "别家人"},
]


def school_with(contacts: Sequence[Row], more: Mapping[type[Table], Sequence[Row]] | None = None) -> School:
    tables: dict[type[Table], Sequence[Row]] = {Children: [{"name": "张明"}], Guardians: GUARDIANS, Calendar: [{}]}
    return school_of({**tables, Contacts: contacts, **(more or {})})


def sheet(school: School, leaders: bool = False) -> dict[str, Any]:
    made = PAPERS["contact-record"].make(school, TODAY, children_of(school)[:1], PaperOptions(leaders=leaders))[0]
    assert isinstance(made, WriteDocument)
    assert (made.audience, made.guarded, made.children) == ("学校", False, ["S001"])
    return dict(made.context)


def told(school: School, kind: str = "谈心", leaders: bool = False) -> list[str]:
    return [one["摘要"] for one in sheet(school, leaders)[kind]["记录"]]


def test_each_kind_stands_in_its_own_table_the_earliest_first() -> None:
    rows: list[Row] = [
        {"day": date(2026, 9, 20), "summary": "谈二"},
        {"day": date(2026, 9, 10), "summary": "谈一"},
        {"kind": "通话", "summary": "通"},
        {"kind": "家访", "summary": "访"},
        {"kind": "心理辅导", "summary": "别的"},
    ]
    school = school_with(rows)
    assert [told(school, kind) for kind in ("谈心", "通话", "家访")] == [["谈一", "谈二"], ["通"], ["访"]]
    assert "别的" not in str(sheet(school))


def test_only_the_current_term_up_to_the_day_is_told() -> None:
    days = (date(2026, 8, 31), date(2026, 9, 1), TODAY, date(2026, 10, 22), None)
    school = school_with([{"day": day, "summary": str(day)} for day in days])
    assert told(school) == ["2026-09-01", "2026-10-21"]
    assert sheet(school)["起止"] == "2026年9月1日至2027年1月20日"


def test_where_the_calendar_does_not_know_the_term_all_records_are_told() -> None:
    school = school_with([{"day": date(2025, 9, 1), "summary": "去年"}], {Calendar: []})
    assert told(school) == ["去年"]
    assert sheet(school)["起止"] == ""


def test_a_record_says_who_with_whom_and_how_it_ended() -> None:
    call: Row = {
        "kind": "通话", "way": "电话", "contact": "J1", "result": "未接通", "recorder": "T01",
        "topics": ("学习", "安全"),
    }  # fmt: skip
    (row,) = sheet(school_with([call], {Staff: [{"name": "王芳"}]}))["通话"]["记录"]
    assert (row["对象"], row["记录人"], row["主题"], row["标记"]) == (
        "张强（父亲）",
        "王芳",
        "学习、安全",
        "【未接通】",
    )


def test_a_guardian_of_another_child_is_not_named() -> None:
    (row,) = sheet(school_with([{"kind": "通话", "contact": "J2"}]))["通话"]["记录"]
    assert row["对象"] == ""


@pytest.mark.parametrize(("count", "blank"), [(0, 5), (1, 4), (5, 0), (40, 0)])
def test_few_records_leave_lines_to_write_on(count: int, blank: int) -> None:
    part = sheet(school_with([{}] * count))["谈心"]
    assert (len(part["记录"]), len(part["空行"]), part["完成"]) == (count, blank, count)


def test_only_completed_ones_are_counted() -> None:
    part = sheet(school_with([{"kind": "通话"}, {"kind": "通话", "result": "空号"}]))["通话"]
    assert (len(part["记录"]), part["完成"]) == (2, 1)


def test_what_is_for_leaders_is_told_and_marked_only_where_they_asked() -> None:
    school = school_with([
        {"summary": "只给领导", "secrecy": "限领导"},
        {"summary": "必须报告", "must_report": "是", "reported_to": "镇派出所"},
        {"summary": "敏感的", "secrecy": "敏感"},
    ])  # fmt: skip
    assert told(school) == ["敏感的"]
    assert "派出所" not in str(sheet(school))
    assert told(school, leaders=True) == ["只给领导", "必须报告", "敏感的"]
    assert [one["标记"] for one in sheet(school, leaders=True)["谈心"]["记录"]] == ["【限领导】", "【限领导】", ""]


def test_records_of_another_child_are_not_told() -> None:
    school = school_with([{"child_id": "S002", "summary": "别人的"}], {Children: [{}, {"child_id": "S002"}]})
    assert told(school) == []


def test_a_record_whose_secrecy_cannot_be_read_is_for_leaders() -> None:
    plain = school_with([{"summary": "密级填错了"}])
    cell = next(plain[Contacts].records()).cell(Contacts.secrecy)
    school = replace(plain, problems=(Problem("C103", "联系记录", "密级", 2, cell, "限领导吧"),))
    assert told(plain) == told(school, leaders=True) == ["密级填错了"]
    assert told(school) == []
