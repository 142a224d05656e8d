"""The commands about what was done: runs, undo, backups, pending."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Final

import click

from xl_liushou.cli_chinese import ChineseCommand
from xl_liushou.cli_options import book_argument, json_option
from xl_liushou.cli_output import Console


@click.command("runs", cls=ChineseCommand, help="列出对这个工作簿做过的每一次运行")
@book_argument
@json_option
@click.pass_obj
def runs(console: Console, book: Path) -> None:
    """The runs on a workbook."""
    from xl_liushou.app.history import list_runs

    console.finish(list_runs(book, _now(), console.passwords))


@click.command("undo", cls=ChineseCommand, help="撤销一次运行：工作簿恢复原来的内容，文书收起来")
@book_argument
@click.argument("run", metavar="运行编号")
@json_option
@click.pass_obj
def undo(console: Console, book: Path, run: str) -> None:
    """Takes a run back; `last` is the newest."""
    from xl_liushou.app.undoing import undo_run

    console.finish(undo_run(book, run, _now(), console.passwords))


@click.command("backups", cls=ChineseCommand, help="列出工作簿的备份，或恢复其中一份")
@book_argument
@click.option("--restore", metavar="编号", help="恢复这一份备份（现在的工作簿会先备份）；last 是最近一份")
@json_option
@click.pass_obj
def backups(console: Console, book: Path, restore: str | None) -> None:
    """The backups of a workbook."""
    from xl_liushou.app.history import list_backups, restore_backup

    console.finish(
        restore_backup(book, restore, _now(), console.passwords) if restore else list_backups(book, console.passwords)
    )


@click.command("pending", cls=ChineseCommand, help="列出没能写进工作簿、正在等待的结果，写入或放弃它们")
@book_argument
@click.option("--apply", metavar="运行编号", help="把这次运行的结果写进工作簿；last 是最近一次")
@click.option("--drop", metavar="运行编号", help="不要这次运行的结果了")
@json_option
@click.pass_obj
def pending(console: Console, book: Path, apply: str | None, drop: str | None) -> None:
    """The results that wait for the workbook to be closed."""
    from xl_liushou.app.history import apply_pending, drop_pending, list_pending
    from xl_liushou.core.errors import UsageProblem

    if apply and drop:
        raise UsageProblem("--apply 和 --drop 只能写一个。")
    if apply:
        console.finish(apply_pending(book, apply, console.passwords))
    elif drop:
        console.finish(drop_pending(book, drop, console.passwords))
    else:
        console.finish(list_pending(book, _now(), console.passwords))


def _now() -> datetime:
    return datetime.now().astimezone()


COMMANDS: Final = (runs, undo, backups, pending)
