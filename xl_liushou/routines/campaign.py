"""新建活动: a campaign of one of the usual patterns with all its steps, a row per class where that is meant."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final

from xl_liushou.core.errors import UsageProblem
from xl_liushou.core.plan import Plan
from xl_liushou.core.table import Column
from xl_liushou.routines.campaign_patterns import PATTERNS, Pattern, StepPattern
from xl_liushou.routines.inputs import Inputs, NewCampaign, require_children, require_columns
from xl_liushou.schema.keys import new_keys
from xl_liushou.schema.numbers import class_order
from xl_liushou.schema.school import School
from xl_liushou.schema.sheets import Calendar, Campaigns, CampaignSteps, Children, LeadingGroup, Staff

_SHORTEST: Final = 7
_LONGEST: Final = 366
_PREPARING: Final = 0.25
_CLOSING: Final = 0.15
"""The parts of a campaign's days that its first and its last phase take."""
_DAY: Final = timedelta(days=1)
_SATURDAY: Final = 5
_WHOLE_SCHOOL: Final = ""

Row = dict[Column[Any], Any]


def plan(inputs: Inputs) -> Plan:
    """One row of 活动 and the rows of 活动环节; a UsageProblem where the days or the name do not fit."""
    school, asked = inputs.school, inputs.new_campaign
    if asked is None:
        raise UsageProblem("请写明用哪一种活动样式（--pattern），从哪天（--start）到哪天（--end）。")
    require_children(school)
    require_columns(school, (Campaigns.campaign_id, Campaigns.name, CampaignSteps.campaign, CampaignSteps.step))
    pattern = PATTERNS[asked.pattern]
    campaign = _campaign(school, pattern, asked)
    steps = list(_steps(school, pattern, campaign))
    edits = [*school.appended(Campaigns, [campaign]), *school.appended(CampaignSteps, steps)]
    added = [
        {
            "sheet": Campaigns.title,
            "key": campaign[Campaigns.campaign_id],
            "name": campaign[Campaigns.name],
            "class": "",
        },
        *map(_told, steps),
    ]
    return Plan(edits=edits, notes=list(_notes(campaign, steps)), report={"added": added})


def _told(step: Row) -> dict[str, Any]:
    return {
        "sheet": CampaignSteps.title,
        "key": step[CampaignSteps.step_id],
        "name": step[CampaignSteps.step],
        "class": step[CampaignSteps.class_name] or "",
    }


def _campaign(school: School, pattern: Pattern, asked: NewCampaign) -> Row:
    """The row of 活动, with its phases one after the other."""
    days = (asked.ends_on - asked.starts_on).days + 1
    if not _SHORTEST <= days <= _LONGEST:
        raise UsageProblem(f"活动从开始到结束要有 {_SHORTEST} 到 {_LONGEST} 天，请改一改开始日期或结束日期。")
    name = asked.name.strip() or pattern.name
    campaigns = school[Campaigns]
    if (name, asked.starts_on) in zip(campaigns.name, campaigns.starts_on, strict=True):
        raise UsageProblem(f"“活动”表里已经有 {asked.starts_on} 开始的“{name}”。要再建一个，请换一个名称。")
    runs_from = asked.starts_on + timedelta(days=max(1, round(days * _PREPARING)))
    closes_from = asked.ends_on - timedelta(days=max(1, round(days * _CLOSING)) - 1)
    return {
        **pattern.texts,
        Campaigns.campaign_id: new_keys(Campaigns.campaign_id, school.tables, 1)[0],
        Campaigns.name: name,
        Campaigns.theme: asked.theme.strip() or pattern.theme,
        Campaigns.term: _term(school, asked.starts_on),
        Campaigns.leader: _head(school),
        Campaigns.status: "计划",
        Campaigns.starts_on: asked.starts_on,
        Campaigns.ends_on: asked.ends_on,
        Campaigns.prepares_from: asked.starts_on,
        Campaigns.prepares_to: runs_from - _DAY,
        Campaigns.runs_from: runs_from,
        Campaigns.runs_to: closes_from - _DAY,
        Campaigns.closes_from: closes_from,
        Campaigns.closes_to: asked.ends_on,
    }


def _term(school: School, day: date) -> str | None:
    """The term of 校历 in which a day lies."""
    table = school[Calendar]
    rows = zip(table.kind, table.name, table.starts_on, table.ends_on, strict=True)
    return next(
        (name for kind, name, first, last in rows if kind == "学期" and first and last and first <= day <= last), None
    )


def _head(school: School) -> str | None:
    head = school.head_of_moral_education
    return head[Staff.staff_id] if head else None


def _chief(school: School) -> str | None:
    """The 组长 of the school's own leading group; without one the 德育负责人."""
    group = school[LeadingGroup]
    rows = zip(group.role, group.campaign, group.staff_id, strict=True)
    known = (staff for role, campaign, staff in rows if role == "组长" and not campaign and staff in school.staff_of)
    return next(known, None) or _head(school)


def _steps(school: School, pattern: Pattern, campaign: Row) -> Iterator[Row]:
    """The rows of 活动环节 in their order, numbered on from those there are."""
    classes = _children_by_class(school)
    wanted = [
        (step, name)
        for step in pattern.steps
        for name in (sorted(classes, key=class_order) if step.by_class else [_WHOLE_SCHOOL])
    ]
    everyone = [child for children in classes.values() for child in children]
    keys = new_keys(CampaignSteps.step_id, school.tables, len(wanted))
    for number, ((step, class_name), key) in enumerate(zip(wanted, keys, strict=True), 1):
        children = classes[class_name] if class_name else everyone
        yield {
            CampaignSteps.step_id: key,
            CampaignSteps.campaign: campaign[Campaigns.campaign_id],
            CampaignSteps.number: number,
            CampaignSteps.phase: step.phase,
            CampaignSteps.kind: step.kind,
            CampaignSteps.step: step.step,
            CampaignSteps.content: step.content,
            CampaignSteps.class_name: class_name or None,
            CampaignSteps.leader: _leader(school, step, class_name),
            CampaignSteps.due_on: _due(step, campaign),
            CampaignSteps.target: _target(school, step, children),
            CampaignSteps.unit: step.unit,
        }


def _children_by_class(school: School) -> dict[str, list[Any]]:
    classes: dict[str, list[Any]] = {}
    for child in school.active_children:
        if name := school.known_class(child):
            classes.setdefault(name, []).append(child)
    return classes


def _leader(school: School, step: StepPattern, class_name: str) -> str | None:
    if step.leader == "班主任":
        teacher = school.class_teacher(class_name)
        return teacher[Staff.staff_id] if teacher else None
    return _chief(school) if step.leader == "组长" else _head(school)


def _due(step: StepPattern, campaign: Row) -> date:
    """The day of the step within its phase; a Saturday or Sunday becomes the Friday before, where the phase has it."""
    phases = {
        "准备": (Campaigns.prepares_from, Campaigns.prepares_to),
        "实施": (Campaigns.runs_from, Campaigns.runs_to),
        "总结": (Campaigns.closes_from, Campaigns.closes_to),
    }
    first, last = (campaign[column] for column in phases[step.phase])
    day: date = first + timedelta(days=round((last - first).days * step.at))
    friday: date = day - timedelta(days=max(0, day.weekday() - _SATURDAY + 1))
    return friday if friday >= first else day


def _target(school: School, step: StepPattern, children: Sequence[Any]) -> int:
    if isinstance(step.target, int):
        return step.target
    if step.target == "孩子":
        return len(children)
    return len({school.family(child)[0][Children.child_id] for child in children})


def _notes(campaign: Row, steps: Sequence[Row]) -> Iterator[str]:
    nobody = sorted(
        {
            step[CampaignSteps.class_name]
            for step in steps
            if step[CampaignSteps.class_name] and not step[CampaignSteps.leader]
        },
        key=class_order,
    )
    if nobody:
        yield f"{'、'.join(nobody)}在“教职工”里没有（或不止一位）班主任，这几个班的环节没有填负责人，请补填。"
    if not campaign[Campaigns.leader]:
        yield "“设置”里没有德育负责人，活动的负责人空着，请补填。"
    if not campaign[Campaigns.term]:
        yield "“校历”里没有包含开始日期的学期，活动的学期空着，请核对日期或补填。"


def headline(_inputs: Inputs, result: Mapping[str, Any]) -> str:
    """The outcome in one line."""
    return f"新建活动“{result['added'][0]['name']}”，{len(result['added']) - 1} 个环节"


def lines(result: Mapping[str, Any]) -> Iterator[str]:
    """What was added, and what comes next."""
    campaign, *steps = result["added"]
    yield f"新建了活动 {campaign['key']}“{campaign['name']}”和它的 {len(steps)} 个环节："
    counts: dict[str, int] = {}
    for step in steps:
        counts[step["name"]] = counts.get(step["name"], 0) + 1
    for name, count in counts.items():
        yield f"  {name}" + (f"（{count} 个班，每班一行）" if count > 1 else "")
    yield "请在“活动”“活动环节”表里按学校的情况改一改，再写方案："
    yield f"  write campaign-plan 工作簿 --campaign {campaign['key']}"
