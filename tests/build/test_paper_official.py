"""The official papers as Word files: sound in every world, and pages that can be signed."""

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


def part(package: bytes, name: str) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        return etree.fromstring(archive.read(name))


def render(document: str, context: Mapping[str, Any], folder: Path) -> Path:
    path = folder / f"{document}.docx"
    path.write_bytes(WordTemplate(document, TEMPLATES[document]()).render(context).data)
    return path


def paper(document: str, school: School, folder: Path, today: date = TODAY) -> Path:
    (made,) = MAKERS[document](school, today, [], PaperOptions())
    assert isinstance(made, WriteDocument)
    return render(document, made.context, folder)


def test_building_twice_gives_the_same_bytes() -> None:
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

    @pytest.mark.parametrize("count", [6, 8, 10, 12])
    def test_the_slip_stays_with_the_demand_and_the_signature(self, count: int, tmp_path: Path) -> None:
        school = full_world()
        made = overdue_notices(school, TODAY, children_of(school)[:count], PaperOptions())
        notice = next(one for one in made if isinstance(one, WriteDocument))
        pages = ["".join(page.split()) for page in pdf_pages(render("overdue-notice", notice.context, tmp_path))]
        (last,) = (page for page in pages if "签收人" in page)
        assert "办理要求" in last
        assert last.index("办理要求") < last.index("云岭县青山镇云岭小学") < last.index("回执")
