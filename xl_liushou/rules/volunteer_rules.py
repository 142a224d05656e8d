"""Family V: volunteers are cleared, and what is given is signed for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from xl_liushou.core.finding import WARNING
from xl_liushou.rules.rule import Rule, Spot, at, rule
from xl_liushou.schema.dates import age_on
from xl_liushou.schema.school import School
from xl_liushou.schema.sheets import Supplies, Volunteers

_DAY = timedelta(days=1)


@rule(
    "V701", WARNING, "志愿者", "没有背景核查，或已超过一年",
    why="走进孩子家里的人，要先确认没有侵害未成年人的记录；核查一年有效。",
    bad="背景核查日空白，或是两年前。",
    good="背景核查日在一年之内。",
    mend="请有关部门核查后填写日期；核查以前不安排走访。",
    needs=(Volunteers.checked_on,),
)  # fmt: skip
def not_cleared(school: School, today: date) -> Iterator[Spot]:
    """V701: no 背景核查日, or older than a year."""
    for volunteer in school[Volunteers].records():
        checked = volunteer[Volunteers.checked_on]
        if checked is None and not school.unread(volunteer, Volunteers.checked_on):
            message = "这名志愿者还没有“背景核查日”，请核查后填写，核查以前不安排走访"
            yield at(volunteer, Volunteers.checked_on, message)
        elif checked and age_on(checked, today - _DAY) >= 1:
            message = f"“背景核查日”{checked} 已超过一年，请重新核查，核查以前不安排走访"
            yield at(volunteer, Volunteers.checked_on, message)


@rule(
    "V703", WARNING, "关爱物资", "物资没有人签收",
    why="物资发出去没有签收，说不清孩子有没有收到。",
    bad="10 月 30 日发的图书，签收人空白。",
    good="签收人：照护人的姓名。",
    mend="请照护人补签，填上签收人；还没有发的，改正日期。",
    needs=(Supplies.signed_by,),
)  # fmt: skip
def not_signed_for(school: School, today: date) -> Iterator[Spot]:
    """V703: 日期 past and no 签收人; at 签收人."""
    for supply in school[Supplies].records():
        day = supply[Supplies.day]
        if day and day < today and not supply[Supplies.signed_by] and not school.unread(supply, Supplies.signed_by):
            message = "“日期”已过，还没有填“签收人”，请照护人补签后填写"
            yield at(supply, Supplies.signed_by, message)


RULES: tuple[Rule, ...] = (not_cleared, not_signed_for)
