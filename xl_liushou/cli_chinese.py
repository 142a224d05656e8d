"""click in Chinese: help pages and usage mistakes in the staff's own language.

Only public hooks of click are used: commands format their own help, and mistakes are worded here.
"""

from __future__ import annotations

import re
from typing import Any

import click

_HELP = "显示这段说明"


class ChineseCommand(click.Command):
    """A command whose help page is Chinese."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **{"options_metavar": "[选项]", "add_help_option": False, **more})
        self.params.append(help_option())

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The line of usage."""
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), prefix="用法：")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of options."""
        _write_options(self, ctx, formatter)


class ChineseGroup(click.Group):
    """A group of commands whose help page is Chinese."""

    command_class = ChineseCommand

    def __init__(self, *args: Any, **more: Any) -> None:
        wording = {"options_metavar": "[选项]", "subcommand_metavar": "命令 …", "add_help_option": False}
        super().__init__(*args, **{**wording, **more})
        self.params.append(help_option())

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The line of usage."""
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), prefix="用法：")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options, then the commands."""
        _write_options(self, ctx, formatter)
        with formatter.section("命令"):
            rows = [(name, command.get_short_help_str(80)) for name, command in sorted(self.commands.items())]
            formatter.write_dl(rows)


def help_option() -> click.Option:
    """`--help` in Chinese."""

    def show(ctx: click.Context, _param: click.Parameter, value: bool) -> None:
        if value and not ctx.resilient_parsing:
            click.echo(ctx.get_help())
            ctx.exit()

    return click.Option(["--help"], is_flag=True, expose_value=False, is_eager=True, help=_HELP, callback=show)


def _write_options(command: click.Command, ctx: click.Context, formatter: click.HelpFormatter) -> None:
    options = [param for param in command.get_params(ctx) if isinstance(param, click.Option)]
    rows = [row for param in options if (row := param.get_help_record(ctx))]
    with formatter.section("选项"):
        formatter.write_dl(rows)


def mistake(problem: click.ClickException) -> str:
    """One Chinese sentence for a mistake on the command line."""
    if isinstance(problem, click.NoSuchOption):
        near = f"，是不是 {problem.possibilities[0]}" if problem.possibilities else ""
        return f"没有 {problem.option_name} 这个选项{near}。加上 --help 可以看到全部选项。"
    if isinstance(problem, click.BadOptionUsage):
        return f"选项 {problem.option_name} 用得不对（可能少写了后面的内容，或多写了内容）。加上 --help 可以看到用法。"
    if isinstance(problem, click.MissingParameter):
        name = problem.param.human_readable_name if problem.param else ""
        return f"还缺少“{name}”。加上 --help 可以看到用法。"
    if isinstance(problem, click.BadParameter):
        return _bad_value(problem)
    unknown = _unknown_command(problem)
    if unknown:
        return f"没有“{unknown}”这个命令。加上 --help 可以看到全部命令。"
    return "命令写得不完整，或多写了内容。加上 --help 可以看到用法和全部命令。"


def _unknown_command(problem: click.ClickException) -> str:
    """The word that is none of the commands, or "" (click says so in words only, before 8.4)."""
    found = re.match(r"No such command '(.*)'", problem.message)
    return found[1] if found else ""


def _bad_value(problem: click.BadParameter) -> str:
    param = problem.param
    name = (param.opts[-1] if isinstance(param, click.Option) else param.human_readable_name) if param else ""
    if param is not None and isinstance(param.type, click.Choice):
        return f"{name} 只能是：{'、'.join(map(str, param.type.choices))}。"
    return f"{name} 写得不对：{problem.message}"
