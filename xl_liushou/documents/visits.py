"""入户走访登记表: what volunteers take along and fill in, and the sheet of the staff member who leads them.

Volunteers get the child's name, class and hamlet and the carer's relation; where the family lives and its
phone stand on the leader's sheet only. A group with a member who is not cleared gets neither (D806).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from xl_liushou.core.plan import Blocked, Made, Skipped, WriteDocument
from xl_liushou.core.table import Record
from xl_liushou.documents.audience import chinese_date, visible
from xl_liushou.documents.campaign_steps import steps_of
from xl_liushou.documents.campaigns import chosen_campaigns, quoted
from xl_liushou.documents.childfile import ChildFiles
from xl_liushou.documents.clearance import not_cleared
from xl_liushou.documents.letters import missing_value
from xl_liushou.documents.options import PaperOptions
from xl_liushou.documents.people import guardian_facts, school_facts
from xl_liushou.documents.wording import amount, span
from xl_liushou.schema.school import School, grouped_by
from xl_liushou.schema.sheets import Campaigns, CampaignSteps, Children, Participation, Supplies, Volunteers


@dataclass(frozen=True, slots=True)
class _Group:
    """A group of a visiting campaign: who goes out, and to which children."""

    campaign: Record
    name: str
    volunteers: Sequence[Record]
    children: Sequence[Record]


def visit_forms(school: School, today: date, children: Sequence[Record], options: PaperOptions) -> list[Made]:
    """For each group the leader's sheet, then a form for each of the chosen children it visits."""
    files = ChildFiles(school, today)
    campaigns = [one for one in chosen_campaigns(school, options.campaign) if options.campaign or _is_on(school, one)]
    found = [made for campaign in campaigns for made in _of_campaign(files, campaign, children)]
    return found or [Skipped(None, "没有所选孩子的入户走访安排；请先在“志愿者”和“活动参与”表登记活动编号和分组")]


def _is_on(school: School, campaign: Record) -> bool:
    return campaign[Campaigns.status] not in {"取消", "完成"} and bool(_volunteers(school, campaign))


def _volunteers(school: School, campaign: Record) -> list[Record]:
    own = campaign[Campaigns.campaign_id]
    return [one for one in school[Volunteers].records() if own and one[Volunteers.campaign] == own]


def _of_campaign(files: ChildFiles, campaign: Record, children: Sequence[Record]) -> Iterator[Made]:
    if campaign[Campaigns.status] == "取消":
        yield Skipped(None, f"{quoted(campaign)}已取消，不需要入户走访登记表")
        return
    volunteers = _volunteers(files.school, campaign)
    if not volunteers:
        yield Skipped(None, f"{quoted(campaign)}没有登记志愿者，不需要入户走访登记表")
        return
    for name, visited in _visited(files.school, campaign, children).items():
        members = [one for one in volunteers if one[Volunteers.group] == name]
        yield from _of_group(files, _Group(campaign, name, members, visited))


def _visited(school: School, campaign: Record, children: Sequence[Record]) -> dict[str, list[Record]]:
    """The chosen children by the group that visits them, the groups in the order of 活动参与."""
    own = campaign[Campaigns.campaign_id]
    part = {
        one[Participation.child_id]: one[Participation.group]
        for one in school[Participation].records()
        if one[Participation.campaign] == own
    }
    groups: dict[str, list[Record]] = {name: [] for name in part.values()}
    for child in children:
        if child[Children.child_id] in part:
            groups[part[child[Children.child_id]]].append(child)
    return groups


def _of_group(files: ChildFiles, group: _Group) -> Iterator[Made]:
    withheld = {child: found for child in group.children if (found := _withheld(files, group, child))}
    visited = [child for child in group.children if child not in withheld]
    if visited:
        yield _leaders_sheet(files, group, visited)
    for child in group.children:
        yield withheld.get(child) or _form(files, group, child)


def _withheld(files: ChildFiles, group: _Group, child: Record) -> Blocked | Skipped | None:
    """Why a child's form is not made."""
    child_id, campaign = child[Children.child_id], quoted(group.campaign)
    if not group.name:
        return Skipped(child_id, f"在{campaign}里没有分组，不知道由谁走访；请在“活动参与”表填好分组")
    if problem := not_cleared(group.volunteers, files.today):
        return Blocked(child_id, "D806", f"{campaign}的{group.name}还不能入户：{problem}。请在“志愿者”表补齐后再生成")
    if missing := missing_value(files, child):
        return missing
    if child[Children.consent] != "已签":
        return Blocked(child_id, "D803", "同意书没有签，不安排志愿者入户；签好并登记后再生成")
    return None


def _form(files: ChildFiles, group: _Group, child: Record) -> WriteDocument:
    return WriteDocument(
        document="visit-form",
        title="入户走访登记表",
        class_name=files.school.class_name(child),
        person=child[Children.name],
        audience="志愿者",
        context={
            **visible(child, "志愿者"),
            "照护人": guardian_facts(files.school.carer(child[Children.child_id]), "志愿者"),
            "志愿者们": [visible(one, "志愿者") for one in group.volunteers],
            **_outing(files, group),
        },
        child=child[Children.child_id],
        children=[child[Children.child_id]],
    )


def _leaders_sheet(files: ChildFiles, group: _Group, children: Sequence[Record]) -> WriteDocument:
    gifts = grouped_by(files.school[Supplies], Supplies.child_id)
    return WriteDocument(
        document="visit-form-leader",
        title="走访带队表",
        class_name="",
        person=group.name,
        audience="学校",
        context={
            "孩子们": [
                {
                    "序号": number,
                    **visible(child, "学校"),
                    "照护人": guardian_facts(files.school.carer(child[Children.child_id]), "学校"),
                    "物资": _gifts(group.campaign, gifts.get(child[Children.child_id], ())),
                }
                for number, child in enumerate(children, 1)
            ],
            "志愿者们": [visible(one, "学校") for one in group.volunteers],
            **_outing(files, group),
        },
        children=[child[Children.child_id] for child in children],
    )


def _outing(files: ChildFiles, group: _Group) -> dict[str, Any]:
    """What both papers say of the outing: the campaign, the group, who leads it, the school."""
    campaign = group.campaign
    return {
        "活动": {
            "名称": campaign[Campaigns.name],
            "时间": span(campaign[Campaigns.starts_on], campaign[Campaigns.ends_on]),
        },
        "分组": group.name,
        "带队老师": _leader(files.school, group),
        "学校": school_facts(files.school),
        "落款日期": chinese_date(files.today),
    }


def _leader(school: School, group: _Group) -> str:
    """Who is in charge of the group's own step (第一组入户走访), else of the campaign."""
    own = [
        step
        for step in steps_of(school, group.campaign)
        if group.name in step[CampaignSteps.step] and step[CampaignSteps.leader]
    ]
    if own:
        return school.staff_name(min(own, key=lambda step: len(step[CampaignSteps.step]))[CampaignSteps.leader])
    leader = group.campaign[Campaigns.leader]
    return school.staff_name(leader) if leader else ""


def _gifts(campaign: Record, supplies: Sequence[Record]) -> str:
    """文具套装×1、课外书×2: what this campaign brings a child, each thing once with all there is of it."""
    brought: dict[str, float] = {}
    for one in supplies:
        if one[Supplies.campaign] == campaign[Campaigns.campaign_id]:
            name = one[Supplies.name]
            brought[name] = brought.get(name, 0) + (one[Supplies.quantity] or 0)
    return "、".join(f"{name}×{amount(quantity or None)}" for name, quantity in brought.items())
