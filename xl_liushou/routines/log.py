"""登记: a contact record begun for each chosen child; what was said a person writes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from xl_liushou.core.errors import UsageProblem
from xl_liushou.core.plan import Plan
from xl_liushou.core.table import Column, Record, letters
from xl_liushou.routines.inputs import Inputs, chosen_children, require_children, require_columns
from xl_liushou.schema.lists import YES
from xl_liushou.schema.school import School
from xl_liushou.schema.sheets import Children, Contacts, Guardians, Staff

KINDS: Final[Mapping[str, str]] = {"谈心": "面谈", "通话": "电话"}
"""The kinds that can be begun here, each with its usual way."""
_MOST: Final = 60


def plan(inputs: Inputs) -> Plan:
    """A row for each child; what was said and how it ended is for a person to write."""
    school = inputs.school
    require_children(school)
    require_columns(school, (Contacts.child_id, Contacts.kind, Contacts.day, Contacts.summary))
    if not inputs.choice:
        raise UsageProblem("请先选中孩子：在“花名册”里点孩子那一行（可以选几行），再登记。")
    children, notes = chosen_children(inputs, school.active_children)
    if len(children) > _MOST:
        raise UsageProblem(f"一次最多登记 {_MOST} 名孩子，现在选了 {len(children)} 名。请少选几名，分几次登记。")
    rows = [_row(inputs, child) for child in children]
    table, sheet = school[Contacts], school.sheet_name(Contacts.title)
    added = [{"child": child[Children.child_id], "sheet": sheet} for child in children]
    cursor = {"sheet": sheet, "column": letters(table.places[Contacts.summary.name])}
    edits = school.appended(Contacts, rows)
    return Plan(edits=edits, notes=notes, report={"kind": inputs.contact_kind, "added": added, "cursor": cursor})


def _row(inputs: Inputs, child: Record) -> dict[Column[Any], Any]:
    kind = inputs.contact_kind
    teacher = inputs.school.class_teacher(inputs.school.class_name(child))
    return {
        Contacts.child_id: child[Children.child_id],
        Contacts.kind: kind,
        Contacts.day: inputs.today,
        Contacts.way: KINDS[kind],
        Contacts.recorder: teacher[Staff.staff_id] if teacher else None,
        Contacts.contact: _called(inputs.school, child) if kind == "通话" else None,
    }


def _called(school: School, child: Record) -> str | None:
    """The guardian who is called first, if the workbook names one."""
    group = school.guardians_by_child.get(child[Children.child_id], ())
    return next((one[Guardians.guardian_id] for one in group if one[Guardians.is_first_contact] == YES), "") or None


def headline(_inputs: Inputs, result: Mapping[str, Any]) -> str:
    """The outcome in one line."""
    return f"添了 {len(result['added'])} 行{result['kind']}记录"


def lines(result: Mapping[str, Any]) -> Iterator[str]:
    """What was begun, and what is left to write."""
    for one in result["added"]:
        yield f"已在“{one['sheet']}”为 {one['child']} 添上一行{result['kind']}记录。"
    if result["added"]:
        yield "请填好“结果”和“摘要”，核对日期、记录人和对象。"
