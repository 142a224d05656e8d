"""The days of festivals, against what the calendars of these years say."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xl_liushou.core.errors import UsageProblem
from xl_liushou.documents.festival_words import WORDS
from xl_liushou.documents.festivals import FESTIVALS, NEXT, asked

PUBLISHED = """
        春节   元宵   清明   母亲节 端午   父亲节 中秋   重阳
2023    01-22  02-05  04-05  05-14  06-22  06-18  09-29  10-23
2024    02-10  02-24  04-04  05-12  06-10  06-16  09-17  10-11
2025    01-29  02-12  04-04  05-11  05-31  06-15  10-06  10-29
2026    02-17  03-03  04-05  05-10  06-19  06-21  09-25  10-18
2027    02-06  02-20  04-05  05-09  06-09  06-20  09-15  10-08
2028    01-26  02-09  04-04  05-14  05-28  06-18  10-03  10-26
2029    02-13  02-27  04-04  05-13  06-16  06-17  09-22  10-16
2030    02-03  02-17  04-05  05-12  06-05  06-16  09-12  10-05
2033    01-31  02-14  04-04  05-08  06-01  06-19  09-08  10-01
"""
"""The holiday calendars of these years. 2023, 2025 and 2028 have a leap month before 中秋, 2033 one after 重阳."""


def published() -> list[tuple[str, date]]:
    head, *lines = PUBLISHED.strip().splitlines()
    rows = [line.split() for line in lines]
    return [
        (name, date.fromisoformat(f"{year}-{day}"))
        for year, *days in rows
        for name, day in zip(head.split(), days, strict=True)
    ]


@pytest.mark.parametrize(("name", "day"), published(), ids=str)
def test_days_are_as_published(name: str, day: date) -> None:
    assert asked(name, day).day == day
    assert asked(name, date(day.year, 1, 1)).day == day


@pytest.mark.parametrize(
    ("today", "name", "day"),
    [
        (date(2026, 11, 23), "春节", date(2027, 2, 6)),
        (date(2027, 2, 6), "春节", date(2027, 2, 6)),
        (date(2027, 2, 7), "元宵", date(2027, 2, 20)),
        (date(2026, 5, 11), "六一", date(2026, 6, 1)),
        (date(2026, 6, 20), "父亲节", date(2026, 6, 21)),
        (date(2026, 9, 26), "国庆", date(2026, 10, 1)),
        (date(2025, 10, 1), "国庆", date(2025, 10, 1)),
        (date(2025, 10, 2), "中秋", date(2025, 10, 6)),
        (date(2020, 10, 1), "中秋", date(2020, 10, 1)),
        (date(2099, 12, 31), "春节", date(2100, 2, 9)),
    ],
)
def test_the_next_one_is_the_first_on_or_after_the_day(today: date, name: str, day: date) -> None:
    found = asked(NEXT, today)
    assert (found.name, found.day) == (name, day)


def test_a_festival_that_is_over_is_the_next_years() -> None:
    assert asked("中秋", date(2026, 9, 26)).day == date(2027, 9, 15)


@given(st.dates(date(1950, 1, 1), date(2099, 12, 31)))
def test_on_any_day_every_festival_is_less_than_thirteen_moons_away(today: date) -> None:
    for name in FESTIVALS:
        assert 0 <= (asked(name, today).day - today).days <= 384


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("中秋节", "中秋"),
        ("元宵节", "元宵"),
        ("六一儿童节", "六一"),
        ("儿童节", "六一"),
        ("母亲节", "母亲节"),
        ("过年", "春节"),
    ],
)
def test_other_names_are_understood(name: str, short: str) -> None:
    assert asked(name, date(2026, 1, 1)).name == short


@pytest.mark.parametrize("name", ["冬至", "Next", "节", "母亲"])
def test_an_unknown_name_is_told_with_all_that_are_known(name: str) -> None:
    with pytest.raises(UsageProblem) as caught:
        asked(name, date(2026, 1, 1))
    assert all(one in caught.value.message for one in (*FESTIVALS, NEXT))


def test_every_festival_has_its_words() -> None:
    assert WORDS.keys() == FESTIVALS.keys()
