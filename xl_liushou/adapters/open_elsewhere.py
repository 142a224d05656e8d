"""Whether somebody has a workbook open: by the files that office programs put beside it, and by Windows itself.

Excel writes `~$name` (an owner's hint, left behind when Excel dies), WPS `.~name`, LibreOffice
`.~lock.name#`. None of them is a lock; on Windows Excel keeps the workbook itself to itself as well.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from xl_liushou.core.errors import WorkbookBusy

_HINTS = (("~${}", "Excel 或 WPS"), (".~{}", "WPS"), (".~lock.{}#", "LibreOffice"))


def require_closed(book: Path) -> None:
    """Raises WorkbookBusy where another program has the workbook open."""
    for pattern, program in _HINTS:
        hint = book.with_name(pattern.format(book.name))
        if _exists(hint):
            raise WorkbookBusy(
                f"“{book.name}”正在 {program} 中打开着，这次没有写入，原来的内容没有变。请保存并关闭它，然后再试。"
                f"如果确定没有人打开（例如电脑意外关过机），请删除同一文件夹里的隐藏文件“{hint.name}”再试。"
            )
    if os.name == "nt" and _held(book):
        raise held_by_another(book)


def _exists(hint: Path) -> bool:
    """Whether there is such a file; a name too long for one is none."""
    with suppress(OSError):
        return hint.exists()
    return False


def held_by_another(book: Path) -> WorkbookBusy:
    """The error to raise when Windows says that another program holds the file."""
    return WorkbookBusy(
        f"“{book.name}”正被另一个程序（Excel、WPS、网盘同步或杀毒软件）占用，这次没有写入，原来的内容没有变。"
        "请保存并关闭它，稍等片刻再试。"
    )


def _held(book: Path) -> bool:
    """Windows: a file that another program keeps from being written raises a sharing violation."""
    try:
        with book.open("r+b"):
            return False
    except PermissionError:
        return True
