"""Everything that is due: contacts by rhythm, and the "also due" items (domain, section 4)."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

from xl_liushou.core.table import Record
from xl_liushou.followup.also_due import also_due
from xl_liushou.followup.contacts import History, Rhythm, advice, contact_due, escalation, histories, rhythms
from xl_liushou.followup.item import UNKNOWN, Item, urgency
from xl_liushou.followup.owners import name_and_id, responsible
from xl_liushou.followup.pauses import Pauses, pauses_of
from xl_liushou.schema.school import School
from xl_liushou.schema.sheets import Calendar, Children

CLOSED = "结案"


def due_items(school: School, today: date, children: Collection[str] | None = None) -> list[Item]:
    """All items of the chosen children (all 在管 and 暂停 if None), the most urgent first.

    Every child and every kind with an interval gives one item, due or not. Items of no child (steps
    of campaigns) come only when no choice of children was made.
    """
    chosen = [child for child in school[Children].records() if _is_chosen(child, children)]
    items = [*_contact_items(school, today, chosen), *also_due(school, today, chosen, children is None)]
    return sorted(items, key=urgency)


def _is_chosen(child: Record, children: Collection[str] | None) -> bool:
    if children is None:
        return child[Children.case_status] != CLOSED
    return child[Children.child_id] in children


def _contact_items(school: School, today: date, children: list[Record]) -> Iterator[Item]:
    told = histories(school, today)
    for rhythm in rhythms(school):
        pauses = pauses_of(school[Calendar], rhythm.kind)
        for child in children:
            history = told.get((child[Children.child_id], rhythm.kind))
            item = _contact_item(school, today, child, rhythm, pauses, history)
            if item is not None:
                yield item


def _contact_item(
    school: School, today: date, child: Record, rhythm: Rhythm, pauses: Pauses, history: History | None
) -> Item | None:
    last = history.last_done if history else None
    due = contact_due(child, last, rhythm, pauses, today)
    interval = rhythm.interval(child[Children.risk])
    if due is None or interval is None:
        return None
    if child[Children.child_id] in school.unclear_child_ids:
        return _unclear_item(school, child, rhythm.kind)
    owner, owner_id = name_and_id(responsible(school, child))
    return Item(
        child=child[Children.child_id],
        name=child[Children.name],
        class_name=school.class_name(child),
        kind=rhythm.kind,
        owner=owner,
        last=last,
        due=due.due,
        days_overdue=due.days_overdue,
        status=due.status,
        never=last is None,
        escalation=escalation(due.days_overdue, interval[0]),
        note=advice(history),
        owner_id=owner_id,
    )


def _unclear_item(school: School, child: Record, kind: str) -> Item:
    """A blank or repeated 儿童编号: nobody can say whose records they are, so nothing is worked out."""
    child_id = child[Children.child_id]
    note = f"花名册第{child.row}行的儿童编号{'与别的孩子重复' if child_id else '空白'}，分不清是谁的记录，请先改正"
    owner, owner_id = name_and_id(responsible(school, child))
    return Item(
        child_id or None, child[Children.name], school.class_name(child), kind, owner, None, None, 0, UNKNOWN,
        note=note, owner_id=owner_id,
    )  # fmt: skip
