"""The papers of a campaign: 活动方案 before it, 活动总结 after it (domain, section 6). No child is named."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Final

from xl_liushou.core.errors import UsageProblem
from xl_liushou.core.plan import Blocked, Made, Skipped, WriteDocument
from xl_liushou.core.table import Column, Record
from xl_liushou.documents.campaign_plan import plan_context
from xl_liushou.documents.campaign_report import report_context
from xl_liushou.documents.options import PaperOptions
from xl_liushou.documents.photos import look_first
from xl_liushou.schema.school import School
from xl_liushou.schema.sheets import Campaigns

_REQUIRED: Final[tuple[Column[Any], ...]] = (
    Campaigns.campaign_id,
    Campaigns.name,
    Campaigns.theme,
    Campaigns.starts_on,
    Campaigns.ends_on,
    Campaigns.purpose,
)


def campaign_plans(school: School, today: date, children: Sequence[Record], options: PaperOptions) -> list[Made]:  # noqa: ARG001
    """A plan for the chosen campaign, or for each that is not 取消; the children chosen do not matter."""

    def made(campaign: Record) -> Made:
        if campaign[Campaigns.status] == "取消":
            return Skipped(None, f"{quoted(campaign)}已取消，不生成活动方案")
        return _paper("campaign-plan", "活动方案", campaign, lambda: plan_context(school, today, campaign))

    return _all_made(school, options, made)


def campaign_reports(school: School, today: date, children: Sequence[Record], options: PaperOptions) -> list[Made]:  # noqa: ARG001
    """A report on the chosen campaign, or on each that is 进行, 完成 or past its end."""

    def made(campaign: Record) -> Made:
        if campaign[Campaigns.status] == "取消":
            return Skipped(None, f"{quoted(campaign)}已取消，不生成活动总结")
        if not _has_begun(campaign, today):
            return Skipped(None, f"{quoted(campaign)}尚未开展，暂不生成活动总结；开展后请把“活动”表的状态改为“进行”")
        report = _paper("campaign-report", "活动总结", campaign, lambda: report_context(school, today, campaign))
        return _looked_at(school, campaign, report)

    return _all_made(school, options, made)


def _looked_at(school: School, campaign: Record, report: Made) -> Made:
    """A report with photos says whom a person has to look for in them."""
    if not isinstance(report, WriteDocument) or not any(step["照片"] for step in report.context["开展"]):
        return report
    note = look_first(school, campaign)
    return replace(report, notes=[note] if note else [])


def _all_made(school: School, options: PaperOptions, made: Callable[[Record], Made]) -> list[Made]:
    chosen = chosen_campaigns(school, options.campaign)
    if not chosen:
        return [Skipped(None, "“活动”表里还没有活动，请先登记活动再生成")]
    return [made(campaign) for campaign in chosen]


def chosen_campaigns(school: School, wanted: str) -> list[Record]:
    """The campaign asked for, or all; of two rows with one 活动编号 the first."""
    known: dict[str, Record] = {}
    for campaign in school[Campaigns].records():
        known.setdefault(campaign[Campaigns.campaign_id] or f"第{campaign.row}行", campaign)
    if not wanted:
        return list(known.values())
    if wanted not in known:
        raise UsageProblem(_unknown(wanted, [one for one in known.values() if one[Campaigns.campaign_id]]))
    return [known[wanted]]


def _unknown(wanted: str, known: Sequence[Record]) -> str:
    if not known:
        return f"没有活动编号为“{wanted}”的活动：“活动”表里还没有活动，请先登记活动再生成。"
    names = "、".join(f"{one[Campaigns.campaign_id]}（{one[Campaigns.name] or '未填名称'}）" for one in known)
    return f"没有活动编号为“{wanted}”的活动。“活动”表里现有：{names}。请核对编号后再试。"


def _has_begun(campaign: Record, today: date) -> bool:
    ends = campaign[Campaigns.ends_on]
    return campaign[Campaigns.status] in {"进行", "完成"} or (ends is not None and ends < today)


def _paper(document: str, title: str, campaign: Record, context: Callable[[], dict[str, Any]]) -> Made:
    missing = [column.title for column in _REQUIRED if not campaign[column]]
    if missing:
        places = "、".join(f"“{name}”" for name in missing)
        return Blocked(None, "D805", f"{quoted(campaign)}不能生成{title}：请先在“活动”表第{campaign.row}行填写{places}")
    return WriteDocument(
        document=document, title=title, class_name="", person=campaign[Campaigns.name], audience="学校",
        context=context(),
    )  # fmt: skip


def quoted(campaign: Record) -> str:
    """活动“暖心走访”, by the name, the 活动编号 or the row."""
    return f"活动“{campaign[Campaigns.name] or campaign[Campaigns.campaign_id] or f'第{campaign.row}行'}”"
