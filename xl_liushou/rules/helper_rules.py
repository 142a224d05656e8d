"""Family P, first half: every child has the helpers that the school promised, and no helper too many children."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from xl_liushou.core.finding import WARNING
from xl_liushou.core.table import Record
from xl_liushou.followup.also_due import in_force
from xl_liushou.rules.rule import Rule, Spot, at, rule
from xl_liushou.schema.lists import NO, YES
from xl_liushou.schema.school import School
from xl_liushou.schema.sheets import Children, Pairings, Staff

_MOST_CHILDREN = 6


def _without(school: School, today: date, kind: str) -> Iterator[Record]:
    """The active children without a current pairing of this kind; one whose key is unclear (K201) is left out."""
    helped = _helped(school, today, kind)
    for child in school.active_children:
        child_id = child[Children.child_id]
        if child_id not in helped and child_id not in school.unclear_child_ids:
            yield child


def _helped(school: School, today: date, kind: str) -> set[str]:
    """The 儿童编号 with a current pairing of this kind, or with one whose kind or dates cannot be told."""
    table = school[Pairings]
    rows = zip(table.child_id, table.kind, table.starts_on, table.ends_on, strict=True)
    return {
        child_id
        for child_id, one, starts, ends in rows
        if one in {kind, ""} and (in_force(starts, ends, today) or starts is None or (ends and ends < starts))
    }


@rule(
    "P401", WARNING, "结对", "重点帮扶的孩子没有帮扶教师",
    why="重点帮扶的孩子应当有一位教师固定帮扶，没有人负责，就没有人经常过问。",
    bad="孩子“重点帮扶”为“是”，结对表里没有正在进行的“教师帮扶”。",
    good="结对表里有一行“教师帮扶”，还没有结束。",
    mend="安排一位教师，在“结对”表登记类型、帮扶人和开始日期。",
    needs=(Pairings.child_id, Pairings.kind),
)  # fmt: skip
def no_helper_teacher(school: School, today: date) -> Iterator[Spot]:
    """P401: a key child without a current 教师帮扶; at its 儿童编号 in 花名册."""
    for child in _without(school, today, "教师帮扶"):
        if child[Children.is_key] == YES:
            message = "这名重点帮扶的孩子现在没有“教师帮扶”，请安排一位教师，在“结对”表登记"
            yield at(child, Children.child_id, message)


@rule(
    "P402", WARNING, "结对", "没有学习帮手",
    why="每名孩子都有一位同学帮他学习，有不会的随时有人问。",
    bad="结对表里没有这名孩子的“学习帮手”，或者已经结束。",
    good="结对表里有一行“学习帮手”，还没有结束。",
    mend="请班主任安排一位同学，在“结对”表登记；不在花名册上的同学直接写姓名。",
    needs=(Pairings.child_id, Pairings.kind),
)  # fmt: skip
def no_study_helper(school: School, today: date) -> Iterator[Spot]:
    """P402: a child without a current 学习帮手; at its 儿童编号 in 花名册."""
    for child in _without(school, today, "学习帮手"):
        yield at(child, Children.child_id, "这名孩子现在没有“学习帮手”，请安排一位同学，在“结对”表登记")


@rule(
    "P403", WARNING, "结对", "一位教师帮扶的孩子太多",
    why="一位教师同时帮扶六名以上的孩子，每个孩子分到的时间就太少。",
    bad="同一位教师有七个正在进行的“教师帮扶”。",
    good="每位教师帮扶不超过六名孩子。",
    mend="把一部分孩子分给别的教师，原来的结对填上结束日期。",
    needs=(Pairings.ends_on,),
)  # fmt: skip
def too_many_children(school: School, today: date) -> Iterator[Spot]:
    """P403: a teacher with more than 6 current 教师帮扶; at the seventh (one that P404 says is there twice is one)."""
    for pairings in _by_teacher(school, today).values():
        if len(pairings) > _MOST_CHILDREN:
            message = f"“帮扶人”这位教师正在帮扶的有{len(pairings)}个，超过{_MOST_CHILDREN}个，请把一部分分给别的教师"
            yield at(list(pairings.values())[_MOST_CHILDREN], Pairings.helper, message)


def _by_teacher(school: School, today: date) -> dict[str, dict[tuple[str, str], Record]]:
    """The current 教师帮扶 of each teacher by child and 学科, in the order of the sheet."""
    found: dict[str, dict[tuple[str, str], Record]] = defaultdict(dict)
    table = school[Pairings]
    rows = zip(table.kind, table.helper, table.child_id, table.subject, table.starts_on, table.ends_on, strict=True)
    for index, (kind, helper, child_id, subject, starts, ends) in enumerate(rows):
        if kind == "教师帮扶" and helper and child_id in school.active_ids and in_force(starts, ends, today):
            pairing = Record(table, index)
            if not school.unread(pairing, Pairings.ends_on):
                found[helper].setdefault((child_id, subject), pairing)
    return found


@rule(
    "P410", WARNING, "结对", "重点帮扶的孩子没有党员或领导联系",
    why="重点帮扶的孩子由班主任会同联系本班的党员、领导一起关心，没有人联系，就少了一份力量。",
    bad="本班没有党员或领导联系，孩子也没有“党员领导”的结对。",
    good="教职工表里有一位的“联系班级”是孩子所在的班。",
    mend="在“教职工”表填上联系这个班的党员或领导，或在“结对”表为孩子登记“党员领导”。",
    needs=(Pairings.child_id, Pairings.kind, Staff.attached_class),
)  # fmt: skip
def no_party_member(school: School, today: date) -> Iterator[Spot]:
    """P410: a key child whose class has no member attached and who has no current 党员领导; at its 儿童编号."""
    if school.has_unread(Staff.attached_class):
        return
    staff = school[Staff]
    attached = {name for name, on_duty in zip(staff.attached_class, staff.on_duty, strict=True) if on_duty != NO}
    for child in _without(school, today, "党员领导"):
        room = school.known_class(child)
        if child[Children.is_key] == YES and room and room not in attached:
            message = "这名重点帮扶的孩子，本班没有党员或领导联系，请填教职工的“联系班级”，或登记“党员领导”结对"
            yield at(child, Children.child_id, message)


@rule(
    "P411", WARNING, "教职工", "班级没有班主任或有两位",
    why="逾期提醒、家长信都找班主任；没有班主任或有两位，程序不知道找谁，只好都找德育负责人。",
    bad="花名册里有三年级1班的孩子，教职工表里没有人的“班主任班级”是三年级1班。",
    good="每个班有且只有一位在岗的班主任。",
    mend="在“教职工”表的“班主任班级”里填好；换了班主任的，把前一位的清空。",
    needs=(Staff.class_taught,),
)  # fmt: skip
def not_one_class_teacher(school: School, _today: date) -> Iterator[Spot]:
    """P411: a class on the roster without a class teacher, at its first child's 班级; or with two, at the second's."""
    some_unread = school.has_unread(Staff.class_taught)
    for name, child in school.classes.items():
        teachers = school.class_teachers.get(name, ())
        if not teachers and not some_unread:
            message = f"“班级”{name}还没有在岗的班主任，请在“教职工”表的“班主任班级”里填上"
            yield at(child, Children.class_name, message)
        for other in teachers[1:]:
            if not school.unread(other, Staff.on_duty) and not school.unread(teachers[0], Staff.on_duty):
                message = f"“班主任班级”与第{teachers[0].row}行相同，一个班只能有一位班主任，请清空已经换下的一位"
                yield at(other, Staff.class_taught, message)


@rule(
    "P412", WARNING, "结对", "没有手拉手的同学",
    why="每名孩子有一位手拉手的同学，课间、放学路上有伴，有事有人告诉老师。",
    bad="结对表里没有这名孩子的“手拉手”，或者已经结束。",
    good="结对表里有一行“手拉手”，还没有结束。",
    mend="请班主任安排一位同学，在“结对”表登记；不在花名册上的同学直接写姓名。",
    needs=(Pairings.child_id, Pairings.kind),
)  # fmt: skip
def no_friend(school: School, today: date) -> Iterator[Spot]:
    """P412: a child without a current 手拉手; at its 儿童编号 in 花名册."""
    for child in _without(school, today, "手拉手"):
        yield at(child, Children.child_id, "这名孩子现在没有“手拉手”的同学，请安排一位，在“结对”表登记")


RULES: tuple[Rule, ...] = (
    no_helper_teacher,
    no_study_helper,
    too_many_children,
    no_party_member,
    not_one_class_teacher,
    no_friend,
)
