"""Schools with a campaign, from the barest to twelve classes with everything filled in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from tests.support.schools import Row, school_of
from xl_liushou.core.table import Table
from xl_liushou.schema.school import School
from xl_liushou.schema.sheets import Campaigns, CampaignSteps, Children, LeadingGroup, Participation, Staff

TODAY = date(2026, 9, 28)
CLASSES = [f"{grade}年级{number}班" for grade in "一二三四五六" for number in (1, 2)]
CHILD_NAMES = ["张小明", "李思雨", "阿卜杜热合曼·买买提", "欧阳海棠"]
LONG_TEXT = "搭建孩子与父母沟通的桥梁，使孩子感受到家庭的温暖和学校的关怀，养成自尊、自信、自立、自强的品格。" * 6

FULL_CAMPAIGN: Row = {
    "campaign_id": "HD01", "name": "“书信传情”主题月活动", "theme": "书信传情，爱不遥远", "status": "完成",
    "background": "外出务工的家长逐年增多。\n结合学校实际，制定本方案。", "purpose": "搭建沟通的桥梁。",
    "starts_on": date(2026, 9, 7), "ends_on": date(2026, 9, 30), "place": "本校", "audience": "全校学生",
    "leader": "T02", "budget": 1200, "prepares_from": date(2026, 9, 7), "prepares_to": date(2026, 9, 10),
    "runs_from": date(2026, 9, 11), "runs_to": date(2026, 9, 25), "requirements": "提高认识。\n做好记录。",
    "safety_plan": "校外走访须两人以上同行。", "results": "十二个班全部召开班会。", "lessons": "个别登记不够及时。",
}  # fmt: skip


def staff() -> list[Row]:
    heads: list[Row] = [
        {"staff_id": "T01", "name": "王建国", "position": "校长"},
        {"staff_id": "T02", "name": "李梅", "position": "德育主任"},
    ]
    return heads + [{"staff_id": f"T{n:02}", "class_taught": name} for n, name in enumerate(CLASSES, 3)]


def children() -> list[Row]:
    rows = [{"child_id": f"S{n:03}", "grade": name[:3], "class_name": name[3:]} for n, name in enumerate(CLASSES)]
    for row, name in zip(rows, CHILD_NAMES, strict=False):
        row["name"] = name
    return list(rows)


def step(number: int, **values: Any) -> Row:
    return {"campaign": "HD01", "number": number, "phase": "实施", **values}


def class_steps(first: int = 10, **values: Any) -> list[Row]:
    """One step in each of the twelve classes, its own teacher in charge, in the reverse order of the classes."""
    rows: list[Row] = [
        {"step": "主题班会", "kind": "主题班会", "class_name": name, "leader": f"T{n:02}", **values}
        for n, name in enumerate(CLASSES, 3)
    ]
    return [step(number, **row) for number, row in enumerate(reversed(rows), first)]


def world(
    campaign: Row | None = None, steps: Sequence[Row] = (), more: Mapping[type[Table], Sequence[Row]] | None = None
) -> School:
    """A school of twelve classes with one campaign."""
    tables: dict[type[Table], Sequence[Row]] = {Staff: staff(), Children: children(), CampaignSteps: steps}
    tables[Campaigns] = [{**FULL_CAMPAIGN, **(campaign or {})}]
    return school_of({**tables, **(more or {})}, {"德育负责人": "T02"})


def bare_world() -> School:
    """Nothing but the required values, and a school without a leading group."""
    row = {name: FULL_CAMPAIGN[name] for name in ("campaign_id", "name", "theme", "purpose", "starts_on", "ends_on")}
    return school_of({Campaigns: [{**row, "leader": "", "status": "进行"}]})


def full_world() -> School:
    """Everything filled in: three steps in each of twelve classes, attendance, a leading group."""
    letters = class_steps(
        30, step="写一封家书", kind="亲情书信", content="写学习，写生活", target=3, reached=2, unit="封"
    )
    meetings = class_steps(10, content="召开主题班会。", due_on=date(2026, 9, 18), done_on=date(2026, 9, 16))
    calls = class_steps(50, step="打一次电话", kind="亲情电话", due_on=date(2026, 9, 25))
    first = step(1, phase="准备", step="部署动员", content="召开教师会", leader="T01", due_on=date(2026, 9, 8))
    rows = {"组长": "T01", "副组长": "T02", "成员": "T03"}
    took_part = ["到", "到", "请假", "缺席", "计划", *["到"] * 7]
    more: dict[type[Table], Sequence[Row]] = {
        LeadingGroup: [{"role": role, "staff_id": who, "duty": "负责全面工作"} for role, who in rows.items()],
        Participation: [{"campaign": "HD01", "child_id": f"S{n:03}", "attendance": a} for n, a in enumerate(took_part)],
    }
    return world(steps=[first, *meetings, *letters, *calls], more=more)


def long_world() -> School:
    """Forty steps of the school, and texts that run over pages."""
    names = [f"第{n}项工作：入户走访慰问与情况登记" for n in range(1, 41)]
    start = date(2026, 9, 7)
    steps = [
        step(n, phase=("准备", "实施", "总结")[n * 3 // 40], step=name, content=LONG_TEXT[:80], leader="T01",
             due_on=start + timedelta(n), done_on=start if n < 25 else None, target=100, reached=95.5, unit="户")
        for n, name in enumerate(names)
    ]  # fmt: skip
    return world({"purpose": "\n".join([LONG_TEXT] * 6), "name": "关爱" * 20, "place": "青山镇" * 20}, steps)
