"""`write --one-file`, `--pdf` and `--preview`: what is printed is what was written, and nothing is left behind."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections import Counter
from pathlib import Path

import pytest
from docx import Document

from tests.support.commands import AS_OF, Ran, program
from tests.support.office import assert_office_file, assert_rendered, pdf_pages, requires_libreoffice
from tests.support.samples import sound_document
from xl_liushou.adapters import pdf_maker
from xl_liushou.adapters.pdf_maker import has_pages, pdfs
from xl_liushou.adapters.state import TEMPORARY, locked
from xl_liushou.core.errors import NoPdfProgram


def written(document: str, book: Path, *more: str | Path, **env: str) -> Ran:
    return program("write", document, book, "--as-of", AS_OF, "--json", *more, env=env)


@pytest.fixture
def book(demo_book: Path, tmp_path: Path) -> Path:
    """A copy of the demo workbook, in a folder with a Chinese name."""
    copy = tmp_path / "台账夹" / "关爱台账.xlsx"
    copy.parent.mkdir()
    shutil.copy(demo_book, copy)
    return copy


def strays(book: Path) -> list[str]:
    return [path.name for path in (book.parent / ".liushou").iterdir() if path.name.startswith(TEMPORARY)]


def squeezed(page: str) -> str:
    return re.sub(r"\s", "", page)


@requires_libreoffice
@pytest.mark.parametrize(
    ("document", "asked"),
    [
        ("parent-letter", ("--grade", "五年级")),
        ("consent-form", ("--class", "三年级1班")),
        ("roster", ("--class", "三年级1班", "--class", "二年级1班")),
        ("overdue-notice", ()),
    ],
)
def test_the_pages_of_one_file_are_those_of_the_single_papers(
    book: Path, document: str, asked: tuple[str, ...]
) -> None:
    single = written(document, book, *asked, "--pdf").json["files"]
    (whole,) = written(document, book, *asked, "--one-file", "--pdf").json["files"]
    assert_office_file(Path(whole["path"]))
    assert_rendered(Path(whole["path"]))
    pages = [squeezed(page) for file in single for page in pdf_pages(Path(file["pdf"]))]
    printed = [squeezed(page) for page in pdf_pages(Path(whole["pdf"]))]
    begin = pages[0][:5]
    assert [(page.startswith(begin), page[-3:]) for page in printed] == [
        (page.startswith(begin), page[-3:]) for page in pages
    ]
    assert Counter("".join(printed)) == Counter("".join(pages))
    assert whole["child"] is None
    assert whole["papers"] == [{key: file[key] for key in whole["papers"][0]} for file in single]
    assert whole["children"] == list(dict.fromkeys(child for file in single for child in file["children"]))
    assert strays(book) == []


@requires_libreoffice
def test_each_template_of_a_run_has_a_file_of_its_own(book: Path) -> None:
    ran = written("visit-form", book, "--campaign", "HD02", "--one-file")
    names = [Path(file["path"]).name for file in ran.json["files"]]
    assert sorted(names) == ["入户走访登记表-全部.docx", "走访带队表-全部.docx"]
    for file in ran.json["files"]:
        assert_office_file(Path(file["path"]))


def test_the_whole_of_one_class_is_named_after_it_and_alone_in_its_folder(book: Path) -> None:
    ran = written("archive-card", book, "--class", "三年级1班", "--one-file")
    (file,) = ran.json["files"]
    assert [path.name for path in Path(ran.json["folder"]).iterdir()] == ["档案卡-三年级1班-全部.docx"]
    assert len(Document(file["path"]).sections) == len(file["papers"])


def test_every_letter_of_one_file_has_its_line_in_the_send_log_and_is_undone_with_it(book: Path) -> None:
    from openpyxl import load_workbook

    (file,) = written("parent-letter", book, "--class", "三年级1班", "--one-file").json["files"]
    rows = [row for row in load_workbook(book)["发送记录"].iter_rows(values_only=True) if "家长通报信" in row]
    assert len(rows) == len(file["papers"])
    assert all(any(str(value).endswith("家长通报信-三年级1班-全部.docx") for value in row) for row in rows)
    undone = program("undo", book, "last", "--json")
    assert undone.code == 0, undone.err
    assert [Path(path).name for path in undone.json["set_aside"]] == [Path(file["path"]).name]


@requires_libreoffice
def test_a_pdf_names_nobody_and_is_undone_with_its_paper(book: Path) -> None:
    files = written("parent-letter", book, "--class", "三年级1班", "--pdf", LC_ALL="C").json["files"]
    for file in files:
        assert Path(file["pdf"]) == Path(file["path"]).with_suffix(".pdf")
        assert has_pages(Path(file["pdf"]).read_bytes())
    told = subprocess.run(["pdfinfo", files[0]["pdf"]], capture_output=True, text=True, check=True).stdout
    assert "Author" not in told
    assert "留守" not in told
    assert len(program("undo", book, "last", "--json").json["set_aside"]) == 2 * len(files)


@requires_libreoffice
def test_the_author_of_a_school_s_own_template_is_in_no_pdf(tmp_path: Path) -> None:
    paper = sound_document(tmp_path / "paper.docx", "信")
    document = Document(str(paper))
    document.core_properties.author = document.core_properties.last_modified_by = "虚构的老师"
    document.core_properties.title = "致留守儿童家长的信"
    document.save(str(paper))
    work = tmp_path / "work"
    work.mkdir()
    ((_, made),) = pdfs([paper], work)
    pdf = tmp_path / "paper.pdf"
    pdf.write_bytes(made or b"")
    told = subprocess.run(["pdfinfo", "-enc", "UTF-8", str(pdf)], capture_output=True, check=True).stdout.decode()
    assert "致儿童家长的信" in told
    assert "虚构的老师" not in told


def test_without_a_program_for_pdf_the_papers_are_there_and_it_is_said(book: Path, tmp_path: Path) -> None:
    ran = written("archive-card", book, "--class", "三年级1班", "--pdf", PATH=str(tmp_path))
    assert ran.code == 2
    assert ran.json["error"]["code"] == "no-pdf-program"
    assert "LibreOffice" in ran.json["error"]["message"]
    assert all(Path(file["path"]).is_file() and file["pdf"] is None for file in ran.json["files"])
    assert ran.json["run"]
    assert strays(book) == []


def test_a_program_that_makes_nothing_is_told_by_the_papers_it_failed(book: Path, tmp_path: Path) -> None:
    fake = tmp_path / "soffice"
    fake.write_text("#!/bin/sh\nexit 1\n")
    fake.chmod(0o755)
    ran = written("archive-card", book, "--class", "三年级1班", "--pdf", PATH=str(tmp_path))
    assert ran.code == 1
    assert ran.json["error"]["code"] == "pdf-not-made"
    assert all(Path(file["path"]).is_file() for file in ran.json["files"])


def test_a_preview_changes_nothing_and_tells_the_same_papers(book: Path, tmp_path: Path) -> None:
    before = book.read_bytes()
    ran = written("parent-letter", book, "--class", "三年级1班", "--preview", PATH=str(tmp_path))
    assert ran.code == 0
    assert ran.json["preview"] is None
    assert ran.json["run"] is None
    assert book.read_bytes() == before
    assert program("runs", book, "--json").json["runs"] == []
    assert not (book.parent / "输出").exists()
    files = written("parent-letter", book, "--class", "三年级1班").json["files"]
    told = ran.json["papers"]
    assert [one["file"] for one in told] == [Path(file["path"]).name for file in files]
    assert [one["recipients"] for one in told] == [file["recipients"] for file in files]
    assert all(one["for"] and one["class"] == "三年级1班" for one in told)


@requires_libreoffice
def test_a_preview_draws_the_first_page_where_papers_go(book: Path, tmp_path: Path) -> None:
    ran = written("parent-letter", book, "--class", "三年级1班", "--preview", "--out", tmp_path / "看")
    picture = Path(ran.json["preview"])
    assert [picture] == list((tmp_path / "看").iterdir())
    assert picture.read_bytes().startswith(b"\x89PNG")
    assert any("删掉" in note for note in ran.json["notes"])
    assert strays(book) == []


def test_a_preview_tells_what_would_be_withheld(book: Path) -> None:
    ran = written("visit-form", book, "--campaign", "HD02", "--preview")
    assert ran.code == 1
    assert {one["code"] for one in ran.json["blocked"]} == {"D806"}


def test_what_a_killed_run_left_is_cleaned_by_the_next(book: Path) -> None:
    with locked(book.parent) as state:
        left = state.temporary("20261123-080000-000000-pdf")
    (left / "profile").mkdir(parents=True)
    (left / "0001.docx").write_text("信")
    assert written("archive-card", book, "--class", "三年级1班").code == 0
    assert strays(book) == []


@requires_libreoffice
def test_nothing_but_the_profile_is_left_in_the_work_folder(tmp_path: Path) -> None:
    work = tmp_path / "work"
    work.mkdir()
    papers = [sound_document(tmp_path / f"{name}.docx", name) for name in ("甲", "乙")]
    assert [bool(made) for _, made in pdfs(papers, work)] == [True, True]
    assert [path.name for path in work.iterdir() if path.suffix in {".docx", ".pdf"}] == []


@pytest.mark.skipif(os.name == "nt", reason="the program of the test is a shell script")
def test_a_program_that_hangs_is_ended_with_what_it_started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake = tmp_path / "soffice"
    fake.write_text(f"#!/bin/sh\nsleep 600 &\necho $! > '{tmp_path}/child'\nwait\n")
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    monkeypatch.setattr(pdf_maker, "_PATIENCE", 1)
    work = tmp_path / "work"
    work.mkdir()
    paper = sound_document(tmp_path / "paper.docx")
    assert list(pdfs([paper], work)) == [(paper, None)]
    assert not running(int((tmp_path / "child").read_text()))


def running(process: int) -> bool:
    """Whether a process is there and has not ended (a zombie has)."""
    told = subprocess.run(["ps", "-o", "stat=", "-p", str(process)], capture_output=True, text=True, check=False)
    return bool(told.stdout.strip()) and not told.stdout.startswith("Z")


def test_no_program_is_told_before_anything_is_copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NoPdfProgram, match="LibreOffice"):
        list(pdfs([tmp_path / "none.docx"], tmp_path))


@pytest.mark.parametrize(
    ("data", "found"),
    [(b"%PDF-1.6 /Type /Page /x", True), (b"%PDF-1.6 /Type/Pages/Count 0", False), (b"", False), (b"PK", False)],
)
def test_a_pdf_without_a_page_is_none(data: bytes, found: bool) -> None:
    assert has_pages(data) is found
