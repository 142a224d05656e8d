"""校验: all findings of the workbook."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any, Final

from xl_liushou.core.errors import UsageProblem
from xl_liushou.core.finding import ERROR, INFO, WARNING, Finding
from xl_liushou.core.plan import Plan
from xl_liushou.routines.inputs import Inputs, require_children
from xl_liushou.rules.catalogue import BY_CODE, NEVER_IGNORED, check
from xl_liushou.schema.sheets import Children

_LABELS: Final = {ERROR: "错误", WARNING: "提醒", INFO: "说明"}
_SEPARATORS = re.compile(r"[、,，;；\s]+")


def plan(inputs: Inputs) -> Plan:
    """The findings as a report; nothing is written."""
    require_children(inputs.school)
    saved = codes((inputs.school.settings["忽略规则"],), strict=False)
    ignored = {*codes(inputs.ignore), *saved}
    found = check(inputs.school, inputs.today, codes(inputs.select), ignored)
    summary = _summary(found, ignored, len(inputs.school[Children]))
    return Plan(report={"findings": [_as_json(one) for one in found], "changes": [], "summary": summary})


def codes(words: Iterable[str], strict: bool = True) -> set[str]:
    """Rule codes and family letters out of words such as "C101,R"; an unknown one is a usage problem."""
    parts = {part.upper() for word in words for part in _SEPARATORS.split(word) if part}
    families = {code[0] for code in BY_CODE}
    wrong = sorted(parts - families - BY_CODE.keys())
    if wrong and strict:
        raise UsageProblem(f"没有“{wrong[0]}”这条规则。用 rules 命令可以看到全部规则的代码。")
    return parts - set(wrong)


def _as_json(finding: Finding) -> dict[str, Any]:
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


def _summary(found: list[Finding], ignored: set[str], children: int) -> dict[str, Any]:
    severities = Counter(one.severity for one in found)
    return {
        "errors": severities[ERROR],
        "warnings": severities[WARNING],
        "infos": severities[INFO],
        "by_code": dict(sorted(Counter(one.code for one in found).items())),
        "ignored": sorted(ignored - NEVER_IGNORED),
        "children": children,
    }


def lines(result: Mapping[str, Any]) -> Iterator[str]:
    """The report for people, by sheet; a warning that more than half the roster shares is one line with a count."""
    summary = result["summary"]
    for sheet, group in groupby(result["findings"], key=lambda one: one["sheet"]):
        yield f"【{sheet}】"
        yield from _sheet_lines(list(group), summary["children"] / 2)
    yield f"共 {summary['errors']} 处错误，{summary['warnings']} 处提醒，{summary['infos']} 处说明。"
    if summary["ignored"]:
        yield f"按设置没有检查的规则：{'、'.join(summary['ignored'])}。"
    if summary["errors"]:
        yield "请先改正“错误”，再打印或发送文书。想知道某条规则的道理，用 rules 加代码，例如 rules C101。"


def _sheet_lines(findings: list[Mapping[str, Any]], most: float) -> Iterator[str]:
    counts = Counter(one["code"] for one in findings)
    told: set[str] = set()
    for one in findings:
        code, label = one["code"], _LABELS[one["severity"]]
        place = one["cell"] or "整张表"
        if one["severity"] != WARNING or counts[code] <= max(most, 1):
            yield f"  {label} {code} {place}：{one['message']}"
        elif code not in told:
            told.add(code)
            yield f"  {label} {code} 共 {counts[code]} 处，例如 {place}：{one['message']}"
