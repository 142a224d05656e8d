"""The runs that are killed, failed and raced: each with a folder as it is before, and what the workbook holds after."""

from __future__ import annotations

import io
import json
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final, NamedTuple

from tests.support.workbooks import save
from xl_liushou.adapters.workbook_file import read_workbook
from xl_liushou.adapters.workbook_patch import patch
from xl_liushou.app.book_edits import write_edits
from xl_liushou.app.journal import new_run, writing
from xl_liushou.app.opening import open_book
from xl_liushou.cli import main
from xl_liushou.core.edits import AddSheet, AppendRows, Edit, ReplaceRows, SetCells
from xl_liushou.core.errors import LiushouError

RECORDS: Final = "联系记录"
RESULTS: Final = "核对结果"
_ROSTER: Final = "花名册"
_HEADER: Final = ("编号", "儿童编号", "类型", "日期", "方式", "记录人", "对象", "结果")


class Told(NamedTuple):
    """How a command ended: its exit code, and the error's code and message, if there was one."""

    exit_code: int
    code: str = ""
    message: str = ""


class Content(NamedTuple):
    """What the experiments look at in a workbook: keys of records, results, what a colleague wrote."""

    keys: tuple[str, ...]
    results: tuple[str, ...]
    mark: str = ""


@dataclass(frozen=True)
class Scene:
    """A command, the folder it works in, and what the workbook holds before and after.

    `run` is the id of the run that it takes up or takes back; "" where it begins a new one.
    """

    name: str
    folder: Path
    before: Content
    after: Content
    act: Callable[[Path], Told]
    run: str = ""
    command: str = ""
    runs: frozenset[str] = field(default_factory=frozenset)

    @property
    def book(self) -> Path:
        """The workbook of the folder that is copied for each experiment."""
        return book_in(self.folder)


def book_in(folder: Path) -> Path:
    """The workbook of a folder."""
    return folder / "台账.xlsx"


def hint_of(book: Path) -> Path:
    """The file by which Excel tells that it has a workbook open."""
    return book.with_name(f"~${book.name}")


def content(book: Path) -> Content:
    """What a workbook holds, read by python-calamine."""
    raw = read_workbook(book)
    records, results, roster = (raw.sheet(title) for title in (RECORDS, RESULTS, _ROSTER))
    assert records
    assert roster
    keys = tuple(str(row[0]) for row in records.rows[1:] if row[0])
    told = tuple(str(row[1]) for row in results.rows[1:] if row[1]) if results else ()
    mark = str(roster.block(6, 2, 6, 2)[0][0])
    return Content(keys, told, "" if mark.startswith("虚") else mark)


def records(*numbers: int) -> AppendRows:
    """Records for the end of their sheet."""
    return AppendRows(RECORDS, [_record(number) for number in numbers])


def results(*texts: str) -> list[Edit]:
    """These texts as all there are on the sheet of results."""
    return [AddSheet(RESULTS, ["级别", "说明"]), ReplaceRows(RESULTS, [["错误", text] for text in texts])]


def write(book: Path, *edits: Edit, command: str = "check") -> Told:
    """One run that makes these edits."""
    told = Told(0)
    try:
        opened = open_book(book)
        with writing(opened, new_run(opened, command, datetime.now().astimezone())) as journal:
            try:
                write_edits(journal, edits)
            except LiushouError as problem:
                told = Told(problem.exit_code, problem.code, problem.message)
                if problem.code == "unsettled":
                    raise
            journal.end({})
    except LiushouError as problem:
        told = Told(problem.exit_code, problem.code, problem.message)
    return told


def command(*words: str | Path) -> tuple[Told, dict[str, Any]]:
    """A command as the shell gives it, and its JSON."""
    out, code = io.TextIOWrapper(io.BytesIO(), encoding="utf-8"), 0
    try:
        with redirect_stdout(out), redirect_stderr(io.StringIO()):
            main([*map(str, words), "--json"])
    except SystemExit as done:
        code = int(done.code or 0)
    result: dict[str, Any] = json.loads(out.buffer.getvalue())
    error = result.get("error", {})
    return Told(code, error.get("code", ""), error.get("message", "")), result


def colleague(data: bytes, mark: str) -> bytes:
    """The workbook after a colleague wrote something into it."""
    return patch(data, [SetCells(_ROSTER, {"B6": mark})], "台账.xlsx").data


def scenes(folder: Path) -> Iterator[Scene]:
    """All scenes, each in a folder of its own under `folder`."""
    yield _writing(folder / "write")
    yield _undoing(folder / "undo")
    yield _undoing(folder / "undo-cells", mark="改过")
    yield _restoring(folder / "restore")
    yield _pending(folder / "pending")


def named(folder: Path, name: str) -> Scene:
    """One scene."""
    return next(scene for scene in scenes(folder) if scene.name == name)


_FIRST: Final = Content(("L0000", "L0001", "L0002"), ())
_SECOND: Final = Content((*_FIRST.keys, "L0003"), ("甲",))
_THIRD: Final = Content((*_SECOND.keys, "L0004", "L0005"), ("乙", "丙"))


def second_write(book: Path) -> Told:
    """The run that most scenes are about."""
    return write(book, records(4, 5), *results("乙", "丙"))


def _writing(folder: Path) -> Scene:
    begun(folder)
    return _scene(folder, _SECOND, _THIRD, second_write, command="check")


def _undoing(folder: Path, mark: str = "") -> Scene:
    book = begun(folder)
    second_write(book)
    run = _newest(book)
    if mark:
        book.write_bytes(colleague(book.read_bytes(), mark))
    before, after = _THIRD._replace(mark=mark), _SECOND._replace(mark=mark)
    return _scene(folder, before, after, lambda book: command("undo", book, run)[0], run, "undo")


def _restoring(folder: Path) -> Scene:
    book = begun(folder)
    second_write(book)
    backup = _newest(book)
    return _scene(
        folder, _THIRD, _SECOND, lambda book: command("backups", book, "--restore", backup)[0], command="restore"
    )


def _pending(folder: Path) -> Scene:
    book = begun(folder)
    hint_of(book).touch()
    assert second_write(book).code == "workbook-busy"
    hint_of(book).unlink()
    run = _newest(book)
    return _scene(folder, _SECOND, _THIRD, lambda book: command("pending", book, "--apply", run)[0], run, "check")


def begun(folder: Path, name: str = "台账.xlsx") -> Path:
    """A folder with a small workbook that one run has written into."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    roster = [["儿童编号", "姓名"], *([f"S{number:03}", f"虚{number}"] for number in range(1, 6))]
    book = folder / name
    made = save(folder, {_ROSTER: roster, RECORDS: [_HEADER, *map(_record, range(3))]}, tables=True)
    made.rename(book)
    assert write(book, records(3), *results("甲")).exit_code == 0
    return book


def _scene(
    folder: Path, before: Content, after: Content, act: Callable[[Path], Told], run: str = "", command: str = ""
) -> Scene:
    assert content(book_in(folder)) == before
    known = frozenset(one["id"] for one in runs_of(book_in(folder)))
    return Scene(folder.name, folder, before, after, act, run, command, known)


def runs_of(book: Path) -> Sequence[dict[str, Any]]:
    """The runs on a workbook, the newest first."""
    found: list[dict[str, Any]] = command("runs", book)[1]["runs"]
    return found


def _newest(book: Path) -> str:
    return str(runs_of(book)[0]["id"])


def _record(number: int) -> list[Any]:
    return [f"L{number:04}", "S001", "谈心", date(2026, 11, 2), "面谈", "T001", None, "完成"]
