"""Finding the rosters on a sheet: where a header stands, one to three rows high, and which rows lie under it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from functools import cache
from typing import Final

from xl_liushou.core.rawsheet import CellValue, RawSheet
from xl_liushou.exchange.classes import NO_CLASS, class_in
from xl_liushou.exchange.titles import UNKNOWN, meaning
from xl_liushou.schema.header import plain_title
from xl_liushou.schema.rowkinds import is_blank

_DEEPEST: Final = 3
_FEWEST: Final = 2
"""Known titles that make a row a header."""
_LONGEST_TITLE: Final = 24
_MANY_DIGITS = re.compile(r"\d{5,}|\d{4}[.\-/年]\d")
_VALUES: Final = frozenset({"男", "女", "是", "否", "有", "无", "√", "×", "健康", "汉族", "汉"})
_COUNTED: Final = frozenset({"序号", "编号", "NO", "NO."})


@dataclass(frozen=True, slots=True)
class Block:
    """One roster on a sheet. Rows and columns count from 0 within `RawSheet.rows`.

    `paths` gives the titles over each column, groups first; `rows` are the rows under the header, up to the next one;
    `above` are the lines over the header that may tell the class.
    """

    top: int
    depth: int
    paths: Mapping[int, tuple[str, ...]]
    rows: range
    above: tuple[str, ...] = ()

    @property
    def form(self) -> tuple[tuple[str, ...], ...]:
        """What makes it the same form as another: its titles in their order."""
        return tuple(self.paths.values())


@dataclass(slots=True)
class Cells:
    """The cells of a sheet, in which every part of a merged cell has its value as a person sees it.

    `joined` are the cells (row, column) that lie in a merged cell over several rows, by its first row.
    """

    sheet: RawSheet
    joined: dict[tuple[int, int], int] = field(default_factory=dict)
    _across: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        height, width = len(self.sheet.rows), len(self.sheet.rows[0]) if self.sheet.rows else 0
        for top, left, bottom, right in self.sheet.merged:
            first = top - self.sheet.first_row, left - self.sheet.first_column
            last = min(bottom - self.sheet.first_row, height - 1), min(right - self.sheet.first_column, width - 1)
            if min(first) < 0 or (last[0] - first[0] + 1) * (last[1] - first[1] + 1) > height + width:
                continue
            for row in range(first[0], last[0] + 1):
                for column in range(first[1], last[1] + 1):
                    self._across[row, column] = first
                    if first[0] != last[0]:
                        self.joined[row, column] = first[0]

    def __getitem__(self, place: tuple[int, int]) -> CellValue:
        """The value that a person sees at a place."""
        row, column = self._across.get(place, place)
        return self.sheet.rows[row][column]

    def down(self, row: int, column: int) -> CellValue:
        """The value at a place among the data, where only a cell merged over rows of one column tells for all."""
        place = self._across.get((row, column), (row, column))
        return self[row, column] if place[1] == column else ""

    def own(self, row: int) -> Sequence[CellValue]:
        """The cells of a row as they were read."""
        return self.sheet.rows[row]

    def filled(self, row: int) -> list[int]:
        """The columns of a row in which something stands, a merged cell only where it begins."""
        return [column for column, cell in enumerate(self.own(row)) if not is_blank(cell)]

    def is_merged(self, row: int) -> bool:
        """Whether a merged cell lies in a row."""
        return any(place[0] == row for place in self._across)


def blocks(cells: Cells) -> Iterator[Block]:
    """The rosters of a sheet, from the top down, those that stand side by side from the left."""
    headers = list(_headers(cells))
    start = 0
    for number, (top, depth) in enumerate(headers):
        end = headers[number + 1][0] if number + 1 < len(headers) else len(cells.sheet.rows)
        above = tuple(str(cells.own(row)[column]) for row in range(start, top) for column in cells.filled(row))
        paths = _paths(cells, top, depth)
        for part in _side_by_side(paths):
            yield Block(top, depth, part, range(top + depth, end), above if number == 0 else _near(cells, start, top))
        start = top + depth


def _near(cells: Cells, start: int, top: int) -> tuple[str, ...]:
    """The lines of one cell directly above a later header: a title of its own."""
    found: list[str] = []
    for row in range(top - 1, start - 1, -1):
        filled = cells.filled(row)
        if len(filled) > 1:
            break
        found += [str(cells.own(row)[column]) for column in filled]
    return tuple(found)


def _headers(cells: Cells) -> Iterator[tuple[int, int]]:
    """(first row, number of rows) of every header."""
    row = 0
    while row < len(cells.sheet.rows):
        depth = _depth(cells, row)
        if depth:
            yield row, depth
        row += max(depth, 1)


def _depth(cells: Cells, top: int) -> int:
    """How many rows a header that begins here has; 0 where none does."""
    if not _is_header_row(cells, top):
        return 0
    depth = 1
    while depth < _DEEPEST and _goes_on(cells, top, depth):
        depth += 1
    known = sum(meaning(path) != UNKNOWN for path in _paths(cells, top, depth).values())
    return depth if known >= _FEWEST else 0


def _goes_on(cells: Cells, top: int, depth: int) -> bool:
    """Whether the next row still belongs to a header: titles under groups, or beside titles that reach over it."""
    row = top + depth
    if row >= len(cells.sheet.rows):
        return False
    filled = cells.filled(row)
    titles = [_title(cells.own(row)[column]) for column in filled]
    known = sum(_is_known(title) for title in titles)
    over = all(cells.joined.get((row, column)) is None for column in filled)
    return bool(filled) and over and "" not in titles and known * 2 > len(titles) and not _repeats(cells, top, row)


def _repeats(cells: Cells, top: int, row: int) -> bool:
    """Whether a row is the header once more."""
    return list(map(plain_title, cells.own(row))) == list(map(plain_title, cells.own(top)))


def _is_header_row(cells: Cells, row: int) -> bool:
    filled = cells.filled(row)
    titles = [_title(cells.own(row)[column]) for column in filled]
    known = sum(_is_known(title) for title in titles)
    return known >= _FEWEST and "" not in titles and known * 3 >= len(titles)


def _title(cell: CellValue) -> str:
    """The plain title in a cell, "" where it can be none."""
    if isinstance(cell, (int, float, date, time, timedelta)):
        return ""
    title = plain_title(cell)
    is_value = title in _VALUES or class_in(title) != NO_CLASS or _MANY_DIGITS.search(title)
    return "" if len(title) > _LONGEST_TITLE or is_value else title


@cache
def _is_known(title: str) -> bool:
    """Whether a title has a meaning, or is one that rosters begin with."""
    return title.upper() in _COUNTED or meaning((title,)).is_known


def _paths(cells: Cells, top: int, depth: int) -> dict[int, tuple[str, ...]]:
    """The titles over each column, from the group down; a title that reaches over several rows once."""
    lines = [_line(cells, top, step, depth) for step in range(depth)]
    paths: dict[int, tuple[str, ...]] = {}
    for column in range(len(cells.own(top))):
        pieces = [line[column] for line in lines if line[column]]
        path = tuple(piece for step, piece in enumerate(pieces) if step == 0 or piece != pieces[step - 1])
        if path:
            paths[column] = path
    return paths


def _line(cells: Cells, top: int, step: int, depth: int) -> list[str]:
    """One line of a header; a group reaches as far as its merged cell, or over blanks where nothing is merged."""
    width = len(cells.own(top))
    line = [plain_title(cells[top + step, column]) for column in range(width)]
    if step == depth - 1 or any(cells.is_merged(row) for row in range(top, top + depth)):
        return line
    beneath = [any(not is_blank(cells.own(top + later)[column]) for later in range(step + 1, depth))
               for column in range(width)]  # fmt: skip
    for column in range(1, width):
        if not line[column] and beneath[column] and beneath[column - 1]:
            line[column] = line[column - 1]
    return line


def _side_by_side(paths: Mapping[int, tuple[str, ...]]) -> list[Mapping[int, tuple[str, ...]]]:
    """The parts of a header that says the same twice or more, from left to right; else the whole."""
    titles, columns = list(paths.values()), list(paths)
    for size in range(_FEWEST, len(titles) // 2 + 1):
        if len(titles) % size == 0 and titles == titles[:size] * (len(titles) // size):
            starts = range(0, len(titles), size)
            return [{column: paths[column] for column in columns[start : start + size]} for start in starts]
    return [paths]
