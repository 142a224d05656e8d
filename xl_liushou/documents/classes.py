"""Lists of children by class: who stands on one paper together, and in what order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from xl_liushou.core.plan import Blocked
from xl_liushou.core.table import Record
from xl_liushou.documents.childfile import ChildFiles
from xl_liushou.documents.letters import missing_value
from xl_liushou.schema.numbers import class_order
from xl_liushou.schema.school import School
from xl_liushou.schema.sheets import Children

WHOLE_SCHOOL: Final = "全校"


def lists_of_children(school: School, children: Sequence[Record], by_class: bool) -> Mapping[str, list[Record]]:
    """The children for each class, or all under 全校; by grade and class, within a class as the roster has them."""
    lists: dict[str, list[Record]] = {}
    for child in sorted(children, key=lambda child: class_order(school.class_name(child))):
        lists.setdefault(school.class_name(child) if by_class else WHOLE_SCHOOL, []).append(child)
    return lists


def is_everybody(school: School, children: Sequence[Record]) -> bool:
    """Whether no child 在管 was left out of a choice."""
    roster = school[Children]
    active = {name for name, status in zip(roster.child_id, roster.case_status, strict=True) if status == "在管"}
    return active <= {child[Children.child_id] for child in children}


def well_known(files: ChildFiles, children: Sequence[Record]) -> list[Record]:
    """The children that can stand on a list: numbered, named, and in a class."""
    return [child for child in children if missing_value(files, child) is None]


def left_out(files: ChildFiles, children: Sequence[Record]) -> Iterator[Blocked]:
    """The others, each with what is missing (D805)."""
    return (found for child in children if (found := missing_value(files, child)))
