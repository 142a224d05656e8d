"""The findings as lists to print and to hand out: one for each class teacher, one for the whole school."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from xl_liushou.core.finding import LABELS, FindingLine, FindingList
from xl_liushou.routines.check_sheet import Owners
from xl_liushou.routines.findings import Told
from xl_liushou.rules.catalogue import BY_CODE
from xl_liushou.schema.numbers import class_order
from xl_liushou.schema.school import School
from xl_liushou.schema.sheets import Staff

WHOLE_SCHOOL: Final = "全校"
_RANK: Final = {severity: rank for rank, severity in enumerate(LABELS)}


def findings_lists(school: School, findings: Sequence[Told]) -> list[FindingList]:
    """The lists, the whole school's first, then the classes in their order; errors stand first on each."""
    owners = Owners(school)
    groups: dict[str, list[Told]] = {}
    for one in sorted(findings, key=lambda one: _RANK[one["severity"]]):
        groups.setdefault(owners.class_of(one["sheet"], one["row"]) or WHOLE_SCHOOL, []).append(one)
    titles = sorted(groups.keys() - {WHOLE_SCHOOL}, key=class_order)
    ordered = [title for title in (WHOLE_SCHOOL, *titles) if title in groups]
    return [FindingList(title, _owner(school, owners, title), list(_lines(school, groups[title]))) for title in ordered]


def _owner(school: School, owners: Owners, title: str) -> str:
    teacher = school.class_teacher(title)
    return teacher[Staff.name] if teacher else owners.head


def _lines(school: School, findings: Sequence[Told]) -> Iterator[FindingLine]:
    for one in findings:
        yield FindingLine(
            LABELS[one["severity"]],
            school.sheet_name(one["sheet"]),
            one["cell"],
            one["column"] or "",
            one["code"],
            BY_CODE[one["code"]].title,
            one["message"],
        )
