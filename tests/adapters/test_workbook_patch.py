"""Rows appended and replaced, cells set: what is read back, and that nothing else has changed."""

from __future__ import annotations

import io
import math
import re
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from openpyxl.styles import Font
from openpyxl.utils.cell import coordinate_to_tuple

from tests.adapters.patching import (
    BOOK,
    SHEET,
    STYLES,
    TABLE,
    book,
    cell,
    grid,
    openpyxl_sheet,
    part,
    reason,
    surgery,
    touched,
    without_cells,
    xml_attribute,
)
from xl_liushou.adapters.workbook_patch import append_rows, patch, replace_rows, set_cells
from xl_liushou.core.edits import AppendRows, Edit, Link, ReplaceRows, Scalar, SetCells, Value, Written

ROWS: list[list[Scalar]] = [["新", 7, date(2026, 3, 2)], ["=1+1", 1.5, True]]


def test_rows_go_below_the_last_and_the_table_grows() -> None:
    before = book()
    done = patch(before, [AppendRows("表", ROWS)])
    assert grid(done.data)[4:] == ROWS
    assert done.written == (Written("表", 5, 1, 6, 3),)
    assert xml_attribute(done.data, TABLE, ".", "ref") == "A1:C6"
    assert xml_attribute(done.data, SHEET, "dimension", "ref") == "A1:C6"
    assert touched(before, done.data) == {SHEET, TABLE, BOOK, STYLES}
    new = {f"{column}{row}" for column in "ABC" for row in (5, 6)}
    assert without_cells(before, new) == without_cells(done.data, new)


def test_text_alone_leaves_the_formats_alone() -> None:
    before = book()
    assert touched(before, patch(before, [AppendRows("表", [["新", 1]])]).data) == {SHEET, TABLE, BOOK}
    assert touched(before, patch(before, [SetCells("表", {"A2": "新"})]).data) == {SHEET, BOOK}


def test_nothing_to_do_is_the_same_file() -> None:
    before = book()
    assert patch(before, []).data == before
    assert patch(before, [AppendRows("表", [])]).data == before


def test_blank_rows_at_the_tables_end_are_filled_first() -> None:
    before = surgery(book(), TABLE, ('ref="A1:C4"', 'ref="A1:C6"'))
    done = patch(before, [AppendRows("表", [["甲"], ["乙"]])]).data
    assert [row[0] for row in grid(done)] == ["甲", "a2", "a3", "a4", "甲", "乙"]
    assert xml_attribute(done, TABLE, ".", "ref") == "A1:C6"


def test_a_table_without_rows_fills_its_blank_row() -> None:
    done = patch(book(rows=0), [AppendRows("表", [["甲", 1], ["乙", 2]])]).data
    assert grid(done)[1:] == [["甲", 1, ""], ["乙", 2, ""]]
    assert xml_attribute(done, TABLE, ".", "ref") == "A1:C3"


def test_without_a_table_rows_go_below_the_last_used_row() -> None:
    before = book(table=False)
    assert grid(patch(before, [AppendRows("表", [["新", 1, 2, 3]])]).data)[4] == ["新", 1, 2, 3]


def test_several_sheets_and_kinds_of_edits_in_one_pass() -> None:
    edits: list[Edit] = [
        AppendRows("表", [["一"]]),
        SetCells("表", {"B5": 5, "A2": None}),
        AppendRows("表", [["二"]]),
        ReplaceRows("别的", [["换", 2], ["又", 3]]),
    ]
    done = patch(book(), edits).data
    assert grid(done) == [["甲", "乙", "丙"], ["", 2, ""], ["a3", 3, ""], ["a4", 4, ""], ["一", 5, ""], ["二", "", ""]]
    assert grid(done, "别的") == [["不动", 1], ["换", 2], ["又", 3]]


@pytest.mark.parametrize("count", [0, 1, 3, 5])
def test_rows_are_replaced_under_their_header(count: int) -> None:
    before = book()
    done = patch(before, [ReplaceRows("表", [[f"n{row}", row] for row in range(count)])]).data
    expected: list[list[Any]] = [[f"n{row}", row, ""] for row in range(count)]
    blank: list[list[Any]] = [["", "", ""]] * (3 - count)
    assert grid(done)[1:4] + grid(done)[4:] == [*expected, *blank] or grid(done)[1:] == expected
    assert xml_attribute(done, TABLE, ".", "ref") == f"A1:C{max(count, 1) + 1}"


def test_paths_are_only_read(tmp_path: Path) -> None:
    path = tmp_path / "台账.xlsx"
    path.write_bytes(book())
    assert grid(append_rows(path, "表", [["新"]]))[4][0] == "新"
    assert grid(replace_rows(path, "表", [["新"]]))[1][0] == "新"
    assert grid(set_cells(path, {("表", "A2"): "新", ("别的", "A1"): "动"}), "别的")[0][0] == "动"
    assert grid(path.read_bytes()) == grid(book())


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ("007", "inlineStr"),
        (" 前后 ", "inlineStr"),
        ("两\n行\t表", "inlineStr"),
        ("<&>\"'", "inlineStr"),
        ("_x0041_ 与 _x005F_", "inlineStr"),
        ("回\r车\x07", "inlineStr"),
        (0, None),
        (-12.25, None),
        (1e300, None),
        (True, "b"),
        (False, "b"),
        (date(1900, 1, 1), None),
        (date(1900, 2, 28), None),
        (date(1900, 3, 1), None),
        (date(2026, 3, 2), None),
        (datetime(2026, 3, 2, 13, 45, 30), None),
        (date(9999, 12, 31), None),
    ],
)
def test_values_keep_their_type(value: Scalar, kind: str | None) -> None:
    done = patch(book(), [SetCells("表", {"C2": value})]).data
    assert cell(done, "C2").get("t") == kind
    found = grid(done)[1][2]
    assert found == value
    assert type(found) is type(value) or isinstance(value, (int, float))
    if isinstance(value, str):
        assert _unescaped(openpyxl_sheet(done)["C2"].value) == value


def _unescaped(text: str) -> str:
    """What _xHHHH_ stands for; openpyxl leaves it as it is."""
    return re.sub("_x([0-9A-F]{4})_", lambda hit: chr(int(hit[1], 16)), text)


def test_dates_of_a_1904_workbook() -> None:
    before = surgery(book(), BOOK, ("<workbookPr", '<workbookPr date1904="1"'))
    values = [date(1904, 1, 1), date(2026, 3, 2), datetime(2026, 3, 2, 6)]
    done = patch(before, [AppendRows("表", [values])]).data
    assert grid(done)[4][1:] == values[1:]
    assert [cell(done, f"{column}5")[0].text for column in "ABC"] == ["0", "44621", "44621.25"]
    assert reason(before, SetCells("表", {"A2": date(1903, 12, 31)})) == "bad-value"


@pytest.mark.parametrize(
    "value", [math.nan, math.inf, 2**60 + 1, "\ud800", date(1899, 12, 31), datetime.fromisoformat("2026-01-01T00:00Z")]
)
def test_what_no_cell_can_hold_is_refused(value: Scalar) -> None:
    assert reason(book(), SetCells("表", {"A2": value})) == "bad-value"


def test_the_longest_text() -> None:
    done = patch(book(), [SetCells("表", {"A2": "长" * 32_767})]).data
    assert len(grid(done)[1][0]) == 32_767
    assert reason(book(), SetCells("表", {"A2": "长" * 32_768})) == "text-too-long"
    assert reason(book(), SetCells("表", {"A2": "𠀀" * 16_384})) == "text-too-long"


@pytest.mark.parametrize("text", ["=1+1", "+8613800000000", "-", "@me", '＝HYPERLINK("x")'])
def test_text_like_a_formula_is_quoted(text: str) -> None:
    done = patch(book(), [SetCells("表", {"A2": text, "A3": text})]).data
    sheet = openpyxl_sheet(done)
    assert sheet["A2"].value == text
    assert sheet["A2"].data_type != "f"
    assert sheet["A2"].quotePrefix
    assert part(done, STYLES).count('quotePrefix="1"') == 1
    again = patch(done, [SetCells("表", {"A4": text})]).data
    assert part(again, STYLES) == part(done, STYLES)


def test_a_number_does_not_become_a_date() -> None:
    before = patch(book(), [SetCells("表", {"C2": date(2026, 3, 2)})]).data
    assert grid(patch(before, [SetCells("表", {"C2": 5})]).data)[1][2] == 5


def test_new_rows_look_like_the_row_above_or_the_column() -> None:
    def edit(sheet: Any) -> None:
        sheet["A4"].font = Font(bold=True)
        sheet.column_dimensions["B"].number_format = "0.00"

    done = openpyxl_sheet(patch(book(edit), [AppendRows("表", [["新", None, date(2026, 3, 2)]])]).data)
    assert done["A5"].font.b
    assert done["C5"].number_format == "mm-dd-yy"
    empty = openpyxl_sheet(patch(book(edit, rows=0), [AppendRows("表", [["新", 1]])]).data)
    assert not empty["A2"].font.b
    assert empty["B2"].number_format == "0.00"


def test_links_lead_to_places_in_the_workbook() -> None:
    edit = AppendRows("表", [[Link("去", "'别的'!A1"), 1], [Link("又", "'别的'!A2"), 2]])
    done = patch(book(), [edit]).data
    assert openpyxl_sheet(done)["A5"].hyperlink.location == "'别的'!A1"
    assert "xl/worksheets/_rels/sheet1.xml.rels" not in touched(book(), done)
    children = [etree.QName(child).localname for child in etree.fromstring(part(done, SHEET).encode())]
    assert children.index("sheetData") < children.index("hyperlinks") < children.index("pageMargins")
    replaced = patch(done, [ReplaceRows("表", [[Link("新", "'别的'!B1")]])]).data
    assert re.findall("<hyperlink ", part(replaced, SHEET)) == ["<hyperlink "]
    assert "hyperlink" not in part(patch(replaced, [ReplaceRows("表", [["无"]])]).data, SHEET)


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12).filter(lambda text: text == text.strip())
DAYS = st.dates(date(1901, 1, 1), date(2200, 1, 1))
TIMES = st.datetimes(datetime(1901, 1, 1), datetime(2200, 1, 1)).map(
    lambda time: time.replace(microsecond=0, hour=time.hour or 1)
)
NUMBERS = st.integers(-(2**50), 2**50) | st.floats(allow_nan=False, allow_infinity=False, width=32)
SCALARS: st.SearchStrategy[Scalar] = st.none() | TEXTS | NUMBERS | st.booleans() | DAYS | TIMES
ROWS_OF = st.lists(st.lists(SCALARS, min_size=1, max_size=3), min_size=1, max_size=4)
EDITS = st.lists(
    st.builds(AppendRows, st.just("表"), ROWS_OF)
    | st.builds(ReplaceRows, st.just("表"), ROWS_OF)
    | st.builds(
        SetCells, st.just("表"), st.dictionaries(st.sampled_from(["A2", "B3", "C2", "A9", "E5", "B30"]), SCALARS)
    ),
    max_size=5,
)


class Model:
    """The sheet as a dictionary, changed as the edits say; the Table ends at `bottom`."""

    def __init__(self) -> None:
        self.cells: dict[tuple[int, int], Scalar] = {
            (row, column): value
            for row, values in enumerate(grid(book()), 1)
            for column, value in enumerate(values, 1)
            if value != ""
        }
        self.bottom = 4

    def apply(self, edit: Edit) -> bool:
        """Make the edit; False where there is no room for it."""
        if isinstance(edit, SetCells):
            for name, value in edit.cells.items():
                self._put(coordinate_to_tuple(name), value)
            return True
        assert isinstance(edit, (AppendRows, ReplaceRows))
        used = [row for row, column in self.cells if row <= self.bottom and column <= 3]
        top = 2 if isinstance(edit, ReplaceRows) else max(used) + 1
        end = top + len(edit.rows) - 1
        if any(self.bottom < row <= end and column <= 3 for row, column in self.cells):
            return False
        if isinstance(edit, ReplaceRows):
            self.cells = {
                at: value for at, value in self.cells.items() if at[0] < 2 or at[0] > self.bottom or at[1] > 3
            }
        self.bottom = end if isinstance(edit, ReplaceRows) else max(self.bottom, end)
        for row, values in enumerate(edit.rows, top):
            for column, value in enumerate(values, 1):
                self._put((row, column), value)
        return True

    def _put(self, place: tuple[int, int], value: Value) -> None:
        self.cells.pop(place, None)
        assert not isinstance(value, Link)
        if value is not None and value != "":
            self.cells[place] = value


@settings(max_examples=60, deadline=None)
@given(EDITS)
def test_any_sequence_of_edits_reads_back_as_a_plain_model_says(edits: list[Edit]) -> None:
    before, model = book(), Model()
    data = before
    for edit in edits:
        expected = dict(model.cells)
        if model.apply(edit):
            data = patch(data, [edit]).data
        else:
            assert reason(data, edit) == "no-room"
            assert model.cells == expected
    _agrees(data, model)
    assert touched(before, data) <= {SHEET, TABLE, BOOK, STYLES}
    assert xml_attribute(data, TABLE, ".", "ref") == f"A1:C{model.bottom}"


def _agrees(data: bytes, model: Model) -> None:
    found = {
        (row, column): value
        for row, values in enumerate(grid(data), 1)
        for column, value in enumerate(values, 1)
        if value != ""
    }
    assert found.keys() == model.cells.keys()
    sheet = openpyxl_sheet(data)
    for at, value in model.cells.items():
        assert _same(found[at], value), at
        other = sheet.cell(*at).value
        assert _same(_unescaped(other) if isinstance(other, str) else other, value), at


def _same(found: Any, value: Scalar) -> bool:
    if isinstance(value, date):
        moment = value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)
        other = found if isinstance(found, datetime) else datetime(found.year, found.month, found.day)
        return abs(other - moment) < timedelta(milliseconds=2)
    return isinstance(found, bool) == isinstance(value, bool) and bool(found == value)


@settings(max_examples=30, deadline=None)
@given(st.lists(EDITS, min_size=1, max_size=3).map(lambda lists: [edit for edits in lists for edit in edits]))
def test_edits_together_are_edits_one_by_one(edits: list[Edit]) -> None:
    model = Model()
    possible = [edit for edit in edits if model.apply(edit)]
    together, single = patch(book(), possible).data, book()
    for edit in possible:
        single = patch(single, [edit]).data
    assert part(together, SHEET) == part(single, SHEET)
    assert part(together, STYLES) == part(single, STYLES)
    assert openpyxl.load_workbook(io.BytesIO(together)).sheetnames == ["表", "别的"]
