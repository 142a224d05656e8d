"""Another child's data, planted wherever a paper can show it, is found; no paper of the demo school is withheld."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import product
from pathlib import Path
from random import Random

import docx
import pytest
from docx.document import Document
from docx.oxml import parse_xml
from docx.shared import Mm

from tests.support.merging import png, saved, text_box_run
from xl_liushou.app.opening import school_in
from xl_liushou.app.papers import Sources, judged
from xl_liushou.app.photos import Photos
from xl_liushou.app.templates import InForce, Templates, built_in
from xl_liushou.build.demo import demo_school
from xl_liushou.build.master import master_workbook
from xl_liushou.core.plan import Blocked, Plan, WriteDocument
from xl_liushou.documents.catalogue import PAPERS
from xl_liushou.documents.festivals import FESTIVALS, asked
from xl_liushou.documents.options import PaperOptions
from xl_liushou.schema.school import School
from xl_liushou.schema.sheets import Children, Guardians, Staff

TODAY = date(2026, 11, 23)
TAG = "{{ 埋 }}"
GUARDED = ("parent-letter", "child-letter", "consent-form", "supplies-receipt")
KINDS = ("姓名", "身份证号", "儿童编号", "电话", "监护人")
TOLD = {"监护人": "姓名"}


@pytest.fixture(scope="module")
def school() -> School:
    demo = demo_school(TODAY)
    return school_in(master_workbook(demo.rows, demo.settings), "演示.xlsx")


def papers(school: School, name: str, options: PaperOptions | None = None) -> list[WriteDocument]:
    made = PAPERS[name].make(school, TODAY, list(school.active_children), options)
    return [one for one in made if isinstance(one, WriteDocument)]


def in_text(document: Document) -> None:
    document.add_paragraph(f"课间{TAG}也来帮忙")


def in_a_table(document: Document) -> None:
    document.add_table(1, 2).cell(0, 1).text = TAG


def in_the_header(document: Document) -> None:
    document.sections[0].header.is_linked_to_previous = False
    document.sections[0].header.paragraphs[0].text = TAG


def in_the_footer(document: Document) -> None:
    document.sections[0].footer.is_linked_to_previous = False
    document.sections[0].footer.paragraphs[0].text = TAG


def in_a_text_box(document: Document) -> None:
    document.add_paragraph()._p.append(parse_xml(text_box_run(TAG)))


def in_the_subject(document: Document) -> None:
    document.core_properties.subject = TAG


def in_the_title(document: Document) -> None:
    document.core_properties.title = f"关于{TAG}"


def in_the_header_of_the_first_page(document: Document) -> None:
    document.sections[0].different_first_page_header_footer = True
    document.sections[0].first_page_header.add_table(1, 1, Mm(100)).cell(0, 0).text = TAG


def beside_a_footnote(document: Document) -> None:
    document.add_paragraph("注")


def in_the_words_of_a_picture(document: Document) -> None:
    document.add_picture(io.BytesIO(png()))
    *_, drawn = document.element.body.iter("{*}docPr")
    drawn.set("descr", TAG)


PLACES: Mapping[str, tuple[str, Callable[[Document], None]]] = {
    "text": ("正文", in_text),
    "table": ("正文", in_a_table),
    "header": ("页眉", in_the_header),
    "footer": ("页脚", in_the_footer),
    "footnote": ("脚注", beside_a_footnote),
    "text box": ("正文", in_a_text_box),
    "subject": ("文档属性", in_the_subject),
    "title": ("文档属性", in_the_title),
    "first page": ("页眉", in_the_header_of_the_first_page),
    "picture": ("正文", in_the_words_of_a_picture),
}


@dataclass(frozen=True, slots=True)
class Open(Templates):
    """Templates with a tag more somewhere."""

    place: str = ""

    def in_force(self, names: Sequence[str]) -> Mapping[str, InForce]:
        return {name: InForce(name, self._with_tag(built_in(name))) for name in names}

    def _with_tag(self, data: bytes) -> bytes:
        document = docx.Document(io.BytesIO(data))
        PLACES[self.place][1](document)
        return saved(document, footnote=TAG if self.place == "footnote" else "")


def judgements(
    school: School, effects: Sequence[WriteDocument], templates: Templates
) -> list[tuple[WriteDocument, Blocked | None]]:
    sources = Sources(templates, Photos.beside(Path("nowhere") / "台账.xlsx"))
    found = judged(Plan(effects=effects), school, (), sources)
    return [(effect, rendered if isinstance(rendered, Blocked) else None) for effect, rendered in found]


def strangers(school: School, effect: WriteDocument, chance: Random) -> Iterator[Mapping[str, str]]:
    """Other children with an ID and a mobile at home, none of whose data stands in this family's own records."""
    children = list(school.active_children)
    families = {child[Children.family_id] for child in children if child[Children.child_id] in effect.children}
    own = {one[Guardians.name] for key in effect.children for one in school.guardians_by_child.get(key, ())}
    own |= {*school[Staff].name}
    for child in chance.sample(children, len(children)):
        group = school.guardians_by_child.get(child[Children.child_id], ())
        guardian = next((one for one in group if one[Guardians.mobile] and one[Guardians.name] not in own), None)
        if child[Children.family_id] not in families and child[Children.id_number] and guardian:
            yield {
                "姓名": child[Children.name],
                "身份证号": child[Children.id_number],
                "儿童编号": child[Children.child_id],
                "电话": guardian[Guardians.mobile],
                "监护人": guardian[Guardians.name],
            }


def test_two_hundred_planted_leaks_are_found(school: School) -> None:
    chance, missed, planted = Random(20), [], 0
    for name, (place, (part, _)) in product(GUARDED, PLACES.items()):
        guarded = [one for one in papers(school, name) if one.guarded]
        some = chance.choices(guarded, k=len(KINDS))
        hidden = [next(strangers(school, one, chance))[kind] for one, kind in zip(some, KINDS, strict=True)]
        effects = [replace(one, context={**one.context, "埋": value}) for one, value in zip(some, hidden, strict=True)]
        for kind, (_, blocked) in zip(KINDS, judgements(school, effects, Open(Path("x"), place=place)), strict=True):
            planted += 1
            if not blocked or f"{part}里有别的孩子或其监护人的{TOLD.get(kind, kind)}" not in blocked.message:
                missed.append((name, place, kind, hidden[KINDS.index(kind)]))
    assert (planted, missed) == (200, [])


@pytest.mark.parametrize("place", PLACES)
def test_the_same_places_withhold_nothing_else(school: School, place: str) -> None:
    planted = [
        replace(effect, context={**effect.context, "埋": "这学期进步很大"})
        for name in GUARDED
        for effect in papers(school, name)[:3]
    ]
    assert [blocked for _, blocked in judgements(school, planted, Open(Path("x"), place=place)) if blocked] == []


@pytest.mark.parametrize("leaders", [False, True])
@pytest.mark.parametrize("name", PAPERS)
def test_no_paper_of_the_demo_school_is_withheld(school: School, name: str, leaders: bool) -> None:
    made = papers(school, name, PaperOptions(leaders=leaders))
    assert made
    assert [blocked for _, blocked in judgements(school, made, Templates(Path("x"))) if blocked] == []


@pytest.mark.parametrize("festival", FESTIVALS)
def test_no_festival_letter_of_the_demo_school_is_withheld(school: School, festival: str) -> None:
    made = papers(school, "child-letter", PaperOptions(festival=asked(festival, TODAY)))
    assert made
    assert [blocked for _, blocked in judgements(school, made, Templates(Path("x"))) if blocked] == []
