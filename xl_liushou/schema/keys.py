"""Keys that the program gives: a letter and a number that goes on where the column's largest ends."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from xl_liushou.core.finding import Problem
from xl_liushou.core.table import Column, Table

_NUMBERED = re.compile(r"(.*?)(\d{1,9})")
_WIDTH: Final = 4
_FIRST: Final[Mapping[str, tuple[str, int]]] = {"花名册": ("E", _WIDTH), "活动": ("HD", 2)}
"""How the keys that a school gives begin, and their digits, where it has none yet; by sheet."""


def next_keys(prefix: str, taken: Iterable[Any], count: int, width: int = _WIDTH) -> list[str]:
    """The next `count` keys after the largest of `taken` that has this prefix: J0041, J0042 …"""
    largest = 0
    for key in taken:
        found = _NUMBERED.fullmatch(str(key).strip())
        if found and found[1] == prefix:
            largest, width = max(largest, int(found[2])), max(width, len(found[2]))
    return [f"{prefix}{largest + step:0{width}d}" for step in range(1, count + 1)]


def new_keys(column: Column[str], tables: Mapping[str, Table], count: int, given: Collection[str] = ()) -> list[str]:
    """Keys for `count` new rows of a sheet; one that the school gives (儿童编号, 活动编号) goes on as most of its do.

    `given` are keys that other new rows have.
    No key is given that anything refers to: a record of a row that is gone must not become another's.
    """
    present = [str(key) for key in (*tables[column.sheet].values(column), *given) if key]
    taken = [*present, *referred_keys(column.sheet, tables)]
    if column.generated:
        return next_keys(column.generated, taken, count)
    forms = Counter((found[1], len(found[2])) for key in present if (found := _NUMBERED.fullmatch(key)))
    prefix, width = forms.most_common(1)[0][0] if forms else _FIRST[column.sheet]
    return next_keys(prefix, taken, count, width)


def with_keys(problems: Sequence[Problem], tables: Mapping[str, Table]) -> list[Problem]:
    """The problems, with a key of its own for each blank one that the program gives.

    No key is given that anything refers to: a record of a row that is gone must not become another's.
    """
    keys: dict[tuple[str, str], Iterator[str]] = {}
    for title, table in tables.items():
        for column in table.columns:
            blanks = sum(_wants_key(one, title, column.title) for one in problems) if column.generated else 0
            if blanks:
                keys[title, column.title] = iter(new_keys(column, tables, blanks))
    return [
        replace(one, replacement=next(given)) if one.code == "C117" and (given := keys.get(_place(one))) else one
        for one in problems
    ]


def _wants_key(problem: Problem, sheet: str, column: str) -> bool:
    return problem.code == "C117" and _place(problem) == (sheet, column)


def _place(problem: Problem) -> tuple[str, str]:
    return problem.sheet, problem.column or ""


def referred_keys(sheet: str, tables: Mapping[str, Table]) -> Iterator[Any]:
    """Every value of a column that refers to a sheet's key."""
    for table in tables.values():
        for column in table.columns:
            if column.refers == sheet:
                yield from table.values(column)
