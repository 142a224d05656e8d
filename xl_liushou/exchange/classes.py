"""The class that a title line or the name of a sheet tells: 云岭小学三年级（1）班留守儿童花名册."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from xl_liushou.schema.numbers import GRADES, split_class

_NUMBER: Final = r"[(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[)]?班"
_CLASS = re.compile(rf"(?<![\d第])[一二三四五六1-6](?:年级|年|\.|-)?{_NUMBER}")
_CLASS_ONLY = re.compile(rf"(?<![\d一二三四五六七八九十年级.\-第]){_NUMBER}")
_GRADE = re.compile(r"(?<![\d第至到—~\-、])([一二三四五六1-6])年级(?![至到—~\-、])")

Class = tuple[str, str]
"""年级 and 班级, each "" where it is not told."""
NO_CLASS: Final[Class] = ("", "")


def class_in(text: str) -> Class:
    """The one class that a text names; nothing where it names none, or several."""
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    classes = {found for one in _CLASS.findall(plain) if (found := split_class(one))}
    if len(classes) > 1:
        return NO_CLASS
    if classes:
        return classes.pop()
    grades = {
        GRADES[(int(one) if one.isdigit() else "一二三四五六".index(one) + 1) - 1] for one in _GRADE.findall(plain)
    }
    alone = {found[1] for one in _CLASS_ONLY.findall(plain) if (found := split_class(one))}
    grade = grades.pop() if len(grades) == 1 else ""
    return (grade, alone.pop()) if len(alone) == 1 and len(grades) == 0 else (grade, "")
