"""The VBA of the installed xlwings, or a sentence that says what to do."""

from __future__ import annotations

from importlib.machinery import ModuleSpec
from pathlib import Path

import pytest

from xl_liushou.adapters import xlwings_files
from xl_liushou.adapters.xlwings_files import xlwings_modules
from xl_liushou.core.errors import UnusableInput


def test_the_installed_xlwings_has_what_starts_python() -> None:
    runner, dictionary = xlwings_modules()
    assert b"Public Function RunPython(" in runner
    assert b'Attribute VB_Name = "Dictionary"' in dictionary


@pytest.mark.parametrize("installed", [False, True])
def test_an_xlwings_that_is_missing_or_torn_is_told(
    installed: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spec = ModuleSpec("xlwings", None, origin=str(tmp_path / "__init__.py")) if installed else None
    monkeypatch.setattr(xlwings_files, "find_spec", lambda _name: spec)
    with pytest.raises(UnusableInput, match="pip install"):
        xlwings_modules()
