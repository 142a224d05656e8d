"""校验: all findings of the workbook."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from xl_liushou.core.errors import UsageProblem
from xl_liushou.core.finding import ERROR, INFO, LABELS, WARNING, Finding
from xl_liushou.core.plan import Plan
from xl_liushou.routines import fix
from xl_liushou.routines.findings import Told, as_json, gathered, left_out, totals
from xl_liushou.routines.inputs import Inputs, require_children
from xl_liushou.rules.catalogue import BY_CODE, NEVER_IGNORED, check
from xl_liushou.schema.sheets import Children

_SEPARATORS = re.compile(r"[、,，;；\s]+")


def plan(inputs: Inputs) -> Plan:
    """The findings as a report, and as the rows of 校验结果 if asked for."""
    require_children(inputs.school)
    found = findings(inputs)
    selected, ignored = _chosen(inputs)
    told = [as_json(one) | _by_formula(inputs, one) for one in found]
    summary = _summary(found, ignored, len(inputs.school[Children]))
    report = {"findings": told, "changes": [], "summary": summary}
    notes = _unknown_codes(inputs)
    if not inputs.into_book:
        return Plan(report=report, notes=notes)
    from xl_liushou.routines.check_sheet import check_edits

    return Plan(edits=check_edits(inputs, told, summary, sorted(selected)), report=report, notes=notes)


def _unknown_codes(inputs: Inputs) -> list[str]:
    """A note on what 忽略规则 names and no rule has."""
    written = inputs.school.settings["忽略规则"]
    wrong = sorted(_parts((written,)) - _families() - BY_CODE.keys())
    if not wrong:
        return []
    return [f"“设置”表的“忽略规则”里没有“{'、'.join(wrong)}”这样的规则，没有理会；请改成规则代码，例如 L502。"]


def findings(inputs: Inputs) -> list[Finding]:
    """What the chosen rules find."""
    return check(inputs.school, inputs.today, *_chosen(inputs))


def _by_formula(inputs: Inputs, finding: Finding) -> dict[str, bool]:
    """A cell that holds a formula cannot be mended, as a run of --fix has seen."""
    place = inputs.school.sheet_name(finding.sheet), finding.cell
    return {"fixable": False} if place in inputs.formulas else {}


def _chosen(inputs: Inputs) -> tuple[set[str], set[str]]:
    """The codes and families that are asked for, and those to ignore, by words or by the setting of the school."""
    saved = codes((inputs.school.settings["忽略规则"],), strict=False)
    return codes(inputs.select), {*codes(inputs.ignore), *saved}


def codes(words: Iterable[str], strict: bool = True) -> set[str]:
    """Rule codes and family letters out of words such as "C101,R"; an unknown one is a usage problem."""
    parts = _parts(words)
    wrong = sorted(parts - _families() - BY_CODE.keys())
    if wrong and strict:
        raise UsageProblem(f"没有“{wrong[0]}”这条规则。用 rules 命令可以看到全部规则的代码。")
    return parts - set(wrong)


def _parts(words: Iterable[str]) -> set[str]:
    return {part.upper() for word in words for part in _SEPARATORS.split(word) if part}


def _families() -> set[str]:
    return {code[0] for code in BY_CODE}


def _summary(found: Sequence[Finding], ignored: set[str], children: int) -> dict[str, Any]:
    severities = Counter(one.severity for one in found)
    return {
        "errors": severities[ERROR],
        "warnings": severities[WARNING],
        "infos": severities[INFO],
        "by_code": dict(sorted(Counter(one.code for one in found).items())),
        "ignored": sorted(ignored - NEVER_IGNORED),
        "children": children,
    }


def headline(_inputs: Inputs, result: Mapping[str, Any]) -> str:
    """The outcome in one line."""
    return totals(result["summary"])


def lines(result: Mapping[str, Any]) -> Iterator[str]:
    """The report for people, by sheet; a warning that more than half the roster shares is one line with a count."""
    summary = result["summary"]
    for sheet, group in groupby(gathered(result["findings"], summary["children"]), key=lambda one: one[0]["sheet"]):
        yield f"【{sheet}】"
        yield from (_line(finding, count) for finding, count in group)
    yield from fix.lines(result["changes"])
    yield f"共 {totals(summary)}。"
    if told := left_out(summary):
        yield told
    if result.get("files"):
        yield f"能打印、能点回去的表，一位班主任一页：{result['files'][0]}"
    if summary["errors"]:
        yield "请先改正“错误”，再打印或发送文书。想知道某条规则的道理，用 rules 加代码，例如 rules C101。"


def _line(finding: Told, count: int) -> str:
    place = finding["cell"] or "整张表"
    where = place if count == 1 else f"共 {count} 处，例如 {place}"
    return f"  {LABELS[finding['severity']]} {finding['code']} {where}：{finding['message']}"
