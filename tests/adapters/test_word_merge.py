"""The compiled merge makes what docxtpl makes, part for part; what it cannot compile docxtpl renders itself."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.section import _Header

from tests.support.merging import blank, by_docxtpl, comparable, png, saved
from xl_liushou.adapters.word import texts
from xl_liushou.adapters.word_engine import Engine

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
SPECIAL = [
    "a<b & c",
    '"引号"“”\'',
    "一\n二",
    "左\t右",
    "😀👨‍👩‍👧",
    "𠮷𱁬",
    "{{ 1+1 }}",
    "{_{ x }_}",
    "页\a段\f页",
    "",
    " 前后 ",
]
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


def coloured_and_spanned_cells(document: WordDocument) -> None:
    table(document, ("{% cellbg '00FF00' %}{{ 姓名 }}", "{% colspan 1 %}二"))


def merged_cells(document: WordDocument) -> None:
    rows = ("{%tr for 孩子 in 孩子们 %}", ""), ("{% vm %}同校", "{{ 孩子.姓名 }}"), ("{%tr endfor %}", "")
    table(document, ("甲", "乙"), *rows)


def tags_split_over_runs(document: WordDocument) -> None:
    paragraph = document.add_paragraph("您好{")
    for text, bold in (
        ("{ 姓", True),
        ("名 }", False),
        ("}！{% if 有 %}", True),
        ("在", False),
        ("家{% endif %}。", True),
    ):
        paragraph.add_run(text).bold = bold


def loop_over_runs(document: WordDocument) -> None:
    paragraph = document.add_paragraph("{% for 孩子 in 孩子们 %}")
    paragraph.add_run("{{ 孩子.姓名 }}").bold = True
    paragraph.add_run("{% if not loop.last %}、{% endif %}{% endfor %}")


def fill(header: _Header, text: str) -> None:
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
    properties.title, properties.subject = (
        "{{ 姓名 }}的信 <一> & 二",
        "{% for 孩子 in 孩子们 %}{{ 孩子.分 }};{% endfor %}",
    )
    properties.comments, properties.author = "", "学校"
    document.add_paragraph("正文")


def drawings_of_the_template(document: WordDocument) -> None:
    document.add_picture(io.BytesIO(png()))
    document.add_paragraph("{%p for 孩子 in 孩子们 %}")
    document.add_picture(io.BytesIO(png(red=9)))
    document.add_paragraph("{%p endfor %}")


def text_box(document: WordDocument) -> None:
    box = (
        f'<w:r {W} xmlns:v="urn:schemas-microsoft-com:vml"><w:pict><v:shape style="width:90pt;height:30pt">'
        "<v:textbox><w:txbxContent><w:p><w:r><w:t>框里{{ 姓名 }}</w:t></w:r></w:p></w:txbxContent></v:textbox>"
        "</v:shape></w:pict></w:r>"
    )
    paragraph = document.add_paragraph("前{{ 姓名 }}")
    paragraph._p.append(parse_xml(box))
    paragraph.add_run("后{{ 姓名 }}")


def alternative_text(document: WordDocument) -> None:
    document.add_picture(io.BytesIO(png()))
    (drawn,) = document.element.body.iter("{*}docPr")
    drawn.set("descr", "{{ 姓名 }}的照片")


def branch_that_breaks_xml(document: WordDocument) -> None:
    lines("一{% if 无 %}二", "三{% endif %}四")(document)


COMPILED: dict[str, Build] = {
    "plain": lines("{{ 姓名 }}，{{ 名 }}{{ 空 }}{{ 孩子们[0].分 }}", "没有标签"),
    "paragraphs": lines(
        "{%p for 孩子 in 孩子们 %}", "{{ 孩子.姓名 }}", "{%p endfor %}", "{%p if 无 %}", "无", "{%p endif %}"
    ),
    "conditions": lines("{% if 有 %}{{ 姓名 }}{% if 无 %}甲{% elif 空 %}乙{% else %}丙{% endif %}{% endif %}"),
    "runs": lines("前{%r if 有 %}有{%r endif %}后{%r for 孩子 in 孩子们 %}{{ 孩子.姓名 }}{%r endfor %}"),
    "set": lines("{% set 甲 = 姓名 %}{{ 甲 }}"),
    "comments": lines("甲{# 说明 #}乙", "{#p 整段说明 #}", "{{ 姓名 }}"),
    "joined": lines("一 {%- if 有 %}", "二{% endif -%}", "三"),
    "braces": lines("{_{ 姓名 }_} {_% if %_}", "{{ 姓名 }}"),
    "filters": lines("{{ 孩子们|length }}{{ 姓名|e }}{{ '常量' }}{{ 孩子们|map(attribute='姓名')|join('、') }}"),
    "rows": rows_of_a_table,
    "rows only": rows_without_a_head,
    "nested": nested_tables,
    "cells": coloured_and_spanned_cells,
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
    "breaking branch": branch_that_breaks_xml,
    "macro": lines("{% macro 甲(乙) %}{{ 乙 }}{% endmacro %}{{ 甲(姓名) }}"),
}


def made(build: Build, footnote: str = "") -> bytes:
    document = blank()
    build(document)
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


@pytest.mark.parametrize("value", SPECIAL)
def test_special_characters_everywhere(value: str, tmp_path: Path) -> None:
    document = blank()
    headers_and_footers(document)
    rows_of_a_table(document)
    document.add_paragraph("{{ 姓名 }}").runs[0].bold = True
    data = saved(document, footnote="见{{ 姓名 }}")
    assert_as_docxtpl(data, {**CONTEXT, "姓名": value, "名": value, "孩子们": [{"姓名": value, "分": value}]})
