from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.support.schools import Row, children_of, school_of
from xl_liushou.core.plan import Audience
from xl_liushou.core.table import Record
from xl_liushou.documents.audience import all_blank, chinese_date, hidden_titles, may_show, visible
from xl_liushou.schema.sheets import Children, Contacts, TermFiles

CHILD: Row = {
    "child_id": "S001",
    "name": "张小明",
    "id_number": "99000120160302001X",
    "birth_date": date(2016, 3, 2),
    "hardships": ("孤儿", "重病"),
    "home_address": "青山镇云岭村二组18号",
    "hamlet": "云岭村二组",
}


def the_child() -> Record:
    return children_of(school_of({Children: [CHILD]}))[0]


def a_contact(**values: Any) -> Record:
    return next(school_of({Children: [CHILD], Contacts: [values]})[Contacts].records())


def test_parents_see_the_public_and_the_family_columns_only() -> None:
    seen = visible(the_child(), "家长")
    assert set(seen) == {"姓名", "性别", "年级", "班级", "家庭住址", "户籍地", "健康说明"}
    assert seen["家庭住址"] == "青山镇云岭村二组18号"


def test_the_school_sees_everything_but_the_secret_columns_and_a_masked_id() -> None:
    seen = visible(the_child(), "学校")
    assert seen["身份证号"] == "990***********001X"
    assert seen["村组"] == "云岭村二组"
    assert "困境类别" not in seen


def test_leaders_see_the_hardships_and_still_a_masked_id() -> None:
    seen = visible(the_child(), "学校", leaders=True)
    assert seen["困境类别"] == "孤儿、重病"
    assert seen["身份证号"] == "990***********001X"


def test_the_bureau_gets_the_whole_id_and_no_hardship() -> None:
    seen = visible(the_child(), "上报", leaders=True)
    assert seen["身份证号"] == "99000120160302001X"
    assert "困境类别" not in seen


def test_volunteers_see_the_hamlet_but_no_address_and_a_notice_board_no_whole_name() -> None:
    assert set(visible(the_child(), "志愿者")) == {"姓名", "年级", "班级", "村组"}
    assert visible(the_child(), "公示")["姓名"] == "张*明"


def test_leaders_papers_never_open_secrets_to_families() -> None:
    assert visible(the_child(), "家长", leaders=True) == visible(the_child(), "家长")


def test_dates_are_printed_in_chinese_without_zeros_and_blanks_as_nothing() -> None:
    seen = visible(the_child(), "学校")
    assert seen["出生日期"] == "2016年3月2日"
    assert seen["留守起始日"] == ""
    assert chinese_date(None) == ""


def test_a_missing_record_is_blank_in_every_column_that_may_be_seen() -> None:
    assert all_blank(TermFiles, "家长")["学习评语"] == ""
    assert "学业困难" not in all_blank(TermFiles, "学校")


def test_secret_columns_are_hidden_titles() -> None:
    assert {"困境类别", "劳动过重", "强制报告"} <= hidden_titles("学校")
    assert "身份证号" in hidden_titles("家长")
    assert "身份证号" not in hidden_titles("学校")


@pytest.mark.parametrize(
    ("secrecy", "audience", "leaders", "shown"),
    [
        ("一般", "家长", False, True),
        ("", "志愿者", False, True),
        ("敏感", "家长", False, False),
        ("敏感", "志愿者", True, False),
        ("敏感", "上报", False, False),
        ("敏感", "学校", False, True),
        ("限领导", "学校", False, False),
        ("限领导", "学校", True, True),
        ("限领导", "家长", True, False),
    ],
)
def test_a_record_is_shown_by_its_secrecy(secrecy: str, audience: Audience, leaders: bool, shown: bool) -> None:
    assert may_show(a_contact(secrecy=secrecy), audience, leaders) is shown


def test_a_record_that_must_be_reported_is_for_leaders() -> None:
    contact = a_contact(must_report="是")
    assert not may_show(contact, "学校")
    assert may_show(contact, "学校", leaders=True)
