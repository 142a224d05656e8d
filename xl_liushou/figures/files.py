"""What the files (档案) of a term say of all children together, and how it changed since the term before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from xl_liushou.core.table import Column, Record
from xl_liushou.schema.lists import CLOSED
from xl_liushou.schema.school import School
from xl_liushou.schema.sheets import TermFiles

Files = Mapping[str, Record]
"""A term's file of each child, by 儿童编号."""

TROUBLES: Final = (
    TermFiles.study_trouble,
    TermFiles.mind_trouble,
    TermFiles.family_trouble,
    TermFiles.safety_trouble,
    TermFiles.labour_trouble,
)
ASPECTS: Final = (TermFiles.study, TermFiles.thought, TermFiles.mind, TermFiles.conduct)
_SCALES: Final = {
    **dict.fromkeys(TROUBLES, CLOSED["程度"]),
    **dict.fromkeys(ASPECTS, CLOSED["评定"]),
}
"""What a column may say, the best first."""


@dataclass(frozen=True, slots=True)
class Change:
    """How many children are better, the same, or worse than before, among those known both times."""

    better: int = 0
    same: int = 0
    worse: int = 0


def files_of(school: School, term: str) -> Files:
    """The files of the children 在管 and 暂停 in a term; of two for one child the one assessed last."""
    wanted = school.active_ids - school.unclear_child_ids
    rows = [one for one in school[TermFiles].records() if one[TermFiles.term] == term]
    known = [one for one in rows if one[TermFiles.child_id] in wanted]
    known.sort(key=lambda one: (one[TermFiles.assessed_on] or date.min, one.row))
    return {one[TermFiles.child_id]: one for one in known}


def in_both(before: Files, now: Files) -> tuple[Files, Files]:
    """The files of the children that have one both times."""
    both = before.keys() & now.keys()
    return {one: before[one] for one in before if one in both}, {one: now[one] for one in now if one in both}


def levels(files: Files, column: Column[str]) -> Mapping[str, int]:
    """How many files say what in a column, the best first; a blank says nothing."""
    counts = Counter(one[column] for one in files.values())
    return {level: counts[level] for level in _SCALES[column]}


def change(before: Files, now: Files, column: Column[str]) -> Change:
    """How a column changed, child by child."""
    scale: Sequence[str] = _SCALES[column]
    steps = Counter(
        _sign(scale.index(now[child][column]) - scale.index(before[child][column]))
        for child in before.keys() & now.keys()
        if before[child][column] in scale and now[child][column] in scale
    )
    return Change(better=steps[-1], same=steps[0], worse=steps[1])


def _sign(number: int) -> int:
    return (number > 0) - (number < 0)
