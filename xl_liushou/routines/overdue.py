"""待办提醒: what is due, for whom, and who does it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any, Final

from xl_liushou.core.plan import Plan
from xl_liushou.followup.contacts import missing_rows
from xl_liushou.followup.due import due_items
from xl_liushou.followup.item import LATER, MUST_REPORT, OVERDUE, PAUSED, SOON, TODAY, UNKNOWN, Item
from xl_liushou.routines.inputs import Inputs, chosen_children, plain, require_children, require_columns, scope
from xl_liushou.routines.todo_sheet import todo_edits
from xl_liushou.schema.sheets import Children, Contacts

NEEDS: Final = (Children.child_id, Contacts.child_id, Contacts.kind, Contacts.day, Contacts.result)
_HIDDEN: Final = frozenset({LATER, PAUSED})


def plan(inputs: Inputs) -> Plan:
    """Every child and kind that has a rhythm, and all else that is due, the most urgent first."""
    require_children(inputs.school)
    require_columns(inputs.school, NEEDS)
    chosen, notes = chosen_children(inputs, inputs.school.active_children)
    ids = [child[Children.child_id] for child in chosen] if inputs.choice else None
    items = due_items(inputs.school, inputs.today, ids)
    told = [_as_json(item) for item in items]
    shown = [item for item in items if _is_shown(item.status, item.kind)]
    edits = todo_edits(inputs, shown, _totals(told)) if inputs.into_book else ()
    return Plan(edits=edits, notes=(*notes, *_warnings(inputs)), report={"items": told})


def _is_shown(status: str, kind: str) -> bool:
    """Whether people see it; 未到期 and 暂停 are left out."""
    return status not in _HIDDEN or kind == MUST_REPORT


def _totals(items: Sequence[Mapping[str, Any]]) -> str:
    counts = Counter(item["status"] for item in items)
    told = "，".join(f"{status} {counts[status]}" for status in (UNKNOWN, OVERDUE, TODAY, SOON) if counts[status])
    return told or "目前没有逾期或临近到期的事项"


def _warnings(inputs: Inputs) -> Iterator[str]:
    for kind, risk, days in missing_rows(inputs.school):
        yield f"“频次表”里没有{kind}、风险等级{risk}的间隔天数，暂按 {days} 天计算，请补上。"


def _as_json(item: Item) -> dict[str, Any]:
    values = {name: plain(value) for name, value in asdict(item).items()}
    values["class"] = values.pop("class_name")
    return values


def headline(inputs: Inputs, result: Mapping[str, Any]) -> str:
    """The outcome in one line, and for whom it was looked up."""
    return "：".join(part for part in (scope(inputs.choice), _totals(result["items"])) if part)


def lines(result: Mapping[str, Any]) -> Iterator[str]:
    """The list for people, grouped by status."""
    items = result["items"]
    shown = [item for item in items if _is_shown(item["status"], item["kind"])]
    heading = ""
    for item in shown:
        group = MUST_REPORT if item["kind"] == MUST_REPORT else item["status"]
        if group != heading:
            heading = group
            yield f"【{group}】"
        yield f"  {_line(item)}"
    yield f"合计：{_totals(items)}。"


def _line(item: Mapping[str, Any]) -> str:
    who = " ".join(part for part in (item["class"], item["name"], item["child"]) if part)
    parts = [who, item["kind"]]
    if item["due"]:
        parts.append(f"应于 {item['due']}")
    if item["days_overdue"]:
        parts.append(f"已逾期 {item['days_overdue']} 天")
    if item["never"]:
        parts.append("从未联系")
    parts.append(f"责任人 {item['owner'] or '未定'}")
    if item["escalation"] not in {None, "班主任"}:
        parts.append(f"已升级到{item['escalation']}")
    return "，".join((*parts, item["note"]) if item["note"] else parts)
