"""Making new workbooks: blank ones, and the demo school."""

from __future__ import annotations

import uuid
from datetime import date
from pathlib import Path

from xl_liushou.app.outcome import Outcome, heading
from xl_liushou.core.errors import UsageProblem

BOOK_KINDS = (".xlsx", ".xlsm")


def new_book(book: Path, today: date, demo: bool) -> Outcome:
    """Builds and saves a master workbook; with `demo` it holds the invented school as of `today`."""
    from xl_liushou.adapters.saving import save_new

    if book.suffix.lower() not in BOOK_KINDS:
        raise UsageProblem("工作簿的文件名要以 .xlsx 或 .xlsm 结尾，例如 关爱台账.xlsx。")
    save_new(book, demo_book(today, book.suffix) if demo else blank_book(book.suffix))
    result = {**heading("new", book, today), "files": [str(book.absolute())]}
    kind = "演示工作簿（里面的人都是虚构的）" if demo else "空白工作簿"
    return Outcome(result, [f"已新建{kind}：{book.absolute()}"])


def blank_book(suffix: str = ".xlsx") -> bytes:
    """A blank master workbook with a 工作簿编号 of its own."""
    from xl_liushou.build.master import master_workbook

    return master_workbook(settings={"工作簿编号": str(uuid.uuid4())}, macro_ready=suffix.lower() == ".xlsm")


def demo_book(today: date, suffix: str = ".xlsx") -> bytes:
    """The demo school as of a day: the same day gives the same bytes."""
    from xl_liushou.build.demo import demo_school
    from xl_liushou.build.master import master_workbook

    school = demo_school(today)
    return master_workbook(school.rows, school.settings, macro_ready=suffix.lower() == ".xlsm")
