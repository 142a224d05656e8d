"""Dates as staff type them. A year of two digits or a missing day is not a date: the program never guesses."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import Final

from xl_liushou.core.rawsheet import CellValue
from xl_liushou.schema.text import folded

_FORMS = (
    re.compile(r"(?P<y>\d{4})(?P<s>[.\-/])(?P<m>\d{1,2})(?P=s)(?P<d>\d{1,2})"),
    re.compile(r"(?P<y>\d{4})年(?P<m>\d{1,2})月(?P<d>\d{1,2})[日号]?"),
    re.compile(r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})"),
)
_MIDNIGHT = re.compile(r"(?:\s+|T)0{1,2}:00(?::00(?:\.0+)?)?$")
_SPLIT = re.compile(r"\d\s+\d")
_GROUPS = re.compile(r"\d{4}\s+\d{2}\s+\d{2}")
_DASHES = re.compile("[\u2010-\u2015\u2212]")
_EARLIEST: Final = date(1950, 1, 1)
_LATEST: Final = date(2099, 12, 31)
_EPOCH_1900 = date(1899, 12, 30)
_EPOCH_1904 = date(1904, 1, 1)


def date_of_text(text: str) -> date | None:
    """The date that a text spells out in full, or None (2015.13.2, 15-3-2 and 2015年3月 are none)."""
    plain = _MIDNIGHT.sub("", text.strip())
    if _SPLIT.search(plain) and not _GROUPS.fullmatch(plain):
        return None
    compact = _DASHES.sub("-", folded(plain)).replace("。", ".")
    for form in _FORMS:
        if found := form.fullmatch(compact):
            return _checked(int(found["y"]), int(found["m"]), int(found["d"]))
    return None


def date_of_number(number: float, date1904: bool) -> date | None:
    """The date of an unformatted number: an 8-digit 20150302, or a serial; 1950 to 2099 in either case."""
    if not float(number).is_integer():
        return None
    whole = int(number)
    if 19000101 <= whole <= 20991231:
        return _checked(whole // 10000, whole // 100 % 100, whole % 100)
    epoch = _EPOCH_1904 if date1904 else _EPOCH_1900
    if not (_EARLIEST - epoch).days <= whole <= (_LATEST - epoch).days:
        return None
    return epoch + timedelta(days=whole)


def read_date(raw: CellValue, date1904: bool) -> tuple[date | None, bool]:
    """The date of a cell, and whether the cell held a real date (so that nothing needs mending).

    2015.3 typed into a cell with a date format is 1905-07-07 to Excel: such a day is none.
    """
    if isinstance(raw, date):
        day = raw.date() if isinstance(raw, datetime) else raw
        return (day, True) if _EARLIEST <= day <= _LATEST else (None, True)
    if isinstance(raw, str):
        return date_of_text(raw), False
    if isinstance(raw, (int, float)) and not isinstance(raw, bool):
        return date_of_number(raw, date1904), False
    return None, False


def age_on(born: date, day: date) -> int:
    """Full years of age on a day."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def _checked(year: int, month: int, day: int) -> date | None:
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return found if _EARLIEST <= found <= _LATEST else None
