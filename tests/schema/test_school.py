"""The school as a whole: classes, families, settings, and the ways from one record to another."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.support.sound_school import TERM, like, newcomer, school_file
from tests.support.workbooks import raw_sheet, read, told
from xl_liushou.core.rawsheet import RawSheet, RawTable, RawWorkbook
from xl_liushou.schema.school import School, parse_workbook
from xl_liushou.schema.sheets import Children, Guardians, Staff


def school(folder: Path, **how: Any) -> School:
    return read(school_file(folder, **how))


def test_settings_are_read_as_their_kinds(tmp_path: Path) -> None:
    settings = school(tmp_path).settings
    assert (settings["学期"], settings["每分钟邮件数"], settings["校长"]) == (TERM, 20, "")


def test_a_setting_that_cannot_be_read_is_blank_and_told(tmp_path: Path) -> None:
    path = school_file(tmp_path, change={("设置", 5, "值"): "很多"})
    assert read(path).settings["每分钟邮件数"] is None
    assert told(path) == ["C104 设置!B6 值"]


def test_the_eldest_child_of_a_family_comes_first(tmp_path: Path) -> None:
    found = school(tmp_path, change={("花名册", 3, "家庭编号"): "F001"})
    family = found.family(found.child_of["S002"])
    assert [child[Children.child_id] for child in family] == ["S003", "S001", "S002"]


def test_a_child_without_a_family_number_is_a_family_of_one(tmp_path: Path) -> None:
    found = school(tmp_path)
    child = found.child_of["S003"]
    assert list(found.family(child)) == [child]


def test_a_closed_case_is_not_active_a_paused_and_an_unreadable_one_are(tmp_path: Path) -> None:
    status = {("花名册", 1, "个案状态"): "结案", ("花名册", 2, "个案状态"): "暂停", ("花名册", 3, "个案状态"): "毕业"}
    found = school(tmp_path, change=status)
    assert [child[Children.child_id] for child in found.active_children] == ["S002", "S003"]


@pytest.mark.parametrize(
    "written", ["1班", "(1)班", "一班", "1", 1, "三年级1班", "三（1）班", "三年级一班", "三年1班", "301"]
)
def test_a_child_is_in_its_class_however_it_is_written(written: str | int, tmp_path: Path) -> None:
    found = school(tmp_path, change={("花名册", 1, "班级"): written})
    assert found.class_names[0] == "三年级1班"
    teacher = found.class_teacher(found.class_names[0])
    assert teacher is not None
    assert teacher[Staff.staff_id] == "T01"


def test_the_class_teacher_is_the_only_one_in_office(tmp_path: Path) -> None:
    second = like("教职工", 1, 工号="T05", 姓名="林静")
    assert school(tmp_path, add=[second]).class_teacher("三年级1班") is None
    left = school(tmp_path, add=[second], change={("教职工", 1, "在岗"): "否"}).class_teacher("三年级1班")
    assert left is not None
    assert left[Staff.staff_id] == "T05"


def test_the_carer_is_the_guardian_so_marked(tmp_path: Path) -> None:
    found = school(tmp_path)
    carer = found.carer("S001")
    assert carer is not None
    assert carer[Guardians.guardian_id] == "J0002"
    assert found.carer("S009") is None


def test_a_name_stands_for_its_number_where_the_staff_knows_it(tmp_path: Path) -> None:
    found = school(tmp_path)
    assert (found.staff_name("T01"), found.staff_name("T99")) == ("刘芳", "T99")


def test_what_could_not_be_read_is_known_by_its_cell(tmp_path: Path) -> None:
    found = school(tmp_path, change={("花名册", 1, "评估日期"): "去年"})
    first, second, _ = found[Children].records()
    assert found.unread(first, Children.assessed_on)
    assert not found.unread(second, Children.assessed_on)


def test_every_record_knows_its_cell_wherever_the_sheet_begins() -> None:
    sheet = raw_sheet("花名册", "姓名 | 儿童编号\n张明 | S001\n\n张丽 | S002", first_row=4, first_column=3)
    found = parse_workbook(RawWorkbook((sheet,)))
    assert [child.cell(Children.child_id) for child in found[Children].records()] == ["D5", "D7"]
    assert [child[Children.name] for child in found[Children].records()] == ["张明", "张丽"]
    assert next(found[Children].records()).cell(Children.gender) is None


@pytest.mark.parametrize(
    ("names", "which"),
    [
        (["花名册"], 0),
        (["花 名 册"], 0),
        (["花名册 ", "花名册"], 1),
        (["花名册", "花名册 "], 0),
    ],
)
def test_the_sheet_with_exactly_the_title_is_the_one(names: list[str], which: int) -> None:
    sheets = [raw_sheet(name, f"儿童编号 | 姓名\nS00{index} | 张明") for index, name in enumerate(names)]
    found = parse_workbook(RawWorkbook(tuple(sheets)))
    assert list(found[Children].child_id) == [f"S00{which}"]


def test_a_renamed_sheet_is_known_by_its_table() -> None:
    table = RawTable("花名册", top=1, left=1, bottom=2, right=2)
    sheet = raw_sheet("2026年名单", "儿童编号 | 姓名\nS001 | 张明", tables=(table,))
    assert list(parse_workbook(RawWorkbook((sheet,)))[Children].child_id) == ["S001"]


def test_far_cells_are_told_with_their_number() -> None:
    sheet = RawSheet("花名册", cropped=((1048576, 1),), cropped_count=3)
    problem = next(one for one in parse_workbook(RawWorkbook((sheet,))).problems if one.code == "S010")
    assert (problem.cell, problem.details["count"]) == ("A1048576", 3)


def test_a_whole_workbook_is_read(tmp_path: Path) -> None:
    found = school(tmp_path, add=newcomer())
    assert not found.problems
    assert list(found[Children].birth_date) == [date(2018, 5, 6), date(2020, 3, 2), date(2016, 7, 8), date(2016, 9, 9)]
    assert found[Children].hardships[0] == ("家庭贫困",)


def test_children_whose_family_number_says_none_are_no_siblings(tmp_path: Path) -> None:
    found = school(tmp_path, change={("花名册", row, "家庭编号"): "无" for row in (1, 2)})
    assert found.siblings == {}
    assert all(len(found.family(child)) == 1 for child in found[Children].records())


def test_an_item_of_the_settings_may_end_in_a_colon(tmp_path: Path) -> None:
    def with_colons(book: Any) -> None:
        for row in book["设置"].iter_rows(min_row=2, max_col=1):
            row[0].value = f"{row[0].value}：" if row[0].value else None

    path = school_file(tmp_path, edit=with_colons)
    assert read(path).settings["学期"] == TERM
    assert not [one for one in told(path) if "设置" in one]
