"""结对帮扶一览表: for each child who helps it, and for each type of 结对 what was agreed and what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from xl_liushou.core.plan import Made, Skipped, WriteDocument
from xl_liushou.core.table import Record
from xl_liushou.documents.audience import chinese_date, visible
from xl_liushou.documents.childfile import ChildFiles
from xl_liushou.documents.classes import WHOLE_SCHOOL, left_out, lists_of_children, well_known
from xl_liushou.documents.options import PaperOptions
from xl_liushou.documents.people import PEER_KINDS, helper_name, school_facts, teacher_facts
from xl_liushou.documents.wording import NOTHING
from xl_liushou.schema.lists import CLOSED
from xl_liushou.schema.school import School
from xl_liushou.schema.sheets import Children, Pairings, Staff, Volunteers

Pair = tuple[Record, Record]
"""A child and one of its current 结对."""


def pairing_tables(school: School, today: date, children: Sequence[Record], options: PaperOptions) -> list[Made]:
    """One table for the school, or one for each class."""
    files = ChildFiles(school, today)
    lists = lists_of_children(school, well_known(files, children), options.by_class)
    papers = [_table(files, name, listed) for name, listed in lists.items()]
    return [*papers, *left_out(files, children)] or [Skipped(None, "没有要列入的孩子，不需要结对帮扶一览表")]


def _table(files: ChildFiles, name: str, children: Sequence[Record]) -> Made:
    pairs = [(child, one) for child in children for one in files.pairings(child[Children.child_id])]
    if not pairs:
        return Skipped(None, f"{name}没有正在进行的结对；请先在“结对”表登记，再写一览表")
    return WriteDocument(
        document="pairing-table",
        title="结对帮扶一览表",
        class_name=name,
        person="",
        audience="学校",
        context={
            "范围": name,
            "孩子们": [_child(files, number, child) for number, child in enumerate(children, 1)],
            "分类": [found for kind in CLOSED["结对类型"] if (found := _of_kind(files.school, kind, pairs))],
            "统计": {"人数": len(children), "结对人数": len({child for child, _ in pairs}), "结对": len(pairs)},
            "班主任": teacher_facts(files.school, name, "学校") if name != WHOLE_SCHOOL else {"姓名": ""},
            "学校": school_facts(files.school),
            "落款日期": chinese_date(files.today),
        },
        children=[child[Children.child_id] for child in children],
    )


def _child(files: ChildFiles, number: int, child: Record) -> dict[str, Any]:
    """A child with its helpers by type, — where it has none."""
    own = files.pairings(child[Children.child_id])
    helpers = {
        kind: "、".join(_named(files.school, one) for one in own if one[Pairings.kind] == kind) or NOTHING
        for kind in CLOSED["结对类型"]
    }
    return {"序号": number, **visible(child, "学校"), **helpers}


def _named(school: School, pairing: Record) -> str:
    name, subject = helper_name(school, pairing), pairing[Pairings.subject]
    return f"{name}（{subject}）" if subject else name


def _of_kind(school: School, kind: str, pairs: Sequence[Pair]) -> dict[str, Any] | None:
    """All 结对 of one type; None where there are none."""
    rows = [_pair(school, child, pairing) for child, pairing in pairs if pairing[Pairings.kind] == kind]
    return {"类型": kind, "对数": len(rows), "结对": rows} if rows else None


def _pair(school: School, child: Record, pairing: Record) -> dict[str, Any]:
    return {
        **visible(pairing, "学校"),
        **{column.title: child[column] for column in (Children.name, Children.grade, Children.class_name)},
        "帮扶人": helper_name(school, pairing),
        "职务或单位": _position(school, pairing),
    }


def _position(school: School, pairing: Record) -> str:
    """What the helper is: a teacher's 职务, a volunteer's 单位, the class of a child of the roster."""
    helper, kind = pairing[Pairings.helper], pairing[Pairings.kind]
    if kind == "志愿者":
        volunteer = school.volunteer_of.get(helper)
        return volunteer[Volunteers.organisation] if volunteer else ""
    if kind in PEER_KINDS:
        peer = school.child_of.get(helper)
        return school.class_name(peer) if peer else ""
    teacher = school.staff_of.get(helper)
    return teacher[Staff.position] if teacher else ""
