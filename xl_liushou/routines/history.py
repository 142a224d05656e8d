"""The history of a workbook in words: runs, backups, and results that wait."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from xl_liushou.core.edits import AddSheet, Edit, ReplaceRows
from xl_liushou.routines.registry import label_of
from xl_liushou.schema.results import FrontPage

_STATES: Final = {
    "planned": "正在做",
    "writing": "正在写",
    "done": "完成",
    "waiting": "结果等待写入",
    "interrupted": "中断，工作簿没有改动",
    "failed": "没有做成，工作簿没有改动",
    "undone": "已撤销",
}
_COUNTED: Final = {
    "errors": "错误", "warnings": "提醒", "infos": "说明", "items": "事项", "files": "份文书", "blocked": "份没有写出",
    "added": "新增行", "changed": "不同之处", "doubts": "待核对",
}  # fmt: skip

OVERTAKEN: Final = (
    "工作簿后来改动过，当时的校验结果、待办、一键修正、导入的名册和首页没有再写；"
    "请按需要重新运行 check --write、check --fix、overdue --write 或 import。"
)


def can_be_made_anew(edits: Sequence[Edit]) -> bool:
    """Whether edits only fill sheets that a later run writes over: the findings, what is due, the front page."""
    return all(isinstance(edit, ReplaceRows | AddSheet) or edit.sheet == FrontPage.title for edit in edits)


def run_lines(result: Mapping[str, Any]) -> Iterator[str]:
    """One line a run, the newest first."""
    for run in result["runs"]:
        yield _run_line(run)
    if not result["runs"]:
        yield "还没有运行记录。"
    else:
        yield "撤销某一次：xl-liushou undo 工作簿 编号（编号写 last 就是最近一次）"


def _run_line(run: Mapping[str, Any]) -> str:
    counted = "，".join(f"{label} {run['totals'][name]}" for name, label in _COUNTED.items() if run["totals"].get(name))
    changed = "改动了工作簿" if run["backup"] else ""
    parts = [_STATES[run["state"]], changed, counted]
    when = run["started"][:16].replace("T", " ")
    return f"{run['id']}  {when}  {label_of(run['command'])}：{'，'.join(part for part in parts if part)}"


def backup_lines(result: Mapping[str, Any]) -> Iterator[str]:
    """One line a backup, the newest first."""
    for one in result["backups"]:
        day, time = one["id"][:8], one["id"][9:15]
        when = f"{day[:4]}-{day[4:6]}-{day[6:]} {time[:2]}:{time[2:4]}"
        yield f"{one['id']}  {when} 改动之前的工作簿，{max(1, one['bytes'] // 1024)} KB"
    if result["backups"]:
        yield "恢复某一份：xl-liushou backups 工作簿 --restore 编号（现在的工作簿会先备份）"
    else:
        yield "还没有备份。程序每次改动工作簿之前都会先备份一份。"


def restored_lines(result: Mapping[str, Any]) -> Iterator[str]:
    """What became of a restore."""
    if not result["changed"]:
        yield f"工作簿和备份 {result['restored']} 一模一样，不用恢复，没有改动。"
        return
    yield f"已恢复备份 {result['restored']}。恢复之前的工作簿也备份了，想退回来用 undo 加编号 {result['run']}。"


def pending_lines(result: Mapping[str, Any]) -> Iterator[str]:
    """One line for each run whose results wait."""
    for run in result["pending"]:
        yield _run_line(run)
    if result["pending"]:
        yield "写进工作簿：xl-liushou pending 工作簿 --apply last；不要了：--drop last"
    else:
        yield "没有等待写入的结果。"


def applied_lines(result: Mapping[str, Any]) -> Iterator[str]:
    """What became of results that waited."""
    yield "等待的结果已经写进工作簿。" if result["edits"] else "这次等待的结果已经过时，没有写入。"


def dropped_lines(_result: Mapping[str, Any]) -> Iterator[str]:
    """What became of results that nobody wants."""
    yield "已放弃这次等待的结果，工作簿没有改动。"
