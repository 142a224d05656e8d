"""登记 on the command line: a row begun for each child, the rest left to a person."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.support.commands import AS_OF, program


@pytest.fixture
def book(demo_book: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(demo_book, tmp_path))


def last_row(book: Path) -> dict[str, object]:
    rows = list(load_workbook(book)["联系记录"].iter_rows(values_only=True))
    filled = [row for row in rows if any(row)]
    return dict(zip(map(str, filled[0]), filled[-1], strict=True))


@pytest.mark.parametrize(("kind", "way"), [("谈心", "面谈"), ("通话", "电话")])
def test_a_record_is_begun_for_the_child(book: Path, kind: str, way: str) -> None:
    roster = load_workbook(book)["花名册"]
    child = str(roster.cell(2, [cell.value for cell in roster[1]].index("儿童编号") + 1).value)
    ran = program("log", book, "--kind", kind, "--child", child, "--as-of", AS_OF, "--json")
    assert ran.code == 0, ran.err
    assert ran.json["added"] == [{"child": child, "sheet": "联系记录"}]
    row = last_row(book)
    assert (row["儿童编号"], row["类型"], row["方式"], str(row["日期"])[:10]) == (child, kind, way, AS_OF)
    assert row["记录人"]
    assert bool(row["对象"]) == (kind == "通话")
    assert (row["结果"], row["摘要"]) == (None, None)


def test_without_a_child_it_asks_for_one(book: Path) -> None:
    before = book.read_bytes()
    ran = program("log", book, "--kind", "谈心", "--as-of", AS_OF)
    assert ran.code == 2
    assert "选中孩子" in ran.err
    assert book.read_bytes() == before
