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
    if spec is None or spec.origin is None:
        raise UnusableInput("没有找到 xlwings，做不出加载项。请运行 pip install xlwings，再试一次。")
    folder = Path(spec.origin).parent
    return [(folder / name).read_bytes() for name in _FILES]
