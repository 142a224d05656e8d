"""慰问物资签收单: what each family signs for, and the list of each campaign."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import pytest

from tests.support.schools import Row, children_of, school_of
from xl_liushou.core.errors import UsageProblem
from xl_liushou.core.plan import Blocked, Made, Skipped, WriteDocument
from xl_liushou.core.table import Table
from xl_liushou.documents.catalogue import PAPERS
from xl_liushou.documents.options import PaperOptions
from xl_liushou.schema.school import School
from xl_liushou.schema.sheets import Calendar, Campaigns, Children, Guardians, Staff, Supplies

TODAY = date(2026, 10, 21)
CHILDREN: list[Row] = [
    {"name": "张明", "family_id": "F1", "birth_date": date(2017, 1, 1)},
    {"name": "张丽", "family_id": "F1", "birth_date": date(2015, 1, 1), "class_name": "2班"},
    {"name": "李芳"},
]
GIVEN: list[Row] = [
    {"child_id": "S001", "campaign": "H1", "kind": "文具", "name": "文具套装", "quantity": 2, "amount": 30},
    {"child_id": "S003", "campaign": "H1", "name": "图书", "amount": 12.5, "signed_by": "李奶奶"},
    {"child_id": "S002", "kind": "助学金", "name": "助学金", "amount": 500},
]


def world(given: Sequence[Row] = GIVEN, more: Mapping[type[Table], Sequence[Row]] | None = None) -> School:
    tables: dict[type[Table], Sequence[Row]] = {
        Children: CHILDREN, Guardians: [{"child_id": "S002", "name": "张强"}], Supplies: given, Calendar: [{}],
        Campaigns: [{"campaign_id": "H1", "name": "暖心走访"}], Staff: [{"name": "王后勤"}],
    }  # fmt: skip
    return school_of({**tables, **(more or {})})


def made(school: School, campaign: str = "", chosen: int | None = None) -> list[Made]:
    options = PaperOptions(campaign=campaign)
    return list(PAPERS["supplies-receipt"].make(school, TODAY, children_of(school)[:chosen], options))


def slips(school: School, campaign: str = "") -> list[WriteDocument]:
    return [one for one in made(school, campaign) if isinstance(one, WriteDocument) and one.audience == "家长"]


def lists(school: School, campaign: str = "", chosen: int | None = None) -> list[WriteDocument]:
    found = made(school, campaign, chosen)
    return [one for one in found if isinstance(one, WriteDocument) and one.document == "supplies-receipt-list"]


def test_each_family_has_one_slip_that_is_searched_for_others() -> None:
    first, second = slips(world())
    assert (first.title, first.person, first.children, first.child) == (
        "慰问物资签收单",
        "张丽",
        ["S002", "S001"],
        None,
    )
    assert (first.family, first.recipients, first.guarded) == ("F1", ["J0001"], True)
    assert (second.person, second.child, second.guarded) == ("李芳", "S003", True)
    assert [(one["孩子"], one["名称"], one["数量"]) for one in first.context["物资"]] == [
        ("张丽", "助学金", "1"), ("张明", "文具套装", "2"),
    ]  # fmt: skip


def test_a_slip_tells_money_but_not_what_a_gift_cost() -> None:
    first, second = slips(world())
    assert [one["金额"] for one in first.context["物资"]] == ["500", ""]
    assert "12.5" not in str(second.context)


def test_a_slip_is_of_its_own_family_only() -> None:
    for slip, other in zip(slips(world()), ("李芳", "张"), strict=True):
        assert other not in str(slip.context["物资"])
        assert other not in str(slip.context["孩子们"])


def test_a_slip_names_the_children_that_receive_something() -> None:
    (slip,) = slips(world(GIVEN[:1]))
    assert [child["姓名"] for child in slip.context["孩子们"]] == ["张明"]


def test_who_has_signed_already_is_printed() -> None:
    assert [one["签收人"] for one in slips(world())[1].context["物资"]] == ["李奶奶"]


def test_each_campaign_has_a_list_with_sums_and_gifts_without_one_have_theirs() -> None:
    first, second = lists(world())
    assert (first.title, first.person, first.audience) == ("慰问物资签收表", "暖心走访", "学校")
    assert second.person == "日常慰问"
    rows = first.context["物资"]
    assert [(one["序号"], one["班级"], one["姓名"], one["经办人"]) for one in rows] == [
        (1, "三年级1班", "张明", "王后勤"), (2, "三年级1班", "李芳", "王后勤"),
    ]  # fmt: skip
    assert first.context["统计"] == {"人数": 2, "笔数": 2, "数量": "3", "金额": "42.5"}
    assert first.context["分类"] == [
        {"类别": "图书", "笔数": 1, "数量": "1", "金额": "12.5"},
        {"类别": "文具", "笔数": 1, "数量": "2", "金额": "30"},
    ]


def test_a_campaign_asked_for_is_told_alone_whenever_it_was() -> None:
    old = [{**one, "day": date(2025, 3, 1)} for one in GIVEN]
    school = world(old)
    assert [type(one) for one in made(school)] == [Skipped]
    assert [one.person for one in lists(school, "H1")] == ["暖心走访"]
    assert [one.person for one in slips(school, "H1")] == ["张丽", "李芳"]


def test_the_list_of_all_children_keeps_those_whose_case_is_closed() -> None:
    school = world(more={Children: [*CHILDREN[:2], {**CHILDREN[2], "case_status": "结案"}]})
    (whole, _) = lists(school, chosen=2)
    assert [one["姓名"] for one in whole.context["物资"]] == ["张明", "李芳"]
    assert whole.context["范围"] == ""


def test_the_list_of_some_children_says_so_and_names_no_other() -> None:
    (part,) = lists(world(), chosen=1)
    assert part.context["范围"] == "所选儿童"
    assert "李芳" not in str(part.context)


@pytest.mark.parametrize(("value", "title"), [({"name": ""}, "名称"), ({"quantity": None}, "数量")])
def test_nobody_signs_for_a_gift_without_a_name_or_number(value: Row, title: str) -> None:
    (blocked,) = (one for one in made(world([{**GIVEN[0], **value}])) if isinstance(one, Blocked))
    assert (blocked.child, blocked.code) == ("S001", "D805")
    assert title in blocked.message


def test_a_child_whose_number_stands_twice_gets_no_slip_and_no_name_on_the_list() -> None:
    school = world(GIVEN[1:2], {Children: [*CHILDREN, {"child_id": "S003", "name": "同号"}]})
    found = made(school)
    assert {one.code for one in found if isinstance(one, Blocked)} == {"D805"}
    assert slips(school) == []
    assert [one["姓名"] for one in lists(school)[0].context["物资"]] == ["S003"]


def test_without_gifts_there_is_nothing_to_sign() -> None:
    assert [type(one) for one in made(world([]))] == [Skipped]


def test_an_unknown_campaign_is_a_usage_problem() -> None:
    with pytest.raises(UsageProblem):
        made(world(), "没有")
