"""Plan and report of a term as Word files: sound in every world, charts seen, nothing alone on a page."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path

import docx
import pytest

from tests.documents.term_worlds import LONG_NAME, TODAY, first_term, full_school, one_child
from tests.support.office import assert_office_file, assert_rendered, pdf_pages, requires_libreoffice
from xl_liushou.adapters.word import WordTemplate
from xl_liushou.build.papers import templates
from xl_liushou.core.plan import WriteDocument
from xl_liushou.documents.catalogue import PAPERS
from xl_liushou.schema.school import School

WORLDS: dict[str, Callable[[], School]] = {"one": one_child, "first": first_term, "full": full_school}
CHARTS = {
    ("work-plan", "one"): 0, ("work-plan", "first"): 1, ("work-plan", "full"): 2,
    ("term-report", "one"): 0, ("term-report", "first"): 4, ("term-report", "full"): 5,
}  # fmt: skip


@functools.cache
def built() -> dict[str, bytes]:
    return templates()


def paper(name: str, school: School, folder: Path) -> Path:
    (made,) = PAPERS[name].make(school, TODAY, [])
    assert isinstance(made, WriteDocument)
    path = folder / f"{name}.docx"
    path.write_bytes(WordTemplate(made.title, built()[name]).render(made.context).data)
    return path


@pytest.mark.parametrize(("name", "world"), CHARTS)
def test_it_is_sound_and_has_its_charts(name: str, world: str, tmp_path: Path) -> None:
    path = paper(name, WORLDS[world](), tmp_path)
    assert_office_file(path)
    assert_rendered(path)
    drawings = docx.Document(str(path)).element.body.findall(".//{*}inline")
    assert len(drawings) == CHARTS[name, world]


@pytest.mark.parametrize(("name", "world"), CHARTS)
def test_no_table_is_without_rows(name: str, world: str, tmp_path: Path) -> None:
    assert all(len(one.rows) > 1 for one in docx.Document(str(paper(name, WORLDS[world](), tmp_path))).tables)


@pytest.mark.parametrize("name", ["work-plan", "term-report"])
def test_a_chart_stands_in_a_line_that_grows_with_it(name: str, tmp_path: Path) -> None:
    """In a line of an exact height a drawing is cut off."""
    document = docx.Document(str(paper(name, full_school(), tmp_path)))
    for one in document.paragraphs:
        if one._p.findall(".//{*}inline"):
            assert one.style
            assert one.style.paragraph_format.line_spacing is None


@requires_libreoffice
@pytest.mark.parametrize(("name", "world"), CHARTS)
def test_it_is_signed_on_a_page_with_text(name: str, world: str, tmp_path: Path) -> None:
    pages = pdf_pages(paper(name, WORLDS[world](), tmp_path))
    assert pages[-1].split()[0] != "云岭县青山镇云岭小学"
    assert "2026年11月24日" in "".join(pages[-1].split())


@requires_libreoffice
def test_charts_are_seen_in_print_and_no_child_is(tmp_path: Path) -> None:
    printed = "".join("".join(pdf_pages(paper("term-report", full_school([LONG_NAME]), tmp_path))).split())
    for title in ("同一批儿童两个学期的优良率", "各月谈心、通话覆盖率", "各班谈心、通话覆盖率", "各项活动完成情况"):
        assert title in printed
    assert LONG_NAME not in printed


@requires_libreoffice
def test_a_school_at_its_beginning_says_so_in_plain_words(tmp_path: Path) -> None:
    printed = "".join("".join(pdf_pages(paper("term-report", one_child(), tmp_path))).split())
    for said in ("本学期尚未建立儿童档案。", "本学期尚无完成的谈心和通话记录。", "本学期尚无登记的结对帮扶。"):
        assert said in printed
