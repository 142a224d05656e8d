"""The commands about the Word templates: which there are, what may stand in one, what is wrong in one, a copy."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from xl_liushou.cli_chinese import ChineseGroup
from xl_liushou.cli_options import json_option
from xl_liushou.cli_output import Console

_document: Final = click.argument("document", metavar="文书")


@click.group("template", cls=ChineseGroup, help="Word 模板：列出模板和标签，检查改过的模板，取一份来改")
def template() -> None:
    """The group of commands about templates."""


@template.command("list", help="列出全部模板；写上工作簿，就看用的是学校自己的还是程序自带的")
@click.argument("book", metavar="[工作簿]", required=False, type=click.Path(path_type=Path))
@json_option
@click.pass_obj
def list_(console: Console, book: Path | None) -> None:
    """The templates."""
    from xl_liushou.app.template_commands import list_templates

    console.finish(list_templates(book))


@template.command("tags", help="列出一种文书可以用的全部标签：意思、例子、谁能看")
@_document
@json_option
@click.pass_obj
def tags(console: Console, document: str) -> None:
    """The tags of a template."""
    from xl_liushou.app.template_commands import list_tags

    console.finish(list_tags(document))


@template.command("lint", help="检查一个改过的模板：哪里写错了，怎么改")
@click.argument("file", metavar="模板文件", type=click.Path(path_type=Path))
@click.option("--doc", "document", metavar="文书", default="", help="是哪种文书的模板；文件名看得出来就不用写")
@click.option("--annotate", metavar="文件", type=click.Path(path_type=Path), help="另存一份副本，在出错的地方加批注")
@json_option
@click.pass_obj
def lint(console: Console, file: Path, document: str, annotate: Path | None) -> None:
    """What is wrong in a template."""
    from xl_liushou.app.template_commands import lint_file

    console.finish(lint_file(file, document, annotate))


@template.command("copy", help="取一份程序自带的模板，放到文件夹里，用 Word 来改")
@_document
@click.argument("folder", metavar="文件夹", type=click.Path(path_type=Path))
@json_option
@click.pass_obj
def copy(console: Console, document: str, folder: Path) -> None:
    """A template to change."""
    from xl_liushou.app.template_commands import copy_built_in

    console.finish(copy_built_in(document, folder))


COMMANDS: Final = (template,)
