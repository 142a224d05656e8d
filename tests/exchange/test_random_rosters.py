"""Rosters of random columns, orders and titles: what is imported is right, and what is not imported is told."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.exchange.importing import imported
from tests.support.schools import school_of
from tests.support.sound_school import id_number

CHILD = {
    "性别": ("性别", "学生性别"),
    "民族": ("民族", "族别"),
    "出生日期": ("出生日期", "出生年月日", "儿童出生日期"),
    "身份证号": ("身份证号", "身份证号码", "学生身份证号"),
    "家庭住址": ("家庭住址", "现住址", "家庭地址"),
    "村组": ("村组", "自然村"),
    "寄宿": ("寄宿", "是否住校"),
}
GUARDIAN = {
    "手机": ("电话", "联系电话", "手机号码", "联系方式"),
    "务工地": ("务工地", "务工地点", "打工地点"),
    "文化程度": ("文化程度", "学历"),
    "是否外出": ("是否外出", "是否外出务工"),
}
NAMES = {"父亲": ("父亲姓名", "父亲", "爸爸姓名"), "母亲": ("母亲姓名", "母亲", "妈妈")}
VALUES: dict[str, tuple[str, ...]] = {
    "性别": ("男", "女"), "民族": ("汉族", "苗族"), "家庭住址": ("云岭村二组3号", "青石村"),
    "村组": ("云岭村二组", "白水村"),
    "寄宿": ("是", "否"), "务工地": ("广东东莞", "浙江宁波"), "文化程度": ("初中", "小学"), "是否外出": ("是", "否"),
}  # fmt: skip
NOBODYS = ("序号", "年龄", "班主任", "班主任电话", "低保户", "备案号")
MEN, WOMEN = ("王大力", "李国强", "赵开云"), ("刘美芳", "黄丽华", "田玉珍")

Column = tuple[str, str, str]
"""The title, whose it is ("" the child's, "-" nobody's), and the column of the workbook."""


@st.composite
def columns(draw: st.DrawFn) -> list[Column]:
    """The columns of a roster: the child's, then or before them those of each parent, with nobody's between."""
    child = [(draw(st.sampled_from(CHILD[title])), "", title)
             for title in draw(st.lists(st.sampled_from(sorted(CHILD)), unique=True))]  # fmt: skip
    groups: list[list[Column]] = [[(draw(st.sampled_from(("学生姓名", "儿童姓名"))), "", "姓名"), *child]]
    for person in draw(st.permutations(sorted(NAMES)))[: draw(st.integers(0, 2))]:
        prefix = draw(st.sampled_from(("", person)))
        told = [(prefix + draw(st.sampled_from(GUARDIAN[title])), person, title)
                for title in draw(st.lists(st.sampled_from(sorted(GUARDIAN)), unique=True))]  # fmt: skip
        groups.append([(draw(st.sampled_from(NAMES[person])), person, "姓名"), *told])
    groups += [[(title, "-", "")] for title in draw(st.lists(st.sampled_from(NOBODYS), unique=True, max_size=2))]
    return [column for group in draw(st.permutations(groups)) for column in group]


def value(draw: Any, column: Column, row: int) -> str:
    """What stands in a cell; a phone and a number are everybody's own."""
    _, person, title = column
    if title == "姓名":
        return {"": ("王小明", "李小兰", "赵国强"), "父亲": MEN, "母亲": WOMEN}[person][row]
    if title == "出生日期":
        return f"2017-03-0{row + 1}"
    if title == "身份证号":
        return id_number(f"9900012017030{row + 1}00{row * 2 + 1}")
    if title == "手机":
        return f"13{['', '父亲', '母亲'].index(person)}0000000{row}"
    return draw(st.sampled_from(VALUES[title])) if title else "13899999999"


@settings(max_examples=250, deadline=None)
@given(data=st.data())
def test_no_value_is_wrong_and_none_is_lost_silently(data: st.DataObject) -> None:
    cols = data.draw(columns())
    rows = [[value(data.draw, column, row) for column in cols] for row in range(3)]
    sex = [column[2] for column in cols]
    for row in rows:
        if "身份证号" in sex and "性别" in sex:
            row[sex.index("性别")] = "男"
    table = "\n".join(" | ".join(line) for line in [[title for title, _, _ in cols], *rows])
    report = imported(school_of({}), 三年级1班=table)
    wanted = expected(cols, rows)
    found = told(report)
    assert found.items() <= wanted.items()
    left = {title for _, _, title in wanted.keys() - found.keys()}
    if left:
        assert report["doubts"] or [one for one in report["unmatched_columns"] if one["why"]]


def expected(cols: list[Column], rows: list[list[str]]) -> dict[tuple[str, str, str], str]:
    """Every value by child, person and column."""
    names = [row[next(place for place, one in enumerate(cols) if one[1:] == ("", "姓名"))] for row in rows]
    return {
        (name, person, title): cell
        for name, row in zip(names, rows, strict=True)
        for (_, person, title), cell in zip(cols, row, strict=True)
        if person != "-"
    }


def told(report: Any) -> dict[tuple[str, str, str], str]:
    """The same of what was imported; class and keys aside."""
    names = {one["key"]: one["values"]["姓名"] for one in report["added"] if one["sheet"] == "花名册"}
    aside = {"儿童编号", "编号", "关系", "年级", "班级"}
    return {
        (names[one["child"]], one["values"].get("关系", ""), title): cell
        for one in report["added"]
        for title, cell in one["values"].items()
        if title not in aside
    }
