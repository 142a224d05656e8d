"""撤销: taking a run back, as far as the workbook still holds what it wrote."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from xl_liushou.core.edits import Edit, ReplaceRows, SetCells, Value
from xl_liushou.core.plan import Plan
from xl_liushou.core.rawsheet import CellValue
from xl_liushou.core.run import ROWS, Effect
from xl_liushou.core.table import address

_TOLD_MOST: Final = 20
_WHOLE: Final = {"sheet": None, "place": None}
"""The whole workbook, in the list of what was restored."""

WHY_NOT: Final = {
    "undone": "它已经撤销过了。",
    "waiting": "它的结果还没有写进工作簿，可以用 pending 写入或放弃。",
    "interrupted": "它没有做完，工作簿没有改动。",
}
"""Why a run in some state cannot be taken back."""
OTHER_WAY: Final = {
    "protect": "打开密码请用 unprotect 去掉，或再用 protect 换一个。",
    "unprotect": "打开密码请用 protect 重新设。",
}
"""How commands are taken back that an undo does not take back."""


@dataclass(frozen=True, slots=True)
class Trace:
    """What a run wrote at one place, from the cell (`top`, `left`) on, as it stands now.

    `holds` tells whether the workbook still holds it there, `old` are the rows that stood there before,
    `back` tells whether they stand there again.
    """

    effect: Effect
    top: int
    left: int
    holds: bool
    old: Sequence[Sequence[CellValue]]
    back: bool = False


def plan(traces: Sequence[Trace], unchanged: bool) -> Plan:
    """The old values again, everywhere; or nothing at all, and where the workbook holds something else.

    A run without traces put a whole backup in the workbook's place: it can go only from an `unchanged` one.
    """
    if not traces and not unchanged:
        told = "恢复备份以后，工作簿又改动过，所以没有撤销。用 backups 可以列出备份，自己选一份恢复。"
        return Plan(report={"restored": [], "cannot": [told]})
    changed = [trace for trace in traces if not trace.holds and not trace.back]
    if changed:
        told_places = [f"“{trace.effect.sheet}”的 {trace.effect.place}" for trace in changed[:_TOLD_MOST]]
        more = f"等 {len(changed)} 处" if len(changed) > len(told_places) else ""
        told = f"{'、'.join(told_places)}{more}在那之后改动过，所以工作簿没有撤销。"
        return Plan(report={"restored": [], "cannot": [f"{told}请在 Excel 中自己改回，或用 backups 恢复备份。"]})
    held = [trace for trace in traces if trace.holds]
    places = [{"sheet": trace.effect.sheet, "place": trace.effect.place} for trace in held]
    return Plan(edits=list(_edits(held)), report={"restored": places if traces else [_WHOLE], "cannot": []})


def _edits(traces: Sequence[Trace]) -> Iterator[Edit]:
    cells: dict[str, dict[str, Value]] = defaultdict(dict)
    for trace in traces:
        if trace.effect.kind == ROWS:
            yield ReplaceRows(trace.effect.sheet, [[_blank(value) for value in row] for row in trace.old])
        else:
            cells[trace.effect.sheet] |= {
                address(row, column): _blank(value)
                for row, values in enumerate(trace.old, trace.top)
                for column, value in enumerate(values, trace.left)
            }
    yield from (SetCells(sheet, values) for sheet, values in cells.items())


def _blank(value: CellValue) -> Any:
    return None if value == "" else value


def lines(result: Mapping[str, Any]) -> Iterator[str]:
    """What was taken back, for people."""
    if result["restored"]:
        sheets = "、".join(dict.fromkeys(f"“{one['sheet']}”" for one in result["restored"] if one["sheet"]))
        what = f"工作簿里{sheets}表中的 {len(result['restored'])} 处" if sheets else "整个工作簿"
        yield f"已撤销：{what}恢复成了原来的内容。"
    if result["set_aside"]:
        yield f"已收起 {len(result['set_aside'])} 份文书，放在原来文件夹里的“已撤销”中。"
    yield from result["cannot"]
    if not result["restored"] and not result["set_aside"] and not result["cannot"]:
        yield "这次运行没有写过什么，不用撤销。"
