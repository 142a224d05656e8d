"""What is due as the sheet 待办: what must be reported first, then by the person who does it, the most urgent first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from xl_liushou.core.edits import Edit, Link, Value
from xl_liushou.documents.audience import chinese_date
from xl_liushou.documents.wording import UNSETTLED
from xl_liushou.followup.item import MUST_REPORT, Item
from xl_liushou.followup.owners import GROUP, HEAD, name_and_id
from xl_liushou.routines.inputs import Inputs, scope
from xl_liushou.schema.results import AT_ONCE, MOST_ROWS, SCOPE, TOTAL, Row, Todo
from xl_liushou.schema.school import School
from xl_liushou.schema.sheets import Children, Staff

_FURTHER_UP: Final = frozenset({HEAD, GROUP})


def todo_edits(inputs: Inputs, items: Sequence[Item], total: str) -> list[Edit]:
    """The whole sheet anew; `items` are those to be told, the most urgent first, `total` sums them up."""
    rows = _Rows(inputs.school)
    reports = [item for item in items if item.kind == MUST_REPORT]
    due = [item for item in items if item.kind != MUST_REPORT]
    told = [*rows.reports(reports), *_remarks(inputs, len(due)), *rows.by_owner(due[:MOST_ROWS])]
    told.append(Todo.row(status=TOTAL, note=f"截至{chinese_date(inputs.today)}：{total}。"))
    return Todo.replaced(told)


def _remarks(inputs: Inputs, count: int) -> Iterator[Row]:
    """Says what the list leaves out: children who were not chosen, and all that is too much for anyone."""
    if chosen := scope(inputs.choice):
        yield Todo.row(status=SCOPE, note=f"只列出：{chosen}。要看全校，请不加选择再做一次待办提醒。")
    if count > MOST_ROWS:
        yield Todo.row(status=SCOPE, note=f"只列出最急的 {MOST_ROWS} 件，还有 {count - MOST_ROWS} 件没有列出。")


class _Rows:
    """Turns items into rows of the sheet."""

    def __init__(self, school: School) -> None:
        self._school = school
        self._namesakes = Counter(school[Staff].name)

    def reports(self, items: Iterable[Item]) -> Iterator[Row]:
        """What the authorities must be told, once a child for each who must know: its name and what to do, no more."""
        children = {(item.child, item.name, item.class_name): item for item in items}.values()
        head = self._school.head_of_moral_education
        told: dict[str, list[Item]] = {self._called(*name_and_id(head), HEAD): list(children), GROUP: list(children)}
        for item in children:
            teacher = self._school.class_teacher(item.class_name)
            if teacher and teacher != head:
                told.setdefault(self._called(*name_and_id(teacher)), []).append(item)
        for reader, known in told.items():
            for item in known:
                yield Todo.row(
                    owner=reader, status=AT_ONCE, kind=MUST_REPORT, class_name=item.class_name,
                    name=self._name(item), note=item.note,
                )  # fmt: skip

    def by_owner(self, items: Iterable[Item]) -> Iterator[Row]:
        """The items of one person together, the persons in the order of their most urgent item."""
        groups: dict[str, list[Row]] = {}
        for item in items:
            owner = self._called(item.owner, item.owner_id)
            groups.setdefault(owner, []).append(self._row(owner, item))
        for rows in groups.values():
            yield from rows

    def _row(self, owner: str, item: Item) -> Row:
        return Todo.row(
            owner=owner,
            status=item.status,
            kind=item.kind,
            class_name=item.class_name,
            name=self._name(item),
            child_id=item.child,
            due=item.due,
            days_overdue=item.days_overdue or None,
            last=item.last,
            escalation=item.escalation if item.escalation in _FURTHER_UP else None,
            note="；".join(part for part in ("从未联系" if item.never else "", item.note) if part),
        )

    def _called(self, name: str | None, staff_id: str | None, nobody: str = UNSETTLED) -> str:
        """A person's name, with the 工号 where two of the staff are called so."""
        if not name:
            return nobody
        return f"{name}（{staff_id}）" if self._namesakes[name] > 1 else name

    def _name(self, item: Item) -> Value:
        """The child's name, with a link to its row in 花名册 where the number says which child is meant."""
        child = self._school.child_of.get(item.child or "")
        cell = child.cell(Children.name) if child and item.child not in self._school.unclear_child_ids else None
        return Link.to_cell(item.name, self._school.sheet_name(Children.title), cell) if cell else item.name
