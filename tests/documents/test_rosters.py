"""花名册 for the authorities: who is on it, in what order, with the whole ID number and the counts."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.support.schools import Row, children_of, school_of
from xl_liushou.core.plan import Blocked, Made, Skipped, WriteDocument
from xl_liushou.documents.catalogue import PAPERS
from xl_liushou.documents.options import PaperOptions
from xl_liushou.schema.school import School
from xl_liushou.schema.sheets import Children, Guardians, Staff

TODAY = date(2026, 10, 21)
ID = "990001201603020017"
CHILDREN: list[Row] = [
    {"child_id": "S001", "name": "张明", "grade": "三年级", "class_name": "10班", "id_number": ID},
    {"child_id": "S002", "name": "李芳", "grade": "三年级", "class_name": "2班", "gender": "女"},
    {"child_id": "S003", "name": "王强", "grade": "一年级", "left_behind_type": "一方外出"},
]
GUARDIANS: list[Row] = [
    {"relation": "父亲", "name": "张强", "work_place": "广东东莞", "mobile": "13900000001"},
    {"relation": "母亲", "name": "李梅", "work_place": "浙江义乌"},
    {"relation": "祖父", "name": "张大山", "works_away": "否", "is_carer": "是", "work_place": "本村"},
]


def made(school: School, by_class: bool = False) -> list[Made]:
    options = PaperOptions(by_class=by_class)
    return list(PAPERS["roster"].make(school, TODAY, children_of(school), options))


def papers(school: School, by_class: bool = False) -> list[WriteDocument]:
    return [one for one in made(school, by_class) if isinstance(one, WriteDocument)]


def the_school() -> School:
    return school_of(
        {Children: CHILDREN, Guardians: GUARDIANS, Staff: [{"class_taught": "三年级10班", "name": "王芳"}]}
    )


def names(paper: WriteDocument) -> list[str]:
    return [child["姓名"] for child in paper.context["孩子们"]]


def test_the_school_has_one_roster_by_grade_and_class() -> None:
    (paper,) = papers(the_school())
    assert (paper.title, paper.class_name, paper.audience) == ("花名册", "全校", "上报")
    assert names(paper) == ["王强", "李芳", "张明"]
    assert [child["序号"] for child in paper.context["孩子们"]] == [1, 2, 3]
    assert list(paper.children) == ["S003", "S002", "S001"]


def test_each_class_has_its_own_with_its_teacher() -> None:
    found = papers(the_school(), by_class=True)
    assert [paper.class_name for paper in found] == ["一年级1班", "三年级2班", "三年级10班"]
    assert [names(paper) for paper in found] == [["王强"], ["李芳"], ["张明"]]
    assert [paper.context["班主任"]["姓名"] for paper in found] == ["", "", "王芳"]


def test_the_whole_id_number_and_those_who_care_are_told() -> None:
    child = papers(the_school())[0].context["孩子们"][2]
    assert child["身份证号"] == ID
    assert (child["照护人"]["姓名"], child["照护人"]["关系"]) == ("张大山", "祖父")
    assert child["父母务工地"] == "父亲：广东东莞；母亲：浙江义乌"


def test_a_parent_at_home_has_no_place_of_work_away() -> None:
    father: Row = {"relation": "父亲", "works_away": "否", "work_place": "本村"}
    told = papers(school_of({Children: [{}], Guardians: [father]}))[0].context["孩子们"][0]
    assert told["父母务工地"] == ""


def test_columns_for_leaders_are_on_no_roster() -> None:
    school = school_of({Children: [{"hardships": ("孤儿", "重病")}]})
    (paper,) = PAPERS["roster"].make(school, TODAY, children_of(school), PaperOptions(leaders=True))
    assert isinstance(paper, WriteDocument)
    assert "孤儿" not in str(paper.context)


def test_counts_are_told_for_all_and_by_class() -> None:
    told: dict[str, Any] = dict(papers(the_school())[0].context)
    assert told["统计"] == {
        "班级": "全校", "人数": 3, "男": 2, "女": 1,
        "双方外出": 2, "一方外出另一方无监护能力": 0, "一方外出": 1, "非留守": 0,
    }  # fmt: skip
    assert [(row["班级"], row["人数"]) for row in told["分班统计"]] == [
        ("一年级1班", 1), ("三年级2班", 1), ("三年级10班", 1), ("合计", 3),
    ]  # fmt: skip


def test_a_single_class_has_no_table_by_class() -> None:
    assert all(paper.context["分班统计"] == [] for paper in papers(the_school(), by_class=True))


def test_a_child_of_whom_nobody_can_say_who_it_is_is_left_out_and_told() -> None:
    school = school_of({Children: [*CHILDREN, {"child_id": "S001", "name": "重号"}, {"child_id": "", "name": "无号"}]})
    found = made(school)
    assert names(papers(school)[0]) == ["王强", "李芳"]
    assert [(one.child, one.code) for one in found if isinstance(one, Blocked)] == [
        ("S001", "D805"), ("S001", "D805"), (None, "D805"),
    ]  # fmt: skip


def test_without_children_there_is_no_roster() -> None:
    (skipped,) = made(school_of({Children: []}))
    assert isinstance(skipped, Skipped)
