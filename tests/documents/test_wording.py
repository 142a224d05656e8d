"""Small words of official papers."""

from __future__ import annotations

from datetime import date

import pytest

from xl_liushou.documents.wording import (
    amount,
    chinese_number,
    day_of_year,
    numbered,
    paragraphs,
    percent,
    sentence,
    span,
)
from xl_liushou.schema.numbers import class_order

A, B, C = date(2026, 9, 1), date(2026, 10, 2), date(2027, 1, 3)


@pytest.mark.parametrize(
    ("number", "chinese"),
    [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (40, "四十"), (99, "九十九"), (100, "100")],
)
def test_chinese_numbers(number: int, chinese: str) -> None:
    assert chinese_number(number) == chinese


def test_numbers_skip_what_says_nothing() -> None:
    assert numbered([("甲", []), ("乙", True), ("丙", ""), ("丁", "x")]) == {"甲": "", "乙": "一", "丙": "", "丁": "二"}


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        (A, B, "2026年9月1日至10月2日"),
        (A, C, "2026年9月1日至2027年1月3日"),
        (A, A, "2026年9月1日"),
        (A, None, "2026年9月1日"),
        (None, B, "2026年10月2日"),
        (None, None, ""),
    ],
)
def test_spans_of_days(first: date | None, last: date | None, text: str) -> None:
    assert span(first, last) == text


def test_days_of_this_year_go_without_it() -> None:
    assert [day_of_year(day, A) for day in (B, C, None)] == ["10月2日", "2027年1月3日", "—"]


@pytest.mark.parametrize(
    ("part", "whole", "text"),
    [(0, 3, "0%"), (1, 3, "33.3%"), (3, 3, "100%"), (9999, 10000, "99.9%"), (5, 4, "125%"), (1, 0, "—")],
)
def test_rates(part: float, whole: float, text: str) -> None:
    assert percent(part, whole) == text


def test_amounts_and_texts() -> None:
    assert [amount(number) for number in (3000, 12.5, 0, None)] == ["3000", "12.5", "0", "—"]
    assert [sentence(text) for text in ("写信", "写信。", "写信，", "“好！”", "")] == [
        "写信。",
        "写信。",
        "写信。",
        "“好！”",
        "",
    ]
    assert paragraphs(" 一\n\n 二 \r\n") == ["一", "二"]


def test_classes_by_grade_and_number() -> None:
    names = ["五年级10班", "五年级2班", "二年级1班", "三年级1班", "苗苗班"]
    assert sorted(names, key=class_order) == ["二年级1班", "三年级1班", "五年级2班", "五年级10班", "苗苗班"]
