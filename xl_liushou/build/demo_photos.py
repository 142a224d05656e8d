"""Drawn pictures in place of photos for the invented school: nobody is on them, and nothing is written on them."""

from __future__ import annotations

import io
from random import Random
from typing import Final

from PIL import Image, ImageDraw

from xl_liushou.schema.lists import YES
from xl_liushou.schema.school import School
from xl_liushou.schema.sheets import CampaignSteps, Children

_WALLS: Final = ("#f3e3c3", "#dfeaf2", "#e6efd9", "#f4dcd6")
_CLOTHES: Final = ("#c8553d", "#3d7ea6", "#588157", "#e09f3e", "#7b5ea7", "#d17b88")
_SKIN, _HAIR, _BOARD, _CHALK = "#f0c9a4", "#3a2e28", "#2f5d50", "#f7f3e8"
_CLASSROOM: Final = (800, 600)
_PORTRAIT: Final = (300, 420)


def demo_photos(school: School) -> dict[str, bytes]:
    """The files of its folder of photos: a classroom for each photo of a step, a figure for each child who agreed."""
    rooms = [name for names in school[CampaignSteps].photos for name in names.split("、") if name]
    children = school[Children]
    agreed = zip(children.child_id, children.photo_consent, strict=True)
    shown = [child_id for child_id, consent in agreed if consent == YES]
    return {
        **{name: _classroom(Random(name)) for name in rooms},
        **{f"{child_id}.jpg": _portrait(Random(child_id)) for child_id in shown},
    }


def _classroom(random: Random) -> bytes:
    """Two rows of children before a blackboard with a heart on it."""
    picture = Image.new("RGB", _CLASSROOM, random.choice(_WALLS))
    pen = ImageDraw.Draw(picture)
    pen.rectangle((150, 50, 650, 290), fill=_BOARD, outline="#8a6d4b", width=12)
    pen.ellipse((330, 95, 410, 175), fill=_CHALK)
    pen.ellipse((390, 95, 470, 175), fill=_CHALK)
    pen.polygon([(338, 157), (462, 157), (400, 240)], fill=_CHALK)
    for top, count, size in ((300, 7, 70), (410, 5, 100)):
        for place in range(count):
            _figure(pen, (place + 0.5) * _CLASSROOM[0] / count, top, size, random.choice(_CLOTHES), facing=False)
    return _jpeg(picture)


def _portrait(random: Random) -> bytes:
    """A figure as on a card of identity."""
    picture = Image.new("RGB", _PORTRAIT, random.choice(_WALLS))
    _figure(ImageDraw.Draw(picture), _PORTRAIT[0] / 2, 80, 150, random.choice(_CLOTHES), facing=True)
    return _jpeg(picture)


def _figure(pen: ImageDraw.ImageDraw, x: float, top: float, size: float, clothes: str, *, facing: bool) -> None:
    """A head of this size over shoulders that run out of the picture, from behind or `facing`."""
    head = (x - size / 2, top, x + size / 2, top + 1.15 * size)
    pen.ellipse((x - size, top + 1.2 * size, x + size, top + 4 * size), fill=clothes)
    pen.rectangle((x - size / 6, top + size, x + size / 6, top + 1.35 * size), fill=_SKIN)
    pen.ellipse(head, fill=_SKIN if facing else _HAIR)
    if facing:
        pen.pieslice((head[0] - 4, top - 8, head[2] + 4, head[3]), 180, 360, fill=_HAIR)


def _jpeg(picture: Image.Image) -> bytes:
    written = io.BytesIO()
    picture.save(written, "JPEG", quality=80)
    return written.getvalue()
