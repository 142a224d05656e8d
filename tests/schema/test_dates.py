"""Dates as staff type them: every form in full is read, nothing is guessed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xl_liushou.core.rawsheet import CellValue
from xl_liushou.schema.dates import age_on, date_of_number, date_of_text, read_date

DAYS = st.dates(date(1950, 1, 1), date(2099, 12, 31))
WIDE = str.maketrans("0123456789.-/", "０１２３４５６７８９．－／")

FORMS: dict[str, Callable[[date], str]] = {
    "2015-03-02": date.isoformat,
    "2015-3-2": lambda day: f"{day.year}-{day.month}-{day.day}",
    "2015.3.2": lambda day: f"{day.year}.{day.month}.{day.day}",
    "2015.03.02": lambda day: f"{day:%Y.%m.%d}",
    "2015/03/02": lambda day: f"{day:%Y/%m/%d}",
    "2015/3/2": lambda day: f"{day.year}/{day.month}/{day.day}",
    "2015年3月2日": lambda day: f"{day.year}年{day.month}月{day.day}日",
    "2015 年 03 月 02 日": lambda day: f"{day.year} 年 {day:%m} 月 {day:%d} 日",
    "2015年3月2号": lambda day: f"{day.year}年{day.month}月{day.day}号",
    "2015年3月2": lambda day: f"{day.year}年{day.month}月{day.day}",
    "20150302": lambda day: f"{day:%Y%m%d}",
    "2015。3。2": lambda day: f"{day.year}。{day.month}。{day.day}",
    "2015—3—2": lambda day: f"{day.year}—{day.month}—{day.day}",
    "２０１５．３．２": lambda day: f"{day.year}.{day.month}.{day.day}".translate(WIDE),
    " 2015. 3. 2 ": lambda day: f" {day.year}. {day.month}. {day.day} ",
    "2015-3-2 00:00:00": lambda day: f"{day.year}-{day.month}-{day.day} 00:00:00",
    "2015-03-02 00:00:00.0": lambda day: f"{day.isoformat()} 00:00:00.0",
    "2015-3-2 0:00": lambda day: f"{day.year}-{day.month}-{day.day} 0:00",
    "2015-03-02T00:00:00": lambda day: f"{day.isoformat()}T00:00:00",
}


@pytest.mark.parametrize("form", FORMS)
@given(day=DAYS)
def test_every_written_form_round_trips(form: str, day: date) -> None:
    assert date_of_text(FORMS[form](day)) == day


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "-", "无", "不详", "2015", "2015年", "2015-3", "2015.3", "2015年3月", "201503", "2015年3月日",
        "15-3-2", "15.3.2", "'15-3-2", "3月2日", "150302", "1503022", "201503021", "2015-3-2-1",
        "2015.13.2", "2015-02-29", "2015-2-30", "2015-00-10", "2015-10-00", "20151302", "20150229", "2015年2月30日",
        "2015.3-2", "2015/3.2", "2015-3-2日", "2015年3月-2日", "02/03/2015", "2/3/2015", "3-2-2015",
        "1949-12-31", "2100-01-01", "0216-03-02", "二〇一五年三月二日", "2015-3-2左右", "约2015-3-2", "2015-3-2 14:30",
        "2015-1 1-2", "2015 1 112", "2015 3 2", "2 0 1 5 0 3 0 2", "2015-3-100:00", "5.22E+17",
    ],
)  # fmt: skip
def test_what_is_no_full_date_is_never_guessed(text: str) -> None:
    assert date_of_text(text) is None


@given(st.text(alphabet="0123456789.-/年月日 :T", max_size=14))
def test_a_text_that_is_read_as_a_date_spells_that_date(text: str) -> None:
    day = date_of_text(text)
    if day is not None:
        numbers = [int(part) for part in "".join(c if c.isdigit() else " " for c in text).split()]
        assert numbers[:3] == [day.year, day.month, day.day] or "".join(text.split())[:8] == f"{day:%Y%m%d}"


@given(st.dates(date(1950, 1, 1), date(2099, 12, 31)))
def test_a_bare_serial_counts_from_the_epoch_of_its_workbook(day: date) -> None:
    assert date_of_number((day - date(1899, 12, 30)).days, date1904=False) == day
    assert date_of_number(float((day - date(1904, 1, 1)).days), date1904=True) == day


@given(DAYS, st.booleans())
def test_eight_digits_as_a_number_are_the_date_they_spell(day: date, date1904: bool) -> None:
    assert date_of_number(float(f"{day:%Y%m%d}"), date1904) == day


@pytest.mark.parametrize(
    "number", [0, 1, 7, 2015, 2015.3, 201503, 18000, 73051, 46275.5, 20151302.0, 20150229, -46275, 1e300]
)
def test_a_number_that_is_no_date_is_never_guessed(number: float) -> None:
    assert date_of_number(number, date1904=False) is None


@pytest.mark.parametrize(
    ("cell", "day", "real"),
    [
        (date(2015, 3, 2), date(2015, 3, 2), True),
        (datetime(2015, 3, 2, 8, 30), date(2015, 3, 2), True),
        ("2015.3.2", date(2015, 3, 2), False),
        (42065.0, date(2015, 3, 2), False),
        (date(1905, 7, 7), None, True),
        (datetime(1905, 7, 7, 7, 12), None, True),
        (True, None, False),
        (time(8, 30), None, False),
        (timedelta(hours=30), None, False),
    ],
)
def test_a_cell_is_read_and_told_whether_it_was_a_real_date(cell: CellValue, day: date | None, real: bool) -> None:
    assert read_date(cell, date1904=False) == (day, real)


@pytest.mark.parametrize(("born", "age"), [(date(2016, 10, 21), 10), (date(2016, 10, 22), 9), (date(2016, 2, 29), 10)])
def test_age_is_counted_in_full_years(born: date, age: int) -> None:
    assert age_on(born, date(2026, 10, 21)) == age
