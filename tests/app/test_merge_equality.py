"""Whatever values fill a template of the program, the compiled merge makes what docxtpl makes, part for part."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.merging import by_docxtpl, comparable
from xl_liushou.adapters.word import texts
from xl_liushou.adapters.word_engine import Engine
from xl_liushou.app.opening import school_in
from xl_liushou.app.templates import built_in
from xl_liushou.build.demo import demo_school
from xl_liushou.build.master import master_workbook
from xl_liushou.core.drawing import Chart
from xl_liushou.core.plan import WriteDocument
from xl_liushou.documents.catalogue import PAPERS, TEMPLATES
from xl_liushou.documents.festivals import asked
from xl_liushou.documents.options import PaperOptions
from xl_liushou.schema.school import School

TODAY = date(2026, 11, 23)
_SHAPES = 2
"""So many contexts of a paper show what its values may look like."""
_NOT_XML = "\ufffe\uffff"
SIGNS = st.characters(exclude_categories=("Cs", "Cc"), exclude_characters=f"_{_NOT_XML}")
TEXTS = st.text(SIGNS | st.sampled_from("\t\n\r\a\f<>&\"'{}%#"), max_size=12)


@pytest.fixture(scope="module")
def school() -> School:
    demo = demo_school(TODAY)
    return school_in(master_workbook(demo.rows, demo.settings), "演示.xlsx")


def contexts(school: School, name: str) -> list[Mapping[str, Any]]:
    """A few contexts of a template as its paper's maker builds them."""
    paper = next(one for one in PAPERS.values() if name in (one.name, *(sheet.name for sheet in one.companions)))
    options = (PaperOptions(leaders=True), PaperOptions(by_class=True, festival=asked("春节", TODAY)))
    made = [one for some in options for one in paper.make(school, TODAY, list(school.active_children), some)]
    return [one.context for one in made if isinstance(one, WriteDocument) and one.document == name]


def like(value: Any) -> st.SearchStrategy[Any]:
    """Values of the same shape: other texts and numbers, lists of other lengths, what may be blank now and then so."""
    match value:
        case Mapping():
            return st.fixed_dictionaries({name: like(one) for name, one in value.items()})
        case list():
            items = [like(one) for one in value[:_SHAPES] if not isinstance(one, Chart)]
            return st.lists(st.one_of(items), max_size=3) if items else st.just([])
        case bool():
            return st.booleans()
        case str():
            return st.just(value) | TEXTS if value else st.just("")
        case int() | float():
            return st.integers() | st.floats(allow_nan=False)
    return st.just(value)


@pytest.mark.slow
@pytest.mark.parametrize("name", TEMPLATES)
def test_the_merge_is_docxtpls(request: pytest.FixtureRequest, school: School, name: str) -> None:
    """A few values; `pytest -m slow tests/app/test_merge_equality.py` tries many more."""
    engine = Engine(data := built_in(name))
    assert engine.is_compiled
    shapes = contexts(school, name)

    @settings(
        max_examples=300 if request.config.option.markexpr == "slow" else 2,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
    )
    @given(st.one_of([like(one) for one in [*shapes[:_SHAPES], *shapes[-_SHAPES:]]]))
    def is_docxtpls(context: dict[str, Any]) -> None:
        ours, read = engine.render(context)
        assert comparable(ours) == comparable(by_docxtpl(data, context))
        assert read() == texts(ours)

    is_docxtpls()
