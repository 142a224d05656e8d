"""Draws the pictures of docs/pictures anew from the demo school: `python -m tests.support.pictures`.

Needs LibreOffice, poppler, and free fonts in place of those of Windows: Noto CJK, AR PL UMing and UKai.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from PIL import Image

from tests.support.commands import AS_OF, program
from tests.support.libreoffice import page_images
from xl_liushou.documents.catalogue import PAPERS

PICTURES: Final = Path(__file__).parents[2] / "docs" / "pictures"
_DPI: Final = 55
_COLOURS: Final = 24
_ASKED: Final = {
    **dict.fromkeys(("visit-form", "volunteer-card", "supplies-receipt"), ("--campaign", "HD02")),
    **dict.fromkeys(("campaign-plan", "campaign-report"), ("--campaign", "HD01")),
    **dict.fromkeys(("work-plan", "term-report"), ()),
    "overdue-notice": ("--class", "二年级2班"),
}
"""What is asked for where it is not one class."""
_CLASS: Final = ("--class", "三年级1班")
_BEST_PAGE: Final = {"campaign-report": 2, "term-report": 3}
"""The page that says most, where it is not the first."""
_FONTS: Final = {
    "仿宋": "AR PL UMing CN",
    "楷体": "AR PL UKai CN",
    "宋体": "Noto Serif CJK SC",
    "黑体": "Noto Sans CJK SC",
}
_ALIAS: Final = (
    '<match target="pattern"><test name="family"><string>{}</string></test>'
    '<edit name="family" mode="assign" binding="strong"><string>{}</string></edit></match>'
)
_FONT_SETTINGS: Final = (
    '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
    '<include ignore_missing="yes">/etc/fonts/fonts.conf</include>{}</fontconfig>'
)


def main() -> None:
    """Writes one small picture for every paper and every sheet that comes with one."""
    with tempfile.TemporaryDirectory() as folder:
        _use_like_fonts(Path(folder) / "fonts.conf")
        made = program("demo", Path(folder) / "演示", "--as-of", AS_OF, "--json")
        for name, paper in _papers(Path(made.json["files"][0])):
            page = page_images(paper, paper.parent / name, _DPI)[_BEST_PAGE.get(name, 1) - 1]
            Image.open(page).convert("RGB").quantize(_COLOURS).save(PICTURES / f"{name}.png", optimize=True)


def _use_like_fonts(settings: Path) -> None:
    """Lets LibreOffice draw in free fonts that are like those the papers name."""
    settings.write_text(_FONT_SETTINGS.format("".join(_ALIAS.format(*pair) for pair in _FONTS.items())), "utf-8")
    os.environ["FONTCONFIG_FILE"] = str(settings)


def _papers(book: Path) -> Iterator[tuple[str, Path]]:
    """The first of each kind of paper of the demo school, by the name of its template."""
    for name, paper in PAPERS.items():
        asked = _ASKED.get(name, _CLASS)
        files = program("write", name, book, "--as-of", AS_OF, "--json", *asked).json["files"]
        paths = [Path(file["path"]) for file in files]
        titles = {name: paper.title} | {sheet.name: sheet.title for sheet in paper.companions}
        for template, title in titles.items():
            yield template, next(path for path in paths if path.name.startswith(f"{title}-"))


if __name__ == "__main__":
    main()
