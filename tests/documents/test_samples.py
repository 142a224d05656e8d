"""docs/文书样张.md shows every paper and every sheet that comes with one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PIL import Image

from tests.support.paper_samples import PURPOSES, samples_document
from xl_liushou.documents.catalogue import PAPERS, TEMPLATES

DOCS = Path(__file__).parents[2] / "docs"
PAGE = (DOCS / "文书样张.md").read_text(encoding="utf-8")
MOST_BYTES = 60_000


def test_the_page_is_what_the_catalogue_says() -> None:
    assert samples_document() == PAGE, "python -m tests.support.remake"


def test_every_paper_has_its_entry_and_its_command() -> None:
    assert set(PURPOSES) == set(TEMPLATES)
    assert re.findall(r"`write ([a-z-]+) ", PAGE) == list(PAPERS)
    assert re.findall(r"^## (.+)$", PAGE, re.MULTILINE) == [paper.title for paper in PAPERS.values()]


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_paper_has_a_small_picture_of_a_whole_page(name: str) -> None:
    path = DOCS / "pictures" / f"{name}.png"
    assert f"](pictures/{name}.png)" in PAGE
    assert path.stat().st_size < MOST_BYTES, "python -m tests.support.pictures"
    with Image.open(path) as picture:
        assert max(picture.size) / min(picture.size) == pytest.approx(297 / 210, abs=0.01)
        assert len(picture.convert("L").getcolors() or []) > 1
