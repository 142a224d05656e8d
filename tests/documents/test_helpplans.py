"""学习帮扶计划与进步档案: the plan, who helps, and what each check found."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from tests.support.schools import Row, children_of, school_of
from xl_liushou.core.plan import Made, Skipped, WriteDocument
from xl_liushou.documents.catalogue import PAPERS
from xl_liushou.schema.school import School
from xl_liushou.schema.sheets import Children, Pairings, Progress, Staff, StudyHelp

TODAY = date(2026, 10, 21)


def made(school: School) -> Made:
    return PAPERS["help-plan"].make(school, TODAY, children_of(school)[:1])[0]


def told(school: School) -> dict[str, Any]:
    paper = made(school)
    assert isinstance(paper, WriteDocument)
    assert (paper.audience, paper.child) == ("学校", "S001")
    return dict(paper.context)


def with_checks(checks: Sequence[Row], plans: Sequence[Row] = ({},)) -> dict[str, Any]:
    return told(school_of({Children: [{}, {}], StudyHelp: plans, Progress: checks}))


def test_the_plan_says_when_what_the_goal_and_who() -> None:
    plan: Row = {"teacher": "T01", "group": "三年级数学组", "baseline": "口诀背不全", "now": "背全了"}
    (one,) = told(school_of({Children: [{}], StudyHelp: [plan], Staff: [{"name": "王芳"}]}))["帮扶计划"]
    assert (one["号"], one["学科"], one["责任教师"], one["分组"]) == ("一", "数学", "王芳", "三年级数学组")
    assert (one["帮扶时间"], one["目标"], one["阶段截止"]) == ("每周二下午放学后", "期末达到良好", "2026年12月31日")


def test_the_study_helper_is_the_current_pairing_of_that_type() -> None:
    pairings: list[Row] = [
        {"kind": "学习帮手", "helper": "S002", "subject": "数学"},
        {"kind": "学习帮手", "helper": "名册外的同学"},
        {"kind": "学习帮手", "helper": "以前的同学", "ends_on": date(2026, 9, 30)},
        {"kind": "手拉手", "helper": "好朋友"},
    ]
    helpers = told(school_of({Children: [{}, {"name": "李芳"}], StudyHelp: [{}], Pairings: pairings}))["学习帮手"]
    assert [(one["姓名"], one["学科"]) for one in helpers] == [("李芳", "数学"), ("名册外的同学", "")]


def test_checks_stand_in_order_up_to_the_day() -> None:
    days = (date(2026, 10, 10), date(2026, 9, 20), date(2026, 10, 22), None)
    (plan,) = with_checks([{"checked_on": day, "conclusion": str(day), "score": 85.5} for day in days])["帮扶计划"]
    assert [one["结论"] for one in plan["进步记录"]] == ["2026-09-20", "2026-10-10"]
    assert plan["进步记录"][0]["得分"] == 85.5


def test_each_subject_has_its_own_plan_and_checks() -> None:
    first, second = with_checks([{}, {"help_id": "X0002"}], [{}, {"subject": "语文"}])["帮扶计划"]
    assert [(one["号"], one["学科"], len(one["进步记录"])) for one in (first, second)] == [
        ("一", "数学", 1), ("二", "语文", 1),
    ]  # fmt: skip


def test_checks_of_a_number_that_two_plans_share_are_told_of_neither() -> None:
    plans: list[Row] = [{"help_id": "X1"}, {"help_id": "X1", "child_id": "S002"}]
    (plan,) = with_checks([{"help_id": "X1", "conclusion": "谁的"}], plans)["帮扶计划"]
    assert plan["进步记录"] == []


@pytest.mark.parametrize(("count", "blank"), [(0, 8), (1, 7), (8, 0), (40, 0)])
def test_few_checks_leave_lines_to_write_on(count: int, blank: int) -> None:
    (plan,) = with_checks([{}] * count)["帮扶计划"]
    assert (len(plan["进步记录"]), len(plan["空行"])) == (count, blank)


@pytest.mark.parametrize("plans", [[], [{"term": "2026年春季学期"}]])
def test_without_a_plan_of_this_term_there_is_nothing_to_write(plans: Sequence[Row]) -> None:
    skipped = made(school_of({Children: [{}], StudyHelp: plans}))
    assert isinstance(skipped, Skipped)
    assert skipped.child == "S001"
