"""Festival letters: an opening that fits the festival, the child's age, and who is away."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from tests.support.schools import Row, children_of, school_of
from xl_liushou.core.plan import Made, Skipped, WriteDocument
from xl_liushou.documents.catalogue import PAPERS
from xl_liushou.documents.festival_words import WORDS
from xl_liushou.documents.festivals import FESTIVALS, asked
from xl_liushou.documents.options import PaperOptions
from xl_liushou.schema.lists import CLOSED
from xl_liushou.schema.sheets import Children, Guardians

TODAY = date(2026, 9, 1)
BOTH_AWAY: list[Row] = [
    {"relation": "父亲", "is_carer": "否"},
    {"relation": "母亲"},
    {"relation": "祖母", "works_away": "否", "is_carer": "是"},
]
FATHER_AWAY: list[Row] = [
    {"relation": "父亲", "is_carer": "否"},
    {"relation": "母亲", "works_away": "否", "is_carer": "是"},
]
BOTH_HOME: list[Row] = [{"relation": "父亲", "works_away": "否"}, {"relation": "母亲", "works_away": "否"}]


def letter(festival: str, guardians: Sequence[Row], grade: str = "三年级") -> Made:
    school = school_of({Children: [{"grade": grade}], Guardians: guardians})
    options = PaperOptions(festival=asked(festival, TODAY))
    (made,) = PAPERS["child-letter"].make(school, TODAY, children_of(school), options)
    return made


def opening(festival: str, guardians: Sequence[Row], grade: str = "三年级") -> str:
    made = letter(festival, guardians, grade)
    assert isinstance(made, WriteDocument)
    return str(made.context["开头"])


def test_the_stationery_names_the_festival_and_its_day() -> None:
    made = letter("中秋", BOTH_AWAY)
    assert isinstance(made, WriteDocument)
    assert made.context["节日"] == {
        "名称": "中秋节",
        "日期": "2026年9月25日",
        "农历": "农历八月十五",
        "诗句": "但愿人长久，千里共婵娟。",
        "可以写": "家乡的月亮，月饼的味道，我的悄悄话",
    }
    assert (made.context["称呼"], made.context["落款日期"]) == ("亲爱的爸爸、妈妈", "2026年9月1日")


def test_without_a_festival_there_is_none_on_it() -> None:
    school = school_of({Children: [{}], Guardians: BOTH_AWAY})
    (made,) = PAPERS["child-letter"].make(school, TODAY, children_of(school))
    assert isinstance(made, WriteDocument)
    assert made.context["节日"] == ""


def test_who_is_away_is_missed_and_hears_who_is_at_home() -> None:
    assert opening("中秋", BOTH_AWAY) == (
        "中秋节到了，月饼摆上了桌，祝你们中秋快乐，身体健康！我们看着同一个月亮，心就在一起。有奶奶照顾我，请你们放心。"
    )
    assert opening("春节", FATHER_AWAY).endswith("我最盼望的，就是和您一起吃年夜饭。有妈妈照顾我，请您放心。")


def test_who_is_at_home_is_not_told_of_missing() -> None:
    assert opening("中秋", BOTH_HOME).endswith("我想和你们一起赏月、吃月饼。")
    elder: list[Row] = [{"relation": "祖父", "works_away": "否", "is_first_contact": "是"}]
    assert opening("重阳", elder).endswith("愿您身体健康，天天开心。")


def test_a_carer_without_a_name_of_endearment_is_not_mentioned() -> None:
    trustee: list[Row] = [
        {"relation": "父亲", "is_carer": "否"},
        {"relation": "受托人", "is_carer": "是", "works_away": "否"},
    ]
    assert "照顾我" not in opening("国庆", trustee)


def test_on_the_day_of_the_old_the_elder_at_home_gets_company() -> None:
    assert opening("重阳", BOTH_AWAY).endswith("我会替你们多陪陪奶奶。")
    assert opening("重阳", FATHER_AWAY).endswith("有妈妈照顾我，请您放心。")


def test_each_age_has_its_own_greeting() -> None:
    for festival in FESTIVALS:
        found = {grade: opening(festival, BOTH_AWAY, grade) for grade in CLOSED["年级"]}
        assert len(set(found.values())) == 3
        assert found["一年级"] == found["二年级"] != found["三年级"] == found["四年级"] != found["五年级"]


@pytest.mark.parametrize(("festival", "called"), [("母亲节", "妈妈"), ("父亲节", "爸爸")])
def test_a_parents_day_is_for_that_parent_alone(festival: str, called: str) -> None:
    for guardians in (BOTH_AWAY, FATHER_AWAY, BOTH_HOME):
        made = letter(festival, guardians)
        assert isinstance(made, WriteDocument)
        assert (made.context["称呼"], made.context["您"], len(made.recipients)) == (f"亲爱的{called}", "您", 1)


@pytest.mark.parametrize("mother", [[], [{"relation": "母亲", "capacity": "失联"}]], ids=["none", "lost"])
def test_a_child_whose_mother_cannot_be_written_to_is_spared_that_letter(mother: list[Row]) -> None:
    made = letter("母亲节", [{"relation": "父亲"}, *mother])
    assert isinstance(made, Skipped)
    assert made.child == "S001"
    assert "换一个节日" in made.message


def test_no_brace_is_left_and_nothing_hurts() -> None:
    for festival in FESTIVALS:
        for guardians in (BOTH_AWAY, FATHER_AWAY, BOTH_HOME, []):
            made = letter(festival, guardians)
            if isinstance(made, WriteDocument):
                text = made.context["开头"] + "".join(made.context["节日"].values())
                assert not any(sign in text for sign in ("{", "}", "留守", "可怜"))
                assert text.count("您") == 0 or text.count("你们") == 0


def test_every_opening_leaves_room_for_the_lines_below_it() -> None:
    for words in WORDS.values():
        for greeting in words.greetings:
            longest = f"{greeting}{words.apart}{words.elder or '有{carer}照顾我，请{you}放心。'}"
            assert len(longest.replace("{you}", "你们").replace("{carer}", "奶奶")) <= 88
