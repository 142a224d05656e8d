"""Counting days, against walking the calendar one day at a time."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.schools import school_of
from xl_liushou.followup.pauses import Pauses, days_after, pauses_of
from xl_liushou.schema.sheets import Calendar

FIRST = date(2026, 9, 1)
DAYS = st.integers(0, 60).map(lambda days: FIRST + timedelta(days=days))
RANGES = st.lists(st.tuples(DAYS, DAYS), max_size=6)
Range = tuple[date, date]


def counts(ranges: list[Range], day: date) -> bool:
    return not any(first <= day <= last for first, last in ranges)


def days_between(after: date, through: date) -> list[date]:
    return [after + timedelta(days=number) for number in range(1, (through - after).days + 1)]


@settings(deadline=None, database=None)
@given(RANGES, DAYS, DAYS)
def test_counting_days_are_those_in_no_range(ranges: list[Range], after: date, through: date) -> None:
    naive = sum(counts(ranges, day) for day in days_between(after, through))
    assert Pauses(ranges).counting_days(after, through) == naive


@settings(deadline=None, database=None)
@given(RANGES, DAYS, st.integers(1, 30))
def test_the_nth_counting_day_is_found_by_walking(ranges: list[Range], after: date, count: int) -> None:
    walked = [day for day in days_between(after, FIRST + timedelta(days=200)) if counts(ranges, day)]
    assert Pauses(ranges).nth_counting_day(after, count) == walked[count - 1]


@settings(deadline=None, database=None)
@given(RANGES, DAYS, st.integers(1, 30))
def test_counting_up_to_the_nth_day_gives_n(ranges: list[Range], after: date, count: int) -> None:
    pauses = Pauses(ranges)
    found = pauses.nth_counting_day(after, count)
    assert counts(ranges, found)
    assert pauses.counting_days(after, found) == count
    assert pauses.counting_days(after, found - timedelta(days=1)) == count - 1


@settings(deadline=None, database=None)
@given(RANGES, DAYS, DAYS, DAYS)
def test_counting_adds_up_over_a_day_between(ranges: list[Range], one: date, two: date, three: date) -> None:
    first, middle, last = sorted((one, two, three))
    pauses = Pauses(ranges)
    assert pauses.counting_days(first, middle) + pauses.counting_days(middle, last) == pauses.counting_days(first, last)


@pytest.mark.parametrize(
    ("after", "count", "due"),
    [
        # 10月1日–7日 do not count
        ("2026-09-29", 1, "2026-09-30"),
        ("2026-09-29", 2, "2026-10-08"),
        ("2026-09-30", 1, "2026-10-08"),
        ("2026-10-01", 1, "2026-10-08"),
        ("2026-10-07", 1, "2026-10-08"),
        ("2026-10-08", 1, "2026-10-09"),
    ],
)
def test_a_day_inside_the_pause_does_not_count(after: str, count: int, due: str) -> None:
    pauses = Pauses([(date(2026, 10, 1), date(2026, 10, 7))])
    assert pauses.nth_counting_day(date.fromisoformat(after), count) == date.fromisoformat(due)


@pytest.mark.parametrize(
    ("period", "talks", "calls", "pauses_talks", "pauses_calls"),
    [
        ("寒暑假", "", "", True, False),
        ("停课", "", "", True, False),
        ("法定节假", "", "", False, False),
        ("传统节日", "", "", False, False),
        ("学期", "", "", False, False),
        ("", "", "", False, False),
        ("寒暑假", "否", "是", False, True),
        ("停课", "否", "", False, False),
        ("法定节假", "是", "", True, False),
        ("学期", "是", "是", True, True),
        ("传统节日", "", "是", False, True),
    ],
)
def test_what_pauses_what(period: str, talks: str, calls: str, pauses_talks: bool, pauses_calls: bool) -> None:
    day = date(2026, 10, 1)
    row = {"kind": period, "starts_on": day, "ends_on": day, "pauses_talks": talks, "pauses_calls": calls}
    calendar = school_of({Calendar: [row]})[Calendar]
    yesterday = day - timedelta(days=1)
    paused = {kind: pauses_of(calendar, kind).counting_days(yesterday, day) == 0 for kind in ("谈心", "通话", "家访")}
    assert paused == {"谈心": pauses_talks, "通话": pauses_calls, "家访": pauses_talks}


def test_one_period_that_pauses_is_enough() -> None:
    day = date(2026, 10, 1)
    same = {"starts_on": day, "ends_on": day}
    rows = [{"kind": "法定节假", "pauses_talks": "是", **same}, {"kind": "寒暑假", "pauses_talks": "否", **same}]
    assert pauses_of(school_of({Calendar: rows})[Calendar], "谈心").nth_counting_day(date(2026, 9, 30), 1) > day


def test_periods_without_both_days_or_with_the_end_first_pause_nothing() -> None:
    day, later = date(2026, 10, 1), date(2026, 10, 9)
    days = [(None, later), (day, None), (later, day)]
    rows = [{"kind": "寒暑假", "starts_on": first, "ends_on": last} for first, last in days]
    assert pauses_of(school_of({Calendar: rows})[Calendar], "谈心").counting_days(day, later) == 8


def test_a_pause_without_an_end_in_sight_ends_the_calendar() -> None:
    pauses = Pauses([(date(2026, 10, 1), date.max)])
    assert pauses.nth_counting_day(date(2026, 9, 30), 7) == date.max
    assert days_after(date.max, 3) == date.max
