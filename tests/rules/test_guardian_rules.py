"""Family R, who looks after a child and how the school reaches them, on real files."""

# ruff: noqa: E501  (one line a case or a row; Chinese counts double)

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from tests.rules.cases import Case, each
from tests.support.sound_school import CLOSED, newcomer
from tests.support.workbooks import TODAY


def guardian(number: int, **cells: Any) -> dict[tuple[str, int, str], Any]:
    """Changed cells of one guardian."""
    return {("监护人", number, title): value for title, value in cells.items()}


def no_phones(*numbers: int) -> dict[tuple[str, int, str], Any]:
    """These guardians without a phone, written to on paper."""
    return {place: value for number in numbers for place, value in guardian(number, 手机=None, 收信方式="纸质").items()}


CASES = [
    Case("R308", "nobody cares for the child", "R308 花名册!A2 儿童编号", change=guardian(2, 现照护人="否")),
    Case("R308", "a child without guardians is this finding only", "R308 花名册!A4 儿童编号",
         remove=[("监护人", 5), ("监护人", 6)], change={("联系记录", 3, "类型"): "谈心", ("联系记录", 3, "对象"): None}),
    Case("R308", "a paused case counts", "R308 花名册!A4 儿童编号", change=guardian(6, 现照护人="否") | {
        ("花名册", 3, "个案状态"): "暂停", ("花名册", 3, "暂停至日"): date(2026, 12, 31),
    }),
    Case("R308", "a status nobody knows counts as one in hand", "C103 花名册!W4 个案状态", "R308 花名册!A4 儿童编号",
         change=guardian(6, 现照护人="否") | {("花名册", 3, "个案状态"): "毕业"}),
    Case("R308", "a closed case", change=guardian(6, 现照护人="否") | CLOSED),
    Case("R308", "whether the mother cares cannot be read", "C103 监护人!P7 现照护人", change=guardian(6, 现照护人="有时")),
    Case("R309", "two carers", "R309 监护人!B6 儿童编号", change=guardian(5, 现照护人="是")),
    Case("R309", "two carers: of the wrong one no mandate is asked", "R309 监护人!B2 儿童编号",
         change=guardian(1, 现照护人="是")),
    Case("R309", "no first contact", "R309 监护人!B2 儿童编号", change=guardian(1, 首选联系人="否")),
    Case("R309", "two first contacts", "R309 监护人!B4 儿童编号", change=guardian(4, 首选联系人="是")),
    Case("R309", "two carers and no first contact is one finding", "R309 监护人!B6 儿童编号",
         change=guardian(5, 现照护人="是", 首选联系人="否")),
    Case("R309", "a child that stands twice is asked about once", "K201 花名册!A5 儿童编号", "R309 监护人!B6 儿童编号",
         change=guardian(5, 首选联系人="否"), add=newcomer(儿童编号="S003")[:1]),
    Case("R309", "one person is both", change=guardian(5, 首选联系人="否") | guardian(6, 首选联系人="是")),
    Case("R309", "the first contact is blank", "C101 监护人!Q2 首选联系人", change=guardian(1, 首选联系人=None)),
    Case("R310", "no mandate", "R310 监护人!S3 委托书", change=guardian(2, 委托书="无")),
    Case("R310", "nobody said", "R310 监护人!S3 委托书", change=guardian(2, 委托书=None)),
    Case("R310", "the mother is away too", "R310 监护人!S7 委托书",
         change=guardian(6, 是否外出="是") | {("花名册", 3, "留守类型"): "双方外出"}),
    Case("R310", "it ended yesterday", "R310 监护人!S3 委托书", change=guardian(2, 委托书到期日=date(2026, 11, 22))),
    Case("R310", "it ends today", change=guardian(2, 委托书到期日=TODAY)),
    Case("R310", "none is needed", change=guardian(2, 委托书="不需", 委托书到期日=date(2026, 1, 1))),
    Case("R310", "one parent is at home", change=guardian(6, 委托书="无")),
    Case("R312", "no phone in the family: told once, though it has two children", "R312 监护人!B2 儿童编号",
         change=no_phones(1, 2, 3, 4)),
    Case("R312", "no phone for an only child", "R312 监护人!B6 儿童编号", change=no_phones(5, 6)),
    Case("R312", "the brother's row has one", change=no_phones(1, 2, 3)),
    Case("R312", "a landline will do", change=no_phones(5, 6) | guardian(6, 固定电话="0999-6221234")),
    Case("R312", "a closed case", change=no_phones(5, 6) | CLOSED),
    Case("R312", "the phone is an error value", "S008 监护人!E6 手机", edit=lambda book: _spoil(book, "E6"),
         change=no_phones(6)),
    Case("R315", "e-mail without an address", "R315 监护人!U2 收信方式", change=guardian(1, 邮箱=None)),
    Case("R315", "WeChat without a mobile", "R315 监护人!U7 收信方式", change=guardian(6, 手机=None)),
    Case("R315", "a landline receives no text message", "R315 监护人!U7 收信方式",
         change=guardian(6, 手机=None, 固定电话="0999-6221234", 收信方式="短信")),
    Case("R315", "paper needs nothing", change=guardian(1, 收信方式="纸质", 邮箱=None)),
    Case("R315", "a closed case", change=guardian(6, 手机=None) | CLOSED),
]  # fmt: skip


def _spoil(book: Any, cell: str) -> None:
    book["监护人"][cell].value = "#VALUE!"
    book["监护人"][cell].data_type = "e"


@each(CASES)
def test_exactly_these_findings_follow(case: Case, tmp_path: Path) -> None:
    assert case.told(tmp_path) == case.finds
