"""The search of a family's paper for other children (domain, section 5.1). Pure; about a tenth of a millisecond.

A scan is prepared once per school. Names are found by their first two characters, 儿童编号 by their last
two, numbers by their length: a text is cut into pairs once, and only what shares a pair is looked for.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from operator import add
from typing import Final, Literal

from xl_liushou.core.table import Column, Record
from xl_liushou.schema.school import School
from xl_liushou.schema.sheets import Children, Guardians, Staff

Kind = Literal["姓名", "身份证号", "电话", "儿童编号"]
_GAP: Final = "\0"
_SHORTEST_NAME, _SHORTEST_KEY, _SHORTEST_NUMBER = 2, 4, 7
_CHINESE: Final = r"[\u2e80-\u9fff·\U00020000-\U0003ffff]"
_BLANKS_IN_CHINESE: Final = re.compile(f"(?<={_CHINESE}) +(?={_CHINESE})")
_DOTS: Final = re.compile(f"[•‧・･∙⋅.](?={_CHINESE})")
_WIDE: Final = re.compile("[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\u3000\u00a0]")
_NUMBER_SIGNS: Final = re.compile(r"(?<=\d)[ \-()（）]+(?=[\dXx])")
_NUMBER_RUN: Final = re.compile(rf"\d{{{_SHORTEST_NUMBER - 1},}}[\dX]", re.ASCII)


@dataclass(frozen=True, slots=True)
class Leak:
    """Where another child shows: the part of the paper and what it is; never the value itself."""

    part: str
    kind: Kind


class LeakScan:
    """All names, numbers and keys of a school's children and guardians, ready to be searched for."""

    def __init__(self, school: School) -> None:
        self._own: dict[str, set[tuple[Kind, str]]] = defaultdict(set)
        for child in school[Children].records():
            self._own[child[Children.child_id]].update(_values(child, _CHILD_VALUES))
        for guardian in school[Guardians].records():
            self._own[guardian[Guardians.child_id]].update(_values(guardian, _GUARDIAN_VALUES))
        known: set[tuple[Kind, str]] = set().union(*self._own.values())
        self._names = _by_pair((value for kind, value in known if kind == "姓名"), slice(0, 2))
        self._keys = _by_pair((value for kind, value in known if kind == "儿童编号"), slice(-2, None))
        self._numbers = {value: kind for kind, value in sorted(known) if kind in ("身份证号", "电话")}
        self._lengths = sorted({len(number) for number in self._numbers})
        self._staff_names = {_plain(one[Staff.name]) for one in school[Staff].records()}
        phones = (school.settings["联系电话"], *school[Staff].mobile)
        self._school_phones = {_digits(phone) for phone in phones}

    def hits(self, parts: Mapping[str, str], own: Collection[str], may_name: Collection[str] = ()) -> list[Leak]:
        """Every part that shows another child or its guardian, each kind once; `own` are the family's 儿童编号."""
        mine: set[tuple[Kind, str]] = set().union(*(self._own.get(child_id, set()) for child_id in own))
        named = (
            {value for kind, value in mine if kind == "姓名"} | self._staff_names | {_plain(one) for one in may_name}
        )
        numbers = {value for kind, value in mine if kind in ("身份证号", "电话")} | self._school_phones
        keys = {value for kind, value in mine if kind == "儿童编号"}
        found: list[Leak] = []
        for part, text in parts.items():
            plain = _plain(text)
            pairs = set(map(add, plain, plain[1:]))
            if self._shows_name(plain, pairs, named):
                found.append(Leak(part, "姓名"))
            found.extend(Leak(part, kind) for kind in dict.fromkeys(self._shown_numbers(plain, numbers)))
            if self._shows_key(plain, pairs, keys):
                found.append(Leak(part, "儿童编号"))
        return found

    def _shows_name(self, text: str, pairs: Set[str], named: Collection[str]) -> bool:
        """Longest names first: those that may stand there are taken out, and what is left is another's."""
        candidates = _sharing_a_pair(self._names, pairs)
        allowed = [name for name in named if name and name in text]
        for name in sorted({*candidates, *allowed}, key=len, reverse=True):
            if name in allowed:
                text = text.replace(name, _GAP)
            elif name in text:
                return True
        return False

    def _shown_numbers(self, text: str, allowed: Collection[str]) -> Iterator[Kind]:
        for run in _NUMBER_RUN.findall(_NUMBER_SIGNS.sub("", text).upper()):
            for number in sorted((one for one in allowed if one and one in run), key=len, reverse=True):
                run = run.replace(number, _GAP)
            for length in self._lengths:
                for start in range(len(run) - length + 1):
                    kind = self._numbers.get(run[start : start + length])
                    if kind:
                        yield kind

    def _shows_key(self, text: str, pairs: Set[str], allowed: Collection[str]) -> bool:
        candidates = _sharing_a_pair(self._keys, pairs)
        return any(one not in allowed and _stands_alone(one, text) for one in candidates)


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


def _plain(text: str) -> str:
    """Half-width digits, letters and blanks, one kind of dot, no blanks between Chinese characters."""
    narrow = unicodedata.normalize("NFKC", text) if _WIDE.search(text) else text
    return _BLANKS_IN_CHINESE.sub("", _DOTS.sub("·", narrow))


def _digits(text: str) -> str:
    return _NUMBER_SIGNS.sub("", _plain(text)).upper().lstrip("(（")


def _by_pair(values: Iterable[str], pair: slice) -> dict[str, list[str]]:
    index: dict[str, list[str]] = defaultdict(list)
    for value in values:
        index[value[pair]].append(value)
    return index


def _sharing_a_pair(index: Mapping[str, list[str]], pairs: Set[str]) -> list[str]:
    return [value for pair in index.keys() & pairs for value in index[pair]]


def _stands_alone(key: str, text: str) -> bool:
    """Whether a key occurs with no ASCII letter or digit beside it."""
    start = text.find(key)
    while start >= 0:
        beside = text[max(0, start - 1) : start] + text[start + len(key) : start + len(key) + 1]
        if not any(sign.isascii() and sign.isalnum() for sign in beside):
            return True
        start = text.find(key, start + 1)
    return False
