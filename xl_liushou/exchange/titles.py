"""What a column's title means: whose value it is, and which column of the workbook it goes to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from typing import Any, Final

from xl_liushou.core.table import Column, Table
from xl_liushou.exchange.words import RELATIONS
from xl_liushou.schema.header import plain_title
from xl_liushou.schema.sheets import Children, Guardians

CHILD: Final = ""
PARENTS: Final = "父母"
MENTION: Final = "*"
"""Instead of a column: a cell that tells of a person, by relation, name and phones as it likes."""
IGNORED: Final = "不导入"
_NEAR: Final = 0.66

_CARERS: Final = (
    "现照护人", "实际照护人", "主要照护人", "委托照护人", "照护人", "照料人", "照顾人", "抚养人", "看护人", "代管人",
    "托管人", "受委托监护人", "被委托监护人", "委托监护人", "临时监护人", "实际监护人", "现监护人", "现由谁照顾",
    "由谁照顾", "跟谁生活", "现与谁生活", "与谁生活", "同谁生活", "与谁居住",
)  # fmt: skip
_FIRST_CONTACTS: Final = ("首选联系人", "第一联系人")
_OTHERS: Final = ("法定监护人", "监护人", "家长", "紧急联系人", "联系人")
_PARENTS: Final = ("父母双方", "父母亲", "父母", "双亲")
_CHILD_WORDS: Final = ("留守儿童", "被监护人", "儿童", "学生", "孩子", "幼儿", "本人")
_FILLERS = re.compile(r"(?:基本)?(?:情况|信息|资料)|[的之、,/()及和与:;·\s]")
_NUMBER = re.compile(r"^[1-4一二三四](?!\d)")
_BRACKETS = re.compile(r"^(.+?)\(([^()]*)\)$")
_NOT_OURS: Final = frozenset({"family_id"})
"""Columns that never come out of a foreign roster: its 家庭编号 would join strangers."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody whom titles name; two with one `key` are the same person of a row."""

    key: str
    relation: str = ""
    is_carer: bool = False
    is_first: bool = False


@dataclass(frozen=True, slots=True)
class Target:
    """Where the values of a column go: `column` is an attribute of Children (`person` None) or of Guardians."""

    person: Person | None
    column: str

    @property
    def schema(self) -> type[Table]:
        """The sheet."""
        return Children if self.person is None else Guardians

    def column_of(self) -> Column[Any]:
        """The column's declaration; that of the name where a cell tells of a person as it likes."""
        name = "name" if self.column == MENTION else self.column
        return next(one for one in self.schema.columns if one.name == name)

    def __str__(self) -> str:
        who = self.person.key if self.person else Children.title
        return who if self.column == MENTION else f"{who}.{self.column_of().title}"


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a title was taken for: `target` None where for nothing; `sure` is False for a guess.

    `loose` is a guardian's column whose title does not say whose.
    """

    target: Target | None = None
    sure: bool = True
    loose: str = ""

    @property
    def is_known(self) -> bool:
        """Whether a title means something for certain."""
        return self.sure and (self.target is not None or bool(self.loose))


UNKNOWN: Final = Meaning()


def meaning(path: Sequence[str]) -> Meaning:
    """The meaning of a plain title under its groups, from the outermost to the column's own: 父亲情况, 姓名."""
    return _meaning(tuple(path)) if path else UNKNOWN


@cache
def _meaning(path: tuple[str, ...]) -> Meaning:
    leaf = path[-1]
    if bracketed := _BRACKETS.match(leaf):  # 联系电话(父亲) is the father's, 姓名(必填) is 姓名
        inside, _ = _person(bracketed[2])
        return _meaning((*path[:-1], bracketed[2], bracketed[1]) if inside else (*path[:-1], bracketed[1]))
    group = _group(path)
    if group and (named := _named(Guardians, leaf)):
        return Meaning(Target(group, named))
    if not group and (whole := _named(Children, leaf)):
        return Meaning(Target(None, whole))
    person, rest = _person(leaf)
    if person is None:
        person, rest = group, leaf
    if person is None:
        return _childs(leaf)
    found = _guardians(rest) if rest else MENTION
    if found:
        return Meaning(Target(person, found))
    near = _near(Guardians, rest)
    return Meaning(Target(person, near), sure=False) if near else UNKNOWN


def _group(path: tuple[str, ...]) -> Person | None:
    """The person whom the innermost group over a column names."""
    return next((found for piece in reversed(path[:-1]) if (found := _person(piece)[0])), None)


def _childs(leaf: str) -> Meaning:
    """The meaning of a title that names no person."""
    plain = _without(leaf, _CHILD_WORDS)
    for title in (leaf, plain, _without(leaf, ("儿童",))):
        if name := _named(Children, title):
            return Meaning(Target(None, name))
    if name := _guardians(plain):
        return Meaning(loose=name)
    near = _near(Children, plain)
    return Meaning(Target(None, near), sure=False) if near else UNKNOWN


def _guardians(title: str) -> str:
    """The column of Guardians that a title means, MENTION where it means several of them at once, "" for none."""
    plain = _FILLERS.sub("", title)
    for one in (title, plain, _without(plain, ("与", *_CHILD_WORDS))):
        if name := _named(Guardians, one):
            return name
    if not plain:
        return MENTION
    parts = plain
    for word in _mention_words():
        parts = parts.replace(word, "")
    return "" if parts else MENTION


@cache
def _mention_words() -> tuple[str, ...]:
    """What a title calls a name, a phone, a relation; the longest first."""
    wanted = {"name", "mobile", "landline", "relation"}
    columns = [column for column in Guardians.columns if column.name in wanted]
    return tuple(sorted((title for one in columns for title in (one.title, *one.synonyms)), key=len, reverse=True))


def _person(title: str) -> tuple[Person | None, str]:
    """The person whom a title begins with (or, after 与 and the like, holds), and what is left of the title."""
    plain = _FILLERS.sub("", title)
    for word, person in _persons():
        if plain.startswith(word):
            rest = plain.removeprefix(word)
            number = _NUMBER.match(rest)
            if len(word) == 1 and rest and not _guardians(rest):
                continue
            if number:
                return Person(f"{person.key}{number[0]}", *_rest_of(person)), rest[1:]
            return person, rest
    for word, person in _persons():
        if len(word) > 2 and word in plain and _guardians(_without(plain, (word,))) == "relation":
            return person, "关系"
    return None, title


def _rest_of(person: Person) -> tuple[str, bool, bool]:
    return person.relation, person.is_carer, person.is_first


@cache
def _persons() -> tuple[tuple[str, Person], ...]:
    """The words for persons, the longest first."""
    found: dict[str, Person] = {}
    found |= {word: Person(relation, relation) for word, relation in RELATIONS.items() if relation != "其他亲属"}
    found |= {word: Person("照护人", is_carer=True) for word in _CARERS}
    found |= {word: Person("首选联系人", is_first=True) for word in _FIRST_CONTACTS}
    found |= {word: Person(word.removeprefix("法定")) for word in _OTHERS}
    found |= {word: Person(PARENTS) for word in _PARENTS}
    return tuple(sorted(found.items(), key=lambda item: -len(item[0])))


def person_called(word: str) -> Person | None:
    """The person of a word as `str(Target)` writes it."""
    found, rest = _person(word)
    return found if not rest else None


def _without(title: str, words: Sequence[str]) -> str:
    """A title without words around it: 学生性别 → 性别."""
    plain = _FILLERS.sub("", title)
    for word in words:
        plain = plain.replace(word, "")
    return plain


def titles_of(schema: type[Table]) -> Iterator[tuple[str, Column[Any]]]:
    """Every title and synonym of a sheet's columns that a roster may fill."""
    for column in schema.columns:
        if column.name not in _NOT_OURS and not column.generated and column.refers == "":
            for title in (column.title, *column.synonyms):
                yield plain_title(title), column


_BY_TITLE: Final[Mapping[str, Mapping[str, str]]] = {
    schema.title: {title: column.name for title, column in reversed(list(titles_of(schema)))}
    for schema in (Children, Guardians)
}


def _named(schema: type[Table], title: str) -> str:
    """The attribute of the column that a title names, "" for none."""
    return _BY_TITLE[schema.title].get(title, "")


def _near(schema: type[Table], title: str) -> str:
    """The attribute of the column whose title is like this one."""
    ratios = [(SequenceMatcher(None, title, one).ratio(), name) for one, name in _BY_TITLE[schema.title].items()]
    best = max(ratios, default=(0.0, ""))
    rivals = {name for ratio, name in ratios if ratio == best[0]}
    return best[1] if best[0] >= _NEAR and len(rivals) == 1 else ""


def target_called(text: str) -> Target | None:
    """The target that `str` writes so: 花名册.姓名, 父亲.手机, 照护人, or a column's title alone."""
    who, _, title = text.partition(".")
    if not title and (name := _named(Children, plain_title(who))):
        return Target(None, name)
    if who == Children.title and title:
        name = _named(Children, plain_title(title))
        return Target(None, name) if name else None
    person = person_called(who)
    if person is None:
        return None
    column = _named(Guardians, plain_title(title)) if title else MENTION
    return Target(person, column) if column else None
