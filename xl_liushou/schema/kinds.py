"""The kinds of cell. Each reads one distinct value and remarks on what it could not take as it is.

A remark is (code, replacement, details): the code of the rule that words it, the value `--fix` may
write (None: not mendable), and what the wording needs.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

from xl_liushou.core.rawsheet import CellValue
from xl_liushou.core.table import Column, Note, ParseValue
from xl_liushou.schema import numbers
from xl_liushou.schema.dates import read_date
from xl_liushou.schema.text import (
    as_text,
    looks_like_formula,
    narrow,
    without_controls,
)

Lists = Mapping[str, Sequence[str]]
_PARTS = re.compile(r"[、,，;；/|\s]+")


class Date(Column["date | None"]):
    """A day; typed as text or as a bare number it is C105, what is no day is C102.

    `ends` is the column of the day that this one may not precede (P406).
    """

    kind: ClassVar[str] = "日"
    number_format: ClassVar[str] = "yyyy-mm-dd"
    blank = None

    def __init__(self, title: str, *, ends: Date | None = None, **more: Any) -> None:
        super().__init__(title, **more)
        self.ends = ends

    def parser(self, lists: Lists, date1904: bool) -> ParseValue:  # noqa: ARG002
        """Reads a real date, a date spelled out in full, or a serial."""

        def parse(raw: CellValue) -> tuple[date | None, Sequence[Note]]:
            found, real = read_date(raw, date1904)
            if found is None:
                return None, [("C102", None, {})]
            return found, () if real else [("C105", found, {})]

        return parse


class Number(Column["float | None"]):
    """A number between `least` and `most` (C104), whole where `whole` says so."""

    kind: ClassVar[str] = "数"
    number_format: ClassVar[str] = "General"
    blank = None

    def __init__(self, title: str, *, least: float = 0, most: float = 1e9, whole: bool = True, **more: Any) -> None:
        super().__init__(title, **more)
        self.least, self.most, self.whole = least, most, whole

    def parser(self, lists: Lists, date1904: bool) -> ParseValue:  # noqa: ARG002
        """Reads a number, or text that is nothing but a number."""

        def parse(raw: CellValue) -> tuple[float | None, Sequence[Note]]:
            number = numbers.number_of(raw)
            if number is None or not self.least <= number <= self.most or (self.whole and number != int(number)):
                return None, [("C104", None, {"least": self.least, "most": self.most, "whole": self.whole})]
            return (int(number) if number == int(number) else number), ()

        return parse


class Choice(Column[str]):
    """One of a list (C103); `of` names the list, 是否 if left out."""

    kind: ClassVar[str] = "选"
    normal_width: ClassVar[float] = 10
    blank = ""

    def __init__(self, title: str, of: str = "是否", **more: Any) -> None:
        super().__init__(title, **more)
        self.of = of

    def choices(self, lists: Lists) -> Sequence[str]:
        """The list in force."""
        return lists[self.of]

    def parser(self, lists: Lists, date1904: bool) -> ParseValue:  # noqa: ARG002
        """Reads a choice after taking off blanks and full-width forms."""
        allowed = frozenset(self.choices(lists))

        def parse(raw: CellValue) -> tuple[str, Sequence[Note]]:
            text = as_text(raw)
            if text in allowed:
                return text, ()
            clean = without_controls(text)
            tidy = "".join(narrow(clean).split())
            if tidy not in allowed:
                return "", [("C103", None, {"choices": self.choices(lists)})]
            return tidy, [("C116" if clean != text else "C115", tidy, {})]

        return parse


class Several(Column["tuple[str, ...]"]):
    """Several of a list, separated by 、 (other separators are C115); `of` "" means free texts or keys."""

    kind: ClassVar[str] = "多"
    normal_width: ClassVar[float] = 18
    blank: tuple[str, ...] = ()

    def __init__(self, title: str, of: str = "", **more: Any) -> None:
        super().__init__(title, **more)
        self.of = of

    def choices(self, lists: Lists) -> Sequence[str]:
        """The list in force, () where anything may stand."""
        return lists[self.of] if self.of else ()

    def parser(self, lists: Lists, date1904: bool) -> ParseValue:  # noqa: ARG002
        """Reads the parts; each must be in the list."""
        allowed = frozenset(self.choices(lists))

        def parse(raw: CellValue) -> tuple[tuple[str, ...], Sequence[Note]]:
            text = as_text(raw)
            if isinstance(raw, str) and looks_like_formula(text):
                return (), [("C113", None, {})]
            clean = without_controls(text)
            parts = tuple(part for part in _PARTS.split(narrow(clean)) if part)
            wrong = [part for part in parts if allowed and part not in allowed]
            kept = tuple(part for part in parts if part not in wrong)
            if wrong:
                return kept, [("C103", None, {"choices": self.choices(lists), "part": wrong[0]})]
            joined = "、".join(parts)
            if looks_like_formula(joined):
                return (), [("C113", None, {})]
            if joined == text:
                return kept, ()
            return kept, [("C116" if clean != text else "C115", joined, {})]

        return parse
