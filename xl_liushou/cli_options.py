"""The options of the command line, each declared once; routines name the groups they take."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final

import click

from xl_liushou.routines.campaign_patterns import PATTERNS
from xl_liushou.routines.inputs import Choice, NewCampaign
from xl_liushou.routines.log import KINDS

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_YEARS = (1950, 2099)

Decorator = Callable[[Any], Any]


def _day(ctx: click.Context, param: click.Parameter, value: str | None) -> date:
    """The as-of date; the front door is the only place that reads the calendar on the wall."""
    return date.today() if value is None else _given_day(ctx, param, value)  # noqa: DTZ011  the school's own day


def _given_day(_ctx: click.Context, param: click.Parameter, value: str) -> date:
    """A day that a person wrote."""
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
    "new_campaign": (
        click.option(
            "--pattern",
            metavar="样式",
            required=True,
            type=click.Choice(list(PATTERNS)),
            help=f"用哪一种活动样式：{'、'.join(PATTERNS)}",
        ),
        click.option(
            "--start", metavar="日期", required=True, callback=_given_day, help="活动从哪天开始，例如 2026-11-30"
        ),
        click.option("--end", metavar="日期", required=True, callback=_given_day, help="活动到哪天结束"),
        click.option("--name", "campaign_name", metavar="名称", default="", help="活动的名称；不写就用样式的"),
        click.option("--theme", metavar="主题", default="", help="活动的主题；不写就用样式的"),
    ),
    "contact_kind": (
        click.option(
            "--kind",
            "contact_kind",
            metavar="类型",
            required=True,
            type=click.Choice(list(KINDS)),
            help=f"登记哪一种：{'、'.join(KINDS)}",
        ),
    ),
    "leaders": (click.option("--leaders", is_flag=True, help="给指定领导看的，含保密内容"),),
    "campaign": (click.option("--campaign", metavar="活动编号", default="", help="只写这一项活动"),),
    "festival": (
        click.option(
            "--festival", metavar="节日", default="", help="亲情书信为哪个节日写，例如 中秋；next 是最近要到的一个"
        ),
    ),
    "release": (click.option("--release", metavar="儿童编号", multiple=True, help="核对过后放行被拦下的文书"),),
    "template": (
        click.option("--template", metavar="模板", type=click.Path(path_type=Path), help="这次用这个 Word 模板"),
    ),
    "one_file": (click.option("--one-file", is_flag=True, help="合成一个文件，每份从新的一页开始，拿来就打印"),),
    "pdf": (click.option("--pdf", is_flag=True, help="每个 Word 文件旁边再放一个 PDF（要装有 LibreOffice 或 Word）"),),
    "preview": (click.option("--preview", is_flag=True, help="先看会写哪些、给谁，画出第一页；不写文书，不改工作簿"),),
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


def new_campaign_of(words: dict[str, Any]) -> NewCampaign:
    """Takes what is said of a new campaign out of a command's words."""
    return NewCampaign(*map(words.pop, ("pattern", "start", "end", "campaign_name", "theme")))


def choice_of(words: dict[str, Any]) -> Choice:
    """Takes the choice of children out of a command's words."""
    return Choice(**{name: words.pop(name) for name in ("classes", "grades", "children", "key_only", "risks")})


GROUPED: Final[Mapping[str, Callable[[dict[str, Any]], Any]]] = {"choice": choice_of, "new_campaign": new_campaign_of}
"""The groups whose words become one value of a routine's inputs."""
