"""入户走访登记表: who may go out, to whom, and what each of them gets to read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pytest

from tests.support.schools import Row, children_of, school_of
from xl_liushou.core.errors import UsageProblem
from xl_liushou.core.plan import Blocked, Made, Skipped, WriteDocument
from xl_liushou.core.table import Table
from xl_liushou.documents.catalogue import PAPERS
from xl_liushou.documents.options import PaperOptions
from xl_liushou.schema.school import School
from xl_liushou.schema.sheets import (
    Campaigns,
    CampaignSteps,
    Children,
    Guardians,
    Participation,
    Staff,
    Supplies,
    Volunteers,
)

TODAY = date(2026, 10, 21)
CHILDREN: list[Row] = [
    {
        "child_id": "S001", "name": "张明", "hamlet": "云岭村二组", "home_address": "青山镇云岭村18号",
        "id_number": "990001201603020017", "health_note": "花生过敏", "hardships": ("孤儿",), "consent": "已签",
    },
    {"child_id": "S002", "name": "李芳"},
    {"child_id": "S003", "name": "王强"},
]  # fmt: skip
GUARDIANS: list[Row] = [{"relation": "祖母", "name": "陈奶奶", "mobile": "13900000001"}]
CAMPAIGN: Row = {"campaign_id": "H1", "name": "暖心走访", "status": "进行", "leader": "T02"}
CLEARED: Row = {"checked_on": date(2026, 3, 1), "pledged": "是", "campaign": "H1", "group": "第一组"}
TEAM: list[Row] = [
    {**CLEARED, "name": "赵志愿", "leads": "是", "mobile": "13700000001", "organisation": "镇团委"},
    {**CLEARED, "name": "钱志愿", "group": "第二组"},
]
PARTS: list[Row] = [
    {"campaign": "H1", "child_id": "S001", "group": "第一组"},
    {"campaign": "H1", "child_id": "S002", "group": "第二组"},
]


def world(more: Mapping[type[Table], Sequence[Row]] | None = None) -> School:
    tables: dict[type[Table], Sequence[Row]] = {
        Children: CHILDREN, Guardians: GUARDIANS, Campaigns: [CAMPAIGN], Volunteers: TEAM, Participation: PARTS,
        Staff: [{"name": "王校长"}, {"name": "李主任"}],
    }  # fmt: skip
    return school_of({**tables, **(more or {})})


def made(school: School, campaign: str = "", chosen: Sequence[str] = ("S001", "S002", "S003")) -> list[Made]:
    children = [child for child in children_of(school) if child[Children.child_id] in chosen]
    return list(PAPERS["visit-form"].make(school, TODAY, children, PaperOptions(campaign=campaign)))


def papers(school: School, document: str = "visit-form") -> list[WriteDocument]:
    return [one for one in made(school) if isinstance(one, WriteDocument) and one.document == document]


def first_volunteer(**values: Any) -> School:
    return world({Volunteers: [{**TEAM[0], **values}, TEAM[1]]})


def test_each_child_has_a_form_and_each_group_a_leaders_sheet() -> None:
    found = [one for one in made(world()) if isinstance(one, WriteDocument)]
    assert [(one.title, one.person, one.audience) for one in found] == [
        ("走访带队表", "第一组", "学校"), ("入户走访登记表", "张明", "志愿者"),
        ("走访带队表", "第二组", "学校"), ("入户走访登记表", "李芳", "志愿者"),
    ]  # fmt: skip


def test_a_volunteer_reads_name_class_hamlet_and_the_carers_relation_only() -> None:
    form = papers(world())[0]
    assert (form.context["姓名"], form.context["村组"], form.context["照护人"]) == (
        "张明",
        "云岭村二组",
        {"关系": "祖母"},
    )
    for hidden in ("云岭村18号", "13900000001", "陈奶奶", "990001", "花生", "孤儿", "2016年", "李芳", "13700000001"):
        assert hidden not in str(form.context)


def test_a_thing_that_is_brought_in_several_lots_stands_once() -> None:
    lots: list[Row] = [{"campaign": "H1", "name": name, "quantity": 1.5} for name in ("文具", "图书", "文具")]
    (first, _) = papers(
        world({Supplies: [*lots, {"campaign": "H1", "name": "棉衣", "quantity": None}]}), "visit-form-leader"
    )
    assert first.context["孩子们"][0]["物资"] == "文具×3、图书×1.5、棉衣×—"


def test_the_leader_reads_where_the_families_live_and_what_is_brought() -> None:
    gifts: list[Row] = [{"campaign": "H1", "name": "文具", "quantity": 2}, {"name": "助学金"}]
    (first, _) = papers(world({Supplies: gifts}), "visit-form-leader")
    (child,) = first.context["孩子们"]
    assert (child["家庭住址"], child["照护人"]["手机"], child["物资"]) == ("青山镇云岭村18号", "13900000001", "文具×2")
    assert [one["手机"] for one in first.context["志愿者们"]] == ["13700000001"]
    assert "孤儿" not in str(first.context)


@pytest.mark.parametrize(
    ("values", "lacks"),
    [
        ({"checked_on": None}, "背景核查日"),
        ({"checked_on": date(2025, 10, 20)}, "一年以内的背景核查"),
        ({"checked_on": date(2026, 10, 22)}, "背景核查日"),
        ({"pledged": "否"}, "保密承诺"),
        ({"pledged": "", "checked_on": None}, "背景核查日、保密承诺"),
    ],
)
def test_a_group_with_a_member_who_is_not_cleared_gets_nothing(values: dict[str, Any], lacks: str) -> None:
    found = made(first_volunteer(**values))
    (blocked,) = (one for one in found if isinstance(one, Blocked))
    assert (blocked.child, blocked.code) == ("S001", "D806")
    assert f"赵志愿缺{lacks}" in blocked.message
    assert [one.person for one in found if isinstance(one, WriteDocument)] == ["第二组", "李芳"]


@pytest.mark.parametrize("checked", [date(2025, 10, 21), TODAY])
def test_a_check_holds_for_a_year(checked: date) -> None:
    assert not [one for one in made(first_volunteer(checked_on=checked)) if isinstance(one, Blocked)]


def test_a_group_without_volunteers_is_not_cleared() -> None:
    found = made(world({Volunteers: TEAM[:1]}))
    assert [(one.child, one.code) for one in found if isinstance(one, Blocked)] == [("S002", "D806")]


@pytest.mark.parametrize("consent", ["待签", "拒绝", ""])
def test_without_consent_nobody_visits(consent: str) -> None:
    found = made(world({Children: [{**CHILDREN[0], "consent": consent}, *CHILDREN[1:]]}))
    assert [(one.child, one.code) for one in found if isinstance(one, Blocked)] == [("S001", "D803")]
    assert [one.person for one in found if isinstance(one, WriteDocument)] == ["第二组", "李芳"]


def test_a_child_without_a_group_is_told() -> None:
    found = made(world({Participation: [{**PARTS[0], "group": ""}]}))
    assert [type(one) for one in found] == [Skipped]
    assert "没有分组" in found[0].message  # type: ignore[union-attr]


def test_only_chosen_children_are_on_the_papers() -> None:
    found = made(world(), chosen=("S002",))
    assert [one.person for one in found if isinstance(one, WriteDocument)] == ["第二组", "李芳"]


def test_the_leader_is_in_charge_of_the_groups_own_step() -> None:
    steps: list[Row] = [
        {"campaign": "H1", "step": "第一组入户走访（补访）", "leader": "T02"},
        {"campaign": "H1", "step": "第一组入户走访", "leader": "T01"},
        {"campaign": "H1", "step": "第二组入户走访", "leader": ""},
    ]
    assert [form.context["带队老师"] for form in papers(world({CampaignSteps: steps}))] == ["王校长", "李主任"]


class TestCampaigns:
    def test_a_campaign_that_is_over_is_written_for_only_when_asked(self) -> None:
        school = world({Campaigns: [{**CAMPAIGN, "status": "完成"}]})
        assert [type(one) for one in made(school)] == [Skipped]
        assert len(made(school, "H1")) == 4

    @pytest.mark.parametrize(
        ("more", "reason"),
        [
            ({Campaigns: [{**CAMPAIGN, "status": "取消"}]}, "已取消"),
            ({Volunteers: []}, "没有登记志愿者"),
            ({Participation: []}, "活动参与"),
        ],
    )
    def test_a_campaign_without_visits_says_why(self, more: Mapping[type[Table], Sequence[Row]], reason: str) -> None:
        (skipped,) = made(world(more), "H1")
        assert isinstance(skipped, Skipped)
        assert reason in skipped.message

    def test_an_unknown_one_is_a_usage_problem(self) -> None:
        with pytest.raises(UsageProblem):
            made(world(), "没有")
