"""Every fault of a template at once, with its place and what was meant; nothing where there is none."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.office import assert_office_file, opens_in_libreoffice, requires_libreoffice
from tests.support.templates import saved, template_bytes
from xl_liushou.adapters.template_lint import lint_template
from xl_liushou.adapters.template_notes import annotated
from xl_liushou.core.errors import UnusableInput
from xl_liushou.core.template import TemplateFault
from xl_liushou.documents.tags import contract, tags_of

CONTEXT: dict[str, Any] = {
    "姓名": "张明",
    "年级": "三年级",
    "收信人": {"姓名": "张父", "手机": "13800000000", "称呼": "爸爸"},
    "联系记录": [{"日期": "2026年11月2日", "摘要": "很好"}],
    "亮点": ["进步"],
    "限领导栏": [],
    "低年级": True,
    "空单": [],
}
LEADERS = {**CONTEXT, "困境类别": "贫困", "限领导栏": [{"名目": "困境类别"}]}
SCHOOL = contract(tags_of([CONTEXT], [LEADERS]), "学校")
FAMILY = contract(tags_of([CONTEXT], []), "家长")


def found(*paragraphs: str, paper: Any = FAMILY, **parts: str) -> list[TemplateFault]:
    return lint_template(template_bytes(*paragraphs, **parts), "样张.docx", paper, [LEADERS])


def told(faults: Sequence[TemplateFault]) -> str:
    return "\n".join(f"{one.where}|{one.tag}|{one.message}{one.suggestion}" for one in faults)


SOUND = (
    "{{ 姓名 }}，{{ 收信人.称呼 }}：{{ 收信人['姓名'] }}",
    "{% for 记录 in 联系记录 %}{{ loop.index }}{{ 记录.日期 }}{% if not loop.last %}；{% endif %}{% endfor %}",
    "{% for 句 in 亮点 %}{{ 句 }}{% else %}没有{% endfor %}{{ 亮点|join('、') }}{{ 联系记录|length }}",
    "{% if 低年级 and 年级 in ['一年级', '二年级'] %}小{% elif 姓名 %}大{% else %}中{% endif %}",
    "{{ 没有|default('') }}{% if 也没有 is defined %}有{% endif %}{# 说明：{{ 随便 }} #}",
    "{% for 项 in 空单 %}{{ 项.任意 }}{% endfor %}",
    "100%、{一}、a{b}、“引号”、C:\\{x}",
)  # fmt: skip


@pytest.mark.parametrize("text", SOUND)
def test_nothing_is_found_where_nothing_is_wrong(text: str) -> None:
    assert found(text) == []


WRONG = (
    ("{{ 姓明 }}", "没有“姓明”这个标签", "是不是 姓名"),
    ("{{ 手机 }}", "没有“手机”", "是不是 收信人.手机"),
    ("{{ 收信人.电话 }}", "没有“收信人.电话”", "是不是 收信人.手机"),
    ("{{ 日期 }}", "没有“日期”", "先写 {% for 项 in 联系记录 %}，再写 {{ 项.日期 }}"),
    ("{{ 完全不同的 }}", "没有“完全不同的”", "template tags"),
    ("{{ 联系记录.日期 }}", "是一串内容", "{% for 项 in 联系记录 %}"),
    ("{{ 联系记录 }}", "不能直接写出来", "循环"),
    ("{{ 收信人 }}", "下面有好几项", "{{ 收信人.姓名 }}"),
    ("{% for 字 in 姓名 %}{{ 字 }}{% endfor %}", "不是一串", "孩子们"),
    ("{{ 姓名.字 }}", "没有“姓名.字”", ""),
    ("{% for 记录 in 联系记录 %}{% endfor %}{{ 记录.日期 }}", "没有“记录”", ""),
    ("{{ loop.index }}", "loop 只能写在循环里", ""),
    ("｛｛姓名｝｝", "全角", "改成 {{ 姓名 }}"),
    ("{ { 姓名 } }", "中间有空格", "改成 {{ 姓名 }}"),
    ("{姓名}", "少了一层", "改成 {{ 姓名 }}"),
    ("｛收信人.姓名｝", "少了一层", "改成 {{ 收信人.姓名 }}"),
    ("{{ 姓名 }", "没有写完", "补上 }}"),
    ("{{ 姓名", "没有写完", "补上 }}"),
    ("{% if 姓名", "没有写完", "补上 %}"),
    ("姓名 }}", "前面没有和它成对", ""),
    ("{{ 收信人．姓名 }}", "全角", "改成 {{ 收信人.姓名 }}"),
    ("{% if 年级 ＝＝ '三年级' %}好{% endif %}", "全角", "年级 =="),
    ("{% if 年级 == “三年级” %}好{% endif %}", "中文引号", '年级 == "三年级"'),
    ("{{ 姓名 年级 }}", "程序读不懂", ""),
    ("{% fro 记录 in 联系记录 %}", "没有“fro”", "是不是 for"),
    ("{% 如果 姓名 %}", "没有“如果”", ""),
    ("{% set 甲 = 姓名 %}", "不能用“set”", ""),
    ("{% include 'x' %}", "不能用“include”", ""),
    ("{{ range(9) }}", "不能调用函数", ""),
    ("{{ 姓名.__class__ }}", "不能用“.__class__”", ""),
    ("{{ 姓名|upper }}", "不能用“|upper”", ""),
    ("{% if 姓名 %}好", "“if”开始了，没有结束", "{% endif %}"),
    ("{% for 记录 in 联系记录 %}好", "“for”开始了，没有结束", "{% endfor %}"),
    ("好{% endif %}", "没有和它成对的开始", ""),
    ("{%p if 姓名 %}好{%p endif %}", "同一段", "各占一段"),
    ("{%tr for 记录 in 联系记录 %}", "只能写在表格里", ""),
    ("{% tr for 记录 in 联系记录 %}", "不能有空格", "{%tr"),
    ("{{ 身份证号 }}", "不能给家长看", "删掉"),
    ("{{ 收信人.困境类别 }}", "不能给家长看", "删掉"),
)  # fmt: skip


@pytest.mark.parametrize(("text", "message", "suggestion"), WRONG)
def test_what_is_wrong_is_told_with_what_was_meant(text: str, message: str, suggestion: str) -> None:
    assert any(message in one.message and suggestion in one.suggestion for one in found(text)), told(found(text))


@pytest.mark.parametrize(("text", "message"), [(text, message) for text, message, _ in WRONG])
def test_everything_is_told_at_once_and_one_fault_hides_no_other(text: str, message: str) -> None:
    every = found("{{ 甲甲 }}", text, "{{ 乙乙 }}", "{{ 甲甲 }}")
    names = [one.tag for one in every if one.tag in ("{{ 甲甲 }}", "{{ 乙乙 }}")]
    assert names == ["{{ 甲甲 }}", "{{ 乙乙 }}", "{{ 甲甲 }}"]
    assert any(message in one.message for one in every)


def test_a_loop_that_is_not_closed_makes_no_tag_in_it_wrong() -> None:
    assert [one.tag for one in found("{% for 记录 in 联系记录 %}{{ 记录.日期 }}", "{{ 记录.摘要 }}")] == [
        "{% for 记录 in 联系记录 %}"
    ]


@pytest.mark.parametrize(
    ("part", "place"),
    [
        ("body", "正文“见 {{ 没有 }}”"),
        ("table", "正文第1个表格第2行第2列“见 {{ 没有 }}”"),
        ("header", "页眉“见 {{ 没有 }}”"),
        ("footer", "页脚“见 {{ 没有 }}”"),
        ("footnote", "脚注“见 {{ 没有 }}”"),
        ("title", "文档属性“标题”"),
    ],
)
def test_the_place_is_said_as_a_person_sees_it(part: str, place: str) -> None:
    assert [(one.where, one.tag) for one in found(**{part: "见 {{ 没有 }}"})] == [(place, "{{ 没有 }}")]


def test_what_only_leaders_see_is_a_warning_where_leaders_may_see_it() -> None:
    faults = found("{{ 困境类别 }}", paper=SCHOOL)
    assert [(one.severity, "--leaders" in one.suggestion) for one in faults] == [("warning", True)]
    assert [one.severity for one in found("{{ 困境类别 }}")] == ["audience"]


def test_what_is_not_in_every_paper_needs_a_default() -> None:
    paper = contract(tags_of([CONTEXT, {**CONTEXT, "起止": "九月"}], []), "家长")
    assert [one.suggestion for one in found("{{ 起止 }}", paper=paper)] == ["写成 {{ 起止|default('') }}。"]
    assert found("{{ 起止|default('') }}", paper=paper) == []


def test_a_tag_that_word_cut_into_runs_is_no_fault_but_one_half_in_a_link_is() -> None:
    document = Document()
    paragraph = document.add_paragraph("您好：{")
    for piece in ("{ 姓", "名 }", "}"):
        paragraph.add_run(piece).bold = True
    assert lint_template(saved(document), "样张", FAMILY, [CONTEXT]) == []
    link = OxmlElement("w:hyperlink")
    link.append(paragraph.runs[-1]._r)
    paragraph._p.append(link)
    assert "一半在链接" in told(lint_template(saved(document), "样张", FAMILY, [CONTEXT]))


def test_what_stands_inside_a_tag_and_would_vanish_is_told() -> None:
    document = Document()
    paragraph = document.add_paragraph("{{ 姓")
    paragraph.add_run()._r.append(OxmlElement("w:fldChar"))
    paragraph.add_run("名 }}")
    assert "会一起消失" in told(lint_template(saved(document), "样张", FAMILY))


def test_a_loop_over_table_rows_in_the_wrong_place_is_told_with_its_cell() -> None:
    document = Document()
    table = document.add_table(1, 2)
    table.cell(0, 0).text = "{%tr for 记录 in 联系记录 %}{{ 记录.日期 }}"
    table.cell(0, 1).text = "{%tr endfor %}"
    faults = lint_template(saved(document), "样张", FAMILY)
    assert any("同一行" in one.message and "第1个表格第1行第2列" in one.where for one in faults), told(faults)


@pytest.mark.parametrize(("kind", "count"), [(RELATIONSHIP_TYPE.IMAGE, 1), (RELATIONSHIP_TYPE.HYPERLINK, 0)])
def test_what_word_would_fetch_from_elsewhere_is_told(kind: str, count: int) -> None:
    document = Document()
    document.part.relate_to("http://example.com/x.png", kind, is_external=True)
    told_of = [one.tag for one in lint_template(saved(document), "样张", FAMILY) if "到外面去取" in one.message]
    assert told_of == ["http://example.com/x.png"] * count


def test_loops_nested_too_deep_are_told_by_the_rehearsal() -> None:
    text = "{% for 甲 in 亮点 %}" * 3 + "{% endfor %}" * 3
    assert "里层的循环" in told(found(text))
    assert len(found(text, "{% if 姓名 == “张明” %}好{% endif %}")) == 2


HOSTILE = {
    "an open tag before much text": ["{{ 姓名", *["字" * 30] * 2000],
    "conditions in conditions": ["{% if 姓名 %}" * 3000 + "{% endif %}" * 3000],
    "open braces": ["{" * 60_000],
    "full-width braces": ["｛｛" * 30_000],
    "open runs": ["{{r " * 10_000],
    "one long tag": ["{{ " + "字" * 60_000 + " }}"],
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_template_is_judged_soon(kind: str) -> None:
    assert found(*HOSTILE[kind])


@requires_libreoffice
def test_the_annotated_copy_is_sound_and_has_a_comment_at_every_place(tmp_path: Path) -> None:
    data = template_bytes("好", "{{ 没有 }}", table="{{ 姓明 }}", header="{{ 页 }}", title="{{ 题 }}")
    path = tmp_path / "批注.docx"
    path.write_bytes(annotated(data, lint_template(data, "样张", FAMILY)))
    assert_office_file(path)
    opens_in_libreoffice(path)
    comments = [comment.text for comment in Document(str(path)).comments]
    assert len(comments) == 3
    assert "页眉" in comments[0]
    assert "文档属性" in comments[0]
    assert "是不是 姓名" in comments[2]


_PIECES = st.sampled_from(
    ["{{", "}}", "{%", "%}", "{#", "#}", "{", "}", "｛", "｝", " ", "姓名", "联系记录", "甲", ".", "|", "for", "in",
     "endfor", "if", "endif", "else", "(", ")", "'", "“", "1", "~", "loop", "__class__", "tr ", "p ", "*", "=", "-",
     "[", "]", "vm", "hm", "colspan", "\u3000", "\ud7ff", "9" * 40]
)  # fmt: skip


@given(st.lists(st.lists(_PIECES, max_size=10), max_size=3), st.sampled_from(["table", "header", "footnote", "title"]))
@settings(max_examples=150, deadline=None)
def test_any_text_is_judged_without_a_fault_of_the_program(pieces: list[list[str]], part: str) -> None:
    texts = ["".join(one) for one in pieces]
    with contextlib.suppress(UnusableInput):
        data = template_bytes(*texts, **{part: "".join(texts)})
        for fault in lint_template(data, "样张", FAMILY, [CONTEXT]):
            assert fault.where
            assert fault.message
        Document(io.BytesIO(annotated(data, [])))
