"""Family P, second half: a pairing agrees with itself and with its child; no period ends before it starts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from xl_liushou.core.finding import ERROR, WARNING
from xl_liushou.core.table import Record
from xl_liushou.followup.also_due import in_force, is_overdue, pairing_check_due
from xl_liushou.rules.alike import repeated
from xl_liushou.rules.rule import Rule, Spot, at, rule
from xl_liushou.schema.kinds import Date
from xl_liushou.schema.school import School
from xl_liushou.schema.sheets import HELPERS, SHEETS, Children, Pairings

_Span = tuple[date, date, Record]


@rule(
    "P404", ERROR, "结对", "同一结对重复",
    why="同一个孩子、同一位帮扶人、同一类型和学科，同一段时间只该有一行，否则检查和统计都会重复。",
    bad="两行都是 S001、T01、教师帮扶，时间重叠。",
    good="前一段结束以后，再开始下一段。",
    mend="删掉抄重的一行，或给前一段填上结束日期。",
    needs=(Pairings.ends_on,),
)  # fmt: skip
def same_pairing_twice(school: School, _today: date) -> Iterator[Spot]:
    """P404: same child, helper, type and 学科, overlapping dates; at the later 开始日期."""
    for spans in _alike(school).values():
        latest: _Span | None = None
        for span in sorted(spans, key=lambda one: (one[0], one[2].row)):
            starts, ends, pairing = span
            if latest and starts <= latest[1] and not _unclear(school, latest[2], pairing):
                message = f"“开始日期”与第{latest[2].row}行的同一结对时间重叠，请删掉抄重的一行，或给前一段填上结束日期"
                yield at(pairing, Pairings.starts_on, message)
            if latest is None or ends > latest[1]:
                latest = span


def _alike(school: School) -> dict[tuple[str, ...], list[_Span]]:
    """The dated pairings of active children by child, helper, kind and 学科; without an end they last for ever."""
    table = school[Pairings]
    keys = list(zip(table.child_id, table.helper, table.kind, table.subject, strict=True))
    several = {key for key in repeated(keys) if key[0] in school.active_ids and all(key[:3])}
    found: dict[tuple[str, ...], list[_Span]] = defaultdict(list)
    for index, key in enumerate(keys):
        starts, ends = table.starts_on[index], table.ends_on[index]
        if key in several and starts and not (ends and ends < starts):
            found[key].append((starts, ends or date.max, Record(table, index)))
    return found


def _unclear(school: School, *pairings: Record) -> bool:
    return any(school.unread(one, Pairings.subject, Pairings.ends_on) for one in pairings)


@rule(
    "P405", ERROR, "结对", "孩子与自己结对",
    why="帮扶人填成了孩子自己，等于没有人帮他。",
    bad="儿童编号和帮扶人都是 S001。",
    good="帮扶人是另一名同学的编号；不在花名册上的同学写姓名。",
    mend="把“帮扶人”改成真正帮助他的同学。",
)  # fmt: skip
def paired_with_itself(school: School, _today: date) -> Iterator[Spot]:
    """P405: a child paired with itself (a member of staff may bear the same number)."""
    table = school[Pairings]
    for index, (child_id, kind, helper) in enumerate(zip(table.child_id, table.kind, table.helper, strict=True)):
        is_peer = HELPERS.get(kind) is Children.child_id
        if helper == child_id and is_peer and child_id in school.active_ids:
            yield at(Record(table, index), Pairings.helper, "“帮扶人”填的是孩子自己，请改成帮助他的同学的编号")


@rule(
    "P406", ERROR, "各表", "结束早于开始",
    why="结束早于开始，必有一个日期写错；结对、假期、活动都会被当成没有发生过。",
    bad="开始日期 2026-09-07，结束日期 2026-07-09。",
    good="开始日期 2026-09-07，结束日期 2027-01-20。",
    mend="核对两个日期，改正写错的一个。",
)  # fmt: skip
def end_before_start(school: School, today: date) -> Iterator[Spot]:
    """P406: end before start, in every sheet with such a pair; at the end (a start in the future may be C112)."""
    for schema in SHEETS:
        table = school[schema]
        for column in schema.columns:
            start = column.ends if isinstance(column, Date) else None
            if start is None:
                continue
            for index, (first, last) in enumerate(zip(table.values(start), table.values(column), strict=True)):
                if first and last and last < first and not (start.past and first > today):
                    message = f"“{column.title}”早于“{start.title}”，请核对这两个日期，改正写错的一个"
                    yield at(Record(table, index), column, message)


@rule(
    "P407", WARNING, "结对", "孩子已结案，结对还没有结束",
    why="孩子已经结案，结对还挂着，教师的帮扶人数和检查提醒都会算错。",
    bad="个案状态是“结案”，教师帮扶没有结束日期。",
    good="结案那天给结对填上结束日期和终止原因。",
    mend="在这一行填上“结束日期”和“终止原因”。",
    needs=(Pairings.ends_on,),
)  # fmt: skip
def pairing_of_closed_case(school: School, today: date) -> Iterator[Spot]:
    """P407: current, and the case is 结案; at 结束日期."""
    closed = set(school[Children].child_id) - school.active_ids - {""}
    table = school[Pairings]
    for pairing in (Record(table, index) for index, child_id in enumerate(table.child_id) if child_id in closed):
        is_current = in_force(pairing[Pairings.starts_on], pairing[Pairings.ends_on], today)
        if is_current and not school.unread(pairing, Pairings.ends_on):
            yield at(pairing, Pairings.ends_on, "这名孩子已经结案，这个结对还没有结束，请填写“结束日期”和“终止原因”")


@rule(
    "P408", WARNING, "结对", "结对检查逾期",
    why="定了检查周期却没有按时检查，帮扶就可能只停在纸上。",
    bad="检查周期 30 天，上次检查已是 40 天前。",
    good="每到周期就检查一次，更新上次检查日和效果。",
    mend="检查一次帮扶情况，更新“上次检查日”和“效果”。",
    needs=(Pairings.check_days, Pairings.checked_on, Pairings.ends_on),
)  # fmt: skip
def check_overdue(school: School, today: date) -> Iterator[Spot]:
    """P408: current, and the check is overdue; at 上次检查日."""
    table = school[Pairings]
    for pairing in (Record(table, index) for index, days in enumerate(table.check_days) if days):
        due = pairing_check_due(pairing, today)
        is_late = pairing[Pairings.child_id] in school.active_ids and is_overdue(due, today)
        if is_late and not school.unread(pairing, Pairings.checked_on, Pairings.ends_on):
            message = f"按检查周期，{due} 就该检查了，请检查一次帮扶情况，更新“上次检查日”和“效果”"
            yield at(pairing, Pairings.checked_on, message)


RULES: tuple[Rule, ...] = (
    same_pairing_twice,
    paired_with_itself,
    end_before_start,
    pairing_of_closed_case,
    check_overdue,
)
