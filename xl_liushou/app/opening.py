"""From a file to a School."""

from __future__ import annotations

import gc
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from xl_liushou.core.errors import UnusableInput
from xl_liushou.core.rawsheet import RawWorkbook
from xl_liushou.schema.school import School, parse_workbook
from xl_liushou.schema.sheets import LISTS_SHEET, SHEETS
from xl_liushou.schema.text import folded

_OURS = frozenset((*(schema.title for schema in SHEETS), LISTS_SHEET))


def open_school(book: Path) -> School:
    """The school in a workbook file; a file that is none of ours is `UnusableInput`."""
    from xl_liushou.adapters.workbook_file import read_workbook

    with _without_collector():
        raw = read_workbook(book, sheets=_is_ours)
        _require_ours(raw)
        return parse_workbook(raw)


def _is_ours(name: str, tables: Collection[str]) -> bool:
    """Whether a sheet is one that `parse_workbook` would take; no other is read."""
    return name in _OURS or folded(name) in _OURS or not _OURS.isdisjoint(tables)


def _require_ours(raw: RawWorkbook) -> None:
    if not raw.sheets:
        raise UnusableInput(
            "这个工作簿里没有台账的任何一张表（花名册、监护人……）。请确认选对了文件；新的台账可以用 new 命令新建。"
        )


@contextmanager
def _without_collector() -> Iterator[None]:
    """Reading makes many values and no cycles: the garbage collector would only walk them."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
