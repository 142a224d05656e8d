"""The commands about the Excel add-in."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

import click

from xl_liushou.cli_chinese import ChineseGroup
from xl_liushou.cli_options import json_option
from xl_liushou.cli_output import Console


@click.group("addin", cls=ChineseGroup, help="Excel 里的按钮（加载项）")
def addin() -> None:
    """The group of the add-in's commands."""


@addin.command("build", help="做出加载项文件 xl_liushou.xlam，这台电脑不用装 Excel")
@click.option(
    "--out",
    "folder",
    metavar="文件夹",
    default=".",
    type=click.Path(path_type=Path),
    help="放在哪个文件夹；不写就是当前文件夹",
)
@json_option
@click.pass_obj
def build(console: Console, folder: Path) -> None:
    """Makes the add-in from its sources."""
    from xl_liushou.app.addin import build_addin

    console.finish(build_addin(folder))


@addin.command("install", help="把加载项装进 Excel，只装给当前用户")
@json_option
@click.pass_obj
def install(console: Console) -> None:
    """Puts the add-in in place."""
    from xl_liushou.adapters.addin_places import places
    from xl_liushou.app.addin import install_addin

    console.finish(install_addin(places(), Path(sys.executable)))


@addin.command("uninstall", help="把加载项从 Excel 里拿掉，不留痕迹")
@json_option
@click.pass_obj
def uninstall(console: Console) -> None:
    """Takes the add-in away."""
    from xl_liushou.adapters.addin_places import places
    from xl_liushou.app.addin import uninstall_addin

    console.finish(uninstall_addin(places()))


@addin.command("doctor", help="安装检查：哪里不对，怎么改，一行一行说清楚")
@click.argument("book", metavar="[工作簿]", required=False, type=click.Path(path_type=Path))
@json_option
@click.pass_obj
def doctor(console: Console, book: Path | None) -> None:
    """What stands in the way."""
    from xl_liushou.app.doctor import doctor as examine

    console.finish(examine(book))


COMMANDS: Final = (addin,)
