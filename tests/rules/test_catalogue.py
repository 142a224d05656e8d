"""The catalogue as a whole: every rule of rules.md is there with its severity and its page, and none is untested."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from tests.rules import (
    test_campaign_rules,
    test_cell_rules,
    test_contact_rules,
    test_guardian_rules,
    test_helper_rules,
    test_key_rules,
    test_pairing_rules,
    test_roster_rules,
    test_sheet_rules,
    test_study_rules,
    test_volunteer_rules,
)
from tests.rules.cases import Case
from tests.support.rules_document import rules_document
from tests.support.sound_school import school_file
from tests.support.workbooks import TODAY, read
from xl_liushou.rules.catalogue import BY_CODE, NEVER_IGNORED, RULES, check
from xl_liushou.rules.rule import Rule
from xl_liushou.schema.sheets import SHEETS

ROOT = Path(__file__).parents[2]
CATALOGUE = """
    I000 info
    S001 error    S002 error    S003 info     S004 error    S005 warning  S006 info     S007 warning  S008 error
    S009 warning  S010 warning
    C101 error    C102 error    C103 error    C104 error    C105 warning  C106 error    C107 error    C108 error
    C109 error    C110 error    C112 error    C113 warning  C114 warning  C115 warning  C116 warning  C117 info
    K201 error    K202 error    K203 error    K204 warning  K205 warning  K206 info
    R301 error    R302 error    R303 warning  R304 warning  R305 error    R307 error    R308 error    R309 error
    R310 warning  R311 warning  R312 error    R313 warning  R314 warning  R315 warning
    P401 warning  P402 warning  P403 warning  P404 error    P405 error    P406 error    P407 warning  P408 warning
    P410 warning  P411 warning  P412 warning
    L501 warning  L502 warning  L503 error    L504 warning  L506 error    L507 warning  L508 warning
    T551 warning  T552 warning
    A601 error    A603 warning  A604 warning  A605 error    A606 warning  A607 warning
    V701 warning  V703 warning
"""
"""rules.md, first two columns; S010, cells far outside that were not read, is our own."""

CASES: list[Case] = [
    *test_sheet_rules.CASES, *test_cell_rules.CASES, *test_key_rules.CASES, *test_roster_rules.CASES,
    *test_guardian_rules.CASES, *test_helper_rules.CASES, *test_pairing_rules.CASES, *test_contact_rules.CASES,
    *test_study_rules.CASES, *test_campaign_rules.CASES, *test_volunteer_rules.CASES,
]  # fmt: skip


def test_the_codes_and_severities_are_those_of_the_specification() -> None:
    words = CATALOGUE.split()
    wanted = dict(zip(words[::2], words[1::2], strict=True))
    assert {rule.code: rule.severity for rule in RULES} == wanted


def test_no_code_is_given_twice() -> None:
    assert len(BY_CODE) == len(RULES)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_every_rule_has_a_case_that_triggers_it_and_a_near_miss(rule: Rule) -> None:
    shown = {case.triggers for case in CASES if case.code == rule.code}
    assert shown == {True, False}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_every_rule_has_a_full_page_in_chinese(rule: Rule) -> None:
    page = (rule.title, rule.why, rule.bad, rule.good, rule.mend)
    assert all(text.strip() == text != "" for text in page)
    assert all(re.search("[\u4e00-\u9fff]", text) for text in (rule.title, rule.why, rule.mend))
    assert rule.why.endswith("。")
    assert rule.mend.endswith("。")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_every_rule_names_a_sheet_of_the_workbook_or_a_group_of_columns(rule: Rule) -> None:
    groups = {"各表", "日期列", "选项列", "数字列", "电话列", "邮箱列", "文字列"}
    assert rule.sheet in groups | {schema.title for schema in SHEETS}


def test_the_paper_of_the_rules_is_current() -> None:
    assert (ROOT / "docs" / "规则目录.md").read_text(encoding="utf-8") == rules_document(), (
        "python -m tests.support.remake"
    )


SPOILED: dict[str, Any] = {
    "change": {
        ("花名册", 1, "性别"): "男生",
        ("花名册", 2, "同意书"): "待签",
        ("监护人", 6, "现照护人"): "否",
        ("联系记录", 1, "儿童编号"): "S009",
    },
}
ALL = ["C103", "K202", "R308", "R311"]


@pytest.mark.parametrize(
    ("select", "ignore", "codes"),
    [
        ((), (), ALL),
        (("C",), (), ["C103"]),
        (("C103", "K"), (), ["C103", "K202"]),
        ((), ("C103",), ["K202", "R308", "R311"]),
        ((), ("C", "K202"), ["R308", "R311"]),
        (("R",), ("R311",), ["R308"]),
        ((), ("R308", "R311"), ["C103", "K202", "R308"]),
        ((), ("R", "C", "K"), ["R308"]),
        (("S",), (), []),
    ],
)
def test_rules_are_selected_and_ignored_by_code_and_family(
    select: tuple[str, ...], ignore: tuple[str, ...], codes: list[str], tmp_path: Path
) -> None:
    school = read(school_file(tmp_path, **SPOILED))
    assert sorted(found.code for found in check(school, TODAY, select, ignore)) == codes


def test_a_child_living_alone_and_an_unreported_emergency_are_never_ignored() -> None:
    assert {"R308", "L506"} == NEVER_IGNORED


def test_findings_come_in_the_order_of_the_workbook(tmp_path: Path) -> None:
    found = check(read(school_file(tmp_path, **SPOILED)), TODAY)
    assert [(one.sheet, one.row) for one in found] == [
        ("花名册", 2), ("花名册", 3), ("花名册", 4), ("联系记录", 2),
    ]  # fmt: skip
