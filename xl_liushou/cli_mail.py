"""The commands about mail. The mailbox's password is never a word of a command."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any, Final

import click

from xl_liushou.cli_chinese import ChineseCommand
from xl_liushou.cli_options import as_of_option, book_argument, json_option
from xl_liushou.cli_output import Console


@click.command("mail", cls=ChineseCommand, help="把写好的信发给各家：先预览，加 --send 才发出")
@book_argument
@click.argument("letters", metavar="运行编号")
@click.option("--send", is_flag=True, help="真的发出；不写就只是预览")
@click.option("--limit", metavar="封数", type=click.IntRange(min=1), help="这次最多发几封")
@click.option("--test-to", metavar="邮箱", default="", help="先发前几封到学校自己的邮箱看看，不发给家长")
@click.option("--resume", is_flag=True, help="接着发还没有发出的")
@click.option("--again", is_flag=True, help="发过的同样内容再发一遍")
@click.option("--new-address", "takes_new", is_flag=True, help="信写好以后改过的邮箱，照新的发")
@click.option("--eml", "as_files", is_flag=True, help="不发，写成 .eml 文件，用邮件程序打开再发")
@click.option("--remember", is_flag=True, help="让这台电脑的系统密码库记住邮箱的授权码")
@click.option("--out", metavar="文件夹", type=click.Path(path_type=Path), help="短信文字、打印签收表写到哪个文件夹")
@as_of_option
@json_option
@click.pass_obj
def mail(console: Console, /, book: Path, as_of: Any, out: Path | None, **words: Any) -> None:
    """The letters of an earlier run to their families; `last` is the newest run of letters."""
    from xl_liushou.app.mailing import Wish, run_mail
    from xl_liushou.app.running import Order
    from xl_liushou.core.errors import UsageProblem

    if sum(map(bool, (words["send"], words["test_to"], words["as_files"]))) > 1:
        raise UsageProblem("--send、--test-to 和 --eml 只能写一个。")
    wish = Wish(**words, confirm=console.confirm, ask=console.ask)
    with console.progress("邮件") as progress:
        now = datetime.now().astimezone()
        outcome = run_mail(Order(book, as_of, now, out, progress=progress, passwords=console.passwords), wish)
    console.finish(outcome)


@click.command("mail-status", cls=ChineseCommand, help="列出发过的每封邮件；登记不知道发出没有的邮件")
@book_argument
@click.option(
    "--settle", metavar="编号 结果", type=(str, click.Choice(("sent", "not-sent"))),
    help="问清楚以后登记：sent 发出了，not-sent 没有发出；编号可以是一封邮件，也可以是一次运行",
)  # fmt: skip
@click.option("--write", "into_book", is_flag=True, help="把“发送记录”里缺的补写进去")
@json_option
@click.pass_obj
def mail_status(console: Console, book: Path, settle: tuple[str, str] | None, into_book: bool) -> None:
    """The ledger of messages."""
    from xl_liushou.app.mail_status import run_mail_status
    from xl_liushou.app.running import Order

    now = datetime.now().astimezone()
    console.finish(run_mail_status(Order(book, now.date(), now, passwords=console.passwords), settle, into_book))


COMMANDS: Final = (mail, mail_status)
