"""The compiled merge with values of every kind: any text, rich text, pictures, and what only docxtpl can print."""

from __future__ import annotations

import functools
import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docxtpl import Listing, RichText, RichTextParagraph
from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import Markup

from tests.build.test_demo import TODAY, demo
from tests.support.merging import blank, by_docxtpl, comparable, parts_of, png, saved
from tests.support.office import assert_office_file, assert_rendered
from tests.support.schools import children_of, school_of
from xl_liushou.adapters.word import WordTemplate
from xl_liushou.adapters.word_engine import Engine
from xl_liushou.build.papers import templates
from xl_liushou.core.drawing import Picture
from xl_liushou.core.plan import WriteDocument
from xl_liushou.documents.catalogue import PAPERS, TEMPLATES
from xl_liushou.documents.options import PaperOptions
from xl_liushou.schema.school import School
from xl_liushou.schema.sheets import Campaigns

PARTS = ("正文{{ 值 }}", "{%p for 一 in 各个 %}", "{{ loop.index }}：{{ 一 }}", "{%p endfor %}")
PHOTO = Picture(png(), 25, 35, '张明的照片 <"&>')


def paper(*paragraphs: str, header: str = "", cell: str = "") -> bytes:
    document = blank()
    for text in paragraphs:
        document.add_paragraph(text)
    if cell:
        table = document.add_table(4, 2)
        for row, text in enumerate(("各个", "{%tr for 一 in 各个 %}", cell, "{%tr endfor %}")):
            table.cell(row, 0).text = text
    document.sections[0].header.paragraphs[0].text = header or "页眉"
    return saved(document)


def merged(data: bytes, context: Mapping[str, Any]) -> bytes:
    engine = Engine(data)
    assert engine.is_compiled
    return engine.render(context)[0]


def assert_same(data: bytes, context: Mapping[str, Any]) -> None:
    assert comparable(merged(data, context)) == comparable(by_docxtpl(data, context))


@functools.cache
def many_places() -> bytes:
    return paper(*PARTS, header="页眉{{ 值 }}", cell="{{ 一 }}")


@functools.cache
def engine_of_many_places() -> Engine:
    return Engine(many_places())


@settings(max_examples=60, deadline=None)
@given(
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\ufffe\uffff"), max_size=40),
    st.lists(st.one_of(st.text("ab{}_%<>&\"'\n\t\r\a\f 𠮷😀", max_size=12), st.integers(), st.floats(), st.booleans())),
)
def test_any_values_give_what_docxtpl_gives(value: str, several: list[Any]) -> None:
    context = {"值": value, "各个": several}
    try:
        expected = comparable(by_docxtpl(many_places(), context))
    except (ValueError, SyntaxError):  # a control character that no header can hold
        return
    assert comparable(engine_of_many_places().render(context)[0]) == expected


def test_rich_text() -> None:
    rich = RichText("红", color="FF0000", bold=True)
    rich.add(" <b> & 斜\n行", italic=True, font="eastAsia:楷体")
    data = paper("前{{r 值 }}后", "{{p 段 }}", cell="{{r 一 }}", header="{{r 值 }}")
    context = {"值": rich, "段": RichTextParagraph(rich, parastyle="Normal"), "各个": [rich, RichText("乙", size=40)]}
    assert_same(data, context)


def test_listing() -> None:
    listing = Listing("一\n二\t三 & <四>\a五")
    assert_same(many_places(), {"值": listing, "各个": [listing, Listing(""), "六\n七"]})


@pytest.mark.parametrize("value", [Markup("<w:tab/>"), "控\x01制", "￾"], ids=["xml", "control sign", "no character"])
def test_a_value_that_only_docxtpl_can_print(value: str) -> None:
    data = paper("{{ 值 }}")
    assert comparable(merged(data, {"值": value})) == comparable(by_docxtpl(data, {"值": value}))


def test_a_table_that_lost_all_its_rows_is_docxtpls() -> None:
    document = blank()
    table = document.add_table(3, 2)
    for row, text in enumerate(("{%tr for 一 in 各个 %}", "{{ 一 }}", "{%tr endfor %}")):
        table.cell(row, 0).text = text
    for several in (["甲"], []):
        assert_same(saved(document), {"各个": several})


def test_a_value_in_a_footnote_is_never_a_tag() -> None:
    document = blank()
    document.add_paragraph("正文")
    document.add_section()
    document.add_paragraph("第二节")
    rendered = WordTemplate("样张", saved(document, footnote="见{{ 值 }}")).render({"值": "{{ 1+1 }}"})
    assert "见{{ 1+1 }}" in rendered.text["脚注"]


PICTURES = {
    "body": paper("前{{ 值 }}后"),
    "header": paper("{{ 值 }}", header="前{{ 值 }}"),
    "rows": paper("{% if 值 %}{{ 值 }}{% endif %}", cell="{{ loop.index }}{{ 一 }}"),
    "template with pictures": (lambda made: (made.add_picture(io.BytesIO(png(7))), saved(made))[1])(
        Document(io.BytesIO(paper("{{ 值 }}{{ 值 }}")))
    ),
}


@pytest.mark.parametrize("place", PICTURES)
def test_pictures_stand_where_docxtpl_puts_its_images(place: str, tmp_path: Path) -> None:
    context = {"值": PHOTO, "各个": [PHOTO, Picture(png(red=1), 10, 10, "另一张"), PHOTO]}
    data = merged(PICTURES[place], context)
    assert comparable(data) == comparable(by_docxtpl(PICTURES[place], context))
    path = tmp_path / "paper.docx"
    path.write_bytes(data)
    assert_office_file(path)
    assert_rendered(path)
    drawn = [name for name in parts_of(data) if name.startswith("word/media/drawn")]
    assert len(drawn) == (2 if place == "rows" else 1)
    assert merged(PICTURES[place], context) == data


def test_pictures_in_a_paper_that_docxtpl_renders(tmp_path: Path) -> None:
    document = blank()
    table = document.add_table(1, 3)
    for column, text in enumerate(("{%tc for 一 in 各个 %}", "{{ 一 }}", "{%tc endfor %}")):
        table.cell(0, column).text = text
    data, read = Engine(saved(document)).render({"各个": [PHOTO, PHOTO]})
    path = tmp_path / "paper.docx"
    path.write_bytes(data)
    assert_office_file(path)
    assert len(Document(str(path)).inline_shapes) == 2
    assert read()["正文"].count(PHOTO.words) == 2


def test_a_rendered_paper_is_a_template_too(tmp_path: Path) -> None:
    once = merged(paper("{{ 值 }}{_{ 值 }_}"), {"值": PHOTO})
    path = tmp_path / "paper.docx"
    path.write_bytes(merged(once, {"值": Picture(png(red=1), 10, 10, "另一张")}))
    assert_office_file(path)
    assert len(Document(str(path)).inline_shapes) == 2


@functools.cache
def built() -> Mapping[str, bytes]:
    return templates()


@functools.cache
def demo_school() -> School:
    made = demo(TODAY)
    return school_of(made.rows, settings=made.settings)


def demo_papers(name: str) -> list[WriteDocument]:
    school = demo_school()
    options = [PaperOptions(leaders=True, campaign=one) for one in school[Campaigns].campaign_id]
    made = (PAPERS[name].make(school, TODAY, children_of(school), one) for one in options)
    found = ([one for one in papers if isinstance(one, WriteDocument)] for papers in made)
    return next(papers for papers in found if papers)


def with_pictures(value: Any) -> Any:
    """The context with a picture for every other drawing, since docxtpl draws no charts; of photos, one row."""
    if type(value).__module__ == Picture.__module__:
        row = {"左": {"图": PHOTO, "题": "题"}, "右": ""}
        return {"各行": [row], "未附": "另一张"} if hasattr(value, "photos") else PHOTO
    if isinstance(value, Mapping):
        return {name: with_pictures(one) for name, one in value.items()}
    return [with_pictures(one) for one in value] if isinstance(value, list | tuple) else value


def test_every_template_here_is_compiled() -> None:
    assert [name for name in TEMPLATES if not Engine(built()[name]).is_compiled] == []


@pytest.mark.parametrize("name", PAPERS)
def test_papers_of_the_demo_school_are_what_docxtpl_makes(name: str) -> None:
    made = demo_papers(name)
    several = {one.document: one for one in (*made[:2], *made[-2:])}
    for one in several.values():
        assert_same(built()[one.document], with_pictures(one.context))
