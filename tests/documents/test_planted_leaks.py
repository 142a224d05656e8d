"""Another child's data planted in every place of a paper is found, and nothing is found in those of the demo school."""

from __future__ import annotations

import functools
import io
from random import Random

import pytest
from docx.oxml import parse_xml
from docx.text.paragraph import Paragraph

from tests.adapters.test_word_merge_values import demo_school
from tests.build.test_demo import TODAY
from tests.support.merging import blank, png, saved
from tests.support.schools import children_of
from xl_liushou.adapters.word import WordTemplate, texts
from xl_liushou.build.papers import templates
from xl_liushou.core.plan import WriteDocument
from xl_liushou.documents.catalogue import PAPERS
from xl_liushou.documents.kindness import PHRASES
from xl_liushou.documents.leaks import FixedWords, Leak, LeakScan
from xl_liushou.schema.sheets import Children, Guardians, Staff

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:v="urn:schemas-microsoft-com:vml"'
PLACES = {
    "正文": "正文",
    "表格": "正文",
    "文本框": "正文",
    "图片说明": "正文",
    "域": "正文",
    "隐藏文字": "正文",
    "页眉": "页眉",
    "页脚": "页脚",
    "脚注": "脚注",
    "文档属性": "文档属性",
}
"""Where a leak is planted, and the part that is told."""
PLANTED = 200


@functools.cache
def scan() -> LeakScan:
    return LeakScan(demo_school())


@functools.cache
def fixed_words(name: str) -> FixedWords:
    names = (str(demo_school().settings[item]) for item in ("学校名称", "落款单位", "学年", "学期"))
    return FixedWords((*texts(templates()[name]).values(), *PHRASES, *names))


def tags(place: str) -> str:
    return f"{{{{ {place}.前 }}}}{{{{ {place}.后 }}}}"


def two_runs(paragraph: Paragraph, place: str) -> None:
    """The tags of a place, each in a run of its own."""
    paragraph.add_run(f"{{{{ {place}.前 }}}}")
    paragraph.add_run(f"{{{{ {place}.后 }}}}").bold = True


@functools.cache
def paper() -> WordTemplate:
    document = blank()
    document.core_properties.comments = tags("文档属性")
    section = document.sections[0]
    two_runs(document.add_paragraph("孩子上课认真。"), "正文")
    two_runs(document.add_table(1, 1).cell(0, 0).paragraphs[0], "表格")
    two_runs(section.header.paragraphs[0], "页眉")
    two_runs(section.footer.paragraphs[0], "页脚")
    two_runs(document.add_paragraph(), "隐藏文字")
    for run in document.paragraphs[-1].runs:
        run.font.hidden = True
    document.add_picture(io.BytesIO(png()))
    next(document.element.body.iter("{*}docPr")).set("descr", tags("图片说明"))
    box = "<w:p><w:r><w:t>{{ 文本框.前 }}</w:t></w:r><w:r><w:t>{{ 文本框.后 }}</w:t></w:r></w:p>"
    shape = f"<v:shape><v:textbox><w:txbxContent>{box}</w:txbxContent></v:textbox></v:shape>"
    code = f'<w:fldChar w:fldCharType="begin"/><w:instrText>TITLE {tags("域")}</w:instrText>'
    for content in (f"<w:pict>{shape}</w:pict>", f'{code}<w:fldChar w:fldCharType="end"/>'):
        document.add_paragraph("旁边")._p.append(parse_xml(f"<w:r {W}>{content}</w:r>"))
    return WordTemplate("样张", saved(document, footnote=tags("脚注")))


def hits(place: str, value: str, cut: int) -> list[Leak]:
    """What is found where a value, cut in two, stands in one place of a paper for the school's first child."""
    nothing = {"前": "", "后": ""}
    planted = {"前": f"最近和{value[:cut]}", "后": f"{value[cut:]}在一起"}
    rendered = paper().render({**dict.fromkeys(PLACES, nothing), place: planted})
    return scan().hits(rendered.text, demo_school()[Children].child_id[:1], fixed=fixed_words("parent-letter"))


def values_of_others() -> dict[str, list[str]]:
    """By kind: what stands in the roster and among the guardians of others only."""
    children, guardians = demo_school()[Children], demo_school()[Guardians]
    first = children.child_id[0]
    own = {
        one[column] for one in demo_school().guardians_by_child[first] for column in (Guardians.name, Guardians.mobile)
    }
    own |= {children.name[0], children.id_number[0], first, "", *demo_school()[Staff].name}
    found = {
        "姓名": (*children.name, *guardians.name),
        "身份证号": children.id_number,
        "电话": guardians.mobile,
        "儿童编号": children.child_id,
    }
    return {kind: sorted(set(values) - own) for kind, values in found.items()}


def test_every_planted_leak_is_found_where_it_stands() -> None:
    random, values = Random(5), values_of_others()
    planted = [(place, kind) for place in PLACES for kind in values] * (PLANTED // len(PLACES) // len(values))
    assert len(planted) == PLANTED
    for place, kind in planted:
        value = random.choice(values[kind])
        found = hits(place, value, random.randrange(1, len(value)))
        assert [(one.part, one.kind) for one in found] == [(PLACES[place], kind)], (place, kind)


def test_nothing_is_found_where_nothing_is_planted() -> None:
    for place in PLACES:
        assert hits(place, "同学", 1) == []


@pytest.mark.parametrize("name", PAPERS)
def test_no_paper_of_the_demo_school_is_blocked(name: str) -> None:
    made = PAPERS[name].make(demo_school(), TODAY, children_of(demo_school()))
    guarded = [one for one in made if isinstance(one, WriteDocument) and one.guarded]
    ready = {one.document: WordTemplate(one.title, templates()[one.document]) for one in guarded}
    for one in guarded:
        text = ready[one.document].render(one.context).text
        assert scan().hits(text, one.children, one.may_name, fixed_words(one.document)) == []
