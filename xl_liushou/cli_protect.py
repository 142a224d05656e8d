"""The commands about a workbook's password to open. The password itself is never a word of a command."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Final

import click

from xl_liushou.cli_chinese import ChineseCommand
from xl_liushou.cli_options import book_argument, json_option
from xl_liushou.cli_output import Console


@click.command("protect", cls=ChineseCommand, help="给工作簿设打开密码（AES 加密），或换一个密码")
@book_argument
@click.option("--remember", is_flag=True, help="让这台电脑的系统密码库记住密码")
@json_option
@click.pass_obj
def protect(console: Console, book: Path, remember: bool) -> None:
    """Puts a password on a workbook."""
    from xl_liushou.app.passwords import new_password
    from xl_liushou.app.protecting import protect_book

    now, wanted = datetime.now().astimezone(), new_password(console.ask)
    with console.progress("加密") as progress:
        outcome = protect_book(book, now, console.passwords, wanted, remember, progress)
    console.finish(outcome)


@click.command("unprotect", cls=ChineseCommand, help="去掉工作簿的打开密码")
@book_argument
@json_option
@click.pass_obj
def unprotect(console: Console, book: Path) -> None:
    """Takes the password off a workbook."""
    from xl_liushou.app.protecting import unprotect_book

    with console.progress("解密") as progress:
        outcome = unprotect_book(book, datetime.now().astimezone(), console.passwords, progress)
    console.finish(outcome)


COMMANDS: Final = (protect, unprotect)
