"""Cell references as the file format writes them: "B3", "A1:AC300"."""

from __future__ import annotations

import re

MAX_ROW = 1_048_576
"""Rows of an Excel sheet (ECMA-376 leaves it open, Excel does not)."""
MAX_COLUMN = 16_384
"""Columns of an Excel sheet, the last is XFD."""

_CELL = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")


def column_number(letters: str | bytes) -> int:
    """1 for A, 27 for AA, the opposite of `core.table.letters`; nothing but A to Z and a to z may be given."""
    number = 0
    for letter in letters if isinstance(letters, bytes) else letters.encode("ascii"):
        number = number * 26 + (letter & 31)
    return number


def parse_cell(reference: str) -> tuple[int, int] | None:
    """Row and column from 1, or None for what is no cell of an Excel sheet."""
    match = _CELL.fullmatch(reference)
    if not match:
        return None
    row, column = int(match[2]), column_number(match[1])
    return (row, column) if 1 <= row <= MAX_ROW and column <= MAX_COLUMN else None


def parse_range(reference: str) -> tuple[int, int, int, int] | None:
    """Inclusive (top, left, bottom, right) of "A1:B2" or "A1", or None for what is no range."""
    first, _, last = reference.partition(":")
    start, end = parse_cell(first), parse_cell(last or first)
    if start is None or end is None:
        return None
    return min(start[0], end[0]), min(start[1], end[1]), max(start[0], end[0]), max(start[1], end[1])
