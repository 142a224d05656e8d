"""The options of the command line, each declared once; routines name the groups they take."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final

import click

from xl_liushou.routines.inputs import Choice

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_YEARS = (1950, 2099)

Decorator = Callable[[Any], Any]


def _day(_ctx: click.Context, param: click.Parameter, value: str | None) -> date:
    """The as-of date; the front door is the only place that reads the calendar on the wall."""
    if value is None:
        return date.today()  # noqa: DTZ011  the school's own calendar day
    try:
        day = date.fromisoformat(value if _DAY.fullmatch(value) else "")
    except ValueError:
        raise click.BadParameter("日期请写成 2026-11-23 这样。", param=param) from None
    if not _YEARS[0] <= day.year <= _YEARS[1]:
        raise click.BadParameter(f"年份请写 {_YEARS[0]} 到 {_YEARS[1]} 之间的。", param=param)
    return day


def _note_json(ctx: click.Context, _param: click.Parameter, value: bool) -> None:
    ctx.obj.as_json = value


as_of_option: Final = click.option(
    "--as-of", metavar="日期", callback=_day, help="按哪一天计算，例如 2026-11-23；不写就是今天"
)
json_option: Final = click.option(
    "--json", is_flag=True, expose_value=False, callback=_note_json, help="结果写成一个 JSON 对象，给别的程序用"
)
book_argument: Final = click.argument("book", metavar="工作簿", type=click.Path(path_type=Path))

_CHOICE: Final = (
    click.option("--class", "classes", metavar="班级", multiple=True, help="只要这个班，例如 三年级1班；可以写多次"),
    click.option("--grade", "grades", metavar="年级", multiple=True, help="只要这个年级，例如 三年级；可以写多次"),
    click.option("--child", "children", metavar="儿童编号", multiple=True, help="只要这名孩子；可以写多次"),
    click.option("--key", "key_only", is_flag=True, help="只要重点帮扶的孩子"),
    click.option(
        "--risk", "risks", metavar="等级", multiple=True, type=click.Choice(("高", "中", "低")), help="只要这个风险等级"
    ),
)


def _list_papers(ctx: click.Context, _param: click.Parameter, value: bool) -> None:
    """`write --list`: answered at once, without a workbook."""
    if not value or ctx.resilient_parsing:
        return
    from xl_liushou.app.outcome import Outcome, heading
    from xl_liushou.routines import write

    result = {**heading("write", None, None), **write.listing().report}
    ctx.obj.finish(Outcome(result, list(write.listing_lines(result))))
    ctx.exit()


OPTIONS: Final[Mapping[str, tuple[Decorator, ...]]] = {
    "choice": _CHOICE,
    "select": (
        click.option("--select", metavar="代码", multiple=True, help="只检查这些规则，例如 C 或 C101；可以写多次"),
    ),
    "ignore": (click.option("--ignore", metavar="代码", multiple=True, help="不检查这些规则；可以写多次"),),
    "fix": (click.option("--fix", is_flag=True, help="改好不用猜就能改的（空格、全角、日期、电话、编号），逐处列出"),),
    "form": (
        click.option(
            "--format",
            "form",
            metavar="形式",
            type=click.Choice(("text", "xlsx")),
            default="text",
            help="xlsx：另做一个能打印、能点回去的表，一位班主任一页",
        ),
    ),
    "write": (click.option("--write", "into_book", is_flag=True, help="把结果写进工作簿的“校验结果”（或“待办”）表"),),
    "document": (
        click.argument("document", metavar="文书"),
        click.option(
            "--list", is_flag=True, is_eager=True, expose_value=False, callback=_list_papers, help="列出可以写的文书"
        ),
    ),
    "leaders": (click.option("--leaders", is_flag=True, help="给指定领导看的，含保密内容"),),
    "campaign": (click.option("--campaign", metavar="活动编号", default="", help="只写这一项活动"),),
    "release": (click.option("--release", metavar="儿童编号", multiple=True, help="核对过后放行被拦下的文书"),),
    "out": (click.option("--out", metavar="文件夹", type=click.Path(path_type=Path), help="写到哪个文件夹"),),
    "files": (click.argument("files", metavar="名册…", type=click.Path(path_type=Path), nargs=-1, required=True),),
    "dry-run": (
        click.option("--dry-run", "into_book", is_flag=True, flag_value=False, default=True, help="只看结果，不写入"),
    ),
    "map": (
        click.option(
            "--map",
            "maps",
            metavar="原列=列",
            multiple=True,
            help="名册里的一列是什么，例如 联系方式=父亲.手机；不要的写 =不导入；可以写多次",
        ),
    ),
    "confirm": (
        click.option(
            "--confirm", metavar="儿童编号", multiple=True, help="核对过了：就是这个孩子，改动也照名册；可以写多次"
        ),
    ),
    "accept": (click.option("--accept-changes", "accept", is_flag=True, help="和台账不同的，都照名册改"),),
    "name": (click.option("--name", metavar="样式", default="", help="文件名的样式，例如 {班级}-{姓名}-{文档}"),),
}
"""The options of each group, as routines name them in the registry."""


def choice_of(words: dict[str, Any]) -> Choice:
    """Takes the choice of children out of a command's words."""
    return Choice(**{name: words.pop(name) for name in ("classes", "grades", "children", "key_only", "risks")})
