"""The people of a child's papers: who is written to and how they are called, parents, carer, teachers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from xl_liushou.core.mail import address_hash
from xl_liushou.core.plan import Audience
from xl_liushou.core.table import Record
from xl_liushou.documents.audience import all_blank, visible
from xl_liushou.documents.childfile import ChildFiles
from xl_liushou.schema.lists import YES
from xl_liushou.schema.school import School
from xl_liushou.schema.sheets import Children, Guardians, Pairings, Staff, Volunteers

_CALLED: Final = {
    "父亲": "爸爸", "母亲": "妈妈", "祖父": "爷爷", "祖母": "奶奶", "外祖父": "外公", "外祖母": "外婆",
}  # fmt: skip
_TOLD_SETTINGS: Final = ("学校名称", "校长", "学年", "学期", "联系电话")
PEER_KINDS: Final = ("学习帮手", "手拉手")


def called(relation: str) -> str:
    """What the child calls a guardian: 父亲 → 爸爸; relatives and trustees are 家长."""
    return _CALLED.get(relation, "家长")


def letter_children(school: School, chosen: Sequence[Record]) -> Sequence[Record]:
    """The children a letter tells of to the family of some chosen siblings, the eldest first.

    All but those whose case is closed, and the chosen ones in any case.
    """
    family = school.family(chosen[0])
    return [one for one in family if one in chosen or one[Children.case_status] != "结案"]


def by_family(children: Iterable[Record]) -> list[list[Record]]:
    """The children by family, in the order of each family's first child; without a 家庭编号 each one alone."""
    families: dict[str | int, list[Record]] = {}
    for child in children:
        families.setdefault(child[Children.family_id] or child.row, []).append(child)
    return list(families.values())


def addressees(school: School, children: Sequence[Record]) -> list[Record]:
    """Who gets a family's letter: the first contact of the eldest child, and everyone with 另寄一份, each once."""
    groups = [school.guardians_by_child.get(child[Children.child_id], ()) for child in children]
    first = [one for group in groups[:1] for one in group if one[Guardians.is_first_contact] == YES][:1]
    copies = [one for group in groups for one in group if one[Guardians.gets_copy] == YES]
    return list({_identity(one): one for one in reversed([*first, *copies])}.values())[::-1]


def addressed_as(school: School, guardian: Record, children: Sequence[Record]) -> str:
    """张明爸爸, 张明、张丽妈妈: the children of a letter for whom this person has this relation."""
    who, relation = _identity(guardian), guardian[Guardians.relation]
    names = [
        child[Children.name]
        for child in children
        if any(
            _identity(one) == who and one[Guardians.relation] == relation
            for one in school.guardians_by_child.get(child[Children.child_id], ())
        )
    ]
    return f"{'、'.join(names)}{called(relation)}"


def guardian_by_relation(school: School, child: Record, relation: str) -> Record | None:
    """The child's 父亲, 母亲 …, the first of several."""
    group = school.guardians_by_child.get(child[Children.child_id], ())
    return next((one for one in group if one[Guardians.relation] == relation), None)


def row(school: School, record: Record, audience: Audience, leaders: bool = False) -> dict[str, Any]:
    """What an audience sees of a record, with names in place of the 工号 and 监护人编号 it refers to."""
    values = visible(record, audience, leaders)
    for column in record.table.columns:
        value = values.get(column.title)
        if value and column.refers == Staff.title:
            values[column.title] = school.staff_name(value)
        elif value and column.refers == Guardians.title:
            found = school.guardian_of.get(value)
            values[column.title] = found[Guardians.name] if found else ""
    return values


def guardian_facts(guardian: Record | None, audience: Audience) -> dict[str, Any]:
    """A guardian for a template; all blank where there is none, so that a tag never fails."""
    return visible(guardian, audience) if guardian else all_blank(Guardians, audience)


def guardian_key(guardian: Record) -> str:
    """The 编号 by which others know a guardian; where it is blank, the row: 监护人第5行."""
    return guardian[Guardians.guardian_id] or f"{guardian.table.title}第{guardian.row}行"


def readers_told(school: School, children: Sequence[str], recipients: Sequence[str]) -> str:
    """Whom a letter is written to, for the record: J0001=hash of the address, with tabs between."""
    book = str(school.settings["工作簿编号"])
    guardians = [one for child in children for one in school.guardians_by_child.get(child, ())]
    addresses = {guardian_key(one): one[Guardians.email] for one in reversed(guardians)}
    return "\t".join(f"{key}={address_hash(book, addresses.get(key, ''))}" for key in recipients)


def teacher_facts(school: School, class_name: str, audience: Audience) -> dict[str, Any]:
    """The class teacher; papers that leave the school's staff get the name only."""
    teacher = school.class_teacher(class_name)
    name = {Staff.name.title: teacher[Staff.name] if teacher else ""}
    return {**(visible(teacher, audience) if teacher else all_blank(Staff, audience)), **name}


def school_facts(school: School) -> dict[str, Any]:
    """The school for a template; 落款单位 falls back to the school's name."""
    head = school.head_of_moral_education
    return {
        **{item: school.settings[item] for item in _TOLD_SETTINGS},
        "落款单位": school.settings["落款单位"] or school.settings["学校名称"],
        "德育负责人": head[Staff.name] if head else "",
    }


def helper_names(files: ChildFiles, children: Sequence[Record]) -> frozenset[str]:
    """The names of the current peers and helpers of some children, who may appear in their papers."""
    return frozenset(
        helper_name(files.school, pairing) for child in children for pairing in files.pairings(child[Children.child_id])
    )


def helper_name(school: School, pairing: Record) -> str:
    """Who helps in a 结对: a teacher, a peer or a volunteer by name; what stands there where nobody is known so."""
    helper, kind = pairing[Pairings.helper], pairing[Pairings.kind]
    if kind in PEER_KINDS:
        peer = school.child_of.get(helper)
        return peer[Children.name] if peer else helper
    if kind == "志愿者":
        volunteer = school.volunteer_of.get(helper)
        return volunteer[Volunteers.name] if volunteer else helper
    return school.staff_name(helper)


def _identity(guardian: Record) -> tuple[str, str]:
    return guardian[Guardians.name], guardian[Guardians.mobile]
