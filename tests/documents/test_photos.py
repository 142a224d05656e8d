"""Which photos papers name: only of children whose families agreed."""

from __future__ import annotations

import pytest

from tests.documents.campaign_worlds import TODAY, step, world
from tests.support.schools import Row, children_of, school_of
from xl_liushou.core.drawing import Gallery, Photo
from xl_liushou.core.plan import WriteDocument
from xl_liushou.documents.campaigns import campaign_reports
from xl_liushou.documents.catalogue import PAPERS
from xl_liushou.documents.options import PaperOptions
from xl_liushou.schema.school import School
from xl_liushou.schema.sheets import Children, Participation

CONSENTS: list[Row] = [
    {"child_id": "S001", "photo_consent": "是"},
    {"child_id": "S002", "photo_consent": "否"},
    {"child_id": "S003", "photo_consent": "是", "consent": "待签"},
    {"child_id": "S004", "photo_consent": "是"},
]


def report(school: School) -> WriteDocument:
    (made,) = campaign_reports(school, TODAY, [], PaperOptions())
    assert isinstance(made, WriteDocument)
    return made


def gallery(*names: str, words: str = "走访") -> Gallery:
    (told,) = report(world(steps=[step(1, step=words, photos="、".join(names))])).context["开展"]
    assert isinstance(told["照片"], Gallery)
    return told["照片"]


@pytest.mark.parametrize(
    "cell", ["甲.jpg、乙 2.png", "甲.jpg, 乙 2.png", "甲.jpg，乙 2.png", "甲.jpg；乙 2.png、", "甲.jpg\n乙 2.png\n"]
)
def test_names_are_told_apart_however_they_are_written(cell: str) -> None:
    assert [photo.name for photo in gallery(cell).photos] == ["甲.jpg", "乙 2.png"]


def test_a_photo_named_twice_is_shown_once() -> None:
    assert [photo.name for photo in gallery("甲.jpg", "乙.jpg", "甲.jpg").photos] == ["甲.jpg", "乙.jpg"]


def test_words_say_the_class_and_the_step() -> None:
    steps = [
        step(1, step="班会", kind="主题班会", class_name="一年级1班", photos="甲.jpg"),
        step(2, step="班会", kind="主题班会", class_name="一年级2班", photos="乙.jpg、丙.jpg"),
        step(3, step="升旗", photos="丁.jpg"),
    ]
    told = [photo.words for one in report(world(steps=steps)).context["开展"] for photo in one["照片"].photos]
    assert told == ["一年级1班班会", "一年级2班班会", "一年级2班班会", "升旗"]


def test_photos_of_children_without_consent_are_not_named() -> None:
    pictured = [("甲.jpg", ("S001",)), ("乙.jpg", ("S001", "S002")), ("丙.jpg", ("S003",)), ("丁.jpg", ()), ("", ())]
    steps = [step(n, step="走访", photos=name, pictured=who) for n, (name, who) in enumerate(pictured)]
    (told,) = report(world(steps=steps, more={Children: CONSENTS})).context["开展"]
    assert [photo.name for photo in told["照片"].photos] == ["甲.jpg", "丁.jpg"]
    assert told["未列照片"] == 2


def test_a_step_without_photos_has_no_gallery() -> None:
    (told,) = report(world(steps=[step(1, step="走访")])).context["开展"]
    assert (told["照片"], told["未列照片"]) == ("", 0)


def taking_part(*states: str) -> School:
    rows = [
        {"campaign": "HD01", "child_id": one["child_id"], "attendance": state}
        for one, state in zip(CONSENTS, states, strict=False)
    ]
    steps = [step(1, step="走访", photos="甲.jpg")]
    return world(steps=steps, more={Children: CONSENTS, Participation: rows})


@pytest.mark.parametrize(
    ("states", "named"),
    [(("到", "到", "到"), "S002、S003"), (("到", "缺席", "计划"), "S003"), (("到",), ""), ((), "S002、S003")],
    ids=["who came", "not who was away", "nobody else", "all of the school where nobody is registered"],
)
def test_a_person_is_told_whom_to_look_for_in_the_photos(states: tuple[str, ...], named: str) -> None:
    notes = report(taking_part(*states)).notes
    assert len(notes) == bool(named)
    assert all(f"（{named}）" in note for note in notes)


def test_without_photos_there_is_nobody_to_look_for() -> None:
    assert report(world(steps=[step(1, step="走访")], more={Children: CONSENTS})).notes == ()


def test_the_card_names_the_childs_photo_only_where_the_family_agreed() -> None:
    school = school_of({Children: CONSENTS})
    cards = PAPERS["archive-card"].make(school, TODAY, children_of(school))
    named = [card.context["照片"] for card in cards if isinstance(card, WriteDocument)]
    assert [photo.name if isinstance(photo, Photo) else photo for photo in named] == ["S001", "", "", "S004"]
    assert all(photo.width <= 25 and photo.height <= 35 for photo in named if isinstance(photo, Photo))
