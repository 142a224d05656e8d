"""个人信息告知同意书: what the school wants to know, why, who sees it, how long, and what the family decides.

The guardian's consent, told apart for sensitive data, and the rights explained: Personal Information
Protection Law, articles 14 to 17, 23, 28 to 31, 44 to 47. It is made whatever 同意书 says.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from xl_liushou.core.plan import Made, WriteDocument
from xl_liushou.core.table import Record
from xl_liushou.documents.audience import chinese_date, visible
from xl_liushou.documents.childfile import ChildFiles
from xl_liushou.documents.letters import missing_value
from xl_liushou.documents.options import PaperOptions
from xl_liushou.documents.people import (
    addressees,
    by_family,
    guardian_key,
    letter_children,
    school_facts,
    teacher_facts,
)
from xl_liushou.documents.wording import amount
from xl_liushou.schema.school import School
from xl_liushou.schema.sheets import Children


def consent_forms(
    school: School,
    today: date,
    children: Sequence[Record],
    options: PaperOptions,  # noqa: ARG001
) -> list[Made]:
    """One form per family of these children; siblings share it, the eldest stands first."""
    files = ChildFiles(school, today)
    families = [letter_children(school, chosen) for chosen in by_family(children)]
    return [_blocked(files, family) or _form(files, family) for family in families]


def _blocked(files: ChildFiles, family: Sequence[Record]) -> Made | None:
    return next((found for child in family if (found := missing_value(files, child))), None)


def _form(files: ChildFiles, family: Sequence[Record]) -> WriteDocument:
    school, eldest = files.school, family[0]
    years = school.settings["保留年限"]
    return WriteDocument(
        document="consent-form",
        title="个人信息告知同意书",
        class_name=school.class_name(eldest),
        person=eldest[Children.name],
        audience="家长",
        context={
            **visible(eldest, "家长"),
            "孩子们": [visible(child, "家长") for child in family],
            "班主任": teacher_facts(school, school.class_name(eldest), "家长"),
            "学校": {**school_facts(school), "保留年限": "" if years is None else amount(years)},
            "落款日期": chinese_date(files.today),
        },
        child=eldest[Children.child_id] if len(family) == 1 else None,
        children=[child[Children.child_id] for child in family],
        family=eldest[Children.family_id],
        recipients=[guardian_key(one) for one in addressees(school, family)],
        guarded=True,
    )
