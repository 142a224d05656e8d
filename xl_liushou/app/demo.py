"""The main job in one go, on the demo school."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any, Final

from xl_liushou.app.making import demo_book
from xl_liushou.app.opening import Opened, open_book
from xl_liushou.app.outcome import Outcome, heading
from xl_liushou.app.photos import photos_of
from xl_liushou.app.running import Order, inputs_for, run_on
from xl_liushou.core.errors import UnusableInput
from xl_liushou.core.progress import Progress, no_progress
from xl_liushou.routines.registry import ROUTINES
from xl_liushou.schema.school import School

PAPERS: Final = (
    "parent-letter",
    "child-letter",
    "archive-card",
    "overdue-notice",
    "campaign-plan",
    "campaign-report",
)
_BOOK = "关爱台账.xlsx"


def run_demo(folder: Path, today: date, now: datetime, progress: Progress = no_progress) -> Outcome:
    """A demo workbook in `folder`, then check, overdue and the papers on it."""
    from xl_liushou.adapters.saving import save_new

    run = _Run(progress, steps_in_all=3 + len(PAPERS))
    book = _free(folder / _BOOK)
    run.step("new", lambda: save_new(book, demo_book(today)), lambda _: f"新建演示工作簿 {book.name}")
    opened = open_book(book)
    _put_photos(book, opened.school)
    order = Order(book, today, now)
    run.step("check", lambda: _routine(opened, order, "check", into_book=True), _check_summary)
    run.step("overdue", lambda: _routine(opened, order, "overdue", into_book=True), _overdue_summary)
    for paper in PAPERS:
        run.step(paper, partial(_routine, opened, order, "write", document=paper), _paper_summary)
    result = {**heading("demo", book, today), "files": [str(book.absolute()), *run.files], "steps": run.steps}
    failed = any(not step["ok"] for step in run.steps)
    return Outcome(result, _lines(book, run), exit_code=1 if failed else 0)


def _put_photos(book: Path, school: School) -> None:
    """Drawn pictures for the photos that the demo school names; a file that is there is left alone."""
    from xl_liushou.adapters.saving import write_paper
    from xl_liushou.build.demo_photos import demo_photos

    folder = photos_of(book)
    for name, data in demo_photos(school).items():
        if not (folder / name).exists():
            write_paper(folder, name, data)


class _Run:
    """The account of the steps so far."""

    def __init__(self, progress: Progress, steps_in_all: int) -> None:
        self._progress = progress
        self._all = steps_in_all
        self.steps: list[dict[str, Any]] = []
        self.files: list[str] = []
        self.folders: list[str] = []

    def step(self, name: str, do: Callable[[], Any], tell: Callable[[Any], str]) -> None:
        """Does one step and notes how it went."""
        started = time.perf_counter()
        outcome = do()
        result: Mapping[str, Any] = outcome.result if isinstance(outcome, Outcome) else {}
        self.files += [file["path"] for file in result.get("files", ())]
        self.folders += [result["folder"]] if result.get("folder") else []
        seconds = round(time.perf_counter() - started, 3)
        ok = not isinstance(outcome, Outcome) or outcome.exit_code == 0
        self.steps.append({"name": name, "ok": ok, "seconds": seconds, "summary": tell(result)})
        self._progress(len(self.steps), self._all)


def _routine(opened: Opened, order: Order, name: str, **options: Any) -> Outcome:
    """One routine; each has a time of its own, by which runs and backups are ordered."""
    later = replace(order, now=datetime.now(order.now.tzinfo))
    return run_on(opened, ROUTINES[name], later, inputs_for(order.today, **options))


def _free(path: Path) -> Path:
    """The path itself, or with a number where it is taken."""
    numbered = (path.with_stem(f"{path.stem}-{number}") for number in range(2, 1000))
    try:
        return path if not path.exists() else next(one for one in numbered if not one.exists())
    except OSError as problem:
        raise UnusableInput("这个文件夹名不能用（太长，或含有不允许的字符）。请换一个短些的名字。") from problem


def _check_summary(result: Mapping[str, Any]) -> str:
    counts = result["summary"]
    return f"校验：{counts['errors']} 处错误，{counts['warnings']} 处提醒，{counts['infos']} 处说明"


def _overdue_summary(result: Mapping[str, Any]) -> str:
    late = [item for item in result["items"] if item["status"] == "逾期"]
    children = {item["child"] for item in late if item["child"]}
    return f"待办提醒：{len(children)} 名孩子的 {len(late)} 件事已逾期"


def _paper_summary(result: Mapping[str, Any]) -> str:
    withheld = f"，{len(result['blocked'])} 份没有写出" if result["blocked"] else ""
    title = Path(result["folder"]).name.split("-")[-1] if result["folder"] else "文书"
    return f"{title}：{len(result['files'])} 份{withheld}"


def _lines(book: Path, run: _Run) -> list[str]:
    told = [f"  {'完成' if step['ok'] else '未完成'}  {step['summary']}" for step in run.steps]
    where = [f"  {folder}" for folder in run.folders]
    return ["演示完成（里面的人都是虚构的）：", *told, "工作簿：", f"  {book.absolute()}", "文书在：", *where]
