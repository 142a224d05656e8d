"""`check --format xlsx`: a list to print for each class teacher, whose places lead back to the cells."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote

import openpyxl
import pytest

from tests.support.commands import AS_OF, program
from tests.support.office import assert_office_file, opens_in_libreoffice, requires_libreoffice
from tests.support.sound_school import school_file

Made = tuple[Path, Path, list[dict[str, object]]]
CHANGES = {
    ("花名册", 1, "性别"): "男生",
    ("花名册", 3, "建档日期"): "2026.9.1",
    ("联系记录", 1, "类型"): "=谈心",
}


@pytest.fixture
def made(tmp_path: Path) -> Made:
    """The checked workbook, the list, and the findings as JSON."""
    folder = tmp_path / "一个 文件夹"
    folder.mkdir()
    book = school_file(folder, change=CHANGES)
    result = program("check", book, "--format", "xlsx", "--as-of", AS_OF, "--json").json
    (file,) = result["files"]
    return book, Path(file), result["findings"]


def test_every_finding_stands_on_the_list_of_its_class_and_leads_to_its_cell(
    made: Made,
) -> None:
    book, path, findings = made
    loaded = openpyxl.load_workbook(path)
    assert loaded.sheetnames[0] == "总览"
    assert {"三年级1班", "五年级2班"} <= set(loaded.sheetnames)
    told = []
    for sheet in loaded.worksheets[1:]:
        for row in sheet.iter_rows(min_row=4):
            told.append((row[3].value, row[1].value, row[5].value))
            link = row[1].hyperlink
            assert link
            assert link.target
            assert link.location
            assert (path.parent / unquote(link.target)).resolve() == book.resolve()
            assert link.location.replace("'", "") == row[1].value
            assert all(cell.data_type != "f" for cell in row)
    expected = [(one["code"], f"{one['sheet']}!{one['cell']}", one["message"]) for one in findings]
    assert sorted(told) == sorted(expected)


def test_a_class_sees_its_own_findings_only(made: Made) -> None:
    loaded = openpyxl.load_workbook(made[1])
    assert [row[3].value for row in loaded["五年级2班"].iter_rows(min_row=4)] == ["C105"]


def test_it_is_sound_and_never_overwritten(made: Made) -> None:
    book, path, _ = made
    assert_office_file(path)
    again = program("check", book, "--format", "xlsx", "--as-of", AS_OF, "--out", path.parent, "--json").json
    assert Path(again["files"][0]).name == "校验结果-2.xlsx"


def test_where_the_list_cannot_be_written_the_findings_are_told_all_the_same(tmp_path: Path) -> None:
    book = school_file(tmp_path, change=CHANGES)
    ran = program("check", book, "--format", "xlsx", "--as-of", AS_OF, "--out", "/proc/nowhere", "--json")
    assert ran.json["error"]["code"]
    assert {one["code"] for one in ran.json["findings"]} == {"C103", "C105"}
    assert "files" not in ran.json


@requires_libreoffice
def test_libreoffice_opens_it(made: Made) -> None:
    opens_in_libreoffice(made[1])
