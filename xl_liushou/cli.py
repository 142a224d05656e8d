"""The command line: words → one call of app → lines for people or JSON for programs."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from xl_liushou import __version__, cli_addin, cli_history, cli_mail, cli_protect, cli_template
from xl_liushou.cli_chinese import ChineseCommand, ChineseGroup, mistake
from xl_liushou.cli_options import GROUPED, OPTIONS, as_of_option, book_argument, json_option
from xl_liushou.cli_output import Console
from xl_liushou.core.errors import LiushouError, ProgramFault
from xl_liushou.routines.registry import ROUTINES, Routine

EPILOG = "办公室老师常用：demo 看演示，check 校验台账，overdue 看待办，write 写文书。"


@click.group(cls=ChineseGroup, help="留守儿童关爱台账：校验、提醒、书信、档案卡与活动材料。", epilog=EPILOG)
@click.version_option(__version__, message="xl_liushou %(version)s", help="显示版本号")
def cli() -> None:
    """The group of all commands."""


@cli.command("demo", help="新建一个演示工作簿，把主要工作做一遍（里面的人都是虚构的）")
@click.argument("folder", metavar="文件夹", type=click.Path(path_type=Path))
@as_of_option
@json_option
@click.pass_obj
def demo(console: Console, folder: Path, as_of: date) -> None:
    """The main job on the demo school."""
    from xl_liushou.app.demo import run_demo

    with console.progress("演示") as progress:
        outcome = run_demo(folder, as_of, datetime.now().astimezone(), progress)
    console.finish(outcome)


@cli.command("new", help="新建一个空白（或演示）工作簿")
@book_argument
@click.option("--demo", "is_demo", is_flag=True, help="装入虚构的演示学校")
@as_of_option
@json_option
@click.pass_obj
def new(console: Console, book: Path, is_demo: bool, as_of: date) -> None:
    """A new master workbook."""
    from xl_liushou.app.making import new_book

    console.finish(new_book(book, as_of, is_demo))


@cli.command("rules", help="列出全部规则，或说明其中一条")
@click.argument("code", metavar="[代码]", required=False)
@json_option
@click.pass_obj
def rules(console: Console, code: str | None) -> None:
    """The rule catalogue."""
    from xl_liushou.app.outcome import Outcome, heading
    from xl_liushou.routines import rules as catalogue

    result = {**heading("rules", None, None), **catalogue.plan(code).report}
    console.finish(Outcome(result, list(catalogue.lines(result))))


def _routine_command(routine: Routine) -> click.Command:
    """The command of a routine, from its line in the registry."""

    @click.pass_obj
    def body(console: Console, /, book: Path, as_of: date, **words: Any) -> None:
        from xl_liushou.app.running import Order, inputs_for, run

        where = {word: words.pop(word) for word in ("out", "name", "template", "files") if word in words}
        grouped = {name: take(words) for name, take in GROUPED.items() if name in routine.options}
        with console.progress(routine.label) as progress:
            now, passwords = datetime.now().astimezone(), console.passwords
            order = Order(book, as_of, now, progress=progress, passwords=passwords, **where)
            outcome = run(routine, order, inputs_for(as_of, **words, **grouped))
        console.finish(outcome)

    decorators: list[Callable[[Any], Any]] = [json_option, as_of_option]
    for group in reversed(routine.options):
        decorators.extend(reversed(OPTIONS[group]))
    decorators.append(book_argument)
    for decorate in decorators if "document" not in routine.options else _document_first(decorators):
        body = decorate(body)
    return click.command(routine.name, cls=ChineseCommand, help=routine.help)(body)


def _document_first(decorators: list[Callable[[Any], Any]]) -> list[Callable[[Any], Any]]:
    """`write DOC BOOK`: the paper stands before the workbook (click takes arguments from the inside out)."""
    document = OPTIONS["document"][0]
    return [*(one for one in decorators if one is not document), document]


for _routine in ROUTINES.values():
    cli.add_command(_routine_command(_routine))
for _command in (
    *cli_mail.COMMANDS,
    *cli_history.COMMANDS,
    *cli_protect.COMMANDS,
    *cli_template.COMMANDS,
    *cli_addin.COMMANDS,
):
    cli.add_command(_command)


def main(words: list[str] | None = None) -> None:
    """The console script: runs a command and exits with its code, never with a bare traceback."""
    given = (sys.argv[1:] if words is None else words) or ["--help"]
    console = Console(as_json="--json" in given)
    try:
        cli.main(given, prog_name="xl-liushou", standalone_mode=False, obj=console)
    except click.exceptions.Exit as done:
        sys.exit(done.exit_code)
    except click.Abort:
        console.fail("aborted", "已中断，没有做完。")
        sys.exit(1)
    except click.ClickException as problem:
        console.fail("usage", mistake(problem))
        sys.exit(2)
    except LiushouError as problem:
        console.fail(problem.code, problem.message)
        sys.exit(problem.exit_code)
    except Exception as fault:
        from xl_liushou.app.crash import crash_report

        console.fail(ProgramFault.code, crash_report(fault, given))
        sys.exit(ProgramFault.exit_code)
    sys.exit(console.exit_code)
