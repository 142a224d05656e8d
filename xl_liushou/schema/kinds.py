"""The kinds of cell. Each reads one distinct value and remarks on what it could not take as it is.

A remark is (code, replacement, details): the code of the rule that words it, the value `--fix` may
write (None: not mendable), and what the wording needs.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

from xl_liushou.core.rawsheet import CellValue
from xl_liushou.core.table import Column, Note, ParseValue
from xl_liushou.schema import numbers
from xl_liushou.schema.dates import read_date
from xl_liushou.schema.text import (
    BETWEEN,
    DOTS,
    SUSPECT,
    as_text,
    folded,
    looks_like_formula,
    narrow,
    tidy_name,
    without_controls,
)

Lists = Mapping[str, Sequence[str]]
_EMAIL = re.compile(r"[^\s@,;:<>()\[\]\\\"、，；]+@[A-Za-z0-9\-]+(\.[A-Za-z0-9\-]+)+")
_STUDENT_NUMBER = re.compile(r"[GJL]\d{17}[\dX]", re.ASCII)
_PARTS = re.compile(r"[、,，;；/|\s]+")


class Text(Column[str]):
    """Free text; formula-like text (C113), stray blanks and full-width characters (C115), controls (C116)."""

    kind: ClassVar[str] = "文"
    suspect: ClassVar[re.Pattern[str]] = re.compile(SUSPECT)
    judged: ClassVar[bool] = False
    blank = ""

    def is_plain(self, cells: Sequence[CellValue]) -> bool:
        """Whether all cells are text without anything suspect: one search for the whole column."""
        if self.judged or self.default is not None:
            return False
        texts = [cell for cell in cells if isinstance(cell, str)]
        return len(texts) == len(cells) and not self.suspect.search(BETWEEN.join(texts))

    def tidy(self, text: str) -> str:
        """The text in its plain form; what differs from the cell is C115."""
        return narrow(text)

    def judge(self, text: str, raw: CellValue) -> Sequence[Note]:  # noqa: ARG002
        """Remarks on the tidy text."""
        return ()

    def parser(self, lists: Lists, date1904: bool) -> ParseValue:  # noqa: ARG002
        """Reads any value as text."""
        return self._parse

    def _parse(self, raw: CellValue) -> tuple[str, Sequence[Note]]:
        if isinstance(raw, str) and not self.suspect.search(raw):
            return raw, self.judge(raw, raw)
        text = as_text(raw)
        if isinstance(raw, str) and looks_like_formula(text):
            return self.tidy(without_controls(text)), [("C113", None, {})]
        clean = without_controls(text)
        tidy = self.tidy(clean)
        notes: list[Note] = []
        if clean != text:
            notes.append(("C116", tidy, {}))
        if tidy != clean:
            notes.append(("C115", tidy, {}))
        notes.extend(self.judge(tidy, raw) if tidy else ())
        return tidy, notes


class LongText(Text):
    """A comment or an account: wide, wrapped."""

    normal_width: ClassVar[float] = 30


class Name(Text):
    """A person's name: no blanks inside, `·` as the dot."""

    normal_width: ClassVar[float] = 10
    suspect: ClassVar[re.Pattern[str]] = re.compile(rf"{SUSPECT}|\s|{DOTS}")

    def tidy(self, text: str) -> str:
        """See `tidy_name`."""
        return tidy_name(narrow(text))


class Phone(Text):
    """A mobile or a landline with area code (C106), kept as text; typed as a number it is C115."""

    normal_width: ClassVar[float] = 14
    judged = True
    suspect: ClassVar[re.Pattern[str]] = re.compile(r"^(?!1[3-9][0-9]{9}\Z)")

    def tidy(self, text: str) -> str:
        """The phone without punctuation and +86; what is no phone stays as it is."""
        wide = unicodedata.normalize("NFKC", text).strip()
        return numbers.tidy_phone(wide) or wide

    def judge(self, text: str, raw: CellValue) -> Sequence[Note]:
        """C106, or C115 where the right digits stand as a number."""
        if numbers.tidy_phone(text) is None:
            return [("C106", None, {})]
        return [] if isinstance(raw, str) else [("C115", text, {})]

    def _parse(self, raw: CellValue) -> tuple[str, Sequence[Note]]:
        text, notes = super()._parse(raw)
        wrong = [note for note in notes if note[0] in {"C106", "C113"}]
        return text, wrong or notes


class IdNumber(Text):
    """A resident ID of GB 11643: form (C107), check digit (C108), digits lost as a number (C109)."""

    normal_width: ClassVar[float] = 21
    judged = True
    suspect: ClassVar[re.Pattern[str]] = re.compile(r"[^0-9XGJL]")

    def tidy(self, text: str) -> str:
        """Half-width, no blanks, X for x."""
        return folded(text).upper()

    def _parse(self, raw: CellValue) -> tuple[str, Sequence[Note]]:
        if isinstance(raw, (int, float)) and abs(raw) >= 1e15:
            return "", [("C109", None, {})]
        return super()._parse(raw)

    def judge(self, text: str, raw: CellValue) -> Sequence[Note]:  # noqa: ARG002
        """C107 or C108."""
        if not numbers.id_has_form(text):
            return [("C107", None, {"length": len(text)})]
        return [] if numbers.id_is_valid(text) else [("C108", None, {})]


class StudentNumber(IdNumber):
    """A school-roll number: G, J or L and 18 characters (C114)."""

    def judge(self, text: str, raw: CellValue) -> Sequence[Note]:  # noqa: ARG002
        """C114 by form; whether it equals the ID number is a rule of its own."""
        return [] if _STUDENT_NUMBER.fullmatch(text) else [("C114", None, {})]


class Email(Text):
    """Exactly one address (C110)."""

    normal_width: ClassVar[float] = 24
    judged = True

    def judge(self, text: str, raw: CellValue) -> Sequence[Note]:  # noqa: ARG002
        """C110."""
        return [] if text.isascii() and _EMAIL.fullmatch(text) else [("C110", None, {})]


class ClassName(Text):
    """A class of a grade: (1)班, 一班 and 1 are all read as 1班; a class with its own name stays."""

    normal_width: ClassVar[float] = 8
    judged = True

    def tidy(self, text: str) -> str:
        """Blanks and full-width characters only; the class itself is normalised silently."""
        return narrow(text)

    def _parse(self, raw: CellValue) -> tuple[str, Sequence[Note]]:
        text, notes = super()._parse(raw)
        parts = numbers.split_class(text)
        return (f"{parts[0]}{parts[1]}" if parts else text), notes


class Date(Column["date | None"]):
    """A day; typed as text or as a bare number it is C105, what is no day is C102."""

    kind: ClassVar[str] = "日"
    number_format: ClassVar[str] = "yyyy-mm-dd"
    blank = None

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
