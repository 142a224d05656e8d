"""Which child of the workbook a row of a roster is about. Never a guess: two candidates, or a weak one, are doubt."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from typing import Any, Final

from xl_liushou.core.table import Record
from xl_liushou.exchange.model import Entry
from xl_liushou.schema.school import School
from xl_liushou.schema.sheets import Children

CONFIRM: Final = "核对后确认"
_NEAR: Final = 0.5
_HELP: Final = "请在名册里补上出生日期或身份证号"


@dataclass(frozen=True, slots=True)
class Facts:
    """What tells one child from others; `who` is whoever has them.

    `key` is a number that the workbook gives, or the roster `file`.
    """

    who: Any
    key: str
    name: str
    numbers: frozenset[str]
    birth: date | None
    class_name: str
    gender: str = ""
    file: str = ""

    def denies(self, other: Facts) -> bool:
        """Whether the numbers of two say that they are not the same child."""
        return bool(self.numbers and other.numbers and not self.numbers & other.numbers)


@dataclass(frozen=True, slots=True)
class Match:
    """The child that a row is about, None for a new one; with a `doubt` it is only a candidate."""

    found: Facts | None = None
    doubt: str = ""
    confirmable: bool = False


class Index:
    """The children that are known so far."""

    def __init__(self, known: Iterable[Facts]) -> None:
        self.by_key: dict[tuple[str, str], Facts] = {}
        self.by_number: dict[str, list[Facts]] = defaultdict(list)
        self.by_name: dict[str, list[Facts]] = defaultdict(list)
        self.by_birth: dict[date, list[Facts]] = defaultdict(list)
        for one in known:
            self.add(one)

    def add(self, one: Facts) -> None:
        """One more child."""
        self.by_key.setdefault((one.file, one.key), one)
        self.by_name[one.name].append(one)
        for number in one.numbers:
            self.by_number[number].append(one)
        if one.birth:
            self.by_birth[one.birth].append(one)

    def match(self, one: Facts) -> Match:
        """The child that has these facts."""
        same = list({id(found): found for number in one.numbers for found in self.by_number.get(number, ())}.values())
        if len(same) > 1:
            return Match(None, "身份证号或学籍号对上了不止一个孩子，请先核对台账里这几个孩子的号码")
        if same:
            return _by_number(one, same[0])
        keyed = (self.by_key.get(("", one.key)) or self.by_key.get((one.file, one.key))) if one.key else None
        if keyed and not _clashes(one, keyed) and one.name in ("", keyed.name):
            return Match(keyed)
        if keyed or not one.name:
            why = (
                "儿童编号相同，姓名、出生日期或身份证号却不同，请核对"
                if keyed
                else "台账里没有这个儿童编号，名册里又没有姓名"
            )
            return Match(keyed, why)
        return self._by_name(one)

    def _by_name(self, one: Facts) -> Match:
        same = self.by_name.get(one.name, ())
        born = [other for other in same if one.birth and one.birth == other.birth]
        if len(born) > 1:
            return Match(None, "同名、同一天出生的孩子不止一个，请补上身份证号")
        if born:
            clash = "姓名、出生日期相同，身份证号或学籍号却不同，请核对号码"
            return Match(born[0], clash) if one.denies(born[0]) else Match(born[0])
        weak = [(other, why) for other in same if (why := _weak(one, other))]
        if len(weak) > 1:
            return Match(None, f"台账里同名的孩子不止一个，{_HELP}")
        if weak:
            other, why = weak[0]
            return Match(other, why, confirmable=not _clashes(one, other))
        near = (
            next((other for other in self.by_birth.get(one.birth, ()) if _alike(one, other)), None)
            if one.birth
            else None
        )
        return Match(near, "出生日期相同，姓名相近，请核对是不是同一个孩子") if near else Match()


def _by_number(one: Facts, found: Facts) -> Match:
    if one.name and one.name != found.name:
        return Match(found, "身份证号或学籍号相同，姓名却不同，请核对")
    return Match(found)


def _clashes(one: Facts, other: Facts) -> bool:
    return one.denies(other) or bool(one.birth and other.birth and one.birth != other.birth)


def _weak(one: Facts, other: Facts) -> str:
    """Why a child of the same name, but not known to be born on the same day, might be this one; "" if it is not."""
    here = bool(one.class_name) and one.class_name == other.class_name
    if one.denies(other) and one.birth and other.birth and one.birth != other.birth:
        return ""
    if _clashes(one, other):
        return "同班同名，出生日期或身份证号却不同，请核对是不是同一个孩子" if here else ""
    if here:
        return f"只有姓名和班级对得上；{_HELP}，或者{CONFIRM}"
    return f"台账里有同名的孩子，班级不同或没有写；{_HELP}，或者{CONFIRM}"


def _alike(one: Facts, other: Facts) -> bool:
    """Whether a child of the workbook, born on the same day, might be this one under a name that was misspelt.

    Two rows of rosters are two children: twins.
    """
    if not isinstance(other.who, Record) or one.denies(other):
        return False
    same_class = not (one.class_name and other.class_name) or one.class_name == other.class_name
    same_gender = not (one.gender and other.gender) or one.gender == other.gender
    return same_class and same_gender and SequenceMatcher(None, one.name, other.name).ratio() >= _NEAR


def facts_of_record(school: School, child: Record) -> Facts:
    """The facts of a child of the workbook."""
    unread = school.unread(child, Children.birth_date)
    return Facts(
        child,
        child[Children.child_id],
        child[Children.name],
        _numbers(child[Children.id_number], child[Children.student_number]),
        None if unread else child[Children.birth_date],
        school.known_class(child),
        child[Children.gender],
    )


def facts_of_entry(entry: Entry, who: Any = None) -> Facts:
    """The facts of a row of a roster."""
    parts = entry.get("grade"), entry.get("class_name")
    numbers = _numbers(entry.get("id_number"), entry.get("student_number"))
    class_name = "".join(parts) if all(parts) else ""
    birth = entry.get("birth_date") or None
    who, key, name = who or entry, entry.get("child_id"), entry.get("name")
    return Facts(who, key, name, numbers, birth, class_name, entry.get("gender"), entry.place.file)


def _numbers(*numbers: str) -> frozenset[str]:
    """Numbers that only one child has; a 学籍号 G… holds the ID number."""
    return frozenset(number.removeprefix("G") for number in numbers if number)
