"""What 学期工作总结 says: coverage, files before and after, pairings, campaigns, supplies, what is wanting.

It goes to the bureau: counts only. The one free text is the name of a campaign; where that shows a child or a
guardian, the campaign goes by its type.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from xl_liushou.documents.audience import chinese_date
from xl_liushou.documents.charts import bars, columns, share_rate, whole_percent
from xl_liushou.documents.leaks import LeakScan
from xl_liushou.documents.shortfalls import shortfalls
from xl_liushou.documents.term_tables import (
    CONTACTS,
    Rows,
    basics,
    by_grade,
    changes_told,
    contact_coverage,
    coverage_by_class,
    coverage_told,
    headcount,
    last_coverage,
    listed,
    pairings_told,
    said,
    study_told,
    troubles_told,
)
from xl_liushou.documents.wording import NOTHING, UNSETTLED, amount, numbered, percent, span
from xl_liushou.figures.campaigns import CampaignFigures, campaign_figures, campaigns_of, supply_figures
from xl_liushou.figures.coverage import done_in, late_children
from xl_liushou.figures.files import ASPECTS, Files, change, files_of, in_both, levels
from xl_liushou.figures.helping import pairing_figures, study_figures
from xl_liushou.figures.shares import Share
from xl_liushou.figures.terms import Days, Term, term_before
from xl_liushou.followup.due import due_items
from xl_liushou.schema.lists import CLOSED
from xl_liushou.schema.school import School
from xl_liushou.schema.sheets import Campaigns, Children


def report_context(school: School, today: date, term: Term) -> dict[str, Any]:
    """The merge context of the report; a section without content has no 序号 and the template leaves it out."""
    days, items = term.until(today), due_items(school, today)
    earlier = term_before(school, term)
    now, before = files_of(school, term.name), files_of(school, earlier.name) if earlier else {}
    late = {kind: late_children(items, kind) for kind in CONTACTS}
    found = contact_coverage(school, term.months(today))
    pairs = pairing_figures(school, days)
    campaigns = [campaign_figures(school, one) for one in campaigns_of(school, term)]
    context = basics(school, today, term, "总结") | {
        "统计至": chinese_date(days.last),
        "基本": headcount(school) | _moves(school, days),
        "各年级": by_grade(school),
        "档案": _files(school, before, now),
        "联系": coverage_told(found)
        | {"其他": _others(school, days), "上学期": last_coverage(school, earlier, term), **_overdue(late)},
        "各班": coverage_by_class(found, late),
        "关注": troubles_told(now) | changes_told(before, now),
        "结对": pairings_told(pairs),
        "学习": study_told(study_figures(school, term.name, today)),
        "活动": _campaigns(school, campaigns),
        "物资": _supplies(school, days),
        "不足": shortfalls(school, items, len(now), pairs.key.missing, campaigns, today),
    }
    context["序号"] = numbered(_sections(context))
    return context


def _sections(context: Mapping[str, Any]) -> list[tuple[str, object]]:
    return [
        ("基本", True),
        ("档案", True),
        ("联系", True),
        ("关注", context["关注"]["各行"]),
        ("结对", True),
        ("学习", context["学习"]["份数"]),
        ("活动", context["活动"]["各行"]),
        ("物资", context["物资"]["各行"]),
        ("不足", True),
    ]


def _moves(school: School, days: Days) -> dict[str, int]:
    """The children taken on and the cases closed within the term."""
    roster = school[Children]
    return {
        "新建档": sum(child[Children.filed_on] in days for child in school.active_children),
        "结案": sum(day in days for day in roster.closed_on),
    }


def _overdue(late: Mapping[str, Mapping[str, int]]) -> dict[str, Any]:
    return {"逾期": {kind: sum(counts.values()) for kind, counts in late.items()}}


def _others(school: School, days: Days) -> str:
    """The other kinds of contact: 家访12次、心理辅导3次."""
    kinds = [kind for kind in CLOSED["联系类型"] if kind not in CONTACTS]
    return listed({kind: done_in(school, kind, days) for kind in kinds}, "次")


def _files(school: School, before: Files, now: Files) -> dict[str, Any]:
    """How many children have a file, and their four ratings, with the term before where both are known."""
    share = Share(len(now), len(school.active_children))
    both = in_both(before, now)
    titles = [column.title for column in ASPECTS]
    series = {"上学期": both[0], "本学期": both[1]} if both[0] else {"本学期": now}
    rates = {name: [_good_rate(files, place) for place in range(len(ASPECTS))] for name, files in series.items()}
    title = "同一批儿童两个学期的优良率" if both[0] else "四方面评定优良率"
    return {
        "份数": share.part,
        "未建": share.missing,
        "建档率": said(share),
        "可比": len(both[0]),
        "各行": [_rating(before, now, place) for place in range(len(ASPECTS))] if now else [],
        "图": columns(title, titles, rates),
    }


def _good(files: Files, place: int) -> Share:
    """How many of the files that rate an aspect say 优 or 良."""
    counts = levels(files, ASPECTS[place])
    return Share(counts["优"] + counts["良"], sum(counts.values()))


def _good_rate(files: Files, place: int) -> float | None:
    return share_rate(_good(files, place))


def _rating(before: Files, now: Files, place: int) -> dict[str, Any]:
    moved = change(before, now, ASPECTS[place])
    return {
        "方面": ASPECTS[place].title,
        **levels(now, ASPECTS[place]),
        "优良率": said(_good(now, place)),
        "提高": moved.better,
        "下降": moved.worse,
    }


def _campaigns(school: School, found: Sequence[CampaignFigures]) -> dict[str, Any]:
    scan = LeakScan(school)
    names = [_public_name(scan, one) for one in found]
    rows = [_campaign(name, one) for name, one in zip(names, found, strict=True)]
    rates = {
        "工作完成率": [share_rate(one.steps) for one in found],
        "目标完成率": [whole_percent(one.rate) for one in found],
    }
    return {"各行": rows, "图": bars("各项活动完成情况", names, rates)}


def _public_name(scan: LeakScan, found: CampaignFigures) -> str:
    """The name of a campaign, or its type where the name shows a child or a guardian."""
    name, kind = found.campaign[Campaigns.name], found.campaign[Campaigns.kind] or "关爱"
    return name if name and not scan.hits({"": name}, ()) else f"{kind}活动"


def _campaign(name: str, found: CampaignFigures) -> dict[str, Any]:
    starts, ends = found.campaign[Campaigns.starts_on], found.campaign[Campaigns.ends_on]
    return {
        "名称": name,
        "时间": span(starts, ends) or UNSETTLED,
        "参加": found.attendance.part if found.attendance.whole else NOTHING,
        "到场率": said(found.attendance),
        "工作": _of(found.steps),
        "目标": _of(found.met),
        "目标完成率": NOTHING if found.rate is None else percent(found.rate, 1),
    }


def _of(share: Share) -> str:
    return f"{share.part}/{share.whole}" if share.whole else NOTHING


def _supplies(school: School, days: Days) -> dict[str, Any]:
    found = supply_figures(school, days)
    rows: Rows = [
        {"类别": kind or "其他", "数量": amount(one.quantity), "金额": amount(one.amount), "儿童": one.children}
        for kind, one in found.items()
    ]
    return {"各行": rows}
