"""How many children were talked with, and how many families were called: by month and by class.

A child is covered in a month when at least one contact of the kind counts (see followup): it was completed in that
month. Asked about are the children 在管 and 暂停 who were on file by the month's last day. A class's coverage over
several months is the sum of its months, so that one talk in September does not cover the whole term.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from xl_liushou.figures.shares import Share, total
from xl_liushou.figures.terms import Days
from xl_liushou.followup.contacts import completed
from xl_liushou.followup.item import OVERDUE, Item
from xl_liushou.schema.numbers import class_order
from xl_liushou.schema.school import School
from xl_liushou.schema.sheets import Children


@dataclass(frozen=True, slots=True)
class Coverage:
    """Children covered of children asked about, and how often: `times` are all counted contacts, by class."""

    months: Sequence[Days]
    shares: Mapping[tuple[str, int], Share]
    times: Mapping[str, int]

    @property
    def by_month(self) -> list[Share]:
        """The whole school, a share for each month."""
        return [
            total(share for (_, at), share in self.shares.items() if at == place) for place in range(len(self.months))
        ]

    @property
    def by_class(self) -> Mapping[str, Share]:
        """Each class over all months, by grade and number."""
        names = sorted({name for name, _ in self.shares}, key=class_order)
        return {name: total(share for (one, _), share in self.shares.items() if one == name) for name in names}

    @property
    def whole(self) -> Share:
        """The whole school over all months."""
        return total(self.shares.values())


def coverage(school: School, kind: str, months: Sequence[Days]) -> Coverage:
    """The coverage of a kind of contact in some months; a child of unclear 儿童编号 is asked about, never covered."""
    rows = [
        (child[Children.child_id], child[Children.filed_on], school.class_name(child))
        for child in school.active_children
    ]
    class_of = {child_id: name for child_id, _, name in rows if child_id not in school.unclear_child_ids}
    times: Counter[str] = Counter()
    reached: set[tuple[str, int]] = set()
    for child_id, day in completed(school, kind):
        place = _place(months, day)
        if place is not None and child_id in class_of:
            times[class_of[child_id]] += 1
            reached.add((child_id, place))
    shares: dict[tuple[str, int], Share] = {}
    for child_id, filed, name in rows:
        for place, month in enumerate(months):
            if filed is None or filed <= month.last:
                one = Share(int((child_id, place) in reached), 1)
                shares[name, place] = shares.get((name, place), Share()) + one
    return Coverage(months, shares, times)


def done_in(school: School, kind: str, days: Days) -> int:
    """How many contacts of a kind count within some days, with the children 在管 and 暂停."""
    known = school.active_ids - school.unclear_child_ids
    return sum(child_id in known and day in days for child_id, day in completed(school, kind))


def late_children(items: Sequence[Item], kind: str) -> Mapping[str, int]:
    """How many children of each class are overdue for a kind of contact."""
    return Counter(item.class_name for item in items if item.kind == kind and item.status == OVERDUE)


def _place(months: Sequence[Days], day: date) -> int | None:
    return next((place for place, month in enumerate(months) if day in month), None)
