"""Finds the files that come with the program: in a wheel under `_data`, in a checkout beside the package."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from xl_liushou.core.errors import ProgramFault

_PACKAGE = Path(__file__).parents[1]
_ROOTS = (_PACKAGE / "_data", _PACKAGE.parent)

Folder = Literal["workbook_templates", "doc_templates", "macros"]


def resource(folder: Folder, name: str) -> bytes:
    """The bytes of one file that the program ships."""
    for root in _ROOTS:
        found = root / folder / name
        if found.is_file():
            return found.read_bytes()
    raise ProgramFault(f"程序自带的文件“{name}”不见了，请重新安装程序。")


def resources(folder: Folder, suffix: str) -> list[bytes]:
    """The bytes of all files of one kind that the program ships in a folder, by name."""
    files = next((found for root in _ROOTS if (found := sorted((root / folder).glob(f"*{suffix}")))), [])
    return [file.read_bytes() for file in files]
