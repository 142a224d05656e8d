"""Where the passwords of protected workbooks come from."""

from __future__ import annotations

from collections.abc import Callable, Iterable

Passwords = Callable[[str], Iterable[str]]
"""Told the path of a workbook, gives the passwords to try, one by one: who is asked for the next knows that the last
one was wrong."""


def no_passwords(_book: str) -> Iterable[str]:
    """For those who know none."""
    return ()
