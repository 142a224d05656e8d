"""Who may see what on a paper (domain: 密级, and section 5.2).

A merge context holds plain values only: text, numbers, lists, dicts, booleans. A date is put into it
as text the way it is printed, 2026年9月1日 (`chinese_date`); a blank is "" and several values are
joined by 、. So a template just says {{ 出生日期 }}, and whatever is left out here is undefined there.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from xl_liushou.core.plan import Audience
from xl_liushou.core.table import Column, Privacy, Record, Table
from xl_liushou.documents.masks import masked_id, masked_name
from xl_liushou.schema.lists import YES
from xl_liushou.schema.sheets import SHEETS, Children, Contacts, Guardians, Supplies, Volunteers

_STAFF: Final[frozenset[Privacy]] = frozenset({"公", "家", "内"})
_SEEN: Final[Mapping[Audience, frozenset[Privacy]]] = {
    "家长": frozenset({"公", "家"}),
    "班级": _STAFF,
    "学校": _STAFF,
    "上报": _STAFF,
    "志愿者": frozenset(),
    "公示": frozenset({"公"}),
}
_ALSO_SEEN: Final[Mapping[Audience, frozenset[Column[Any]]]] = {
    "家长": frozenset(
        {
            *(Supplies.kind, Supplies.name, Supplies.quantity, Supplies.amount, Supplies.day),
            *(Supplies.signed_by, Supplies.handled_by),
        }
    ),
    "学校": frozenset({Children.id_number}),
    "上报": frozenset({Children.id_number}),
    "志愿者": frozenset(
        {
            *(Children.name, Children.grade, Children.class_name, Children.hamlet, Guardians.relation),
            *(Volunteers.name, Volunteers.organisation, Volunteers.group, Volunteers.leads, Volunteers.card_number),
        }
    ),
}
_OPEN_TO_LEADERS: Final[frozenset[Audience]] = frozenset({"班级", "学校"})
_NO_SENSITIVE: Final[frozenset[Audience]] = frozenset({"家长", "志愿者", "上报", "公示"})


def may_see(column: Column[Any], audience: Audience, leaders: bool = False) -> bool:
    """Whether a paper for this audience may use the column; 密 only where `leaders` asked for it."""
    if column.privacy == "密" and leaders and audience in _OPEN_TO_LEADERS:
        return True
    return column.privacy in _SEEN[audience] or column in _ALSO_SEEN.get(audience, ())


def hidden_titles(audience: Audience) -> frozenset[str]:
    """The column titles that a template for this audience may not use (D801)."""
    return frozenset(column.title for schema in SHEETS for column in schema.columns if not may_see(column, audience))


def is_for_leaders(contact: Record) -> bool:
    """Whether a 联系记录 is 限领导; one with 强制报告 counts as such."""
    return contact[Contacts.secrecy] == "限领导" or contact[Contacts.must_report] == YES


def may_show(contact: Record, audience: Audience, leaders: bool = False) -> bool:
    """Whether a paper for this audience may tell of a 联系记录 at all."""
    if is_for_leaders(contact):
        return leaders and audience in _OPEN_TO_LEADERS
    return contact[Contacts.secrecy] != "敏感" or audience not in _NO_SENSITIVE


def visible(record: Record, audience: Audience, leaders: bool = False) -> dict[str, Any]:
    """A record's values by column title, as printed: only the columns that this audience may see."""
    return {
        column.title: _shown(column, record[column], audience)
        for column in record.table.columns
        if may_see(column, audience, leaders)
    }


def all_blank(sheet: type[Table], audience: Audience, leaders: bool = False) -> dict[str, Any]:
    """The same columns, all blank: for a record that the workbook does not have."""
    return {column.title: "" for column in sheet.columns if may_see(column, audience, leaders)}


def printed(value: Any) -> Any:
    """A value as papers print it: dates in Chinese, several joined by 、, a blank as ""."""
    if value is None:
        return ""
    if isinstance(value, date):
        return chinese_date(value)
    return "、".join(value) if isinstance(value, tuple) else value


def chinese_date(day: date | None) -> str:
    """2026年9月1日, without leading zeros (GB/T 9704-2012, 7.3.5.4); "" for no day."""
    return f"{day.year}年{day.month}月{day.day}日" if day else ""


def _shown(column: Column[Any], value: Any, audience: Audience) -> Any:
    if column is Children.id_number and audience != "上报":
        return masked_id(value)
    if column is Children.student_number and value.startswith("G") and audience != "上报":
        return value[0] + masked_id(value[1:])  # G and the ID number itself
    if audience == "公示" and column is Children.name:
        return masked_name(value)
    return printed(value)
