"""Runs that write into a workbook, as short as the tests need them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import count
from pathlib import Path

from tests.support.workbooks import save
from xl_liushou.adapters.workbook_file import read_workbook
from xl_liushou.app.book_edits import write_edits
from xl_liushou.app.journal import new_run, writing
from xl_liushou.app.opening import open_book
from xl_liushou.core.edits import AddSheet, AppendRows, Edit, ReplaceRows, Value
from xl_liushou.core.errors import LiushouError

RECORDS = "联系记录"
RESULT = "校验结果甲"
HEADER = ["编号", "儿童编号", "类型", "日期", "方式", "记录人", "对象", "结果"]
_START = datetime(2026, 11, 23, 8, 0).astimezone()
_ticks = count()


def now() -> datetime:
    """A wall clock that goes on by a second each time it is asked."""
    return _START + timedelta(seconds=next(_ticks))


def small_book(folder: Path, records: int = 3) -> Path:
    """A workbook with a roster and some contact records, an Excel Table over each."""
    roster = [["儿童编号", "姓名"], *([f"S{number:03}", f"虚{number}"] for number in range(1, 6))]
    return save(
        folder, {"花名册": roster, RECORDS: [HEADER, *(talk(number) for number in range(records))]}, tables=True
    )


def talk(number: int) -> list[Value]:
    """The row of one talk."""
    return [f"L{number:04}", "S001", "谈心", date(2026, 11, 2), "面谈", "T001", None, "完成"]


def talks(*numbers: int) -> AppendRows:
    """Talks for the end of the contact records."""
    return AppendRows(RECORDS, [talk(number) for number in numbers])


def results(*rows: Sequence[str]) -> list[Edit]:
    """These rows as all there are on the sheet of results."""
    return [AddSheet(RESULT, ["级别", "说明"]), ReplaceRows(RESULT, rows)]


def write(book: Path, *edits: Edit, command: str = "check") -> str:
    """One run that makes these edits; returns its id, or raises what kept it from writing."""
    opened = open_book(book)
    with writing(opened, new_run(opened, command, now())) as journal:
        problem = None
        try:
            write_edits(journal, edits)
        except LiushouError as refused:
            problem = refused
        run = journal.end({})
        if problem:
            raise problem
        assert run
        return run


def cells(book: Path, sheet: str) -> list[list[object]]:
    """The cells of a sheet below its header, without the columns and rows that are blank."""
    found = read_workbook(book).sheet(sheet)
    assert found is not None
    return [list(row) for row in found.rows[1:]]


def keys(book: Path) -> list[object]:
    """The numbers of the contact records, in their order."""
    return [row[0] for row in cells(book, RECORDS)]
