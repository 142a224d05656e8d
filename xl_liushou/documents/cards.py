"""档案卡: one page a child, for the school; 密 columns only where leaders asked for them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from xl_liushou.core.plan import Made, WriteDocument
from xl_liushou.core.table import Record
from xl_liushou.documents.audience import all_blank, chinese_date, printed
from xl_liushou.documents.childfile import ChildFiles
from xl_liushou.documents.kindness import ASPECTS, clipped, flat
from xl_liushou.documents.letters import missing_value
from xl_liushou.documents.options import PaperOptions
from xl_liushou.documents.people import (
    guardian_by_relation,
    guardian_facts,
    row,
    school_facts,
    teacher_facts,
)
from xl_liushou.documents.photos import child_photo
from xl_liushou.schema.dates import age_on
from xl_liushou.schema.lists import PARENTS
from xl_liushou.schema.school import School
from xl_liushou.schema.sheets import Children, Contacts, Guardians, TermFiles

_LATEST_CONTACTS: Final = 5
_LONGEST_SUMMARY: Final = 34
_SUMMARY_LINE: Final = 20
_MOST_CARERS: Final = 4
_COMMENT_LINE: Final = 34
_COMMENT_LINES: Final = 7
_LONGEST: Final = {
    Children.home_address.title: 72,
    Children.registered_address.title: 34,
    Children.hamlet.title: 16,
    Children.health_note.title: 24,
    Guardians.work_place.title: 18,
    Guardians.occupation.title: 16,
}
_TROUBLES: Final = (
    TermFiles.study_trouble,
    TermFiles.mind_trouble,
    TermFiles.family_trouble,
    TermFiles.safety_trouble,
    TermFiles.labour_trouble,
)


def archive_cards(school: School, today: date, children: Sequence[Record], options: PaperOptions) -> list[Made]:
    """One card per child, in the order of `children`."""
    files = ChildFiles(school, today)
    return [missing_value(files, child) or _card(files, child, options.leaders) for child in children]


def _card(files: ChildFiles, child: Record, leaders: bool) -> WriteDocument:
    class_name = files.school.class_name(child)
    contacts = _contacts(files, child, leaders)
    people = _people_facts(files.school, child)
    spare = _spare_lines(contacts, len(people["照护人们"]), leaders)
    return WriteDocument(
        document="archive-card",
        title="档案卡",
        class_name=class_name,
        person=child[Children.name],
        audience="学校",
        context={
            **_child_facts(files, child, _COMMENT_LINES + spare),
            **people,
            "照片": child_photo(child),
            "联系记录": contacts,
            "限领导栏": _for_leaders(files, child) if leaders else [],
            "班主任": teacher_facts(files.school, class_name, "学校"),
            "学校": school_facts(files.school),
            "落款日期": chinese_date(files.today),
        },
        child=child[Children.child_id],
        children=[child[Children.child_id]],
        family=child[Children.family_id],
    )


def _spare_lines(contacts: Sequence[dict[str, Any]], carers: int, leaders: bool) -> int:
    """The lines of the page that short accounts and small families leave to the comments."""
    used = sum(1 + (len(one[Contacts.summary.title]) > _SUMMARY_LINE) for one in contacts)
    return 2 * _LATEST_CONTACTS - used + _MOST_CARERS - carers + (0 if leaders else 2)


def _child_facts(files: ChildFiles, child: Record, comment_lines: int) -> dict[str, Any]:
    """The child's own columns and those of the latest 档案, and the four ratings as rows."""
    file = files.latest(child[Children.child_id])
    filed = row(files.school, file, "学校") if file else all_blank(TermFiles, "学校")
    comments = fitted([flat(filed[f"{one}评语"]) for one in ASPECTS], comment_lines)
    ratings = [
        {"方面": one, "评定": filed[one], "评语": comment} for one, comment in zip(ASPECTS, comments, strict=True)
    ]
    own = _shortened(row(files.school, child, "学校"))
    return {**filed, **own, "年龄": _age(child, files.today), "评价": ratings}


def _age(child: Record, today: date) -> int | str:
    """Full years of age; "" where the birth date is missing or later."""
    born = child[Children.birth_date]
    return "" if born is None or born > today else age_on(born, today)


def _shortened(facts: dict[str, Any]) -> dict[str, Any]:
    """The facts with long texts cut to what the card has room for."""
    return {**facts, **{title: clipped(facts[title], most) for title, most in _LONGEST.items() if title in facts}}


def fitted(comments: Sequence[str], most: int, line: int = _COMMENT_LINE) -> list[str]:
    """Comments cut, the longest first, until they take at most so many lines of so many characters together."""
    lines = [max(1, -(-len(comment) // line)) for comment in comments]
    while sum(lines) > most and max(lines) > 1:
        longest = lines.index(max(lines))
        lines[longest] -= 1
    return [clipped(comment, count * line) for comment, count in zip(comments, lines, strict=True)]


def _people_facts(school: School, child: Record) -> dict[str, Any]:
    """父亲 and 母亲 by name, the carer, and 照护人们: the carer first, then all who are no parents."""
    carer = school.carer(child[Children.child_id])
    group = school.guardians_by_child.get(child[Children.child_id], ())
    others = [one for one in group if one[Guardians.relation] not in PARENTS and one != carer]
    return {
        **{who: _shortened(guardian_facts(guardian_by_relation(school, child, who), "学校")) for who in PARENTS},
        "照护人": guardian_facts(carer, "学校"),
        "照护人们": [guardian_facts(one, "学校") for one in [*([carer] if carer else []), *others][:_MOST_CARERS]],
    }


def _contacts(files: ChildFiles, child: Record, leaders: bool) -> list[dict[str, Any]]:
    """The latest contacts that may be shown, the latest first, their accounts cut to a line or two."""
    shown = [one for one in files.contacts(child[Children.child_id]) if files.may_tell(one, "学校", leaders)]
    rows = [row(files.school, one, "学校", leaders) for one in shown[:_LATEST_CONTACTS]]
    return [{**one, Contacts.summary.title: clipped(one[Contacts.summary.title], _LONGEST_SUMMARY)} for one in rows]


def _for_leaders(files: ChildFiles, child: Record) -> list[dict[str, str]]:
    """The 密 columns as rows of 名目 and 内容: 困境类别 and the five troubles."""
    file = files.latest(child[Children.child_id])
    troubles = [f"{column.title}：{file[column]}" for column in _TROUBLES if file and file[column]]
    return [
        {"名目": Children.hardships.title, "内容": printed(child[Children.hardships]) or "无"},
        {"名目": "五项关注", "内容": "；".join(troubles) or "尚未评定"},
    ]
