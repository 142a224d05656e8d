"""Whatever values fill a template of the program, the compiled merge makes what docxtpl makes, part for part."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.merging import by_docxtpl, comparable
from xl_liushou.adapters.word import texts
from xl_liushou.adapters.word_engine import Engine
from xl_liushou.app.sample import Sample, sample_of
from xl_liushou.app.templates import built_in
from xl_liushou.core.drawing import Chart
from xl_liushou.documents.catalogue import TEMPLATES

_SHAPES = 4
"""So many contexts of a paper show what its values may look like."""
_NOT_XML = "\ufffe\uffff"
SIGNS = st.characters(exclude_categories=("Cs", "Cc"), exclude_characters=f"_{_NOT_XML}")
TEXTS = st.text(SIGNS | st.sampled_from("\t\n\r\a\f<>&\"'{}%#"), max_size=12)


@pytest.fixture(scope="module")
def samples() -> Mapping[str, Sample]:
    return sample_of([*TEMPLATES])


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
            return st.just(value) | TEXTS
        case int() | float():
            return st.integers() | st.floats(allow_nan=False)
    return st.just(value)


@pytest.mark.slow
@pytest.mark.parametrize("name", TEMPLATES)
def test_the_merge_is_docxtpls(request: pytest.FixtureRequest, samples: Mapping[str, Sample], name: str) -> None:
    """`pytest -m slow tests/app/test_merge_equality.py` tries many more values."""
    engine = Engine(data := built_in(name))
    assert engine.is_compiled

    @settings(
        max_examples=300 if request.config.option.markexpr == "slow" else 5,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
    )
    @given(st.one_of([like(one) for one in samples[name].contexts[:_SHAPES]]))
    def is_docxtpls(context: dict[str, Any]) -> None:
        ours, read = engine.render(context)
        assert comparable(ours) == comparable(by_docxtpl(data, context))
        assert read() == texts(ours)

    is_docxtpls()
