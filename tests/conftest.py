"""Fixtures that many tests share."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.commands import AS_OF, program


@pytest.fixture(scope="session")
def demo_book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo workbook as of the tests' own day; read it, never write it."""
    book = tmp_path_factory.mktemp("demo") / "关爱台账.xlsx"
    made = program("new", book, "--demo", "--as-of", AS_OF)
    assert made.code == 0, made.err
    return book
