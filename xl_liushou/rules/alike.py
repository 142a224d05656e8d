"""What stands more than once in a column; soon told where nothing does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from typing import Any, TypeVar

H = TypeVar("H", bound=Hashable)


def repeated(values: Sequence[H]) -> set[H]:
    """The values that stand more than once."""
    if len(set(values)) == len(values):
        return set()
    return {value for value, count in Counter(values).items() if count > 1}


def later_ones(keys: Sequence[Any]) -> Iterator[tuple[int, int]]:
    """(index, index of the first) of every non-blank key that stood before."""
    if len(set(keys)) == len(keys):
        return
    first: dict[Any, int] = {}
    for index, key in enumerate(keys):
        if key and (first.setdefault(key, index) != index):
            yield index, first[key]
