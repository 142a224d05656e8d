"""Coverage by month and class: against a count child by child, and in the cases that matter."""

from __future__ import annotations

from datetime import date

import pytest

from tests.support.random_school import random_school
from tests.support.schools import Row, school_of
from xl_liushou.figures.coverage import coverage, done_in, late_children
from xl_liushou.figures.shares import Share
from xl_liushou.figures.terms import Days, current_term
from xl_liushou.followup.due import due_items
from xl_liushou.schema.school import School
from xl_liushou.schema.sheets import Children, Contacts

SEPTEMBER, OCTOBER = Days(date(2026, 9, 1), date(2026, 9, 30)), Days(date(2026, 10, 1), date(2026, 10, 31))


def covered(school: School, child: Row, kind: str, month: Days) -> bool:
    """Whether any record says so, looked for from the child's side."""
    return any(
        one[Contacts.child_id] == child["id"]
        and one[Contacts.kind] == kind
        and one[Contacts.result] == "完成"
        and (day := one[Contacts.day]) is not None
        and (day.year, day.month) == (month.first.year, month.first.month)
        and month.first <= day <= month.last
        for one in school[Contacts].records()
    )


def on_file(school: School, month: Days) -> list[Row]:
    return [
        {"id": one[Children.child_id], "class": one[Children.grade] + one[Children.class_name]}
        for one in school[Children].records()
        if one[Children.case_status] in ("在管", "暂停") and (one[Children.filed_on] or date.min) <= month.last
    ]


@pytest.mark.parametrize("kind", ["谈心", "通话"])
@pytest.mark.parametrize("seed", range(12))
def test_it_is_what_a_count_child_by_child_gives(seed: int, kind: str) -> None:
    made = random_school(seed)
    school = made.book.school()
    term = current_term(school)
    assert term
    months = term.months(made.today)
    found = coverage(school, kind, months)
    by_class: dict[str, list[int]] = {}
    for month, share in zip(months, found.by_month, strict=True):
        marks = [(child["class"], covered(school, child, kind, month)) for child in on_file(school, month)]
        assert share == Share(sum(mark for _, mark in marks), len(marks))
        for name, mark in marks:
            counts = by_class.setdefault(name, [0, 0])
            counts[0] += mark
            counts[1] += 1
    assert {name: [share.part, share.whole] for name, share in found.by_class.items()} == by_class
    assert found.whole == Share(*map(sum, zip(*by_class.values(), strict=True))) if by_class else Share()
    whole = Days(months[0].first, months[-1].last) if months else Days(date.max, date.min)
    assert sum(found.times.values()) == done_in(school, kind, whole)


@pytest.mark.parametrize("seed", range(12))
def test_who_is_late_is_what_the_list_of_due_things_says(seed: int) -> None:
    made = random_school(seed)
    items = due_items(made.book.school(), made.today)
    for kind in ("谈心", "通话"):
        children = {item.child: item.class_name for item in items if (item.kind, item.status) == (kind, "逾期")}
        assert sum(late_children(items, kind).values()) == len(children)


def test_only_completed_contacts_of_the_month_count() -> None:
    records: list[Row] = [
        {"day": date(2026, 9, 30), "result": "未接通"},
        {"day": date(2026, 10, 1)},
        {"day": date(2026, 10, 20)},
        {"day": None},
        {"kind": "通话", "day": date(2026, 9, 5)},
    ]
    found = coverage(school_of({Children: [{}], Contacts: records}), "谈心", [SEPTEMBER, OCTOBER])
    assert found.by_month == [Share(0, 1), Share(1, 1)]
    assert found.by_class == {"三年级1班": Share(1, 2)}
    assert found.times == {"三年级1班": 2}


def test_a_child_is_asked_about_from_the_month_it_was_filed() -> None:
    school = school_of({Children: [{"filed_on": date(2026, 10, 31)}, {"filed_on": None}, {"case_status": "结案"}]})
    assert coverage(school, "谈心", [SEPTEMBER, OCTOBER]).by_month == [Share(0, 1), Share(0, 2)]


def test_a_record_of_two_children_with_one_number_covers_neither() -> None:
    school = school_of({Children: [{"child_id": "S001"}, {"child_id": "S001"}], Contacts: [{"day": date(2026, 9, 3)}]})
    assert coverage(school, "谈心", [SEPTEMBER]).whole == Share(0, 2)


def test_a_school_without_children_or_months_has_no_coverage() -> None:
    assert coverage(school_of({}), "谈心", [SEPTEMBER]).whole == Share()
    assert coverage(school_of({Children: [{}]}), "谈心", []).by_month == []
