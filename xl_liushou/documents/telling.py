"""What a family is told of its child, in sentences: what went well, how things stand, what is being done."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from xl_liushou.core.table import Record
from xl_liushou.documents.audience import all_blank, chinese_date, visible
from xl_liushou.documents.childfile import ChildFiles
from xl_liushou.documents.kindness import ASPECTS, GIVES_HELP, IS_GOOD_AT, NEXT_STEP, STANDS_OUT, flat, said
from xl_liushou.documents.people import guardian_by_relation, guardian_facts
from xl_liushou.documents.wording import sentence
from xl_liushou.schema.lists import PARENTS
from xl_liushou.schema.sheets import Children, Progress, Staff, StudyHelp, TermFiles


def child_told(files: ChildFiles, child: Record) -> dict[str, Any]:
    """A child for its family's letter: own columns, those of the term's 档案, parents, carer, and sentences."""
    school, child_id = files.school, child[Children.child_id]
    file = files.of_term(child_id)
    filed = visible(file, "家长") if file else all_blank(TermFiles, "家长")
    carer = school.carer(child_id)
    return {
        **filed,
        **visible(child, "家长"),
        **{who: guardian_facts(guardian_by_relation(school, child, who), "家长") for who in PARENTS},
        "照护人": guardian_facts(carer, "家长"),
        "亮点": [*_progress(files, child_id), *_praise(filed)],
        "评价": _ratings(filed),
        "帮扶": list(_help(files, child_id)),
    }


def _progress(files: ChildFiles, child_id: str) -> Iterator[str]:
    """What the latest check of each study-help plan found, where the child went forward."""
    for plan in files.study_help(child_id):
        check = files.last_check(plan[StudyHelp.help_id])
        if check and check[Progress.conclusion] and check[Progress.trend] not in ("退步", "持平"):
            day = chinese_date(check[Progress.checked_on]).partition("年")[2]
            kind = check[Progress.kind]
            checked = f"（{day}{kind}检查）" if kind else f"（{day}）"
            yield f"{plan[StudyHelp.subject]}{checked}：{sentence(flat(check[Progress.conclusion]))}"


def _praise(filed: dict[str, Any]) -> Iterator[str]:
    """The aspects rated 优, and the child's 特长."""
    best = [aspect for aspect in ASPECTS if filed[aspect] == "优"]
    if best:
        yield STANDS_OUT.format("、".join(best))
    if filed[TermFiles.strengths.title]:
        yield IS_GOOD_AT.format(sentence(flat(filed[TermFiles.strengths.title])))


def _ratings(filed: dict[str, Any]) -> list[dict[str, str]]:
    """方面, 说法 (a rating in kind words) and 评语 of each aspect of which something is known."""
    rows = [
        {"方面": aspect, "说法": said(aspect, filed[aspect]), "评语": flat(filed[f"{aspect}评语"])}
        for aspect in ASPECTS
    ]
    return [one for one in rows if one["说法"] or one["评语"]]


def _help(files: ChildFiles, child_id: str) -> Iterator[str]:
    """One sentence for each study-help plan under way, with the next step agreed on."""
    for plan in files.study_help(child_id):
        if plan[StudyHelp.status] not in ("进行中", ""):
            continue
        yield _help_sentence(files, plan)
        check = files.last_check(plan[StudyHelp.help_id])
        if check and check[Progress.next_step]:
            yield NEXT_STEP.format(sentence(flat(check[Progress.next_step])))


def _help_sentence(files: ChildFiles, plan: Record) -> str:
    """学校由王芳老师给孩子安排了数学帮扶（每周二下午）：计算练习，目标是期末达到良好。"""
    teacher = files.school.staff_of.get(plan[StudyHelp.teacher])
    by = f"由{teacher[Staff.name]}老师" if teacher and teacher[Staff.name] else ""
    times, content, goal = (
        flat(plan[column]).rstrip("。；") for column in (StudyHelp.times, StudyHelp.content, StudyHelp.goal)
    )
    when = f"（{times}）" if times else ""
    what = "，".join(part for part in (content, f"目标是{goal}" if goal else "") if part)
    tail = f"：{what}" if what else ""
    return sentence(GIVES_HELP.format(by=by, subject=plan[StudyHelp.subject], when=when) + tail)
