"""Keys that the program gives: a letter and a number that goes on where the column's largest ends."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

_NUMBERED = re.compile(r"(\D*?)(\d{1,9})")


def next_keys(prefix: str, taken: Iterable[Any], count: int) -> list[str]:
    """The next `count` keys after the largest of `taken` that has this prefix: J0041, J0042 …"""
    largest, width = 0, 4
    for key in taken:
        found = _NUMBERED.fullmatch(str(key).strip())
        if found and found[1] == prefix:
            largest, width = max(largest, int(found[2])), max(width, len(found[2]))
    return [f"{prefix}{largest + step:0{width}d}" for step in range(1, count + 1)]
