"""Who is responsible for what."""

from __future__ import annotations

from typing import Final

from xl_liushou.core.table import Record
from xl_liushou.schema.school import School
from xl_liushou.schema.sheets import Staff

HEAD: Final = "德育负责人"
GROUP: Final = "领导小组"


def responsible(school: School, child: Record) -> Record | None:
    """The class teacher of the child's class; with none or two, the head of moral education."""
    return school.class_teacher(school.class_name(child)) or school.head_of_moral_education


def staff_or(school: School, staff_id: str, otherwise: Record | None) -> Record | None:
    """A member of staff by 工号, or somebody else where 教职工 does not know the number."""
    return school.staff_of.get(staff_id, otherwise)


def name_and_id(owner: Record | None) -> tuple[str | None, str | None]:
    """The name and the 工号 of an owner, None for nobody."""
    return (owner[Staff.name], owner[Staff.staff_id]) if owner else (None, None)
