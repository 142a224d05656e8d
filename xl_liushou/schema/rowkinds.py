"""Telling records from notes.

A row is data when its key or two required cells are filled; one filled cell is a note (domain, section 3).
Some rows fill more and are no records all the same, and a person sees it: totals, the header once more
at the top of a printed page, "填表人：…" under the table (a key never holds a colon).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from xl_liushou.core.rawsheet import CellValue
from xl_liushou.core.table import Table
from xl_liushou.schema.header import Header, plain_title
from xl_liushou.schema.settings import KINDS
from xl_liushou.schema.text import without_controls

DATA: Final = "data"
NOTE: Final = "note"
BLANK: Final = "blank"

Row = Sequence[CellValue]

_TOTALS: Final = frozenset({"合计", "总计", "共计", "小计", "汇总"})
_TOTAL_ENDING: Final = tuple(_TOTALS)
_LABEL = re.compile(r"\D{1,8}[:：]")
_ENOUGH: Final = 2
_ENOUGH_AFTER_LABEL: Final = 3
"""Required cells that make a row without a key a record; more where it begins like "填表人：张三"."""


def row_kinds(
    rows: Sequence[Row], schema: type[Table], header: Header, titles: Row, lost: Mapping[int, set[int]]
) -> list[str]:
    """data, note or blank for each row below the header row `titles`; a row full at a glance is data.

    `lost` maps an index of `rows` to the places whose value could not be read (they count as filled).
    """
    tell = _Teller(schema, header, titles)
    if len(tell.required) < _ENOUGH:
        return [tell.kind(row, lost.get(index, set())) for index, row in enumerate(rows)]
    first, second = tell.required[:2]
    odd: set[CellValue] = {"", titles[first], titles[second]}
    distinct = {row[first] for row in rows} | {row[second] for row in rows}
    odd.update(cell for cell in distinct if isinstance(cell, str) and _is_odd(cell))
    return [
        DATA if row[first] not in odd and row[second] not in odd else tell.kind(row, lost.get(index, set()))
        for index, row in enumerate(rows)
    ]


class _Teller:
    """Looks closely at one row of a sheet."""

    def __init__(self, schema: type[Table], header: Header, titles: Row) -> None:
        places = header.places
        self.known = list(places.values())
        self.required = [places[one.name] for one in schema.columns if one.required and one.name in places]
        self.keys = [places.get(name) for name in schema.key]
        self.titles = {place: plain_title(titles[place]) for place in self.known}

    def kind(self, row: Row, lost: set[int]) -> str:
        filled = {place for place in self.known if not is_blank(row[place])} | lost
        if not filled:
            return BLANK
        if len(filled) == 1 and len(self.known) > 1:
            return NOTE
        return DATA if self._is_record(row, filled) else NOTE

    def _is_record(self, row: Row, filled: set[int]) -> bool:
        head = next((cell for cell in row if not is_blank(cell)), "")
        if _is_total(head) or all(plain_title(row[place]) == self.titles[place] for place in filled):
            return False
        plain = {place for place in filled if not _is_remark(row[place])}
        if self.keys and plain.issuperset(self.keys):
            return True
        labelled = isinstance(head, str) and (_LABEL.match(head) or _ends_as_total(head))
        return len(plain.intersection(self.required)) >= (_ENOUGH_AFTER_LABEL if labelled else _ENOUGH)


def is_blank(cell: CellValue) -> bool:
    """Whether a cell holds nothing that can be seen."""
    if not isinstance(cell, str) or (cell.isprintable() and not cell.isspace()):
        return cell == ""
    return not without_controls(cell).strip()


def _is_odd(text: str) -> bool:
    """Whether a text asks for a closer look at its row."""
    return any(sign in text for sign in "：:计总") or not text.isprintable() or text.isspace()


def _is_remark(cell: CellValue) -> bool:
    """Whether a cell is a remark such as 填表人：张三; an item of 设置 may end in a colon."""
    if not isinstance(cell, str) or plain_title(cell) in KINDS:
        return False
    return "：" in cell or ":" in cell or _ends_as_total(cell)


def _is_total(cell: CellValue) -> bool:
    return isinstance(cell, str) and plain_title(cell) in _TOTALS


def _ends_as_total(text: str) -> bool:
    return plain_title(text).endswith(_TOTAL_ENDING)
