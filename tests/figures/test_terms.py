"""Terms and their months."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.schools import TERM, Row, school_of
from xl_liushou.figures.terms import Days, Term, current_term, months_of, term_before
from xl_liushou.schema.sheets import Calendar

AUTUMN = Term(TERM, date(2026, 9, 1), date(2027, 1, 20))
SPRING: Row = {"name": "2026年春季学期", "starts_on": date(2026, 2, 23), "ends_on": date(2026, 7, 10)}


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(-5, 360))
def test_months_cover_every_day_once(first: date, length: int) -> None:
    days = Days(first, first + timedelta(days=length))
    found = [
        month.first + timedelta(days=step)
        for month in months_of(days)
        for step in range((month.last - month.first).days + 1)
    ]
    expected = [first + timedelta(days=step) for step in range(length + 1)]
    assert found[-300:] == expected[-300:]
    assert all(
        (month.first.year, month.first.month) == (month.last.year, month.last.month) for month in months_of(days)
    )


@pytest.mark.parametrize(
    ("today", "months"),
    [
        (date(2026, 8, 31), []),
        (date(2026, 9, 1), [(9, 1)]),
        (date(2026, 11, 24), [(9, 30), (10, 31), (11, 24)]),
        (date(2027, 6, 1), [(9, 30), (10, 31), (11, 30), (12, 31), (1, 20)]),
    ],
)
def test_a_term_is_told_up_to_the_day(today: date, months: list[tuple[int, int]]) -> None:
    assert [(month.last.month, month.last.day) for month in AUTUMN.months(today)] == months


def test_of_a_term_without_an_end_the_last_twelve_months_are_told() -> None:
    months = Term("", date(1900, 1, 1), None).months(date(2026, 11, 24))
    assert len(months) == 12
    assert months[0].first == date(2025, 12, 1)


def test_the_current_term_is_the_one_in_the_settings() -> None:
    rows: list[Row] = [SPRING, {"kind": "寒暑假"}, {"starts_on": None}, {}]
    assert current_term(school_of({Calendar: rows})) == AUTUMN
    assert current_term(school_of({Calendar: rows}, {"学期": ""})) is None
    assert current_term(school_of({Calendar: [SPRING]})) is None


def test_the_term_before_is_the_last_that_began_earlier() -> None:
    older = {"name": "2025年秋季学期", "starts_on": date(2025, 9, 1), "ends_on": date(2026, 1, 20)}
    later = {"name": "2027年春季学期", "starts_on": date(2027, 2, 23)}
    found = term_before(school_of({Calendar: [later, older, SPRING, {}]}), AUTUMN)
    assert found
    assert found.name == "2026年春季学期"
    assert term_before(school_of({Calendar: [later, {}]}), AUTUMN) is None
