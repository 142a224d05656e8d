"""Random appends, replacements, sets and undos, against a plain model of the workbook."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from tests.app.writing import HEADER, RECORDS, RESULT, now, small_book, talk, write
from xl_liushou.adapters.workbook_file import read_workbook
from xl_liushou.app.undoing import undo_run
from xl_liushou.core.edits import AddSheet, AppendRows, Edit, ReplaceRows, SetCells, Value
from xl_liushou.core.rawsheet import RawSheet

Sheet = dict[tuple[int, int], Any]
"""Cells by row and column; blank ones are not in it."""

ROSTER = "花名册"
WIDTH = len(HEADER)
TEXTS = st.sampled_from(["", "好", "=1+1", "007", " 空格 ", "多\n行", "é𠮷", "2026-01-02", "TRUE"])
VALUES: st.SearchStrategy[Value] = st.one_of(TEXTS, st.integers(-9, 9), st.booleans(), st.floats(0, 1))
ROWS = st.lists(st.lists(VALUES, min_size=WIDTH, max_size=WIDTH), min_size=1, max_size=3)
RESULTS = st.lists(st.lists(TEXTS, min_size=2, max_size=2), max_size=4)
NAMES = st.dictionaries(st.sampled_from(["B2", "B3", "B4", "D2"]), TEXTS.filter(bool), min_size=1)


@dataclass
class Done:
    """What a run did, by the model: the cells before and after it, of the places it wrote."""

    before: dict[str, Sheet]
    after: dict[str, Sheet]
    places: dict[str, set[tuple[int, int]]] = field(default_factory=dict)
    whole: set[str] = field(default_factory=set)


def place(name: str) -> tuple[int, int]:
    return int(name[1:]), ord(name[0]) - 64


def blanked(cells: Mapping[tuple[int, int], Any]) -> Sheet:
    return {where: value for where, value in cells.items() if value not in ("", None)}


def read(sheet: RawSheet | None) -> Sheet:
    rows = enumerate(sheet.rows, sheet.first_row) if sheet else ()
    left = sheet.first_column if sheet else 1
    return blanked({(row, column): value for row, cells in rows for column, value in enumerate(cells, left)})


class Workbook(RuleBasedStateMachine):
    """The workbook and its model, side by side."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.book = small_book(Path(self.folder.name))
        self.sheets = {name: read(read_workbook(self.book).sheet(name)) for name in (ROSTER, RECORDS, RESULT)}
        self.table_bottom = 4
        self.runs: dict[str, Done] = {}
        self.undone: set[str] = set()

    def teardown(self) -> None:
        self.folder.cleanup()

    @rule(rows=ROWS)
    def append(self, rows: list[list[Value]]) -> None:
        """Rows go after the last that is not blank in the Table."""
        rows = [[*talk(0)[:1], *row[1:]] for row in rows]
        filled = [row for row, _ in self.sheets[RECORDS] if 2 <= row <= self.table_bottom]
        top = max(filled, default=1) + 1
        cells = {(top + down, across): value for down, row in enumerate(rows) for across, value in enumerate(row, 1)}
        self.table_bottom = max(self.table_bottom, top + len(rows) - 1)
        self._run([AppendRows(RECORDS, rows)], {RECORDS: self.sheets[RECORDS] | cells}, {RECORDS: set(cells)})

    @rule(rows=RESULTS)
    def replace(self, rows: list[list[Value]]) -> None:
        """All rows of the results are these."""
        self.put(rows)

    def put(self, rows: Sequence[Sequence[Value]]) -> None:
        head = {(1, 1): "级别", (1, 2): "说明"}
        cells = {(2 + down, across): value for down, row in enumerate(rows) for across, value in enumerate(row, 1)}
        edits: list[Edit] = [AddSheet(RESULT, ["级别", "说明"]), ReplaceRows(RESULT, rows)]
        self._run(edits, {RESULT: head | cells}, {}, whole={RESULT})

    @rule(names=NAMES)
    def set_cells(self, names: dict[str, str]) -> None:
        """Single cells of the roster."""
        cells = {place(name): value for name, value in names.items()}
        self._run([SetCells(ROSTER, names)], {ROSTER: self.sheets[ROSTER] | cells}, {ROSTER: set(cells)})

    @rule(names=NAMES, rows=ROWS)
    def several(self, names: dict[str, str], rows: list[list[Value]]) -> None:
        """Two sheets in one run."""
        cells = {place(name): value for name, value in names.items()}
        head = {(1, 1): "级别", (1, 2): "说明"}
        told = [[row[0], "说明"] for row in rows]
        results = {(2 + down, across): value for down, row in enumerate(told) for across, value in enumerate(row, 1)}
        edits: list[Edit] = [
            SetCells(ROSTER, names),
            AddSheet(RESULT, ["级别", "说明"]),
            ReplaceRows(RESULT, told),
        ]
        after = {ROSTER: self.sheets[ROSTER] | cells, RESULT: head | results}
        self._run(edits, after, {ROSTER: set(cells)}, whole={RESULT})

    @precondition(lambda self: set(self.runs) - self.undone)
    @rule(data=st.data())
    def undo(self, data: st.DataObject) -> None:
        """A run goes back if all that it wrote stands as it wrote it, or as it was before; else nothing changes."""
        self.take_back(data.draw(st.sampled_from(sorted(set(self.runs) - self.undone))))

    def take_back(self, run: str) -> None:
        done = self.runs[run]
        held = all(
            self.sheets[name].get(where) in (done.after[name].get(where), done.before[name].get(where))
            for name, places in done.places.items()
            for where in places
        ) and all(
            self._below(self.sheets[name]) in (self._below(done.after[name]), self._below(done.before[name]))
            for name in done.whole
        )
        outcome = undo_run(self.book, run, now())
        assert (outcome.exit_code == 0) == held
        if not held:
            return
        self.undone.add(run)
        for name, places in done.places.items():
            old = {where: done.before[name].get(where, "") for where in places}
            self.sheets[name] = blanked(self.sheets[name] | old)
        for name in done.whole:
            self.sheets[name] = blanked({**self._head(self.sheets[name]), **self._below(done.before[name])})
        self._forget_sheet_that_came_with(outcome.result["undone"])

    def _forget_sheet_that_came_with(self, run: str) -> None:
        """A workbook that nobody changed since the run is put back whole, without the sheet that the run added."""
        if RESULT in self.runs[run].whole and read_workbook(self.book).sheet(RESULT) is None:
            assert not self.runs[run].before[RESULT]
            self.sheets[RESULT] = {}

    @staticmethod
    def _head(sheet: Sheet) -> Sheet:
        return {where: value for where, value in sheet.items() if where[0] == 1}

    @staticmethod
    def _below(sheet: Sheet) -> Sheet:
        return {where: value for where, value in sheet.items() if where[0] > 1}

    def _run(
        self,
        edits: list[Edit],
        changed: dict[str, Any],
        places: dict[str, set[tuple[int, int]]],
        whole: frozenset[str] | set[str] = frozenset(),
    ) -> None:
        after = {**self.sheets, **{name: blanked(cells) for name, cells in changed.items()}}
        before, self.sheets = self.sheets, after
        old = self.book.read_bytes()
        run = write(self.book, *edits)
        if self.book.read_bytes() == old:  # it held all that already: such a run wrote nothing
            places, whole = {}, set()
        self.runs[run] = Done(before, after, places, set(whole))

    @invariant()
    def the_workbook_is_the_model(self) -> None:
        """Every cell of every sheet is as the model has it."""
        now_read = read_workbook(self.book)
        for name, cells in self.sheets.items():
            assert read(now_read.sheet(name)) == cells, name


@pytest.mark.parametrize("last", [0, 1])
@pytest.mark.parametrize("second", [[], [["", ""]], [["", "好"]]])
@pytest.mark.parametrize("first", [[], [["", ""]], [["", "好"]]])
def test_blank_rows_and_cells_are_told_apart(first: list[list[Value]], second: list[list[Value]], last: int) -> None:
    workbook = Workbook()
    try:
        workbook.put(first)
        workbook.put(second)
        workbook.take_back(list(workbook.runs)[last])
        workbook.the_workbook_is_the_model()
    finally:
        workbook.teardown()


@pytest.mark.slow
def test_the_workbook_is_the_model(request: pytest.FixtureRequest) -> None:
    """`pytest -m slow tests/app` runs it at length."""
    examples, steps = (1000, 12) if request.config.option.markexpr == "slow" else (15, 8)
    checks = [HealthCheck.too_slow, HealthCheck.data_too_large]
    run_state_machine_as_test(
        Workbook,
        settings=settings(
            max_examples=examples, stateful_step_count=steps, deadline=None, suppress_health_check=checks
        ),
    )
