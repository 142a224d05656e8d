"""Pressing the buttons of Excel: unsaved edits, a selection, a filter, a user's own column, and what fails."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from tests.live.clicking import click
from tests.support import excel
from tests.support.excel import SheetState, State

SAME = ("front", "selection", "calculation", "screen_updating", "enable_events", "status_bar")
"""What a button leaves as it was, unless it shows a result."""


@pytest.fixture
def school(demo_book: Path, tmp_path: Path) -> State:
    """The demo school open in Excel, its user looking at the roster."""
    folder = tmp_path / "学校 台账"
    folder.mkdir()
    path = Path(shutil.copy(demo_book, folder))
    state = excel.opened(path)
    state.front = "花名册"
    return state


def column(sheet: SheetState, title: str) -> int:
    """The place of a column, from 0; the header is in row 1."""
    return next(row.index(title) for row in sheet.cells if title in row)


def header(sheet: SheetState) -> int:
    return next(number for number, row in enumerate(sheet.cells, 1) if "儿童编号" in row)


def child(sheet: SheetState, row: int) -> str:
    return str(sheet.cells[row - 1][column(sheet, "儿童编号")])


def papers(state: State) -> list[str]:
    return sorted(path.name for path in Path(state.path).parent.rglob("*.docx"))


def told(state: State) -> str:
    (message,) = state.alerts
    return message


def look(state: State) -> dict[str, object]:
    return {name: getattr(state, name) for name in SAME}


def test_check_counts_unsaved_edits_and_shows_its_sheet(school: State, tmp_path: Path) -> None:
    saved = Path(school.path).read_bytes()
    roster = school.sheets["花名册"]
    row = header(roster) + 1
    roster.cells[row - 1][column(roster, "姓名")] = None
    after = click(school, "check", tmp_path)
    assert "校验：" in told(after)
    found = [line for line in after.sheets["校验结果"].cells if line[1] == f"花名册!B{row}"]
    assert [line[3] for line in found] == ["C101"]
    assert after.front == "校验结果"
    assert {**look(after), "front": "花名册"} == look(school)
    assert Path(school.path).read_bytes() == saved
    assert len(list((Path(school.path).parent / ".liushou" / "backups").iterdir())) == 1
    assert ("status_bar", "关爱台账 校验……") in after.events


def test_fix_mends_what_the_user_has_typed_and_nothing_else(school: State, tmp_path: Path) -> None:
    roster = school.sheets["花名册"]
    row, name = header(roster) + 1, column(roster, "姓名")
    proper = roster.cells[row - 1][name]
    roster.cells[row - 1][name] = f" {proper}"
    own = [[*line, f"自己的{number}"] for number, line in enumerate(roster.cells)]
    roster.cells = own
    after = click(school, "fix", tmp_path)
    assert after.sheets["花名册"].cells[row - 1][name] == proper
    assert "→" in told(after)
    assert [line[-1] for line in after.sheets["花名册"].cells] == [line[-1] for line in own]


def test_overdue_fills_its_sheet_in_one_block(school: State, tmp_path: Path) -> None:
    after = click(school, "overdue", tmp_path)
    assert after.front == "待办"
    blocks = [what for kind, what in after.events if kind == "write"]
    assert len([what for what in blocks if what.startswith("待办!")]) == 1
    assert len(after.sheets["待办"].cells) > 5


def test_cards_for_the_selected_children_that_can_be_seen(school: State, tmp_path: Path) -> None:
    roster = school.sheets["花名册"]
    first = header(roster) + 1
    school.selection = f"${first}:${first + 2}"
    roster.hidden = {first + 1}
    after = click(school, "row.archive-card", tmp_path)
    assert len(papers(after)) == 2
    assert "写出 2 份" in told(after)
    assert look(after) == look(school)
    assert after.sheets["花名册"].hidden == roster.hidden
    sent = after.sheets["发送记录"]
    written = {line[column(sent, "儿童编号")] for line in sent.cells if line[column(sent, "状态")] == "已写出"}
    assert written == {child(roster, first), child(roster, first + 2)}
    shown = (tmp_path / "shown").read_text(encoding="utf-8").strip()
    assert Path(shown).is_dir()
    assert shown in told(after)


@pytest.mark.parametrize(("answer", "number"), [("yes", 1), ("cancel", 0)])
def test_with_one_cell_selected_the_person_is_asked(school: State, tmp_path: Path, answer: str, number: int) -> None:
    roster = school.sheets["花名册"]
    school.selection = f"$C${header(roster) + 1}"
    school.answers = [answer]
    after = click(school, "archive-card", tmp_path)
    assert len(papers(after)) == number
    assert look(after) == look(school)


def test_a_talk_is_begun_for_the_selected_children(school: State, tmp_path: Path) -> None:
    roster, contacts = school.sheets["花名册"], school.sheets["联系记录"]
    first = header(roster) + 1
    school.selection = f"$A${first}:$B${first + 1}"
    before = len(contacts.cells)
    after = click(school, "log-talk", tmp_path)
    now = after.sheets["联系记录"]
    rows = now.cells[before:]
    assert [row[column(now, "儿童编号")] for row in rows] == [child(roster, first), child(roster, first + 1)]
    assert {row[column(now, "类型")] for row in rows} == {"谈心"}
    assert {row[column(now, "日期")].date() for row in rows} == {date.today()}
    assert all(str(row[column(now, "记录人")]).startswith("T") for row in rows)
    assert {row[column(now, "结果")] for row in rows} == {None}
    assert now.tables["联系记录"][2] == before + 2
    assert (after.front, after.selection) == ("联系记录", f"J{before + 1}")
    assert now.cells[header(now) - 1][9] == "摘要"
    assert "摘要" in told(after)


def test_undo_takes_back_what_a_button_wrote(school: State, tmp_path: Path) -> None:
    contacts = [list(row) for row in school.sheets["联系记录"].cells]
    school.selection = f"${header(school.sheets['花名册']) + 1}:${header(school.sheets['花名册']) + 1}"
    done = click(school, "log-call", tmp_path)
    done.answers = ["yes"]
    after = click(done, "undo", tmp_path)
    assert any("已撤销" in message for message in after.alerts)
    rows = after.sheets["联系记录"].cells
    assert rows[: len(contacts)] == contacts
    assert not any(any(row) for row in rows[len(contacts) :])


@pytest.mark.parametrize("button", ["split", "merge", "dashboard"])
def test_what_is_not_there_yet_says_so(school: State, tmp_path: Path, button: str) -> None:
    after = click(school, button, tmp_path)
    assert "后面的版本" in told(after)
    assert look(after) == look(school)


@pytest.mark.parametrize("button", ["mail-preview", "mail-send", "mail-status"])
def test_what_the_command_line_does_says_how(school: State, tmp_path: Path, button: str) -> None:
    assert "xl-liushou mail" in told(click(school, button, tmp_path))


def test_help_and_protect_tell_the_way(school: State, tmp_path: Path) -> None:
    assert "第一个小时" in told(click(school, "help", tmp_path))
    assert "protect" in told(click(school, "protect", tmp_path))


def test_a_protected_sheet_is_told_and_nothing_changes(school: State, tmp_path: Path) -> None:
    school.sheets["校验结果"].protected = True
    before = {name: [list(row) for row in sheet.cells] for name, sheet in school.sheets.items()}
    after = click(school, "check", tmp_path)
    assert "保护" in told(after)
    assert {name: sheet.cells for name, sheet in after.sheets.items()} == before
    assert look(after) == look(school)


def test_without_a_roster_one_sentence_says_what_to_do(school: State, tmp_path: Path) -> None:
    del school.sheets["花名册"]
    school.front = "监护人"
    after = click(school, "parent-letter", tmp_path)
    assert "花名册" in told(after)
    assert look(after) == look(school)


def test_a_fault_of_the_program_is_told_with_its_report(school: State, tmp_path: Path) -> None:
    school.sheets["花名册"].tables["坏"] = (1, 1)  # type: ignore[assignment]
    after = click(school, "check", tmp_path)
    assert "crash-" in told(after)
    assert "Traceback" not in told(after)
    assert look(after) == look(school)


@pytest.mark.parametrize("button", ["row.archive-card", "log-talk"])
def test_without_a_child_selected_it_says_how(school: State, tmp_path: Path, button: str) -> None:
    school.front = "监护人"
    assert "选中孩子" in told(click(school, button, tmp_path))
