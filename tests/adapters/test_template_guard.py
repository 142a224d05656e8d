"""A template from anywhere cannot run code, read files, reach hidden names, or run for ever, from any part of it."""

from __future__ import annotations

import contextlib
import io
import zipfile

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.templates import FOOTNOTES, saved, template_bytes
from xl_liushou.adapters import template_guard
from xl_liushou.adapters.template_guard import Refused, bounded_join
from xl_liushou.adapters.word import UndefinedTag, WordTemplate
from xl_liushou.core.errors import TemplateProblem

CONTEXT = {"姓名": "张明", "名单": [{"姓名": "张明", "课": ["语文"]}], "数": 3, "班主任": {"姓名": "王老师"}}

PAYLOADS = (
    "{{ ''.__class__ }}",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ ''['__class__'] }}",
    "{{ ''|attr('__class__') }}",
    "{{ ''['__cla' ~ 'ss__'] }}",
    "{{ ''['\\x5f\\x5fclass\\x5f\\x5f'] }}",
    "{{ ()|attr('__class__')|attr('__base__') }}",
    "{{ 姓名.__class__ }}",
    "{{ 姓名.__init__.__globals__ }}",
    "{{ 姓名._secret }}",
    "{{ 姓名['_secret'] }}",
    "{{ _姓名 }}",
    "{{ 姓名.upper() }}",
    "{{ 姓名.format }}",
    "{{ 姓名.format(1) }}",
    "{{ '{0.__class__}'.format(姓名) }}",
    "{{ '%s'|format(姓名) }}",
    "{{ '%999999999d' % 1 }}",
    "{{ 名单.append(1) }}",
    "{{ 名单.__len__() }}",
    "{{ 班主任.items() }}",
    "{{ 班主任.pop('姓名') }}",
    "{{ 班主任.values }}",
    "{{ self }}",
    "{{ self.__init__ }}",
    "{{ self._TemplateReference__context }}",
    "{{ self._TemplateReference__context.cycler.__init__.__globals__.os }}",
    "{{ cycler }}",
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "{{ joiner.__init__.__globals__ }}",
    "{{ namespace.__init__.__globals__ }}",
    "{{ lipsum }}",
    "{{ lipsum.__globals__['os'].popen('id').read() }}",
    "{{ lipsum(1000000) }}",
    "{{ dict(a=1) }}",
    "{{ range(1000000000) }}",
    "{% for 甲 in range(1000000000) %}x{% endfor %}",
    "{% for 甲 in '一二三' %}{{ 甲 }}{% endfor %}",
    "{% for 甲 in [1, 2, 3] %}{{ 甲 }}{% endfor %}",
    "{% for 甲 in 名单 recursive %}{{ loop(名单) }}{% endfor %}",
    "{% for 甲 in 名单 %}{{ loop.cycle }}{% endfor %}",
    "{% for 甲 in 名单 %}{{ loop.__class__ }}{% endfor %}",
    "{% for 甲 in 名单 %}{{ loop['__class__'] }}{% endfor %}",
    "{% for 甲 in 名单 %}{{ loop }}{% endfor %}",
    "{% for 甲, 乙 in 名单 %}x{% endfor %}",
    "{% for 甲 in 名单|sort %}x{% endfor %}",
    "{% for 甲 in 名单 %}{% for 乙 in 名单 %}{% for 丙 in 名单 %}x{% endfor %}{% endfor %}{% endfor %}",
    "{% for 甲 in 名单 %}{% for 乙 in 甲.课 %}{% for 丙 in 乙 %}{% for 丁 in 丙 %}x{% endfor %}{% endfor %}{% endfor %}"
    "{% endfor %}",
    "{{ '长' * 1000000000 }}",
    "{{ 姓名 * 1000000000 }}",
    "{{ 9 ** 999999999 }}",
    "{{ 99999999999 }}",
    "{{ 1 + 1 }}",
    "{{ 数 // 0 }}",
    "{{ -姓名 }}",
    "{{ 姓名|center(999999999) }}",
    "{{ 姓名|safe }}",
    "{{ 姓名|map('upper') }}",
    "{{ 名单|map(attribute='__class__')|list }}",
    "{{ 名单|join(',', '__class__') }}",
    "{{ 名单|join(',', attribute='__class__') }}",
    "{{ 名单|groupby('__class__') }}",
    "{{ 名单|selectattr('__class__') }}",
    "{{ 名单|batch(3, 'x') }}",
    "{{ 姓名|replace('', '很长') }}",
    "{{ 姓名|tojson }}",
    "{{ 姓名|xmlattr }}",
    "{{ 姓名 is callable }}",
    "{{ 姓名 is filter }}",
    "{{ 姓名[0:1000] }}",
    "{{ 姓名[数] }}",
    "{{ {'a': 1} }}",
    "{{ [名单, 名单] }}",
    "{% set 长 = 姓名 ~ 姓名 %}{{ 长 }}",
    "{% set 长 %}{{ 姓名 }}{% endset %}",
    "{% macro 甲() %}{{ 甲() }}{% endmacro %}",
    "{% call 甲() %}x{% endcall %}",
    "{% import 'os' as os %}",
    "{% from 'os' import system %}",
    "{% include '/etc/passwd' %}",
    "{% extends '/etc/passwd' %}",
    "{% block 甲 %}x{% endblock %}",
    "{% with 甲 = 1 %}{{ 甲 }}{% endwith %}",
    "{% filter upper %}x{% endfilter %}",
    "{% autoescape false %}{{ 姓名 }}{% endautoescape %}",
    "{% raw %}{{ 姓名 }}",
    "{% do 名单.append(1) %}",
    "{% debug %}",
    "{{ " + "(" * 3000 + "1" + ")" * 3000 + " }}",
    "{{ " + "not " * 3000 + "1 }}",
    "{{ " + "9" * 5000 + " }}",
    "{{ '" + "长" * 600 + "' }}",
    "{% if 姓名 %}" * 200 + "{% endif %}" * 200,
)  # fmt: skip


def test_there_are_enough_payloads() -> None:
    assert len(set(PAYLOADS)) == len(PAYLOADS) > 80


@pytest.mark.parametrize("part", ["body", "table", "header", "footer", "footnote", "title"])
def test_every_payload_is_refused_in_every_part(part: str) -> None:
    assert [payload for payload in PAYLOADS if not refused(template_bytes(**{part: payload}))] == []


def refused(data: bytes) -> bool:
    """Whether a template is refused for what it says, not only for a name that means nothing here."""
    try:
        WordTemplate("样张", data).render(CONTEXT)
    except TemplateProblem as problem:
        return not isinstance(problem, UndefinedTag)
    return False


ALLOWED = (
    ("{{ 姓名 }}", "张明"),
    ("{{ 班主任['姓名'] }}", "王老师"),
    ("{{ 名单[0].姓名 }}", "张明"),
    ("{{ 姓名 ~ '同学' }}", "张明同学"),
    ("{{ 姓名 if 数 > 2 else '无' }}", "张明"),
    ("{% if 姓名 in ['张明', '李芳'] and not 数 == -1 %}是{% elif 数 %}数{% else %}否{% endif %}", "是"),
    ("{% for 甲 in 名单 %}{{ loop.index }}{% for 课 in 甲.课 %}{{ 课 }}{% endfor %}{% endfor %}", "1语文"),
    ("{% for 甲 in 名单 %}{% for 乙 in 名单 %}{{ 乙.姓名 }}{% endfor %}{% endfor %}", "张明"),
    ("{{ 没有|default('无') }}{{ 名单|length }}{{ 名单[0].课|join('、') }}", "无1语文"),
    ("{# 说明 #}{{ 姓名|trim }}", "张明"),
)  # fmt: skip


@pytest.mark.parametrize(("text", "printed"), ALLOWED)
def test_what_papers_need_is_allowed(text: str, printed: str) -> None:
    assert WordTemplate("样张", template_bytes(body=text)).render(CONTEXT).text["正文"].strip() == printed


VALUES = ("a<b & c", "{{ 1+1 }}", "{% for x in y %}", "{# 说明 #}", "{{ ''.__class__ }}", "]]>&amp;", "😀𠮷")


@pytest.mark.parametrize("part", ["body", "table", "header", "footer", "footnote", "title"])
@pytest.mark.parametrize("value", VALUES)
def test_a_value_prints_as_it_is_in_every_part(value: str, part: str) -> None:
    labels = {
        "body": "正文",
        "table": "正文",
        "header": "页眉",
        "footer": "页脚",
        "footnote": "脚注",
        "title": "文档属性",
    }
    rendered = WordTemplate("样张", template_bytes(**{part: "评语：{{ 评语 }}"})).render({"评语": value})
    assert f"评语：{value}" in rendered.text[labels.get(part, "正文")]


@pytest.mark.parametrize("value", VALUES)
def test_a_value_in_a_footnote_is_no_tag_even_where_the_file_has_two_sections(value: str) -> None:
    document = Document(io.BytesIO(template_bytes(footnote="评语：{{ 评语 }}")))
    document.add_section()
    assert f"评语：{value}" in WordTemplate("样张", saved(document)).render({"评语": value}).text["脚注"].split("\n")


def test_a_footnote_part_is_what_the_tests_say() -> None:
    with zipfile.ZipFile(io.BytesIO(template_bytes(footnote="{{ 姓名 }}"))) as archive:
        assert "{{ 姓名 }}" in archive.read(FOOTNOTES).decode()


def test_a_paper_beyond_all_bounds_is_refused() -> None:
    with pytest.raises(Refused):
        bounded_join("长" * (1 << 20) for _ in range(1 << 20))


def test_rendering_stays_within_these_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(template_guard, "MAX_RENDERED", 100)
    with pytest.raises(TemplateProblem):
        WordTemplate("样张", template_bytes(body="{{ 姓名 }}")).render(CONTEXT)


_PIECES = st.sampled_from(
    ["{{", "}}", "{%", "%}", "{#", "#}", " ", "姓名", "名单", ".", "|", "for", "in", "endfor", "if", "endif", "(", ")",
     "'", "1", "~", "loop", "__class__", "tr", "p", "*", "set", "=", "\n", "-", "[", "]", "vm", "hm", "colspan"]
)  # fmt: skip


@given(st.lists(_PIECES, max_size=14), st.sampled_from(["body", "table", "header", "footnote", "title"]))
@settings(max_examples=150, deadline=None)
def test_any_text_renders_or_is_a_declared_error(pieces: list[str], part: str) -> None:
    with contextlib.suppress(TemplateProblem):
        data = WordTemplate("样张", template_bytes(**{part: "".join(pieces)})).render(CONTEXT).data
        Document(io.BytesIO(data))
