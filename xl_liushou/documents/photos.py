"""Which photos papers show: only of children whose families agreed, by file name and with the words below them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from xl_liushou.core.drawing import Gallery, Photo
from xl_liushou.core.table import Record
from xl_liushou.documents.campaign_steps import StepGroup
from xl_liushou.schema.lists import YES
from xl_liushou.schema.school import School
from xl_liushou.schema.sheets import Campaigns, CampaignSteps, Children, Participation

_CARD_PHOTO: Final = (24.5, 34.5)
"""A box of 25 × 35 mm without its frame."""
_STEP_PHOTO: Final = (72.0, 54.0)
_BETWEEN = re.compile(r"[、，,；;\n]+")
_ABSENT: Final = ("请假", "缺席")


def agrees_to_photos(child: Record) -> bool:
    """Whether a family agreed to photos of its child: 照片同意, and the signed 同意书 that it needs."""
    return child[Children.photo_consent] == YES and child[Children.consent] == "已签"


def child_photo(child: Record) -> Photo | str:
    """The child's own photo for the card, "" where the family did not agree."""
    if not agrees_to_photos(child):
        return ""
    return Photo(child[Children.child_id], *_CARD_PHOTO, words=f"{child[Children.name]}的照片")


def step_photos(school: School, group: StepGroup) -> tuple[Gallery | str, int]:
    """The photos of a step, "" for none, and how many rows of photos are left out for want of consent."""
    with_photos = [step for step in group.steps if _names(step)]
    allowed = [step for step in with_photos if _may_show(school, step)]
    words = {name: f"{step[CampaignSteps.class_name]}{group.title}" for step in allowed for name in _names(step)}
    photos = tuple(Photo(name, *_STEP_PHOTO, words=told) for name, told in words.items())
    return Gallery(photos) if photos else "", len(with_photos) - len(allowed)


def look_first(school: School, campaign: Record) -> str:
    """Whom a person has to look for in the photos of a campaign, since no program knows who is on them."""
    missing = [child[Children.child_id] for child in _took_part(school, campaign) if not agrees_to_photos(child)]
    if not missing:
        return ""
    return (
        f"活动“{campaign[Campaigns.name]}”里有{len(missing)}名孩子没有照片同意（{'、'.join(missing)}），"
        "照片里是谁程序认不出来。请先看一遍活动总结里的照片，有他们的请撤下，再交出去。"
    )


def _names(step: Record) -> list[str]:
    return [name for part in _BETWEEN.split(step[CampaignSteps.photos]) if (name := part.strip())]


def _may_show(school: School, step: Record) -> bool:
    children = [school.child_of.get(child_id) for child_id in step[CampaignSteps.pictured]]
    return all(child is not None and agrees_to_photos(child) for child in children)


def _took_part(school: School, campaign: Record) -> Sequence[Record]:
    """The children who took part or were to; where nobody is registered, all of the roster may be on the photos."""
    rows = [
        one for one in school[Participation].records() if one[Participation.campaign] == campaign[Campaigns.campaign_id]
    ]
    if not rows:
        return school.active_children
    present = [one[Participation.child_id] for one in rows if one[Participation.attendance] not in _ABSENT]
    return [school.child_of[child_id] for child_id in dict.fromkeys(present) if child_id in school.child_of]
