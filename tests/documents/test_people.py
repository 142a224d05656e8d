from __future__ import annotations

from datetime import date

import pytest

from tests.support.schools import children_of, school_of
from xl_liushou.documents.childfile import ChildFiles
from xl_liushou.documents.people import (
    addressed_as,
    addressees,
    called,
    guardian_facts,
    helper_names,
    letter_children,
    row,
    school_facts,
    teacher_facts,
)
from xl_liushou.schema.school import School
from xl_liushou.schema.sheets import Children, Contacts, Guardians, Pairings, Staff, Volunteers

TODAY = date(2026, 10, 21)


def siblings() -> School:
    """Two sisters with one father; the younger one's mother gets a copy."""
    return school_of(
        {
            Children: [
                {"child_id": "S002", "name": "张丽", "birth_date": date(2018, 5, 1), "family_id": "F1"},
                {"child_id": "S001", "name": "张敏", "birth_date": date(2015, 5, 1), "family_id": "F1"},
            ],
            Guardians: [
                {"child_id": "S002", "name": "张强", "relation": "父亲", "mobile": "13900000001", "gets_copy": "是"},
                {"child_id": "S001", "name": "张强", "relation": "父亲", "mobile": "13900000001"},
                {"child_id": "S002", "name": "李梅", "relation": "母亲", "mobile": "13900000002", "gets_copy": "是"},
            ],
        }
    )


def test_a_letter_tells_of_all_children_of_the_family_the_eldest_first() -> None:
    school = siblings()
    told = letter_children(school, children_of(school)[:1])
    assert [child[Children.name] for child in told] == ["张敏", "张丽"]


def test_a_letter_leaves_out_a_sibling_whose_case_is_closed() -> None:
    school = school_of(
        {
            Children: [
                {"child_id": "S001", "family_id": "F1"},
                {"child_id": "S002", "family_id": "F1", "case_status": "结案"},
            ]
        }
    )
    assert [child[Children.child_id] for child in letter_children(school, children_of(school)[:1])] == ["S001"]


def test_one_person_gets_one_letter_however_many_rows_name_them() -> None:
    school = siblings()
    readers = addressees(school, letter_children(school, children_of(school)[:1]))
    assert [(one[Guardians.name], one[Guardians.guardian_id]) for one in readers] == [
        ("张强", "J0002"),
        ("李梅", "J0003"),
    ]


def test_the_greeting_names_the_children_by_whom_the_person_is_called_so() -> None:
    school = siblings()
    told = letter_children(school, children_of(school)[:1])
    father, mother = addressees(school, told)
    assert addressed_as(school, father, told) == "张敏、张丽爸爸"
    assert addressed_as(school, mother, told) == "张丽妈妈"


def test_nobody_is_addressed_without_a_first_contact() -> None:
    school = school_of({Children: [{}], Guardians: [{"is_first_contact": "否"}]})
    assert addressees(school, children_of(school)) == []


@pytest.mark.parametrize(
    ("relation", "name"),
    [("父亲", "爸爸"), ("外祖母", "外婆"), ("祖父", "爷爷"), ("受托人", "家长"), ("其他亲属", "家长"), ("", "家长")],
)
def test_a_guardian_is_called_as_the_child_would(relation: str, name: str) -> None:
    assert called(relation) == name


def test_a_row_shows_names_in_place_of_keys() -> None:
    school = school_of(
        {
            Children: [{"child_id": "S001"}],
            Guardians: [{"name": "张强"}],
            Staff: [{"staff_id": "T02", "name": "王芳"}],
            Contacts: [{"recorder": "T02", "contact": "J0001"}, {"recorder": "T99", "contact": "J9999"}],
        }
    )
    first, second = (row(school, one, "学校") for one in school[Contacts].records())
    assert (first["记录人"], first["对象"]) == ("王芳", "张强")
    assert (second["记录人"], second["对象"]) == ("T99", "")


def test_families_get_the_teachers_name_and_no_phone() -> None:
    school = school_of({Staff: [{"name": "王芳", "class_taught": "三年级1班", "mobile": "13700000001"}]})
    assert teacher_facts(school, "三年级1班", "家长") == {"姓名": "王芳"}
    assert teacher_facts(school, "三年级1班", "学校")["手机"] == "13700000001"
    assert teacher_facts(school, "三年级2班", "家长") == {"姓名": ""}


def test_a_parent_who_is_not_in_the_workbook_is_blank() -> None:
    assert guardian_facts(None, "家长")["姓名"] == ""


def test_the_signature_falls_back_to_the_schools_name() -> None:
    facts = school_facts(school_of(settings={"落款单位": "", "学校名称": "云岭小学"}))
    assert facts["落款单位"] == "云岭小学"


def test_current_helpers_may_be_named() -> None:
    school = school_of(
        {
            Children: [{"child_id": "S001"}, {"child_id": "S002", "name": "李雷"}],
            Staff: [{"staff_id": "T01", "name": "王芳"}],
            Volunteers: [{"volunteer_id": "V01", "name": "赵敏"}],
            Pairings: [
                {"child_id": "S001", "kind": "手拉手", "helper": "S002"},
                {"child_id": "S001", "kind": "学习帮手", "helper": "韩梅"},
                {"child_id": "S001", "kind": "志愿者", "helper": "V01"},
                {"child_id": "S001", "kind": "教师帮扶", "helper": "T01"},
                {"child_id": "S001", "kind": "学习帮手", "helper": "旧友", "ends_on": date(2026, 10, 1)},
                {"child_id": "S002", "kind": "学习帮手", "helper": "别人"},
            ],
        }
    )
    assert helper_names(ChildFiles(school, TODAY), children_of(school)[:1]) == {"李雷", "韩梅", "赵敏", "王芳"}
