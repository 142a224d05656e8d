"""One thing that is due, and the order in which things are told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from xl_liushou.schema.numbers import class_order

OVERDUE: Final = "逾期"
TODAY: Final = "今日到期"
SOON: Final = "临期"
LATER: Final = "未到期"
PAUSED: Final = "暂停"
UNKNOWN: Final = "无法计算"

MUST_REPORT: Final = "强制报告"

_RANK: Final[Mapping[str, int]] = {UNKNOWN: 1, OVERDUE: 2, TODAY: 3, SOON: 4, LATER: 5, PAUSED: 6}


@dataclass(frozen=True, slots=True)
class Item:
    """What is due for a child (or, with child None, for a campaign), and who does it.

    `owner` and `name` are persons' names, `owner_id` is the owner's 工号; `days_overdue` are counting
    days for contacts and calendar days for all else; `never` says that no completed contact exists;
    `escalation` names who else must know; `note` is one more sentence for the owner.
    """

    child: str | None
    name: str
    class_name: str
    kind: str
    owner: str | None
    last: date | None
    due: date | None
    days_overdue: int
    status: str
    never: bool = False
    escalation: str | None = None
    note: str = ""
    owner_id: str | None = None


def urgency(item: Item) -> tuple[int, int, tuple[int, int, str], str, str]:
    """The sort key: 强制报告, 无法计算, 逾期 (most days first), 今日到期 … then class, child, kind."""
    rank = 0 if item.kind == MUST_REPORT else _RANK[item.status]
    days = -item.days_overdue if rank == _RANK[OVERDUE] else 0
    return rank, days, class_order(item.class_name), item.child or "", item.kind
