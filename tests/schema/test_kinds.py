"""The kinds of column: one cell in, a value and remarks out (code, what --fix would write)."""

# ruff: noqa: E501  (tables of examples; Chinese counts double)

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.sound_school import MING_ID
from xl_liushou.core.rawsheet import CellValue
from xl_liushou.core.table import Column
from xl_liushou.schema import lists
from xl_liushou.schema.kinds import Choice, Date, Number, Several
from xl_liushou.schema.sheets import SHEETS
from xl_liushou.schema.text_kinds import (
    ClassName,
    Email,
    FamilyId,
    IdNumber,
    LongText,
    Name,
    Phone,
    StudentNumber,
    Text,
)

LISTS = lists.merged({})
Remarks = Sequence[tuple[str, Any]]


def parsed(column: Column[Any], cell: CellValue) -> tuple[Any, Remarks]:
    """What a column makes of a cell: the value, and (code, replacement) of each remark."""
    value, notes = column.parser(LISTS, False)(cell)
    return value, [(code, replacement) for code, replacement, _ in notes]


EXAMPLES: list[tuple[Column[Any], CellValue, Any, Remarks]] = [
    (Text("备注"), "很好", "很好", []),
    (Text("备注"), " 很好 ", "很好", [("C115", "很好")]),
    (Text("编号"), "Ｓ００１", "S001", [("C115", "S001")]),
    (Text("编号"), 7.0, "7", []),
    (Text("编号"), "007", "007", []),
    (Text("备注"), "很\u200b好", "很好", [("C116", "很好")]),
    (Text("备注"), " 很\u200b好", "很好", [("C116", "很好"), ("C115", "很好")]),
    (Text("备注"), "=很好 ", "=很好", [("C113", None)]),
    (Text("备注"), "-", "-", []),
    (Text("备注"), date(2026, 9, 1), "2026-09-01", []),
    (LongText("评语"), "第一行\n第二行", "第一行\n第二行", []),
    (LongText("评语"), "上课 认真", "上课 认真", []),
    (Name("姓名"), "张 明", "张明", [("C115", "张明")]),
    (Name("姓名"), "买买提•吐尔逊", "买买提·吐尔逊", [("C115", "买买提·吐尔逊")]),
    (Name("姓名"), "买买提·吐尔逊", "买买提·吐尔逊", []),
    (Phone("手机"), "13900000001", "13900000001", []),
    (Phone("手机"), 13900000001.0, "13900000001", [("C115", "13900000001")]),
    (Phone("手机"), "139 0000 0001", "13900000001", [("C115", "13900000001")]),
    (Phone("手机"), "+8613900000001", "13900000001", [("C115", "13900000001")]),
    (Phone("手机"), "１３９０００００００１", "13900000001", [("C115", "13900000001")]),
    (Phone("手机"), "13900000001\u200b", "13900000001", [("C116", "13900000001")]),
    (Phone("手机"), "1390000000", "1390000000", [("C106", None)]),
    (Phone("手机"), 1390000000.0, "1390000000", [("C106", None)]),
    (Phone("手机"), "=13900000001", "=13900000001", [("C113", None)]),
    (Phone("手机"), "-", "-", [("C106", None)]),
    (IdNumber("身份证号"), MING_ID, MING_ID, []),
    (IdNumber("身份证号"), f" {MING_ID[:6]} {MING_ID[6:]}", MING_ID, [("C115", MING_ID)]),
    (IdNumber("身份证号"), MING_ID[:17], MING_ID[:17], [("C107", None)]),
    (IdNumber("身份证号"), MING_ID[:17] + "x", MING_ID[:17] + "X", [("C115", MING_ID[:17] + "X"), ("C108", None)]),
    (IdNumber("身份证号"), 9.9000120180506e17, "", [("C109", None)]),
    (IdNumber("身份证号"), 990001180506001.0, "990001180506001", [("C107", None)]),
    (StudentNumber("学籍号"), f"G{MING_ID}", f"G{MING_ID}", []),
    (StudentNumber("学籍号"), f"l{MING_ID}", f"L{MING_ID}", [("C115", f"L{MING_ID}")]),
    (StudentNumber("学籍号"), f"X{MING_ID}", f"X{MING_ID}", [("C114", None)]),
    (Email("邮箱"), "a@example.com", "a@example.com", []),
    (Email("邮箱"), " a@example.com", "a@example.com", [("C115", "a@example.com")]),
    (Email("邮箱"), "a@example.com、b@example.com", "a@example.com、b@example.com", [("C110", None)]),
    (Email("邮箱"), "爸爸@example.com", "爸爸@example.com", [("C110", None)]),
    (Email("邮箱"), "a b@example.com", "a b@example.com", [("C110", None)]),
    (Email("邮箱"), "a@example", "a@example", [("C110", None)]),
    (Email("邮箱"), "张明<a@example.com>", "张明<a@example.com>", [("C110", None)]),
    (ClassName("班级"), "(1)班", "1班", []),
    (ClassName("班级"), "一班", "1班", []),
    (ClassName("班级"), 1.0, "1班", []),
    (ClassName("班级"), "１班", "1班", [("C115", "1班")]),
    (ClassName("班级"), "三（1）班", "三年级1班", []),
    (ClassName("班级"), "向阳班", "向阳班", []),
    (Date("日期"), date(2015, 3, 2), date(2015, 3, 2), []),
    (Date("日期"), "2015年3月2日", date(2015, 3, 2), [("C105", date(2015, 3, 2))]),
    (Date("日期"), 20150302.0, date(2015, 3, 2), [("C105", date(2015, 3, 2))]),
    (Date("日期"), "2015.13.2", None, [("C102", None)]),
    (Date("日期"), True, None, [("C102", None)]),
    (Number("数"), 7.0, 7, []),
    (Number("数"), "７", 7, []),
    (FamilyId("家庭编号"), "F012", "F012", []),
    (FamilyId("家庭编号"), "无", "", [("C115", "")]),
    (FamilyId("家庭编号"), "—", "", [("C115", "")]),
    (FamilyId("家庭编号"), 0.0, "", [("C115", "")]),
    (FamilyId("家庭编号"), "10", "10", []),
    (Number("数"), " 7 ", 7, []),
    (Number("数"), 7.5, None, [("C104", None)]),
    (Number("数", whole=False), 7.5, 7.5, []),
    (Number("数", whole=False), "7.5", 7.5, []),
    (Number("数", least=1), 0.0, None, [("C104", None)]),
    (Number("数", most=366), 367.0, None, [("C104", None)]),
    (Number("数"), "七", None, [("C104", None)]),
    (Number("数"), "1_000", None, [("C104", None)]),
    (Number("数"), "nan", None, [("C104", None)]),
    (Number("数"), "inf", None, [("C104", None)]),
    (Number("数"), True, None, [("C104", None)]),
    (Number("数"), date(2026, 9, 1), None, [("C104", None)]),
    (Choice("是否"), "是", "是", []),
    (Choice("是否"), " 是", "是", [("C115", "是")]),
    (Choice("是否"), "是\u200b", "是", [("C116", "是")]),
    (Choice("是否"), "√", "", [("C103", None)]),
    (Choice("是否"), True, "", [("C103", None)]),
    (Choice("是否"), 1.0, "", [("C103", None)]),
    (Choice("民族", "民族"), "汉", "", [("C103", None)]),
    (Several("困境类别", "困境类别"), "孤儿", ("孤儿",), []),
    (Several("困境类别", "困境类别"), "孤儿、重病", ("孤儿", "重病"), []),
    (Several("困境类别", "困境类别"), "孤儿，重病 重残\n其他", ("孤儿", "重病", "重残", "其他"), [("C115", "孤儿、重病、重残、其他")]),
    (Several("困境类别", "困境类别"), "孤儿、", ("孤儿",), [("C115", "孤儿")]),
    (Several("困境类别", "困境类别"), "孤儿、穷", ("孤儿",), [("C103", None)]),
    (Several("照片中儿童"), "S001;S002", ("S001", "S002"), [("C115", "S001、S002")]),
    (Several("照片中儿童"), 2026001.0, ("2026001",), []),
    (Several("照片中儿童"), "=S001", (), [("C113", None)]),
    (Several("照片中儿童"), ",=S001", (), [("C113", None)]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("column", "cell", "value", "remarks"), EXAMPLES, ids=[f"{type(one[0]).__name__} {one[1]!r}" for one in EXAMPLES]
)
def test_a_cell_is_read_as_a_person_would_read_it(
    column: Column[Any], cell: CellValue, value: Any, remarks: Remarks
) -> None:
    assert parsed(column, cell) == (value, remarks)


KINDS: dict[str, Column[Any]] = {
    "Text": Text("备注"), "LongText": LongText("评语"), "Name": Name("姓名"), "Phone": Phone("手机"), "IdNumber": IdNumber("身份证号"),
    "StudentNumber": StudentNumber("学籍号"), "Email": Email("邮箱"), "ClassName": ClassName("班级"), "Date": Date("日期"),
    "Number": Number("数"), "Choice": Choice("是否"), "Several": Several("困境类别", "困境类别"), "free Several": Several("照片"),
}  # fmt: skip
CELLS = st.one_of(
    st.text(max_size=20),
    st.text(alphabet="0123456789xX+-= 　（）年月日.·•、，Ｇ是否孤儿重病班一三\u200b\t\n", max_size=20),
    st.floats(-1e20, 1e20),
    st.booleans(),
    st.dates(),
)


@pytest.mark.parametrize("name", KINDS)
@given(cell=CELLS)
def test_no_cell_breaks_a_parser(name: str, cell: CellValue) -> None:
    value, remarks = parsed(KINDS[name], cell)
    assert all(code[0] == "C" for code, _ in remarks)
    assert isinstance(value, type(KINDS[name].blank)) or KINDS[name].blank is None


@pytest.mark.parametrize("name", KINDS)
@given(cell=CELLS)
def test_what_fix_writes_is_read_as_the_same_value_and_needs_no_fix(name: str, cell: CellValue) -> None:
    value, remarks = parsed(KINDS[name], cell)
    for _, replacement in remarks:
        if replacement is not None and replacement != "":
            again, rest = parsed(KINDS[name], replacement)
            assert again == value
            assert all(code not in {"C105", "C115", "C116"} for code, _ in rest)


@pytest.mark.parametrize("name", KINDS)
@given(cell=st.text(max_size=20))
def test_a_text_without_a_remark_is_kept_to_the_letter(name: str, cell: str) -> None:
    value, remarks = parsed(KINDS[name], cell)
    if not remarks and name not in {"ClassName", "Date", "Number", "Several", "free Several"}:
        assert value == cell


def test_every_choice_of_the_schema_has_its_list() -> None:
    for schema in SHEETS:
        for column in schema.columns:
            if isinstance(column, Choice):
                assert column.choices(LISTS)


def test_a_school_adds_to_the_open_lists_and_not_to_the_closed_ones() -> None:
    found = lists.merged({"民族": ["穿青人"], "性别": ["其他"]})
    assert found["民族"][-1] == "穿青人"
    assert found["性别"] == ("男", "女")
