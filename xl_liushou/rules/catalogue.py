"""All rules, and running them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from datetime import date
from typing import Final

from xl_liushou.core.finding import INFO, Finding, Problem
from xl_liushou.rules import (
    campaign_rules,
    cell_rules,
    contact_rules,
    guardian_rules,
    helper_rules,
    key_rules,
    pairing_rules,
    roster_rules,
    sheet_rules,
    study_rules,
    volunteer_rules,
)
from xl_liushou.rules.rule import Rule, worded
from xl_liushou.schema.school import School
from xl_liushou.schema.sheets import SHEETS

NEVER_IGNORED: Final = frozenset({"R308", "L506"})
"""A child living alone and an unreported emergency are told whatever the settings say."""

_OTHERS: tuple[Rule, ...] = (
    *sheet_rules.RULES,
    *cell_rules.RULES,
    *key_rules.RULES,
    *roster_rules.RULES,
    *guardian_rules.RULES,
    *helper_rules.RULES,
    *pairing_rules.RULES,
    *contact_rules.RULES,
    *study_rules.RULES,
    *campaign_rules.RULES,
    *volunteer_rules.RULES,
)


@worded(
    "I000", INFO, "各表", "表里还没有数据",
    why="没有数据的表，与它有关的检查都会先停下，免得满屏都是同一个原因。",
    bad="监护人表只有标题行。",
    good="监护人表已经登记。",
    mend="有内容时照常填写即可；暂时用不到的表不用管。",
)  # fmt: skip
def no_data_yet(problem: Problem) -> str:
    """I000: a sheet has no data yet (names what is not checked for it)."""
    resting = [rule.title for rule in _OTHERS if any(column.sheet == problem.sheet for column in rule.needs)]
    unchecked = f"，因此暂不检查：{'、'.join(resting)}" if resting else ""
    return f"“{problem.sheet}”表还没有数据{unchecked}"


RULES: Final[tuple[Rule, ...]] = tuple(sorted((no_data_yet, *_OTHERS), key=lambda rule: rule.code))

BY_CODE: Final = {rule.code: rule for rule in RULES}


def chosen(select: Collection[str], ignore: Collection[str]) -> Callable[[str], bool]:
    """Whether a code is wanted, by codes or family letters; what must never be ignored stays."""

    def named(code: str, names: Collection[str]) -> bool:
        return code in names or code[0] in names

    def wanted(code: str) -> bool:
        if select and not named(code, select):
            return False
        return code in NEVER_IGNORED or not named(code, ignore)

    return wanted


def check(school: School, today: date, select: Collection[str] = (), ignore: Collection[str] = ()) -> list[Finding]:
    """All findings of the chosen rules, in the order of the workbook."""
    wanted = chosen(select, ignore)
    rules = (rule for rule in RULES if wanted(rule.code) and not rule.rests(school))
    return sorted(_found(rules, school, today), key=_place)


def _found(rules: Iterator[Rule], school: School, today: date) -> Iterator[Finding]:
    for rule in rules:
        yield from rule.findings(school, today)


_ORDER = {schema.title: number for number, schema in enumerate(SHEETS)}


def _place(finding: Finding) -> tuple[int, str, int, str, str]:
    return (
        _ORDER.get(finding.sheet, len(_ORDER)),
        finding.sheet,
        finding.row or 0,
        finding.cell or "",
        finding.code,
    )
