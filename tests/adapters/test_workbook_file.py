"""Reading workbook files: whole files in, rows out; made with openpyxl, XlsxWriter and by hand."""

from __future__ import annotations

import os
import random
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Collection
from datetime import date, datetime, time, timedelta
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from openpyxl.worksheet.table import Table
from openpyxl.worksheet.worksheet import Worksheet

from tests.adapters.raw_book import LINKS, MAIN, book_parts, rels, sheet_xml, zipped
from xl_liushou.adapters import package, sheet_guard, sheet_scan_exact, text_guard, workbook_file
from xl_liushou.adapters.workbook_file import read_workbook
from xl_liushou.core.errors import HostileInput, UnusableInput
from xl_liushou.core.rawsheet import RawSheet, RawTable
from xl_liushou.core.table import letters

ONE = '<row r="1"><c r="A1"><v>1</v></c></row>'
FAR = '<row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'
ONE_CELL = sheet_xml(ONE)
Parts = dict[str, str | bytes]


def by_openpyxl(path: Path, fill: Callable[[Worksheet], None]) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "花名册"
    fill(sheet)
    book.save(path)
    return path


def by_hand(folder: Path, parts: Parts) -> Path:
    path = folder / "book.xlsx"
    path.write_bytes(zipped(parts))
    return path


def only_sheet(path: Path) -> RawSheet:
    (sheet,) = read_workbook(path).sheets
    return sheet


def test_every_kind_of_value_comes_with_its_type(tmp_path: Path) -> None:
    values = ["张三", 7, 1.5, True, date(2015, 3, 2), datetime(2026, 1, 2, 3, 4, 5), time(8, 30), timedelta(hours=30)]

    def fill(sheet: Worksheet) -> None:
        sheet.append(values)
        sheet.append(["2015.3.2", "", None, False])

    first, second = only_sheet(by_openpyxl(tmp_path / "b.xlsx", fill)).rows
    assert list(first) == values
    assert [type(value) for value in first] == [str, float, float, bool, date, datetime, time, timedelta]
    assert list(second) == ["2015.3.2", "", "", False, "", "", "", ""]


def test_rows_start_at_the_first_used_cell(tmp_path: Path) -> None:
    def fill(sheet: Worksheet) -> None:
        sheet["C3"], sheet["E5"] = "a", "b"

    sheet = only_sheet(by_openpyxl(tmp_path / "b.xlsx", fill))
    assert (sheet.name, sheet.first_row, sheet.first_column) == ("花名册", 3, 3)
    assert [list(row) for row in sheet.rows] == [["a", "", ""], ["", "", ""], ["", "", "b"]]


def test_an_empty_sheet_has_no_rows(tmp_path: Path) -> None:
    sheet = only_sheet(by_openpyxl(tmp_path / "b.xlsx", lambda _: None))
    assert (sheet.rows, sheet.first_row, sheet.first_column) == ([], 1, 1)


def test_tables_merges_errors_and_uncached_cells_are_told(tmp_path: Path) -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.append(["编号", "姓名"])
        sheet.append(["1", "#N/A"])
        sheet.append(["=1+1", ""])
        sheet.add_table(Table(displayName="花名册", ref="A1:B3"))
        sheet.merge_cells("D1:E2")

    sheet = only_sheet(by_openpyxl(tmp_path / "b.xlsx", fill))
    assert list(sheet.tables) == [RawTable("花名册", 1, 1, 3, 2)]
    assert list(sheet.merged) == [(1, 4, 2, 5)]
    assert sheet.error_cells == {(2, 2)}
    assert sheet.uncached_cells == {(3, 1)}
    assert [list(row) for row in sheet.rows] == [["编号", "姓名"], ["1", ""]]


def test_a_table_without_a_header_row_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "b.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.add_table("A1:B3", {"name": "With"})
        sheet.add_table("D1:E3", {"name": "Without", "header_row": False})
    assert [table.name for table in only_sheet(path).tables] == ["With"]


def test_hidden_sheets_and_rows_are_read_and_chart_sheets_are_not(tmp_path: Path) -> None:
    path = tmp_path / "b.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_chartsheet("图")
        hidden, plain = book.add_worksheet("藏 & <1>"), book.add_worksheet("看")
        hidden.write(0, 0, "a")
        hidden.hide()
        plain.write(0, 0, "b")
        plain.set_row(0, None, None, {"hidden": True})
        plain.activate()
    found = read_workbook(path)
    assert [(sheet.name, [list(row) for row in sheet.rows]) for sheet in found.sheets] == [
        ("藏 & <1>", [["a"]]),
        ("看", [["b"]]),
    ]


def test_only_wanted_sheets_are_read_or_judged(tmp_path: Path) -> None:
    path = by_hand(tmp_path, book_parts(sheet_xml(ONE), "this is no XML"))
    found = read_workbook(path, sheets=lambda name, _: name == "S1")
    assert [sheet.name for sheet in found.sheets] == ["S1"]
    assert found.sheet("S1") is not None
    with pytest.raises(UnusableInput):
        read_workbook(path)
    assert read_workbook(path, sheets=lambda *_: False).sheets == ()


def test_a_sheet_can_be_wanted_for_its_tables(tmp_path: Path) -> None:
    path = tmp_path / "b.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("甲").add_table("A1:B3", {"name": "花名册"})
        book.add_worksheet("乙").write(0, 0, "x")
    seen: list[tuple[str, list[str]]] = []

    def wanted(name: str, tables: Collection[str]) -> bool:
        seen.append((name, list(tables)))
        return "花名册" in tables

    assert [sheet.name for sheet in read_workbook(path, wanted).sheets] == ["甲"]
    assert seen == [("甲", ["花名册"]), ("乙", [])]


@pytest.mark.parametrize("text", ["1", "true"])
def test_the_1904_date_system_is_told(tmp_path: Path, text: str) -> None:
    properties = f'<workbookPr date1904="{text}"/>'
    assert read_workbook(by_hand(tmp_path, book_parts(sheet_xml(ONE), properties=properties))).date1904
    assert not read_workbook(by_hand(tmp_path, book_parts(sheet_xml(ONE)))).date1904


def test_dates_of_a_1904_workbook_are_read_rightly(tmp_path: Path) -> None:
    path = tmp_path / "b.xlsx"
    with xlsxwriter.Workbook(path, {"date_1904": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_datetime(0, 0, datetime(2015, 3, 2), book.add_format({"num_format": "yyyy-mm-dd"}))
    assert only_sheet(path).rows == [[date(2015, 3, 2)]]


def test_the_file_is_untouched(tmp_path: Path) -> None:
    path = by_hand(tmp_path, book_parts(sheet_xml(ONE)))
    before, stamp = path.read_bytes(), path.stat().st_mtime_ns
    read_workbook(path)
    assert (path.read_bytes(), path.stat().st_mtime_ns) == (before, stamp)


def test_nothing_is_left_in_temporary_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "tmp"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    path = by_hand(tmp_path, book_parts(sheet_xml(ONE + FAR)))
    read_workbook(path)
    assert os.listdir(folder) == []  # noqa: PTH208 - the names alone


def move(parts: Parts, old: str, new: str) -> None:
    parts[new] = parts.pop(old)


def absolute_targets(parts: Parts) -> None:
    parts["xl/_rels/workbook.xml.rels"] = rels(("worksheet", "/xl/worksheets/sheet1.xml"))


def roundabout_targets(parts: Parts) -> None:
    parts["xl/_rels/workbook.xml.rels"] = rels(("worksheet", "../xl/./worksheets/sheet1.xml"))


def targets_without_slash(parts: Parts) -> None:
    parts["xl/_rels/workbook.xml.rels"] = rels(("worksheet", "xl/worksheets/sheet1.xml"))


def other_places(parts: Parts) -> None:
    move(parts, "xl/workbook.xml", "book/main.xml")
    move(parts, "xl/worksheets/sheet1.xml", "book/tab.xml")
    del parts["xl/_rels/workbook.xml.rels"]
    parts["book/_rels/main.xml.rels"] = rels(("worksheet", "tab.xml"))
    parts["_rels/.rels"] = rels(("officeDocument", "/book/main.xml"))


def backslashes(parts: Parts) -> None:
    for name in list(parts):
        move(parts, name, name.replace("/", "\\"))


def other_case(parts: Parts) -> None:
    move(parts, "xl/worksheets/sheet1.xml", "XL/Worksheets/Sheet1.XML")


def odd_prefixes(parts: Parts) -> None:
    parts["xl/workbook.xml"] = (
        f'<x:workbook xmlns:x="{MAIN}" xmlns:q="{LINKS}"><x:sheets><x:sheet name="S1" sheetId="1" q:id="rId1"/>'
        "</x:sheets></x:workbook>"
    )
    rows = ONE.replace("<", "<x:").replace("<x:/", "</x:")
    parts["xl/worksheets/sheet1.xml"] = f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData>{rows}</x:sheetData></x:worksheet>'


def strict(parts: Parts) -> None:
    for name, part in parts.items():
        parts[name] = (
            str(part)
            .replace(MAIN, "http://purl.oclc.org/ooxml/spreadsheetml/main")
            .replace(LINKS, "http://purl.oclc.org/ooxml/officeDocument/relationships")
        )


def utf16(parts: Parts) -> None:
    for name in ("xl/workbook.xml", "xl/worksheets/sheet1.xml"):
        parts[name] = f'<?xml version="1.0" encoding="UTF-16"?>{parts[name]!s}'.encode("utf-16")


def gbk(parts: Parts) -> None:
    part = str(parts["xl/worksheets/sheet1.xml"])
    parts["xl/worksheets/sheet1.xml"] = f'<?xml version="1.0" encoding="GBK"?>{part}'.encode("gbk")


def without_addresses(parts: Parts) -> None:
    parts["xl/worksheets/sheet1.xml"] = sheet_xml("<row><c><v>1</v></c></row>")


def comment(parts: Parts) -> None:
    parts["xl/worksheets/sheet1.xml"] = sheet_xml(f"<!-- {FAR} -->{ONE}")


def lying_dimension(parts: Parts) -> None:
    part = str(parts["xl/worksheets/sheet1.xml"])
    parts["xl/worksheets/sheet1.xml"] = part.replace("<sheetData", '<dimension ref="A1:XFD1048576"/><sheetData')


@pytest.mark.parametrize(
    "change",
    [
        *(absolute_targets, roundabout_targets, targets_without_slash, other_places, backslashes, other_case),
        *(odd_prefixes, strict, utf16, gbk, without_addresses, comment, lying_dimension),
    ],
)
def test_odd_but_sound_files_are_read(tmp_path: Path, change: Callable[[Parts], None]) -> None:
    parts = book_parts(sheet_xml(ONE))
    change(parts)
    sheet = only_sheet(by_hand(tmp_path, parts))
    assert (sheet.name, sheet.first_row, sheet.first_column, sheet.rows) == ("S1", 1, 1, [[1.0]])
    assert not sheet.cropped


def test_texts_in_utf16_are_read(tmp_path: Path) -> None:
    parts = book_parts(sheet_xml('<row r="1"><c r="A1" t="s"><v>1</v></c></row>'))
    texts = f'<?xml version="1.0" encoding="UTF-16"?><sst xmlns="{MAIN}"><si><t>甲</t></si><si><t>乙</t></si></sst>'
    parts["xl/sharedStrings.xml"] = texts.encode("utf-16")
    parts["xl/_rels/workbook.xml.rels"] = rels(
        ("worksheet", "worksheets/sheet1.xml"), ("sharedStrings", "sharedStrings.xml")
    )
    assert only_sheet(by_hand(tmp_path, parts)).rows == [["乙"]]


def dtd_in(part: str) -> Parts:
    parts = book_parts(sheet_xml(ONE))
    parts["xl/styles.xml"] = f'<styleSheet xmlns="{MAIN}"></styleSheet>'
    parts["xl/sharedStrings.xml"] = f'<sst xmlns="{MAIN}"></sst>'
    links = [("worksheet", "worksheets/sheet1.xml"), ("styles", "styles.xml"), ("sharedStrings", "sharedStrings.xml")]
    parts["xl/_rels/workbook.xml.rels"] = rels(*links)
    parts[part] = '<!DOCTYPE x [<!ENTITY a "aaaa">]>' + str(parts[part])
    return parts


@pytest.mark.parametrize("part", ["_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml",
                                  "xl/sharedStrings.xml", "xl/worksheets/sheet1.xml"])  # fmt: skip
def test_a_dtd_anywhere_is_hostile(tmp_path: Path, part: str) -> None:
    with pytest.raises(HostileInput, match="危险声明"):
        read_workbook(by_hand(tmp_path, dtd_in(part)))


def test_a_stray_far_cell_is_cropped_and_told(tmp_path: Path) -> None:
    rows = (
        '<row r="1"><c r="A1"><v>1</v></c><c r="XFD1"><v>9</v></c></row><row r="3"><c r="B3"><v>3</v></c></row>' + FAR
    )
    sheet = only_sheet(by_hand(tmp_path, book_parts(sheet_xml(rows))))
    assert sheet.rows == [[1.0, ""], ["", ""], ["", 3.0]]
    assert (list(sheet.cropped), sheet.cropped_count) == ([(1, 16384), (1048576, 16384)], 2)


def test_at_most_twenty_cropped_cells_are_named(tmp_path: Path) -> None:
    rows = "".join(f'<row r="{row}"><c r="A{row}"><v>1</v></c></row>' for row in [1, *range(1_000_000, 1_000_030)])
    wide = rows.replace('<c r="A1"><v>1</v></c>', '<c r="A1"><v>1</v></c><c r="CV1"><v>1</v></c>')
    sheet = only_sheet(by_hand(tmp_path, book_parts(sheet_xml(wide))))
    assert (len(sheet.rows), len(sheet.cropped), sheet.cropped_count) == (1, 20, 30)


def test_blank_cells_with_a_style_far_away_are_nothing(tmp_path: Path) -> None:
    styled = '<row r="1048576"><c r="XFD1048576" s="0"/></row>'
    sheet = only_sheet(by_hand(tmp_path, book_parts(sheet_xml(ONE + styled))))
    assert (sheet.rows, sheet.cropped_count) == ([[1.0]], 0)


def test_a_sheet_that_stays_too_large_is_hostile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet_guard, "FREE_AREA", 1000)
    rows = "".join(f'<row r="{n}"><c r="{chr(64 + n // 40)}{n}"><v>1</v></c></row>' for n in range(40, 1040, 40))
    with pytest.raises(HostileInput):
        read_workbook(by_hand(tmp_path, book_parts(sheet_xml(rows))))


def test_many_sparse_sheets_share_one_allowance(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet_guard, "FREE_AREA", 1000)
    sparse = sheet_xml('<row r="1"><c r="A1"><v>1</v></c></row><row r="30"><c r="T30"><v>1</v></c></row>')
    assert len(read_workbook(by_hand(tmp_path, book_parts(sparse))).sheets) == 1
    with pytest.raises(HostileInput):
        read_workbook(by_hand(tmp_path, book_parts(sparse, sparse)))


def block(rows: int, attributes: str = "") -> str:
    cells = "".join(f'<c r="{letter}#"{attributes}><v>7</v></c>' for letter in "ABCD")
    return sheet_xml(rows_of(cells, range(1, rows + 1)))


@pytest.mark.parametrize("head", ["", "<!-- exact -->"])
def test_the_cells_of_all_sheets_share_one_bound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, head: str) -> None:
    monkeypatch.setattr(sheet_guard, "MAX_CELLS", 100)
    sheets = [head + block(10), head + block(15)]
    assert len(read_workbook(by_hand(tmp_path, book_parts(*sheets))).sheets) == 2
    with pytest.raises(HostileInput):
        read_workbook(by_hand(tmp_path, book_parts(*sheets, ONE_CELL)))


def test_blank_cells_with_a_style_do_not_use_the_bound_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet_guard, "MAX_CELLS", 50)
    styled = sheet_xml(ONE + rows_of('<c r="A#" s="0"/>', range(2, 90)))
    assert len(read_workbook(by_hand(tmp_path, book_parts(block(10), styled))).sheets) == 2


def test_the_area_and_the_exact_pass_are_bounded_over_all_sheets(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = by_hand(tmp_path, book_parts(*["<!-- exact -->" + block(10)] * 2))
    assert len(read_workbook(path).sheets) == 2
    for bound, value in (("MAX_AREA", 79), ("MAX_EXACT", 2 * len(block(10)))):
        with monkeypatch.context() as patch:
            patch.setattr(sheet_guard, bound, value)
            with pytest.raises(HostileInput):
                read_workbook(path)


@pytest.mark.parametrize("head", ["", "<!-- exact -->"])
@pytest.mark.parametrize("what", ["errors", "uncached", "merges"])
def test_what_is_noted_one_by_one_is_bounded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, head: str, what: str
) -> None:
    sheet = {
        "errors": block(25, ' t="e"').replace("<v>7", "<v>#N/A"),
        "uncached": block(25).replace("<v>7</v>", "<f>1</f>"),
        "merges": sheet_xml(ONE, "".join(f'<mergeCell ref="A{n}:B{n}"/>' for n in range(1, 26))),
    }[what]
    for module in (sheet_guard, sheet_scan_exact):
        monkeypatch.setattr(module, "MAX_NOTED", 100)
    assert len(read_workbook(by_hand(tmp_path, book_parts(head + sheet))).sheets) == 1
    with pytest.raises(HostileInput):
        read_workbook(by_hand(tmp_path, book_parts(head + sheet, head + sheet)))
    for module in (sheet_guard, sheet_scan_exact):
        monkeypatch.setattr(module, "MAX_NOTED", 99)
    with pytest.raises(HostileInput):
        read_workbook(by_hand(tmp_path, book_parts(head + sheet)))


def test_the_elements_of_small_parts_are_bounded_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "MAX_ELEMENTS", 100)
    parts = book_parts(sheet_xml(ONE))
    read_workbook(by_hand(tmp_path, parts))
    parts["xl/workbook.xml"] = str(parts["xl/workbook.xml"]).replace("<sheets>", "<a/>" * 100 + "<sheets>")
    with pytest.raises(HostileInput):
        read_workbook(by_hand(tmp_path, parts))


def test_many_cells_are_all_checked_before_any_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook_file, "EAGER_CELLS", 50)
    names = ["S1", "S2", "S3", "S4"]
    found = read_workbook(by_hand(tmp_path, book_parts(*[block(10)] * 4)))
    assert [sheet.name for sheet in found.sheets] == names
    assert [len(sheet.rows) for sheet in found.sheets] == [10] * 4
    mixed = read_workbook(by_hand(tmp_path, book_parts(block(10), "<!-- exact -->" + sheet_xml(ONE + FAR), block(9))))
    assert [len(sheet.rows) for sheet in mixed.sheets] == [10, 1, 9]


def test_texts_that_multiply_are_hostile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text_guard, "MAX_TEXT", 30_000)
    cells = '<row r="1"><c r="A1" t="s"><v>1</v></c></row>' + "".join(
        f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(2, 60)
    )
    parts = book_parts(sheet_xml(cells))
    parts["xl/sharedStrings.xml"] = f'<sst xmlns="{MAIN}"><si><t>短</t></si><si><t>{"x" * 1000}</t></si></sst>'
    parts["xl/_rels/workbook.xml.rels"] = rels(
        ("worksheet", "worksheets/sheet1.xml"), ("sharedStrings", "sharedStrings.xml")
    )
    assert len(only_sheet(by_hand(tmp_path, parts)).rows) == 59
    ways = (' t="s"><v>1', " t='s'><v>1", " t = 's' ><v>1", ' t="s" s="0"><v>1', " t='s'><!-- --><v>1", ' t="s"><v>99')
    for many in (cells.replace(' t="s"><v>0', way) for way in ways):
        parts["xl/worksheets/sheet1.xml"] = sheet_xml(many)
        with pytest.raises(HostileInput):
            read_workbook(by_hand(tmp_path, parts))


@pytest.mark.parametrize(
    "parts",
    [
        book_parts("<worksheet><sheetData>"),
        book_parts(sheet_xml('<row r="1"><c r="A1" t="s"><v>99999</v></c></row>')),
        book_parts(sheet_xml('<row r="1"><c r="ZZZZ1"><v>1</v></c></row>')),
        book_parts(),
        {**book_parts(sheet_xml(ONE)), "xl/workbook.xml": "<workbook><sheets>"},
        {**book_parts(sheet_xml(ONE)), "xl/_rels/workbook.xml.rels": rels(("worksheet", "nowhere.xml"))},
    ],
)
def test_broken_workbooks_are_refused_with_a_declared_error(tmp_path: Path, parts: Parts) -> None:
    with pytest.raises(UnusableInput):
        read_workbook(by_hand(tmp_path, parts))


def with_texts(sheet: str, texts: str) -> Parts:
    links = rels(("worksheet", "worksheets/sheet1.xml"), ("sharedStrings", "sharedStrings.xml"))
    return {**book_parts(sheet), "xl/sharedStrings.xml": texts, "xl/_rels/workbook.xml.rels": links}


def rows_of(cell: str, numbers: range) -> str:
    return "".join(f'<row r="{n}">{cell.replace("#", str(n))}</row>' for n in numbers)


def inflated_sheet() -> Parts:
    return book_parts(sheet_xml(" " * 200_000_000))


def inflated_texts() -> Parts:
    return with_texts(sheet_xml(ONE), " " * 200_000_000)


def multiplied_text() -> Parts:
    cells = rows_of('<c r="A#" t="s"><v>0</v></c>', range(1, 60_000))
    return with_texts(sheet_xml(cells), f"<sst><si><t>{'x' * 3_000_000}</t></si></sst>")


def diagonal() -> Parts:
    wide = "".join(f'<c r="{letters(n)}1"><v>1</v></c>' for n in range(1, 16_385, 90))
    return book_parts(
        sheet_xml(f'<row r="1">{wide}</row>' + rows_of('<c r="A#"><v>1</v></c>', range(900, 1_048_000, 900)))
    )


def inflated_comment() -> Parts:
    return book_parts(sheet_xml(f"<!-- {'x' * 150_000_000} -->"))


def blank_sheets() -> Parts:
    return book_parts(*[sheet_xml(" " * 4_000_000)] * 100)


def full_sheets() -> Parts:
    cells = "".join(f'<c r="{letter}#"><v>7</v></c>' for letter in "ABCDEFGHIJKLMNOPQRSTUVWX")
    return book_parts(*[sheet_xml(rows_of(cells, range(1, 6251)))] * 60)


def error_sheets() -> Parts:
    return book_parts(*[block(40_000, ' t="e"').replace("<v>7", "<v>#N/A")] * 10)


def many_elements() -> Parts:
    parts = book_parts(sheet_xml(ONE))
    noise = random.Random(1).randbytes(100_000).hex()
    more = "<a/>" * 3_000_000 + f'<b c="{noise}"/>'
    return {**parts, "xl/workbook.xml": str(parts["xl/workbook.xml"]).replace("<sheets>", more + "<sheets>")}


ATTACKS = [inflated_sheet, inflated_texts, multiplied_text, diagonal, inflated_comment, blank_sheets, full_sheets,
           error_sheets, many_elements]  # fmt: skip


@pytest.mark.skipif(sys.platform != "linux", reason="limits the memory of the child as Linux does")
@pytest.mark.parametrize("attack", ATTACKS)
def test_attacks_are_refused_within_300_mb_and_without_a_hang(tmp_path: Path, attack: Callable[[], Parts]) -> None:
    path = by_hand(tmp_path, attack())
    code = (
        "import sys; from pathlib import Path\n"
        "from xl_liushou.adapters.workbook_file import read_workbook\n"
        "from xl_liushou.core.errors import HostileInput\n"
        "try: read_workbook(Path(sys.argv[1]))\n"
        "except HostileInput: print(Path('/proc/self/status').read_text().split('VmHWM:')[1].split()[0])"
    )
    limit = 2 << 30
    done = subprocess.run(
        [sys.executable, "-c", code, str(path)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (limit, limit)),
    )
    assert done.stdout, done.stderr
    assert int(done.stdout) < 300 * 1024


def test_reading_imports_no_xml_library_and_calamine_only_when_used() -> None:
    code = "import sys, xl_liushou.adapters.workbook_file; print(*sys.modules)"
    modules = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not {"python_calamine", "lxml", "xml.etree", "openpyxl"} & set(modules)
