"""What a run writes is whole, recorded, backed up, and waits where it cannot be written."""

from __future__ import annotations

import json
import os
import sqlite3
import stat
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.app.writing import RECORDS, RESULT, cells, keys, now, results, small_book, talks, write
from xl_liushou.adapters import backups
from xl_liushou.adapters.ledger import Ledger
from xl_liushou.app.history import apply_pending, drop_pending, list_backups, list_pending, list_runs, restore_backup
from xl_liushou.app.undoing import undo_run
from xl_liushou.core.edits import AppendRows, ReplaceRows, SetCells
from xl_liushou.core.errors import CannotSave, UsageProblem, WorkbookBusy, WouldLoseRows

HINTS = ["~$台账.xlsx", ".~台账.xlsx", ".~lock.台账.xlsx#"]


def states(book: Path) -> list[str]:
    """The states of the runs, the oldest first."""
    return [run["state"] for run in reversed(list_runs(book, now()).result["runs"])]


def strays(folder: Path) -> list[str]:
    return [path.name for path in (folder / ".liushou").iterdir() if path.name.startswith("tmp-")]


def test_a_run_writes_and_is_recorded(tmp_path: Path) -> None:
    book = small_book(tmp_path)
    run = write(book, talks(3, 4), *results(["错误", "少了性别"]))
    assert keys(book) == ["L0000", "L0001", "L0002", "L0003", "L0004"]
    assert cells(book, RESULT) == [["错误", "少了性别"]]
    (told,) = list_runs(book, now()).result["runs"]
    assert (told["id"], told["state"], told["backup"]) == (run, "done", run)
    assert strays(tmp_path) == []


def test_the_record_holds_no_values(tmp_path: Path) -> None:
    book = small_book(tmp_path)
    write(book, AppendRows(RECORDS, [["L0009", "S001", "谈心", date(2026, 11, 3), "面谈", "T001", None, "很想妈妈"]]))
    data = (tmp_path / ".liushou" / "runs.sqlite3").read_bytes()
    assert "很想妈妈".encode() not in data
    assert b"L0009" not in data


@pytest.mark.skipif(os.name == "nt", reason="modes are POSIX")
def test_what_lies_in_the_state_folder_is_for_the_owner_only_and_the_workbook_keeps_its_rights(tmp_path: Path) -> None:
    book = small_book(tmp_path)
    book.chmod(0o640)
    write(book, talks(3))
    assert stat.S_IMODE(book.stat().st_mode) == 0o640
    for path in (tmp_path / ".liushou").rglob("*"):
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0 or "backups" in path.parts


@pytest.mark.parametrize("hint", HINTS)
def test_a_workbook_open_elsewhere_is_left_alone_and_the_result_waits(tmp_path: Path, hint: str) -> None:
    book = small_book(tmp_path)
    before = book.read_bytes()
    (tmp_path / hint).write_bytes(b"")
    with pytest.raises(WorkbookBusy, match="打开着") as told:
        write(book, talks(3), *results(["错误", "甲"]))
    assert hint in told.value.message
    assert book.read_bytes() == before
    offer = list_runs(book, now())
    assert [run["state"] for run in offer.result["runs"]] == ["waiting"]
    assert any("还没有写进工作簿" in note for note in offer.notes)
    with pytest.raises(WorkbookBusy):
        apply_pending(book, "last")
    (tmp_path / hint).unlink()
    apply_pending(book, "last")
    assert keys(book)[-1] == "L0003"
    assert cells(book, RESULT) == [["错误", "甲"]]
    assert list_pending(book, now()).result["pending"] == []


def test_a_run_that_waited_and_was_refused_again_is_offered_once(tmp_path: Path) -> None:
    book = small_book(tmp_path)
    (tmp_path / HINTS[0]).write_bytes(b"")
    with pytest.raises(WorkbookBusy):
        write(book, talks(3))
    with pytest.raises(WorkbookBusy):
        apply_pending(book, "last")
    assert len(list_pending(book, now()).result["pending"]) == 1


def test_rows_that_waited_go_into_a_workbook_that_changed_meanwhile_and_old_results_do_not(tmp_path: Path) -> None:
    book = small_book(tmp_path)
    (tmp_path / HINTS[0]).write_bytes(b"")
    with pytest.raises(WorkbookBusy):
        write(book, talks(7), *results(["错误", "旧"]), command="write")
    (tmp_path / HINTS[0]).unlink()
    write(book, talks(3), command="check")
    outcome = apply_pending(book, "last")
    assert keys(book)[-2:] == ["L0003", "L0007"]
    assert any("重新运行" in note for note in outcome.notes)


def test_newer_results_of_the_same_command_make_older_ones_that_wait_needless(tmp_path: Path) -> None:
    book = small_book(tmp_path)
    (tmp_path / HINTS[0]).write_bytes(b"")
    with pytest.raises(WorkbookBusy):
        write(book, *results(["错误", "旧"]))
    (tmp_path / HINTS[0]).unlink()
    write(book, *results(["错误", "新"]))
    assert list_pending(book, now()).result["pending"] == []
    assert not list((tmp_path / ".liushou" / "waiting").iterdir())


def test_what_waits_can_be_dropped(tmp_path: Path) -> None:
    book = small_book(tmp_path)
    (tmp_path / HINTS[0]).write_bytes(b"")
    with pytest.raises(WorkbookBusy):
        write(book, talks(3))
    drop_pending(book, "last")
    with pytest.raises(UsageProblem, match="没有等待写入的结果"):
        apply_pending(book, "last")
    assert not list((tmp_path / ".liushou" / "waiting").iterdir())


def test_an_exact_undo_gives_the_old_file_back(tmp_path: Path) -> None:
    book = small_book(tmp_path)
    before = book.read_bytes()
    write(book, talks(3), *results(["错误", "甲"]), SetCells("花名册", {"B2": "新名"}))
    outcome = undo_run(book, "last", now())
    assert book.read_bytes() == before
    assert outcome.exit_code == 0
    assert states(book) == ["undone", "done"]


def test_an_undo_can_be_undone(tmp_path: Path) -> None:
    book = small_book(tmp_path)
    write(book, talks(3))
    after = book.read_bytes()
    undone = undo_run(book, "last", now()).result["run"]
    undo_run(book, undone, now())
    assert book.read_bytes() == after


def test_an_earlier_run_is_undone_cell_by_cell_while_later_ones_stay(tmp_path: Path) -> None:
    book = small_book(tmp_path)
    first = write(book, talks(3), *results(["错误", "甲"], ["提醒", "乙"]), SetCells("花名册", {"B2": "新名"}))
    second = write(book, SetCells("花名册", {"B3": "另名"}))
    undo_run(book, first, now())
    assert keys(book)[:3] == ["L0000", "L0001", "L0002"]
    assert [key for key in keys(book)[3:] if key] == []
    assert [row[1] for row in cells(book, "花名册")][:2] == ["虚1", "另名"]
    assert [row for row in cells(book, RESULT) if any(row)] == []
    undo_run(book, second, now())
    assert [row[1] for row in cells(book, "花名册")][:2] == ["虚1", "虚2"]


def test_replaced_rows_come_back_all_of_them(tmp_path: Path) -> None:
    book = small_book(tmp_path)
    write(book, *results(*(["提醒", f"第{number}"] for number in range(9))))
    second = write(book, *results(["错误", "一"]))
    write(book, talks(3))
    undo_run(book, second, now())
    assert [row[1] for row in cells(book, RESULT)] == [f"第{number}" for number in range(9)]


def test_what_somebody_changed_since_is_named_and_nothing_is_undone(tmp_path: Path) -> None:
    book = small_book(tmp_path)
    first = write(book, talks(3), SetCells("花名册", {"B2": "新名"}))
    write(book, SetCells("花名册", {"B2": "又改"}))
    before = book.read_bytes()
    outcome = undo_run(book, first, now())
    assert outcome.exit_code == 1
    assert "“花名册”的 B2" in outcome.result["cannot"][0]
    assert "改动过" in outcome.result["cannot"][0]
    assert book.read_bytes() == before
    assert states(book)[0] == "done"


def test_only_what_is_done_can_be_undone_and_only_once(tmp_path: Path) -> None:
    book = small_book(tmp_path)
    with pytest.raises(UsageProblem, match="没有可以撤销的运行"):
        undo_run(book, "last", now())
    run = write(book, talks(3))
    undo_run(book, run, now())
    with pytest.raises(UsageProblem, match="已经撤销过"):
        undo_run(book, run, now())
    with pytest.raises(UsageProblem, match="没有编号为"):
        undo_run(book, "20260101-000000-abcdef", now())


def test_a_backup_comes_back_whole_and_that_can_be_undone(tmp_path: Path) -> None:
    book = small_book(tmp_path)
    before = book.read_bytes()
    write(book, talks(3))
    after = book.read_bytes()
    restore_backup(book, "last", now())
    assert book.read_bytes() == before
    undo_run(book, "last", now())
    assert book.read_bytes() == after
    with pytest.raises(UsageProblem, match="没有编号为“nix”的备份"):
        restore_backup(book, "nix", now())


def test_backups_are_rotated_but_not_those_of_the_last_days_and_runs(tmp_path: Path) -> None:
    state = tmp_path / ".liushou"
    (state / "backups").mkdir(parents=True)
    today = date(2026, 11, 23)
    for days in range(60):
        for hour in (8, 17):
            name = f"{today - timedelta(days=days):%Y%m%d}-{hour:02}0000-000abc-台账.xlsx"
            (state / "backups" / name).write_bytes(b"")
    other = state / "backups" / "20200101-080000-000abc-别的台账.xlsx"
    other.write_bytes(b"")
    needed = f"{today - timedelta(days=50):%Y%m%d}-080000-000abc"
    backups.rotate(state, "台账.xlsx", [needed], today)
    kept = [one.id for one in backups.backups_of(state, "台账.xlsx")]
    assert needed in kept
    assert sum(run.endswith("-080000-000abc") for run in kept) == 1 + 10
    assert sum(run.endswith("-170000-000abc") for run in kept) == 31
    assert other.exists()


def test_backups_list_the_newest_first(tmp_path: Path) -> None:
    book = small_book(tmp_path)
    runs = [write(book, talks(number)) for number in (3, 4)]
    assert [one["id"] for one in list_backups(book).result["backups"]] == runs[::-1]


@pytest.mark.parametrize("kept", [0, 1, 3])
def test_a_plan_that_would_empty_a_sheet_is_refused(tmp_path: Path, kept: int) -> None:
    book = small_book(tmp_path)
    before = book.read_bytes()
    rows = [[f"S{number:03}", f"虚{number}"] for number in range(1, kept + 1)]
    with pytest.raises(WouldLoseRows, match="花名册"):
        write(book, ReplaceRows("花名册", rows))
    with pytest.raises(WouldLoseRows, match="联系记录"):
        write(book, SetCells(RECORDS, {"B2": None}))
    assert book.read_bytes() == before
    assert states(book) == ["failed", "failed"]


def test_a_symbolic_link_stays_one(tmp_path: Path) -> None:
    real = tmp_path / "真的"
    real.mkdir()
    book = small_book(real)
    link = tmp_path / "台账.xlsx"
    link.symlink_to(book)
    write(link, talks(3))
    assert link.is_symlink()
    assert keys(book)[-1] == "L0003"
    assert (real / ".liushou").is_dir()
    assert not (tmp_path / ".liushou").exists()


def test_a_record_that_is_no_database_any_more_is_set_aside(tmp_path: Path) -> None:
    book = small_book(tmp_path)
    write(book, talks(3))
    record = tmp_path / ".liushou" / "runs.sqlite3"
    record.write_bytes(b"damaged" * 1000)
    write(book, talks(4))
    assert keys(book)[-1] == "L0004"
    assert (tmp_path / ".liushou" / "runs-damaged-1.sqlite3").read_bytes().startswith(b"damaged")
    assert states(book) == ["done"]


def test_a_record_that_another_program_holds_stops_a_writer_and_no_reader(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = small_book(tmp_path)
    write(book, talks(3))
    before = book.read_bytes()
    monkeypatch.setattr("xl_liushou.adapters.ledger._PATIENCE", 0.05)
    holder = sqlite3.connect(tmp_path / ".liushou" / "runs.sqlite3", isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    with pytest.raises(CannotSave, match="运行记录"):
        write(book, talks(4))
    assert book.read_bytes() == before
    holder.close()


def test_effects_are_recorded_as_applied_only_when_they_are(tmp_path: Path) -> None:
    book = small_book(tmp_path)
    run = write(book, talks(3, 4))
    with Ledger(tmp_path / ".liushou") as ledger:
        found = [(effect.sheet, effect.place, effect.applied) for effect in ledger.effects(run)]
    assert found == [(RECORDS, "A5:H5", True), (RECORDS, "A6:H6", True)]


def test_results_are_json(tmp_path: Path) -> None:
    book = small_book(tmp_path)
    write(book, talks(3))
    for outcome in (
        list_runs(book, now()),
        list_backups(book),
        list_pending(book, now()),
        undo_run(book, "last", now()),
    ):
        assert json.loads(json.dumps(outcome.result)) == outcome.result
        assert outcome.lines


def test_an_undo_of_an_undo_makes_the_first_run_done_again(tmp_path: Path) -> None:
    book = small_book(tmp_path)
    run = write(book, talks(3))
    undone = undo_run(book, "last", now()).result["run"]
    undo_run(book, undone, now())
    assert [one["state"] for one in list_runs(book, now()).result["runs"] if one["id"] == run] == ["done"]
    undo_run(book, "last", now())
    assert keys(book)[-1] == "L0002"


def test_corrections_that_wait_are_not_forgotten_for_a_newer_list(tmp_path: Path) -> None:
    book = small_book(tmp_path)
    (tmp_path / HINTS[0]).write_bytes(b"")
    with pytest.raises(WorkbookBusy):
        write(book, SetCells("花名册", {"B2": "改正"}), *results(["错误", "旧"]))
    (tmp_path / HINTS[0]).unlink()
    write(book, *results(["错误", "新"]))
    assert len(list_pending(book, now()).result["pending"]) == 1
    outcome = apply_pending(book, "last")
    assert outcome.result["applied"] is None
    assert any("check --fix" in note for note in outcome.notes)


def test_lists_that_wait_do_not_pile_up(tmp_path: Path) -> None:
    book = small_book(tmp_path)
    (tmp_path / HINTS[0]).write_bytes(b"")
    for text in "甲乙丙":
        with pytest.raises(WorkbookBusy):
            write(book, *results(["错误", text]))
    assert len(list_pending(book, now()).result["pending"]) == 1


def test_words_that_do_not_fit_are_no_run(tmp_path: Path) -> None:
    book = small_book(tmp_path)
    with pytest.raises(UsageProblem):
        undo_run(book, "last", now())
    assert states(book) == []
