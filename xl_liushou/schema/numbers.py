"""Numbers, and those that stand for persons and phones: resident ID (GB 11643-1999), phones, classes."""

from __future__ import annotations

import re
from datetime import date
from math import isfinite
from typing import Final

from xl_liushou.core.rawsheet import CellValue
from xl_liushou.schema.lists import CLOSED
from xl_liushou.schema.text import folded

_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_DIGITS: Final = "10X98765432"
_ID = re.compile(r"\d{17}[\dX]", re.ASCII)
_MOBILE = re.compile(r"1[3-9]\d{9}", re.ASCII)
_LANDLINE = re.compile(r"(0(?:10|2\d|[3-9]\d{2}))-?(\d{7,8})(-\d{1,6})?", re.ASCII)
PHONE_SIGNS: Final = r"\s\-‐-―－.．·()（）'‘’"
"""What may stand between the digits of a phone, as the inside of a character class."""
_PHONE_NOISE = re.compile(f"[{PHONE_SIGNS}]+")
_CLASS_NUMBER = r"[(（]?(?P<class>\d{1,2}|[一二三四五六七八九]|[二三]?十[一二三四五六七八九]?)[)）]?班?"
_CLASS = re.compile(rf"(?:(?P<grade>[一二三四五六1-6])(?:[.．·\-]|(?<=[一二三四五六])|(?=0[1-9])))??{_CLASS_NUMBER}")
_GRADED = re.compile(rf"(?P<grade>[一二三四五六1-6])(?:年级?|(?=[(（])){_CLASS_NUMBER}")
_DIGITS = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}

GRADES: Final = CLOSED["年级"]


def id_has_form(number: str) -> bool:
    """17 digits and a digit or X (C107)."""
    return bool(_ID.fullmatch(number))


def id_check_digit(first17: str) -> str:
    """The 18th character that GB 11643 asks for after these 17 digits."""
    return _CHECK_DIGITS[sum(int(digit) * weight for digit, weight in zip(first17, _WEIGHTS, strict=True)) % 11]


def id_is_valid(number: str) -> bool:
    """Form and check digit both right (neither C107 nor C108)."""
    return id_has_form(number) and id_check_digit(number[:17]) == number[17]


def id_birth_date(number: str) -> date | None:
    """The birth date inside a resident ID of right form; None where those digits are no date."""
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None


def id_gender(number: str) -> str:
    """男 where the 17th digit is odd, else 女."""
    return "男" if int(number[16]) % 2 else "女"


def tidy_phone(text: str) -> str | None:
    """A phone in its plain form (13800138000, 0851-1234567), or None where it is none."""
    compact = _PHONE_NOISE.sub("", text)
    for prefix in ("+86", "0086", "86"):
        if compact.startswith(prefix) and _MOBILE.fullmatch(compact[len(prefix) :]):
            compact = compact[len(prefix) :]
    if _MOBILE.fullmatch(compact):
        return compact
    spaced = "".join(text.replace("(", "").replace("（", "").replace(")", "-").replace("）", "-").split())
    spaced = re.sub(r"[\-‐-―－]+", "-", spaced)
    found = _LANDLINE.fullmatch(spaced)
    if not found:
        return None
    hyphen = "-" if "-" in spaced[: len(found[1]) + 1] else ""
    return f"{found[1]}{hyphen}{found[2]}{found[3] or ''}"


def _count(text: str) -> int:
    if text.isdigit():
        return int(text)
    tens, _, units = text.partition("十")
    if "十" in text:
        return _DIGITS.get(tens, 1) * 10 + _DIGITS.get(units, 0)
    return _DIGITS.get(text, 0)


def split_class(text: str) -> tuple[str, str] | None:
    """A class in its parts: "三(1)班" → ("三年级", "1班"), "一班" → ("", "1班"); None where it is neither."""
    compact = "".join(text.split())
    found = _GRADED.fullmatch(compact) or _CLASS.fullmatch(compact)
    if not found:
        return None
    number = _count(found["class"])
    if not number:
        return None
    grade = found["grade"] or ""
    if grade:
        grade = GRADES[int(grade) - 1] if grade.isdigit() else f"{grade}年级"
    return grade, f"{number}班"


def class_order(class_name: str) -> tuple[int, int, str]:
    """The sort key of a class: by grade, then by number (2班 before 10班), then by name."""
    grade = next((place for place, name in enumerate(GRADES) if class_name.startswith(name)), len(GRADES))
    number = re.search(r"\d+", class_name)
    return grade, int(number[0]) if number else 0, class_name


def number_of(raw: CellValue) -> float | None:
    """A cell's number, or that of a text which is nothing but a number; None for anything else."""
    if isinstance(raw, bool) or not isinstance(raw, (int, float, str)):
        return None
    if not isinstance(raw, str):
        return raw
    text = folded(raw)
    if "_" in text:  # 1_000 is a number to Python only
        return None
    try:
        number = float(text)
    except ValueError:
        return None
    return number if isfinite(number) else None
