"""Text made comparable: blanks, full-width characters, name dots, invisible marks, formulas."""

# ruff: noqa: E501  (tables of examples; Chinese counts double)

from __future__ import annotations

import re
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xl_liushou.core.rawsheet import CellValue
from xl_liushou.schema.text import (
    BETWEEN,
    SUSPECT,
    as_text,
    folded,
    looks_like_formula,
    narrow,
    nothing_suspect,
    tidy_name,
    without_controls,
)

CHINESE = st.text(alphabet=st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), min_size=1, max_size=4)
BLANKS = st.text(alphabet=" \u00a0\u3000", max_size=3)


@given(CHINESE, CHINESE, BLANKS, BLANKS, BLANKS)
def test_blanks_in_and_around_a_chinese_name_go(first: str, last: str, a: str, b: str, c: str) -> None:
    assert tidy_name(f"{a}{first}{b}{last}{c}") == first + last


@given(CHINESE, CHINESE, BLANKS, BLANKS, st.sampled_from("•‧．・∙⋅·"))
def test_every_name_dot_becomes_the_one_dot(first: str, last: str, before: str, after: str, dot: str) -> None:
    assert tidy_name(f"{first}{before}{dot}{after}{last}") == f"{first}·{last}"


@given(st.text(max_size=12))
def test_tidying_a_name_twice_changes_nothing_the_second_time(text: str) -> None:
    assert tidy_name(tidy_name(text)) == tidy_name(text)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("张 明", "张明"), ("张　明", "张明"), (" 张明 ", "张明"), ("欧阳\n娜娜", "欧阳娜娜"), ("John  Smith", "John Smith"),
        ("古丽 Maria", "古丽Maria"), ("𠮷 田", "𠮷田"), ("阿依古丽 · 买买提", "阿依古丽·买买提"),
    ],
)  # fmt: skip
def test_a_name_is_read_as_a_person_would_read_it(written: str, name: str) -> None:
    assert tidy_name(written) == name


@given(st.text(alphabet="0123456789ABCXYZabcxyz", max_size=12))
def test_full_width_digits_and_letters_become_half_width(text: str) -> None:
    wide = "".join(chr(ord(character) + 0xFEE0) for character in text)
    assert narrow(wide) == text
    assert folded(f" {wide} ") == text


def test_chinese_punctuation_stays_full_width() -> None:
    assert narrow("（一）好，很好！：") == "（一）好，很好！："


@pytest.mark.parametrize(
    "mark", ["\u200b", "\ufeff", "\u200e", "\u202e", "\u2060", "\t", "\x00", "\x1f", "\x7f", "\x85"]
)
def test_invisible_marks_go(mark: str) -> None:
    assert without_controls(f"张{mark}明") == "张明"


@pytest.mark.parametrize("text", ["第一行\n第二行", "第一行\r\n第二行", "👨‍👩‍👧", "很 好"])
def test_line_breaks_blanks_and_joined_signs_stay(text: str) -> None:
    assert without_controls(text) == text


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-表现好", "@SUM(A1)", " =1", "\t=1", "\n-1", "\u200b=1", "＝1", "＠x", "－1", "--", "+8513"]
)
def test_what_a_spreadsheet_might_run_is_noticed(text: str) -> None:
    assert looks_like_formula(text)


@pytest.mark.parametrize(
    "text", ["", "-", " - ", "－", "3-1", "a=b", "+86 13900000001", "+8613900000001", "好 +1", "—"]
)
def test_what_is_harmless_is_not_called_a_formula(text: str) -> None:
    assert not looks_like_formula(text)


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("张明", "张明"), (12.0, "12"), (12, "12"), (12.5, "12.5"), (True, "TRUE"), (False, "FALSE"), (13900000001.0, "13900000001"),
        (date(2015, 3, 2), "2015-03-02"), (datetime(2015, 3, 2), "2015-03-02"), (datetime(2015, 3, 2, 8, 30), "2015-03-02T08:30:00"),
    ],
)  # fmt: skip
def test_a_cell_is_text_as_a_person_sees_it(cell: CellValue, text: str) -> None:
    assert as_text(cell) == text


ODD = st.text(alphabet="a张 =+-@＝＠０Ａｚ\u3000\u00a0\t\n\u200b\ufeff\x7f\u2066", max_size=4)


@given(st.lists(ODD | CHINESE, max_size=5))
def test_the_quick_look_at_a_column_says_what_the_pattern_says(texts: list[str]) -> None:
    assert nothing_suspect(texts) == (re.search(SUSPECT, BETWEEN.join(("", *texts, ""))) is None)
