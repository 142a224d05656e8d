"""Choosing children: by class, grade, number, key and risk; what is unknown is told, never guessed."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.support.schools import school_of
from xl_liushou.core.errors import UnusableInput, UsageProblem
from xl_liushou.routines.inputs import Choice, Inputs, chosen_children, require_children
from xl_liushou.schema.school import School
from xl_liushou.schema.sheets import Children

TODAY = date(2026, 11, 23)


def school() -> School:
    return school_of(
        {
            Children: [
                {"child_id": "S001", "grade": "三年级", "class_name": "1班", "is_key": "是", "risk": "高"},
                {"child_id": "S002", "grade": "三年级", "class_name": "2班", "is_key": "否", "risk": "中"},
                {"child_id": "S003", "grade": "四年级", "class_name": "1班", "is_key": "否", "risk": "低"},
                {"child_id": "S004", "grade": "四年级", "class_name": "1班", "case_status": "结案", "risk": "低"},
            ]
        }
    )


def chosen(**choice: Any) -> list[str]:
    inputs = Inputs(school(), TODAY, Choice(**choice))
    children, _ = chosen_children(inputs, inputs.school.active_children)
    return [child[Children.child_id] for child in children]


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        ({}, ["S001", "S002", "S003"]),
        ({"classes": ["三年级1班"]}, ["S001"]),
        ({"classes": ["三(1)班", "3年级2班"]}, ["S001", "S002"]),
        ({"grades": ["四年级"]}, ["S003"]),
        ({"grades": ["三", "4年级"]}, ["S001", "S002", "S003"]),
        ({"key_only": True}, ["S001"]),
        ({"risks": ["高", "低"]}, ["S001", "S003"]),
        ({"children": ["S004", "S001"]}, ["S001", "S004"]),
        ({"children": ["S001", "S002"], "grades": ["三年级"], "risks": ["中"]}, ["S002"]),
    ],
)
def test_choices(choice: dict[str, Any], expected: list[str]) -> None:
    assert chosen(**choice) == expected


def test_a_closed_case_asked_for_by_number_comes_with_a_note() -> None:
    inputs = Inputs(school(), TODAY, Choice(children=["S004"]))
    children, notes = chosen_children(inputs, inputs.school.active_children)
    assert len(children) == 1
    assert "已经结案" in notes[0]


def test_an_unknown_child_is_told() -> None:
    with pytest.raises(UsageProblem, match="S999"):
        chosen(children=["S999"])


def test_an_unknown_class_is_told_with_those_there_are() -> None:
    with pytest.raises(UsageProblem, match="三年级1班、三年级2班"):
        chosen(classes=["五年级1班"])


def test_a_roster_without_children_stops_the_command() -> None:
    with pytest.raises(UnusableInput, match="还没有孩子"):
        require_children(school_of({}))


@pytest.mark.parametrize("grade", ["七年级", "初一", "", "三年"])
def test_an_unknown_grade_is_told_instead_of_finding_nobody(grade: str) -> None:
    with pytest.raises(UsageProblem, match="一年级、二年级"):
        chosen(grades=[grade])


def test_a_choice_that_nobody_fits_is_said() -> None:
    inputs = Inputs(school(), TODAY, Choice(key_only=True, risks=["低"]))
    assert chosen_children(inputs, inputs.school.active_children) == ([], ["没有孩子符合所选的条件。"])
