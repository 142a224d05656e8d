"""A workbook open in Excel reads as its file does, and takes edits as its file would."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.table import Table as ExcelTable

from tests.support import excel
from xl_liushou.adapters.live_book import LiveBook, row_areas
from xl_liushou.adapters.live_write import write_live
from xl_liushou.adapters.workbook_file import read_content, read_workbook
from xl_liushou.adapters.workbook_patch import patch
from xl_liushou.core.edits import AddSheet, AppendRows, Edit, Link, ReplaceRows, SetCells
from xl_liushou.core.errors import PatchRefused, UnusableInput, WorkbookBusy
from xl_liushou.core.rawsheet import RawSheet, RawWorkbook


def live(path: Path) -> LiveBook:
    return LiveBook(excel.start(excel.opened(path)))


def everything(_name: str, _tables: object) -> bool:
    return True


def look(sheet: RawSheet) -> Any:
    """All that the rest of the program sees of a sheet."""
    return (
        sheet.name, sheet.first_row, sheet.first_column, [list(row) for row in sheet.rows], list(sheet.tables),
        sheet.error_cells, sorted(sheet.merged),
    )  # fmt: skip


def looks(book: RawWorkbook) -> Any:
    return [look(sheet) for sheet in book.sheets]


def made(path: Path, fill: Callable[[Any], None]) -> Path:
    book = Workbook()
    fill(book.active)
    book.save(path)
    return path


def kinds_of_values(sheet: Any) -> None:
    sheet.append(["张三", 7, 1.5, True, False, date(2015, 3, 2), datetime(2026, 1, 2, 3, 4, 5), time(8, 30)])
    sheet.append(["2015.3.2", None, "#1 教室", "13800001234", " ", 0, -3, "中\n文"])


def beside_blanks(sheet: Any) -> None:
    sheet["C5"] = "编号"
    sheet["E9"] = 1
    sheet["A1"].number_format = "0.00"
    sheet["H20"].number_format = "0.00"


def tables_and_merges(sheet: Any) -> None:
    for row in (["编号", "姓名", "班"], ["1", "甲", "#N/A"], ["2", "乙", None]):
        sheet.append(row)
    sheet["C2"].data_type = "e"
    sheet.add_table(ExcelTable(displayName="名册", ref="A1:C3"))
    sheet.merge_cells("E2:F4")
    sheet.merge_cells("E6:H6")
    sheet["E2"], sheet["E6"] = "大", "长"
    sheet.row_dimensions[3].hidden = True


def nothing(_sheet: Any) -> None:
    pass


@pytest.mark.parametrize("fill", [kinds_of_values, beside_blanks, tables_and_merges, nothing])
def test_an_open_workbook_reads_as_its_file(tmp_path: Path, fill: Callable[[Any], None]) -> None:
    path = made(tmp_path / "台账.xlsx", fill)
    assert looks(live(path).read(everything)) == looks(read_workbook(path))


def test_the_demo_school_reads_as_its_file(demo_book: Path) -> None:
    assert looks(live(demo_book).read(everything)) == looks(read_workbook(demo_book))


def test_only_wanted_sheets_are_read(demo_book: Path) -> None:
    found = live(demo_book).read(lambda name, tables: name == "花名册" or "监护人" in tables)
    assert [sheet.name for sheet in found.sheets] == ["花名册", "监护人"]


def with_a_column_of_the_user(sheet: Any) -> None:
    sheet.title = "名册"
    for row in (["编号", "姓名", "自己的列"], ["1", "甲", "=A2"], ["2", "乙", "注"]):
        sheet.append(row)
    sheet.add_table(ExcelTable(displayName="名册表", ref="A1:C3"))
    sheet["E1"] = "旁注"


CELLS: Sequence[Edit] = [
    AppendRows("名册", [["0003", "=1+1", None], [4, date(2026, 11, 23), "13800001234"]]),
    AppendRows("名册", [[Link("甲", "'名册'!A2"), "2026-01-02", True]]),
    ReplaceRows("名册", [["9", "丁", "3月5日"]]),
    ReplaceRows("名册", []),
    SetCells("名册", {"B2": "改名", "A3": None, "C3": "007", "E1": 1.5}),
    AddSheet("新表", ["一", "二"], [10, 20], table="新表"),
]


@pytest.mark.parametrize("edit", CELLS, ids=lambda edit: type(edit).__name__)
def test_an_edit_has_the_same_effect_as_on_the_file(tmp_path: Path, edit: Edit) -> None:
    path = made(tmp_path / "台账.xlsx", with_a_column_of_the_user)
    patched = patch(path.read_bytes(), [edit], path.name)
    book = live(path)
    written = write_live(book, [edit])
    assert written == list(patched.written)
    assert looks(book.read(everything)) == looks(read_content(patched.data, path.name))


def pasted_below(sheet: Any) -> None:
    with_a_column_of_the_user(sheet)
    sheet.append(["3", "丙", "贴在下面"])


def merged_below(sheet: Any) -> None:
    with_a_column_of_the_user(sheet)
    sheet.merge_cells("A4:B4")


REFUSED = [
    (with_a_column_of_the_user, AppendRows("名册", [["1"]], table="别的"), "which-table"),
    (pasted_below, AppendRows("名册", [["4"]]), "no-room"),
    (pasted_below, ReplaceRows("名册", [["4"]] * 3), "no-room"),
    (merged_below, AppendRows("名册", [["4"]]), "merged"),
]


@pytest.mark.parametrize(("fill", "edit", "reason"), REFUSED)
def test_what_is_refused_on_the_file_is_refused_in_excel(
    tmp_path: Path, fill: Callable[[Any], None], edit: Edit, reason: str
) -> None:
    path = made(tmp_path / "台账.xlsx", fill)
    with pytest.raises(PatchRefused) as on_file:
        patch(path.read_bytes(), [edit], path.name)
    book = live(path)
    with pytest.raises(PatchRefused) as in_excel:
        write_live(book, [edit])
    assert in_excel.value.reason == on_file.value.reason == reason
    assert looks(book.read(everything)) == looks(read_workbook(path))


def test_each_sheet_is_written_in_one_block(tmp_path: Path) -> None:
    path = made(tmp_path / "台账.xlsx", with_a_column_of_the_user)
    state = excel.opened(path)
    write_live(LiveBook(excel.start(state)), [AppendRows("名册", [[str(n), "新", None] for n in range(100)])])
    assert [what for kind, what in state.events if kind == "write"] == ["名册!A4:C103"]


def test_what_failed_half_way_is_taken_back(tmp_path: Path) -> None:
    path = made(tmp_path / "台账.xlsx", with_a_column_of_the_user)
    state = excel.opened(path)
    state.sheets["锁"] = excel.SheetState([["甲"]], protected=True)
    state.selection = "$B$2"
    before = looks(LiveBook(excel.start(state)).read(everything))
    edits: list[Edit] = [
        ReplaceRows("名册", [["007", "新", None]]),
        AddSheet("新表", ["一"]),
        SetCells("锁", {"A1": "乙"}),
    ]
    with pytest.raises(WorkbookBusy, match="保护"):
        write_live(LiveBook(excel.start(state)), edits)
    assert looks(LiveBook(excel.start(state)).read(everything)) == before
    assert (state.front, state.selection, state.screen_updating, state.enable_events) == ("名册", "$B$2", True, True)


def test_a_workbook_that_was_never_saved_says_so(tmp_path: Path, demo_book: Path) -> None:
    book = LiveBook(excel.start(excel.opened(demo_book, tmp_path / "工作簿1")))
    with pytest.raises(UnusableInput, match="另存为"):
        _ = book.path


@pytest.mark.parametrize(
    ("address", "areas"),
    [
        ("$B$5", [(5, 5)]),
        ("$A$2:$C$9,$12:$12", [(2, 9), (12, 12)]),
        ("$C:$D", [(1, 1048576)]),
        ("", []),
    ],
)
def test_the_rows_of_a_selection(address: str, areas: list[tuple[int, int]]) -> None:
    assert row_areas(address) == areas
