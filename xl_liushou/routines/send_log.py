"""What was written and withheld, as lines of 发送记录."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from xl_liushou.core.edits import Edit, Value
from xl_liushou.core.table import Record
from xl_liushou.documents.people import guardian_key
from xl_liushou.documents.wording import distinct
from xl_liushou.routines.inputs import Inputs
from xl_liushou.routines.write import paper_named
from xl_liushou.schema.results import WITHHELD, WRITTEN, SendLog
from xl_liushou.schema.school import School
from xl_liushou.schema.sheets import Children, Guardians

_ON_PAPER: Final = "纸质"
_RELEASED: Final = "经人核对后放行（--release）"
_FOR_LEADERS: Final = "含保密内容，给指定领导（--leaders）"
_NAMED_MOST: Final = 6
"""Children of a paper that are named one by one; no family is larger."""


def log_edits(inputs: Inputs, result: Mapping[str, Any], run: str, now: datetime) -> list[Edit]:
    """A line for every paper, written or withheld; `result` is what `write` ended with, `run` the run's id."""
    rows = [*_written(inputs, result["files"]), *_withheld(inputs, result["blocked"])]
    stamp: dict[str, Value] = {
        "time": now.replace(tzinfo=None, microsecond=0),
        "run": run,
        "document": paper_named(inputs.document).title,
    }
    return SendLog.appended([SendLog.row(**stamp, **row) for row in rows]) if rows else []


def _written(inputs: Inputs, files: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Value]]:
    for paper, path in ((paper, file["path"]) for file in files for paper in file.get("papers", (file,))):
        children = paper["children"]
        released = bool(set(children) & set(inputs.release))
        marks = (_RELEASED if released else "", _FOR_LEADERS if inputs.leaders else "")
        yield {
            **_about(inputs.school, children),
            "recipient": recipients_named(inputs.school, children, paper["recipients"]),
            "way": _ON_PAPER,
            "state": WRITTEN,
            "file": _place(path),
            "note": "；".join(mark for mark in marks if mark),
        }


def _withheld(inputs: Inputs, blocked: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Value]]:
    for one in blocked:
        about = _about(inputs.school, [one["child"]] if one["child"] else [])
        yield {**about, "state": f"{WITHHELD} {one['code']}", "note": one["message"]}


def _about(school: School, child_ids: Sequence[str]) -> dict[str, Value]:
    """The class, the 儿童编号 and the names of a paper's children; of many only how many they are."""
    children = [child for one in child_ids if (child := school.child_of.get(one))]
    classes = distinct(map(school.class_name, children))
    if len(child_ids) > _NAMED_MOST:
        return {"class_name": classes[0] if len(classes) == 1 else None, "name": f"{len(child_ids)} 名孩子"}
    names = distinct(child[Children.name] for child in children)
    return {"class_name": "、".join(classes), "child_id": "、".join(child_ids), "name": "、".join(names)}


def recipients_named(school: School, child_ids: Sequence[str], keys: Sequence[str]) -> str:
    """父亲 张强 for each guardian that a paper is addressed to."""
    guardians: list[Record] = [one for child in child_ids for one in school.guardians_by_child.get(child, ())]
    by_key = {guardian_key(one): one for one in reversed(guardians)}
    known = [by_key[key] for key in keys if key in by_key]
    return "、".join(f"{one[Guardians.relation]} {one[Guardians.name]}".strip() for one in known)


def _place(path: str) -> str:
    """The folder of the run and the name of the file in it, whatever the system's way to write paths."""
    return "/".join(path.replace("\\", "/").split("/")[-2:])
