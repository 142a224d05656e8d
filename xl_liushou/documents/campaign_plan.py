"""What 活动方案 says, from the background to the safety plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from xl_liushou.core.table import Record
from xl_liushou.documents.audience import chinese_date, visible
from xl_liushou.documents.campaign_steps import (
    PHASES,
    StepGroup,
    by_class,
    groups_of,
    leader_name,
    leaders,
    phase_days,
    scope,
    steps_of,
)
from xl_liushou.documents.people import school_facts
from xl_liushou.documents.wording import amount, chinese_number, distinct, numbered, paragraphs, span
from xl_liushou.schema.school import School
from xl_liushou.schema.sheets import Campaigns, CampaignSteps, LeadingGroup, Staff

Rows = list[dict[str, Any]]
_ROLES: Final = ("组长", "副组长", "成员", "")
_LONG_TEXTS: Final = (
    Campaigns.background,
    Campaigns.purpose,
    Campaigns.requirements,
    Campaigns.safety_plan,
    Campaigns.results,
    Campaigns.lessons,
)


def plan_context(school: School, today: date, campaign: Record) -> dict[str, Any]:
    """The merge context of a plan; a section without content has no 序号 and the template leaves it out."""
    groups = groups_of(steps_of(school, campaign))
    context = basics(school, today, campaign, "方案") | {
        "领导小组": leading_group(school, campaign[Campaigns.campaign_id]),
        "活动内容": _contents(groups),
        "各阶段": _phases(school, campaign, groups),
        "分工": _tasks(school, groups),
    }
    context["序号"] = numbered(_sections(context))
    return context


def _sections(context: Mapping[str, Any]) -> list[tuple[str, object]]:
    texts = context["段落"]
    return [
        ("背景", texts["背景"]),
        ("主题", True),
        ("领导小组", context["领导小组"]),
        ("目的", True),
        ("安排", True),
        ("内容", context["活动内容"]),
        ("步骤", context["各阶段"]),
        ("要求", texts["要求"]),
        ("安全预案", texts["安全预案"]),
    ]


def basics(school: School, today: date, campaign: Record, kind: str) -> dict[str, Any]:
    """What plan and report share: the campaign's own values, its long texts by paragraph, the school, the day."""
    values = visible(campaign, "学校")
    leader = campaign[Campaigns.leader]
    values["负责人"] = school.staff_name(leader) if leader else ""
    values["预算"] = "" if campaign[Campaigns.budget] is None else amount(campaign[Campaigns.budget])
    name, issuer = campaign[Campaigns.name], school.settings["学校名称"]
    return {
        "活动": values,
        "抬头": "" if name.startswith(issuer) else issuer,
        "标题": name + (kind if name.endswith("活动") else f"活动{kind}"),
        "时间": span(campaign[Campaigns.starts_on], campaign[Campaigns.ends_on]),
        "段落": {column.title: paragraphs(campaign[column]) for column in _LONG_TEXTS},
        "学校": school_facts(school),
        "日期": chinese_date(today),
    }


def leading_group(school: School, campaign_id: str) -> Rows:
    """A campaign's own leading group, else the school's (campaign_id ""), by role."""
    members = list(school[LeadingGroup].records())
    own = [one for one in members if one[LeadingGroup.campaign] == campaign_id]
    group = own or [one for one in members if not one[LeadingGroup.campaign]]
    ranked = sorted(group, key=lambda one: _ROLES.index(one[LeadingGroup.role]))
    return [_member(school, one) for one in ranked]


def _member(school: School, member: Record) -> dict[str, Any]:
    staff = school.staff_of.get(member[LeadingGroup.staff_id])
    return {
        "角色": member[LeadingGroup.role],
        "姓名": school.staff_name(member[LeadingGroup.staff_id]),
        "职务": staff[Staff.position] if staff else "",
        "职责": member[LeadingGroup.duty],
    }


def _is_content(groups: Sequence[StepGroup], group: StepGroup) -> bool:
    """Whether a step is told among the contents: what is done in 实施; everything where no phase is so called."""
    phases = {one.phase for one in groups}
    return group.phase in {"实施", ""} or not phases & {"实施", ""}


def _contents(groups: Sequence[StepGroup]) -> Rows:
    told = [group for group in groups if _is_content(groups, group)]
    return [
        {"号": chinese_number(number), "环节": group.title, "内容": group.content}
        for number, group in enumerate(told, 1)
    ]


def _phases(school: School, campaign: Record, groups: Sequence[StepGroup]) -> Rows:
    """The phases that have dates or steps, each with its table."""
    found: Rows = []
    for phase in PHASES:
        days = phase_days(campaign, phase)
        rows = [_row(school, groups, group) for group in groups if group.phase == phase]
        if days or rows:
            name = f"{phase}阶段" if phase else "其他环节" if found else ""
            found.append({"号": chinese_number(len(found) + 1), "名称": name, "时间": days, "环节": rows})
    return found


def _row(school: School, groups: Sequence[StepGroup], group: StepGroup) -> dict[str, Any]:
    """A step in the table of its phase; its content stands here unless it stands among the contents."""
    told = _is_content(groups, group)
    return {
        "环节": group.title,
        "内容": "" if told else "".join(group.content),
        "班级": scope(school, group),
        "负责人": leaders(school, group),
        "截止日期": group.due,
    }


def _tasks(school: School, groups: Sequence[StepGroup]) -> Rows:
    """Who does what in which class: a row a class, however many steps there are."""
    return [
        {
            "班级": class_name,
            "负责人": "、".join(distinct(leader_name(school, step) for _, step in work)),
            "环节": "、".join(distinct(_task(group, step) for group, step in work)),
        }
        for class_name, work in by_class(groups).items()
    ]


def _task(group: StepGroup, step: Record) -> str:
    """The step, with its own day where the classes have different ones."""
    days: Mapping[date | None, None] = dict.fromkeys(one[CampaignSteps.due_on] for one in group.steps)
    own = step[CampaignSteps.due_on]
    return f"{group.title}（{chinese_date(own)}）" if len(days) > 1 and own else group.title
