"""GB/T 9704-2012 in the official papers: its figures in the XML of template and paper, and on printed pages."""

from __future__ import annotations

import functools
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pytest
from lxml import etree

from tests.documents import campaign_worlds, term_worlds
from tests.support.libreoffice import line_boxes
from tests.support.office import requires_libreoffice
from tests.support.schools import children_of
from xl_liushou.adapters.word import WordTemplate
from xl_liushou.build.papers import templates
from xl_liushou.core.plan import WriteDocument
from xl_liushou.documents.catalogue import PAPERS
from xl_liushou.schema.school import School

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
OFFICIAL = ("campaign-plan", "campaign-report", "work-plan", "term-report", "overdue-notice")
CHINESE_FONTS = {"仿宋", "楷体", "宋体", "黑体"}
RUNNING = ("heading 1", "heading 2", "主送", "正文段落", "正文末段", "表前段落", "落款")
"""The styles of 16 pt that stand in the page's grid of lines."""
MARGINS = {"top": 37, "bottom": 35, "left": 28, "right": 26}
TWIPS_PER_MM = 1440 / 25.4
POINTS_PER_MM = 72 / 25.4
LONG = "搭建沟通的桥梁，" * 400


@functools.cache
def built() -> dict[str, bytes]:
    return templates()


def written(name: str, school: School | None = None) -> bytes:
    """A paper of a school with everything filled in."""
    if school is None:
        school = term_worlds.full_school() if name in ("work-plan", "term-report") else campaign_worlds.full_world()
    today = term_worlds.TODAY if name in ("work-plan", "term-report") else campaign_worlds.TODAY
    made = next(one for one in PAPERS[name].make(school, today, children_of(school)) if isinstance(one, WriteDocument))
    return WordTemplate(made.title, built()[name]).render(made.context).data


@dataclass
class Sheet:
    """The parts of a paper that the standard speaks of."""

    data: bytes

    def part(self, name: str) -> etree._Element:
        with zipfile.ZipFile(io.BytesIO(self.data)) as archive:
            return etree.fromstring(archive.read(name))

    @functools.cached_property
    def body(self) -> etree._Element:
        return self.part("word/document.xml")

    @functools.cached_property
    def footers(self) -> list[etree._Element]:
        with zipfile.ZipFile(io.BytesIO(self.data)) as archive:
            return [self.part(name) for name in archive.namelist() if "/footer" in name and name.endswith(".xml")]

    @functools.cached_property
    def styles(self) -> dict[str, etree._Element]:
        """Every style by its name."""
        return {value(one.find(W + "name")): one for one in self.part("word/styles.xml").iter(W + "style")}

    def used(self) -> Iterator[etree._Element]:
        """The paragraph styles that body and footers use."""
        ids = {value(one) for root in (self.body, *self.footers) for one in root.iter(W + "pStyle")}
        return (one for one in self.styles.values() if one.get(W + "styleId") in ids)

    def setting(self, style: str, path: str, attribute: str = "val") -> str:
        return value(self.styles[style].find("/".join(W + step for step in path.split("/"))), attribute)


def value(element: etree._Element | None, attribute: str = "val") -> str:
    assert element is not None
    return element.get(W + attribute, "")


@pytest.fixture(params=[(name, kind) for name in OFFICIAL for kind in ("template", "paper")], ids="-".join)
def sheet(request: pytest.FixtureRequest) -> Sheet:
    name, kind = request.param
    return Sheet(built()[name] if kind == "template" else written(name))


class TestXml:
    def test_every_section_is_a4_with_the_margins_of_the_standard(self, sheet: Sheet) -> None:
        sections = list(sheet.body.iter(W + "sectPr"))
        assert sections
        for section in sections:
            size, margins = section.find(W + "pgSz"), section.find(W + "pgMar")
            assert (value(size, "w"), value(size, "h")) == ("11906", "16838")
            found = {side: int(value(margins, side)) / TWIPS_PER_MM for side in MARGINS}
            assert found == pytest.approx(MARGINS, abs=0.05)

    def test_every_style_in_use_names_a_chinese_font_for_all_scripts(self, sheet: Sheet) -> None:
        used = list(sheet.used())
        assert len(used) > 5
        for style in used:
            fonts = style.find(f"{W}rPr/{W}rFonts")
            assert {value(fonts, script) for script in ("ascii", "hAnsi", "eastAsia", "cs")} <= CHINESE_FONTS
            assert value(fonts, "eastAsia") == value(fonts, "ascii")

    def test_no_run_of_the_body_has_a_size_of_its_own_and_every_font_of_its_own_is_chinese(self, sheet: Sheet) -> None:
        assert not list(sheet.body.iter(W + "sz"))
        assert {value(fonts, "eastAsia") for fonts in sheet.body.iter(W + "rFonts")} <= CHINESE_FONTS

    @pytest.mark.parametrize(
        ("style", "font", "points"),
        [("Title", "宋体", 22), ("heading 1", "黑体", 16), ("heading 2", "楷体", 16), ("正文段落", "仿宋", 16),
         ("单页页码", "宋体", 14), ("双页页码", "宋体", 14)],
    )  # fmt: skip
    def test_fonts_and_sizes(self, sheet: Sheet, style: str, font: str, points: int) -> None:
        assert sheet.setting(style, "rPr/rFonts", "eastAsia") == font
        assert sheet.setting(style, "rPr/sz") == str(2 * points)

    def test_the_title_is_centred(self, sheet: Sheet) -> None:
        assert sheet.setting("Title", "pPr/jc") == "center"

    @pytest.mark.parametrize("style", RUNNING)
    def test_twenty_two_exact_lines_fill_the_page(self, sheet: Sheet, style: str) -> None:
        pitch = int(sheet.setting(style, "pPr/spacing", "line"))
        assert sheet.setting(style, "pPr/spacing", "lineRule") == "exact"
        assert 28 * 20 <= pitch <= 29 * 20
        assert (297 - 37 - 35) * TWIPS_PER_MM // pitch == 22

    def test_twenty_eight_characters_fill_the_line(self, sheet: Sheet) -> None:
        character = 16 * 20 + int(sheet.setting("正文段落", "rPr/spacing"))
        assert (210 - 28 - 26) * TWIPS_PER_MM // character == 28

    @pytest.mark.parametrize("style", ["正文段落", "正文末段", "heading 1", "heading 2"])
    def test_first_lines_are_indented_by_two_characters(self, sheet: Sheet, style: str) -> None:
        assert sheet.setting(style, "pPr/ind", "firstLineChars") == "200"

    def test_page_numbers_stand_between_dashes_on_the_outer_side(self, sheet: Sheet) -> None:
        assert sheet.part("word/settings.xml").find(W + "evenAndOddHeaders") is not None
        shown = ["".join(one.text or "" for one in root.iter(W + "t", W + "instrText")) for root in sheet.footers]
        assert shown == ["— PAGE —"] * 2
        assert (sheet.setting("单页页码", "pPr/jc"), sheet.setting("双页页码", "pPr/jc")) == ("right", "left")
        sections = list(sheet.body.iter(W + "footerReference"))
        assert {value(one, "type") for one in sections} == {"default", "even"}


@requires_libreoffice
class TestPrinted:
    @pytest.mark.parametrize("name", ["campaign-plan", "campaign-report"])
    def test_a_page_of_running_text_holds_twenty_two_lines_of_twenty_eight_characters(
        self, name: str, tmp_path: Path
    ) -> None:
        path = tmp_path / f"{name}.docx"
        path.write_bytes(written(name, campaign_worlds.world({"purpose": LONG})))
        for page in line_boxes(path)[1:3]:
            *lines, number = page
            assert 21 <= len(lines) <= 23
            assert all(27 <= len(line.text) <= 29 for line in lines)
            tops = [line.top for line in lines]
            assert [after - before for before, after in pairwise(tops)] == pytest.approx(
                [28.95] * (len(tops) - 1), abs=0.2
            )
            assert number.text.startswith("—")

    @pytest.mark.parametrize("name", OFFICIAL)
    def test_all_text_is_inside_the_margins_and_the_page_numbers_are_on_the_outer_side(
        self, name: str, tmp_path: Path
    ) -> None:
        path = tmp_path / f"{name}.docx"
        path.write_bytes(written(name))
        left, right = 28 * POINTS_PER_MM, (210 - 26) * POINTS_PER_MM
        for at, (*lines, number) in enumerate(line_boxes(path), 1):
            assert "".join(number.text.split()) == f"—{at}—"
            assert (number.left > 105 * POINTS_PER_MM) is (at % 2 == 1)
            assert number.top > (297 - 35) * POINTS_PER_MM
            for line in lines:
                assert line.left > left - 1
                assert line.right < right + 17  # a mark at the end of a line may hang
                assert 37 * POINTS_PER_MM - 10 < line.top < (297 - 35) * POINTS_PER_MM
