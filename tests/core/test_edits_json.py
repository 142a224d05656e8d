"""Edits that wait come back as they were."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xl_liushou.core.edits import AddSheet, AppendRows, Link, ReplaceRows, SetCells, Tone
from xl_liushou.core.edits_json import edits_from_json, edits_to_json

SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False),
    st.text(),
    st.dates(),
    st.datetimes(),
)
VALUES = st.one_of(SCALARS, st.builds(Link, SCALARS, st.text()))
ROWS = st.lists(st.lists(VALUES))
TITLES = st.lists(st.text())
EDITS = st.one_of(
    st.builds(AppendRows, st.text(), ROWS, st.none() | st.text()),
    st.builds(ReplaceRows, st.text(), ROWS, st.none() | st.text()),
    st.builds(SetCells, st.text(), st.dictionaries(st.text(), VALUES)),
    st.builds(
        AddSheet,
        st.text(),
        TITLES,
        st.lists(st.floats(0, 99)),
        st.dictionaries(st.text(), st.builds(Tone, st.text(), st.booleans())),
        st.integers(1, 9),
        st.text(),
    ),
)


@given(st.lists(EDITS))
def test_edits_come_back_as_they_were(edits: list[AppendRows | ReplaceRows | SetCells | AddSheet]) -> None:
    back = edits_from_json(edits_to_json(edits))
    assert back == edits


def test_days_and_moments_are_told_apart() -> None:
    (edit,) = edits_from_json(edits_to_json([AppendRows("表", [[date(2026, 1, 2), datetime(2026, 1, 2)]])]))
    assert [type(value) for value in edit.rows[0]] == [date, datetime]  # type: ignore[union-attr]


@pytest.mark.parametrize("text", [b"", b"{", b'[{"Other": {}}]', b'[{"AppendRows": {"rows": []}}]', b"\xff"])
def test_other_text_is_no_edits(text: bytes) -> None:
    with pytest.raises(ValueError, match="no edits"):
        edits_from_json(text)
