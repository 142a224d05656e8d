"""The official papers as Word files: the geometry of GB/T 9704-2012, and pages that can be signed."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from docxtpl import DocxTemplate
from lxml import etree

from tests.documents.campaign_worlds import TODAY, bare_world, full_world, long_world, world
from tests.support.office import (
    assert_east_asian_fonts,
    assert_office_file,
    assert_rendered,
    pdf_pages,
    requires_libreoffice,
)
from tests.support.schools import children_of
from xl_liushou.adapters.word import WordTemplate
from xl_liushou.build.paper_campaigns import campaign_plan, campaign_report
from xl_liushou.build.paper_notices import overdue_notice
from xl_liushou.build.paper_official import CELL, body, finished, lead, official_paper, row_table
from xl_liushou.build.paper_term_report import term_report
from xl_liushou.build.paper_work_plan import work_plan
from xl_liushou.core.plan import WriteDocument
from xl_liushou.documents.campaigns import campaign_plans, campaign_reports
from xl_liushou.documents.notices import overdue_notices
from xl_liushou.documents.options import PaperOptions
from xl_liushou.schema.school import School

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TEMPLATES = {
    "campaign-plan": campaign_plan,
    "campaign-report": campaign_report,
    "overdue-notice": overdue_notice,
    "work-plan": work_plan,
    "term-report": term_report,
}
MAKERS = {"campaign-plan": campaign_plans, "campaign-report": campaign_reports}
WORLDS = {"bare": bare_world, "full": full_world, "long": long_world}
TWIPS_PER_MM = 1440 / 25.4


@pytest.fixture(params=TEMPLATES)
def template(request: pytest.FixtureRequest) -> bytes:
    return TEMPLATES[request.param]()


def part(package: bytes, name: str) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        return etree.fromstring(archive.read(name))


def value(element: etree._Element | None, attribute: str = "val") -> str:
    assert element is not None
    return element.get(W + attribute, "")


def style(package: bytes, name: str) -> etree._Element:
    return next(
        one for one in part(package, "word/styles.xml").iter(W + "style") if value(one.find(W + "name")) == name
    )


def render(document: str, context: Mapping[str, Any], folder: Path) -> Path:
    path = folder / f"{document}.docx"
    path.write_bytes(WordTemplate(document, TEMPLATES[document]()).render(context).data)
    return path


def paper(document: str, school: School, folder: Path, today: date = TODAY) -> Path:
    (made,) = MAKERS[document](school, today, [], PaperOptions())
    assert isinstance(made, WriteDocument)
    return render(document, made.context, folder)


class TestGeometry:
    def test_the_page(self, template: bytes) -> None:
        section = part(template, "word/document.xml").find(f".//{W}sectPr")
        assert section is not None
        size, margins = section.find(W + "pgSz"), section.find(W + "pgMar")
        wanted = {"top": 37, "bottom": 35, "left": 28, "right": 26}
        assert (value(size, "w"), value(size, "h")) == ("11906", "16838")
        assert {side: round(int(value(margins, side)) / TWIPS_PER_MM) for side in wanted} == wanted

    @pytest.mark.parametrize(
        ("name", "font", "half_points"),
        [("Title", "宋体", 44), ("heading 1", "黑体", 32), ("heading 2", "楷体", 32), ("正文段落", "仿宋", 32)],
    )
    def test_fonts_and_sizes(self, template: bytes, name: str, font: str, half_points: int) -> None:
        properties = style(template, name).find(W + "rPr")
        assert properties is not None
        assert value(properties.find(W + "rFonts"), "eastAsia") == font
        assert value(properties.find(W + "sz")) == str(half_points)

    def test_twenty_two_exact_lines_fill_the_page(self, template: bytes) -> None:
        for name in ("heading 1", "heading 2", "正文段落"):
            spacing = style(template, name).find(f"{W}pPr/{W}spacing")
            pitch = int(value(spacing, "line"))
            assert value(spacing, "lineRule") == "exact"
            assert 28 * 20 <= pitch <= 29 * 20
            assert (297 - 37 - 35) * TWIPS_PER_MM // pitch == 22

    def test_twenty_eight_characters_fill_the_line(self, template: bytes) -> None:
        character = 16 * 20 + int(value(style(template, "正文段落").find(f"{W}rPr/{W}spacing")))
        assert (210 - 28 - 26) * TWIPS_PER_MM // character == 28

    def test_first_lines_are_indented_by_two_characters(self, template: bytes) -> None:
        for name in ("正文段落", "heading 1", "heading 2"):
            assert value(style(template, name).find(f"{W}pPr/{W}ind"), "firstLineChars") == "200"

    def test_page_numbers_stand_on_the_outer_side(self, template: bytes) -> None:
        assert part(template, "word/settings.xml").find(W + "evenAndOddHeaders") is not None
        sides = {}
        with zipfile.ZipFile(io.BytesIO(template)) as archive:
            footers = [name for name in archive.namelist() if "/footer" in name]
        for name in footers:
            paragraph = part(template, name).find(W + "p")
            assert paragraph is not None
            shown = "".join(text.text or "" for text in paragraph.iter(W + "t", W + "instrText"))
            sides[value(paragraph.find(f"{W}pPr/{W}pStyle"))] = shown
        assert set(sides.values()) == {"— PAGE —"}
        aligned = {value(style(template, name).find(f"{W}pPr/{W}jc")) for name in ("单页页码", "双页页码")}
        assert aligned == {"left", "right"}
        assert value(style(template, "单页页码").find(f"{W}rPr/{W}sz")) == "28"

    def test_it_is_a_sound_file_with_chinese_fonts(self, template: bytes, tmp_path: Path) -> None:
        path = tmp_path / "template.docx"
        path.write_bytes(template)
        assert_office_file(path)
        assert_east_asian_fonts(path)

    def test_every_tag_lies_in_one_run(self, template: bytes) -> None:
        texts = [text.text or "" for text in part(template, "word/document.xml").iter(W + "t")]
        assert any("{{" in text for text in texts)
        for text in texts:
            assert text.count("{{") == text.count("}}")
            assert text.count("{%") == text.count("%}")

    def test_building_twice_gives_the_same_bytes(self) -> None:
        assert [build() for build in TEMPLATES.values()] == [build() for build in TEMPLATES.values()]


class TestRendered:
    @pytest.mark.parametrize("document", MAKERS)
    @pytest.mark.parametrize("name", WORLDS)
    def test_campaign_papers_are_sound(self, document: str, name: str, tmp_path: Path) -> None:
        path = paper(document, WORLDS[name](), tmp_path)
        assert_office_file(path)
        assert_rendered(path)

    @pytest.mark.parametrize("full", [True, False])
    def test_notices_are_sound(self, full: bool, tmp_path: Path) -> None:
        school = full_world()
        made = overdue_notices(school, TODAY, children_of(school)[: None if full else 1], PaperOptions())
        notices = [one for one in made if isinstance(one, WriteDocument)]
        assert notices
        for one in notices:
            path = render(one.document, one.context, tmp_path)
            assert_office_file(path)
            assert_rendered(path)

    def test_signs_of_xml_and_jinja_are_plain_text(self, tmp_path: Path) -> None:
        path = paper("campaign-plan", world({"theme": "a<b & c", "purpose": "“引号”\n<w:p/>"}), tmp_path)
        assert_office_file(path)
        said = "".join(text.text or "" for text in part(path.read_bytes(), "word/document.xml").iter(W + "t"))
        assert "a<b & c" in said
        assert "<w:p/>" in said


@requires_libreoffice
class TestPages:
    def test_a_page_of_running_text_holds_twenty_two_lines(self, tmp_path: Path) -> None:
        pages = pdf_pages(paper("campaign-plan", world({"purpose": "搭建沟通的桥梁，" * 400}), tmp_path))
        running = [lines_of(page) for page in pages[1:3]]
        assert all(21 <= len(lines) <= 23 for lines in running)
        assert all(27 <= len(line.strip()) <= 29 for lines in running for line in lines)

    def test_page_numbers_are_printed(self, tmp_path: Path) -> None:
        pages = pdf_pages(paper("campaign-plan", long_world(), tmp_path))
        for number, page in enumerate(pages, 1):
            assert "".join(page.split()).endswith(f"—{number}—")

    def test_the_signature_never_stands_alone(self, tmp_path: Path) -> None:
        for lines in (1, 2, 3):  # with two, page 1 is full and the signature takes the second along
            school = world({"safety_plan": "", "requirements": "\n".join(["提高认识，精心组织。"] * lines)})
            last = pdf_pages(paper("campaign-plan", school, tmp_path))[-1]
            assert last.split()[0] != "云岭县青山镇云岭小学"

    def test_no_row_is_lost_where_only_the_head_of_a_table_fits_the_page(self, tmp_path: Path) -> None:
        """LibreOffice 7.4 printed the head alone and none of the rows when the head did not keep with them."""
        document = official_paper("表")
        body(document, *["提高认识，精心组织。"] * 20)
        lead(document, "情况如下：")
        row_table(document, [("事项", 78), ("说明", 78)], "行 in 各行", ["第{{ 行 }}行", "登记" * 30], [CELL, CELL])
        made = DocxTemplate(io.BytesIO(finished(document)))
        made.render({"各行": [f"甲{number}乙" for number in range(30)]})
        made.save(tmp_path / "table.docx")
        printed = "".join("".join(pdf_pages(tmp_path / "table.docx")).split())
        assert [number for number in range(30) if f"甲{number}乙" not in printed] == []

    def test_a_short_notice_is_one_page(self, tmp_path: Path) -> None:
        school = world()
        made = overdue_notices(school, TODAY, children_of(school), PaperOptions())
        notice = next(one for one in made if isinstance(one, WriteDocument) and one.person == "教师3")
        assert len(pdf_pages(render("overdue-notice", notice.context, tmp_path))) == 1


def lines_of(page: str) -> list[str]:
    """The lines of text on a page, without its number."""
    return [line for line in page.splitlines() if line.strip() and "—" not in line]
