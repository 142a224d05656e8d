"""The search of a family's paper for other children (domain, section 5.1). Pure; a fraction of a millisecond.

A scan is prepared once per school. Names are found by their first two characters, 儿童编号 by their last
four, numbers by their length: only what shares these with the text is looked for. Lines that many papers
share are brought into their plain form once.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from xl_liushou.core.table import Column, Record
from xl_liushou.schema.numbers import PHONE_SIGNS
from xl_liushou.schema.school import School
from xl_liushou.schema.sheets import Children, Guardians, Staff

Kind = Literal["姓名", "身份证号", "电话", "儿童编号"]
_GAP: Final = "\0"
_SHORTEST_NAME, _SHORTEST_KEY, _SHORTEST_NUMBER = 2, 4, 7
_SHORTEST_PHRASE: Final = 4
_CHINESE: Final = r"[\u2e80-\u9fff·\U00020000-\U0003ffff]"
_BLANKS_IN_CHINESE: Final = re.compile(rf"\s(?<={_CHINESE}\s)\s*(?={_CHINESE})")
_BETWEEN_CHINESE: Final = re.compile("[^\u4e00-\u9fff]+")
_DOT_SIGNS: Final = "•‧・･∙⋅."
_DOTS: Final = re.compile(rf"[{_DOT_SIGNS}](?={_CHINESE})")
_UNSEEN: Final = re.compile(
    "[\u00ad\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000110bd\U000110cd\U00013430-\U0001343f"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
_NUMBER_SIGNS: Final = re.compile(rf"(?<=\d)[{PHONE_SIGNS}{_DOT_SIGNS}\u2212]+(?=[\dXx])")
_TAGS_AND_LINES: Final = re.compile(r"\{[^}]*\}+|\n")
_NUMBER_RUN: Final = re.compile(rf"\d{{{_SHORTEST_NUMBER - 1},}}[\dX]", re.ASCII)
_DIGITS_AND_SIGNS: Final = re.compile(rf"\d[\d{PHONE_SIGNS}{_DOT_SIGNS}\u2212]*[\dX]")
_LINES_KEPT: Final = 4096


@dataclass(frozen=True, slots=True)
class Leak:
    """Where another child shows: the part of the paper and what it is; never the value itself."""

    part: str
    kind: Kind


class FixedWords:
    """What a template and the program themselves say, which is nobody's name however common the words.

    Phrases of fewer than four characters are taken out only where they are a line of their own (the label of a
    cell): the name 平安 in a teacher's comment stays to be found.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        pieces = {piece.strip() for text in texts for piece in _TAGS_AND_LINES.split(_narrow(text))}
        self._phrases = sorted((one for one in pieces if len(one) >= _SHORTEST_PHRASE), key=len, reverse=True)
        self._labels = frozenset(one for one in pieces if len(one) < _SHORTEST_PHRASE)

    def taken_out(self, text: str) -> str:
        """A text in its narrow form without these words, the longest taken out first."""
        kept = "\n".join(_GAP if line.strip() in self._labels else line for line in text.split("\n"))
        for phrase in self._phrases:
            kept = kept.replace(phrase, _GAP)
        return kept


class LeakScan:
    """All names, numbers and keys of a school's children and guardians, ready to be searched for."""

    def __init__(self, school: School) -> None:
        by_id: dict[str, set[tuple[Kind, str]]] = defaultdict(set)
        for child in school[Children].records():
            by_id[child[Children.child_id]].update(_values(child, _CHILD_VALUES))
        for guardian in school[Guardians].records():
            by_id[guardian[Guardians.child_id]].update(_values(guardian, _GUARDIAN_VALUES))
        known: set[tuple[Kind, str]] = set().union(*by_id.values())
        unclear = school.unclear_child_ids
        self._own = {child_id: values for child_id, values in by_id.items() if child_id not in unclear}
        self._staff_names = {_plain(one[Staff.name]) for one in school[Staff].records()}
        names = {value for kind, value in known if kind == "姓名"}
        self._names = _Index(names | self._staff_names, slice(_SHORTEST_NAME), _SHORTEST_NAME)
        self._keys = _Index(
            {value for kind, value in known if kind == "儿童编号"}, slice(-_SHORTEST_KEY, None), _SHORTEST_KEY
        )
        self._numbers = {value: kind for kind, value in sorted(known) if kind in ("身份证号", "电话")}
        self._lengths = sorted({len(number) for number in self._numbers})
        phones = (school.settings["联系电话"], *school[Staff].mobile)
        self._school_phones = {_digits(phone) for phone in phones}

    def hits(
        self,
        parts: Mapping[str, str],
        own: Collection[str],
        may_name: Collection[str] = (),
        fixed: FixedWords | None = None,
    ) -> list[Leak]:
        """Every part that shows another child or its guardian, each kind once; `own` are the family's 儿童编号.

        A 儿童编号 that is blank or stands on several rows is nobody's own. No name is looked for in `fixed`.
        """
        mine: set[tuple[Kind, str]] = set().union(*(self._own.get(child_id, set()) for child_id in own))
        helpers = {_plain(one) for one in may_name if one}
        named = {value for kind, value in mine if kind == "姓名"} | self._staff_names | helpers
        numbers = {value for kind, value in mine if kind in ("身份证号", "电话")} | self._school_phones
        keys = {value for kind, value in mine if kind == "儿童编号"}
        found: list[Leak] = []
        for part, text in parts.items():
            narrow = _narrow(text)
            plain = _joined(narrow)
            if self._shows_name(plain, named, helpers) and (
                fixed is None or self._shows_name(_joined(fixed.taken_out(narrow)), named, helpers)
            ):
                found.append(Leak(part, "姓名"))
            found.extend(Leak(part, kind) for kind in dict.fromkeys(self._shown_numbers(plain, numbers)))
            if self._shows_key(plain, keys):
                found.append(Leak(part, "儿童编号"))
        return found

    def places(
        self,
        context: Mapping[str, object],
        own: Collection[str],
        may_name: Collection[str] = (),
        fixed: FixedWords | None = None,
    ) -> list[str]:
        """The names of the values in a merge context that show another child, such as 学习评语."""
        leaves = _leaves(context, "")
        found = dict.fromkeys(name for name, text in leaves if self.hits({name: text}, own, may_name, fixed))
        return [name for name in found if not any(one != name and one.endswith(name) for one in found)]

    def _shows_name(self, text: str, named: Set[str], helpers: Set[str]) -> bool:
        """Longest names first: those that may stand there are taken out, and what is left is another's.

        Another child's longer name is reported even where it only seems to stand there, an own name (张明) with
        the next character of the sentence (华): a letter too many is looked at rather than one too few.
        """
        for name in sorted({*self._names.like(text), *helpers}, key=len, reverse=True):
            if name not in text:
                continue
            if name not in named:
                return True
            text = text.replace(name, _GAP)
        return False

    def _shown_numbers(self, text: str, allowed: Collection[str]) -> Iterator[Kind]:
        shown = _GAP.join(run for run in _DIGITS_AND_SIGNS.findall(text) if len(run) >= _SHORTEST_NUMBER)
        for run in _NUMBER_RUN.findall(_NUMBER_SIGNS.sub("", shown)):
            for number in sorted((one for one in allowed if one and one in run), key=len, reverse=True):
                run = run.replace(number, _GAP)
            for length in self._lengths:
                for start in range(len(run) - length + 1):
                    kind = self._numbers.get(run[start : start + length])
                    if kind:
                        yield kind

    def _shows_key(self, text: str, allowed: Collection[str]) -> bool:
        return any(one not in allowed and _stands_alone(one, text) for one in self._keys.like(text))


class _Index:
    """Values by a few of their characters, `part`, all of which are looked for in a text in one go."""

    def __init__(self, values: Iterable[str], part: slice, length: int) -> None:
        self._values: dict[str, list[str]] = defaultdict(list)
        for value in values:
            if len(value) >= length:
                self._values[value[part]].append(value)
        signs = ["".join(sorted({part[at] for part in self._values})) for at in range(length)]
        first, *others = (f"[{re.escape(one)}]" if one else "(?!)" for one in signs)
        self._pattern = re.compile(f"({first})(?=({''.join(others)}))")

    def like(self, text: str) -> list[str]:
        """The values whose part stands in the text."""
        parts = {first + others for first, others in self._pattern.findall(text)}
        return [value for part in parts & self._values.keys() for value in self._values[part]]


_CHILD_VALUES: Final[tuple[tuple[Kind, Column[str]], ...]] = (
    ("姓名", Children.name),
    ("身份证号", Children.id_number),
    ("儿童编号", Children.child_id),
)
_GUARDIAN_VALUES: Final[tuple[tuple[Kind, Column[str]], ...]] = (
    ("姓名", Guardians.name),
    ("电话", Guardians.mobile),
    ("电话", Guardians.landline),
)


def _values(record: Record, columns: Iterable[tuple[Kind, Column[str]]]) -> Iterator[tuple[Kind, str]]:
    """What is searched for, in its plain form; too short to mean one person is left out."""
    for kind, column in columns:
        text = record[column]
        value = _plain(text) if kind in ("姓名", "儿童编号") else _digits(text)
        shortest = {"姓名": _SHORTEST_NAME, "儿童编号": _SHORTEST_KEY}.get(kind, _SHORTEST_NUMBER)
        if len(value) >= shortest:
            yield kind, value


def _leaves(value: object, name: str) -> Iterator[tuple[str, str]]:
    """Every text in a merge context with the name that stands nearest above it."""
    if isinstance(value, str):
        yield name, value
    elif isinstance(value, Mapping):
        for key, one in value.items():
            yield from _leaves(one, str(key))
    elif isinstance(value, (list, tuple)):
        for one in value:
            yield from _leaves(one, name)


def _plain(text: str) -> str:
    """The narrow form without blanks between Chinese characters."""
    return _joined(_narrow(text))


def _narrow(text: str) -> str:
    """The compatibility form (NFKC) in upper case, without invisible characters, with one kind of dot."""
    return "\n".join(map(_narrow_line, text.split("\n")))


@lru_cache(maxsize=_LINES_KEPT)
def _narrow_line(line: str) -> str:
    if line.isascii():
        return line.upper()
    visible = _UNSEEN.sub("", _compatible(_UNSEEN.sub("", line)))
    return _DOTS.sub("·", visible).upper()


def _compatible(text: str) -> str:
    """NFKC, which leaves Chinese characters alone and is slow on them: only what lies between is looked at."""
    return _BETWEEN_CHINESE.sub(_compatible_run, text)


def _compatible_run(run: re.Match[str]) -> str:
    return run[0] if run[0].isascii() else unicodedata.normalize("NFKC", run[0])


def _joined(narrow: str) -> str:
    return _BLANKS_IN_CHINESE.sub("", narrow)


def _digits(text: str) -> str:
    return _NUMBER_SIGNS.sub("", _plain(text)).lstrip("(")


def _stands_alone(key: str, text: str) -> bool:
    """Whether a key occurs with no ASCII letter or digit beside it."""
    start = text.find(key)
    while start >= 0:
        beside = text[max(0, start - 1) : start] + text[start + len(key) : start + len(key) + 1]
        if not any(sign.isascii() and sign.isalnum() for sign in beside):
            return True
        start = text.find(key, start + 1)
    return False
