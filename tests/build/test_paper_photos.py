"""Papers with photos as Word files: each photo with its words in one row, the child's in its box, on sound pages."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn

from tests.documents.campaign_worlds import LONG_TEXT, TODAY, step, world
from tests.documents.families import long_school
from tests.support.office import assert_office_file, assert_rendered, pdf_pages, requires_libreoffice
from tests.support.photos import camera_photo
from tests.support.schools import children_of, school_of
from xl_liushou.adapters.word import WordTemplate
from xl_liushou.app.photos import Photos
from xl_liushou.build.papers import templates
from xl_liushou.core.plan import WriteDocument
from xl_liushou.documents.catalogue import PAPERS
from xl_liushou.documents.options import PaperOptions
from xl_liushou.schema.school import School
from xl_liushou.schema.sheets import Children

SIZES = [(400, 300), (300, 400), (900, 200), (30, 30)]


def paper(name: str, school: School, folder: Path, leaders: bool = False) -> Path:
    made = PAPERS[name].make(school, TODAY, children_of(school), PaperOptions(leaders=leaders))[0]
    assert isinstance(made, WriteDocument)
    context = Photos.beside(folder / "台账.xlsx").shown(made.context)
    target = folder / f"{name}.docx"
    target.write_bytes(WordTemplate(made.title, templates()[name]).render(context).data)
    assert_office_file(target)
    assert_rendered(target)
    return target


def report(folder: Path, count: int, title: str = "走访", missing: int = 0) -> Path:
    """A report with so many photos of one step in all shapes, and so many that are not there."""
    (folder / "照片").mkdir()
    for number in range(count):
        width, height = SIZES[number % 4]
        (folder / "照片" / f"{number}.jpg").write_bytes(camera_photo(width, height, (None, 6, 3, 8)[number // 4 % 4]))
    names = "、".join(f"{number}.jpg" for number in range(count + missing))
    return paper("campaign-report", world(steps=[step(1, step=title, photos=names), step(2, step="总结会")]), folder)


def pictured_rows(document: Document) -> list[list[str]]:
    """For each row with photos the words below them; every such row must stay on one page."""
    found = []
    for row in document.element.body.iter(qn("w:tr")):
        cells = [cell for cell in row.iter(qn("w:tc")) if cell.find(f".//{qn('w:drawing')}") is not None]
        if cells:
            assert row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None
            found.append(["".join(piece.text or "" for piece in cell.iter(qn("w:t"))) for cell in cells])
    return found


@requires_libreoffice
@pytest.mark.parametrize("count", [0, 1, 9, 40])
def test_photos_stand_two_in_a_row_with_their_words(tmp_path: Path, count: int) -> None:
    path = report(tmp_path, count)
    rows = pictured_rows(docx.Document(str(path)))
    assert [len(row) for row in rows] == [2] * (count // 2) + [1] * (count % 2)
    assert all(words == "走访" for row in rows for words in row)
    pages = pdf_pages(path)
    assert len(pages) <= 4 + count // 6
    assert all(page.strip() for page in pages)


def test_photos_keep_to_their_column(tmp_path: Path) -> None:
    document = docx.Document(str(report(tmp_path, 8, LONG_TEXT)))
    shapes = list(document.inline_shapes)
    assert len(shapes) == 8
    assert all(0 < one.width.mm <= 72.1 and 0 < one.height.mm <= 54.1 for one in shapes)
    assert max(one.width.mm for one in shapes) > 71
    assert max(one.height.mm for one in shapes) > 53


def test_no_photo_leaves_the_names_as_a_line(tmp_path: Path) -> None:
    document = docx.Document(str(report(tmp_path, 0, missing=2)))
    assert "照片：0.jpg、1.jpg" in [one.text for one in document.paragraphs]
    assert pictured_rows(document) == []


def test_those_that_are_missing_are_named_below_the_others(tmp_path: Path) -> None:
    document = docx.Document(str(report(tmp_path, 1, missing=1)))
    assert "另有照片：1.jpg" in [one.text for one in document.paragraphs]
    assert len(pictured_rows(document)) == 1


def card(folder: Path, width: int, height: int, **child: str) -> Path:
    (folder / "照片").mkdir()
    (folder / "照片" / "S001.jpg").write_bytes(camera_photo(width, height))
    return paper("archive-card", school_of({Children: [{"photo_consent": "是", **child}]}), folder)


@pytest.mark.parametrize(("width", "height"), [(500, 700), (3000, 4000), (4000, 3000), (300, 3000), (20, 28)])
def test_a_childs_photo_lies_whole_in_its_box(tmp_path: Path, width: int, height: int) -> None:
    document = docx.Document(str(card(tmp_path, width, height)))
    (photo,) = document.inline_shapes
    assert photo.width.mm <= 25
    assert photo.height.mm <= 35
    assert photo.width / photo.height == pytest.approx(width / height, rel=0.02)
    assert "照片" not in [one.text for table in document.tables[:1] for one in table.rows[0].cells[-1].paragraphs]


@pytest.mark.parametrize("child", [{"photo_consent": "否"}, {"photo_consent": ""}, {"consent": "待签"}], ids=str)
def test_without_consent_the_box_says_what_it_is_for(tmp_path: Path, child: dict[str, str]) -> None:
    document = docx.Document(str(card(tmp_path, 500, 700, **child)))
    assert not list(document.inline_shapes)
    assert [one.text for one in document.tables[0].rows[0].cells[-1].paragraphs] == ["照片"]


@requires_libreoffice
def test_a_card_with_everything_and_a_photo_is_one_page(tmp_path: Path) -> None:
    (tmp_path / "照片").mkdir()
    school = long_school(photo_consent="是")
    child = children_of(school)[0]
    (tmp_path / "照片" / f"{child[Children.child_id]}.jpg").write_bytes(camera_photo(600, 840))
    path = paper("archive-card", school, tmp_path, leaders=True)
    assert len(list(docx.Document(str(path)).inline_shapes)) == 1
    assert len(pdf_pages(path)) == 1
