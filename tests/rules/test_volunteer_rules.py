"""Family V on real files: exactly the findings that follow, and nothing for a near miss."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.rules.cases import Case, each
from tests.support.sound_school import school_file
from tests.support.workbooks import TODAY, ExcelError, told


def checked(day: Any) -> dict[tuple[str, int, str], Any]:
    return {("志愿者", 1, "背景核查日"): day}


def gift(**cells: Any) -> dict[tuple[str, int, str], Any]:
    return {("关爱物资", 1, title): value for title, value in cells.items()}


CASES = [
    Case("V701", "never checked", "V701 志愿者!K2 背景核查日", change=checked(None)),
    Case("V701", "a year and a day ago", "V701 志愿者!K2 背景核查日", change=checked(date(2025, 11, 22))),
    Case("V701", "a year ago", change=checked(date(2025, 11, 23))),
    Case("V701", "today", change=checked(TODAY)),
    Case("V701", "when cannot be read", "C102 志愿者!K2 背景核查日", change=checked("去年")),
    Case("V701", "no column for it", drop=[("志愿者", "背景核查日")]),
    Case("V703", "nobody signed", "V703 关爱物资!I2 签收人", change=gift(签收人=None)),
    Case("V703", "given today", change=gift(签收人=None, 日期=TODAY)),
    Case("V703", "given yesterday", "V703 关爱物资!I2 签收人", change=gift(签收人=None, 日期=date(2026, 11, 22))),
    Case("V703", "still to be given", change=gift(签收人=None, 日期=date(2026, 12, 1))),
    Case("V703", "when cannot be read", "C102 关爱物资!H2 日期", change=gift(签收人=None, 日期="国庆")),
    Case("V703", "who signed cannot be read", "S008 关爱物资!I2 签收人", change=gift(签收人=ExcelError("#N/A"))),
]


@each(CASES)
def test_exactly_these_findings_follow(case: Case, tmp_path: Path) -> None:
    assert case.told(tmp_path) == case.finds


@pytest.mark.parametrize(("day", "is_old"), [(date(2027, 2, 27), True), (date(2027, 2, 28), False)])
def test_a_year_may_have_a_leap_day(day: date, is_old: bool, tmp_path: Path) -> None:
    found = told(school_file(tmp_path, change=checked(day)), "志愿者", today=date(2028, 2, 28))
    assert found == (["V701 志愿者!K2 背景核查日"] if is_old else [])


def test_a_check_on_a_leap_day_holds_until_the_end_of_february(tmp_path: Path) -> None:
    path = school_file(tmp_path, change=checked(date(2028, 2, 29)))
    assert [told(path, "志愿者", today=date(2029, 3, day)) for day in (1, 2)] == [[], ["V701 志愿者!K2 背景核查日"]]
