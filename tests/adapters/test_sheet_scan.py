"""The pass over a sheet's XML: the fast one and the exact one must tell the same."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.adapters.raw_book import sheet_xml
from xl_liushou.adapters.cell_ref import column_number, parse_cell, parse_range
from xl_liushou.adapters.sheet_scan import Unusual, scan_sheet
from xl_liushou.adapters.sheet_scan_exact import BadSheet, DoctypeFound, SheetScan, scan_exactly
from xl_liushou.core.table import letters


def in_chunks(text: str, size: int = 1 << 20) -> Iterator[bytes]:
    data = text.encode()
    return (data[at : at + size] for at in range(0, len(data), size))


def scan(rows: str, after: str = "", size: int = 1 << 20) -> SheetScan:
    return scan_sheet(in_chunks(sheet_xml(rows, after), size))


def exact(rows: str, after: str = "") -> SheetScan:
    return scan_exactly(in_chunks(sheet_xml(rows, after)))


@pytest.mark.parametrize(
    ("cell", "error", "uncached"),
    [
        ('<c r="B2"><v>1</v></c>', False, False),
        ('<c r="B2" t="e"><v>#N/A</v></c>', True, False),
        ('<c r="B2" s="3" t="e"><f>1/0</f><v>#DIV/0!</v></c>', True, False),
        ('<c r="B2" t="e" s="3"><v>#REF!</v></c>', True, False),
        ("<c r=\"B2\" t='e'><v>#REF!</v></c>", True, False),
        ('<c r="B2" t = "e"><v>#REF!</v></c>', True, False),
        ('<c r="B2" t="str"><v>"e"</v></c>', False, False),
        ('<c r="B2"><f>1+1</f><v>2</v></c>', False, False),
        ('<c r="B2"><f>1+1</f></c>', False, True),
        ('<c r="B2"><f>1+1</f><v></v></c>', False, True),
        ('<c r="B2"><f>1+1</f><v/></c>', False, True),
        ('<c r="B2" s="7"><f>1+1</f><v /></c>', False, True),
        ('<c r="B2" t="str"><f>""</f><v></v></c>', False, False),
        ('<c r="B2" t="str"><f>""</f></c>', False, False),
        ('<c r="B2"><f t="shared" ref="B2:B9" si="0">A1</f><v>3</v></c>', False, False),
        ('<c r="B2"><f t="shared" si="0"/><v>3</v></c>', False, False),
        ('<c r="B2"><f t="shared" si="0"/></c>', False, True),
        ('<c r="B2"><f/></c>', False, True),
        ('<c r="B2"><f>A1&gt;2</f><v xml:space="preserve"> 5</v></c>', False, False),
        ('<c r="B2"><v>5</v><f>A1</f></c>', False, False),
        ('<c r="B2"><v></v><f>A1</f></c>', False, True),
        ('<c r="B2" t="inlineStr"><is><t>&lt;f&gt; "e" :c </t></is></c>', False, False),
    ],
)
def test_errors_and_formulas_without_result_are_found(cell: str, error: bool, uncached: bool) -> None:
    rows = f'<row r="1"><c r="A1"><v>0</v></c></row><row r="2">{cell}<c r="C2"><v>9</v></c></row>'
    assert exact(rows).error_cells == ({(2, 2)} if error else set())
    assert exact(rows).uncached_cells == ({(2, 2)} if uncached else set())
    for size in (1, 7, 64, 1 << 20):
        assert_agree(rows, size)


def assert_agree(rows: str, size: int = 1 << 20, after: str = "") -> None:
    """The fast pass tells what the exact pass tells, or leaves the sheet to it."""
    slow = exact(rows, after)
    try:
        fast = scan(rows, after, size)
    except Unusual:
        return
    assert fast.error_cells == slow.error_cells
    assert fast.uncached_cells == slow.uncached_cells
    assert fast.merged == slow.merged
    assert fast.rows >= slow.rows
    assert fast.columns >= slow.columns
    assert fast.cells >= slow.cells


ATTRIBUTES = st.sampled_from(
    [
        "",
        ' s="1"',
        ' t="s"',
        ' t="e"',
        ' s="2" t="e"',
        ' t="str"',
        ' s="1" t="str"',
        " t='e'",
        ' t="n" cm="1"',
        ' t="b"',
    ]
)
CONTENTS = st.sampled_from(
    [
        *("", "<v>1</v>", "<v></v>", "<v/>", "<f>A1</f>", "<f>A1</f><v>1</v>", "<f>A1</f><v></v>", "<f/><v>2</v>"),
        *('<f t="shared" si="0"/>', '<f t="array" ref="A1:B2">SUM(A1)</f><v>#N/A</v>', "<v>3</v><f>A1</f>"),
        *(
            "<is><t>字 &amp; 词</t></is>",
            "<is><t>12:30 </t></is>",
            "<v><![CDATA[7]]></v>",
            "<!-- <c r='A1'/> --><v>1</v>",
        ),
        *(
            '<f>IF(A1="e",1,2)</f>',
            "<f>A1</f ><v>1</v >",
            "<f><![CDATA[A1]]></f><v>1</v>",
            '<v xml:space="preserve"> </v>',
        ),
    ]
)
NAMES = st.sampled_from(["c"] * 30 + ["x:c"])
CELLS = st.tuples(
    st.integers(1, 60), NAMES, ATTRIBUTES, CONTENTS, st.sampled_from(["r"] * 20 + ["none", "single", "last"])
)
ROWS = st.lists(
    st.tuples(st.integers(1, 1200), st.lists(CELLS, max_size=6), st.sampled_from(["r"] * 10 + ["none", "ht"]))
)


def cell_xml(row: int, cell: tuple[int, str, str, str, str]) -> str:
    column, name, attributes, content, place = cell
    at = f"{letters(column)}{row}"
    start = {
        "r": f'{name} r="{at}"{attributes}',
        "none": f"{name}{attributes}",
        "single": f"{name} r='{at}'{attributes}",
        "last": f'{name}{attributes}\n r="{at}"',
    }[place]
    return f"<{start}>{content}</{name}>" if content else f"<{start}/>"


def row_xml(row: int, cells: list[tuple[int, str, str, str, str]], form: str) -> str:
    start = {"r": f'row r="{row}" ht="12"', "none": "row", "ht": f'row ht="12" r="{row}"'}[form]
    return f"<{start}>{''.join(cell_xml(row, cell) for cell in cells)}</row>"


@given(ROWS, st.integers(1, 300), st.sampled_from(["", '<mergeCells count="1"><mergeCell ref="B2:C3"/></mergeCells>']))
@example([(5, [(27, "c", ' t="e"', "<v>#N/A</v>", "r")], "r")], 10, "")
def test_the_fast_pass_agrees_with_the_exact_one(
    rows: list[tuple[int, list[tuple[int, str, str, str, str]], str]], size: int, after: str
) -> None:
    assert_agree("".join(row_xml(*row) for row in rows), size, after)


@pytest.mark.parametrize("seed", range(20))
def test_usual_sheets_never_need_the_exact_pass(seed: int) -> None:
    chance = random.Random(seed)
    attributes = ["", ' s="4"', ' t="e"']
    contents = ["<v>1</v>", "<f>A1</f><v>1</v>", "<f>A1</f>", "", "<is><t>a</t></is>"]
    rows = "".join(
        f'<row r="{row}" spans="1:9" x14ac:dyDescent="0.2">'
        + "".join(
            f'<c r="{letters(column)}{row}"{chance.choice(attributes)}>{chance.choice(contents)}</c>'
            for column in range(1, chance.randint(1, 90))
        )
        + "</row>"
        for row in range(1, chance.randint(2, 300))
    ).replace("x14ac:dyDescent", "dyDescent")
    fast, slow = scan(rows, size=chance.randint(50, 5000)), exact(rows)
    assert (fast.error_cells, fast.uncached_cells) == (slow.error_cells, slow.uncached_cells)
    assert slow.rows <= fast.rows <= max(9, 3 * slow.rows)
    assert fast.columns >= slow.columns


@pytest.mark.parametrize(
    "xml",
    [
        sheet_xml('<row><c r="A1"><v>1</v></c></row>'),
        sheet_xml('<row r="1"><c><v>1</v></c></row>'),
        sheet_xml("<row r='1'><c r='A1'><v>1</v></c></row>"),
        sheet_xml('<row r="1"><c  r="A1"><v>1</v></c></row>'),
        sheet_xml('<row r="1"><c r="a1"><v>1</v></c></row>'),
        sheet_xml('<row r="1"><y:c r="A1"><v>1</v></y:c></row>'),
        sheet_xml('<row r="1"><c r="A1"><v>1</v></c></row><!-- -->'),
        sheet_xml('<row r="1"><c r="A1"><v>1</v></c></row>', "<sheetData/>"),
        sheet_xml('<row r="1"><c r="A1"><v>1</v></c></row>').replace("worksheet", "x:worksheet"),
        '<?xml version="1.0" encoding="GBK"?>' + sheet_xml('<row r="1"/>'),
        "<!DOCTYPE x>" + sheet_xml('<row r="1"/>'),
        "<worksheet><sheetData><row r='1'>",
        "<worksheet></worksheet>",
        "",
    ],
)
def test_what_is_unusual_is_left_to_the_exact_pass(xml: str) -> None:
    with pytest.raises(Unusual):
        scan_sheet(in_chunks(xml))


def test_a_cell_far_from_its_row_widens_the_bounds() -> None:
    found = scan('<row r="1"><c r="A1"><v>1</v></c><c r="XFD1048576"><v>1</v></c></row>')
    assert found.rows >= 1_048_576
    assert found.columns == 16_384


def test_a_sheet_without_rows_has_no_bounds() -> None:
    empty = scan_sheet([b'<worksheet xmlns="x"><sheetData/></worksheet>'])
    assert (empty.rows, empty.columns, empty.cells) == (0, 0, 0)
    assert scan("").cells == 0


def test_cells_without_address_follow_one_another() -> None:
    rows = '<row><c t="e"/><c r="E9" t="e"/><c t="e"/></row><row><c t="e"/></row><row r="7"/><row><c t="e"/></row>'
    assert exact(rows).error_cells == {(1, 1), (9, 5), (1, 6), (2, 1), (8, 1)}


def test_prefixed_and_utf16_sheets_are_read_exactly() -> None:
    rows = '<x:sheetData><x:row r="3"><x:c r="B3" t="e"/></x:row></x:sheetData>'
    xml = f'<?xml version="1.0" encoding="UTF-16"?><x:worksheet xmlns:x="u">{rows}</x:worksheet>'
    assert scan_exactly([xml.encode("utf-16")]).error_cells == {(3, 2)}


def test_blank_cells_with_a_style_do_not_count_in_the_exact_pass() -> None:
    found = exact('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576" s="3"/></row>')
    assert (found.rows, found.columns, found.cells) == (1, 1, 1)


def test_merged_ranges_are_found() -> None:
    after = '<mergeCells count="2"><mergeCell ref="A1:C1"/><mergeCell ref="B2:B4"/></mergeCells>'
    assert scan('<row r="1"/>', after).merged == exact('<row r="1"/>', after).merged == [(1, 1, 1, 3), (2, 2, 4, 2)]


def test_a_dtd_and_broken_xml_are_told_apart() -> None:
    with pytest.raises(DoctypeFound):
        scan_exactly([b'<!DOCTYPE a [<!ENTITY b "c">]>', sheet_xml("").encode()])
    for bad in ("<worksheet><sheetData>", sheet_xml('<row r="1"><c r="XFE1"/></row>'), sheet_xml('<row r="0"/>')):
        with pytest.raises(BadSheet):
            scan_exactly([bad.encode()])


@given(st.integers(1, 16_384), st.integers(1, 1_048_576))
def test_references_come_back(column: int, row: int) -> None:
    name = letters(column)
    assert column_number(name) == column
    assert parse_cell(f"{name}{row}") == parse_cell(f"${name}${row}") == (row, column)


@pytest.mark.parametrize("text", ["", "A", "1", "A0", "XFE1", "A1048577", "A1:B", "A1:B2:C3", "AAAA1", "a b"])
def test_what_is_no_reference_is_none(text: str) -> None:
    assert parse_range(text) is None
