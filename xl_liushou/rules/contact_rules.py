"""Family L: records of talks, calls and visits.

The sheet may hold hundreds of thousands of rows: whole columns are gone through, and only suspects become records.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from xl_liushou.core.finding import ERROR, WARNING
from xl_liushou.core.table import Record
from xl_liushou.followup.also_due import is_overdue, open_follow_ups, untold_reports
from xl_liushou.followup.contacts import DONE
from xl_liushou.rules.alike import repeated
from xl_liushou.rules.rule import Rule, Spot, at, rule
from xl_liushou.schema.school import School
from xl_liushou.schema.sheets import Children, Contacts, Guardians

_SPOKEN = frozenset({"通话", "家访"})
_COPIED_LENGTH = 10
_COPIED_CHILDREN = 3


@rule(
    "L501", WARNING, "联系记录", "记录在建档之前或结案之后",
    why="建档之前、结案之后不会有联系记录；多半是日期或儿童编号写错，谈心、通话的时间也会跟着算错。",
    bad="孩子 2026-09-01 建档，谈心日期是 2025-09-10。",
    good="日期在建档日期和结案日期之间。",
    mend="核对日期和儿童编号；孩子又回到学校的，把个案状态改回“在管”并清空结案日期。",
)  # fmt: skip
def outside_the_case(school: School, today: date) -> Iterator[Spot]:
    """L501: 日期 before 建档日期 or after 结案日期; all children (a day in the future is C112)."""
    spans = _spans(school, today)
    table = school[Contacts]
    for index, (child_id, day) in enumerate(zip(table.child_id, table.day, strict=True)):
        span = spans.get(child_id)
        if span and day and not span[0] <= day <= span[1] and day <= today:
            side = "早于这名孩子的建档日期" if day < span[0] else "晚于这名孩子的结案日期"
            yield at(Record(table, index), Contacts.day, f"“日期”是 {day}，{side}，请核对日期和儿童编号")


def _spans(school: School, today: date) -> dict[str, tuple[date, date]]:
    """From 建档日期 to 结案日期 by child, open where blank; not where these are wrong themselves (C112, P406, K201)."""
    children = school[Children]
    rows = zip(children.child_id, children.filed_on, children.closed_on, strict=True)
    spans = {child_id: (first or date.min, last or date.max) for child_id, first, last in rows}
    return {
        child_id: (first, last)
        for child_id, (first, last) in spans.items()
        if first <= min(today, last) and child_id not in school.unclear_child_ids
    }


@rule(
    "L502", WARNING, "联系记录", "几名孩子的摘要一字不差",
    why="三名以上孩子的谈话一字不差，多半是复制来的，看不出每个孩子自己的情况。",
    bad="十名孩子的摘要都是“与孩子谈心，了解学习和生活情况”。",
    good="写下这名孩子说了什么、答应了什么。",
    mend="按这名孩子当时的情况改写摘要。",
)  # fmt: skip
def copied_summary(school: School, _today: date) -> Iterator[Spot]:
    """L502: the same 摘要 of 10 characters or more for three children or more; at the third and later."""
    table = school[Contacts]
    copied = repeated([text for text in table.summary if len(text) >= _COPIED_LENGTH])
    told_of: dict[str, dict[str, int]] = defaultdict(dict)
    for index in (index for index, text in enumerate(table.summary) if text in copied):
        child_id, children = table.child_id[index], told_of[table.summary[index]]
        if child_id in school.active_ids:
            place = children.setdefault(child_id, len(children) + 1)
            if place >= _COPIED_CHILDREN:
                message = "“摘要”与前面几名孩子的记录一字不差，请改写成这名孩子自己的情况"
                yield at(Record(table, index), Contacts.summary, message)


@rule(
    "L503", ERROR, "联系记录", "通话或家访没有写对象，或对象不是这名孩子的监护人",
    why="不知道和谁通的话，就不知道家长是否了解情况；对象写成别家的监护人，反馈就会记到别的孩子名下。",
    bad="完成的通话没有对象；S001 的通话对象是 S002 的父亲。",
    good="对象是这名孩子自己的监护人编号。",
    mend="在“监护人”表里查到这名孩子的监护人，填他的编号。",
    needs=(Contacts.contact, Guardians.child_id),
)  # fmt: skip
def wrong_contact(school: School, _today: date) -> Iterator[Spot]:
    """L503: completed 通话 or 家访 with no 对象; or an 对象 of another child, in any record."""
    children = _children_of_guardians(school)
    table = school[Contacts]
    rows = zip(table.child_id, table.kind, table.result, table.contact, strict=True)
    for index, (child_id, kind, result, contact) in enumerate(rows):
        wrong = children.get(contact, child_id) != child_id if contact else result == DONE and kind in _SPOKEN
        record = Record(table, index) if wrong and child_id in school.active_ids else None
        if record and not school.unread(record, Contacts.contact):
            fault = f"“对象”{contact}是别的孩子的监护人" if contact else f"完成的{kind}要写明“对象”"
            yield at(record, Contacts.contact, f"{fault}，请填这名孩子自己的监护人编号")


def _children_of_guardians(school: School) -> dict[str, str]:
    """The 儿童编号 by guardian; not where the 编号 stands twice (K201) or the child is unknown (K202)."""
    guardians = school[Guardians]
    counts = Counter(guardians.guardian_id)
    rows = zip(guardians.guardian_id, guardians.child_id, strict=True)
    return {one: child_id for one, child_id in rows if counts[one] == 1 and child_id in school.child_of}


@rule(
    "L504", WARNING, "联系记录", "跟进期限已过",
    why="说好要跟进的事没有下文，孩子会觉得没有人当真。",
    bad="跟进期限是上周，跟进完成日空白。",
    good="按期跟进，填上跟进完成日。",
    mend="尽快跟进，做完后填“跟进完成日”；情况有变的，把期限改到合适的日子。",
    needs=(Contacts.followed_up_on,),
)  # fmt: skip
def follow_up_overdue(school: School, today: date) -> Iterator[Spot]:
    """L504: 跟进期限 past and no 跟进完成日; at 跟进期限."""
    for record in open_follow_ups(school):
        due = record[Contacts.follow_up_by]
        is_late = record[Contacts.child_id] in school.active_ids and is_overdue(due, today)
        if is_late and not school.unread(record, Contacts.followed_up_on):
            message = f"“跟进期限”{due} 已过，还没有填“跟进完成日”，请尽快跟进，做完后填上"
            yield at(record, Contacts.follow_up_by, message)


@rule(
    "L506", ERROR, "联系记录", "强制报告没有报告",
    why="发现孩子受到侵害或处于危险中，学校依法必须立即报告，任何设置都不能忽略这条。",
    bad="强制报告为“是”，报告时间或报告部门空白。",
    good="强制报告为“是”，写明哪一天报告了哪个部门。",
    mend="立即向公安机关和主管部门报告，然后填上“报告时间”和“报告部门”。",
)  # fmt: skip
def not_reported(school: School, _today: date) -> Iterator[Spot]:
    """L506: 强制报告 是 and not both 报告时间 and 报告部门; every record, whoever its child is."""
    for record in untold_reports(school):
        if not school.unread(record, Contacts.reported_at, Contacts.reported_to):
            message = "“强制报告”为“是”，“报告时间”和“报告部门”还没有填全，请立即向公安机关和主管部门报告并补填"
            yield at(record, Contacts.must_report, message)


@rule(
    "L507", WARNING, "联系记录", "同一次联系登记了两遍",
    why="重复登记会让谈心、通话的次数虚高，统计上报不准。",
    bad="同一名孩子、同一天、同一位教师的谈心有两行。",
    good="一次联系一行。",
    mend="删掉重复的一行；确是两次，请在对象或结果里写清区别，或不用管。",
)  # fmt: skip
def recorded_twice(school: School, _today: date) -> Iterator[Spot]:
    """L507: the same child, day, kind, recorder, 对象 and 结果 twice; at each 儿童编号 after the first."""
    table = school[Contacts]
    first: dict[tuple[Any, ...], Record] = {}
    for index in _alike(table):
        record, contact = Record(table, index), table.contact[index]
        needed = (table.child_id, table.day, table.kind, table.recorder, table.result)
        key = tuple(column[index] for column in needed)
        if not all(key) or key[0] not in school.active_ids or school.unread(record, Contacts.contact):
            continue
        earlier = first.setdefault((*key, contact), record)
        if earlier != record:
            message = f"与第{earlier.row}行是同一名孩子、同一天的同一次联系，请核对，重复的删掉一行"
            yield at(record, Contacts.child_id, message)


def _alike(table: Contacts) -> Iterator[int]:
    """The rows that look like another one, by the hash of what L507 compares: no row is kept for it."""
    columns = (table.child_id, table.day, table.kind, table.recorder, table.contact, table.result)
    hashes = list(map(hash, zip(*columns, strict=True)))
    several = repeated(hashes)
    return (index for index, one in enumerate(hashes) if one in several)


@rule(
    "L508", WARNING, "联系记录", "空号还没有更正",
    why="号码是空号，就联系不上家长；出了事，第一个电话就打不通。",
    bad="通话结果是“空号”，之后再没有与这位监护人通过话。",
    good="更正了号码，又打通了一次。",
    mend="问到新号码，改正“监护人”表里的电话，再打一次并登记。",
)  # fmt: skip
def dead_number(school: School, today: date) -> Iterator[Spot]:
    """L508: 空号, and no later completed 通话 with that guardian (without an 对象: with that child); at 结果."""
    table = school[Contacts]
    dead = [index for index, result in enumerate(table.result) if result == "空号"]
    latest = _latest_calls(table) if dead else {}
    for index in dead:
        child_id, contact, day = table.child_id[index], table.contact[index], table.day[index]
        record = Record(table, index)
        is_known = not contact or contact in school.guardian_of
        if not day or day > today or not is_known or school.unread(record, Contacts.contact):
            continue
        whom = (contact, "") if contact else (None,)
        calls = (latest[child_id, one] for one in whom if (child_id, one) in latest)
        if child_id in school.active_ids and max(calls, default=(date.min, 0)) < (day, index):
            message = "“结果”是空号，之后还没有与这位监护人通话成功，请更正号码后再打一次"
            yield at(record, Contacts.result, message)


def _latest_calls(table: Contacts) -> Mapping[tuple[str, str | None], tuple[date, int]]:
    """The day and row of the latest 通话 that was or may have been completed, by child and 对象; of any by None."""
    latest: dict[tuple[str, str | None], tuple[date, int]] = {}
    rows = zip(table.kind, table.result, table.day, table.contact, table.child_id, strict=True)
    for index, (kind, result, day, contact, child_id) in enumerate(rows):
        if kind in {"通话", ""} and result in {DONE, ""}:
            call = (day or date.max, index)
            for whom in (contact, None):
                latest[child_id, whom] = max(latest.get((child_id, whom), call), call)
    return latest


RULES: tuple[Rule, ...] = (
    outside_the_case,
    copied_summary,
    wrong_contact,
    follow_up_overdue,
    not_reported,
    recorded_twice,
    dead_number,
)
