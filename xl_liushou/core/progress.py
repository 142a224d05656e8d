"""How a long job tells how far it is."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[int, int], None]
"""Told after each step: how many are done, of how many."""


def no_progress(_done: int, _all: int) -> None:
    """For those who do not watch."""


def stage(progress: Progress, number: int, stages: int) -> Progress:
    """The progress of one of several equal stages of a job, counted from 0."""
    return lambda done, of: progress(number * 1000 + done * 1000 // max(of, 1), stages * 1000)
