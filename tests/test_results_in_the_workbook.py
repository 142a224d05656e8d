"""Results in a real workbook: planned, patched in, read back, opened; again and again, whatever staff did meanwhile."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.table import TableColumn

from tests.support.office import assert_office_file, opens_in_libreoffice, pdf_pages, requires_libreoffice
from xl_liushou.adapters.workbook_file import read_workbook
from xl_liushou.adapters.workbook_patch import patch
from xl_liushou.build.master import master_workbook
from xl_liushou.core.edits import Edit, SetCells, without_present
from xl_liushou.routines.front_page import front_page
from xl_liushou.routines.inputs import Choice, Inputs
from xl_liushou.routines.registry import ROUTINES
from xl_liushou.routines.send_log import log_edits
from xl_liushou.schema.results import RESULTS
from xl_liushou.schema.school import parse_workbook
from xl_liushou.schema.sheets import SHEETS, Children, Contacts, Guardians, SettingRows, Staff

TODAY, NOW = date(2026, 11, 23), datetime(2026, 11, 23, 10, 15)
TITLES = [sheet.title for sheet in RESULTS]


def small(suffix: str = ".xlsx") -> bytes:
    """A school of two children: a wrong cell, an untold emergency, a talk long due."""
    child = {"gender": "女", "grade": "三年级", "left_behind_type": "一方外出", "risk": "中", "consent": "已签"}
    days = {"birth_date": date(2017, 5, 6), "assessed_on": date(2026, 9, 1), "filed_on": date(2026, 9, 1)}
    told = {"kind": "谈心", "recorder": "T02", "result": "完成", "day": date(2026, 11, 2)}
    return master_workbook(
        {
            Children: [
                {**child, **days, "child_id": "S001", "name": "张明", "class_name": "1班", "gender": "男生"},
                {**child, **days, "child_id": "S002", "name": "陈静", "class_name": "2班"},
            ],
            Guardians: [
                {"guardian_id": f"J{number}", "child_id": f"S00{number}", "relation": "母亲", "name": "李丽",
                 "mobile": "13900000000", "works_away": "否", "is_carer": "是", "is_first_contact": "是"}
                for number in (1, 2)
            ],
            Staff: [
                {"staff_id": "T01", "name": "周正"},
                {"staff_id": "T02", "name": "王芳", "class_taught": "三年级1班"},
            ],
            Contacts: [
                {**told, "contact_id": "L1", "child_id": "S001"},
                {**told, "contact_id": "L2", "child_id": "S002", "must_report": "是"},
            ],
        },
        {"学校名称": "云岭小学", "德育负责人": "T01"},
        macro_ready=suffix == ".xlsm",
    )  # fmt: skip


def without_results(data: bytes) -> bytes:
    """A workbook from the time before there were results in it."""
    return changed(data, lambda book: [book.remove(book[title]) for title in TITLES])


def changed(data: bytes, edit: Callable[[Any], object]) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(data))
    edit(book)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def saved(folder: Path, data: bytes, suffix: str = ".xlsx") -> Path:
    path = folder / f"台账{suffix}"
    path.write_bytes(data)
    return path


def ran(path: Path, name: str, **options: Any) -> bytes:
    """The workbook after a routine, with its results as app puts them in; papers are taken for written."""
    raw = read_workbook(path)
    routine = ROUTINES[name]
    inputs = replace(Inputs(parse_workbook(raw), TODAY, into_book=True), **options)
    plan = routine.plan(inputs)
    result, edits = dict(plan.report), list[Edit](plan.edits)
    if name == "write":
        keys = ("child", "children", "family", "recipients")
        files = [{"path": f"夹/{one.person}.docx", **{key: getattr(one, key) for key in keys}} for one in plan.effects]
        blocked = [{"child": one.child, "code": one.code, "message": one.message} for one in plan.blocked]
        result |= {"files": files, "blocked": blocked}
        edits += log_edits(inputs, result, "R1", NOW)
    front = front_page(raw.sheet("首页"), routine.item(inputs), routine.headline(inputs, result), NOW)
    edits += front.edits
    needed = without_present(edits, [sheet.name for sheet in raw.sheets])
    path.write_bytes(patch(path.read_bytes(), needed, path.name).data)
    return path.read_bytes()


def rows(data: bytes, title: str) -> list[list[Any]]:
    """The rows under the header of a result's Table, as openpyxl reads them."""
    sheet: Any = openpyxl.load_workbook(io.BytesIO(data))[title]
    (table,) = sheet.tables.values()
    cells = [[cell.value for cell in row] for row in sheet[table.ref]]
    assert cells[0] == next([column.title for column in one.columns] for one in RESULTS if one.title == title)
    return cells[1:]


ALL: list[tuple[str, dict[str, Any]]] = [("check", {}), ("overdue", {}), ("write", {"document": "parent-letter"})]


@pytest.mark.parametrize("data", [small(), without_results(small())], ids=["new", "older"])
def test_results_are_written_read_back_and_sound(tmp_path: Path, data: bytes) -> None:
    path = saved(tmp_path, data)
    for name, options in ALL:
        data = ran(path, name, **options)
    assert_office_file(path)
    check, todo, log = (rows(data, title) for title in TITLES[1:])
    assert check[0][0] == "错误"
    assert ["花名册!C2", "C103"] in [[row[1], row[3]] for row in check]
    assert check[-1][0] == todo[-1][1] == "合计"
    assert [row[:2] for row in todo[:3]] == [["周正", "立即报告"], ["领导小组", "立即报告"], ["王芳", "逾期"]]
    assert (todo[2][2], todo[2][6]) == ("通话", datetime(2026, 9, 15))
    assert [row[:3] for row in log] == [[NOW, "R1", "家长通报信"]] * 2
    assert [row[0] for row in rows(data, "首页")] == ["校验", "待办提醒", "家长通报信"]
    sheet: Any = openpyxl.load_workbook(io.BytesIO(data))["校验结果"]
    place = next(cell for cell in sheet["B"] if cell.value == "花名册!C2")
    assert place.hyperlink.location == "'花名册'!C2"


def test_the_second_time_takes_the_place_of_the_first_but_papers_add_up(tmp_path: Path) -> None:
    path = saved(tmp_path, small())
    counts = []
    for _ in range(2):
        for name, options in ALL:
            data = ran(path, name, **options)
        counts.append([len(rows(data, title)) for title in TITLES])
    assert counts[1] == [*counts[0][:3], counts[0][3] * 2]
    data = ran(path, "overdue", choice=Choice(classes=["三年级1班"]))
    todo = rows(data, "待办")
    assert todo[0][1] == "范围"
    assert todo[0][10].startswith("只列出：三年级1班。")
    assert {row[3] for row in todo if row[3]} == {"三年级1班"}
    assert str(rows(data, "首页")[1][2]).startswith("三年级1班：")
    assert_office_file(path)


def test_the_results_change_nothing_that_the_program_reads(tmp_path: Path) -> None:
    path = saved(tmp_path, small())
    before = parse_workbook(read_workbook(path))
    for name, options in ALL:
        ran(path, name, **options)
    after = parse_workbook(read_workbook(path))
    assert after.problems == before.problems
    for sheet in SHEETS:
        assert [after[sheet].values(one) for one in sheet.columns] == [
            before[sheet].values(one) for one in sheet.columns
        ]


@pytest.mark.parametrize("data", [small(), without_results(small())], ids=["new", "older"])
def test_what_staff_put_beside_the_results_stays(tmp_path: Path, data: bytes) -> None:
    path = saved(tmp_path, data)
    for name, options in ALL:
        data = ran(path, name, **options)
    notes: list[Edit] = [
        SetCells("校验结果", {"J1": "我的记号", "J2": "已问过"}),
        SetCells("待办", {"N5": "周三"}),
        SetCells("首页", {"E3": "电话"}),
    ]
    path.write_bytes(patch(data, notes).data)
    for name, options in ALL:
        data = ran(path, name, **options)
    assert_office_file(path)
    book: Any = openpyxl.load_workbook(io.BytesIO(data))
    assert [book["校验结果"]["J1"].value, book["校验结果"]["J2"].value] == ["我的记号", "已问过"]
    assert (book["待办"]["N5"].value, book["首页"]["E3"].value) == ("周三", "电话")


def test_a_column_that_staff_added_to_a_result_keeps_its_title(tmp_path: Path) -> None:
    def added(book: Any) -> None:
        sheet = book["校验结果"]
        sheet["H1"] = "处理人"
        table = sheet.tables["校验结果"]
        table.ref = table.autoFilter.ref = "A1:H2"
        table.tableColumns.append(TableColumn(id=8, name="处理人"))

    path = saved(tmp_path, changed(small(), added))
    sheet: Any = openpyxl.load_workbook(io.BytesIO(ran(path, "check")))["校验结果"]
    assert_office_file(path)
    assert sheet["H1"].value == "处理人"
    assert sheet.tables["校验结果"].ref == f"A1:H{sheet.max_row}"


def test_a_macro_workbook_takes_them_too(tmp_path: Path) -> None:
    path = saved(tmp_path, small(".xlsm"), ".xlsm")
    for name, options in ALL:
        ran(path, name, **options)
    assert_office_file(path)


@requires_libreoffice
def test_libreoffice_prints_the_results_of_the_demo(demo_book: Path, tmp_path: Path) -> None:
    path = saved(tmp_path, demo_book.read_bytes())
    for name, options in ALL:
        data = ran(path, name, **options)
    only = changed(data, lambda book: [book.remove(book[one.title]) for one in SHEETS if one is not SettingRows])
    printed = "".join(pdf_pages(saved(tmp_path, only)))
    for told in ("云岭希望小学", "花名册!AB45", "今日到期", "2026-11-23 10:15", "已写出"):
        assert told in printed


@requires_libreoffice
@pytest.mark.parametrize("data", [small(), without_results(small())], ids=["new", "older"])
def test_libreoffice_opens_the_workbook(tmp_path: Path, data: bytes) -> None:
    path = saved(tmp_path, data)
    for name, options in ALL:
        ran(path, name, **options)
    opens_in_libreoffice(path)
