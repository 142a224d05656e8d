"""Random small schools in which calendars, risks, pauses and records meet often."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from tests.followup.oracle import CONTACT_KINDS, RISKS
from tests.support.schools import school_of
from xl_liushou.schema.school import School
from xl_liushou.schema.sheets import Calendar, Children, Contacts, Intervals, Staff

MIDDLE = date(2026, 10, 1)
TODAYS = st.sampled_from([MIDDLE + timedelta(days=days) for days in range(-3, 4)])
SPAN = [MIDDLE + timedelta(days=days) for days in (*range(-12, 9), *range(-30, -12), *range(9, 15))]
DAYS = st.sampled_from(SPAN)
ANY_DAY = st.sampled_from([*SPAN, *[None] * 5])
CLASSES = (("三年级", "1班"), ("三年级", "2班"), ("四年级", "1班"))
CLASS_NAMES = ("三年级1班", "三年级2班", "四年级1班", "")
MARKS = st.sampled_from(("是", "否", "", ""))
STATUSES = ("在管", "在管", "在管", "暂停", "暂停", "结案", "")
RESULTS = ("完成", "完成", "完成", "未接通", "空号", "拒访", "")

Row = dict[str, Any]


@st.composite
def periods(draw: st.DrawFn) -> Row:
    """A row of 校历: any kind, perhaps reversed, perhaps with a day that could not be read."""
    start = draw(ANY_DAY)
    length = draw(st.integers(-3, 14))
    end = (start or MIDDLE) + timedelta(days=length) if length < 14 else None
    kind = draw(st.sampled_from(("学期", "寒暑假", "寒暑假", "法定节假", "传统节日", "停课", "停课", "")))
    return {
        "kind": kind, "starts_on": start, "ends_on": end, "pauses_talks": draw(MARKS), "pauses_calls": draw(MARKS),
    }  # fmt: skip


@st.composite
def interval_rows(draw: st.DrawFn, kinds: Sequence[str]) -> list[Row]:
    """频次表 in any order: of each kind and risk a row, no row, or one whose days could not be read."""
    lead = st.sampled_from((None, 0, 1, 2, 3, 4, 5))
    pairs = draw(st.permutations([(kind, risk) for kind in kinds for risk in RISKS]))
    rows: list[Row] = []
    for kind, risk in pairs:
        days = draw(st.sampled_from((*range(1, 13), 7, 14, 0, -1, -1)))
        if days >= 0:
            rows.append({"kind": kind, "risk": risk, "days": days or None, "lead_days": draw(lead)})
    return rows


@st.composite
def children(draw: st.DrawFn, number: int) -> Row:
    """A child of any risk and case status."""
    grade, class_name = draw(st.sampled_from(CLASSES))
    return {
        "child_id": f"S{number}",
        "grade": grade,
        "class_name": class_name,
        "risk": draw(st.sampled_from((*RISKS, ""))),
        "case_status": draw(st.sampled_from(STATUSES)),
        "paused_until": draw(ANY_DAY),
        "filed_on": draw(ANY_DAY),
        "assessed_on": draw(ANY_DAY),
    }


@st.composite
def contacts(draw: st.DrawFn, kinds: Sequence[str]) -> Row:
    """A record of any result, perhaps of a day to come, perhaps of a child that is not on the roster."""
    return {
        "child_id": draw(st.sampled_from(("S0", "S0", "S1", "S1", "S9"))),
        "kind": draw(st.sampled_from((*kinds, ""))),
        "day": draw(ANY_DAY),
        "result": draw(st.sampled_from(RESULTS)),
    }


@st.composite
def staff(draw: st.DrawFn) -> list[Row]:
    """The head and a few teachers: a class may have none, one or two, on duty or not."""
    teacher = st.fixed_dictionaries({"class_taught": st.sampled_from(CLASS_NAMES), "on_duty": MARKS})
    return [{"class_taught": draw(st.sampled_from(("", "三年级1班")))}, *draw(st.lists(teacher, max_size=4))]


@st.composite
def schools(draw: st.DrawFn) -> School:
    """One or two children, two kinds of contact, up to five periods and ten records."""
    kinds = draw(st.sampled_from([("谈心", other) for other in CONTACT_KINDS[1:]] + [("通话", "家访")] * 3))
    return school_of(
        {
            Children: [draw(children(number)) for number in range(draw(st.integers(1, 2)))],
            Intervals: draw(interval_rows(kinds)),
            Calendar: draw(st.lists(periods(), max_size=5)),
            Contacts: draw(st.lists(contacts(kinds), max_size=10)),
            Staff: draw(staff()),
        },
        settings={"德育负责人": draw(st.sampled_from(("T01", "T01", "T03", "T99", "")))},
    )
