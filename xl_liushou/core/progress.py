"""How a long job tells how far it is."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[int, int], None]
"""Told after each step: how many are done, of how many."""


def no_progress(_done: int, _all: int) -> None:
    """For those who do not watch."""
