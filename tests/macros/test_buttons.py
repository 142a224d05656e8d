"""Every button pressed in a running LibreOffice: what it hands to Python, and what people are told when it cannot."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import xl_liushou
from tests.macros.recorder import STAND_INS, Recorder, patiently
from tests.macros.sources import RIBBON, buttons, module, vba_files
from tests.support.vba_host import ADDIN, SHOWN, Host, requires_uno, running_office
from xl_liushou.adapters.workbook_file import read_workbook
from xl_liushou.build.addin import WORDS, addin_of
from xl_liushou.build.master import master_workbook
from xl_liushou.build.vba_project import PROJECT_NAME, Module
from xl_liushou.core.errors import UnusableInput

pytestmark = requires_uno

IDS = [str(button.get("id")) for button in buttons()]
BOOK = "关爱台账 三年级（2026）.xlsx"
SHEET = "花名册"


@dataclass(frozen=True)
class Desk:
    """LibreOffice with a workbook open in front and three editions of the add-in behind it."""

    host: Host
    python: Recorder
    book: Path

    def run(self, addin: str, macro: str, *words: str) -> Any:
        return self.host.ask("run", addin, f"{PROJECT_NAME}.{macro}", *words)

    def press(self, addin: str, id_: str) -> None:
        assert self.run(addin, "Finger.Press", id_) == "pressed"


def edition(*replaced: str) -> bytes:
    """The add-in with stand-ins for these of its modules, and with a finger."""
    names = {"xlwings", "Finger", "FakeControl", *replaced}
    stand_ins = {one.name: one for one in map(module, vba_files(STAND_INS)) if one.name in names}
    own: dict[str, Module] = {one.name: one for one in map(module, vba_files())}
    return addin_of(RIBBON.read_bytes(), list((own | stand_ins).values()))


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder = tmp_path_factory.mktemp("按钮 试验")
    python, book = Recorder.made(folder), folder / BOOK
    book.write_bytes(master_workbook())
    editions = {"elsewhere": edition("LiushouTell"), "excel": edition("LiushouTell", "LiushouHost"), "ours": edition()}
    with running_office({"LIUSHOU_PYTHON": str(python.program)}) as host:
        for name, data in editions.items():
            (folder / f"{name}.xlam").write_bytes(data)
            assert host.ask("open", name, str(folder / f"{name}.xlam"), ADDIN)
        assert host.ask("open", "book", str(book), SHOWN)
        host.ask("select", "book", SHEET, "A5:C9", "B12")
        yield Desk(host, python, book)


def test_libreoffice_takes_the_project_as_it_is_written(desk: Desk) -> None:
    found = desk.host.ask("modules", "ours", PROJECT_NAME)
    assert set(found) >= {"ThisWorkbook", "Sheet1", *(one.name for one in map(module, vba_files()))}
    assert "LiushouClick(control As IRibbonControl)" in found["LiushouRibbon"]


def test_outside_excel_every_button_hands_python_its_routine_the_file_and_the_rows(desk: Desk) -> None:
    for id_ in IDS:
        desk.press("elsewhere", id_)
        *how, routine, book, sheet, rows = desk.python.arrived()
        assert how == ["-P", "-m", "xl_liushou.ribbon"]
        assert (routine, unhexed(book), unhexed(sheet), rows) == (id_, str(desk.book), SHEET, "5-9,12-12")


def test_in_excel_every_button_hands_python_its_routine_and_the_open_workbook(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    for id_ in IDS:
        desk.press("excel", id_)
        option, command, book = desk.python.arrived()
        assert (option, book) == ("-c", f"--wb={BOOK}")
        assert clicked(command, monkeypatch) == [id_]


def test_outside_excel_unsaved_edits_are_saved(desk: Desk) -> None:
    desk.host.ask("write", "book", SHEET, "B4", "改过的姓名")
    desk.press("elsewhere", "check")
    desk.python.arrived()
    patiently(lambda: any("改过的姓名" in row for row in roster_of(desk.book)))  # LibreOffice saves a moment later


def test_the_rows_are_those_of_the_sheet_in_front(desk: Desk) -> None:
    desk.host.ask("select", "book", "联系记录", "D7")
    desk.press("elsewhere", "log-talk")
    *_, sheet, rows = desk.python.arrived()
    desk.host.ask("select", "book", SHEET, "A5:C9", "B12")
    assert (unhexed(sheet), rows) == ("联系记录", "7-7")


def test_where_xlwings_cannot_start_python_the_file_way_is_taken(desk: Desk) -> None:
    with desk.python.trouble("cannot"):
        desk.press("excel", "overdue")
    _, _, _, routine, book, *_ = desk.python.arrived()
    assert (routine, unhexed(book)) == ("overdue", str(desk.book))
    assert desk.python.told() == []


def test_a_python_that_failed_is_told_and_not_started_again(desk: Desk) -> None:
    with desk.python.trouble("fails"):
        desk.press("excel", "overdue")
    assert desk.python.told() == ["broken"]
    desk.press("excel", "check")
    assert "click('check')" in desk.python.arrived()[1]


def test_without_python_people_are_told(desk: Desk) -> None:
    with desk.python.gone():
        desk.press("elsewhere", "check")
        desk.press("excel", "check")
    assert desk.python.told() == ["no_python", "no_python"]


def test_an_error_of_vba_is_told(desk: Desk) -> None:
    with desk.python.trouble("raises"):
        desk.press("elsewhere", "check")
    assert desk.python.told() == ["failed"]


def test_of_a_workbook_that_is_no_file_yet_python_hears_nothing(desk: Desk) -> None:
    desk.host.ask("open", "new", "", SHOWN)
    desk.press("elsewhere", "help")
    desk.host.ask("close", "new")
    assert desk.python.arrived() == ["-P", "-m", "xl_liushou.ribbon", "help"]


def test_the_words_of_the_macros_come_out_of_the_add_in_s_sheet(desk: Desk) -> None:
    for key, words in WORDS.items():
        assert desk.run("ours", "LiushouTell.Worded", key) == words


def test_libreoffice_is_not_excel(desk: Desk) -> None:
    assert desk.run("ours", "Finger.Excel") == "False"


def roster_of(book: Path) -> Sequence[Sequence[Any]]:
    """The cells of 花名册 as they are saved, none while the file is being written."""
    with contextlib.suppress(UnusableInput):
        return next(sheet.rows for sheet in read_workbook(book).sheets if sheet.name == SHEET)
    return []


def unhexed(word: str) -> str:
    return bytes.fromhex(word).decode("utf-16-be")


def clicked(command: str, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What a command for Python does, with a front door that writes down what it is called with."""
    calls: list[str] = []
    door = ModuleType("xl_liushou.ribbon")
    monkeypatch.setattr(door, "click", calls.append, raising=False)
    monkeypatch.setitem(sys.modules, door.__name__, door)
    monkeypatch.setattr(xl_liushou, "ribbon", door, raising=False)
    exec(command, {})
    return calls
