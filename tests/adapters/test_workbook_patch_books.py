"""Our own master workbook, macro workbooks and new sheets: sound for Excel's rules, and LibreOffice opens them."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from lxml import etree
from openpyxl.worksheet.filters import AutoFilter, FilterColumn, Filters

from tests.adapters.patching import (
    BOOK,
    SHEET,
    STYLES,
    TABLE,
    as_strict,
    book,
    grid,
    openpyxl_sheet,
    part,
    parts,
    reason,
    surgery,
    touched,
    zipped,
)
from tests.adapters.raw_book import LINKS
from tests.support.office import assert_office_file, convert, opens_in_libreoffice, requires_libreoffice
from xl_liushou.adapters.workbook_file import read_workbook
from xl_liushou.adapters.workbook_patch import patch
from xl_liushou.build.master import master_workbook
from xl_liushou.core.edits import AddSheet, AppendRows, Edit, Link, ReplaceRows, SetCells, Tone, Value

RESULTS = AddSheet(
    "结果",
    ["级别", "位置", "规则", "说明"],
    widths=[8, 16, 8, 60],
    tones={"错误": Tone("FFC7CE"), "提醒": Tone("FFEB9C")},
)
FOUND: list[list[Value]] = [
    ["错误", Link("花名册!C2", "'花名册'!C2"), "C103", "=请改正"],
    ["提醒", "监护人!B3", "K206", "或许是一家"],
]
TALKS: list[list[Any]] = [
    [f"L{number:04}", "S001", "谈心", date(2026, 3, number), "面谈", "T001", None, "完成"] for number in range(1, 6)
]


def with_roster() -> bytes:
    return book(lambda sheet: sheet.parent.create_sheet("花名册"))


def saved(folder: Path, data: bytes, suffix: str = ".xlsx") -> Path:
    path = folder / f"台账{suffix}"
    path.write_bytes(data)
    return path


EDITS: list[Edit] = [
    AppendRows("联系记录", TALKS),
    SetCells("花名册", {"A2": "S001", "B2": "张明", "E2": date(2016, 5, 6)}),
    RESULTS,
    ReplaceRows("结果", FOUND),
]


@pytest.mark.parametrize("suffix", [".xlsx", ".xlsm"])
def test_our_own_workbook_stays_sound(tmp_path: Path, suffix: str) -> None:
    before = master_workbook(macro_ready=suffix == ".xlsm")
    path = saved(tmp_path, patch(before, EDITS).data, suffix)
    assert_office_file(path)
    read = read_workbook(path)
    talks, found = read.sheet("联系记录"), read.sheet("结果")
    assert talks is not None
    assert [row[3] for row in talks.rows[1:]] == [row[3] for row in TALKS]
    assert (talks.tables[0].top, talks.tables[0].bottom) == (1, 6)
    assert found is not None
    assert found.rows[1] == ["错误", "花名册!C2", "C103", "=请改正"]


def test_whole_column_ranges_of_our_own_workbook_stay() -> None:
    before = master_workbook()
    done = patch(before, [AppendRows("联系记录", TALKS)]).data
    name = next(name for name in touched(before, done) if "worksheets" in name)
    validations = re.compile("<dataValidations.*</dataValidations>", re.DOTALL)
    assert validations.findall(part(done, name)) == validations.findall(part(before, name))
    assert 'sqref="A1:' in part(done, name)


def test_many_saves_do_not_grow_the_formats() -> None:
    data = master_workbook()
    data = patch(data, [AppendRows("联系记录", [["=a", date(2026, 3, 2), 5]])]).data
    first = part(data, STYLES)
    for _ in range(3):
        data = patch(data, [AppendRows("联系记录", [["=a", date(2026, 3, 2), 5]])]).data
    assert part(data, STYLES) == first


def test_a_missing_sheet_is_added_and_filled(tmp_path: Path) -> None:
    before = with_roster()
    done = patch(before, [RESULTS, ReplaceRows("结果", FOUND)])
    assert_office_file(saved(tmp_path, done.data))
    titled = {"docProps/app.xml"} if "TitlesOfParts" in part(before, "docProps/app.xml") else set()
    told = {BOOK, "[Content_Types].xml", "xl/_rels/workbook.xml.rels", *titled}
    assert touched(before, done.data) == {*told, STYLES, "xl/worksheets/sheet4.xml"}
    sheet = openpyxl_sheet(done.data, "结果")
    assert [cell.value for cell in sheet[2]] == ["错误", "花名册!C2", "C103", "=请改正"]
    assert sheet["B2"].hyperlink.location == "'花名册'!C2"
    rules = [rule for group in sheet.conditional_formatting for rule in group.rules]
    assert [rule.dxf.fill.bgColor.rgb for rule in rules] == ["FFF2F2F2", "FFFFC7CE", "FFFFEB9C"]
    assert [rule.formula for rule in rules[1:]] == [['LEFT($A2,2)="错误"'], ['LEFT($A2,2)="提醒"']]
    assert all(cell.alignment.wrap_text for cell in sheet[2])
    again = patch(done.data, [ReplaceRows("结果", [["提醒", "一"]])]).data
    assert grid(again, "结果")[1:] == [["提醒", "一", "", ""]]


@pytest.mark.parametrize(
    "end",
    [
        "/>",
        "></xf>",
        '><alignment vertical="center"/></xf>',
        '><alignment vertical="top" wrapText="0"/><protection locked="0"/></xf>',
        '><protection locked="0"/></xf>',
    ],
)
def test_the_lines_of_a_new_sheet_break_whatever_the_workbook_s_first_format(tmp_path: Path, end: str) -> None:
    first = re.search(r"<cellXfs[^>]*>(<xf [^>]*?)/>", part(with_roster(), STYLES))
    assert first
    before = surgery(with_roster(), STYLES, (f"{first[1]}/>", f"{first[1]}{end}"))
    data = patch(before, [RESULTS, ReplaceRows("结果", FOUND)]).data
    assert_office_file(saved(tmp_path, data))
    cells = openpyxl_sheet(data, "结果")[2]
    assert all(one.alignment.wrap_text for one in cells)
    assert all(one.protection.locked == ("protection" not in end) for one in cells)


TABLED = replace(RESULTS, table="结果", toned_by=3)


def test_a_new_sheet_may_have_a_table_which_grows_and_shrinks_like_any_other(tmp_path: Path) -> None:
    data = patch(with_roster(), [TABLED, ReplaceRows("结果", FOUND * 2)]).data
    assert_office_file(saved(tmp_path, data))
    assert openpyxl_table(data) == ("结果", "A1:D5")
    data = patch(data, [ReplaceRows("结果", FOUND[:1])]).data
    assert openpyxl_table(data) == ("结果", "A1:D2")
    assert not any(map(any, grid(data, "结果")[2:]))
    assert openpyxl_table(patch(data, [AppendRows("结果", FOUND)]).data) == ("结果", "A1:D4")


def test_a_strict_workbook_gets_a_strict_sheet_and_table(tmp_path: Path) -> None:
    data = patch(as_strict(book()), [TABLED, ReplaceRows("结果", FOUND)]).data
    found = read_workbook(saved(tmp_path, data)).sheet("结果")
    assert found is not None
    assert [(table.name, table.bottom) for table in found.tables] == [("结果", 3)]
    assert not [name for name, content in parts(data).items() if b"schemas.openxmlformats.org/spreadsheetml" in content]


def openpyxl_table(data: bytes) -> tuple[str, str]:
    (table,) = openpyxl_sheet(data, "结果").tables.values()
    return table.displayName, table.ref


def test_new_tables_get_ids_and_names_of_their_own(tmp_path: Path) -> None:
    taken = replace(TABLED, sheet="又一张", table="台账")
    data = patch(with_roster(), [TABLED, taken, ReplaceRows("又一张", FOUND)]).data
    assert_office_file(saved(tmp_path, data))
    tables = [table for sheet in openpyxl.load_workbook(io.BytesIO(data)) for table in sheet.tables.values()]
    assert [table.displayName for table in tables] == ["台账", "结果", "台账_2"]
    assert len({table.id for table in tables}) == 3
    defined = surgery(
        book(),
        BOOK,
        ("</sheets>", '</sheets><definedNames><definedName name="结果">表!$A$1</definedName></definedNames>'),
    )
    assert openpyxl_table(patch(defined, [TABLED]).data)[0] == "结果_2"


def test_notes_beside_and_below_the_table_of_a_new_sheet_stay() -> None:
    data = patch(book(), [TABLED, ReplaceRows("结果", FOUND), SetCells("结果", {"F2": "已问过", "A9": "记"})]).data
    data = patch(data, [ReplaceRows("结果", FOUND * 3)]).data
    assert [row[5] for row in grid(data, "结果")[:3]] == ["", "已问过", ""]
    assert grid(data, "结果")[8][0] == "记"
    assert reason(data, ReplaceRows("结果", FOUND * 4)) == "no-room"


def test_replaced_rows_are_shown_and_fitted_anew() -> None:
    def edit(sheet: Any) -> None:
        sheet.row_dimensions[3].hidden = True
        sheet.row_dimensions[3].height = 60
        sheet.tables["台账"].autoFilter = AutoFilter("A1:C4", [FilterColumn(0, filters=Filters(filter=["a2"]))])

    before = surgery(book(edit), SHEET, ('r="3" hidden="1" ht="60" customHeight="1"', 'r="3" hidden="1" ht="60"'))
    assert "filterColumn" in part(before, TABLE)
    done = patch(before, [ReplaceRows("表", [["一"], ["二"], ["三"], ["四"]])]).data
    assert not openpyxl_sheet(done).row_dimensions[3].hidden
    assert openpyxl_sheet(done).row_dimensions[3].height is None
    assert "filterColumn" not in part(done, TABLE)
    appended = patch(before, [AppendRows("表", [["新"]])]).data
    assert openpyxl_sheet(appended).row_dimensions[3].hidden
    assert "filterColumn" in part(appended, TABLE)


def test_rows_take_the_heights_they_are_given_unless_a_person_set_one() -> None:
    def edit(sheet: Any) -> None:
        sheet.row_dimensions[3].height = 60

    replaced = ReplaceRows("表", [["一"], ["二"], ["三"], ["四"]], heights=[34, 34, None, 48])
    done = patch(book(edit), [replaced]).data
    assert [row_height(done, number) for number in (2, 3, 4, 5)] == [34, 60, None, 48]
    done = patch(done, [AppendRows("表", [["五"], ["六"]], heights=[None, 34])]).data
    assert [row_height(done, number) for number in (5, 6, 7)] == [48, None, 34]
    assert 'customHeight="1" ht="60"' in part(done, SHEET) or 'ht="60" customHeight="1"' in part(done, SHEET)
    assert part(done, SHEET).count("customHeight") == 1


def row_height(data: bytes, number: int) -> float | None:
    found: float | None = openpyxl_sheet(data).row_dimensions[number].height
    return found


@pytest.mark.parametrize("name", ["表", "", "a/b", "'a", "长" * 32])
def test_a_name_that_cannot_be_used_is_refused(name: str) -> None:
    assert reason(book(), AddSheet(name, ["甲"])) == "sheet-name"


def test_a_locked_structure_is_refused() -> None:
    before = surgery(book(), BOOK, ("<workbookProtection", '<workbookProtection lockStructure="1"'))
    assert reason(before, RESULTS) == "structure-locked"
    assert patch(before, [SetCells("表", {"A2": 1})])


def by_xlsxwriter(folder: Path) -> bytes:
    """A workbook with titles in app.xml, shared strings, a chart, a comment, a hidden last sheet and a Table."""
    path = folder / "x.xlsx"
    made = xlsxwriter.Workbook(str(path))
    sheet, last = made.add_worksheet("表"), made.add_worksheet("藏")
    sheet.add_table("A1:B3", {"name": "台账", "columns": [{"header": "甲"}, {"header": "乙"}]})
    for row, values in enumerate([["a", 1], ["b", 2]], 1):
        sheet.write_row(row, 0, values)
    chart = made.add_chart({"type": "column"})
    chart.add_series({"values": "=表!$B$2:$B$3"})
    sheet.insert_chart("D2", chart)
    sheet.write_comment("A2", "说明")
    last.hide()
    made.define_name("名", "=表!$A$1")
    made.close()
    return path.read_bytes()


def test_the_titles_in_the_properties_follow(tmp_path: Path) -> None:
    done = patch(by_xlsxwriter(tmp_path), [RESULTS]).data
    assert_office_file(saved(tmp_path, done))
    app = etree.fromstring(parts(done)["docProps/app.xml"])
    assert [one.text for one in app.findall("{*}TitlesOfParts/*/{*}lpstr")] == ["表", "藏", "结果", "名"]
    assert [one.text for one in app.findall("{*}HeadingPairs//{*}i4")] == ["3", "1"]
    assert app.find("{*}TitlesOfParts/*").get("size") == "4"  # type: ignore[union-attr]
    assert 'state="hidden"' not in part(done, BOOK).partition("结果")[2]


def test_charts_comments_and_drawings_keep_every_byte(tmp_path: Path) -> None:
    before = by_xlsxwriter(tmp_path)
    done = patch(before, [AppendRows("表", [["c", 3]])]).data
    assert touched(before, done) == {"xl/worksheets/sheet1.xml", "xl/tables/table1.xml"} | (
        touched(before, done) & {BOOK}
    )
    assert_office_file(saved(tmp_path, done))


def test_macros_and_ribbon_keep_every_byte() -> None:
    content = parts(book()) | {"xl/vbaProject.bin": bytes(range(256)) * 9, "customUI/customUI14.xml": b"<customUI/>"}
    link = f'<Relationship Id="rId77" Type="{LINKS}/extensibility" Target="customUI/customUI14.xml"/></Relationships>'
    content["_rels/.rels"] = content["_rels/.rels"].replace(b"</Relationships>", link.encode())
    before = zipped(content)
    done = patch(before, [AppendRows("表", [["新"]]), RESULTS]).data
    assert not touched(before, done) & {"xl/vbaProject.bin", "customUI/customUI14.xml", "_rels/.rels"}


@requires_libreoffice
def test_libreoffice_shows_old_and_new_values(tmp_path: Path) -> None:
    path = saved(tmp_path, patch(book(), [AppendRows("表", [["=1+1", 7, date(2026, 3, 2)]]), RESULTS]).data)
    text = convert(path, "csv:Text - txt - csv (StarCalc):44,34,76,1", tmp_path / "csv").read_text("utf-8")
    lines = text.splitlines()
    assert lines[1].startswith('"a2",2,')
    assert lines[4].startswith('"=1+1",7,')
    assert "26" in lines[4]


@requires_libreoffice
def test_libreoffice_opens_our_own_workbook(tmp_path: Path) -> None:
    opens_in_libreoffice(saved(tmp_path, patch(master_workbook(), EDITS).data))
