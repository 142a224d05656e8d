"""The papers of a term: 关爱工作实施方案 at its beginning, 学期工作总结 at its end (domain, section 6)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from xl_liushou.core.plan import Audience, Blocked, Made, Skipped, WriteDocument
from xl_liushou.core.table import Record
from xl_liushou.documents.audience import chinese_date
from xl_liushou.documents.options import PaperOptions
from xl_liushou.documents.term_report import report_context
from xl_liushou.documents.work_plan import plan_context
from xl_liushou.figures.terms import Term, current_term
from xl_liushou.schema.school import School


def work_plans(school: School, today: date, children: Sequence[Record], options: PaperOptions) -> list[Made]:  # noqa: ARG001
    """The plan for the current term; the children chosen do not matter."""
    return [_made(school, "work-plan", "关爱工作实施方案", "学校", lambda term: plan_context(school, today, term))]


def term_reports(school: School, today: date, children: Sequence[Record], options: PaperOptions) -> list[Made]:  # noqa: ARG001
    """The report on the current term; the children chosen do not matter."""
    term = current_term(school)
    if term and today < term.starts_on:
        day = chinese_date(term.starts_on)
        return [Skipped(None, f"{term.name}从{day}开始，还没有可以总结的工作；开学以后再生成学期工作总结")]
    return [_made(school, "term-report", "学期工作总结", "上报", lambda term: report_context(school, today, term))]


def _made(
    school: School, document: str, title: str, audience: Audience, context: Callable[[Term], dict[str, Any]]
) -> Made:
    if not school.active_children:
        return Skipped(None, f"花名册里没有在管的孩子，不需要{title}")
    term = current_term(school)
    if term is None:
        advice = "请先在“设置”填写“学期”，并在“校历”登记这个学期（类型选“学期”）的开始日期和结束日期"
        return Blocked(None, "D805", f"不能生成{title}：{advice}")
    return WriteDocument(
        document=document, title=title, class_name="", person=term.name, audience=audience, context=context(term)
    )
