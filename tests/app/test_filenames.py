"""File names of papers are safe everywhere and tell no neighbour anything."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xl_liushou.app.filenames import paper_name, safe_name
from xl_liushou.core.errors import UsageProblem
from xl_liushou.core.plan import WriteDocument


def paper(person: str = "张明", class_name: str = "三年级1班", title: str = "档案卡") -> WriteDocument:
    return WriteDocument("archive-card", title, class_name, person, "学校", {}, child="S001")


def test_the_usual_name_is_paper_class_and_child() -> None:
    assert paper_name(paper()) == "档案卡-三年级1班-张明.docx"


def test_an_empty_part_leaves_no_dashes() -> None:
    assert paper_name(paper(class_name="")) == "档案卡-张明.docx"


def test_a_pattern_of_ones_own() -> None:
    assert paper_name(paper(), "{班级}_{姓名}_{编号}") == "三年级1班_张明_S001.docx"


@pytest.mark.parametrize(
    "pattern", ["{生日}", "{", "{0}", "{姓名.x}", "{姓名.__class__}", "{姓名!r}", "{姓名:>9}", "{}"]
)
def test_an_unknown_pattern_is_told_in_chinese(pattern: str) -> None:
    with pytest.raises(UsageProblem, match="--name"):
        paper_name(paper(), pattern)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("../../etc/passwd", "etcpasswd"),
        ("CON", "_CON"),
        ("aux.", "_aux"),
        ("nul.docx", "_nul.docx"),
        ("关爱留守儿童主题月", "关爱儿童主题月"),
        ("尾巴. ", "尾巴"),
        ("a<b>:c|d?*", "abcd"),
        ("", "文书"),
    ],
)
def test_awkward_names(text: str, name: str) -> None:
    assert safe_name(text) == name


@given(st.text(max_size=300))
def test_any_text_becomes_a_single_name(text: str) -> None:
    name = safe_name(text)
    assert name
    assert name not in {".", ".."}
    assert Path(name).name == name
    assert "\\" not in name
    assert len(name.encode()) <= 200
    assert not name.endswith((".", " "))
    assert "留守" not in name
