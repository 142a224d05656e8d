"""一键修正: the findings that can be mended without guessing, as changes of single cells."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, Final

from xl_liushou.core.edits import Edit, SetCells, Value
from xl_liushou.core.finding import Finding
from xl_liushou.core.plan import Plan
from xl_liushou.routines.inputs import plain
from xl_liushou.schema.school import School

_NAMED_MOST: Final = 10
_MARKS: Final = {"\n": "⏎", "\r": "", "\t": "⇥"}
"""How characters that nobody can see are shown; others by their number."""

Place = tuple[str, str]
"""The name of a sheet in the workbook, and a cell."""


def plan(school: School, findings: Iterable[Finding], formulas: Collection[Place]) -> Plan:
    """The new values of the cells that a finding would mend, and each change as old → new.

    `formulas` are the cells that hold a formula: they are left alone, for their values come from elsewhere.
    """
    cells: dict[str, dict[str, Value]] = {}
    changes: list[dict[str, Any]] = []
    left: set[Place] = set()
    for one in findings:
        sheet = school.sheet_name(one.sheet)
        if not one.fixable or one.cell is None or one.cell in cells.get(sheet, ()):
            continue
        if (sheet, one.cell) in formulas:
            left.add((sheet, one.cell))
            continue
        cells.setdefault(sheet, {})[one.cell] = one.replacement
        new = plain(one.replacement)
        changes.append({"code": one.code, "sheet": one.sheet, "cell": one.cell, "old": one.old, "new": new})
    edits: list[Edit] = [SetCells(sheet, found) for sheet, found in cells.items()]
    places = "、".join(f"{sheet}!{cell}" for sheet, cell in sorted(left)[:_NAMED_MOST])
    notes = (f"有 {len(left)} 处是公式算出来的，程序不改公式，请自己改：{places}",) if left else ()
    return Plan(edits=edits, notes=notes, report={"changes": changes})


def places(school: School, findings: Iterable[Finding]) -> dict[str, list[str]]:
    """The cells that could be mended, by the sheet's name in the workbook."""
    found: dict[str, list[str]] = {}
    for one in findings:
        if one.fixable and one.cell:
            found.setdefault(school.sheet_name(one.sheet), []).append(one.cell)
    return found


def lines(changes: Collection[Mapping[str, Any]]) -> Iterator[str]:
    """Every change for people."""
    for one in changes:
        yield f"  {one['sheet']}!{one['cell']}：{_shown(one['old'])} → {_shown(one['new'])}（{one['code']}）"
    if changes:
        yield f"已修正 {len(changes)} 处。"


def _shown(value: Any) -> str:
    text = "".join(one if one.isprintable() else _MARKS.get(one, f"<U+{ord(one):04X}>") for one in str(value))
    return f"“{text}”" if text else "（空白）"
