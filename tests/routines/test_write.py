"""Writing papers is a plan first: a school in, effects as data out."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.support.schools import school_of
from xl_liushou.core.errors import UsageProblem
from xl_liushou.core.plan import Plan
from xl_liushou.routines import write
from xl_liushou.routines.inputs import Choice, Inputs
from xl_liushou.schema.school import School
from xl_liushou.schema.sheets import Children, Guardians, Staff

TODAY = date(2026, 11, 23)


def school() -> School:
    return school_of(
        {
            Children: [
                {"child_id": "S001", "name": "张明", "class_name": "1班"},
                {"child_id": "S002", "name": "李芳", "class_name": "1班", "consent": "待签"},
                {"child_id": "S003", "name": "王强", "case_status": "暂停", "paused_until": date(2026, 12, 31)},
                {"child_id": "S004", "name": "赵磊", "case_status": "暂停", "paused_until": date(2026, 11, 1)},
                {"child_id": "S005", "name": "周静", "case_status": "结案"},
            ],
            Guardians: [{"child_id": f"S00{number}", "guardian_id": f"J{number}"} for number in range(1, 6)],
            Staff: [{"staff_id": "T01", "name": "陈老师", "class_taught": "三年级1班"}],
        }
    )


def planned(document: str, **more: Any) -> Plan:
    return write.plan(Inputs(school(), TODAY, document=document, **more))


def test_without_a_choice_those_in_care_are_written_to() -> None:
    assert [effect.child for effect in planned("archive-card").effects] == ["S001", "S002", "S004"]


def test_a_child_named_is_taken_even_when_closed() -> None:
    plan = planned("archive-card", choice=Choice(children=["S005"]))
    assert [effect.child for effect in plan.effects] == ["S005"]
    assert any("已经结案" in note for note in plan.notes)


def test_a_missing_consent_is_said_for_each_child() -> None:
    notes = planned("parent-letter").notes
    assert len(notes) == 1
    assert notes[0].startswith("S002：同意书")


def test_a_letter_knows_its_family_and_recipients() -> None:
    letter = planned("parent-letter").effects[0]
    assert letter.children == ("S001",) or list(letter.children) == ["S001"]
    assert list(letter.recipients) == ["J1"]
    assert letter.guarded


def test_a_list_is_made_for_the_school_or_for_each_class_asked_for() -> None:
    asked = {"": Choice(), "class": Choice(classes=["三年级1班"]), "grade": Choice(grades=["三"])}
    found = {name: planned("roster", choice=choice).effects[0].class_name for name, choice in asked.items()}
    assert found == {"": "全校", "class": "三年级1班", "grade": "三年级1班"}


def test_a_paper_may_be_named_in_chinese() -> None:
    assert planned("档案卡").effects[0].document == "archive-card"


def test_an_unknown_paper_is_told_with_those_there_are() -> None:
    with pytest.raises(UsageProblem, match="parent-letter"):
        planned("love-letter")
