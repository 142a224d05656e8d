"""Read .xls, .xlsb and .ods with python-calamine in a process of its own, with bounds of memory and time.

For .xlsx the cells are counted before python-calamine sees them (`sheet_guard`); nobody counts them in these
formats, and python-calamine lays a sheet out as a full rectangle, or ends the whole process.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, Final

from xl_liushou.adapters import calamine_worker
from xl_liushou.core.errors import HostileInput, LiushouError, PasswordNeeded, UnusableInput
from xl_liushou.core.rawsheet import CellValue, RawSheet, RawWorkbook, Rows

SECONDS: Final = 30
_KINDS: Final[Mapping[str, Callable[[str], CellValue]]] = {
    "date": date.fromisoformat,
    "datetime": datetime.fromisoformat,
    "time": time.fromisoformat,
}


def read_apart(data: bytes, name: str) -> RawWorkbook:
    """All worksheets of the file; raises UnusableInput, PasswordNeeded or HostileInput.

    Merged ranges are known of .xls only; an error value is a blank cell in all three.
    """
    words = [sys.executable, "-P", str(Path(calamine_worker.__file__))]
    hidden = getattr(subprocess, "CREATE_NO_WINDOW", 0)  # Windows would open a console beside Excel
    try:
        done = subprocess.run(
            words, input=data, capture_output=True, timeout=SECONDS, check=False, creationflags=hidden
        )
    except subprocess.TimeoutExpired:
        raise _hostile(name) from None
    if done.returncode:
        raise _problem(done.returncode, name)
    sheets = json.loads(done.stdout)
    return RawWorkbook(tuple(map(_sheet, sheets)), dates_known=False)


def _problem(code: int, name: str) -> LiushouError:
    if code == calamine_worker.PASSWORD:
        return PasswordNeeded(f"“{name}”设有打开密码。请在 Excel 或 WPS 中打开，另存一份不带密码的副本再导入。")
    if code == calamine_worker.BROKEN:
        return UnusableInput(f"“{name}”已损坏，或不是工作簿，读不了。请在 Excel 或 WPS 中打开，另存为 .xlsx 再导入。")
    return _hostile(name)


def _hostile(name: str) -> HostileInput:
    return HostileInput(f"“{name}”展开后大得不正常，没有打开。请在 Excel 或 WPS 中打开，把名册另存为 .xlsx 再导入。")


def _sheet(told: Mapping[str, Any]) -> RawSheet:
    rows = [[_value(cell) for cell in row] for row in told["rows"]]
    merged = tuple((top + 1, left + 1, bottom + 1, right + 1) for (top, left), (bottom, right) in told["merged"])
    return RawSheet(told["name"], Rows(rows, told["top"] + 1, told["left"] + 1), merged=merged)


def _value(told: Any) -> CellValue:
    """A cell as the worker told it: dates and times are lists of their kind and their parts."""
    if isinstance(told, list):
        kind, part = told
        return timedelta(seconds=part) if kind == "timedelta" else _KINDS[kind](part)
    value: CellValue = told
    return value
