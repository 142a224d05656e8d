"""Section 4, contacts, sentence by sentence. As-of is Thursday 15 October 2026 unless a case says otherwise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pytest

from tests.support.schools import school_of
from xl_liushou.core.table import Table
from xl_liushou.followup.contacts import missing_rows
from xl_liushou.followup.due import due_items
from xl_liushou.followup.item import Item
from xl_liushou.schema.sheets import Calendar, Children, Contacts, Intervals, Staff

TODAY = "2026-10-15"
Row = Mapping[str, Any]


def day(text: str | None) -> date | None:
    return date.fromisoformat(f"2026-{text}") if text else None


def talks(*days: str, kind: str = "谈心", result: str = "完成") -> list[Row]:
    return [{"kind": kind, "day": day(one), "result": result} for one in days]


def every(days: int | None, kind: str = "谈心", risk: str = "中", lead: int | None = None) -> Row:
    return {"kind": kind, "risk": risk, "days": days, "lead_days": lead}


def pause(first: str, last: str, kind: str = "寒暑假") -> Row:
    return {"name": "假", "kind": kind, "starts_on": day(first), "ends_on": day(last)}


def item(
    child: Row, records: Sequence[Row] = (), table: Sequence[Row] = (), calendar: Sequence[Row] = (),
    today: str = TODAY, kind: str = "谈心", staff: Sequence[Row] = (),
) -> Item:  # fmt: skip
    """The item of one kind for one child; days in `child` are given as MM-DD."""
    dated = {name: day(value) if name.endswith(("_on", "_until")) else value for name, value in child.items()}
    sheets: dict[type[Table], Sequence[Row]] = {
        Children: [dated], Contacts: records, Intervals: table, Calendar: calendar, Staff: staff,
    }  # fmt: skip
    found = due_items(school_of(sheets), date.fromisoformat(today))
    return next(one for one in found if one.kind == kind)


def due(found: Item) -> str | None:
    return found.due.strftime("%m-%d") if found.due else None


@pytest.mark.parametrize(
    ("records", "last", "due_on"),
    [
        (talks("10-02", "10-09", "10-05"), "10-09", "10-16"),  # the latest, in whatever order
        (talks("10-15"), "10-15", "10-22"),  # the as-of date itself counts
        (talks("10-09", "10-16"), "10-09", "10-16"),  # what is to come does not
        (talks("10-09") + talks("10-12", result="未接通"), "10-09", "10-16"),
        (talks("10-09") + talks("10-12", result="拒访"), "10-09", "10-16"),
        (talks("10-09") + talks("10-12", result="空号"), "10-09", "10-16"),
        (talks("10-09") + talks("10-12", kind="通话"), "10-09", "10-16"),
        ([*talks("10-09"), {"kind": "谈心", "day": None}], "10-09", "10-16"),
        ([], None, "10-10"),  # 建档日期
        (talks("10-12", result="未接通"), None, "10-10"),
    ],
)
def test_the_clock_starts_at_the_latest_completed_record_or_the_filing(
    records: list[Row], last: str | None, due_on: str
) -> None:
    found = item({"filed_on": "10-03"}, records, [every(7)])
    assert (found.last, due(found), found.never) == (day(last), due_on, last is None)


def test_a_completed_record_of_another_child_starts_nothing() -> None:
    assert item({"filed_on": "10-03"}, [{"child_id": "S002", "kind": "谈心", "day": day("10-14")}], [every(7)]).never


def test_without_any_day_to_start_from_nothing_can_be_calculated() -> None:
    found = item({"filed_on": None}, talks("10-20"), [every(7)])
    assert (found.status, found.due, found.days_overdue, found.escalation) == ("无法计算", None, 0, None)


@pytest.mark.parametrize(
    ("table", "risk", "due_on"),
    [
        ([every(3, risk="高"), every(7), every(10, risk="低")], "高", "10-04"),
        ([every(3, risk="高"), every(7), every(10, risk="低")], "低", "10-11"),
        ([every(3, risk="高"), every(7), every(10, risk="低")], "", "10-04"),  # unreadable: the shortest
        ([every(5), every(9, risk="低")], "", "10-06"),
        ([every(3, risk="高")], "中", "10-08"),  # its row is missing: 7
        ([every(None)], "中", "10-08"),  # 间隔天数 cannot be read
        ([], "", "10-08"),
    ],
)
def test_the_interval_is_that_of_the_risk(table: list[Row], risk: str, due_on: str) -> None:
    assert due(item({"filed_on": "10-01", "risk": risk}, (), table)) == due_on


def test_calls_fall_back_to_14_days_and_other_kinds_to_nothing() -> None:
    assert due(item({"filed_on": "10-01"}, kind="通话")) == "10-15"
    school = school_of({Children: [{}], Intervals: [every(30, "家访", risk="高")]})
    kinds = {one.kind for one in due_items(school, date.fromisoformat(TODAY))}
    assert kinds == {"谈心", "通话", "风险评估"}


def test_the_missing_rows_of_talks_and_calls_are_named() -> None:
    table = [every(7), every(None, risk="高"), every(14, "通话"), every(14, "通话", "高"), every(30, "家访")]
    assert missing_rows(school_of({Intervals: table})) == [("谈心", "高", 7), ("谈心", "低", 7), ("通话", "低", 14)]


@pytest.mark.parametrize(
    ("calendar", "due_on"),
    [
        ([], "10-08"),
        ([pause("10-01", "10-07")], "10-14"),  # 2–7 October do not count
        ([pause("10-02", "10-07")], "10-14"),
        ([pause("10-08", "10-08")], "10-09"),  # the due day itself
        ([pause("10-09", "10-12")], "10-08"),  # after it
        ([pause("10-02", "10-05"), pause("10-04", "10-06", "停课")], "10-13"),  # overlapping: once
        ([pause("10-05", "10-06"), pause("10-02", "10-04")], "10-13"),  # adjacent, unordered
        ([pause("10-02", "10-07", "法定节假")], "10-08"),  # pauses nothing unless 暂停谈心 says so
        ([{**pause("10-02", "10-07"), "pauses_talks": "否"}], "10-08"),
        ([{**pause("10-02", "10-07", "法定节假"), "pauses_talks": "是"}], "10-14"),
    ],
)
def test_paused_days_do_not_count(calendar: list[Row], due_on: str) -> None:
    assert due(item({"filed_on": "10-01"}, (), [every(7)], calendar)) == due_on


def test_weekends_count() -> None:
    assert due(item({"filed_on": "10-09"}, (), [every(3)])) == "10-12"  # Friday to Monday


@pytest.mark.parametrize(
    ("assessed", "due_on"),
    [
        (None, "10-04"),
        ("09-30", "10-04"),  # before the start
        ("10-01", "10-04"),  # on it: not after
        ("10-02", "10-05"),  # 3 days from the assessment
        ("10-06", "10-09"),
        ("10-07", "10-10"),  # as early as 9 days from the start, the longest interval of the kind
        ("10-12", "10-10"),
    ],
)
def test_a_risk_set_anew_counts_from_its_day_but_never_beyond_the_longest_interval(
    assessed: str | None, due_on: str
) -> None:
    table = [every(3, risk="高"), every(9, risk="低"), every(30, "家访", risk="低")]
    assert due(item({"filed_on": "10-01", "risk": "高", "assessed_on": assessed}, (), table)) == due_on


def test_an_assessment_on_the_day_of_the_start_changes_nothing() -> None:
    child = {"filed_on": "10-01", "assessed_on": "10-01", "risk": "中"}
    assert due(item(child, (), [every(3, risk="高")])) == "10-08"


@pytest.mark.parametrize(
    ("until", "status", "due_on", "late"),
    [
        ("10-16", "暂停", None, 0),
        ("10-15", "暂停", None, 0),  # up to and including the day
        ("10-14", "今日到期", "10-15", 0),  # the first day after it
        ("10-12", "逾期", "10-13", 2),
        ("10-02", "逾期", "10-08", 7),  # the interval ends later than the pause
        (None, "逾期", "10-08", 7),  # counts as 在管
    ],
)
def test_a_paused_case(until: str | None, status: str, due_on: str | None, late: int) -> None:
    found = item({"filed_on": "10-01", "case_status": "暂停", "paused_until": until}, (), [every(7)])
    assert (found.status, due(found), found.days_overdue) == (status, due_on, late)
    assert found.escalation == ("班主任" if late else None)


def test_a_paused_case_comes_back_on_the_first_counting_day() -> None:
    child = {"filed_on": "09-01", "case_status": "暂停", "paused_until": "10-10"}
    assert due(item(child, (), [every(7)], [pause("10-11", "10-13")])) == "10-14"


def test_a_day_to_pause_until_means_nothing_in_care() -> None:
    found = item({"filed_on": "10-01", "case_status": "在管", "paused_until": "10-30"}, (), [every(7)])
    assert due(found) == "10-08"


@pytest.mark.parametrize(
    ("today", "status", "late"),
    [
        ("2026-10-05", "未到期", 0),  # due on 8 October, told 2 days ahead
        ("2026-10-06", "临期", 0),
        ("2026-10-07", "临期", 0),
        ("2026-10-08", "今日到期", 0),
        ("2026-10-09", "逾期", 1),
        ("2026-10-10", "逾期", 2),
    ],
)
def test_the_status(today: str, status: str, late: int) -> None:
    found = item({"filed_on": "10-01"}, (), [every(7)], today=today)
    assert (found.status, found.days_overdue) == (status, late)


@pytest.mark.parametrize(("lead", "status"), [(0, "未到期"), (2, "未到期"), (3, "临期"), (None, "未到期")])
def test_the_days_of_warning_are_those_of_the_row(lead: int | None, status: str) -> None:
    assert item({"filed_on": "10-11"}, (), [every(7, lead=lead)]).status == status


def test_the_warning_looks_ahead_by_calendar_days() -> None:
    found = item({"filed_on": "10-15"}, (), [every(1)], [pause("10-16", "10-18")])
    assert (due(found), found.status) == ("10-19", "未到期")


def test_a_pause_after_the_due_day_makes_nothing_overdue() -> None:
    found = item({"filed_on": "10-01"}, (), [every(7)], [pause("10-09", "10-20")])
    assert (found.status, due(found), found.days_overdue) == ("今日到期", "10-08", 0)


@pytest.mark.parametrize(
    ("late", "escalation"),
    [(1, "班主任"), (3, "班主任"), (4, "德育负责人"), (6, "德育负责人"), (7, "领导小组"), (8, "领导小组")],
)
def test_who_must_know(late: int, escalation: str) -> None:
    found = item({"filed_on": "10-01"}, (), [every(3)], today=f"2026-10-{4 + late:02}")
    assert (found.days_overdue, found.escalation) == (late, escalation)


OWN = {"name": "王老师", "class_taught": "三年级1班"}
OTHER = {"name": "李老师", "class_taught": "三年级2班"}
HEAD = {"staff_id": "T01", "name": "赵主任"}


@pytest.mark.parametrize(
    ("staff", "owner"),
    [
        ([HEAD, OWN, OTHER], "王老师"),
        ([HEAD, {**OWN, "on_duty": ""}], "王老师"),
        ([HEAD, OTHER], "赵主任"),  # none
        ([HEAD, OWN, {**OTHER, "class_taught": "三年级1班"}], "赵主任"),  # two
        ([HEAD, OWN, {**OTHER, "class_taught": "三年级1班", "on_duty": "否"}], "王老师"),
        ([HEAD, {**OWN, "on_duty": "否"}], "赵主任"),
        ([{**HEAD, "staff_id": "T09"}], None),
    ],
)
def test_the_owner_is_the_class_teacher_on_duty_or_the_head(staff: list[Row], owner: str | None) -> None:
    assert item({}, staff=staff).owner == owner


def test_a_class_is_grade_and_class() -> None:
    found = item({"grade": "四年级", "class_name": "1班"}, staff=[HEAD, OWN])
    assert (found.class_name, found.owner) == ("四年级1班", "赵主任")


@pytest.mark.parametrize(
    ("records", "note"),
    [
        (talks("10-10", "10-11", result="未接通"), ""),
        (talks("10-10", "10-11", "10-12", result="未接通"), "连续3次未接通"),
        (talks("10-10", "10-11", "10-12", "10-13", result="未接通"), "连续4次未接通"),
        (talks("10-10", "10-11", "10-16", result="未接通"), ""),  # one of them is to come
        (talks("10-10", "10-12", "10-13", result="未接通") + talks("10-11"), ""),  # 完成 in between
        (talks("10-10", "10-12", "10-13", result="未接通") + talks("10-11", result="拒访"), ""),  # not in a row
        (talks("10-10", "10-12", "10-13", result="未接通") + talks("10-09"), "连续3次未接通"),
        (talks("10-13", "10-10", "10-12", result="未接通") + talks("10-14", kind="通话"), "连续3次未接通"),
        (talks("10-10", result="空号"), "空号"),
        (talks("10-10", result="空号") + talks("10-11"), ""),  # since got through
        (talks("10-10", result="空号") + talks("10-10"), ""),  # the same day
        (talks("10-10", result="空号") + talks("10-11", result="未接通"), "空号"),  # still to be corrected
        (talks("10-12", result="空号") + talks("10-10", result="未接通"), "空号"),  # rows in any order
        (talks("10-11", result="空号") + talks("10-10"), "空号"),
        (talks("10-10", "10-11", "10-12", result="未接通") + talks("10-13", result="空号"), "空号"),
        (talks("10-16", result="空号"), ""),
    ],
)
def test_what_to_do_when_nobody_answers(records: list[Row], note: str) -> None:
    found = item({"filed_on": "10-01"}, records, [every(7)])
    assert note in found.note
    assert bool(note) == bool(found.note)


def test_cases_that_are_closed_are_left_out_unless_named() -> None:
    school = school_of({Children: [{"case_status": status} for status in ("在管", "暂停", "结案", "")]})
    today = date.fromisoformat(TODAY)
    assert {one.child for one in due_items(school, today)} == {"S001", "S002", "S004"}
    assert {one.child for one in due_items(school, today, ["S003"])} == {"S003"}


def test_a_real_date_at_the_end_of_time_is_no_fault() -> None:
    never_ending = {"kind": "寒暑假", "starts_on": day("10-01"), "ends_on": date.max}
    found = item({"filed_on": "10-01"}, (), [every(7)], [never_ending])
    assert (found.due, found.status) == (date.max, "未到期")
