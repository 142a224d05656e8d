"""A part of a whole, such as 27 of 30 children."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many."""

    part: int = 0
    whole: int = 0

    def __add__(self, other: Share) -> Share:
        return Share(self.part + other.part, self.whole + other.whole)

    @property
    def missing(self) -> int:
        """What is left of the whole."""
        return self.whole - self.part


def total(shares: Iterable[Share]) -> Share:
    """All of them together."""
    return sum(shares, Share())
