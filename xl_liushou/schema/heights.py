"""How high a row must be for its text, in points."""

from __future__ import annotations

import math
import unicodedata
from typing import Final

ROW_HEIGHT: Final = 20
_LINE_HEIGHT: Final = 14
_HIGHEST: Final = 409
"""Excel's limit for a row."""


def lines_in(text: str, width: float) -> int:
    """How many lines a text takes in a column of so many digits; an East Asian character is two digits wide."""
    if len(text) * 2 <= width and "\n" not in text:
        return 1
    return sum(max(1, math.ceil(_digits(part) / width)) for part in text.split("\n"))


def _digits(text: str) -> float:
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in text)


def height_for(lines: int) -> float | None:
    """The height of a row of so many lines, None for the usual one of a single line."""
    return min(ROW_HEIGHT + (lines - 1) * _LINE_HEIGHT, _HIGHEST) if lines > 1 else None
