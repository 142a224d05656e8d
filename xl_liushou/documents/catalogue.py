"""The papers the program makes, by their command-line names."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from typing import Any, Final, Literal, cast

from xl_liushou.core.plan import Audience, Made
from xl_liushou.core.table import Column, Record
from xl_liushou.documents.options import PaperOptions
from xl_liushou.schema.school import School
from xl_liushou.schema.sheets import (
    Calendar,
    Campaigns,
    Children,
    Contacts,
    Guardians,
    Pairings,
    Participation,
    Progress,
    StudyHelp,
    Supplies,
    Volunteers,
)

Maker = Callable[[School, date, Sequence[Record], PaperOptions], Sequence[Made]]


@dataclass(frozen=True, slots=True)
class Companion:
    """A sheet that comes with a paper, for other readers and from a template of its own."""

    name: str
    title: str
    per: str
    audience: Audience


@dataclass(frozen=True, slots=True)
class Paper:
    """One kind of paper: `maker` is "module.function" in this folder, imported when it is first used.

    Without the columns in `needs` it cannot be made.
    """

    name: str
    title: str
    per: Literal["家庭", "儿童", "责任人", "活动", "班级（或全校）", "志愿者", "学期"]
    audience: Audience
    maker: str
    needs: tuple[Column[Any], ...]
    companions: tuple[Companion, ...] = ()

    def make(
        self, school: School, today: date, children: Sequence[Record], options: PaperOptions | None = None
    ) -> Sequence[Made]:
        """The papers for these children, and what is withheld or does not apply, in the order of `children`."""
        module, function = self.maker.split(".")
        found = getattr(import_module(f"{__package__}.{module}"), function)
        return cast(Maker, found)(school, today, children, options or PaperOptions())


_FAMILY: Final = (Children.child_id, Guardians.child_id, Guardians.relation, Guardians.is_first_contact)
_CONTACTS: Final = (Children.child_id, Contacts.child_id, Contacts.kind, Contacts.day, Contacts.result)
_ROSTER: Final = (Children.child_id, Guardians.child_id, Guardians.relation, Guardians.is_carer)
_RECORDS: Final = (*_CONTACTS, Contacts.secrecy, Contacts.must_report)
_STUDY: Final = (Children.child_id, StudyHelp.child_id, StudyHelp.subject, StudyHelp.help_id, Progress.help_id)
_PAIRINGS: Final = (Children.child_id, Pairings.child_id, Pairings.kind, Pairings.helper, Pairings.starts_on)
_VISITS: Final = (
    *(Children.child_id, Children.consent, Participation.campaign, Participation.child_id, Participation.group),
    *(Volunteers.campaign, Volunteers.group, Volunteers.checked_on, Volunteers.pledged),
)
_SUPPLIES: Final = (Children.child_id, Supplies.child_id, Supplies.kind, Supplies.name, Supplies.quantity)
_VOLUNTEERS: Final = (Volunteers.name, Volunteers.campaign, Volunteers.checked_on, Volunteers.pledged)
_TERM: Final = (*_CONTACTS, Calendar.name, Calendar.kind, Calendar.starts_on)
_CAMPAIGN: Final = (Campaigns.campaign_id, Campaigns.name)

_ALL: Final = (
    Paper("parent-letter", "家长通报信", "家庭", "家长", "letters.parent_letters", _FAMILY),
    Paper("child-letter", "亲情书信", "儿童", "家长", "childletters.child_letters", _FAMILY),
    Paper("archive-card", "档案卡", "儿童", "学校", "cards.archive_cards", _FAMILY),
    Paper("roster", "花名册", "班级（或全校）", "上报", "rosters.rosters", _ROSTER),
    Paper("contact-record", "谈心通话家访记录表", "儿童", "学校", "records.contact_records", _RECORDS),
    Paper("help-plan", "学习帮扶计划与进步档案", "儿童", "学校", "helpplans.help_plans", _STUDY),
    Paper("pairing-table", "结对帮扶一览表", "班级（或全校）", "学校", "pairings.pairing_tables", _PAIRINGS),
    Paper("overdue-notice", "逾期提醒单", "责任人", "班级", "notices.overdue_notices", _CONTACTS),
    Paper("campaign-plan", "活动方案", "活动", "学校", "campaigns.campaign_plans", _CAMPAIGN),
    Paper("campaign-report", "活动总结", "活动", "学校", "campaigns.campaign_reports", _CAMPAIGN),
    Paper("work-plan", "关爱工作实施方案", "学期", "学校", "terms.work_plans", _TERM),
    Paper("term-report", "学期工作总结", "学期", "上报", "terms.term_reports", _TERM),
    Paper(
        "visit-form", "入户走访登记表", "儿童", "志愿者", "visits.visit_forms", _VISITS,
        companions=(Companion("visit-form-leader", "走访带队表", "走访小组", "学校"),),
    ),
    Paper("volunteer-card", "志愿者证", "志愿者", "志愿者", "volunteers.volunteer_cards", _VOLUNTEERS),
    Paper(
        "supplies-receipt", "慰问物资签收单", "家庭", "家长", "supplies.supplies_receipts", _SUPPLIES,
        companions=(Companion("supplies-receipt-list", "慰问物资签收表", "活动", "学校"),),
    ),
    Paper("consent-form", "个人信息告知同意书", "家庭", "家长", "consents.consent_forms", (Children.child_id,)),
)  # fmt: skip

PAPERS: Final[Mapping[str, Paper]] = {paper.name: paper for paper in _ALL}
TEMPLATES: Final[Mapping[str, Paper | Companion]] = {
    **PAPERS, **{sheet.name: sheet for paper in _ALL for sheet in paper.companions},
}  # fmt: skip
"""What has a Word template of its own, by the template's name."""
