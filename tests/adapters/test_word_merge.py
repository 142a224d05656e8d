"""The compiled merge makes what docxtpl makes, part for part; what it cannot compile docxtpl renders itself."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.section import _Footer, _Header
from docxtpl import Listing, RichText, RichTextParagraph

from tests.support.merging import blank, by_docxtpl, comparable, png, saved, text_box_run
from xl_liushou.adapters.template_guard import Refused
from xl_liushou.adapters.word import texts
from xl_liushou.adapters.word_engine import Engine
from xl_liushou.core.drawing import Picture

SPECIAL = [
    *("a<b & c", '"引号"“”\'', "&#10;&lt;", "]]>", "<w:t>", "{{ 1+1 }}", "{%p if %}", "\\1\\g<0>", "", " 前后 "),
    *("一\n二", "左\t右", "页\a段\f页", "甲\r\n乙", "\n", "\u2028\u200b", "😀👨\u200d👩\u200d👧", "𠮷𱁬"),
]
BRACED = "{_{ x }_}和{_% if %_}、{_、_}"
CHILDREN = [{"姓名": "张明", "分": 98, "科": ["语文", "数学"]}, {"姓名": "阿依·古丽", "分": 9.5, "科": []}]
CONTEXT: dict[str, Any] = {"姓名": "张明", "孩子们": CHILDREN, "有": True, "无": "", "名": "o'<&>\"", "空": None}

Build = Callable[[WordDocument], None]


def table(document: Any, *rows: tuple[str, ...]) -> Any:
    made = document.add_table(len(rows), len(rows[0]))
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            made.cell(number, column).text = text
    return made


def lines(*texts: str) -> Build:
    def build(document: WordDocument) -> None:
        for text in texts:
            document.add_paragraph(text)

    return build


def rows_of_a_table(document: WordDocument) -> None:
    loop = ("{%tr for 孩子 in 孩子们 %}", "")
    table(document, ("姓名", "分"), loop, ("{{ 孩子.姓名 }}", "{{ 孩子.分 }}"), ("{%tr endfor %}", ""))


def rows_without_a_head(document: WordDocument) -> None:
    table(document, ("{%tr for 孩子 in 孩子们 %}",), ("{{ loop.index }}{{ 孩子.姓名 }}",), ("{%tr endfor %}",))


def nested_tables(document: WordDocument) -> None:
    outer = table(document, ("{%tr for 孩子 in 孩子们 %}", ""), ("{{ 孩子.姓名 }}", ""), ("{%tr endfor %}", ""))
    cell = outer.cell(1, 1)
    inner = cell.add_table(3, 2)
    for number, text in enumerate(("{%tr for 科 in 孩子.科 %}", "{{ 科 }}", "{%tr endfor %}")):
        inner.cell(number, 0).text = text
    cell.add_paragraph("{{ 孩子.分 }}")


def columns_of_a_table(document: WordDocument) -> None:
    table(document, ("{%tc for 孩子 in 孩子们 %}", "{{ 孩子.姓名 }}", "{%tc endfor %}"))


def coloured_cells(document: WordDocument) -> None:
    table(document, ("{% cellbg '00FF00' %}{{ 姓名 }}", "二"))


def spanned_cells(document: WordDocument) -> None:
    table(document, ("{% colspan 1 %}{{ 姓名 }}", "二"))


def merged_cells(document: WordDocument) -> None:
    rows = ("{%tr for 孩子 in 孩子们 %}", ""), ("{% vm %}同校", "{{ 孩子.姓名 }}"), ("{%tr endfor %}", "")
    table(document, ("甲", "乙"), *rows)


def tags_split_over_runs(document: WordDocument) -> None:
    paragraph = document.add_paragraph("您好{")
    for number, text in enumerate(("{ 姓", "名 }", "}！{% if 有 %}", "在", "家{% endif %}。")):
        paragraph.add_run(text).bold = number % 2 == 0


def loop_over_runs(document: WordDocument) -> None:
    paragraph = document.add_paragraph("{% for 孩子 in 孩子们 %}")
    paragraph.add_run("{{ 孩子.姓名 }}").bold = True
    paragraph.add_run("{% if not loop.last %}、{% endif %}{% endfor %}")


def fill(header: _Header | _Footer, text: str) -> None:
    header.is_linked_to_previous = False
    header.paragraphs[0].text = text


def headers_and_footers(document: WordDocument) -> None:
    first = document.sections[0]
    first.different_first_page_header_footer = True
    fill(first.header, "页眉{{ 名 }}")
    fill(first.first_page_header, "首页{% if 无 %}无{% else %}{{ 姓名 }}{% endif %}")
    fill(first.footer, "没有标签\t的页脚")
    table_width = first.page_width
    assert table_width
    inner = first.footer.add_table(1, 2, table_width)
    inner.cell(0, 0).text = "{{ 姓名 }}"
    document.add_section()
    fill(document.sections[1].header, "第二节{{ 姓名 }}")


def properties(document: WordDocument) -> None:
    properties = document.core_properties
    properties.title = "{{ 姓名 }}的信 <一> & 二{{ 名 }}"
    properties.subject = "{% for 孩子 in 孩子们 %}{{ 孩子.分 }};{% endfor %}"
    properties.comments, properties.author = "", "学校"
    document.add_paragraph("正文")


def drawings_of_the_template(document: WordDocument) -> None:
    document.add_picture(io.BytesIO(png()))
    document.add_paragraph("{%p for 孩子 in 孩子们 %}")
    document.add_picture(io.BytesIO(png(red=9)))
    document.add_paragraph("{%p endfor %}")


def text_box(document: WordDocument) -> None:
    paragraph = document.add_paragraph("前{{ 姓名 }}")
    paragraph._p.append(parse_xml(text_box_run("框里{{ 姓名 }}")))
    paragraph.add_run("后{{ 姓名 }}")


def alternative_text(document: WordDocument) -> None:
    document.add_picture(io.BytesIO(png()))
    (drawn,) = document.element.body.iter("{*}docPr")
    drawn.set("descr", "{{ 姓名 }}的照片")


def branch_that_breaks_xml(document: WordDocument) -> None:
    table(document, ("一", "{% if 有 %}二"))
    document.add_paragraph("三{% endif %}四")


COMPILED: dict[str, Build] = {
    "plain": lines("{{ 姓名 }}，{{ 名 }}{{ 空 }}{{ 孩子们[0].分 }}", "没有标签"),
    "paragraphs": lines("{%p for 孩子 in 孩子们 %}", "{{ 孩子.姓名 }}", "{%p endfor %}"),
    "paragraphs left out": lines("前", "{%p if 无 %}", "无{{ 姓名 }}", "{%p else %}", "有", "{%p endif %}"),
    "over paragraphs": lines("一{% if 有 %}二", "三{% endif %}四"),
    "conditions": lines("{% if 有 %}{{ 姓名 }}{% if 无 %}甲{% elif 空 %}乙{% else %}丙{% endif %}{% endif %}"),
    "runs": lines("前{%r if 有 %}有{%r endif %}后{%r for 孩子 in 孩子们 %}{{ 孩子.姓名 }}{%r endfor %}"),
    "comments": lines("甲{# 说明 #}乙", "{#p 整段说明 #}", "{{ 姓名 }}"),
    "joined": lines("一 {%- if 有 %}", "二{% endif -%}", "三"),
    "braces": lines("{_{ 姓名 }_} {_% if %_}", "{{ 姓名 }}"),
    "filters": lines("{{ 孩子们|length }}{{ 名|e }}{{ '常量' }}{{ 孩子们[0].科|join('、') }}{{ 空 or '空' }}"),
    "rows": rows_of_a_table,
    "rows only": rows_without_a_head,
    "nested": nested_tables,
    "cells": coloured_cells,
    "vertical": merged_cells,
    "split": tags_split_over_runs,
    "loop over runs": loop_over_runs,
    "headers": headers_and_footers,
    "properties": properties,
    "drawings": drawings_of_the_template,
    "text box": text_box,
    "alternative text": alternative_text,
}
BY_DOCXTPL: dict[str, Build] = {
    "columns": columns_of_a_table,
    "spans": spanned_cells,
    "breaking branch": branch_that_breaks_xml,
}
REFUSED = {
    "set": "{% set 甲 = 姓名 %}{{ 甲 }}",
    "macro": "{% macro 甲(乙) %}{{ 乙 }}{% endmacro %}{{ 甲(姓名) }}",
    "filter": "{{ 孩子们|map(attribute='姓名')|join('、') }}",
}
RICH = RichText("红<字>", color="FF0000", bold=True)
RICH.add("，再说\n一行", italic=True)
PARAGRAPHS = RichTextParagraph()
PARAGRAPHS.add("第一段")
PARAGRAPHS.add(RichText("第二段", bold=True))


def made(build: Build, footnote: str = "", header: str = "") -> bytes:
    document = blank()
    build(document)
    if header:
        fill(document.sections[0].header, header)
    return saved(document, footnote)


def assert_as_docxtpl(data: bytes, context: dict[str, Any], compiled: bool = True) -> None:
    engine = Engine(data)
    assert engine.is_compiled == compiled
    ours, read = engine.render(context)
    assert comparable(ours) == comparable(by_docxtpl(data, context))
    assert dict(read()) == texts(ours)
    assert engine.render(context)[0] == ours


@pytest.mark.parametrize("name", COMPILED)
def test_every_feature_gives_what_docxtpl_gives(name: str) -> None:
    data = made(COMPILED[name])
    assert_as_docxtpl(data, CONTEXT)
    assert_as_docxtpl(data, {**CONTEXT, "孩子们": CHILDREN[:1], "有": False, "姓名": "李\n晓\t华"})


@pytest.mark.parametrize("name", BY_DOCXTPL)
def test_what_cannot_be_compiled_is_docxtpls(name: str) -> None:
    assert_as_docxtpl(made(BY_DOCXTPL[name]), CONTEXT, compiled=False)


@pytest.mark.parametrize("name", REFUSED)
def test_what_the_guard_refuses_is_not_rendered_by_docxtpl_either(name: str) -> None:
    with pytest.raises(Refused):
        Engine(made(lines(REFUSED[name]))).render(CONTEXT)
    with pytest.raises(Refused):
        Engine(made(spanned_cells, header=REFUSED[name])).render(CONTEXT)


def everywhere(document: WordDocument) -> None:
    headers_and_footers(document)
    rows_of_a_table(document)
    document.add_paragraph("{{ 姓名 }}").runs[0].bold = True


@pytest.mark.parametrize("value", SPECIAL)
def test_special_characters_everywhere(value: str) -> None:
    data = made(everywhere, footnote="见{{ 姓名 }}")
    assert_as_docxtpl(data, {**CONTEXT, "姓名": value, "名": value, "孩子们": [{"姓名": value, "分": value}]})


@pytest.mark.parametrize("more", [lines(), columns_of_a_table], ids=["compiled", "by docxtpl"])
def test_braces_in_a_value_print_as_they_are(more: Build) -> None:
    def build(document: WordDocument) -> None:
        for one in (headers_and_footers, properties, more, lines("{_{ 姓名 }_}{{ 姓名 }}")):
            one(document)

    file, _ = Engine(made(build, footnote="见{{ 姓名 }}")).render({**CONTEXT, "姓名": BRACED})
    found = texts(file)
    assert "{{ 姓名 }}" + BRACED in found["正文"].split("\n")
    assert all(BRACED in found[part] for part in ("页眉", "页脚", "脚注", "文档属性"))


@pytest.mark.parametrize("value", [Listing("一\n二\t三\a四\f五<&>"), Listing("")], ids=str)
def test_a_listing_is_broken_into_lines(value: Listing) -> None:
    assert_as_docxtpl(made(everywhere, footnote="见{{ 姓名 }}"), {**CONTEXT, "姓名": value})


def test_rich_text_stands_as_docxtpl_sets_it() -> None:
    rich = lines("前{{r 富 }}后", "{{p 段 }}", "{{ 姓名 }}")
    assert_as_docxtpl(made(rich), {**CONTEXT, "富": RICH, "段": PARAGRAPHS})


def test_pictures_are_those_of_docxtpl() -> None:
    red, blue = Picture(png(), 20, 20, "红"), Picture(png(red=3), 12.5, 30, "蓝")

    def build(document: WordDocument) -> None:
        drawings_of_the_template(document)
        lines("{{ 一 }}", "{{ 二 }}和{{ 一 }}")(document)
        fill(document.sections[0].header, "{{ 二 }}")

    assert_as_docxtpl(made(build), {**CONTEXT, "一": red, "二": blue})
