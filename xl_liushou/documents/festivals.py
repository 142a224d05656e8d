"""The festivals that child-letters are written for, and their days.

The lunar calendar is borax (MIT, pure Python, tables of 1900 to 2100), imported when such a festival is looked up.
It was preferred to lunardate and zhdate (GPL, no solar terms), sxtwl (machine code), LunarCalendar (2018), cnlunar (no
way from a lunar day to ours) and lunar_python (no wheel). sxtwl reckons the same days from 1950 to 2099 but for two,
in 2057 and 2089, when the new moon falls at midnight.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Final

from xl_liushou.core.errors import UsageProblem

NEXT: Final = "next"
_QINGMING: Final = 6
"""The place of 清明 among the solar terms of a year, 小寒 being 0."""
_SUNDAY: Final = 6


@dataclass(frozen=True, slots=True)
class Festival:
    """A festival by its short name and the day it is kept."""

    name: str
    day: date


def asked(name: str, today: date) -> Festival:
    """The festival of this name that comes on or after a day; `next` is the first of all that come."""
    if name == NEXT:
        return min((_coming(one, today) for one in FESTIVALS), key=lambda festival: festival.day)
    known = short_name(name)
    if not known:
        raise UsageProblem(f"没有“{name}”这个节日。可以写：{'、'.join(FESTIVALS)}；{NEXT} 是最近要到的一个。")
    return _coming(known, today)


def short_name(name: str) -> str:
    """端午节 → 端午, 儿童节 → 六一; "" where no festival is called so."""
    candidates = (name, name.removesuffix("节"), _OTHER_NAMES.get(name, ""))
    return next((one for one in candidates if one in FESTIVALS), "")


def _coming(name: str, today: date) -> Festival:
    days = (FESTIVALS[name](year) for year in (today.year, today.year + 1))
    return Festival(name, next(day for day in days if day >= today))


def _lunar(month: int, day: int, year: int) -> date:
    from borax.calendars.lunardate import LunarDate

    found: date = LunarDate(year, month, day).to_solar_date()
    return found


def _solar_term(number: int, year: int) -> date:
    from borax.calendars.lunardate import TermUtils

    found: date = TermUtils.nth_term_day(year, number)
    return found


def _fixed(month: int, day: int, year: int) -> date:
    return date(year, month, day)


def _sunday(month: int, number: int, year: int) -> date:
    """The first, second … Sunday of a month."""
    first = date(year, month, 1)
    return first + timedelta(days=(_SUNDAY - first.weekday()) % 7 + 7 * (number - 1))


FESTIVALS: Final[Mapping[str, Callable[[int], date]]] = {
    "春节": partial(_lunar, 1, 1),
    "元宵": partial(_lunar, 1, 15),
    "清明": partial(_solar_term, _QINGMING),
    "母亲节": partial(_sunday, 5, 2),
    "六一": partial(_fixed, 6, 1),
    "端午": partial(_lunar, 5, 5),
    "父亲节": partial(_sunday, 6, 3),
    "中秋": partial(_lunar, 8, 15),
    "国庆": partial(_fixed, 10, 1),
    "重阳": partial(_lunar, 9, 9),
}
"""The day of each festival in a year."""
_OTHER_NAMES: Final = {"新年": "春节", "过年": "春节", "儿童节": "六一", "六一儿童节": "六一"}
