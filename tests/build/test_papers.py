"""The papers for families and the card as Word files: one page each, whatever the values."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest

from tests.documents.families import (
    COMMENT_200,
    TODAY,
    bare_school,
    long_school,
    plain_school,
    sibling_school,
)
from tests.support.office import (
    assert_east_asian_fonts,
    assert_office_file,
    assert_rendered,
    pdf_pages,
    requires_libreoffice,
)
from tests.support.schools import children_of, school_of
from xl_liushou.adapters.word import WordTemplate
from xl_liushou.build.papers import templates
from xl_liushou.core.plan import WriteDocument
from xl_liushou.documents.catalogue import PAPERS, TEMPLATES
from xl_liushou.documents.options import PaperOptions
from xl_liushou.schema.school import School
from xl_liushou.schema.sheets import Children, Guardians

COMMITTED = Path(__file__).parents[2] / "doc_templates"
FAMILY_PAPERS = ("parent-letter", "child-letter", "archive-card")
SCHOOLS: dict[str, Callable[[], School]] = {
    "bare": bare_school,
    "plain": plain_school,
    "long": long_school,
    "one guardian": lambda: long_school(guardians=1, contacts=1),
    "first grade": lambda: school_of({Children: [{"grade": "一年级"}], Guardians: [{}, {"relation": "母亲"}]}),
}


def paper(name: str, school: School, folder: Path, leaders: bool = False) -> Path:
    made = PAPERS[name].make(school, TODAY, children_of(school), PaperOptions(leaders=leaders))[0]
    assert isinstance(made, WriteDocument)
    target = folder / f"{name}.docx"
    target.write_bytes(WordTemplate(made.title, templates()[name]).render(made.context).data)
    return target


def text_of(path: Path) -> str:
    return "".join("".join(page.split()) for page in pdf_pages(path))


@pytest.mark.parametrize("name", TEMPLATES)
def test_the_committed_template_is_what_the_builder_makes(name: str) -> None:
    assert (COMMITTED / f"{name}.docx").read_bytes() == templates()[name]


def test_every_paper_has_its_template_and_every_template_its_paper() -> None:
    assert set(templates()) == set(TEMPLATES) == {path.stem for path in COMMITTED.glob("*.docx")}


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_is_sound_and_never_says_the_word(name: str, tmp_path: Path) -> None:
    path = tmp_path / "t.docx"
    path.write_bytes(templates()[name])
    assert_office_file(path)
    assert_east_asian_fonts(path)
    if name in ("parent-letter", "child-letter"):
        with zipfile.ZipFile(io.BytesIO(templates()[name])) as package:
            assert not any("留守".encode() in package.read(part) for part in package.namelist())


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_tag_lies_in_one_run(name: str) -> None:
    document = docx.Document(io.BytesIO(templates()[name]))
    for run in document.element.body.iter("{*}t"):
        assert (run.text or "").count("{{") == (run.text or "").count("}}")
        assert (run.text or "").count("{%") == (run.text or "").count("%}")


@requires_libreoffice
@pytest.mark.parametrize("school", SCHOOLS)
@pytest.mark.parametrize("name", FAMILY_PAPERS)
def test_each_paper_is_one_sound_page(name: str, school: str, tmp_path: Path) -> None:
    path = paper(name, SCHOOLS[school](), tmp_path, leaders=True)
    assert_office_file(path)
    assert_rendered(path)
    assert len(pdf_pages(path)) == 1


@requires_libreoffice
def test_a_letter_with_long_comments_prints_them_whole(tmp_path: Path) -> None:
    text = text_of(paper("parent-letter", long_school(), tmp_path))
    assert text.count(COMMENT_200[-30:].replace(" ", "")) >= 1
    assert "家长签名" in text


@requires_libreoffice
def test_siblings_stand_under_their_own_headings(tmp_path: Path) -> None:
    text = text_of(paper("parent-letter", sibling_school(), tmp_path))
    places = [text.index(f"张小{name}（") for name in "明丽强美"]
    assert places == sorted(places)
    assert text.count("家长签名") == 1


def test_the_receipt_is_kept_together_with_its_dashed_line() -> None:
    document = docx.Document(io.BytesIO(templates()["parent-letter"]))
    receipt = [one for one in document.paragraphs if one.style and one.style.name in ("裁剪提示", "回执正文")]
    assert len(receipt) == 5
    assert all(one.style and one.style.paragraph_format.keep_with_next for one in receipt)


@requires_libreoffice
@pytest.mark.parametrize("count", [1, 2, 3, 4])
def test_the_receipt_is_never_split_over_pages(count: int, tmp_path: Path) -> None:
    pages = ["".join(page.split()) for page in pdf_pages(paper("parent-letter", sibling_school(count), tmp_path))]
    (receipt,) = (page for page in pages if "请沿虚线剪下" in page)
    assert all(words in receipt for words in ("我已收到", "方便通话的时间", "家长签名"))
    assert len(pages) == 1 or count > 3


@requires_libreoffice
def test_a_bare_letter_reads_well_without_a_file(tmp_path: Path) -> None:
    text = text_of(paper("parent-letter", bare_school(), tmp_path))
    assert "尊敬的张明爸爸：" in text
    assert "近来的情况" not in text
    assert "进步与亮点" not in text


@requires_libreoffice
def test_the_card_has_a_line_for_no_contacts_and_rows_for_leaders(tmp_path: Path) -> None:
    assert "暂无记录" in text_of(paper("archive-card", bare_school(), tmp_path))
    assert "五项关注" in text_of(paper("archive-card", plain_school(), tmp_path, leaders=True))
    assert "五项关注" not in text_of(paper("archive-card", plain_school(), tmp_path))
