"""What 活动总结 says: overview and attendance, what was done, targets against results, effect, problems, next steps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from xl_liushou.core.table import Record
from xl_liushou.documents.campaign_plan import basics
from xl_liushou.documents.campaign_steps import StepGroup, by_class, groups_of, leaders, scope, steps_of
from xl_liushou.documents.charts import bars, whole_percent
from xl_liushou.documents.photos import step_photos
from xl_liushou.documents.wording import (
    NOTHING,
    amount,
    chinese_number,
    distinct,
    numbered,
    percent,
    span_of,
)
from xl_liushou.figures.campaigns import Target, targets_of
from xl_liushou.schema.numbers import class_order
from xl_liushou.schema.school import School
from xl_liushou.schema.sheets import Campaigns, CampaignSteps, Participation

Rows = list[dict[str, Any]]
_ELSEWHERE = "其他"


def report_context(school: School, today: date, campaign: Record) -> dict[str, Any]:
    """The merge context of a report; a section without content has no 序号 and the template leaves it out."""
    steps = steps_of(school, campaign)
    groups = groups_of(steps)
    results = _results(steps)
    context = basics(school, today, campaign, "总结") | {
        "进度": {"总数": len(steps), "完成": sum(bool(step[CampaignSteps.done_on]) for step in steps)},
        "参与": _attendance(school, campaign),
        "开展": [_told(school, group, number) for number, group in enumerate(groups, 1)],
        "班级完成": _by_class(groups),
        "目标": results,
        "下一步": _left(school, groups),
    }
    context["序号"] = numbered(_sections(context))
    return context


def _sections(context: Mapping[str, Any]) -> list[tuple[str, object]]:
    texts = context["段落"]
    return [
        ("概况", True),
        ("开展", context["开展"]),
        ("目标", context["目标"]["环节"]),
        ("成效", texts["成效"]),
        ("问题与改进", texts["问题与改进"]),
        ("下一步", context["下一步"]),
    ]


def _attendance(school: School, campaign: Record) -> dict[str, Any]:
    """How many children took part, in all and by class: counts only."""
    table = school[Participation]
    found: dict[str, Counter[str]] = {}
    for wanted, child_id, state in zip(table.campaign, table.child_id, table.attendance, strict=True):
        if wanted == campaign[Campaigns.campaign_id]:
            child = school.child_of.get(child_id)
            name = school.class_name(child) if child else _ELSEWHERE
            found.setdefault(name, Counter())[state or "计划"] += 1
    counts: Counter[str] = sum(found.values(), Counter())
    whole = _present("合计", counts)
    rows = [_present(name, found[name]) for name in sorted(found, key=class_order)]
    return {"各行": [*rows, whole] if rows else [], "合计": whole}


def _present(name: str, counts: Counter[str]) -> dict[str, Any]:
    total = counts.total()
    return {
        "班级": name,
        "应到": total,
        "到": counts["到"],
        "请假": counts["请假"],
        "缺席": counts["缺席"],
        "未登记": counts["计划"],
        "到场率": percent(counts["到"], total),
    }


def _told(school: School, group: StepGroup, number: int) -> dict[str, Any]:
    """A step as it went: what it was and how far it came, its photos."""
    photos, withheld = step_photos(school, group)
    *before, last = group.content or [""]
    return {
        "号": chinese_number(number),
        "环节": group.title,
        "内容": [*before, last + _progress(school, group)],
        "照片": photos,
        "未列照片": withheld,
    }


def _progress(school: School, group: StepGroup) -> str:
    """One sentence on how far a step came."""
    done, days = len(group.done), span_of(step[CampaignSteps.done_on] for step in group.steps)
    if not done:
        return f"{scope(school, group) if group.classes else ''}尚未完成。"
    if done < len(group.steps):
        return f"应完成{len(group.steps)}项，已完成{done}项，完成时间为{days}。"
    return f"{scope(school, group)}均已完成，完成时间为{days}。" if group.classes else f"已于{days}完成。"


def _by_class(groups: Sequence[StepGroup]) -> Rows:
    """How far each class came, and what it still has to do."""
    return [_class_row(name, work) for name, work in by_class(groups).items()]


def _class_row(name: str, work: Sequence[tuple[StepGroup, Record]]) -> dict[str, Any]:
    missing = [group.title for group, step in work if not step[CampaignSteps.done_on]]
    return {
        "班级": name,
        "应完成": len(work),
        "已完成": len(work) - len(missing),
        "未完成环节": "、".join(distinct(missing)) or "无",
    }


def _results(steps: Sequence[Record]) -> dict[str, Any]:
    """Targets against results, the classes of a step summed up; rows without a result are counted apart."""
    targets = targets_of(steps)
    rates = {"完成率": [whole_percent(one.rate) for one in targets]}
    return {
        "环节": [_result(one) for one in targets],
        "未填": sum(one.untold for one in targets),
        "图": bars("各项工作目标完成率", [one.title for one in targets], rates),
    }


def _result(target: Target) -> dict[str, Any]:
    reached = target.reached
    return {
        "环节": target.title,
        "单位": target.unit,
        "目标值": amount(target.wanted),
        "完成值": amount(reached),
        "完成率": NOTHING if reached is None else percent(reached, target.wanted),
        "未填": target.untold,
    }


def _left(school: School, groups: Sequence[StepGroup]) -> Rows:
    """What is not finished yet: where, who, by when."""
    left = [StepGroup(one.phase, one.title, [step for step in one.steps if step not in one.done]) for one in groups]
    return [
        {
            "号": chinese_number(number),
            "环节": group.title,
            "班级": scope(school, group),
            "负责人": leaders(school, group),
            "截止日期": group.due,
        }
        for number, group in enumerate((group for group in left if group.steps), 1)
    ]
