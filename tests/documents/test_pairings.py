"""结对帮扶一览表: who helps which child now, by class and by type."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from tests.support.schools import Row, children_of, school_of
from xl_liushou.core.plan import Blocked, Made, Skipped, WriteDocument
from xl_liushou.documents.catalogue import PAPERS
from xl_liushou.documents.options import PaperOptions
from xl_liushou.schema.school import School
from xl_liushou.schema.sheets import Children, Pairings, Staff, Volunteers

TODAY = date(2026, 10, 21)
CHILDREN: list[Row] = [{"name": "张明", "is_key": "是"}, {"name": "李芳"}, {"name": "王强", "class_name": "2班"}]
PAIRINGS: list[Row] = [
    {"kind": "手拉手", "helper": "S002"},
    {"kind": "教师帮扶", "helper": "T01", "goal": "每周谈一次", "effect": "有效", "checked_on": date(2026, 10, 1)},
    {"kind": "学习帮手", "helper": "名册外的同学", "subject": "数学"},
    {"kind": "志愿者", "helper": "V01", "child_id": "S003"},
]


def world(pairings: Sequence[Row] = PAIRINGS, children: Sequence[Row] = CHILDREN) -> School:
    return school_of({
        Children: children, Pairings: pairings,
        Staff: [{"name": "王芳", "position": "数学教师", "class_taught": "三年级1班"}],
        Volunteers: [{"name": "赵志愿", "organisation": "镇团委"}],
    })  # fmt: skip


def made(school: School, by_class: bool = False) -> list[Made]:
    options = PaperOptions(by_class=by_class)
    return list(PAPERS["pairing-table"].make(school, TODAY, children_of(school), options))


def paper(school: School) -> WriteDocument:
    found = made(school)[0]
    assert isinstance(found, WriteDocument)
    return found


def test_each_child_has_a_row_with_its_helpers_by_type() -> None:
    first, second, third = paper(world()).context["孩子们"]
    assert (first["教师帮扶"], first["学习帮手"], first["手拉手"]) == ("王芳", "名册外的同学（数学）", "李芳")
    assert (first["志愿者"], first["党员领导"], first["重点帮扶"]) == ("—", "—", "是")
    assert {second[kind] for kind in ("教师帮扶", "学习帮手", "手拉手", "志愿者", "党员领导")} == {"—"}
    assert third["志愿者"] == "赵志愿"


def test_each_type_that_there_is_has_its_own_list() -> None:
    kinds = paper(world()).context["分类"]
    assert [(one["类型"], one["对数"]) for one in kinds] == [
        ("教师帮扶", 1), ("学习帮手", 1), ("手拉手", 1), ("志愿者", 1),
    ]  # fmt: skip
    assert [one["结对"][0]["职务或单位"] for one in kinds] == ["数学教师", "", "三年级1班", "镇团委"]
    (teacher,) = kinds[0]["结对"]
    assert (teacher["姓名"], teacher["帮扶人"], teacher["帮扶目标"]) == ("张明", "王芳", "每周谈一次")
    assert (teacher["开始日期"], teacher["上次检查日"], teacher["效果"]) == ("2026年9月1日", "2026年10月1日", "有效")


def test_counts_are_of_children_and_of_pairs() -> None:
    assert paper(world()).context["统计"] == {"人数": 3, "结对人数": 2, "结对": 4}


def test_only_what_is_in_force_on_the_day_is_told() -> None:
    over: Row = {"helper": "T01", "ends_on": date(2026, 10, 20)}
    later: Row = {"helper": "T01", "starts_on": date(2026, 10, 22)}
    (skipped,) = made(world([over, later]))
    assert isinstance(skipped, Skipped)
    assert "全校没有正在进行的结对" in skipped.message


def test_each_class_has_its_own_table_and_one_without_pairings_none() -> None:
    found = made(world(PAIRINGS[:3]), by_class=True)
    assert [type(one) for one in found] == [WriteDocument, Skipped]
    assert isinstance(found[0], WriteDocument)
    assert (found[0].class_name, found[0].context["班主任"]["姓名"]) == ("三年级1班", "王芳")
    assert "王强" not in str(found[0].context)


def test_a_child_whose_number_stands_twice_is_left_out_and_told() -> None:
    found = made(world(children=[*CHILDREN, {"child_id": "S003"}]))
    assert [one.child for one in found if isinstance(one, Blocked)] == ["S003", "S003"]


def test_without_children_there_is_no_table() -> None:
    assert [type(one) for one in made(world(children=[]))] == [Skipped]
