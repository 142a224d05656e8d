"""Papers in one file: each keeps what is its own, nothing of another shows, and Word's rules hold."""

from __future__ import annotations

from pathlib import Path

import pytest
from docx import Document

from tests.support.document_rules import w
from tests.support.hard_papers import add_field, hard_paper
from tests.support.office import assert_office_file, pdf_pages, requires_libreoffice
from tests.support.package import Package
from tests.support.samples import patched, sound_document
from xl_liushou.adapters.pdf_maker import pdfs
from xl_liushou.adapters.word_join import WordJoin

NAMES = ("甲", "乙", "丙")


def joined(*papers: bytes) -> bytes:
    join = WordJoin()
    for paper in papers:
        join.add(paper)
    return join.finish()


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three hard papers in one file; the last has a picture like the first's."""
    path = tmp_path_factory.mktemp("joined") / "全部.docx"
    path.write_bytes(
        joined(*(hard_paper(name, shade) for name, shade in zip(NAMES, ("red", "lime", "red"), strict=True)))
    )
    return path


@pytest.fixture(scope="module")
def pages(whole: Path, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """What stands on the pages of its PDF, as the program makes it."""
    ((paper, made),) = pdfs([whole], tmp_path_factory.mktemp("work"))
    assert made
    pdf = paper.with_suffix(".pdf")
    pdf.write_bytes(made)
    return pdf_pages(pdf)


def paper_of(folder: Path, *paragraphs: str) -> bytes:
    return sound_document(folder / "paper.docx", *paragraphs).read_bytes()


def test_a_joined_file_keeps_word_s_rules(whole: Path) -> None:
    assert_office_file(whole)
    document = Document(str(whole))
    assert [section.orientation for section in document.sections] == [0, 1] * 3


@requires_libreoffice
def test_each_paper_has_its_own_pages_headers_and_numbers(pages: list[str]) -> None:
    assert len(pages) == 6
    for name, first, second in zip(NAMES, pages[::2], pages[1::2], strict=True):
        assert f"页眉{name}" in first
        assert f"附页{name}" in second
        assert "附页" not in first
        assert "1之2" in first.replace(" ", "")
        assert f"1.{name}第1条" in first.replace(" ", "")
        assert f"2.{name}第2条" in first.replace(" ", "")
        assert f"见书签处{name}" in first.replace(" ", "")
        assert f"脚注{name}" in first
        others = set(NAMES) - {name}
        assert not any(f"{what}{other}" in first + second for other in others for what in ("页眉", "脚注", "附表"))


def test_equal_pictures_are_kept_once_and_charts_with_their_workbooks_apart(whole: Path) -> None:
    package = Package(whole)
    assert len([name for name in package.parts if name.startswith("word/media/")]) == 3
    charts = package.related(package.main, "chart")
    assert len(set(charts)) == 3
    books = [package.parts[package.related(chart, "package")[0]].decode() for chart in charts]
    assert books == [f"workbook of {name}" for name in NAMES]


def test_comments_and_references_stay_with_their_paper(whole: Path) -> None:
    package = Package(whole)
    comments = {w(one, "id"): "".join(map(str, one.itertext())) for one in package.xml("word/comments.xml")}
    assert list(comments.values()) == [f"批注{name}" for name in NAMES]
    body = package.xml(package.main)
    assert [w(one, "id") for one in body.iter("{*}commentReference")] == list(comments)
    asked = [(one.text or "").split() for one in body.iter("{*}instrText") if (one.text or "").startswith("REF")]
    bookmarks = [w(one, "name") for one in body.iter("{*}bookmarkStart") if w(one, "name").startswith("位置")]
    assert [words[1] for words in asked] == bookmarks == ["位置", "位置_2", "位置_3"]


def test_properties_that_differ_are_emptied(whole: Path) -> None:
    properties = Document(str(whole)).core_properties
    assert properties.title == "一种信"
    assert properties.subject == ""


def test_the_same_papers_give_the_same_bytes() -> None:
    papers = [hard_paper(name) for name in NAMES]
    assert joined(*papers) == joined(*papers)


@requires_libreoffice
def test_a_list_by_its_style_begins_anew_and_keeps_its_indent(tmp_path: Path) -> None:
    paper = sound_document(tmp_path / "list.docx", "一件")
    document = Document(str(paper))
    document.paragraphs[-1].style = "List Number"
    document.save(str(paper))
    whole = tmp_path / "whole.docx"
    whole.write_bytes(joined(paper.read_bytes(), paper.read_bytes()))
    assert_office_file(whole)
    first, second = pdf_pages(whole)
    assert first == second
    assert "1." in first


@requires_libreoffice
def test_sections_that_would_go_on_begin_on_a_page_of_their_own(tmp_path: Path) -> None:
    flowing = patched(
        sound_document(tmp_path / "flowing.docx", "内容"),
        "word/document.xml",
        "<w:pgSz",
        '<w:type w:val="continuous"/><w:pgSz',
    )
    whole = tmp_path / "whole.docx"
    whole.write_bytes(joined(flowing.read_bytes(), flowing.read_bytes()))
    assert_office_file(whole)
    assert len(pdf_pages(whole)) == 2


def test_captions_are_counted_from_one_in_each_paper(tmp_path: Path) -> None:
    path = sound_document(tmp_path / "captions.docx")
    document = Document(str(path))
    for _ in range(2):
        add_field(document.add_paragraph("图"), "SEQ 图 \\* ARABIC")
    document.save(str(path))
    whole = tmp_path / "whole.docx"
    whole.write_bytes(joined(path.read_bytes(), path.read_bytes()))
    body = Package(whole).xml("word/document.xml")
    asked = [text for one in body.iter("{*}instrText") if (text := (one.text or "").strip())]
    assert asked == ["SEQ 图 \\* ARABIC"] * 2 + ["SEQ 图 \\* ARABIC \\r 1", "SEQ 图 \\* ARABIC"]


def test_one_paper_alone_stays_what_it_is(tmp_path: Path) -> None:
    path = tmp_path / "one.docx"
    path.write_bytes(joined(paper_of(tmp_path, "只有一份")))
    assert_office_file(path)
    assert "只有一份" in [paragraph.text for paragraph in Document(str(path)).paragraphs]
