"""志愿者证: one for each volunteer who is cleared; no child and no phone is on it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from tests.support.schools import Row, children_of, school_of
from xl_liushou.core.errors import UsageProblem
from xl_liushou.core.plan import Blocked, Made, Skipped, WriteDocument
from xl_liushou.documents.catalogue import PAPERS
from xl_liushou.documents.options import PaperOptions
from xl_liushou.schema.sheets import Campaigns, Children, Volunteers

TODAY = date(2026, 10, 21)
CAMPAIGN: Row = {"campaign_id": "H1", "name": "暖心走访", "status": "进行"}
CLEARED: Row = {
    "name": "赵志愿", "organisation": "镇团委", "campaign": "H1", "group": "第一组", "leads": "是",
    "card_number": "ZY01", "mobile": "13700000001", "checked_on": date(2026, 3, 1), "pledged": "是",
}  # fmt: skip


def made(volunteers: Sequence[Row], campaign: Row = CAMPAIGN, asked: str = "") -> list[Made]:
    school = school_of({Children: [{"name": "张明"}], Campaigns: [campaign], Volunteers: volunteers})
    return list(PAPERS["volunteer-card"].make(school, TODAY, children_of(school), PaperOptions(campaign=asked)))


def test_a_card_says_who_it_is_and_for_what() -> None:
    (card,) = made([CLEARED])
    assert isinstance(card, WriteDocument)
    told = card.context
    assert (card.title, card.person, card.audience, list(card.children)) == ("志愿者证", "赵志愿", "志愿者", [])
    assert (told["姓名"], told["单位"], told["分组"], told["组长"], told["证号"]) == (
        "赵志愿", "镇团委", "第一组", "是", "ZY01",
    )  # fmt: skip
    assert told["活动"] == {"名称": "暖心走访", "时间": "2026年10月1日至10月31日"}
    assert "13700000001" not in str(told)
    assert "张明" not in str(told)


def test_without_a_number_of_its_own_a_card_bears_the_volunteers() -> None:
    (card,) = made([{**CLEARED, "card_number": "", "campaign": ""}])
    assert isinstance(card, WriteDocument)
    assert (card.context["证号"], card.context["活动"]) == ("V01", {"名称": "", "时间": ""})


def test_who_is_not_cleared_gets_no_card() -> None:
    found = made([CLEARED, {**CLEARED, "name": "钱志愿", "pledged": "否"}, {**CLEARED, "checked_on": None}])
    assert [type(one) for one in found] == [WriteDocument, Blocked, Blocked]
    assert [one.code for one in found if isinstance(one, Blocked)] == ["D806", "D806"]
    assert "钱志愿缺保密承诺" in str(found[1])


def test_without_a_name_there_is_no_card() -> None:
    (blocked,) = made([{**CLEARED, "name": ""}])
    assert isinstance(blocked, Blocked)
    assert blocked.code == "D805"


@pytest.mark.parametrize(("status", "asked", "kind"), [
    ("取消", "", Skipped), ("取消", "H1", Skipped), ("完成", "", Skipped), ("完成", "H1", WriteDocument),
])  # fmt: skip
def test_a_campaign_that_is_over_needs_no_cards(status: str, asked: str, kind: type) -> None:
    (one,) = made([CLEARED], {**CAMPAIGN, "status": status}, asked)
    assert isinstance(one, kind)


def test_only_the_volunteers_of_the_campaign_asked_for_get_cards() -> None:
    found = made([CLEARED, {**CLEARED, "campaign": "H2"}], asked="H1")
    assert len(found) == 1
    with pytest.raises(UsageProblem):
        made([CLEARED], asked="没有")


def test_without_volunteers_there_is_nothing_to_make() -> None:
    assert [type(one) for one in made([])] == [Skipped]
