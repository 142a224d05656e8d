"""Folders that take nothing: a full disk, a read-only one, one of another user, one in which rename fails."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.support.campaigns import MODES, SCENES, campaign, is_long, needs_fork

pytestmark = needs_fork


@pytest.mark.slow
@pytest.mark.parametrize("scene", SCENES)
def test_a_disk_with_so_many_free_pages(tmp_path: Path, request: pytest.FixtureRequest, scene: str) -> None:
    seen = campaign("fill_disk", tmp_path, scene, "exchange", every=1 if is_long(request) else 9)
    assert seen.problems == []
    assert set(seen.counts) == {"cannot-save", "written", "old", "new"}


@pytest.mark.parametrize("scene", ["write", "undo"])
def test_a_read_only_disk_lets_one_read(tmp_path: Path, scene: str) -> None:
    seen = campaign("read_only", tmp_path, scene, "exchange")
    assert seen.problems == []
    assert seen.counts == {"cannot-save": 1, "old": 1, "read": 3}


@pytest.mark.parametrize("scene", ["write", "undo"])
def test_a_folder_of_another_user_lets_one_read_the_workbook(scene: str) -> None:
    with TemporaryDirectory() as folder:  # nobody may look into pytest's own
        Path(folder).chmod(0o755)
        seen = campaign("of_another_user", Path(folder), scene, "exchange")
    assert seen.problems == []
    assert seen.counts["read"]
    assert seen.counts["old"] == 1


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("scene", ["write", "undo"])
def test_a_folder_in_which_rename_fails(tmp_path: Path, scene: str, mode: str) -> None:
    seen = campaign("without_rename", tmp_path, scene, mode)
    assert seen.problems == []
    assert seen.counts == {"cannot-save": 2, "old": 2}
