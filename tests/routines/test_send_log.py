"""发送记录: one line for every paper, written or withheld."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from tests.support.schools import school_of
from xl_liushou.core.edits import AddSheet, AppendRows, Value
from xl_liushou.routines.inputs import Inputs
from xl_liushou.routines.send_log import log_edits
from xl_liushou.schema.results import SendLog
from xl_liushou.schema.sheets import Children, Guardians

NOW = datetime(2026, 11, 23, 10, 15, tzinfo=UTC)
SCHOOL = school_of(
    {
        Children: [
            {"child_id": f"S00{number}", "name": name, "class_name": "1班"}
            for number, name in enumerate("甲乙丙丁戊己庚", 1)
        ],
        Guardians: [
            {"child_id": "S001", "guardian_id": "J1", "relation": "父亲", "name": "张强"},
            {"child_id": "S002", "guardian_id": "", "relation": "母亲", "name": "李丽"},
        ],
    }
)


def file(*children: str, **more: Any) -> dict[str, Any]:
    path = "/home/x/输出/2026-11-23-101500-家长通报信/家长通报信-三年级1班-甲.docx"
    child = children[0] if len(children) == 1 else None
    return {"path": path, "child": child, "children": list(children), "family": "", "recipients": [], **more}


def rows(
    files: list[dict[str, Any]], blocked: list[dict[str, Any]] | None = None, **options: Any
) -> list[dict[str, Value]]:
    inputs = Inputs(SCHOOL, date(2026, 11, 23), document="parent-letter", **options)
    added, appended = log_edits(inputs, {"files": files, "blocked": blocked or []}, "R7", NOW)
    assert isinstance(added, AddSheet)
    assert isinstance(appended, AppendRows)
    assert added.sheet == appended.sheet == "发送记录"
    return [dict(zip((one.title for one in SendLog.columns), row, strict=True)) for row in appended.rows]


def test_a_paper_that_was_written() -> None:
    (row,) = rows([file("S001", recipients=["J1"])])
    assert row == {
        "时间": datetime(2026, 11, 23, 10, 15),
        "运行": "R7",
        "文书": "家长通报信",
        "班级": "三年级1班",
        "儿童编号": "S001",
        "姓名": "甲",
        "收件人": "父亲 张强",
        "方式": "纸质",
        "状态": "已写出",
        "文件": "2026-11-23-101500-家长通报信/家长通报信-三年级1班-甲.docx",
        "备注": "",
    }


def test_a_paper_that_was_withheld_says_why() -> None:
    (row,) = rows([], [{"child": "S001", "code": "D804", "message": "没有首选联系人"}])
    assert (row["状态"], row["备注"], row["姓名"]) == ("未写出 D804", "没有首选联系人", "甲")
    assert (row["方式"], row["文件"]) == (None, None)
    (nobody,) = rows([], [{"child": None, "code": "D801", "message": "模板"}])
    assert (nobody["状态"], nobody["儿童编号"]) == ("未写出 D801", "")


def test_a_letter_about_siblings_names_them_all() -> None:
    (row,) = rows([file("S001", "S002", recipients=["J1", "监护人第3行"])])
    assert (row["儿童编号"], row["姓名"], row["班级"]) == ("S001、S002", "甲、乙", "三年级1班")
    assert row["收件人"] == "父亲 张强、母亲 李丽"


def test_a_paper_about_many_children_says_how_many() -> None:
    (row,) = rows([file(*(f"S00{number}" for number in range(1, 8)))])
    assert (row.get("儿童编号"), row["姓名"], row["班级"]) == (None, "7 名孩子", "三年级1班")


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"release": ["S001"]}, "经人核对后放行（--release）"),
        ({"release": ["S002"]}, ""),
        ({"leaders": True}, "含保密内容，给指定领导（--leaders）"),
        ({"release": ["S001"], "leaders": True}, "经人核对后放行（--release）；含保密内容，给指定领导（--leaders）"),
    ],
)
def test_a_release_and_what_only_leaders_may_read_are_recorded(options: dict[str, Any], told: str) -> None:
    assert rows([file("S001")], **options)[0]["备注"] == told


@pytest.mark.parametrize("path", [r"C:\台账\输出\夹\信.docx", "/a/夹/信.docx", "夹/信.docx"])
def test_the_place_is_the_run_s_folder_and_the_file(path: str) -> None:
    assert rows([file("S001", path=path)])[0]["文件"] == "夹/信.docx"


def test_nothing_made_is_no_line() -> None:
    inputs = Inputs(SCHOOL, date(2026, 11, 23), document="parent-letter")
    assert log_edits(inputs, {"files": [], "blocked": []}, "R7", NOW) == []
