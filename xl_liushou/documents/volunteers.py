"""志愿者证: a card to wear for each volunteer who is cleared, and the stub that the school keeps."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from xl_liushou.core.plan import Blocked, Made, Skipped, WriteDocument
from xl_liushou.core.table import Record
from xl_liushou.documents.audience import chinese_date, visible
from xl_liushou.documents.campaigns import chosen_campaigns, quoted
from xl_liushou.documents.clearance import lacking
from xl_liushou.documents.options import PaperOptions
from xl_liushou.documents.people import school_facts
from xl_liushou.documents.wording import span
from xl_liushou.schema.school import School
from xl_liushou.schema.sheets import Campaigns, Volunteers


def volunteer_cards(school: School, today: date, children: Sequence[Record], options: PaperOptions) -> list[Made]:  # noqa: ARG001
    """A card for each volunteer of the chosen campaign, or of all that are not over; no child is on it."""
    campaigns = {one[Campaigns.campaign_id]: one for one in chosen_campaigns(school, options.campaign)}
    volunteers = [
        one
        for one in school[Volunteers].records()
        if not options.campaign or one[Volunteers.campaign] == options.campaign
    ]
    made = [_made(school, today, one, campaigns.get(one[Volunteers.campaign]), options) for one in volunteers]
    return made or [Skipped(None, "没有要做志愿者证的人；请先在“志愿者”表登记志愿者和活动编号")]


def _made(school: School, today: date, volunteer: Record, campaign: Record | None, options: PaperOptions) -> Made:
    name = volunteer[Volunteers.name]
    if not name:
        return Blocked(None, "D805", f"“志愿者”表第{volunteer.row}行没有填姓名，请填好后再生成志愿者证")
    status = campaign[Campaigns.status] if campaign else ""
    if campaign and (status == "取消" or (status == "完成" and not options.campaign)):
        return Skipped(None, f"{name}：{quoted(campaign)}已{status}，不需要志愿者证")
    if missing := lacking(volunteer, today):
        return Blocked(None, "D806", f"{name}缺{missing}，还不能发志愿者证。请在“志愿者”表补齐后再生成")
    return _card(school, today, volunteer, campaign)


def _card(school: School, today: date, volunteer: Record, campaign: Record | None) -> WriteDocument:
    days = span(campaign[Campaigns.starts_on], campaign[Campaigns.ends_on]) if campaign else ""
    return WriteDocument(
        document="volunteer-card",
        title="志愿者证",
        class_name="",
        person=volunteer[Volunteers.name],
        audience="志愿者",
        context={
            **visible(volunteer, "志愿者"),
            "证号": volunteer[Volunteers.card_number] or volunteer[Volunteers.volunteer_id],
            "活动": {"名称": campaign[Campaigns.name] if campaign else "", "时间": days},
            "学校": school_facts(school),
            "落款日期": chinese_date(today),
        },
    )
