"""Who is responsible for a child."""

from __future__ import annotations

from xl_liushou.core.table import Record
from xl_liushou.schema.school import School
from xl_liushou.schema.sheets import Staff


def responsible(school: School, child: Record) -> str | None:
    """The name of the class teacher of the child's class; with none or two, of the head of moral education."""
    owner = school.class_teacher(school.class_name(child)) or school.head_of_moral_education
    return owner[Staff.name] if owner else None


def head_name(school: School) -> str | None:
    """The name of the head of moral education."""
    head = school.head_of_moral_education
    return head[Staff.name] if head else None


def staff_or(school: School, staff_id: str, otherwise: str | None) -> str | None:
    """The name of a member of staff, or somebody else's where 教职工 does not know the number."""
    found = school.staff_of.get(staff_id)
    return found[Staff.name] if found else otherwise
