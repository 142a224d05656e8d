"""What 关爱工作实施方案 says: the children and their troubles, last term, who does what, rhythms, campaigns, steps."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from xl_liushou.core.table import Record
from xl_liushou.documents.campaign_plan import leading_group
from xl_liushou.documents.term_tables import (
    Rows,
    basics,
    headcount,
    last_coverage,
    pairings_told,
    study_told,
    troubles_told,
)
from xl_liushou.documents.wording import NOTHING, UNSETTLED, distinct, numbered, span
from xl_liushou.figures.campaigns import campaigns_of
from xl_liushou.figures.files import files_of
from xl_liushou.figures.helping import pairing_figures, study_figures
from xl_liushou.figures.terms import Days, Term, months_of, term_before
from xl_liushou.followup.contacts import rhythms
from xl_liushou.schema.lists import CLOSED, NO, YES
from xl_liushou.schema.numbers import class_order
from xl_liushou.schema.school import School
from xl_liushou.schema.sheets import Campaigns, Children, Staff


def plan_context(school: School, today: date, term: Term) -> dict[str, Any]:
    """The merge context of the plan; a section without content has no 序号 and the template leaves it out."""
    earlier = term_before(school, term)
    now = files_of(school, term.name)
    before = files_of(school, earlier.name) if earlier else {}
    context = basics(school, today, term, "实施方案") | {
        "基本": headcount(school),
        "关注": troubles_told(now or before) | {"学期": term.name if now or not earlier else earlier.name},
        "上学期": _last_term(school, earlier, term),
        "领导小组": leading_group(school, ""),
        "频次": _rhythms(school),
        "建档": len(now),
        "结对": pairings_told(pairing_figures(school, Days(today, today))),
        "学习": study_told(study_figures(school, term.name, today)),
        "活动": [_campaign(school, one) for one in campaigns_of(school, term)],
        "分工": _tasks(school),
        "步骤": _steps(term),
    }
    context["序号"] = numbered(_sections(context))
    return context


def _sections(context: Mapping[str, Any]) -> list[tuple[str, object]]:
    return [
        ("基本", True),
        ("关注", context["关注"]["各行"]),
        ("上学期", context["上学期"]["联系"] or context["上学期"]["活动"]),
        ("领导小组", context["领导小组"]),
        ("目标", True),
        ("措施", True),
        ("活动", context["活动"]),
        ("分工", context["分工"]),
        ("步骤", context["步骤"]),
        ("要求", True),
    ]


def _last_term(school: School, earlier: Term | None, term: Term) -> dict[str, Any]:
    """What last term came to."""
    return {
        "名称": earlier.name if earlier else "",
        "联系": last_coverage(school, earlier, term),
        "活动": len(campaigns_of(school, earlier)) if earlier else 0,
    }


def _rhythms(school: School) -> Rows:
    """How often each kind of contact is due, by risk."""
    return [
        {"类型": one.kind, **{risk: _interval(one.interval(risk)) for risk in CLOSED["风险等级"]}}
        for one in rhythms(school)
    ]


def _interval(found: tuple[int, int] | None) -> str:
    return f"每{found[0]}天一次" if found else NOTHING


def _campaign(school: School, campaign: Record) -> dict[str, Any]:
    leader = campaign[Campaigns.leader]
    return {
        "名称": campaign[Campaigns.name] or campaign[Campaigns.kind],
        "类型": campaign[Campaigns.kind] or NOTHING,
        "时间": span(campaign[Campaigns.starts_on], campaign[Campaigns.ends_on]) or UNSETTLED,
        "负责人": school.staff_name(leader) if leader else UNSETTLED,
    }


def _tasks(school: School) -> Rows:
    """Each class with its children, its class teacher and who is attached to it."""
    attached: dict[str, list[str]] = {}
    for one in school[Staff].records():
        if one[Staff.on_duty] != NO:
            attached.setdefault(one[Staff.attached_class], []).append(one[Staff.name])
    return [
        {
            "班级": name,
            "人数": len(children := [one for one in school.active_children if school.known_class(one) == name]),
            "重点": sum(one[Children.is_key] == YES for one in children),
            "班主任": teacher[Staff.name] if (teacher := school.class_teacher(name)) else UNSETTLED,
            "联系人": "、".join(distinct(attached.get(name, ()))) or NOTHING,
        }
        for name in sorted(school.classes, key=class_order)
    ]


def _steps(term: Term) -> dict[str, str]:
    """The months of the three phases; none for a term of less than three months or without an end."""
    if term.ends_on is None:
        return {}
    months = [f"{month.first.month}月" for month in months_of(Days(term.starts_on, term.ends_on))]
    if len(months) < 3:
        return {}
    middle = months[1:-1]
    return {
        "准备": months[0],
        "实施": middle[0] if len(middle) == 1 else f"{middle[0]}至{middle[-1]}",
        "总结": months[-1],
    }
