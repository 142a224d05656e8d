"""What both papers of a term print: its head, the children in numbers, coverage, troubles, pairings. Counts only.

The five troubles are told for the whole school at once, never by class.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final

from xl_liushou.core.table import Record
from xl_liushou.documents.audience import chinese_date
from xl_liushou.documents.charts import bars, columns, share_rate
from xl_liushou.documents.people import school_facts
from xl_liushou.documents.wording import NOTHING, percent, span
from xl_liushou.figures.coverage import Coverage, coverage
from xl_liushou.figures.files import TROUBLES, Files, change, in_both, levels
from xl_liushou.figures.helping import PairingFigures, StudyFigures
from xl_liushou.figures.shares import Share
from xl_liushou.figures.terms import Days, Term
from xl_liushou.schema.lists import CLOSED, YES
from xl_liushou.schema.school import School
from xl_liushou.schema.sheets import Children

Rows = list[dict[str, Any]]
CONTACTS: Final = ("谈心", "通话")
WHOLE: Final = "合计"
_BEFORE, _NOW = "上学期", "本学期"


def basics(school: School, today: date, term: Term, kind: str) -> dict[str, Any]:
    """The head of a paper: the term, its days, the school, the day."""
    return {
        "抬头": school.settings["学校名称"],
        "标题": f"{term.name}关爱工作{kind}",
        "学期": term.name,
        "起止": span(term.starts_on, term.ends_on),
        "学校": school_facts(school),
        "日期": chinese_date(today),
    }


def headcount(school: School) -> dict[str, Any]:
    """The children 在管 and 暂停 in numbers."""
    children = school.active_children
    kinds = Counter(child[Children.left_behind_type] for child in children)
    return _counts(children) | {
        "班数": len(school.classes),
        "类型": [{"名称": kind, "人数": kinds[kind]} for kind in CLOSED["留守类型"] if kinds[kind]],
        "待签": unsigned(school),
    }


def unsigned(school: School) -> int:
    """How many of them have no signed 同意书."""
    return sum(child[Children.consent] != "已签" for child in school.active_children)


def by_grade(school: School) -> Rows:
    """The children in numbers, a row for each grade and one for all; none for a single grade."""
    grades = [one for one in CLOSED["年级"] if any(child[Children.grade] == one for child in school.active_children)]
    rows = [
        {"年级": grade, **_counts([child for child in school.active_children if child[Children.grade] == grade])}
        for grade in grades
    ]
    return [*rows, {"年级": WHOLE, **_counts(school.active_children)}] if len(rows) > 1 else []


def _counts(children: Sequence[Record]) -> dict[str, Any]:
    genders = Counter(child[Children.gender] for child in children)
    risks = Counter(child[Children.risk] for child in children)
    return {
        "人数": len(children),
        "男": genders["男"],
        "女": genders["女"],
        "重点": sum(child[Children.is_key] == YES for child in children),
        **{risk: risks[risk] for risk in CLOSED["风险等级"]},
    }


def contact_coverage(school: School, months: Sequence[Days]) -> Mapping[str, Coverage]:
    """The coverage of talks and of calls."""
    return {kind: coverage(school, kind, months) for kind in CONTACTS}


def last_coverage(school: School, earlier: Term | None, term: Term) -> dict[str, Any]:
    """The coverage of the term before, up to the day before this one; {} where there is no such term or no contact."""
    if earlier is None:
        return {}
    found = contact_coverage(school, earlier.months(term.starts_on - timedelta(days=1)))
    return coverage_told(found) if any(one.times for one in found.values()) else {}


def coverage_told(found: Mapping[str, Coverage]) -> dict[str, Any]:
    """Talks and calls of some months: in all, by month with a chart; no rows where there was not one contact."""
    whole = {kind: {"次数": sum(one.times.values()), "覆盖率": said(one.whole)} for kind, one in found.items()}
    months = next(iter(found.values())).months
    labels = [f"{month.first.month}月" for month in months]
    shares = {kind: one.by_month for kind, one in found.items()}
    rows = [
        {
            "月份": label,
            "儿童": shares["谈心"][place].whole,
            **{kind: _covered(own[place]) for kind, own in shares.items()},
        }
        for place, label in enumerate(labels)
    ]
    return whole | {
        "各月": rows if any(one.times for one in found.values()) else [],
        "图": columns("各月谈心、通话覆盖率", labels, _rates(shares)),
    }


def _covered(share: Share) -> dict[str, Any]:
    return {"人数": share.part, "覆盖率": said(share)}


def coverage_by_class(found: Mapping[str, Coverage], late: Mapping[str, Mapping[str, int]]) -> dict[str, Any]:
    """Talks and calls by class with those overdue now; no rows for a single class or without one contact."""
    shares = {kind: one.by_class for kind, one in found.items()}
    names = list(shares["谈心"])
    if len(names) < 2 or not any(one.times for one in found.values()):
        return {"各行": [], "图": []}
    rows = [
        {"班级": name, **{kind: _class_cell(found[kind], shares[kind][name], name, late[kind]) for kind in CONTACTS}}
        for name in names
    ]
    chart = bars("各班谈心、通话覆盖率", names, _rates({kind: list(own.values()) for kind, own in shares.items()}))
    return {"各行": rows, "图": chart}


def _class_cell(found: Coverage, share: Share, name: str, late: Mapping[str, int]) -> dict[str, Any]:
    return {"次数": found.times.get(name, 0), "覆盖率": said(share), "逾期": late.get(name, 0)}


def _rates(shares: Mapping[str, Sequence[Share]]) -> dict[str, list[float | None]]:
    return {kind: [share_rate(one) for one in own] for kind, own in shares.items()}


def troubles_told(now: Files) -> dict[str, Any]:
    """The five troubles of all children with a file."""
    counts = {column.title: levels(now, column) for column in TROUBLES}
    rows = [_trouble(title, found, len(now)) for title, found in counts.items()]
    return {
        "份数": len(now),
        "各行": rows if any(any(found.values()) for found in counts.values()) else [],
        "图": columns("五方面情况人数", _titles(), _levels(now), percent=False),
    }


def changes_told(before: Files, now: Files) -> dict[str, Any]:
    """What changed in the five troubles for the children with a file in both terms."""
    both = in_both(before, now)
    return {
        "可比": len(both[0]),
        "变化": _changes(*both),
        "变化图": columns("同一批儿童两个学期的情况（轻、重合计人数）", _titles(), _both(*both), percent=False),
    }


def _trouble(title: str, counts: Mapping[str, int], files: int) -> dict[str, Any]:
    light, heavy = counts["轻"], counts["重"]
    return {"方面": title, "轻": light, "重": heavy, "占比": percent(light + heavy, files)}


def _titles() -> list[str]:
    return [column.title for column in TROUBLES]


def _levels(files: Files) -> dict[str, list[float | None]]:
    return {level: [float(levels(files, column)[level]) for column in TROUBLES] for level in ("轻", "重")}


def _both(before: Files, now: Files) -> dict[str, list[float | None]]:
    terms = {_BEFORE: before, _NOW: now}
    return {
        name: [float(sum(levels(files, column)[level] for level in ("轻", "重"))) for column in TROUBLES]
        for name, files in terms.items()
    }


def _changes(before: Files, now: Files) -> Rows:
    if not before:
        return []
    found = [(column.title, change(before, now, column)) for column in TROUBLES]
    return [{"方面": title, "好转": one.better, "持平": one.same, "加重": one.worse} for title, one in found]


def pairings_told(found: PairingFigures) -> dict[str, Any]:
    """结对 by type and effect; no rows where there is none."""
    effects = CLOSED["帮扶效果"]
    rows = [
        {
            "类型": kind,
            "对数": sum(counts.values()),
            "未评": counts.get("", 0),
            **{one: counts.get(one, 0) for one in effects},
        }
        for kind, counts in found.effects.items()
    ]
    return {
        "各行": rows,
        "对数": found.pairs,
        "儿童": found.children.part,
        "占比": said(found.children),
        "重点": found.key.whole,
        "重点已结对": found.key.part,
    }


def study_told(found: StudyFigures) -> dict[str, Any]:
    """学习帮扶 in numbers: subjects, states and what the last checks said, each as a line of words."""
    trends = {trend: found.trends.get(trend, 0) for trend in CLOSED["较基线"]}
    return {
        "份数": found.plans,
        "儿童": found.children,
        "学科": listed(found.subjects, "份"),
        "状态": listed({state: found.states.get(state, 0) for state in CLOSED["帮扶状态"]}, "份"),
        "检查": sum(found.trends.values()),
        "进步情况": listed(trends, "份"),
    }


def listed(counts: Mapping[str, int], unit: str) -> str:
    """语文3份、数学2份; what is blank or none is not told."""
    return "、".join(f"{name}{count}{unit}" for name, count in counts.items() if name and count)


def said(share: Share) -> str:
    """A share in per cent as the papers print it, — of nothing."""
    return percent(share.part, share.whole) if share.whole else NOTHING
