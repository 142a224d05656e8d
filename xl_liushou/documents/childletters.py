"""亲情书信: stationery on which each child writes to the parents who are away; festivals have sheets of their own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from xl_liushou.core.plan import Made, Skipped, WriteDocument
from xl_liushou.core.table import Record
from xl_liushou.documents.audience import chinese_date, visible
from xl_liushou.documents.childfile import ChildFiles
from xl_liushou.documents.festival_words import CARED_FOR, WORDS, FestivalWords
from xl_liushou.documents.festivals import Festival
from xl_liushou.documents.kindness import opening
from xl_liushou.documents.letters import missing_value
from xl_liushou.documents.options import PaperOptions
from xl_liushou.documents.people import called, guardian_by_relation, guardian_key, school_facts
from xl_liushou.schema.lists import PARENTS, YES
from xl_liushou.schema.numbers import GRADES
from xl_liushou.schema.school import School
from xl_liushou.schema.sheets import Children, Guardians

_LOWER_GRADES: Final = ("一年级", "二年级")
_ELDERS: Final = ("祖父", "祖母", "外祖父", "外祖母")


def child_letters(school: School, today: date, children: Sequence[Record], options: PaperOptions) -> list[Made]:
    """One sheet of stationery per child, opened for the parents who are away, or as a festival asks."""
    files = ChildFiles(school, today)
    return [missing_value(files, child) or _letter(school, today, child, options.festival) for child in children]


def _letter(school: School, today: date, child: Record, festival: Festival | None) -> Made:
    readers = _read_by(school, child)
    if festival and (to := WORDS[festival.name].to):
        parent = guardian_by_relation(school, child, to)
        if parent is None or _is_lost(parent):
            told = f"监护人表里没有能收信的{to}，不写{festival.name}的信；可以换一个节日，或不加 --festival"
            return Skipped(child[Children.child_id], told)
        readers = [parent]
    return _stationery(school, today, child, readers, festival)


def _stationery(
    school: School, today: date, child: Record, readers: Sequence[Record], festival: Festival | None
) -> WriteDocument:
    you = "您" if len(readers) == 1 else "你们"
    grade = child[Children.grade]
    names = "、".join(dict.fromkeys(called(one[Guardians.relation]) for one in readers)).replace("家长", "家人")
    begins = _festive_opening(school, child, readers, WORDS[festival.name], you) if festival else opening(grade, you)
    return WriteDocument(
        document="child-letter",
        title="亲情书信",
        class_name=school.class_name(child),
        person=child[Children.name],
        audience="家长",
        context={
            **visible(child, "家长"),
            "称呼": f"亲爱的{names or '家人'}",
            "开头": begins,
            "您": you,
            "低年级": grade in _LOWER_GRADES,
            "节日": _festive(festival) if festival else "",
            "学校": school_facts(school),
            "落款日期": chinese_date(today),
        },
        child=child[Children.child_id],
        children=[child[Children.child_id]],
        family=child[Children.family_id],
        recipients=[guardian_key(one) for one in readers],
        guarded=True,
    )


def _festive(festival: Festival) -> dict[str, Any]:
    words = WORDS[festival.name]
    return {
        "名称": words.title,
        "日期": chinese_date(festival.day),
        "农历": words.lunar,
        "诗句": words.verse,
        "可以写": words.topics,
    }


def _festive_opening(school: School, child: Record, readers: Sequence[Record], words: FestivalWords, you: str) -> str:
    """A greeting for the child's age; then what is said from afar, with a word of who is at home, or under one roof."""
    band = GRADES.index(child[Children.grade]) // 2 if child[Children.grade] in GRADES else 1
    lines = [words.greetings[band]]
    if all(one[Guardians.works_away] == YES for one in readers) and readers:
        lines += [words.apart, _at_home(school, child, readers, words)]
    else:
        lines.append(words.together)
    return "".join(lines).replace("{you}", you)


def _at_home(school: School, child: Record, readers: Sequence[Record], words: FestivalWords) -> str:
    """A line on the carer, "" where that is a reader or one without a name of endearment."""
    carer = school.carer(child[Children.child_id])
    if carer is None or carer in readers or (name := called(carer[Guardians.relation])) == "家长":
        return ""
    line = words.elder if words.elder and carer[Guardians.relation] in _ELDERS else CARED_FOR
    return line.replace("{carer}", name)


def _read_by(school: School, child: Record) -> list[Record]:
    """Whom a child writes to: the parents away, else the parents, else the first contact; nobody who is lost."""
    group = [one for one in school.guardians_by_child.get(child[Children.child_id], ()) if not _is_lost(one)]
    parents = [one for one in group if one[Guardians.relation] in PARENTS]
    away = [one for one in parents if one[Guardians.works_away] == YES]
    return away or parents or [one for one in group if one[Guardians.is_first_contact] == YES][:1]


def _is_lost(guardian: Record) -> bool:
    return guardian[Guardians.capacity] == "失联"
