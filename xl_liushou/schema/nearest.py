"""The nearest of known names, for suggestions; only so many distinct values are looked up, since a look-up is slow."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import SequenceMatcher, get_close_matches

_LOOK_UPS = 20
_DIGITS = str.maketrans("0123456789", "〇一二三四五六七八九")


class Nearest:
    """Finds the likeliest of `names` for a wrong value, for the first 20 distinct values."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = {name.translate(_DIGITS): name for name in reversed(list(names))}
        self._known: dict[str, str | None] = {}

    def __call__(self, value: str) -> str | None:
        """The nearest name, or None where none is near, two are equally near, or too many were asked."""
        if value not in self._known and len(self._known) < _LOOK_UPS:
            self._known[value] = self._nearest(value)
        return self._known.get(value)

    def _nearest(self, value: str) -> str | None:
        value = value.translate(_DIGITS)  # 1年级 is 一年级 to everyone
        near = get_close_matches(value, self._names, 2, 0.5)
        ratios = [SequenceMatcher(None, name, value).ratio() for name in near]
        return None if not near or ratios[0] in ratios[1:] else self._names[near[0]]

    def hint(self, value: str) -> str:
        """A half-sentence with the nearest name, or ""."""
        found = self(value)
        return f"，是不是“{found}”" if found else ""
