"""Pairings and study help of all children together: how many, and what came of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from xl_liushou.core.table import Record
from xl_liushou.figures.shares import Share
from xl_liushou.figures.terms import Days
from xl_liushou.followup.also_due import overlaps
from xl_liushou.schema.lists import CLOSED, YES
from xl_liushou.schema.school import School
from xl_liushou.schema.sheets import Children, Pairings, Progress, StudyHelp


@dataclass(frozen=True, slots=True)
class PairingFigures:
    """The 结对 of some days: how many of each type had what effect ("" for none told), and who had a helper.

    `children` are all that had one; `key` are the key children with a helper teacher.
    """

    effects: Mapping[str, Mapping[str, int]]
    children: Share
    key: Share

    @property
    def pairs(self) -> int:
        """All of them."""
        return sum(sum(effects.values()) for effects in self.effects.values())


@dataclass(frozen=True, slots=True)
class StudyFigures:
    """The plans of 学习帮扶 of a term by subject and by state, and what the last check of each said.

    `children` is how many children they help; `trends` are of the plans that were checked ("" for a check that
    does not say).
    """

    subjects: Mapping[str, int]
    states: Mapping[str, int]
    trends: Mapping[str, int]
    children: int

    @property
    def plans(self) -> int:
        """All of them."""
        return sum(self.subjects.values())


def pairing_figures(school: School, days: Days) -> PairingFigures:
    """The 结对 of the children 在管 and 暂停 that were current on any of these days."""
    found = list(_pairings(school, days))
    effects = {
        kind: dict(Counter(one[Pairings.effect] for one in found if one[Pairings.kind] == kind))
        for kind in CLOSED["结对类型"]
    }
    helped = {one[Pairings.child_id] for one in found}
    taught = {one[Pairings.child_id] for one in found if one[Pairings.kind] == "教师帮扶"}
    key = [child[Children.child_id] for child in school.active_children if child[Children.is_key] == YES]
    everyone = [child[Children.child_id] for child in school.active_children]
    return PairingFigures(
        {kind: counts for kind, counts in effects.items() if counts},
        Share(sum(child in helped for child in everyone), len(everyone)),
        Share(sum(child in taught for child in key), len(key)),
    )


def _pairings(school: School, days: Days) -> Iterator[Record]:
    for one in school[Pairings].records():
        current = overlaps(one[Pairings.starts_on], one[Pairings.ends_on], days.first, days.last)
        if current and one[Pairings.child_id] in school.active_ids:
            yield one


def study_figures(school: School, term: str, today: date) -> StudyFigures:
    """The plans of a term for the children 在管 and 暂停, checked up to a day."""
    plans = [
        one
        for one in school[StudyHelp].records()
        if one[StudyHelp.term] == term and one[StudyHelp.child_id] in school.active_ids
    ]
    checks = checks_by_plan(school, today)
    checked = [one[StudyHelp.help_id] for one in plans if one[StudyHelp.help_id] in checks]
    return StudyFigures(
        Counter(one[StudyHelp.subject] for one in plans),
        Counter(one[StudyHelp.status] or "进行中" for one in plans),
        Counter(checks[help_id][-1][Progress.trend] for help_id in checked),
        len({one[StudyHelp.child_id] for one in plans}),
    )


def checks_by_plan(school: School, today: date) -> Mapping[str, Sequence[Record]]:
    """The 进步记录 of each plan up to a day, the earliest first; of a 编号 that two plans share nobody can say."""
    plans = Counter(school[StudyHelp].help_id)
    dated = [
        (day, one)
        for one in school[Progress].records()
        if (day := one[Progress.checked_on]) is not None and day <= today and plans[one[Progress.help_id]] <= 1
    ]
    found: dict[str, list[Record]] = {}
    for _, one in sorted(dated, key=lambda pair: (pair[0], pair[1].row)):
        if one[Progress.help_id]:
            found.setdefault(one[Progress.help_id], []).append(one)
    return found
