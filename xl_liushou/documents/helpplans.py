"""学习帮扶计划与进步档案: what a child is helped with this term, by whom, and what each check found. Never a rank."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from xl_liushou.core.plan import Made, Skipped, WriteDocument
from xl_liushou.core.table import Record
from xl_liushou.documents.audience import chinese_date, visible
from xl_liushou.documents.childfile import ChildFiles
from xl_liushou.documents.letters import missing_value
from xl_liushou.documents.options import PaperOptions
from xl_liushou.documents.people import helper_name, row, school_facts, teacher_facts
from xl_liushou.documents.wording import chinese_number
from xl_liushou.schema.school import School
from xl_liushou.schema.sheets import Children, Pairings, StudyHelp

_LINES: Final = 8
"""How many lines a 进步档案 has at least, written or blank."""


def help_plans(school: School, today: date, children: Sequence[Record], options: PaperOptions) -> list[Made]:
    """One paper per child that has a plan this term, in the order of `children`."""
    files = ChildFiles(school, today)
    return [missing_value(files, child) or _made(files, child, options.leaders) for child in children]


def _made(files: ChildFiles, child: Record, leaders: bool) -> Made:
    child_id, class_name = child[Children.child_id], files.school.class_name(child)
    plans = files.study_help(child_id)
    if not plans:
        return Skipped(child_id, "本学期没有学习帮扶计划；要帮扶，请先在“学习帮扶”表登记")
    return WriteDocument(
        document="help-plan",
        title="学习帮扶计划与进步档案",
        class_name=class_name,
        person=child[Children.name],
        audience="学校",
        context={
            **visible(child, "学校", leaders),
            "学习帮手": [_helper(files.school, one) for one in files.pairings(child_id) if _is_study_helper(one)],
            "帮扶计划": [_plan(files, number, plan) for number, plan in enumerate(plans, 1)],
            "班主任": teacher_facts(files.school, class_name, "学校"),
            "学校": school_facts(files.school),
            "落款日期": chinese_date(files.today),
        },
        child=child_id,
        children=[child_id],
        family=child[Children.family_id],
    )


def _is_study_helper(pairing: Record) -> bool:
    return pairing[Pairings.kind] == "学习帮手"


def _helper(school: School, pairing: Record) -> dict[str, Any]:
    return {**visible(pairing, "学校"), "姓名": helper_name(school, pairing)}


def _plan(files: ChildFiles, number: int, plan: Record) -> dict[str, Any]:
    checks = files.checks(plan[StudyHelp.help_id])
    return {
        "号": chinese_number(number),
        **row(files.school, plan, "学校"),
        "进步记录": [row(files.school, one, "学校") for one in checks],
        "空行": [""] * (_LINES - len(checks)),
    }
