"""File names of papers: safe on every system, and nothing in them that a neighbour should not read."""

from __future__ import annotations

import re
from string import Formatter
from typing import Final

from xl_liushou.core.errors import UsageProblem
from xl_liushou.core.names import FORBIDDEN, RESERVED
from xl_liushou.core.plan import WriteDocument

_USUAL: Final = "{文档}-{班级}-{姓名}"
_PRIVATE_WORD: Final = "留守"
_MOST_BYTES: Final = 180


def paper_name(effect: WriteDocument, pattern: str = "") -> str:
    """The file name of a paper by a pattern of {文档}, {班级}, {姓名} and {编号}; "" is the usual pattern.

    Empty parts leave no dashes.
    """
    values = {
        "文档": effect.title,
        "班级": effect.class_name,
        "姓名": effect.person,
        "编号": effect.child or "",
    }
    wanted = pattern or _USUAL
    if not _fields(wanted) <= values.keys():
        raise UsageProblem('--name 只能用 {文档}、{班级}、{姓名}、{编号} 这几个空格，例如 "{班级}-{姓名}-{文档}"。')
    return f"{safe_name(wanted.format_map(values))}.docx"


def _fields(pattern: str) -> set[str]:
    """The names in the braces of a pattern; what is no plain name in braces counts as a strange one."""
    try:
        found = list(Formatter().parse(pattern))
    except ValueError:
        return {pattern}
    return {f"{field}{spec}{conversion or ''}" for _, field, spec, conversion in found if field is not None}


def safe_name(text: str) -> str:
    """Text as a name that every file system takes: no path, no reserved name, no trailing dot, not too long."""
    plain = FORBIDDEN.sub("", text.replace(_PRIVATE_WORD, ""))
    plain = re.sub(r"-{2,}", "-", plain).strip(" .-")
    while len(plain.encode("utf-8")) > _MOST_BYTES:
        plain = plain[:-1]
    plain = plain.strip(" .-") or "文书"
    return f"_{plain}" if RESERVED.fullmatch(plain) else plain
