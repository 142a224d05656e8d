"""The "also due" items: calendar days, no pauses (domain, section 4)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from xl_liushou.core.table import Record
from xl_liushou.followup.contacts import DEFAULT_LEAD
from xl_liushou.followup.item import LATER, MUST_REPORT, OVERDUE, SOON, TODAY, UNKNOWN, Item
from xl_liushou.followup.owners import name_and_id, responsible, staff_or
from xl_liushou.followup.pauses import days_after
from xl_liushou.schema.lists import YES
from xl_liushou.schema.school import School
from xl_liushou.schema.sheets import (
    HELPERS,
    Campaigns,
    CampaignSteps,
    Children,
    Contacts,
    Guardians,
    Pairings,
    Staff,
    StudyHelp,
)

_MANDATE_LEAD = timedelta(days=30)
_REPORT_NOW = "请立即向公安机关和主管部门报告"
_HIGH_RISK_DAYS, _OTHER_RISK_DAYS = 90, 180


def also_due(school: School, today: date, chosen: Sequence[Record], everything: bool) -> Iterator[Item]:
    """All other things that are due for these children; the steps of campaigns only with `everything`."""
    children = {child[Children.child_id]: child for child in chosen}
    by_id = {**school.child_of, **children} if everything else children
    yield from _must_report(school, today, by_id)
    if everything:
        yield from _must_report_of_nobody(school, today)
    yield from _pairing_checks(school, today, children)
    yield from _follow_ups(school, today, children)
    yield from _study_stages(school, today, children)
    yield from _mandates(school, today, children)
    yield from _assessments(school, today, children)
    if everything:
        yield from _campaign_steps(school, today)


def plain_status(due: date | None, today: date) -> tuple[str, int]:
    """Status and calendar days overdue."""
    if due is None:
        return UNKNOWN, 0
    late = (today - due).days
    if late > 0:
        return OVERDUE, late
    if late == 0:
        return TODAY, 0
    return (SOON if -late <= DEFAULT_LEAD else LATER), 0


def is_overdue(due: date | None, today: date) -> bool:
    """Whether a day on which something was due has passed."""
    return plain_status(due, today)[0] == OVERDUE


def in_force(starts: date | None, ends: date | None, today: date) -> bool:
    """Whether a pairing with these dates is current (domain, section 3: 结对)."""
    return overlaps(starts, ends, today, today)


def overlaps(starts: date | None, ends: date | None, first: date, last: date) -> bool:
    """Whether a pairing with these dates was current on any of some days."""
    return starts is not None and starts <= last and (ends is None or ends >= first)


def pairing_check_due(pairing: Record, today: date) -> date | None:
    """When a current pairing is to be checked next; None where it is not current or has no period."""
    starts, days = pairing[Pairings.starts_on], pairing[Pairings.check_days]
    if starts is None or not in_force(starts, pairing[Pairings.ends_on], today) or not days:
        return None
    return days_after(pairing[Pairings.checked_on] or starts, int(days))


def untold_reports(school: School) -> Iterator[Record]:
    """The records with 强制报告 that were not reported in full."""
    table = school[Contacts]
    for index, mark in enumerate(table.must_report):
        if mark == YES and not (table.reported_at[index] and table.reported_to[index]):
            yield Record(table, index)


def open_follow_ups(school: School) -> Iterator[Record]:
    """The records with a 跟进期限 and no 跟进完成日."""
    table = school[Contacts]
    for index, (due, done) in enumerate(zip(table.follow_up_by, table.followed_up_on, strict=True)):
        if due and not done:
            yield Record(table, index)


def open_study_stages(school: School) -> Iterator[Record]:
    """The plans of 学习帮扶 with a 阶段截止 that are 进行中."""
    for plan in school[StudyHelp].records():
        if plan[StudyHelp.stage_ends_on] and plan[StudyHelp.status] == "进行中":
            yield plan


def _item(
    school: School, child: Record, kind: str, owner: Record | None, due: date | None, today: date,
    last: date | None = None, note: str = "",
) -> Item:  # fmt: skip
    status, late = plain_status(due, today)
    name, owner_id = name_and_id(owner)
    return Item(
        child[Children.child_id], child[Children.name], school.class_name(child), kind, name, last, due, late, status,
        note=note, owner_id=owner_id,
    )  # fmt: skip


def _must_report(school: School, today: date, children: dict[str, Record]) -> Iterator[Item]:
    for record in untold_reports(school):
        child = children.get(record[Contacts.child_id])
        if child:
            due = min(record[Contacts.day] or today, today)
            yield _item(school, child, MUST_REPORT, school.head_of_moral_education, due, today, note=_REPORT_NOW)


def _must_report_of_nobody(school: School, today: date) -> Iterator[Item]:
    """A report about a child whose 儿童编号 the roster lacks is not lost: it stands without a child."""
    for record in untold_reports(school):
        child_id = record[Contacts.child_id]
        if child_id not in school.child_of:
            due = min(record[Contacts.day] or today, today)
            status, late = plain_status(due, today)
            name = f"编号{child_id}（花名册中没有）" if child_id else "儿童编号空白"
            head, head_id = name_and_id(school.head_of_moral_education)
            yield Item(
                None, name, "", MUST_REPORT, head, None, due, late, status, note=_REPORT_NOW, owner_id=head_id
            )  # fmt: skip


def _pairing_checks(school: School, today: date, children: dict[str, Record]) -> Iterator[Item]:
    for record in school[Pairings].records():
        child = children.get(record[Pairings.child_id])
        due = pairing_check_due(record, today)
        if child and due:
            helper = "" if _helper_is_no_staff(school, record) else record[Pairings.helper]
            owner = staff_or(school, helper, responsible(school, child))
            note = record[Pairings.kind]
            yield _item(school, child, "结对检查", owner, due, today, record[Pairings.checked_on], note)


def _helper_is_no_staff(school: School, pairing: Record) -> bool:
    """Whether 帮扶人 is, by the pairing's type, a pupil or a volunteer, whose number may also be a 工号."""
    key = HELPERS.get(pairing[Pairings.kind], Staff.staff_id)
    return key is not Staff.staff_id and pairing[Pairings.helper] in school.tables[key.sheet].values(key)


def _follow_ups(school: School, today: date, children: dict[str, Record]) -> Iterator[Item]:
    for record in open_follow_ups(school):
        child = children.get(record[Contacts.child_id])
        if child:
            owner = staff_or(school, record[Contacts.recorder], responsible(school, child))
            yield _item(school, child, "跟进", owner, record[Contacts.follow_up_by], today, record[Contacts.day])


def _study_stages(school: School, today: date, children: dict[str, Record]) -> Iterator[Item]:
    for record in open_study_stages(school):
        child = children.get(record[StudyHelp.child_id])
        if child:
            owner = staff_or(school, record[StudyHelp.teacher], responsible(school, child))
            due, subject = record[StudyHelp.stage_ends_on], record[StudyHelp.subject]
            yield _item(school, child, "学习计划", owner, due, today, note=subject)


def _mandates(school: School, today: date, children: dict[str, Record]) -> Iterator[Item]:
    for record in school[Guardians].records():
        child = children.get(record[Guardians.child_id])
        until = record[Guardians.mandate_until]
        if child and until:
            note = f"委托书{until.year}年{until.month}月{until.day}日到期"
            yield _item(school, child, "委托书", responsible(school, child), until - _MANDATE_LEAD, today, note=note)


def _assessments(school: School, today: date, children: dict[str, Record]) -> Iterator[Item]:
    for child in children.values():
        last = child[Children.assessed_on]
        start = last or child[Children.filed_on]
        days = _HIGH_RISK_DAYS if child[Children.risk] in {"高", ""} else _OTHER_RISK_DAYS
        due = days_after(start, days) if start else None
        yield _item(school, child, "风险评估", responsible(school, child), due, today, last)


def _campaign_steps(school: School, today: date) -> Iterator[Item]:
    campaigns = {one[Campaigns.campaign_id]: one for one in school[Campaigns].records()}
    for record in school[CampaignSteps].records():
        due = record[CampaignSteps.due_on]
        campaign = campaigns.get(record[CampaignSteps.campaign])
        if due is None or record[CampaignSteps.done_on] or (campaign and campaign[Campaigns.status] == "取消"):
            continue
        status, late = plain_status(due, today)
        leader = staff_or(school, record[CampaignSteps.leader], school.head_of_moral_education)
        owner, owner_id = name_and_id(leader)
        name, note = record[CampaignSteps.step], campaign[Campaigns.name] if campaign else ""
        yield Item(
            None,
            name,
            record[CampaignSteps.class_name],
            "活动环节",
            owner,
            None,
            due,
            late,
            status,
            note=note,
            owner_id=owner_id,
        )
