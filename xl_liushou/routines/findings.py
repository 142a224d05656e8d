"""How findings are told: as JSON, gathered where nearly every child has the same, and counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from xl_liushou.core.finding import WARNING, Finding

Told = Mapping[str, Any]
"""A finding as JSON has it."""


def as_json(finding: Finding) -> dict[str, Any]:
    """A finding for programs."""
    return {
        "code": finding.code,
        "severity": finding.severity,
        "sheet": finding.sheet,
        "cell": finding.cell,
        "row": finding.row,
        "column": finding.column,
        "message": finding.message,
        "fixable": finding.fixable,
    }


def gathered(findings: Sequence[Told], children: int) -> Iterator[tuple[Told, int]]:
    """Each finding with 1; a warning that more than half of the `children` share comes once, with its count."""
    counts = Counter((one["sheet"], one["code"]) for one in findings)
    told: set[tuple[str, str]] = set()
    for one in findings:
        kind = one["sheet"], one["code"]
        if one["severity"] != WARNING or counts[kind] <= max(children / 2, 1):
            yield one, 1
        elif kind not in told:
            told.add(kind)
            yield one, counts[kind]


def totals(summary: Mapping[str, Any]) -> str:
    """How many there are of each severity."""
    return f"{summary['errors']} 处错误，{summary['warnings']} 处提醒，{summary['infos']} 处说明"


def left_out(summary: Mapping[str, Any]) -> str:
    """The rules that the settings or the command left out, as a sentence; "" for none."""
    return f"按设置没有检查的规则：{'、'.join(summary['ignored'])}。" if summary["ignored"] else ""
