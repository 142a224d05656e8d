"""Who may be living alone: the one question that no setting can silence (R308)."""

from __future__ import annotations

from collections.abc import Iterator

from xl_liushou.core.table import Record
from xl_liushou.schema.lists import YES
from xl_liushou.schema.school import School
from xl_liushou.schema.sheets import Children, Guardians


def living_alone(school: School) -> Iterator[Record]:
    """The active children of whom no 监护人 row says 现照护人 = 是; an unreadable mark leaves it open."""
    for child in school.active_children:
        child_id = child[Children.child_id]
        group = school.guardians_by_child.get(child_id, ())
        if child_id and not any(
            one[Guardians.is_carer] == YES or school.unread(one, Guardians.is_carer) for one in group
        ):
            yield child


def rows_without_mark(school: School) -> frozenset[int]:
    """The rows of 监护人 whose blank 现照护人 R308 tells already: one root, one finding."""
    return frozenset(
        one.row
        for child in living_alone(school)
        for one in school.guardians_by_child.get(child[Children.child_id], ())
        if not one[Guardians.is_carer]
    )
