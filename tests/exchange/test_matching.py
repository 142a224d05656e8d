"""Which child a row is about: sure by a number or by name and birth date, else a doubt; never a guess."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.exchange.importing import changes, doubts, imported, planned
from tests.support.schools import school_of
from tests.support.sound_school import id_number
from xl_liushou.core.edits import AppendRows, SetCells
from xl_liushou.core.errors import UsageProblem
from xl_liushou.schema.school import School
from xl_liushou.schema.sheets import Children, Contacts, Guardians

MING = id_number("99000120170304001")
OTHER = id_number("99000120170304013")
BORN = date(2017, 3, 4)


def school(*children: dict[str, Any], guardians: list[dict[str, Any]] | None = None) -> School:
    return school_of({Children: list(children), Guardians: guardians or []})


def ming(**more: Any) -> dict[str, Any]:
    return {"child_id": "S001", "name": "王小明", "birth_date": BORN, "id_number": MING, **more}


@pytest.mark.parametrize(
    ("row", "expected"),
    {
        "by the ID number": (f"王小明 | {MING} | | | | 高", ["S001 风险等级: 中 → 高 ?"]),
        "by the 学籍号 that holds it": (
            f"王小明 | | G{MING} | | | 高",
            ["S001 学籍号:  → G" + MING, "S001 风险等级: 中 → 高 ?"],
        ),
        "by name and birth date": ("王小明 | | | 2017.3.4 | | 高", ["S001 风险等级: 中 → 高 ?"]),
        "a blank never overwrites": (f"王小明 | {MING} | | | | ", []),
    }.values(),
)
def test_a_child_is_recognised(row: str, expected: list[str]) -> None:
    report = imported(school(ming()), 名册=f"学生姓名 | 身份证号 | 学籍号 | 出生日期 | 班级 | 风险等级\n{row}")
    assert changes(report) == expected
    assert report["added"] == []
    assert report["doubts"] == []


@pytest.mark.parametrize(
    ("row", "why"),
    {
        "another name under the same number": (f"王小亮 | {MING} | |", "身份证号或学籍号相同，姓名却不同"),
        "another number with the same name and birth date": (f"王小明 | {OTHER} | 2017.3.4 |", "姓名、出生日期相同"),
        "name and class only": ("王小明 | | | 三年级1班", "只有姓名和班级对得上"),
        "name only, another class": ("王小明 | | | 四年级1班", "台账里有同名的孩子"),
        "same class, another birth date": ("王小明 | | 2017.3.5 | 三年级1班", "同班同名"),
        "a name that may be misspelt": ("王晓明 | | 2017.3.4 | 三年级1班", "出生日期相同，姓名相近"),
    }.values(),
)
def test_what_is_not_sure_is_a_doubt_and_changes_nothing(row: str, why: str) -> None:
    plan = planned(school(ming()), into_book=True, 名册=f"学生姓名 | 身份证号 | 出生日期 | 班级\n{row}")
    (doubt,) = plan.report["doubts"]
    assert doubt["message"].startswith(why)
    assert doubt["child"] == "S001"
    assert plan.report["added"] == plan.report["changed"] == []
    assert plan.edits == []


def test_of_two_children_of_one_name_nobody_is_taken() -> None:
    two = school(ming(id_number=""), {**ming(id_number=""), "child_id": "S002"})
    report = imported(two, 名册="学生姓名 | 出生日期\n王小明 | 2017.3.4")
    assert doubts(report) == ["A2 同名、同一天出生的孩子不止一个，请补上身份证号"]


def test_another_child_of_the_same_name_is_new() -> None:
    report = imported(school(ming()), 名册="学生姓名 | 出生日期 | 班级\n王小明 | 2018.5.6 | 二年级1班")
    (added,) = report["added"]
    assert (added["key"], added["values"]["姓名"]) == ("S002", "王小明")


def test_a_child_is_confirmed_by_its_number_and_then_filled_and_changed() -> None:
    table = "学生姓名 | 班级 | 村组 | 风险等级\n王小明 | 三年级1班 | 云岭村 | 高"
    report = imported(school(ming()), confirm=["S001"], 名册=table)
    assert changes(report) == ["S001 村组:  → 云岭村", "S001 风险等级: 中 → 高"]
    with pytest.raises(UsageProblem, match="S999"):
        imported(school(ming()), confirm=["S999"], 名册=table)


def test_a_contradiction_cannot_be_confirmed() -> None:
    report = imported(
        school(ming()), confirm=["S001"], 名册="学生姓名 | 出生日期 | 班级\n王小明 | 2017.3.5 | 三年级1班"
    )
    assert len(report["doubts"]) == 1
    assert report["changed"] == []


def test_what_differs_is_changed_only_when_a_person_says_so() -> None:
    table = f"学生姓名 | 身份证号 | 风险等级\n王小明 | {MING} | 高"
    shown = planned(school(ming()), into_book=True, 名册=table)
    assert shown.edits == []
    accepted = planned(school(ming()), into_book=True, accept=True, 名册=table)
    (edit,) = accepted.edits
    assert isinstance(edit, SetCells)
    assert list(edit.cells.values()) == ["高"]


def test_a_formula_is_left_alone() -> None:
    place = school(ming())[Children].cell(0, Children.risk)
    report = imported(
        school(ming()),
        accept=True,
        formulas={("花名册", place)},
        名册=f"学生姓名 | 身份证号 | 风险等级\n王小明 | {MING} | 高",
    )
    assert report["changed"] == []
    assert doubts(report) == ["C2 台账里这一格是公式或读不出来，没有改"]


FATHER = {"child_id": "S001", "relation": "父亲", "name": "王强", "mobile": "", "is_carer": "是"}


@pytest.mark.parametrize(
    ("titles", "row", "told"),
    [
        ("父亲姓名 | 父亲电话", "王强 | 13800000001", ["S001 手机:  → 13800000001"]),
        (
            "父亲姓名 | 父亲电话",
            "王大强 | 13800000001",
            ["D2 台账（或名册前面）里这个孩子的父亲是另一个名字，请核对，没有导入"],
        ),
        ("父亲电话 | 父亲务工地", "13800000001 | 东莞", ["S001 手机:  → 13800000001", "S001 务工地:  → 东莞"]),
        ("监护人姓名 | 监护人电话", "王强 | 13800000001", ["S001 手机:  → 13800000001"]),
        (
            "现照护人 | 照护人电话",
            "奶奶 陈秀英 | ",
            ["D2 这个孩子已经有另一个“现照护人”，没有再标一个", "+祖母 陈秀英"],
        ),
    ],
)
def test_guardians_are_completed_and_never_doubled(titles: str, row: str, told: list[str]) -> None:
    given = school(ming(), guardians=[FATHER])
    report = imported(given, 名册=f"学生姓名 | 身份证号 | 班级 | {titles}\n王小明 | {MING} | | {row}")
    added = [f"+{one['values']['关系']} {one['values']['姓名']}" for one in report["added"]]
    assert [*changes(report), *doubts(report), *added] == told


def test_new_rows_follow_the_workbook_s_own_columns_and_keys() -> None:
    given = school(
        {**ming(), "child_id": "YL2026007"}, guardians=[{**FATHER, "child_id": "YL2026007", "guardian_id": "J0041"}]
    )
    plan = planned(given, into_book=True, 名册="学生姓名 | 出生日期 | 母亲\n李小兰 | 2016-11-20 | 黄丽华")
    children, guardians = plan.edits
    assert isinstance(children, AppendRows)
    assert isinstance(guardians, AppendRows)
    titles = [column.title for column in Children.columns]
    row = dict(zip(titles, children.rows[0], strict=False))
    assert {title: value for title, value in row.items() if value} == {
        "儿童编号": "YL2026008", "姓名": "李小兰", "出生日期": date(2016, 11, 20),
    }  # fmt: skip
    assert list(guardians.rows[0])[:4] == ["J0042", "YL2026008", "母亲", "黄丽华"]


def test_a_number_of_the_roster_is_kept_where_it_looks_like_the_school_s_own() -> None:
    given = school({**ming(), "child_id": "YL2026007"})
    report = imported(given, 名册="儿童编号 | 学生姓名 | 性别\nYL2026020 | 李小兰 | 女\nn:3 | 赵国强 | 男")
    assert [one["key"] for one in report["added"]] == ["YL2026020", "YL2026021"]
    assert doubts(report) == ["A3 名册里的编号和台账的编法不同或已经有了，另编了新的儿童编号"]


def test_a_family_is_never_taken_over() -> None:
    report = imported(school(), 名册="学生姓名 | 性别 | 家庭编号\n李小兰 | 女 | F001")
    assert "家庭编号" not in report["added"][0]["values"]
    assert [one["title"] for one in report["unmatched_columns"]] == ["家庭编号"]


def test_a_column_is_told_what_it_is_and_remembered() -> None:
    table = "学生姓名 | 父亲姓名 | 母亲姓名 | 联系方式\n李小兰 | 李大山 | 黄丽华 | 13800000001"
    first = imported(school(), 名册=table)
    (left,) = first["unmatched_columns"]
    assert (left["title"], left["why"]) == ("联系方式", "标题没有写明是谁的")
    told = imported(school(), maps=["联系方式=母亲.手机"], 名册=table)
    assert [one["values"].get("手机") for one in told["added"]] == [None, None, "13800000001"]
    (source,) = told["sources"]
    again = imported(school(), forms={source["form"]: source["targets"]}, 名册=table)
    assert again["added"] == told["added"]
    ignored = imported(school(), maps=["联系方式=不导入"], 名册=table)
    assert [one["why"] for one in ignored["unmatched_columns"]] == ["按您说的不导入"]


@pytest.mark.parametrize("wrong", ["联系方式", "联系方式=电话本", "=姓名", "没有的列=姓名"])
def test_a_mapping_that_says_nothing_is_a_usage_problem(wrong: str) -> None:
    with pytest.raises(UsageProblem):
        imported(school(), maps=[wrong], 名册="学生姓名 | 联系方式\n李小兰 | 13800000001")


def test_of_two_columns_with_one_title_each_is_named_by_its_cell() -> None:
    table = "学生姓名 | 父亲姓名 | 母亲姓名 | 电话 | 电话\n李小兰 | 李大山 | 黄丽华 | 13800000001 | 13800000002"
    report = imported(school(), maps=["D1=母亲.手机", "E1=父亲.手机"], 名册=table)
    told = {one["values"]["关系"]: one["values"]["手机"] for one in report["added"] if one["sheet"] == "监护人"}
    assert told == {"母亲": "13800000001", "父亲": "13800000002"}


def test_a_total_of_a_class_ends_it() -> None:
    table = (
        "学生姓名 | 性别\n三年级1班 |\n王小明 | 男\n三年级1班小计 |\n李小兰 | 女\n班主任签字：三年级2班 |\n赵国强 | 男"
    )
    report = imported(school(), 名册=table)
    assert [one["values"].get("班级") for one in report["added"]] == ["1班", None, None]


def test_a_number_that_records_of_another_child_still_name_is_given_to_nobody() -> None:
    given = school_of({Children: [ming()], Contacts: [{"child_id": "S007"}]})
    report = imported(given, 名册="儿童编号 | 学生姓名\nS007 | 李小兰")
    assert [one["key"] for one in report["added"]] == ["S008"]
