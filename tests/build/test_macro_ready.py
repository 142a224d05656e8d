"""The master workbook as .xlsm: a place for a school's own macros, and none of ours in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.commands import AS_OF, program
from tests.support.office import assert_office_file, opens_in_libreoffice, requires_libreoffice
from tests.support.package import Package
from tests.support.vba_readers import modules, streams


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("宏") / "关爱台账.xlsm"
    made = program("new", path, "--demo", "--as-of", AS_OF)
    assert made.code == 0, made.err
    return path


def test_excel_would_take_it(book: Path) -> None:
    assert_office_file(book)


@requires_libreoffice
def test_libreoffice_opens_it(book: Path) -> None:
    opens_in_libreoffice(book)


def test_each_sheet_has_its_blank_module_and_nothing_else_is_there(book: Path) -> None:
    package = Package(book)
    (project,) = package.related("xl/workbook.xml", "vbaProject")
    sheets = package.related("xl/workbook.xml", "worksheet")
    names = {package.xml(sheet).find("{*}sheetPr").get("codeName") for sheet in sheets}  # type: ignore[union-attr]
    found = modules(package.parts[project])
    assert set(found) == names | {"ThisWorkbook"}
    assert len(names) == len(sheets)
    assert all(line.startswith("Attribute ") for text in found.values() for line in text.splitlines())
    assert streams(package.parts[project])["VBA/_VBA_PROJECT"] == bytes.fromhex("cc61ffff000000")
    assert not [name for name in package.parts if name.startswith("customUI")]


def test_the_project_survives_what_check_writes_into_the_workbook(book: Path) -> None:
    before = Package(book).parts["xl/vbaProject.bin"]
    assert program("check", book, "--as-of", AS_OF, "--write").code in {0, 1}
    assert Package(book).parts["xl/vbaProject.bin"] == before
    assert_office_file(book)


def test_an_xlsx_has_no_project(tmp_path: Path) -> None:
    path = tmp_path / "关爱台账.xlsx"
    assert program("new", path).code == 0
    assert not [name for name in Package(path).parts if "vba" in name]
