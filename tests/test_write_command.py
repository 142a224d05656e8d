"""`write` from words to files: every paper is sound, every leak is withheld, nothing is overwritten."""

from __future__ import annotations

import re
import shutil
import zipfile
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from openpyxl import load_workbook

from tests.support.commands import AS_OF, Ran, program
from tests.support.office import (
    assert_office_file,
    assert_rendered,
    opens_in_libreoffice,
    pdf_pages,
    requires_libreoffice,
)
from tests.support.photos import camera_photo
from xl_liushou.app.demo import PAPERS as DEMO_PAPERS
from xl_liushou.documents.catalogue import PAPERS
from xl_liushou.documents.festivals import FESTIVALS


def written(document: str, book: Path, *more: str | Path) -> Ran:
    return program("write", document, book, "--as-of", AS_OF, "--json", *more)


@pytest.fixture
def book(demo_book: Path, tmp_path: Path) -> Path:
    """A copy of the demo workbook in a folder of its own."""
    copy = tmp_path / "关爱台账.xlsx"
    shutil.copy(demo_book, copy)
    return copy


ASKED = {"visit-form": "HD02", "volunteer-card": "HD02", "supplies-receipt": "HD02"}
"""The demo school's campaign of home visits; its third group has a volunteer who is not cleared."""


@pytest.mark.parametrize("document", PAPERS)
@requires_libreoffice
def test_every_paper_is_sound(book: Path, document: str) -> None:
    asked = ("--campaign", ASKED[document]) if document in ASKED else ("--class", "三年级1班")
    ran = written(document, book, *asked)
    assert {one["code"] for one in ran.json["blocked"]} <= {"D806"}
    assert ran.code == bool(ran.json["blocked"]), ran.err
    files = ran.json["files"]
    assert files
    for file in files:
        path = Path(file["path"])
        assert_office_file(path)
        assert_rendered(path)
        assert "留守" not in path.name
        assert "留守" not in (Document(str(path)).core_properties.title or "")
    opens_in_libreoffice(Path(files[0]["path"]))


def test_the_json_keeps_its_promise(book: Path) -> None:
    result = written("parent-letter", book, "--class", "三年级1班").json
    assert result["command"] == "write"
    assert re.fullmatch(r"\d{8}-\d{6}-[0-9a-f]{6}", result["run"])
    for file in result["files"]:
        assert set(file) == {"path", "child", "children", "family", "recipients"}
        assert Path(file["path"]).is_absolute()
        assert file["children"]
        assert file["recipients"]
    assert result["blocked"] == []


def test_papers_go_to_a_fresh_folder_each_time(book: Path) -> None:
    folders = {written("archive-card", book, "--class", "三年级1班").json["folder"] for _ in range(2)}
    assert len(folders) == 2
    assert all(Path(folder).parent == book.parent / "输出" for folder in folders)


def test_out_and_name(book: Path, tmp_path: Path) -> None:
    out = tmp_path / "打印"
    result = written("archive-card", book, "--class", "三年级1班", "--out", out, "--name", "{姓名}").json
    names = [Path(file["path"]).name for file in result["files"]]
    assert all(Path(file["path"]).parent == out for file in result["files"])
    assert not any("档案卡" in name for name in names)
    again = written("archive-card", book, "--class", "三年级1班", "--out", out, "--name", "{姓名}").json
    assert not {file["path"] for file in again["files"]} & {file["path"] for file in result["files"]}


def test_the_same_workbook_and_day_give_the_same_papers(book: Path, tmp_path: Path) -> None:
    for name in ("a", "b"):
        written("parent-letter", book, "--class", "三年级1班", "--out", tmp_path / name)
    first = {path.name: path.read_bytes() for path in (tmp_path / "a").iterdir()}
    assert first == {path.name: path.read_bytes() for path in (tmp_path / "b").iterdir()}


def with_leak(book: Path) -> tuple[str, dict[str, Any]]:
    """Writes another child's name into the comment of a child; returns the child and its letter as it was."""
    file = written("parent-letter", book, "--class", "三年级1班").json["files"][0]
    child = file["children"][0]
    workbook = load_workbook(book)
    roster, files = workbook["花名册"], workbook["档案"]
    other = next(row[1].value for row in roster.iter_rows(min_row=2) if row[0].value not in file["children"])
    row = next(row for row in files.iter_rows(min_row=2) if row[0].value == child)
    row[3].value = f"最近常和{other}一起写作业"
    workbook.save(book)
    return child, file


def test_a_letter_with_another_childs_name_is_withheld_until_released(book: Path) -> None:
    child, file = with_leak(book)
    ran = written("parent-letter", book, "--child", child)
    assert ran.code == 1
    blocked = ran.json["blocked"]
    assert {one["code"] for one in blocked} == {"D802"}
    assert "学习评语" in blocked[0]["message"]
    assert ran.json["files"] == []
    released = written("parent-letter", book, "--child", child, "--release", child)
    assert released.code == 0
    assert len(released.json["files"]) == len(blocked)
    assert file["children"] == released.json["files"][0]["children"]


def test_a_slip_with_another_familys_name_is_withheld(book: Path) -> None:
    file = next(one for one in written("supplies-receipt", book, "--campaign", "HD02").json["files"] if one["child"])
    workbook = load_workbook(book)
    roster, supplies = workbook["花名册"], workbook["关爱物资"]
    other = next(row[1].value for row in roster.iter_rows(min_row=2) if row[0].value not in file["children"])
    for row in supplies.iter_rows(min_row=2):
        if row[2].value == file["child"]:
            row[4].value = f"{other}同款书包"
    workbook.save(book)
    ran = written("supplies-receipt", book, "--child", file["child"], "--campaign", "HD02")
    assert [(one["child"], one["code"]) for one in ran.json["blocked"]] == [(file["child"], "D802")]
    assert "名称" in ran.json["blocked"][0]["message"]


def test_no_form_of_the_whole_demo_school_is_withheld_for_a_leak(book: Path) -> None:
    for paper in ("consent-form", "supplies-receipt"):
        assert written(paper, book).json["blocked"] == []


def test_a_child_named_with_a_word_of_the_letter_itself_blocks_no_other_letter(book: Path) -> None:
    file = written("parent-letter", book, "--class", "三年级1班").json["files"][0]
    workbook = load_workbook(book)
    rows = workbook["花名册"].iter_rows(min_row=2)
    others = [row for row in rows if row[0].value and row[0].value not in file["children"]]
    for row, name in zip(others, ("平安", "安全", "方便", "高兴", "关心", "帮扶", "健康", "云岭"), strict=False):
        row[1].value = name
    workbook.save(book)
    for paper in ("parent-letter", "child-letter", "consent-form"):
        assert written(paper, book, "--child", file["children"][0]).json["blocked"] == []


@pytest.mark.parametrize(("asked", "name"), [("中秋", "中秋"), ("端午节", "端午"), ("next", "春节")])
def test_a_festival_letter_says_for_which_festival(book: Path, asked: str, name: str) -> None:
    result = written("child-letter", book, "--class", "三年级1班", "--festival", asked).json
    assert result["festival"]["name"] == name
    assert result["festival"]["day"] > AS_OF
    assert result["files"]
    text = "".join(one.text for one in Document(result["files"][0]["path"]).paragraphs)
    assert f"{int(result['festival']['day'][:4])}年" in text
    assert name in program("write", "child-letter", book, "--as-of", AS_OF, "--festival", asked).out


@pytest.mark.parametrize(
    ("document", "asked", "told"), [("child-letter", "冬至", "重阳"), ("roster", "中秋", "child-letter")]
)
def test_a_festival_that_does_not_fit_is_told(book: Path, document: str, asked: str, told: str) -> None:
    ran = written(document, book, "--festival", asked)
    assert ran.code == 2
    assert told in ran.json["error"]["message"]


@pytest.mark.parametrize("festival", FESTIVALS)
@requires_libreoffice
def test_every_festival_letter_is_one_sound_page(book: Path, festival: str) -> None:
    result = written("child-letter", book, "--festival", festival).json
    assert result["blocked"] == []
    youngest, oldest = (Path(result["files"][place]["path"]) for place in (0, -1))
    for path in (youngest, oldest):
        assert_office_file(path)
        assert_rendered(path)
        assert len(pdf_pages(path)) == 1


def test_photos_are_shown_and_missing_ones_named(book: Path) -> None:
    folder = book.parent / "照片"
    folder.mkdir()
    (folder / "主题班会-三年级1班-1.JPG").write_bytes(camera_photo(orientation=6))
    (folder / "主题班会-三年级1班-2.jpg").write_bytes(b"?")
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    ran = written("campaign-report", book, "--campaign", "HD01")
    assert ran.code == 0
    document = Document(ran.json["files"][0]["path"])
    assert len(document.inline_shapes) == 1 + 1  # and a chart
    notes = "\n".join(ran.json["notes"])
    assert "主题班会-三年级1班-2.jpg。" in notes
    assert "没有找到这些照片：主题班会-一年级1班-1.jpg、" in notes
    assert "没有照片同意" in notes
    assert any("另有照片：主题班会-一年级1班-1.jpg、" in one.text for one in document.paragraphs)
    assert before == {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_card_shows_the_child_only_with_consent(book: Path) -> None:
    children = {one["child"]: one for one in written("archive-card", book).json["files"]}
    (book.parent / "照片").mkdir()
    for child in children:
        (book.parent / "照片" / f"{child}.jpg").write_bytes(camera_photo(orientation=3))
    rows = load_workbook(book)["花名册"].iter_rows(values_only=True)
    head = next(rows)
    agreed = {str(row[0]) for row in rows if (row[head.index("照片同意")], row[head.index("同意书")]) == ("是", "已签")}
    files = written("archive-card", book).json["files"]
    shown = {one["child"] for one in files if Document(one["path"]).inline_shapes}
    assert shown == agreed & set(children)
    assert set(children) - shown
    assert not any(b"SECRETPHONE" in part for one in files for part in parts_of(Path(one["path"])))


def parts_of(path: Path) -> list[bytes]:
    with zipfile.ZipFile(path) as package:
        return [package.read(name) for name in package.namelist()]


def test_an_unknown_campaign_is_told(book: Path) -> None:
    ran = written("campaign-plan", book, "--campaign", "没有")
    assert ran.code == 2
    assert "没有" in ran.json["error"]["message"]


def test_the_list_of_papers_needs_no_workbook() -> None:
    ran = program("write", "--list", "--json")
    assert ran.code == 0
    assert {one["name"] for one in ran.json["documents"]} == set(PAPERS)
    assert "档案卡" in program("write", "--list").out


def test_the_demo_does_the_main_job(tmp_path: Path) -> None:
    ran = program("demo", tmp_path / "演示", "--as-of", AS_OF, "--json")
    assert ran.code == 0, ran.err
    steps = ran.json["steps"]
    assert [step["name"] for step in steps] == ["new", "check", "overdue", *DEMO_PAPERS]
    assert all(step["ok"] and step["summary"] and step["seconds"] >= 0 for step in steps)
    files = [Path(path) for path in ran.json["files"]]
    assert files[0].name == "关爱台账.xlsx"
    assert len(files) > 100
    assert all(path.is_file() for path in files)
    (report,) = (path for path in files if path.name == "活动总结-书信电话主题月.docx")
    assert len(Document(str(report)).inline_shapes) == 18 + 1  # photos and a chart
    cards = [path for path in files if path.name.startswith("档案卡")]
    assert sum(len(Document(str(path)).inline_shapes) for path in cards) > len(cards) / 2
