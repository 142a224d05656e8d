"""The commands about the Excel add-in."""

from __future__ import annotations

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


COMMANDS: Final = (addin,)
