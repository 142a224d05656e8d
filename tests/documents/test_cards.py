from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.documents.families import COMMENT_200, TODAY, bare_school, long_school, plain_school
from tests.support.schools import children_of, school_of
from xl_liushou.core.plan import WriteDocument
from xl_liushou.documents.cards import fitted
from xl_liushou.documents.catalogue import PAPERS
from xl_liushou.documents.options import PaperOptions
from xl_liushou.schema.school import School
from xl_liushou.schema.sheets import Children, Contacts, Guardians, TermFiles


def card(school: School, leaders: bool = False) -> dict[str, Any]:
    (made,) = PAPERS["archive-card"].make(school, TODAY, children_of(school)[:1], PaperOptions(leaders=leaders))
    assert isinstance(made, WriteDocument)
    assert (made.audience, made.guarded) == ("学校", False)
    return dict(made.context)


def test_the_card_tells_the_basics_with_a_masked_id() -> None:
    told = card(plain_school())
    assert (told["姓名"], told["出生日期"], told["年龄"]) == ("张明", "2016年3月2日", 10)
    assert told["身份证号"] == "990***********0017"
    assert told["家庭住址"] == "青山镇云岭村二组18号"


@pytest.mark.parametrize(
    ("born", "age"),
    [(date(2016, 10, 21), 10), (date(2016, 10, 22), 9), (date(2016, 2, 29), 10), (None, ""), (date(2027, 1, 1), "")],
)
def test_age_is_counted_in_full_years(born: date | None, age: int | str) -> None:
    assert card(school_of({Children: [{"birth_date": born}]}))["年龄"] == age


def test_parents_and_carers_stand_in_their_places() -> None:
    told = card(plain_school())
    assert (told["父亲"]["姓名"], told["母亲"]["手机"], told["照护人"]["姓名"]) == ("张强", "13900000002", "张大山")
    assert [one["关系"] for one in told["照护人们"]] == ["祖父"]


def test_a_parent_who_cares_at_home_is_among_the_carers() -> None:
    told = card(school_of({Children: [{}], Guardians: [{"relation": "母亲"}, {"relation": "祖母"}]}))
    assert [one["关系"] for one in told["照护人们"]] == ["母亲", "祖母"]


def test_the_four_aspects_are_rows_and_the_assessor_has_a_name() -> None:
    told = card(plain_school())
    assert told["评价"][0] == {"方面": "学习", "评定": "中", "评语": "计算比开学时细心"}
    assert told["评价人"] == "王芳"


def test_without_a_file_of_this_term_the_latest_one_is_told() -> None:
    files = [
        {"term": "2025年秋季学期", "study": "中", "assessed_on": date(2025, 12, 1)},
        {"term": "2026年春季学期", "study": "优", "assessed_on": date(2026, 5, 1)},
    ]
    told = card(school_of({Children: [{}], TermFiles: files}))
    assert (told["学期"], told["评价"][0]["评定"]) == ("2026年春季学期", "优")


def test_the_latest_five_contacts_are_told_the_latest_first() -> None:
    rows = [{"day": date(2026, 9, day), "summary": str(day)} for day in (3, 9, 5, 7, 1, 8)]
    told = card(school_of({Children: [{}], Contacts: [*rows, {"day": None}, {"day": date(2027, 1, 1)}]}))
    assert [one["摘要"] for one in told["联系记录"]] == ["9", "8", "7", "5", "3"]
    assert told["联系记录"][0]["日期"] == "2026年9月9日"


def test_secret_records_and_columns_are_for_leaders() -> None:
    plain, led = card(plain_school()), card(plain_school(), leaders=True)
    assert [one["摘要"] for one in plain["联系记录"]] == ["看望爷爷", "刚开学有些想家"]
    assert led["联系记录"][0]["摘要"] == "只给领导看"
    assert plain["限领导栏"] == []
    assert "困境类别" not in plain
    assert led["限领导栏"] == [{"名目": "困境类别", "内容": "家庭贫困"}, {"名目": "五项关注", "内容": "亲情缺失：重"}]


def test_a_bare_child_has_a_whole_card() -> None:
    told = card(bare_school(), leaders=True)
    assert told["联系记录"] == []
    assert [one["评定"] for one in told["评价"]] == ["", "", "", ""]
    assert [one["内容"] for one in told["限领导栏"]] == ["无", "尚未评定"]


def test_comments_are_whole_where_there_is_room_and_cut_where_there_is_none() -> None:
    assert fitted(["好", "好" * 150, "", "好"], most=8) == ["好", "好" * 150, "", "好"]
    cut = fitted([COMMENT_200] * 4, most=8)
    assert [len(one) for one in cut] == [68, 68, 68, 68]
    assert all(one.endswith("…") for one in cut)


def test_long_texts_are_cut_to_the_room_of_the_card() -> None:
    told = card(long_school())
    assert len(told["健康说明"]) == 24
    assert all(len(one["摘要"]) <= 34 for one in told["联系记录"])
    assert len(told["照护人们"]) == 4
