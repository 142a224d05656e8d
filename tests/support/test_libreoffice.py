"""LibreOffice opens what we call sound, prints it, and its absence is never overlooked in CI."""

from __future__ import annotations

from pathlib import Path

import pytest
from docx import Document

from tests.support import libreoffice
from tests.support.office import convert, opens_in_libreoffice, page_images, pdf_pages, requires_libreoffice
from tests.support.samples import sound_document, sound_workbook


@requires_libreoffice
def test_a_workbook_becomes_text(tmp_path: Path) -> None:
    table = convert(
        sound_workbook(tmp_path / "book.xlsx"), "csv:Text - txt - csv (StarCalc):44,34,76", tmp_path / "out"
    )
    assert table == tmp_path / "out" / "book.csv"
    assert "C1,甲,一班" in table.read_text(encoding="utf-8")


@requires_libreoffice
def test_sound_files_open(tmp_path: Path) -> None:
    workbook = sound_workbook(tmp_path / "book.xlsx")
    opens_in_libreoffice(workbook)
    opens_in_libreoffice(workbook.rename(tmp_path / "book.xlam"))
    opens_in_libreoffice(sound_document(tmp_path / "paper.docx"))


@requires_libreoffice
def test_pages_have_text_and_pictures(tmp_path: Path) -> None:
    paper = sound_document(tmp_path / "paper.docx", "第一页", "第二页")
    document = Document(str(paper))
    document.paragraphs[-1].paragraph_format.page_break_before = True
    document.save(str(paper))
    first, second = pdf_pages(paper)
    assert "第一页" in first
    assert "第二页" in second
    images = page_images(paper, tmp_path / "images")
    assert [image.name for image in images] == ["paper-1.png", "paper-2.png"]
    assert all(image.read_bytes().startswith(b"\x89PNG") for image in images)


@requires_libreoffice
def test_a_file_that_does_not_open_fails_with_its_name(tmp_path: Path) -> None:
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(b"PK\x03\x04 no zip at all")
    with pytest.raises(AssertionError, match=r"LibreOffice made no broken\.pdf"):
        convert(broken, "pdf", tmp_path / "out")


@requires_libreoffice
def test_a_conversion_that_hangs_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(libreoffice, "TIMEOUT_SECONDS", 0.05)
    with pytest.raises(AssertionError, match=r"no answer within 0\.05 s"):
        convert(sound_workbook(tmp_path / "book.xlsx"), "pdf", tmp_path / "out")


def test_a_conversion_never_overwrites_its_source(tmp_path: Path) -> None:
    workbook = sound_workbook(tmp_path / "book.xlsx")
    with pytest.raises(ValueError, match="overwrite"):
        convert(workbook, "xlsx", tmp_path)


@pytest.mark.parametrize(("ci", "skips"), [("", True), ("false", True), ("true", False), ("1", False)])
def test_without_libreoffice_tests_are_skipped_but_not_in_ci(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, ci: str, skips: bool
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("CI", ci)
    assert libreoffice.libreoffice() is None
    assert libreoffice.may_skip() is skips
    with pytest.raises(AssertionError, match="LibreOffice is not installed"):
        convert(tmp_path / "a.xlsx", "pdf", tmp_path / "out")
