"""The buttons where there is no Excel to speak to: WPS, which saves and starts Python with the file."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.live.clicking import ROOT
from tests.support.commands import NOBODY
from xl_liushou.adapters.hidden_rows import hidden_rows
from xl_liushou.app.buttons import BUTTONS
from xl_liushou.app.ribbon_groups import ribbon_groups

_WITH_WINDOWS = (
    "import runpy, tests.support.windows; runpy.run_module('xl_liushou.ribbon', run_name='__main__', alter_sys=True)"
)


def hexed(words: str) -> str:
    return words.encode("utf-16-be").hex()


def press(folder: Path, *words: str, answers: Any = ()) -> list[Any]:
    """Starts Python as the macros do; what the windows showed."""
    seen = folder / "seen.jsonl"
    environment = {**os.environ, **NOBODY, "PYTHONPATH": str(ROOT), "PATH": "", "ANSWERS": json.dumps(list(answers))}
    done = subprocess.run(
        [sys.executable, "-c", _WITH_WINDOWS, *words],
        cwd=folder, env={**environment, "SHOWN": str(seen)}, capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    return [json.loads(line) for line in seen.read_text(encoding="utf-8").splitlines()]


@pytest.fixture
def book(demo_book: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "学校 台账"
    folder.mkdir()
    return Path(shutil.copy(demo_book, folder))


def test_cards_for_the_rows_that_were_selected_and_can_be_seen(book: Path, tmp_path: Path) -> None:
    opened = load_workbook(book)
    opened["花名册"].row_dimensions[3].hidden = True
    opened.save(book)
    ((_, _, message),) = press(tmp_path, "archive-card", hexed(str(book)), hexed("花名册"), "2-3,5-5")
    assert "写出 2 份" in message
    assert len(list(book.parent.rglob("*.docx"))) == 2


def test_check_puts_its_findings_into_a_file_too(book: Path, tmp_path: Path) -> None:
    ((_, _, message),) = press(tmp_path, "check", hexed(str(book)), hexed("花名册"), "2-2")
    assert "校验" in message
    assert len(list(book.parent.rglob("校验结果*.xlsx"))) == 1


def test_a_form_is_asked_for_a_new_campaign(book: Path, tmp_path: Path) -> None:
    answers = [["志愿走访三阶段", "2026-12-01", "2026-12-31", "", ""]]
    form, told = press(tmp_path, "new-campaign", hexed(str(book)), hexed("活动"), "2-2", answers=answers)
    assert [line[0] for line in form[3]] == ["样式", "开始日期", "结束日期", "名称（可不填）", "主题（可不填）"]
    assert "新建活动" in told[2]


def test_rosters_are_picked_and_imported(book: Path, tmp_path: Path) -> None:
    roster = tmp_path / "三年级1班.csv"
    roster.write_text("姓名,性别,出生日期,年级,班级\n杨小禾,女,2017-05-06,三年级,1班\n", encoding="utf-8")
    pick, told = press(tmp_path, "import", hexed(str(book)), hexed("花名册"), "2-2", answers=[[str(roster)]])
    assert (pick[0], told[0]) == ("pick", "tell")
    assert "导入名册" in told[2]
    assert load_workbook(book)["花名册"]["B"][-1].value == "杨小禾"


def test_a_form_that_is_closed_does_nothing(book: Path, tmp_path: Path) -> None:
    before = book.read_bytes()
    (form,) = press(tmp_path, "campaign-plan", hexed(str(book)), hexed("活动"), "2-2", answers=[None])
    assert form[0] == "fill"
    assert book.read_bytes() == before


def test_without_a_workbook_it_says_so(tmp_path: Path) -> None:
    ((_, _, message),) = press(tmp_path, "check")
    assert "请先打开" in message


def test_help_needs_no_workbook(tmp_path: Path) -> None:
    ((_, _, message),) = press(tmp_path, "help")
    assert "第一个小时" in message


def test_hidden_rows_of_a_file(demo_book: Path, tmp_path: Path) -> None:
    opened = load_workbook(demo_book)
    opened["花名册"].row_dimensions[4].hidden = True
    opened.save(tmp_path / "b.xlsx")
    assert hidden_rows((tmp_path / "b.xlsx").read_bytes(), "b.xlsx", "花名册", [2, 3, 4, 9999]) == {4}


def test_the_window_has_the_ribbon_s_buttons() -> None:
    groups = dict(ribbon_groups())
    assert list(groups) == ["数据", "跟进", "活动", "文档", "邮件", "工具"]
    ids = {button for buttons in groups.values() for button, _, _ in buttons}
    assert ids >= set(BUTTONS) - {"log-talk", "log-call"}
    assert all(label and hint for buttons in groups.values() for _, label, hint in buttons)
