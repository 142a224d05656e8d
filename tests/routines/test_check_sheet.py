"""校验结果: what stands in its rows, and in which order."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.support.schools import school_of
from tests.support.workbooks import read, save, workbook
from xl_liushou.core.edits import AddSheet, Link, ReplaceRows, Value
from xl_liushou.routines import check, check_sheet
from xl_liushou.routines.inputs import Inputs
from xl_liushou.schema.results import CheckResults
from xl_liushou.schema.school import School
from xl_liushou.schema.sheets import Children, Contacts, Guardians, Progress, Staff, StudyHelp

TODAY = date(2026, 11, 23)
STAFF = [
    {"staff_id": "T01", "name": "周正"},
    {"staff_id": "T02", "name": "王芳", "class_taught": "三年级1班"},
    {"staff_id": "T03", "name": "李丽", "class_taught": "四年级1班"},
]
FOUR = [
    {"child_id": f"S00{number}", "name": name, "class_name": "1班", "grade": "三年级"}
    for number, name in enumerate(("张明", "李芳", "王强", "赵磊"), 1)
]
CARERS = [{"child_id": child["child_id"], "guardian_id": f"J{number}"} for number, child in enumerate(FOUR)]


def rows(school: School, **options: Any) -> list[dict[str, Value]]:
    """The rows of the sheet by column title."""
    added, replaced = check.plan(Inputs(school, TODAY, into_book=True, **options)).edits
    assert isinstance(added, AddSheet)
    assert isinstance(replaced, ReplaceRows)
    assert added.sheet == replaced.sheet == "校验结果"
    return [dict(zip((one.title for one in CheckResults.columns), row, strict=True)) for row in replaced.rows]


def school() -> School:
    return school_of({Children: FOUR, Guardians: CARERS, Staff: STAFF})


def test_nothing_is_written_unless_asked_for() -> None:
    assert check.plan(Inputs(school(), TODAY)).edits == ()


def test_errors_come_first_then_the_order_of_the_workbook(tmp_path: Path) -> None:
    path = workbook(
        tmp_path,
        花名册="儿童编号|姓名|性别|出生日期|鞋码\nS001|张 明|男生|2015.3.2|32\nS002|李芳|女|20153|33",
        监护人="编号|儿童编号|姓名\nJ1|S009|张强",
    )
    found = [row for row in rows(read(path)) if row["级别"] in {"错误", "提醒", "说明"}]
    order = ["错误", "提醒", "说明"]
    ranks = [order.index(str(row["级别"])) for row in found]
    assert ranks == sorted(ranks)
    assert set(ranks) == {0, 1, 2}
    places = [place_of(row) for row in found if row["级别"] == "错误"]
    assert places.index("花名册!C2") < places.index("花名册!D3") < places.index("监护人!B2")


def place_of(row: dict[str, Value]) -> object:
    return row["位置"].value if isinstance(row["位置"], Link) else row["位置"]


def test_a_row_says_where_which_rule_what_and_whose_task_it_is(tmp_path: Path) -> None:
    path = workbook(
        tmp_path,
        花名册="儿童编号|姓名|性别|年级|班级\nS001|张明|男生|三年级|1班",
        教职工="工号|姓名|班主任班级|在岗\nT02|王芳|三年级1班|是",
    )
    (row,) = [row for row in rows(read(path)) if row["规则"] == "C103"]
    assert {**row, "说明": ""} == {
        "级别": "错误",
        "位置": Link("花名册!C2", "'花名册'!C2"),
        "列": "性别",
        "规则": "C103",
        "规则名": "不在选项里",
        "说明": "",
        "责任班主任": "王芳",
    }
    assert "男生" in str(row["说明"])


def test_a_link_leads_to_the_sheet_by_the_name_it_has_now(tmp_path: Path) -> None:
    path = save(tmp_path, {" 花名册 ": [["儿童编号", "姓名", "性别"], ["S001", "张明", "男生"]]})
    (row,) = [row for row in rows(read(path)) if row["规则"] == "C103"]
    assert row["位置"] == Link("花名册!C2", "' 花名册 '!C2")


def test_a_missing_sheet_has_no_link_and_is_the_head_s_task(tmp_path: Path) -> None:
    path = workbook(
        tmp_path,
        花名册="儿童编号|姓名\nS001|张明",
        教职工="工号|姓名\nT01|周正",
        设置="项目|值\n德育负责人|T01",
    )
    (row,) = [row for row in rows(read(path)) if row["规则"] == "S001" and row["位置"] == "监护人"]
    assert row["责任班主任"] == "周正（德育负责人）"


def test_the_teacher_is_found_by_whose_row_it_is() -> None:
    fourth = {"child_id": "S010", "grade": "四年级", "class_name": "1班"}
    made = school_of(
        {
            Children: [*FOUR, fourth, {"child_id": "S011", "grade": "五年级"}],
            Guardians: CARERS,
            Staff: STAFF,
            Contacts: [{"child_id": "S010", "kind": "通话", "contact": "J1"}],
            StudyHelp: [{"help_id": "X1", "child_id": "S010"}],
            Progress: [{"help_id": "X1"}, {"help_id": "X9"}],
        }
    )
    owners = check_sheet.Owners(made)
    head = "周正（德育负责人）"
    assert [owners.of("花名册", row) for row in (2, 6, 7, 99, None)] == ["王芳", "李丽", head, head, head]
    assert owners.of("监护人", 3) == "王芳"
    assert owners.of("联系记录", 2) == "李丽"
    assert [owners.of("进步记录", row) for row in (2, 3)] == ["李丽", head]
    assert owners.of("校历", 2) == owners.of("没有的表", 2) == head


def test_without_a_head_the_office_is_named() -> None:
    owners = check_sheet.Owners(school_of({Children: FOUR}, settings={"德育负责人": ""}))
    assert owners.of("校历", 2) == "德育负责人"


def test_a_warning_that_most_share_is_one_line_with_a_count_as_on_the_screen() -> None:
    made = school_of({Children: [{**child, "consent": "待签"} for child in FOUR], Guardians: CARERS, Staff: STAFF})
    (row,) = [row for row in rows(made) if row["规则"] == "R311"]
    assert str(row["说明"]).startswith("共 4 处，例如")
    assert row["责任班主任"] == "各班班主任"
    result = check.plan(Inputs(made, TODAY)).report
    assert sum(one["code"] == "R311" for one in result["findings"]) == 4
    assert [line.partition("同意书")[0] for line in check.lines(result) if "R311" in line] == [
        "  提醒 R311 共 4 处，例如 AB2：“"
    ]


def test_half_the_roster_is_told_child_by_child() -> None:
    made = school_of({Children: [{**FOUR[0], "consent": "待签"}, {**FOUR[1], "consent": "拒绝"}, *FOUR[2:]]})
    assert len([row for row in rows(made, select=["R311"]) if row["规则"] == "R311"]) == 2


def test_the_last_line_sums_up_as_of_the_day() -> None:
    made = school_of({Children: [{**FOUR[0], "consent": "待签"}]})
    total = rows(made, select=["R311"])[-1]
    assert (total["级别"], total["说明"]) == ("合计", "截至2026年11月23日，0 处错误，1 处提醒，0 处说明。")


def test_all_is_well_is_one_kind_line() -> None:
    (row,) = [row for row in rows(school(), select=["K201"]) if row["级别"] == "合计"]
    assert "没有发现问题" in str(row["说明"])
    assert "4 名孩子" in str(row["说明"])


def test_what_was_not_checked_is_said() -> None:
    notes = [row["说明"] for row in rows(school(), select=["K201", "R"], ignore=["R312"]) if row["级别"] == "范围"]
    assert notes == ["这次只检查了：K201、R。", "按设置没有检查的规则：R312。"]


def test_too_many_rows_are_cut_and_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check_sheet, "MOST_ROWS", 2)
    made = school_of({Children: [{**child, "birth_date": date(2027, 1, 1)} for child in FOUR], Guardians: CARERS})
    found = rows(made)
    count = len(check.plan(Inputs(made, TODAY)).report["findings"])
    assert count > 2
    assert [row["级别"] for row in found[2:]] == ["范围", "合计"]
    assert "只列出前 2 条，还有 " in str(found[2]["说明"])
