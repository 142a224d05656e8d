"""Every paper of the whole demo school, with photos, single and in one file: all its parts are as Word wants them."""

from __future__ import annotations

from pathlib import Path

import pytest
from docx import Document

from tests.support.commands import AS_OF, program
from tests.support.office import assert_office_file, assert_rendered, own_problems
from xl_liushou.documents.catalogue import PAPERS

ASKED = {"visit-form": ("--campaign", "HD02"), "volunteer-card": ("--campaign", "HD02")}


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo workbook with its photos beside it."""
    made = program("demo", tmp_path_factory.mktemp("school"), "--as-of", AS_OF, "--json")
    assert made.code == 0, made.err
    return Path(made.json["files"][0])


def written(name: str, book: Path, out: Path, *more: str) -> list[Path]:
    ran = program("write", name, book, "--as-of", AS_OF, "--out", out, "--json", *ASKED.get(name, ()), *more)
    files = [Path(file["path"]) for file in ran.json["files"]]
    assert files, ran.err
    return files


@pytest.mark.parametrize("name", PAPERS)
def test_every_single_paper_is_sound_and_opens(name: str, school: Path, tmp_path: Path) -> None:
    for path in written(name, school, tmp_path):
        assert own_problems(path) == [], path.name
        assert_rendered(path)
        assert Document(str(path)).sections


@pytest.mark.parametrize("name", PAPERS)
def test_all_papers_in_one_file_are_sound_and_open(name: str, school: Path, tmp_path: Path) -> None:
    files = written(name, school, tmp_path, "--one-file")
    assert len(files) == 1 + len(PAPERS[name].companions)
    for path in files:
        assert_office_file(path)
        assert_rendered(path)
        assert Document(str(path)).sections
