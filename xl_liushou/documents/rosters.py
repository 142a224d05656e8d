"""花名册 for those who collect rosters: one for a class or for the school, with the counts below it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from xl_liushou.core.plan import Made, Skipped, WriteDocument
from xl_liushou.core.table import Column, Record
from xl_liushou.documents.audience import chinese_date, visible
from xl_liushou.documents.childfile import ChildFiles
from xl_liushou.documents.classes import WHOLE_SCHOOL, left_out, lists_of_children, well_known
from xl_liushou.documents.options import PaperOptions
from xl_liushou.documents.people import guardian_by_relation, guardian_facts, school_facts, teacher_facts
from xl_liushou.schema.lists import CLOSED, PARENTS, YES
from xl_liushou.schema.school import School
from xl_liushou.schema.sheets import Children, Guardians

_COUNTED: Final[tuple[Column[str], ...]] = (Children.gender, Children.left_behind_type)


def rosters(school: School, today: date, children: Sequence[Record], options: PaperOptions) -> list[Made]:
    """One roster for the school, or one for each class."""
    files = ChildFiles(school, today)
    lists = lists_of_children(school, well_known(files, children), options.by_class)
    papers = [_roster(school, today, name, listed) for name, listed in lists.items()]
    return [*papers, *left_out(files, children)] or [Skipped(None, "没有要列入的孩子，不需要花名册")]


def _roster(school: School, today: date, name: str, children: Sequence[Record]) -> WriteDocument:
    return WriteDocument(
        document="roster",
        title="花名册",
        class_name=name,
        person="",
        audience="上报",
        context={
            "范围": name,
            "孩子们": [_row(school, number, child) for number, child in enumerate(children, 1)],
            "统计": _counts(name, children),
            "分班统计": _counts_by_class(school, children),
            "班主任": teacher_facts(school, name, "上报") if name != WHOLE_SCHOOL else {"姓名": ""},
            "学校": school_facts(school),
            "落款日期": chinese_date(today),
        },
        children=[child[Children.child_id] for child in children],
    )


def _row(school: School, number: int, child: Record) -> dict[str, Any]:
    return {
        "序号": number,
        **visible(child, "上报"),
        "照护人": guardian_facts(school.carer(child[Children.child_id]), "上报"),
        "父母务工地": _work_places(school, child),
    }


def _work_places(school: School, child: Record) -> str:
    """父亲：广东东莞；母亲：浙江义乌, of the parents who are away."""
    parents = [guardian_by_relation(school, child, who) for who in PARENTS]
    away = [one for one in parents if one and one[Guardians.works_away] == YES and one[Guardians.work_place]]
    return "；".join(f"{one[Guardians.relation]}：{one[Guardians.work_place]}" for one in away)


def _counts(name: str, children: Sequence[Record]) -> dict[str, Any]:
    """人数, and how many there are of each 性别 and 留守类型."""
    found = Counter(child[column] for child in children for column in _COUNTED)
    return {"班级": name, "人数": len(children), **{one: found[one] for one in _values()}}


def _counts_by_class(school: School, children: Sequence[Record]) -> list[dict[str, Any]]:
    """A row for each class and one for all; nothing where there is one class only."""
    lists = lists_of_children(school, children, by_class=True)
    rows = [_counts(name, listed) for name, listed in lists.items()]
    return [*rows, _counts("合计", children)] if len(rows) > 1 else []


def _values() -> tuple[str, ...]:
    return (*CLOSED["性别"], *CLOSED["留守类型"])
