"""家长通报信: one per family and addressee; and what letters to families have in common."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any, Final

from xl_liushou.core.plan import Blocked, Made, WriteDocument
from xl_liushou.core.table import Record
from xl_liushou.documents.audience import chinese_date
from xl_liushou.documents.childfile import ChildFiles
from xl_liushou.documents.options import PaperOptions
from xl_liushou.documents.people import (
    addressed_as,
    addressees,
    by_family,
    guardian_facts,
    guardian_key,
    helper_names,
    letter_children,
    school_facts,
    teacher_facts,
)
from xl_liushou.documents.telling import child_told
from xl_liushou.schema.school import School
from xl_liushou.schema.sheets import Children

_NEEDED: Final = (Children.name, Children.grade, Children.class_name)


def parent_letters(
    school: School,
    today: date,
    children: Sequence[Record],
    options: PaperOptions,  # noqa: ARG001
) -> list[Made]:
    """One letter per family of these children and addressee; siblings share it, the eldest stands first."""
    files = ChildFiles(school, today)
    return [made for family in by_family(children) for made in _family_letters(files, family)]


def consent_notes(school: School, children: Iterable[Record]) -> list[str]:
    """What a run says of children whose letters may go on paper only (D803), one line a child."""
    told = [one for family in by_family(children) for one in letter_children(school, family)]
    return [
        f"{child[Children.child_id]}：同意书{_consent_state(child)}，只能打印，不发邮件"
        for child in told
        if child[Children.consent] != "已签"
    ]


def missing_value(files: ChildFiles, child: Record) -> Blocked | None:
    """D805 where a child has no 儿童编号 of its own, or no name, grade or class.

    Guardians and files go by 儿童编号: of a blank or repeated one nobody can say whose they are.
    """
    child_id = child[Children.child_id]
    if not child_id:
        return Blocked(None, "D805", f"花名册第{child.row}行没有填儿童编号，分不清监护人和档案是谁的，请填好后再生成")
    rows = files.roster_rows[child_id]
    if len(rows) > 1:
        where = "、".join(map(str, rows))
        return Blocked(child_id, "D805", f"儿童编号{child_id}在花名册里重复（第{where}行），请先改正，再生成")
    missing = [column.title for column in _NEEDED if not child[column]]
    if not missing:
        return None
    return Blocked(child_id, "D805", f"{child_id} 在花名册里没有填{'、'.join(missing)}，请填好后再生成")


def _consent_state(child: Record) -> str:
    return {"拒绝": "已拒绝", "待签": "待签"}.get(child[Children.consent], "未签")


def _family_letters(files: ChildFiles, chosen: Sequence[Record]) -> Iterator[Made]:
    children = letter_children(files.school, chosen)
    blocked = next((found for child in children if (found := missing_value(files, child))), None)
    readers = addressees(files.school, children)
    if blocked or not readers:
        yield blocked or _nobody(files.school, children[0])
        return
    facts = _family_facts(files, children)
    for reader in readers:
        yield _parent_letter(files, children, reader, facts)


def _nobody(school: School, child: Record) -> Blocked:
    child_id = child[Children.child_id]
    if school.guardians_by_child.get(child_id):
        advice = "请在监护人表里把一名监护人的“首选联系人”填为“是”"
    else:
        advice = "请先在监护人表登记监护人，并把其中一名的“首选联系人”填为“是”"
    return Blocked(child_id, "D804", f"{child_id} 没有收信人：{advice}")


def _family_facts(files: ChildFiles, children: Sequence[Record]) -> dict[str, Any]:
    """What all letters to a family say, whoever reads them; the eldest child stands at the top level."""
    told = [child_told(files, child) for child in children]
    school = files.school
    return {
        **told[0],
        "孩子们": told,
        "孩子姓名": "、".join(child[Children.name] for child in children),
        "班主任": teacher_facts(school, school.class_name(children[0]), "家长"),
        "学校": school_facts(school),
        "落款日期": chinese_date(files.today),
    }


def _parent_letter(
    files: ChildFiles, children: Sequence[Record], reader: Record, facts: dict[str, Any]
) -> WriteDocument:
    eldest = children[0]
    salutation = addressed_as(files.school, reader, children)
    return WriteDocument(
        document="parent-letter",
        title="家长通报信",
        class_name=files.school.class_name(eldest),
        person=eldest[Children.name],
        audience="家长",
        context={**facts, "收信人": {**guardian_facts(reader, "家长"), "称呼": salutation}},
        child=eldest[Children.child_id] if len(children) == 1 else None,
        children=[child[Children.child_id] for child in children],
        family=eldest[Children.family_id],
        recipients=[guardian_key(reader)],
        guarded=True,
        may_name=helper_names(files, children),
    )
