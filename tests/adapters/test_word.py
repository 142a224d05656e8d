"""Word templates: values are text, unknown tags are told, nothing in a template can run."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from docx import Document

from tests.support.office import assert_office_file, assert_rendered
from tests.support.photos import camera_photo
from tests.support.samples import drop_styles_with_effects
from xl_liushou.adapters.word import UndefinedTag, WordTemplate, texts
from xl_liushou.core.drawing import Picture
from xl_liushou.core.errors import TemplateProblem


def template(*paragraphs: str, header: str = "") -> WordTemplate:
    document = Document()
    drop_styles_with_effects(document)
    for text in paragraphs:
        document.add_paragraph(text)
    if header:
        document.sections[0].header.paragraphs[0].text = header
    written = io.BytesIO()
    document.save(written)
    return WordTemplate("样张", written.getvalue())


def body(paper: WordTemplate, **context: object) -> str:
    return paper.render(context).text["正文"]


@pytest.mark.parametrize("value", ["a<b & c", "“引号”'\"", "{{ 1+1 }}", "{% for x in y %}", "𠮷野家", "<w:p/>", "😀"])
def test_a_value_prints_as_it_is(value: str) -> None:
    assert value in body(template("评语：{{ 评语 }}"), 评语=value)


def test_line_breaks_stay_line_breaks(tmp_path: Path) -> None:
    rendered = template("{{ 评语 }}").render({"评语": "第一行\n第二行"})
    path = tmp_path / "paper.docx"
    path.write_bytes(rendered.data)
    assert [paragraph.text for paragraph in Document(str(path)).paragraphs] == ["第一行\n第二行"]


def test_an_unknown_tag_is_named() -> None:
    with pytest.raises(UndefinedTag, match="没有对应的内容") as caught:
        body(template("{{ 姓名 }}{{ 班主任.手机 }}"), 姓名="张明", 班主任={"姓名": "王老师"})
    assert caught.value.tag == "手机"


@pytest.mark.parametrize("text", ["{% if 姓名 %}没有结束", "{{ 姓名", "{{ 姓名 | 没有这个过滤器 }}"])
def test_a_broken_template_is_told_in_chinese(text: str) -> None:
    with pytest.raises(TemplateProblem, match="样张"):
        body(template(text), 姓名="张明")


@pytest.mark.parametrize("text", ["{{ 姓名.__class__.__mro__ }}", "{{ ''.__class__ }}", "{{ 名单.append(1) }}"])
def test_a_template_cannot_reach_into_the_program(text: str) -> None:
    with pytest.raises(TemplateProblem):
        body(template(text), 姓名="张明", 名单=[1])


def test_text_is_read_from_every_part() -> None:
    rendered = template("正文{{ 姓名 }}", header="页眉{{ 姓名 }}").render({"姓名": "张明"})
    assert "正文张明" in rendered.text["正文"]
    assert "页眉张明" in rendered.text["页眉"]
    assert "文档属性" in rendered.text


def test_a_name_split_over_runs_is_read_whole() -> None:
    document = Document()
    paragraph = document.add_paragraph("张")
    paragraph.add_run("明")
    written = io.BytesIO()
    document.save(written)
    assert "张明" in texts(written.getvalue())["正文"]


def test_a_picture_stands_where_its_tag_stood(tmp_path: Path) -> None:
    paper = template(
        "前{{ 合影 }}后", "{% for 行 in 各行 %}{{ 行.图 }}{% endfor %}", "{% if 无 %}{{ 无 }}{% else %}没有{% endif %}"
    )
    picture = Picture(camera_photo(), 40, 30, '合影 <"甲&乙">')
    rendered = paper.render({"合影": picture, "各行": [{"图": picture}, {"图": picture}], "无": ""})
    path = tmp_path / "paper.docx"
    path.write_bytes(rendered.data)
    assert_office_file(path)
    assert_rendered(path)
    shapes = Document(str(path)).inline_shapes
    assert [(round(one.width.mm), round(one.height.mm)) for one in shapes] == [(40, 30)] * 3
    assert {one._inline.docPr.get("descr") for one in shapes} == {'合影 <"甲&乙">'}
    assert [name for name in zipfile.ZipFile(path).namelist() if "media" in name] == ["word/media/drawn1.jpeg"]
    assert rendered.text["正文"].splitlines()[0] == "前后"
    assert "没有" in rendered.text["正文"]


def test_the_same_context_gives_the_same_bytes(tmp_path: Path) -> None:
    paper = template("{{ 姓名 }}")
    first, second = paper.render({"姓名": "张明"}), paper.render({"姓名": "张明"})
    assert first.data == second.data
    path = tmp_path / "paper.docx"
    path.write_bytes(first.data)
    assert_office_file(path)
    assert_rendered(path)
    assert zipfile.ZipFile(path).namelist()[0] == "[Content_Types].xml"
