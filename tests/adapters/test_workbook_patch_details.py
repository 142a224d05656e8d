"""What real files have, one by one: handled, or refused with its reason."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from lxml import etree
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Font
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table

from tests.adapters.patching import (
    BOOK,
    SHEET,
    STYLES,
    TABLE,
    as_strict,
    book,
    cell,
    grid,
    has_cell,
    openpyxl_sheet,
    part,
    parts,
    reason,
    surgery,
    touched,
    with_parts,
    with_rows,
    without_cells,
    xml_attribute,
    zipped,
)
from tests.adapters.raw_book import LINKS, MAIN, PACKAGE
from xl_liushou.adapters.workbook_patch import patch
from xl_liushou.core.edits import AppendRows, Edit, ReplaceRows, SetCells
from xl_liushou.core.errors import HostileInput

X14 = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
BOLD = Rule("expression", dxf=DifferentialStyle(font=Font(bold=True)), formula=["A2=1"])
XM = "http://schemas.microsoft.com/office/excel/2006/main"
NEW = [AppendRows("表", [["新", 9]])]


def appended(data: bytes) -> list[Any]:
    """The row that is read back after one was added."""
    done = patch(data, NEW)
    return grid(done.data)[done.written[0].top - 1]


# How a sheet is written


def test_rows_and_cells_without_references() -> None:
    before = with_rows("<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>")
    done = patch(before, [SetCells("表", {"B1": 7, "D1": 8, "B2": 9}), *NEW]).data
    assert grid(done) == [[1, 7, "", 8], [3, 9, "", ""], ["新", 9, "", ""]]
    assert openpyxl_sheet(done)["D1"].value == 8


def test_a_new_cell_before_cells_without_references_moves_none() -> None:
    before = with_rows('<row r="2"><c r="B2"><v>2</v></c><c><v>3</v></c></row>')
    assert grid(patch(before, [SetCells("表", {"A2": 1})]).data)[1] == [1, 2, 3]


def test_spans_are_widened() -> None:
    before = with_rows('<row r="1" spans="1:1"><c r="A1"><v>1</v></c></row>')
    assert 'spans="1:3"' in part(patch(before, [SetCells("表", {"C1": 3})]).data, SHEET)


@pytest.mark.parametrize("row", ["", '<row r="1"/>', '<row r="1"></row>'])
def test_empty_rows_and_empty_sheets(row: str) -> None:
    assert grid(patch(with_rows(row), [SetCells("表", {"B1": 1})]).data)[0][-1] == 1


def test_self_closed_sheet_data() -> None:
    content = parts(with_rows(""))
    for empty in (b"<sheetData/>", b"<sheetData />"):
        content[SHEET] = content[SHEET].replace(b"<sheetData></sheetData>", empty)
        assert appended(zipped(content)) == ["新", 9]


def test_a_byte_order_mark_stays() -> None:
    content = parts(book())
    content |= {name: b"\xef\xbb\xbf" + content[name] for name in (SHEET, BOOK, TABLE)}
    done = patch(zipped(content), NEW).data
    assert grid(done)[4] == ["新", 9, ""]
    assert all(parts(done)[name].startswith(b"\xef\xbb\xbf<") for name in (SHEET, BOOK, TABLE))


def test_an_encoding_that_is_not_utf8_is_recoded() -> None:
    content = parts(book())
    text = '<?xml version="1.0" encoding="UTF-16"?>' + content[SHEET].decode()
    content[SHEET] = text.encode("utf-16")
    assert grid(patch(zipped(content), NEW).data)[4] == ["新", 9, ""]


def test_prefixed_elements() -> None:
    content = parts(book())
    root = etree.fromstring(content[SHEET])
    prefixed = etree.Element(root.tag, nsmap={"x": MAIN, "r": LINKS})
    prefixed.extend(list(root))
    content[SHEET] = etree.tostring(prefixed)
    assert b"<x:sheetData>" in content[SHEET]
    done = patch(zipped(content), [*NEW, SetCells("表", {"A2": "=x", "C9": date(2026, 3, 2)})]).data
    assert openpyxl_sheet(done)["A5"].value == "新"
    assert openpyxl_sheet(done)["C9"].value == datetime(2026, 3, 2)
    assert b"<row" not in parts(done)[SHEET]


def test_comments_cdata_and_processing_instructions() -> None:
    before = with_rows(
        '<!-- <row r="9"><c r="A9"/></row> --><row r="1"><c r="A1" t="str"><v><![CDATA[<c r="Z1">]]></v></c>'
        "<?odd <row ?></row>"
    )
    done = patch(before, [SetCells("表", {"B1": 2}), *NEW]).data
    assert openpyxl_sheet(done)["A1"].value == '<c r="Z1">'
    assert grid(done)[1] == ["新", 9]
    assert b'<!-- <row r="9">' in parts(done)[SHEET]


def test_a_raw_angle_bracket_in_an_attribute() -> None:
    before = with_rows('<row r="1" odd="a > b"><c r="A1" more="/>"><v>1</v></c></row>')
    assert appended(before) == ["新", 9]


def test_a_doctype_is_hostile() -> None:
    data = parts(book())
    data[SHEET] = b"<!DOCTYPE worksheet>" + data[SHEET]
    with pytest.raises(HostileInput):
        patch(zipped(data), NEW)


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="2"><c r="A2"><v>1</v></c></row><row r="1"><c r="A1"><v>1</v></c></row>',
        '<row r="1"/><row r="1"/>',
        '<row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>1</v></c></row>',
        '<row r="1"><c r="A7"><v>1</v></c></row>',
        '<row r="0"/>',
        '<q:row xmlns:q="urn:q" r="1"/>',
        '<mc:AlternateContent xmlns:mc="urn:mc"><row r="1"/></mc:AlternateContent>',
    ],
)
def test_rows_out_of_order_are_refused(rows: str) -> None:
    assert reason(with_rows(rows), *NEW) == "odd-sheet"


def test_a_sheet_without_dimension_stays_without_one() -> None:
    assert "<dimension" not in part(patch(with_rows(""), NEW).data, SHEET)


def test_the_last_row_and_column() -> None:
    done = patch(book(table=False), [SetCells("表", {"XFD1": 1, "A1048576": 2})]).data
    assert cell(done, "XFD1")[0].text == "1"
    assert cell(done, "A1048576")[0].text == "2"
    assert reason(done, *NEW) == "no-room"
    assert reason(book(), SetCells("表", {"XFE1": 1})) == "bad-cell"
    assert reason(book(), SetCells("表", {"A0": 1})) == "bad-cell"


# Values and formulas that are there


def test_an_overwritten_value_takes_its_metadata_along() -> None:
    before = with_rows('<row r="1"><c r="A1" s="0" t="e" cm="1" vm="2" ph="1"><v>#VALUE!</v></c></row>')
    one = cell(patch(before, [SetCells("表", {"A1": 5})]).data, "A1")
    assert one.items() == [("r", "A1")]


def test_shared_strings_are_not_touched() -> None:
    before = book()
    assert "xl/sharedStrings.xml" not in touched(before, patch(before, [SetCells("表", {"A2": "新"})]).data)


def test_clearing_a_cell_keeps_its_format() -> None:
    def edit(sheet: Any) -> None:
        sheet["A2"].font = Font(bold=True)

    done = patch(book(edit), [SetCells("表", {"A2": None, "Z9": None})]).data
    assert openpyxl_sheet(done)["A2"].value is None
    assert openpyxl_sheet(done)["A2"].font.b
    assert not has_cell(done, "Z9")


@pytest.mark.parametrize(
    ("formula", "set_cell"),
    [
        ('<c r="A1"><f t="shared" ref="A1:A2" si="0">B1</f><v>0</v></c>', "A1"),
        ('<c r="A1"><f t="shared" si="0"/><v>0</v></c>', "A1"),
        ('<c r="A1"><f t="array" ref="A1:B2">C1:D2</f><v>0</v></c>', "A1"),
        ('<c r="A1" cm="1"><f t="array" ref="A1:B2">C1:D2</f><v>0</v></c>', "B2"),
        ('<c r="A1"><f r1="C1" t="dataTable" ref="A1:B2"/><v>0</v></c>', "B1"),
    ],
)
def test_a_part_of_a_larger_formula_is_refused(formula: str, set_cell: str) -> None:
    before = with_rows(f'<row r="1">{formula}</row>')
    assert reason(before, SetCells("表", {set_cell: 1})) == "formula-part"
    assert patch(before, [SetCells("表", {"F1": 1})])


def chained(data: bytes) -> bytes:
    """The workbook with a calculation chain."""
    chain = f'<calcChain xmlns="{MAIN}"><c r="C2" i="1"/></calcChain>'.encode()
    data = with_parts(data, **{"xl/calcChain.xml": chain})
    data = surgery(
        data,
        "[Content_Types].xml",
        ("</Types>", '<Override PartName="/xl/calcChain.xml" ContentType="application/vnd.x+xml"/></Types>'),
    )
    link = f'<Relationship Id="rId99" Type="{LINKS}/calcChain" Target="calcChain.xml"/></Relationships>'
    return surgery(data, "xl/_rels/workbook.xml.rels", ("</Relationships>", link))


def test_the_calculation_chain_goes_with_a_formula_only() -> None:
    def edit(sheet: Any) -> None:
        sheet["C2"] = "=B2*2"

    before = chained(book(edit))
    assert touched(before, patch(before, [SetCells("表", {"A2": 1})]).data) == {SHEET, BOOK}
    done = patch(before, [SetCells("表", {"C2": 5})]).data
    assert "xl/calcChain.xml" not in parts(done)
    assert "calcChain" not in part(done, "[Content_Types].xml") + part(done, "xl/_rels/workbook.xml.rels")
    assert openpyxl_sheet(done)["C2"].value == 5


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('<calcPr calcId="124519"/>', 'fullCalcOnLoad="1"'),
        (
            '<calcPr calcId="1" calcMode="manual" fullCalcOnLoad="0"/>',
            '<calcPr calcId="1" calcMode="manual" fullCalcOnLoad="1"/>',
        ),
        ("", '</definedNames><calcPr fullCalcOnLoad="1"/>'),
    ],
)
def test_excel_is_asked_to_calculate_on_load(old: str, new: str) -> None:
    data = book()
    found = etree.fromstring(parts(data)[BOOK]).find("{*}calcPr")
    assert found is not None
    names = '<definedNames><definedName name="名">1</definedName></definedNames>' if not old else ""
    text = part(data, BOOK)
    start = text.index("<calcPr")
    data = surgery(data, BOOK, (text[start : text.index("/>", start) + 2], names + old))
    assert new in part(patch(data, NEW).data, BOOK).replace(" />", "/>")


# Ranges


def test_validations_formats_and_ignored_errors_cover_the_new_rows() -> None:
    def edit(sheet: Any) -> None:
        sheet.add_data_validation(DataValidation("list", formula1='"甲,乙"', sqref="A2:A4"))
        sheet.add_data_validation(DataValidation("whole", formula1="1", formula2="9", sqref="B2:B1048576"))
        sheet.add_data_validation(DataValidation("whole", formula1="1", formula2="9", sqref="C2:C3"))
        sheet.conditional_formatting.add("A2:C4", BOLD)
        sheet.conditional_formatting.add("B4:F4 H4", BOLD)

    ignored = '<ignoredErrors><ignoredError sqref="A1:A4" numberStoredAsText="1"/></ignoredErrors>'
    before = surgery(book(edit), SHEET, ("<tableParts", ignored + "<tableParts"))
    text = part(patch(before, [AppendRows("表", [["甲"], ["乙"]])]).data, SHEET)
    for expected in ("A2:A6", "B2:B1048576", "C2:C3", "A2:C6", "B4:F4 B5:C6 H4", "A1:A6"):
        assert f'sqref="{expected}"' in text


def test_validations_never_come_to_overlap() -> None:
    def edit(sheet: Any) -> None:
        sheet.add_data_validation(DataValidation("list", formula1='"甲,乙"', sqref="A2:A4"))
        sheet.add_data_validation(DataValidation("list", formula1='"丙"', sqref="A5:A9"))

    assert 'sqref="A2:A4"' in part(patch(book(edit), NEW).data, SHEET)


def test_the_kin_of_office_2010_covers_the_new_rows() -> None:
    more = (
        f'<extLst><ext xmlns:x14="{X14}" uri="{{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}}">'
        f'<x14:dataValidations xmlns:xm="{XM}" count="1"><x14:dataValidation type="list">'
        "<x14:formula1><xm:f>别的!A1</xm:f></x14:formula1><xm:sqref>A2:A4</xm:sqref></x14:dataValidation></x14:dataValidations>"
        f'<x14:conditionalFormattings xmlns:xm="{XM}"><x14:conditionalFormatting><xm:sqref>B2:B4 D9</xm:sqref>'
        f'</x14:conditionalFormatting></x14:conditionalFormattings><x14:sparklineGroups xmlns:xm="{XM}">'
        "<x14:sparklineGroup><x14:sparklines><x14:sparkline><xm:f>表!A1:A4</xm:f><xm:sqref>C4</xm:sqref></x14:sparkline></x14:sparklines>"
        "</x14:sparklineGroup></x14:sparklineGroups></ext></extLst>"
    )
    text = part(patch(surgery(book(), SHEET, ("</worksheet>", more + "</worksheet>")), NEW).data, SHEET)
    assert "<xm:sqref>A2:A5</xm:sqref>" in text
    assert "<xm:sqref>B2:B5 D9</xm:sqref>" in text
    assert "<xm:f>表!A1:A4</xm:f><xm:sqref>C4</xm:sqref>" in text


def test_hyperlinks_over_several_rows_cover_the_new_ones() -> None:
    links = (
        '<hyperlinks><hyperlink ref="A2:A4" location="别的!A1"/><hyperlink ref="B4" location="别的!A1"/></hyperlinks>'
    )
    before = surgery(book(), SHEET, ("<pageMargins", links + "<pageMargins"))
    text = part(patch(before, NEW).data, SHEET)
    assert 'ref="A2:A5"' in text
    assert 'ref="B4"' in text


def test_the_tables_filter_and_order_follow() -> None:
    order = '<sortState ref="A2:C4"><sortCondition ref="A2:A4"/></sortState>'
    filtered = "" if "<autoFilter" in part(book(), TABLE) else '<autoFilter ref="A1:C4"/>'
    before = surgery(book(), TABLE, ("<tableColumns", filtered + order + "<tableColumns"))
    text = part(patch(before, NEW).data, TABLE)
    assert 'autoFilter ref="A1:C5"' in text
    assert 'sortState ref="A2:C5"' in text


def test_the_sheets_own_filter_and_its_names_follow() -> None:
    def edit(sheet: Any) -> None:
        sheet.auto_filter.ref = "A1:C4"
        sheet.print_area = "A1:F4"

    done = patch(book(edit, table=False), NEW).data
    assert xml_attribute(done, SHEET, "autoFilter", "ref") == "A1:C5"
    text = part(done, BOOK)
    assert "$A$1:$F$5" in text
    assert text.count("$5") == 2 or "_FilterDatabase" not in text


def test_a_filter_elsewhere_stays() -> None:
    def edit(sheet: Any) -> None:
        sheet.auto_filter.ref = "A1:C3"
        sheet.print_area = "E1:F4"

    done = patch(book(edit, table=False), NEW).data
    assert xml_attribute(done, SHEET, "autoFilter", "ref") == "A1:C3"
    assert "$E$1:$F$4" in part(done, BOOK)


def test_hidden_rows_stay_hidden_and_row_formats_are_taken() -> None:
    rows = (
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="2" s="1" customFormat="1" ht="30" customHeight="1">'
        '<c r="A2" s="1"><v>2</v></c></row><row r="3" hidden="1"/>'
    )
    before = with_rows(rows)
    before = patch(before, [SetCells("表", {"Z1": date(2026, 1, 1)})]).data
    done = patch(before, [AppendRows("表", [["a", "b"], ["c", "d"]])]).data
    text = part(done, SHEET)
    assert '<row r="3" hidden="1">' in text
    assert '<row r="4" s="1" customFormat="1">' in text
    assert [cell(done, name).get("s") for name in ("A3", "B3", "A4", "B4")] == ["1"] * 4


# Tables


def test_notes_below_the_table_are_never_moved() -> None:
    def edit(sheet: Any) -> None:
        sheet["B7"] = "注"

    before = book(edit)
    assert grid(patch(before, [AppendRows("表", [["一"], ["二"]])]).data)[6] == ["", "注", ""]
    assert reason(before, AppendRows("表", [["一"], ["二"], ["三"]])) == "no-room"
    beside = book(lambda sheet: sheet.cell(5, 5, "旁"))
    assert grid(patch(beside, NEW).data)[4] == ["新", 9, "", "", "旁"]


def test_a_totals_row_is_refused() -> None:
    before = surgery(book(), TABLE, ('ref="A1:C4"', 'ref="A1:C4" totalsRowCount="1"'))
    assert reason(before, *NEW) == "totals-row"
    assert reason(before, ReplaceRows("表", [["新"]])) == "totals-row"
    assert reason(before, SetCells("表", {"A4": 1})) == "totals-row"


def test_a_header_is_refused() -> None:
    assert reason(book(), SetCells("表", {"B1": "改"})) == "table-header"


def test_a_table_fed_from_elsewhere_is_refused() -> None:
    before = surgery(book(), TABLE, ('ref="A1:C4"', 'ref="A1:C4" tableType="queryTable"'))
    assert reason(before, *NEW) == "external-table"


def test_more_values_than_columns_are_refused() -> None:
    assert reason(book(), AppendRows("表", [[1, 2, 3, 4]])) == "too-wide"


def two_tables() -> bytes:
    def edit(sheet: Any) -> None:
        for row in range(1, 5):
            sheet.cell(row, 5, f"戊{row}")
        sheet.cell(8, 1, "己")
        sheet.cell(9, 1, "庚")
        sheet.add_table(Table(displayName="第二", ref="E1:E4"))
        sheet.add_table(Table(displayName="第三", ref="A8:A9"))

    return book(edit)


def test_with_several_tables_one_is_named() -> None:
    before = two_tables()
    assert reason(before, *NEW) == "which-table"
    assert reason(before, AppendRows("表", [["新"]], table="没有")) == "which-table"
    done = patch(before, [AppendRows("表", [["新"]], table="第二")]).data
    assert grid(done)[4] == ["", "", "", "", "新"]
    assert touched(before, done) == {SHEET, BOOK, "xl/tables/table2.xml"}
    assert reason(before, AppendRows("表", [[n] for n in range(4)], table="台账")) == "no-room"


def test_the_mark_of_an_empty_table_goes() -> None:
    before = surgery(book(rows=0), TABLE, ('ref="A1:C2"', 'ref="A1:C2" insertRow="1"'))
    assert "insertRow" not in part(patch(before, NEW).data, TABLE)


@pytest.mark.parametrize("formula", ["台账[[#This Row],[乙]]*2", "$Z$1*2", '台账[[#This Row],[A1]]&amp;"B2"'])
def test_calculated_columns_fill_new_rows(formula: str) -> None:
    before = calculated(formula)
    done = patch(before, NEW).data
    assert cell(done, "C5")[0].text == formula.replace("&amp;", "&")
    given = patch(before, [AppendRows("表", [["新", 9, "手填"]])]).data
    assert cell(given, "C5").get("t") == "inlineStr"


def calculated(formula: str) -> bytes:
    text = part(book(), TABLE)
    start = text.index("<tableColumn ", text.index('name="丙"') - 30)
    old = text[start : text.index("/>", start) + 2]
    new = f"{old[:-2].rstrip()}><calculatedColumnFormula>{formula}</calculatedColumnFormula></tableColumn>"
    return surgery(book(), TABLE, (old, new))


def test_a_calculated_column_that_counts_by_rows_is_refused() -> None:
    assert reason(calculated("B2*2"), *NEW) == "calculated-column"


def test_blank_rows_with_their_calculated_formula_are_blank() -> None:
    formula = "台账[[#This Row],[乙]]*2"
    rows = f'<row r="5"><c r="C5"><f>{formula}</f><v>0</v></c></row></sheetData>'
    before = surgery(calculated(formula), SHEET, ("</sheetData>", rows))
    before = surgery(before, TABLE, ('ref="A1:C4"', 'ref="A1:C5"'))
    done = patch(before, NEW)
    assert done.written[0].top == 5
    assert cell(done.data, "C5")[1].text == "0"


# Larger things on and around a sheet


def test_merged_cells() -> None:
    before = book(lambda sheet: sheet.merge_cells("A6:B6"), table=False)
    assert grid(patch(before, [SetCells("表", {"A6": "标题"})]).data)[5][0] == "标题"
    assert reason(before, SetCells("表", {"B6": 1})) == "merged"
    assert reason(before, AppendRows("表", [["一"], ["二"]])) == "merged"
    assert patch(before, NEW)


def test_a_pivot_table_is_refused() -> None:
    pivot = f'<pivotTableDefinition xmlns="{MAIN}"><location ref="E1:F9"/></pivotTableDefinition>'
    link = f'<Relationship Id="rId1" Type="{LINKS}/pivotTable" Target="../pivotTables/pivotTable1.xml"/>'
    rels = f'<Relationships xmlns="{PACKAGE}">{link}</Relationships>'
    more = {"xl/pivotTables/pivotTable1.xml": pivot.encode(), "xl/worksheets/_rels/sheet1.xml.rels": rels.encode()}
    data = with_parts(book(table=False), **more)
    assert reason(data, SetCells("表", {"F9": 1})) == "pivot"
    assert reason(data, AppendRows("表", [[1, 2, 3, 4, 5]])) == "pivot"
    grown = surgery(data, "xl/pivotTables/pivotTable1.xml", ("E1:F9", "A1:B3"))
    assert reason(grown, *NEW) == "pivot"  # below it, where it grows when it is refreshed
    assert patch(data, NEW)


def test_a_protected_sheet_is_reported() -> None:
    done = patch(book(lambda sheet: sheet.protection.enable()), NEW)
    assert done.protected == ("表",)
    assert "sheetProtection" in part(done.data, SHEET)
    assert patch(book(), NEW).protected == ()


def test_signed_and_shared_workbooks_are_refused() -> None:
    assert reason(with_parts(book(), **{"_xmlsignatures/origin.sigs": b""}), *NEW) == "signed"
    assert reason(with_parts(book(), **{"xl/revisions/revisionHeaders.xml": b"<x/>"}), *NEW) == "shared-workbook"
    link = f'<Relationship Id="rId9" Type="{PACKAGE}/digital-signature/origin" Target="s.sigs"/></Relationships>'
    assert reason(surgery(book(), "_rels/.rels", ("</Relationships>", link)), *NEW) == "signed"
    assert patch(with_parts(book(), **{"xl/vbaProjectSignature.bin": b"x"}), NEW)


def test_no_such_sheet() -> None:
    assert reason(book(), AppendRows("没有", [["新"]])) == "no-sheet"


def test_controls_in_alternate_content_stay() -> None:
    controls = (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice '
        'Requires="x14"><controls><control shapeId="1"/></controls></mc:Choice></mc:AlternateContent>'
    )
    before = surgery(book(), SHEET, ("<tableParts", controls + "<tableParts"))
    done = patch(before, NEW).data
    assert controls in part(done, SHEET)
    assert without_cells(before, {"A5", "B5"}) == without_cells(done, {"A5", "B5"})


def test_strict_workbooks_take_iso_dates() -> None:
    done = patch(as_strict(book()), [AppendRows("表", [["新", date(2026, 3, 2), datetime(2026, 3, 2, 8, 30)]])]).data
    assert cell(done, "B5").get("t") == "d"
    assert grid(done)[4] == ["新", date(2026, 3, 2), datetime(2026, 3, 2, 8, 30)]


def test_a_workbook_without_formats_takes_what_needs_none() -> None:
    content = parts(book(table=False))
    del content[STYLES]
    rels = content["xl/_rels/workbook.xml.rels"].decode()
    start = rels.rindex("<Relationship ", 0, rels.index("styles.xml"))
    end = rels.index("/>", start) + 2
    content["xl/_rels/workbook.xml.rels"] = (rels[:start] + rels[end:]).encode()
    data = zipped(content)
    assert appended(data)[:2] == ["新", 9]
    for value in (date(2026, 3, 2), "=1"):
        edit: Edit = SetCells("表", {"A2": value})
        assert reason(data, edit) == "no-styles"
