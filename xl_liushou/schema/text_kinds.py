"""The kinds of cell that hold text: free text, names, phones, numbers of persons, addresses, classes.

For remarks see `kinds`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date, time, timedelta
from typing import ClassVar, cast

from xl_liushou.core.rawsheet import CellValue
from xl_liushou.core.table import Column, Note, ParseValue
from xl_liushou.schema import numbers
from xl_liushou.schema.addresses import is_address
from xl_liushou.schema.text import (
    BETWEEN,
    DOTS,
    SUSPECT,
    as_text,
    folded,
    looks_like_formula,
    narrow,
    nothing_suspect,
    tidy_name,
    without_controls,
)

Lists = Mapping[str, Sequence[str]]
_STUDENT_NUMBER = re.compile(r"[GJL]\d{17}[\dX]", re.ASCII)
_DITTO = frozenset({"同上", "同", "〃", "″", '"', "”", "…"})
_NOTHING = re.compile(r"[\-—－–/\\0０]+|无|没有|暂无|空|否|独生|独生子女|不详")


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
        if not set(map(type, cells)) <= {str}:
            return False
        texts = cast("Sequence[str]", cells)
        return nothing_suspect(texts) if self.suspect.pattern == SUSPECT else self._none_suspect(texts)

    def _none_suspect(self, texts: Sequence[str]) -> bool:
        return not self.suspect.search(BETWEEN.join(texts))

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


class FamilyId(Text):
    """A family's number; 无, - and the like mean none, or strangers would share one letter."""

    judged = True

    def _parse(self, raw: CellValue) -> tuple[str, Sequence[Note]]:
        text, notes = super()._parse(raw)
        return ("", [("C115", "", {})]) if _NOTHING.fullmatch(text) else (text, notes)


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
        return [] if is_address(text) else [("C110", None, {})]


class ClassName(Text):
    """A class of a grade: (1)班, 一班 and 1 are all read as 1班; a class with its own name stays."""

    normal_width: ClassVar[float] = 8
    judged = True

    def tidy(self, text: str) -> str:
        """Blanks and full-width characters only; the class itself is normalised silently."""
        return narrow(text)

    def _parse(self, raw: CellValue) -> tuple[str, Sequence[Note]]:
        text, notes = super()._parse(raw)
        if isinstance(raw, (date, time, timedelta, bool)) or text in _DITTO:
            return "", [("C103", None, {"class": True})]
        parts = numbers.split_class(text)
        return (f"{parts[0]}{parts[1]}" if parts else text), notes
