"""谈心/通话/家访记录表: what was done for a child this term, and lines to go on writing by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from xl_liushou.core.plan import Made, WriteDocument
from xl_liushou.core.table import Record
from xl_liushou.documents.audience import chinese_date, is_for_leaders, visible
from xl_liushou.documents.childfile import ChildFiles
from xl_liushou.documents.letters import missing_value
from xl_liushou.documents.options import PaperOptions
from xl_liushou.documents.people import guardian_facts, row, school_facts, teacher_facts
from xl_liushou.documents.wording import span
from xl_liushou.schema.school import School
from xl_liushou.schema.sheets import Children, Contacts, Guardians

_LINES: Final[Mapping[str, int]] = {"谈心": 5, "通话": 3, "家访": 2}
"""The kinds that are told, and how many lines each has at least, written or blank."""


def contact_records(school: School, today: date, children: Sequence[Record], options: PaperOptions) -> list[Made]:
    """One record sheet per child for the current term, in the order of `children`."""
    files = ChildFiles(school, today)
    return [missing_value(files, child) or _sheet(files, child, options.leaders) for child in children]


def _sheet(files: ChildFiles, child: Record, leaders: bool) -> WriteDocument:
    school, child_id, class_name = files.school, child[Children.child_id], files.school.class_name(child)
    shown = [one for one in files.contacts_of_term(child_id)[::-1] if files.may_tell(one, "学校", leaders)]
    return WriteDocument(
        document="contact-record",
        title="谈心通话家访记录表",
        class_name=class_name,
        person=child[Children.name],
        audience="学校",
        context={
            **visible(child, "学校", leaders),
            **{kind: _told(school, kind, shown, leaders) for kind in _LINES},
            "照护人": guardian_facts(school.carer(child_id), "学校"),
            "班主任": teacher_facts(school, class_name, "学校"),
            "学校": school_facts(school),
            "起止": span(*files.term_days) if files.term_days else "",
            "给领导": leaders,
            "落款日期": chinese_date(files.today),
        },
        child=child_id,
        children=[child_id],
        family=child[Children.family_id],
    )


def _told(school: School, kind: str, contacts: Sequence[Record], leaders: bool) -> dict[str, Any]:
    """The records of one kind, how many of them were completed, and the lines left blank."""
    own = [one for one in contacts if one[Contacts.kind] == kind]
    return {
        "记录": [_row(school, one, leaders) for one in own],
        "完成": sum(one[Contacts.result] == "完成" for one in own),
        "空行": [""] * (_LINES[kind] - len(own)),
    }


def _row(school: School, contact: Record, leaders: bool) -> dict[str, Any]:
    values = row(school, contact, "学校", leaders)
    return {**values, Contacts.contact.title: _spoken_to(school, contact), "标记": _marks(contact)}


def _spoken_to(school: School, contact: Record) -> str:
    """张强（父亲）; a guardian of another child, written there by mistake (L503), is not told."""
    person = school.guardian_of.get(contact[Contacts.contact])
    if person is None or person[Guardians.child_id] != contact[Contacts.child_id]:
        return ""
    return f"{person[Guardians.name]}（{person[Guardians.relation]}）"


def _marks(contact: Record) -> str:
    """【限领导】【未接通】, before the account of what was said."""
    secrecy = "限领导" if is_for_leaders(contact) else ""
    result = contact[Contacts.result].replace("完成", "")
    return "".join(f"【{mark}】" for mark in (secrecy, result) if mark)
