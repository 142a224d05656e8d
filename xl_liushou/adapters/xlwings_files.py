"""The VBA that comes with xlwings: what starts Python from Excel, taken from the installed package as it is."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Final

from xl_liushou.core.errors import UnusableInput

_FILES: Final = ("xlwings_custom_addin.bas", "addin/Dictionary.cls")
"""RunPython for an add-in of one's own, with its BSD notice; and the class (MIT) that it uses on macOS."""


def xlwings_modules() -> list[bytes]:
    """The files by which an add-in starts Python; xlwings itself is not imported."""
    spec = find_spec("xlwings")
    try:
        folder = Path(spec.origin if spec and spec.origin else "").parent
        return [(folder / name).read_bytes() for name in _FILES]
    except OSError as problem:
        raise UnusableInput("没有找到 xlwings，或者它不完整。请运行 pip install -U xlwings，再试一次。") from problem
