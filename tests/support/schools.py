"""A small School straight from values, without a file.

    school = school_of({Children: [{"child_id": "S001", "name": "张明"}]}, settings={"学期": "2026年秋季学期"})

Attributes left out get a sensible default; the first guardian of a child is its carer and first contact.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from xl_liushou.core.table import Column, Record, Table
from xl_liushou.schema import lists, settings
from xl_liushou.schema.school import School
from xl_liushou.schema.sheets import (
    SHEETS,
    Calendar,
    Campaigns,
    CampaignSteps,
    Children,
    Contacts,
    Guardians,
    Intervals,
    LeadingGroup,
    Pairings,
    Participation,
    Progress,
    SettingRows,
    Staff,
    StudyHelp,
    Supplies,
    TermFiles,
    Volunteers,
)

Row = Mapping[str, Any]
TERM = "2026年秋季学期"

SETTINGS: Mapping[str, Any] = {
    "学校名称": "云岭县青山镇云岭小学",
    "校长": "周正",
    "学年": "2026—2027学年",
    "学期": TERM,
    "落款单位": "云岭县青山镇云岭小学",
    "联系电话": "0999-6221234",
    "德育负责人": "T01",
}

_DEFAULTS: Mapping[type[Table], Row] = {
    Children: {
        "child_id": "S{n:03}", "name": "学生{n}", "gender": "男", "birth_date": date(2016, 3, 2), "grade": "三年级",
        "class_name": "1班", "left_behind_type": "双方外出", "risk": "中", "filed_on": date(2026, 9, 1),
        "consent": "已签",
    },
    Guardians: {
        "guardian_id": "J{n:04}", "child_id": "S001", "relation": "父亲", "name": "家长{n}",
        "mobile": "139{n:08}", "works_away": "是",
    },
    TermFiles: {
        "child_id": "S001", "term": TERM, "study": "良", "thought": "良", "mind": "良", "conduct": "良",
        "assessor": "T01", "assessed_on": date(2026, 9, 20),
    },
    Pairings: {"pairing_id": "D{n:04}", "child_id": "S001", "kind": "教师帮扶", "helper": "T01",
               "starts_on": date(2026, 9, 1)},
    Contacts: {"contact_id": "L{n:04}", "child_id": "S001", "kind": "谈心", "day": date(2026, 9, 15),
               "recorder": "T01", "result": "完成"},
    StudyHelp: {
        "help_id": "X{n:04}", "child_id": "S001", "term": TERM, "subject": "数学", "starts_on": date(2026, 9, 5),
        "goal": "期末达到良好", "times": "每周二下午放学后", "content": "计算练习与错题订正", "teacher": "T01",
        "stage_ends_on": date(2026, 12, 31), "status": "进行中",
    },
    Progress: {"progress_id": "P{n:04}", "help_id": "X0001", "checked_on": date(2026, 10, 10),
               "conclusion": "计算更仔细了"},
    Campaigns: {
        "campaign_id": "H{n:03}", "name": "活动{n}", "theme": "情系家庭", "kind": "综合", "term": TERM,
        "purpose": "让孩子感到关心", "starts_on": date(2026, 10, 1), "ends_on": date(2026, 10, 31), "leader": "T01",
    },
    CampaignSteps: {"step_id": "H{n:04}", "campaign": "H001", "number": "{n}", "step": "环节{n}"},
    Participation: {"campaign": "H001", "child_id": "S001", "attendance": "到"},
    Volunteers: {"volunteer_id": "V{n:02}", "name": "志愿者{n}"},
    Supplies: {"supply_id": "W{n:04}", "child_id": "S001", "kind": "图书", "name": "图书", "quantity": 1,
               "day": date(2026, 10, 1), "handled_by": "T01"},
    Staff: {"staff_id": "T{n:02}", "name": "教师{n}", "on_duty": "是"},
    LeadingGroup: {"number": "Z{n:04}", "role": "成员", "staff_id": "T01"},
    Calendar: {"name": TERM, "kind": "学期", "starts_on": date(2026, 9, 1), "ends_on": date(2027, 1, 20)},
    Intervals: {"kind": "谈心", "risk": "中", "days": 7},
    SettingRows: {},
}  # fmt: skip


def school_of(
    tables: Mapping[type[Table], Sequence[Row]] | None = None, settings: Mapping[str, Any] | None = None
) -> School:
    """A School whose sheets hold these rows (attribute name → parsed value); other sheets are empty."""
    given = dict(tables or {})
    values = {**_blank_settings(), **SETTINGS, **(settings or {})}
    given.setdefault(SettingRows, [{"item": item, "value": str(value)} for item, value in values.items()])
    made = {sheet.title: table_of(sheet, given.get(sheet, ())) for sheet in SHEETS}
    return School(tables=made, settings=values, lists=lists.merged({}))


def table_of(sheet: type[Table], rows: Sequence[Row]) -> Table:
    """A table with a header in row 1 and every column in the order of the schema."""
    full = [_filled(sheet, row, index) for index, row in enumerate(rows)]
    if sheet is Guardians:
        _mark_first_guardians(full)
    places = {column.name: place for place, column in enumerate(sheet.columns, 1)}
    return sheet(range(2, len(full) + 2), {name: [row[name] for row in full] for name in places}, places)


def children_of(school: School) -> list[Record]:
    """All children of the school, in order."""
    return list(school[Children].records())


def _blank_settings() -> dict[str, Any]:
    return {item: column.blank for item, column in settings.KINDS.items()}


def _filled(sheet: type[Table], row: Row, index: int) -> dict[str, Any]:
    unknown = row.keys() - {column.name for column in sheet.columns}
    if unknown:
        raise KeyError(f"{sheet.title} has no {sorted(unknown)}")
    return {column.name: row.get(column.name, _default(sheet, column, index + 1)) for column in sheet.columns}


def _default(sheet: type[Table], column: Column[Any], number: int) -> Any:
    value = _DEFAULTS[sheet].get(column.name)
    if value == "{n}":
        return number
    if isinstance(value, str):
        return value.format(n=number)
    if value is not None:
        return value
    return column.blank if column.default is None else column.default


def _mark_first_guardians(rows: Sequence[dict[str, Any]]) -> None:
    for mark in ("is_carer", "is_first_contact"):
        taken = {row["child_id"] for row in rows if row[mark] == lists.YES}
        for row in rows:
            row[mark] = row[mark] or (lists.NO if row["child_id"] in taken else lists.YES)
            taken.add(row["child_id"])
