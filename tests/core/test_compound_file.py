"""A compound file holds what was put in, whatever its size, by the reading of olefile at its strictest."""

from __future__ import annotations

import io
from itertools import product

import olefile
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xl_liushou.core.compound_file import Tree, compound_file

SECTOR, CUTOFF = 512, 4096
FAT_SECTORS = 109 * 128
"""So many sectors need every FAT sector that the header names."""


def read(data: bytes) -> dict[str, bytes]:
    """The streams by their path; raises for any defect but those that olefile only suspects."""
    with olefile.OleFileIO(io.BytesIO(data), raise_defects=olefile.DEFECT_INCORRECT) as file:
        return {"/".join(path): file.openstream(path).read() for path in file.listdir()}


def flat(tree: Tree, at: str = "") -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for name, content in tree.items():
        found |= {at + name: content} if isinstance(content, bytes) else flat(content, f"{at}{name}/")
    return found


def filled(size: int) -> bytes:
    return (bytes(range(251)) * (size // 251 + 1))[:size]


NAMES = st.text(st.sampled_from("aAbBzZ_1é中"), min_size=1, max_size=4)
CONTENT = st.one_of(st.binary(max_size=200), st.sampled_from([0, 63, 64, 65, 4095, 4096, 4097, 9000]).map(filled))
TREES: st.SearchStrategy[Tree] = st.recursive(
    st.dictionaries(NAMES, CONTENT, max_size=6),
    lambda inner: st.dictionaries(NAMES, st.one_of(CONTENT, inner), max_size=5),
    max_leaves=12,
)


def has_its_own_names(tree: Tree) -> bool:
    """No two names of a storage are the same without case."""
    inner = (content for content in tree.values() if not isinstance(content, bytes))
    return len({name.upper() for name in tree}) == len(tree) and all(map(has_its_own_names, inner))


@given(TREES.filter(has_its_own_names))
@settings(deadline=None)
def test_every_tree_comes_back(tree: Tree) -> None:
    assert read(compound_file(tree)) == flat(tree)


@pytest.mark.parametrize("size", [0, 1, 63, 64, 65, 4095, 4096, 4097, 8192, 100_000])
def test_every_size_comes_back(size: int) -> None:
    streams = {"small": b"x" * 80, "big": filled(size)}
    assert read(compound_file(streams)) == streams


@pytest.mark.parametrize(
    ("tables", "more"),
    list(product([FAT_SECTORS, FAT_SECTORS + 127 * 128], [-130, -3, -2, -1, 0, 1, 126, 127, 128, 129])),
)
def test_a_file_needs_more_tables_at_the_right_size(tables: int, more: int) -> None:
    streams = {"small": b"x", "big": bytes((tables + more) * SECTOR - tables // 128 * SECTOR)}
    assert read(compound_file(streams)) == streams


def test_names_stand_in_the_order_that_office_searches_by() -> None:
    data = compound_file(dict.fromkeys(("bb", "a", "C", "ccc", "AB", "aaaa"), b"x"))
    with olefile.OleFileIO(io.BytesIO(data)) as file:
        entries = file.direntries

        def below(number: int) -> list[str]:
            if number == olefile.NOSTREAM:
                return []
            return [*below(entries[number].sid_left), entries[number].name, *below(entries[number].sid_right)]

        assert below(file.root.sid_child) == ["a", "C", "AB", "bb", "ccc", "aaaa"]
