"""Lists, forms and cards as Word files: sound in every world, on the pages they are meant for."""

from __future__ import annotations

import functools
import io
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.enum.section import WD_ORIENT

from tests.documents.families import LONG_NAME
from tests.documents.form_worlds import TODAY, bare_world, long_world
from tests.support.office import assert_office_file, assert_rendered, pdf_pages, requires_libreoffice
from tests.support.schools import children_of
from xl_liushou.adapters.word import WordTemplate
from xl_liushou.build.papers import templates
from xl_liushou.core.plan import WriteDocument
from xl_liushou.documents.catalogue import PAPERS
from xl_liushou.documents.options import PaperOptions
from xl_liushou.schema.school import School

WIDE = ("roster", "contact-record", "pairing-table", "visit-form-leader", "supplies-receipt-list")
UPRIGHT = ("help-plan", "visit-form", "volunteer-card", "supplies-receipt", "consent-form")
FORMS = (*WIDE, *UPRIGHT)
WORLDS: dict[str, Callable[[], School]] = {
    "bare": bare_world,
    "one": lambda: long_world(many=1, guardians=1),
    "long": long_world,
}
MOST_PAGES = {"visit-form": 1, "volunteer-card": 1, "consent-form": 2}
"""Whatever the values, these never run over."""
SHORT_PAGES = {"contact-record": 1, "help-plan": 1, "roster": 1, "pairing-table": 1, "supplies-receipt": 1}


@functools.cache
def built() -> dict[str, bytes]:
    return templates()


def papers(name: str, school: School, leaders: bool = True) -> list[WriteDocument]:
    paper = next(one for one in PAPERS.values() if name in (one.name, *(sheet.name for sheet in one.companions)))
    made = paper.make(school, TODAY, children_of(school), PaperOptions(leaders=leaders))
    return [one for one in made if isinstance(one, WriteDocument) and one.document == name]


def written(name: str, school: School, folder: Path) -> Path:
    made = papers(name, school)[0]
    target = folder / f"{name}.docx"
    target.write_bytes(WordTemplate(made.title, built()[name]).render(made.context).data)
    return target


def printed(path: Path) -> str:
    return "".join("".join(page.split()) for page in pdf_pages(path))


@pytest.mark.parametrize("name", FORMS)
def test_a_form_is_on_a4_and_its_tables_fit_between_the_margins(name: str) -> None:
    document = docx.Document(io.BytesIO(built()[name]))
    (section,) = document.sections
    size = (round(section.page_width.mm), round(section.page_height.mm))  # type: ignore[union-attr]
    assert size == ((297, 210) if name in WIDE else (210, 297))
    assert (section.orientation == WD_ORIENT.LANDSCAPE) is (name in WIDE)
    room = section.page_width - section.left_margin - section.right_margin  # type: ignore[operator]
    assert all(sum(column.width or 0 for column in table.columns) <= room + 20_000 for table in document.tables)


@pytest.mark.parametrize("world", ["bare", "long"])
@pytest.mark.parametrize("name", FORMS)
def test_no_table_is_last_or_touches_the_next_as_word_would_join_them(name: str, world: str, tmp_path: Path) -> None:
    body = docx.Document(str(written(name, WORLDS[world](), tmp_path))).element.body
    kinds = [element.tag.rsplit("}", 1)[1] for element in body]
    assert kinds[-2:] == ["p", "sectPr"]
    assert "tbl tbl" not in " ".join(kinds)


@pytest.mark.parametrize("name", ["roster", "contact-record", "pairing-table", "supplies-receipt-list", "help-plan"])
def test_the_head_of_a_long_table_is_repeated_and_no_row_is_torn(name: str) -> None:
    body = docx.Document(io.BytesIO(built()[name])).element.body
    long_ones = [table for table in body.iter("{*}tbl") if "{%tr for" in "".join(table.itertext())]
    assert long_ones
    for table in long_ones:
        first, *rest = table.findall("{*}tr")
        assert first.find("{*}trPr/{*}tblHeader") is not None
        assert all(row.find("{*}trPr/{*}cantSplit") is not None for row in (first, *rest))


@pytest.mark.parametrize("world", WORLDS)
@pytest.mark.parametrize("name", FORMS)
def test_every_form_is_sound(name: str, world: str, tmp_path: Path) -> None:
    path = written(name, WORLDS[world](), tmp_path)
    assert_office_file(path)
    assert_rendered(path)
    title = docx.Document(str(path)).core_properties.title
    assert title
    assert "留守" not in title


@requires_libreoffice
@pytest.mark.parametrize("world", WORLDS)
@pytest.mark.parametrize("name", MOST_PAGES)
def test_a_form_keeps_to_its_pages(name: str, world: str, tmp_path: Path) -> None:
    assert len(pdf_pages(written(name, WORLDS[world](), tmp_path))) == MOST_PAGES[name]


@requires_libreoffice
@pytest.mark.parametrize("name", SHORT_PAGES)
def test_a_short_form_is_one_page(name: str, tmp_path: Path) -> None:
    assert len(pdf_pages(written(name, bare_world(), tmp_path))) == SHORT_PAGES[name]


@requires_libreoffice
@pytest.mark.parametrize(("name", "mark", "count"), [
    ("roster", "9900012014122", 40), ("contact-record", "【未接通】", 120), ("pairing-table", "六年级1", 40 + 5 * 40),
    ("supplies-receipt-list", "12345.67", 40), ("supplies-receipt", "12345.67", 2 * 40), ("help-plan", "85.5", 40),
    ("visit-form-leader", "139000", 40),
])  # fmt: skip
def test_no_row_of_a_long_table_is_lost(name: str, mark: str, count: int, tmp_path: Path) -> None:
    assert printed(written(name, long_world(), tmp_path)).count(mark) == count


@requires_libreoffice
def test_long_names_are_printed_whole(tmp_path: Path) -> None:
    for name in ("volunteer-card", "visit-form", "consent-form"):
        assert LONG_NAME in printed(written(name, long_world(), tmp_path))
