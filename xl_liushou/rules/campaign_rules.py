"""Family A: a campaign's phases, steps, photos and results."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from xl_liushou.core.finding import ERROR, WARNING
from xl_liushou.core.table import Column, Record
from xl_liushou.rules.rule import Rule, Spot, at, has, rule
from xl_liushou.schema.lists import YES
from xl_liushou.schema.school import School, grouped_by
from xl_liushou.schema.sheets import Campaigns, CampaignSteps, Children, Participation

_PHASES = (
    (Campaigns.prepares_from, Campaigns.prepares_to),
    (Campaigns.runs_from, Campaigns.runs_to),
    (Campaigns.closes_from, Campaigns.closes_to),
)
_BY_CLASS = ("主题班会", "座谈会")
_COMPLETE, _CANCELLED = "完成", "取消"


@rule(
    "A601", ERROR, "活动", "活动阶段的日期不对",
    why="准备、实施、总结一段接一段，日期交叉或超出活动起止，方案和提醒就会互相矛盾。",
    bad="准备阶段到 10 月 15 日，实施阶段从 10 月 10 日起。",
    good="准备 10 月 8—11 日，实施 12—25 日，总结 26—30 日。",
    mend="对照活动方案，改正写错的日期。",
)  # fmt: skip
def phases_out_of_order(school: School, _today: date) -> Iterator[Spot]:
    """A601: phases out of order, overlapping, or outside the campaign's dates; at the phase's start."""
    for campaign in school[Campaigns].records():
        before = date.min
        for start, end in _PHASES:
            first, last = campaign[start] or campaign[end], campaign[end] or campaign[start]
            if first is None or last is None or last < first:
                continue
            is_outside = _is_outside(campaign, first, last)
            if is_outside or first <= before:
                fault = "超出了活动的起止日期" if is_outside else "与前一阶段交叉或先后颠倒"
                yield at(campaign, start, f"“{start.title}”到“{end.title}”{fault}，请对照活动方案改正日期")
            before = before if is_outside else last


def _is_outside(campaign: Record, first: date, last: date) -> bool:
    """Whether some days lie outside the campaign, whose own dates P406 judges."""
    starts, ends = campaign[Campaigns.starts_on] or date.min, campaign[Campaigns.ends_on] or date.max
    return starts <= ends and not starts <= first <= last <= ends


@rule(
    "A603", WARNING, "活动", "活动完成了，却没有人参与的记录",
    why="没有一个孩子到场，也没有一个环节完成，总结里就没有东西可写，上级也无从查考。",
    bad="状态是“完成”，活动参与里没有人“到”，环节都没有完成日期。",
    good="活动参与里登记了到场的孩子，环节填了完成日期。",
    mend="在“活动参与”和“活动环节”表补登；没有做完的，改正状态。",
    needs=(Participation.campaign, Participation.attendance, CampaignSteps.campaign, CampaignSteps.done_on),
)  # fmt: skip
def nothing_to_show(school: School, _today: date) -> Iterator[Spot]:
    """A603: 完成 without any 活动参与 到 and any 活动环节 done; at 状态."""
    part, steps = school[Participation], school[CampaignSteps]
    seen = {one for one, mark in zip(part.campaign, part.attendance, strict=True) if mark in {"到", ""}}
    seen.update(
        step[CampaignSteps.campaign]
        for step in steps.records()
        if step[CampaignSteps.done_on] or school.unread(step, CampaignSteps.done_on)
    )
    for campaign in school[Campaigns].records():
        if campaign[Campaigns.status] == _COMPLETE and campaign[Campaigns.campaign_id] not in seen | {""}:
            message = "“状态”是完成，但没有孩子到场的记录，也没有做完的环节，请补登，或改正状态"
            yield at(campaign, Campaigns.status, message)


@rule(
    "A604", WARNING, "活动环节", "环节没有负责人或截止日期",
    why="没有人负责、没有期限的环节，往往没有人做。",
    bad="“给父母写信”没有负责人。",
    good="负责人 T05，截止日期 2026-10-23。",
    mend="补填负责人的工号和截止日期。",
    needs=(CampaignSteps.leader, CampaignSteps.due_on),
)  # fmt: skip
def nobody_leads(school: School, _today: date) -> Iterator[Spot]:
    """A604: no 负责人 or no 截止日期; at the first that is blank (a campaign that is 取消 asks for neither)."""
    campaigns = _campaigns(school)
    for step in school[CampaignSteps].records():
        columns: tuple[Column[Any], ...] = (CampaignSteps.leader, CampaignSteps.due_on)
        blank = [one for one in columns if not step[one] and not school.unread(step, one)]
        campaign = campaigns.get(step[CampaignSteps.campaign])
        if blank and not (campaign and campaign[Campaigns.status] == _CANCELLED):
            names = "和".join(f"“{one.title}”" for one in blank)
            yield at(step, blank[0], f"这个环节没有写{names}，请补填")


@rule(
    "A605", ERROR, "活动环节", "照片里的孩子没有照片同意，或没有写是谁",
    why="没有监护人同意，孩子的照片不能用，这是错误；不写照片里是谁，就无法核对，这是提醒。",
    bad="照片中儿童有 S003，花名册里他的“照片同意”是“否”。",
    good="照片中儿童都有照片同意。",
    mend="撤下这张照片，或先征得监护人同意并改花名册；没有写是谁的，补填孩子的编号。",
    needs=(CampaignSteps.pictured,),
)  # fmt: skip
def pictured_without_consent(school: School, _today: date) -> Iterator[Spot]:
    """A605: 照片中儿童 names a child without 照片同意; a warning where 照片 is filled and 照片中儿童 is blank."""
    refused = _without_photo_consent(school)
    for step in school[CampaignSteps].records():
        pictured = step[CampaignSteps.pictured]
        wrong = [child_id for child_id in pictured if child_id in refused]
        if wrong:
            message = f"“照片中儿童”里的{'、'.join(wrong)}没有照片同意，请撤下照片，或先征得监护人同意"
            yield at(step, CampaignSteps.pictured, message)
        elif step[CampaignSteps.photos] and not pictured and not school.unread(step, CampaignSteps.pictured):
            message = "有“照片”却没有填“照片中儿童”，请填照片里孩子的编号，以便核对照片同意"
            yield at(step, CampaignSteps.pictured, message, WARNING)


def _without_photo_consent(school: School) -> set[str]:
    """The 儿童编号 of whom 照片同意 is not 是; nobody where the roster lacks that column."""
    column = Children.photo_consent
    return {
        child_id
        for child_id, child in school.child_of.items()
        if has(school, column) and child[column] != YES and not school.unread(child, column)
    } - school.unclear_child_ids


@rule(
    "A606", WARNING, "活动环节", "活动完成了，环节没有完成值",
    why="有目标没有结果，总结里的“目标与完成”就缺一格，看不出做到了几成。",
    bad="目标值 60 封信，活动已经完成，完成值空白。",
    good="目标值 60，完成值 58。",
    mend="补填“完成值”；没有做成的填 0。",
    needs=(CampaignSteps.reached, Campaigns.status),
)  # fmt: skip
def no_result(school: School, _today: date) -> Iterator[Spot]:
    """A606: 目标值 without 完成值 in a campaign that is 完成; at 完成值."""
    campaigns = _campaigns(school)
    for step in school[CampaignSteps].records():
        campaign = campaigns.get(step[CampaignSteps.campaign])
        is_complete = campaign and campaign[Campaigns.status] == _COMPLETE
        is_open = step[CampaignSteps.target] is not None and step[CampaignSteps.reached] is None
        if is_complete and is_open and not school.unread(step, CampaignSteps.reached):
            yield at(step, CampaignSteps.reached, "活动已经完成，有“目标值”却没有“完成值”，请补填")


@rule(
    "A607", WARNING, "活动环节", "有的班没有安排班会或座谈会",
    why="主题班会、座谈会要班班都有，漏掉的班，孩子就听不到、说不上。",
    bad="八个班安排了主题班会，六年级1班没有。",
    good="花名册上的每个班都有一个主题班会环节。",
    mend="在“活动环节”表给漏掉的班补一个环节。",
    needs=(CampaignSteps.campaign, CampaignSteps.kind, CampaignSteps.class_name),
)  # fmt: skip
def class_left_out(school: School, _today: date) -> Iterator[Spot]:
    """A607: steps of kind 主题班会 or 座谈会 by class, and a class of the roster has none; at 活动.活动编号."""
    held = _held_by_class(school)
    for campaign_id, campaign in _campaigns(school).items():
        faults = []
        for kind in _BY_CLASS:
            rooms = tuple(held.get((campaign_id, kind), ()))
            left_out = [name for name in school.classes if rooms and not name.startswith(rooms)]
            if left_out:
                faults.append(f"“{kind}”没有安排{_listed(left_out)}")
        if faults and campaign[Campaigns.status] != _CANCELLED:
            yield at(campaign, Campaigns.campaign_id, f"{'，'.join(faults)}，请在“活动环节”表补上")


def _held_by_class(school: School) -> Mapping[tuple[str, str], Sequence[str]]:
    """The classes (or grades) of each campaign's steps by kind; none where one of them cannot be read."""
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for campaign_id, steps in grouped_by(school[CampaignSteps], CampaignSteps.campaign).items():
        if any(school.unread(step, CampaignSteps.kind, CampaignSteps.class_name) for step in steps):
            continue
        for step in steps:
            if step[CampaignSteps.class_name]:
                found[campaign_id, step[CampaignSteps.kind]].append(step[CampaignSteps.class_name])
    return found


def _listed(names: Sequence[str]) -> str:
    return "、".join(names) if len(names) <= 3 else f"{'、'.join(names[:3])}等{len(names)}个班"


def _campaigns(school: School) -> Mapping[str, Record]:
    """The campaigns by 活动编号."""
    return {one[Campaigns.campaign_id]: one for one in school[Campaigns].records() if one[Campaigns.campaign_id]}


RULES: tuple[Rule, ...] = (
    phases_out_of_order,
    nothing_to_show,
    nobody_leads,
    pictured_without_consent,
    no_result,
    class_left_out,
)
