"""Opening a master workbook reads our sheets only, and a workbook of others is told."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter

from tests.adapters.raw_book import book_parts, sheet_xml, zipped
from xl_liushou.app.opening import open_book
from xl_liushou.core.errors import UnusableInput
from xl_liushou.schema.sheets import Children

ROWS = (
    '<row r="1"><c r="A1" t="str"><v>儿童编号</v></c><c r="B1" t="str"><v>姓名</v></c></row>'
    '<row r="2"><c r="A2" t="str"><v>S001</v></c><c r="B2" t="str"><v>小明</v></c></row>'
)


def saved(folder: Path, title: str) -> Path:
    """A workbook with the roster under this title and a foreign sheet that cannot be read."""
    parts = book_parts(sheet_xml(ROWS), "this is no XML")
    parts["xl/workbook.xml"] = str(parts["xl/workbook.xml"]).replace('"S1"', f'"{title}"')
    path = folder / "b.xlsx"
    path.write_bytes(zipped(parts))
    return path


@pytest.mark.parametrize("title", ["花名册", " 花 名册", "花　名册"])
def test_a_foreign_sheet_is_not_read(tmp_path: Path, title: str) -> None:
    assert list(open_book(saved(tmp_path, title)).school[Children].child_id) == ["S001"]


def test_a_workbook_without_any_sheet_of_ours_is_told(tmp_path: Path) -> None:
    with pytest.raises(UnusableInput, match="没有台账的任何一张表"):
        open_book(saved(tmp_path, "别的"))


def test_a_sheet_with_one_of_our_tables_is_read_whatever_its_name(tmp_path: Path) -> None:
    path = tmp_path / "b.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("改了名")
        columns = [{"header": "儿童编号"}, {"header": "姓名"}]
        sheet.add_table("A1:B2", {"name": "花名册", "columns": columns, "data": [["S001", "小明"]]})
    assert list(open_book(path).school[Children].child_id) == ["S001"]
