"""Rosters as schools make them are imported with no wrong value; what is uncertain is a doubt."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from tests.adapters.binary_book import binary_workbook
from tests.exchange.layouts import LAYOUTS, Layout
from tests.support.libreoffice import convert, requires_libreoffice
from tests.support.makers import Grid, by_xlsxwriter
from tests.support.schools import school_of
from tests.support.workbooks import TODAY, save, text_rows
from xl_liushou.adapters.roster_file import read_roster
from xl_liushou.exchange.model import Roster
from xl_liushou.routines.import_rosters import plan
from xl_liushou.routines.inputs import Inputs
from xl_liushou.schema.sheets import SHEETS

CONVERTED = {"xls", "ods"}
ORDER = {schema.title: [column.title for column in schema.columns] for schema in SHEETS}


def made(layout: Layout, folder: Path) -> Path:
    """The layout as a file."""
    path = _made(layout, folder)
    return path.rename(path.with_stem(layout.file or "名册"))


def _made(layout: Layout, folder: Path) -> Path:
    rows = {title: text_rows(text) for title, text in layout.sheets.items()}
    name = next(iter(rows))
    if layout.kind == "xlsxwriter":
        return by_xlsxwriter(Grid(name, rows[name], layout.merged.get(name, ()), layout.hidden), folder)
    if layout.kind == "xlsb":
        width = max(map(len, rows[name]))
        full = [[cell or "" for cell in (*row, *[""] * (width - len(row)))] for row in rows[name]]
        return binary_workbook(folder / "名册.xlsb", name, full)
    if "-" in layout.kind:
        kind, _, codec = layout.kind.partition("-")
        path = folder / f"名册.{kind}"
        with path.open("w", encoding=codec, newline="") as file:
            csv.writer(file, delimiter="\t" if kind == "tsv" else ",").writerows(map(_as_text, rows[name]))
        return path

    def edit(book: Workbook) -> None:
        for sheet in book.worksheets:
            for cells in layout.merged.get(sheet.title, ()):
                sheet.merge_cells(cells)
            for row in layout.hidden:
                sheet.row_dimensions[row].hidden = True

    path = save(folder, rows, suffix=".xlsm" if layout.kind == "xlsm" else ".xlsx", edit=edit)
    return convert(path, layout.kind, folder / "LibreOffice") if layout.kind in CONVERTED else path


def _as_text(row: list[Any]) -> list[str]:
    return ["" if cell is None else f"{cell:.0f}" if isinstance(cell, float) else str(cell) for cell in row]


def cases() -> list[Any]:
    return [
        pytest.param(one, id=one.name, marks=[requires_libreoffice] if one.kind in CONVERTED else []) for one in LAYOUTS
    ]


def imported(path: Path) -> Mapping[str, Any]:
    """What an import of a file into an empty school would do."""
    school = school_of({})
    return plan(Inputs(school, TODAY, rosters=[Roster(path.name, read_roster(path))])).report


def told(result: Mapping[str, Any]) -> list[str]:
    """The added rows as the layouts write them."""
    names = {one["key"]: one["values"]["姓名"] for one in result["added"] if one["sheet"] == "花名册"}
    return [_line(one["sheet"], one["values"], names[one["child"]]) for one in result["added"]]


def _line(sheet: str, values: Mapping[str, str], child: str) -> str:
    keys = {"编号", "儿童编号", "关系"} | ({"姓名"} if sheet == "花名册" else set())
    rest = [f"{title}={values[title]}" for title in ORDER[sheet] if title in values and title not in keys]
    return " ".join([child if sheet == "花名册" else f"{child}·{values.get('关系', '')}", *rest])


def lines(text: str) -> list[str]:
    return [line.strip() for line in text.strip().splitlines() if line.strip()]


@pytest.mark.parametrize("layout", cases())
def test_a_layout_gives_its_rows_and_its_doubts(layout: Layout, tmp_path: Path) -> None:
    result = imported(made(layout, tmp_path))
    expected = [_in_order(line) for line in lines(layout.told)]
    assert sorted(told(result)) == sorted(expected)
    doubts = [(f"{one['sheet']}!{one['cell']}", one["message"]) for one in result["doubts"]]
    wanted = [tuple(line.split(" ", 1)) for line in lines(layout.doubts)]
    assert [place for place, _ in doubts] == [place for place, _ in wanted]
    for (_, message), (_, start) in zip(doubts, wanted, strict=True):
        assert message.startswith(start)
    left = [f"{one['title']}{'?' if one['why'] else ''}" for one in result["unmatched_columns"]]
    assert left == layout.unmatched.split()


def _in_order(line: str) -> str:
    """A line with its values in the order of the sheet, as `told` has them."""
    head, *rest = line.split(" ")
    order = ORDER["监护人" if "·" in head else "花名册"]
    return " ".join([head, *sorted(rest, key=lambda part: order.index(part.partition("=")[0]))])


def test_there_are_thirty_layouts_by_several_programs() -> None:
    assert len(LAYOUTS) >= 30
    assert len({one.name for one in LAYOUTS}) == len(LAYOUTS)
    assert {one.kind.partition("-")[0] for one in LAYOUTS} >= {
        "openpyxl",
        "xlsxwriter",
        "xls",
        "xlsb",
        "ods",
        "csv",
        "tsv",
    }
