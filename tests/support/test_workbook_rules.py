"""Each rule for workbooks catches the workbook that breaks it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import xlsxwriter

from tests.support.office import assert_office_file, own_problems
from tests.support.package import Package
from tests.support.samples import patched, sound_workbook
from tests.support.workbook import Range, parse_range, unescape, utf16_length
from tests.support.workbook_rules import any_overlap, is_valid_name

BOOK, CHILDREN, CLASSES = "xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"
TABLE, OTHER_TABLE, STYLES = "xl/tables/table1.xml", "xl/tables/table2.xml", "xl/styles.xml"
LONG = "长" * 256


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    return sound_workbook(tmp_path / "book.xlsx")


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    """A workbook with shared strings and a calculation chain's worth of formulas, by another maker."""
    with xlsxwriter.Workbook(tmp_path / "shared.xlsx") as book:
        sheet = book.add_worksheet("甲")
        columns = [{"header": "姓名\n全名"}, {"header": "次数", "formula": "=1+1"}]
        sheet.add_table("A1:B3", {"columns": columns, "name": "people"})
        sheet.data_validation("D1:D9", {"validate": "list", "source": ["是", "否"]})
    return tmp_path / "shared.xlsx"


def test_a_workbook_with_shared_strings_passes(shared: Path) -> None:
    assert_office_file(shared)


@pytest.mark.parametrize(
    ("part", "old", "new", "problem"),
    [
        (BOOK, 'name="班级"', f'name="{"班" * 32}"', "a name has 1 to 31 characters"),
        (BOOK, 'name="班级"', 'name="班/级"', "forbidden character"),
        (BOOK, 'name="班级"', 'name="孩子"', "the name occurs twice"),
        (BOOK, 'sheetId="2"', 'sheetId="1"', "two sheets with sheetId 1"),
        (BOOK, 'activeTab="0"', 'activeTab="2"', "activeTab 2"),
        (BOOK, "'班级'!$A$2", "'班组'!$A$2", "'class_list'.*missing sheet '班组'"),
        (BOOK, 'name="class_list"', 'name="A1"', "'A1': not a valid name"),
        (BOOK, 'name="class_list"', 'name="class list"', "'class list': not a valid name"),
        (BOOK, 'localSheetId="0"', 'localSheetId="2"', "localSheetId 2"),
        (BOOK, 'name="_xlnm.Print_Titles"', 'name="_xlnm.Print_Area"', "_xlnm.print_area.*occurs twice"),
        (BOOK, "'班级'!$A$2:$A$3", "='班级'!$A$2", "begins with '='"),
    ],
)
def test_broken_sheets_and_names_are_caught(workbook: Path, part: str, old: str, new: str, problem: str) -> None:
    assert_found(problem, patched(workbook, part, old, new))


def test_a_workbook_of_hidden_sheets_is_caught(workbook: Path) -> None:
    half = patched(workbook, BOOK, 'state="visible" r:id="rId1"', 'state="hidden" r:id="rId1"')
    assert_found("no visible sheet", patched(half, BOOK, 'state="visible"', 'state="veryHidden"'))


@pytest.mark.parametrize(
    ("part", "old", "new", "problem"),
    [
        (TABLE, 'id="1" name="children"', 'id="2" name="children"', "two Tables with id '2'"),
        (TABLE, 'displayName="children"', 'displayName="Classes"', "two Tables with displayName 'classes'"),
        (TABLE, ' name="children"', ' name="CLASSES"', "two Tables with name 'classes'"),
        (TABLE, 'displayName="children"', 'displayName="Class_List"', "'Class_List' is also a defined name"),
        (TABLE, 'displayName="children"', 'displayName="R1C1"', "'R1C1' is not a valid name"),
        (TABLE, 'ref="A1:C3"', 'ref="A1:D3"', "3 columns, but A1:D3 is 4 wide"),
        (TABLE, 'ref="A1:C3"', 'ref="A1:C1"', "A1:C1 has no row for data"),
        (TABLE, 'name="编号"', 'name="编码"', "the header cell of '编码' says '编号'"),
        (TABLE, 'name="编号"', 'name="班级"', "two columns '班级'"),
        (TABLE, 'name="编号"', f'name="{LONG}"', "a name has 1 to 255 characters"),
        (TABLE, 'id="2" name="姓名', 'id="1" name="姓名', "two columns with id 1"),
        (TABLE, "_x000a_", "\n", "the header cell of '姓名 \\(全名\\)' says"),
        (TABLE, "_x000a_", "", "the header cell of '姓名\\(全名\\)' says"),
        (TABLE, '<autoFilter ref="A1:C3"/>', '<autoFilter ref="A1:D3"/>', "autoFilter A1:D3 does not fit"),
        (CHILDREN, 't="inlineStr"', 't="n"', "the header cell of '编号' holds no text"),
        (CHILDREN, "<tablePart xmlns", "<other xmlns", "its tableParts and its relationships to Tables differ"),
        (CLASSES, 'ref="C2:D2"', 'ref="A2:D2"', "a Table overlaps merged cells"),
        (CLASSES, "<mergeCells", '<autoFilter ref="A3:C9"/><mergeCells', "overlaps the sheet's own autoFilter"),
    ],
)
def test_broken_tables_are_caught(workbook: Path, part: str, old: str, new: str, problem: str) -> None:
    assert_found(problem, patched(workbook, part, old, new))


def test_a_line_break_in_a_column_name_may_be_a_character_reference(workbook: Path) -> None:
    assert not own_problems(patched(workbook, TABLE, "_x000a_", "&#xA;"))


def test_tables_that_overlap_are_caught(workbook: Path) -> None:
    links = "xl/worksheets/_rels/sheet1.xml.rels"
    both = patched(workbook, links, 'Target="/xl/comments/comment1.xml"', 'Target="/xl/tables/table2.xml"')
    both = patched(both, links, "relationships/comments", "relationships/table")
    found = own_problems(patched(both, "[Content_Types].xml", "/xl/comments/comment1.xml", "/xl/comments/Comment1.xml"))
    assert f"{CHILDREN}: Tables overlap" in found


@pytest.mark.parametrize(
    ("part", "old", "new", "problem"),
    [
        (CHILDREN, 's="1"', 's="2"', "cell format 2 does not exist"),
        (CHILDREN, 'dxfId="0"', 'dxfId="1"', "dxf 1 does not exist"),
        (TABLE, 'headerRowCount="1"', 'headerRowDxfId="4"', "dxf 4 does not exist"),
        (STYLES, 'fontId="1"', 'fontId="5"', "fontId 5 does not exist"),
        (CLASSES, 'ref="C2:D2"', 'ref="D1:D2"', "merged ranges overlap"),
        (CLASSES, "location=\"'", "location=\"'老", "hyperlink to missing .*老孩子"),
        (CLASSES, 'r="A3"', 'r="A2"', "cell A2 stands in row 3"),
        (CLASSES, '<row r="3">', '<row r="2">', "cell A3 out of order or twice"),
        (CLASSES, 'r="C5"', 'r="XFE5"', "cell XFE5 is beyond the sheet"),
        (CLASSES, "<f>1+1</f>", "<f>=1+1</f>", "begins with '='"),
        (CLASSES, "<f>1+1</f>", "<f>no!A1</f>", "missing sheet 'no'"),
        (CLASSES, "<f>1+1</f>", f"<f>{'1+' * 5000}1</f>", "over 8192 characters"),
        (CLASSES, "<f>1+1</f>", f'<f>"{LONG}"</f>', "a text in quotes over 255 characters"),
    ],
)
def test_broken_cells_and_formats_are_caught(workbook: Path, part: str, old: str, new: str, problem: str) -> None:
    assert_found(problem, patched(workbook, part, old, new))


def test_a_text_too_long_for_a_cell_is_caught(workbook: Path, shared: Path) -> None:
    inline = '<c r="A6" t="inlineStr"><is><t>' + "x" * 32_768 + "</t></is></c>"
    book = patched(workbook, CLASSES, "</sheetData>", f'<row r="6">{inline}</row></sheetData>')
    assert_found("a text over 32767 characters", book)
    assert_found("shared string 0", patched(shared, "xl/sharedStrings.xml", "<t>", "<t>" + "x" * 32_768))


def test_a_shared_string_beyond_the_last_is_caught(shared: Path) -> None:
    broken = patched(shared, CHILDREN, '<c r="A1" t="s"><v>0</v>', '<c r="A1" t="s"><v>7</v>')
    assert_found(r"shared string 7 does not exist", broken)


def test_a_calculation_chain_to_a_cell_without_a_formula_is_caught(workbook: Path) -> None:
    chain = '<calcChain xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><c r="{}" i="2"/></calcChain>'
    assert not own_problems(_with_chain(workbook, chain.format("C5")))
    assert_found("names C4 of sheet 2, which has no formula", _with_chain(workbook, chain.format("C4")))


def _with_chain(workbook: Path, chain: str) -> Path:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/theme"
    book = patched(workbook, "xl/_rels/workbook.xml.rels", kind, kind.replace("theme", "calcChain"))
    book = patched(
        book, "[Content_Types].xml", "officedocument.theme+xml", "officedocument.spreadsheetml.calcChain+xml"
    )
    return patched(book, "xl/theme/theme1.xml", _whole(book, "xl/theme/theme1.xml"), chain)


def _whole(path: Path, part: str) -> str:
    return Package(path).parts[part].decode()


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        (' prompt="', f' prompt="{LONG}', "prompt over 255 characters"),
        (' promptTitle="', f' promptTitle="{"x" * 32}', "promptTitle over 32 characters"),
        (' error="', f' error="{"x" * 224}', "error over 224 characters"),
        (' errorTitle="', f' errorTitle="{"x" * 32}', "errorTitle over 32 characters"),
        ('sqref="C2:C3" showDropDown', 'sqref="" showDropDown', "needs 1 to 32767 areas"),
        ('<formula1>"', f'<formula1>"{LONG}', "a text in quotes over 255 characters"),
        ("<formula1>class_list", "<formula1>class_lists", "no defined name 'class_lists'"),
        ("<formula1>class_list", "<formula1>classes[班级]", "a structured reference"),
        ("<formula1>class_list", "<formula1>=class_list", "begins with '='"),
        ("<formula1>class_list", "<formula1>班!$A$1", "missing sheet '班'"),
        ("<formula>$A2", "<formula>classes[班级]", "a structured reference"),
    ],
)
def test_broken_validations_and_conditions_are_caught(workbook: Path, old: str, new: str, problem: str) -> None:
    assert_found(problem, patched(workbook, CHILDREN, old, new))


def test_too_many_validations_are_caught(workbook: Path) -> None:
    many = '<dataValidation sqref="F1"/>' * 65_534
    assert_found("over 65534", patched(workbook, CHILDREN, "</dataValidations>", many + "</dataValidations>"))


def test_a_text_that_only_looks_like_a_reference_passes(workbook: Path) -> None:
    fine = patched(workbook, CHILDREN, "<formula1>class_list", '<formula1>INDIRECT("classes[班级]")')
    assert not own_problems(fine)


@pytest.mark.parametrize("name", ["children", "孩子", "_x", "a.b", "表1"])
def test_names_excel_takes(name: str) -> None:
    assert is_valid_name(name)


@pytest.mark.parametrize("name", ["", "A1", "xfd1", "r", "R2C", "1a", "a b", "a-b", "x" * 256])
def test_names_excel_refuses(name: str) -> None:
    assert not is_valid_name(name)


def test_ranges() -> None:
    assert parse_range("$B$2:AA9") == Range(2, 2, 9, 27)
    assert any_overlap([Range(1, 1, 9, 1), Range(2, 2, 2, 2), Range(9, 1, 9, 3)])
    assert not any_overlap([Range(1, 1, 2, 2), Range(3, 1, 4, 2), Range(1, 3, 4, 3)])
    with pytest.raises(ValueError, match="no range"):
        parse_range("A:B:C")


def test_texts_count_and_decode_as_in_excel() -> None:
    assert unescape("a_x000a_b") == "a\nb"
    assert utf16_length("𠮷") == 2


def assert_found(problem: str, path: Path) -> None:
    found = own_problems(path)
    assert any(re.search(problem, sentence) for sentence in found), found
