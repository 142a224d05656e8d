"""The rule catalogue, or one rule's page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from xl_liushou.core.errors import UsageProblem
from xl_liushou.core.finding import LABELS
from xl_liushou.core.plan import Plan
from xl_liushou.rules.catalogue import BY_CODE, RULES
from xl_liushou.rules.rule import Rule


def plan(code: str | None = None) -> Plan:
    """All rules, or the one with this code."""
    if code is None:
        return Plan(report={"rules": [_as_json(rule) for rule in RULES]})
    found = BY_CODE.get(code.upper())
    if found is None:
        raise UsageProblem(f"没有“{code}”这条规则。用 rules 命令可以看到全部规则的代码。")
    return Plan(report={"rules": [_as_json(found)]})


def _as_json(rule: Rule) -> dict[str, Any]:
    return {
        "code": rule.code,
        "severity": rule.severity,
        "sheet": rule.sheet,
        "title": rule.title,
        "why": rule.why,
        "bad": rule.bad,
        "good": rule.good,
        "mend": rule.mend,
    }


def lines(result: Mapping[str, Any]) -> Iterator[str]:
    """A line a rule, or the whole page of a single one."""
    rules = result["rules"]
    if len(rules) == 1:
        yield from page(rules[0])
        return
    for rule in rules:
        yield f"{rule['code']}  {LABELS[rule['severity']]}  {rule['sheet']}：{rule['title']}"
    yield "想看某条规则的道理和改法，请在 rules 后面加上代码，例如 rules C101。"


def page(rule: Mapping[str, Any]) -> Iterator[str]:
    """One rule for people."""
    yield f"{rule['code']}（{LABELS[rule['severity']]}）{rule['sheet']}：{rule['title']}"
    yield f"为什么：{rule['why']}"
    yield f"不好的例子：{rule['bad']}"
    yield f"好的例子：{rule['good']}"
    yield f"怎么改：{rule['mend']}"
