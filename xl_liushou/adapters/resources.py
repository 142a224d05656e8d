"""Finds the files that come with the program: in a wheel under `_data`, in a checkout beside the package."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from xl_liushou.core.errors import ProgramFault

_PACKAGE = Path(__file__).parents[1]


def resource(folder: Literal["workbook_templates", "doc_templates"], name: str) -> bytes:
    """The bytes of one file that the program ships."""
    for root in (_PACKAGE / "_data", _PACKAGE.parent):
        found = root / folder / name
        if found.is_file():
            return found.read_bytes()
    raise ProgramFault(f"程序自带的文件“{name}”不见了，请重新安装程序。")
