"""A click on a button of Excel: a process of its own with xlwings' own arguments, over the Excel of the tests."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from tests.support.commands import NOBODY
from tests.support.excel import State

ROOT = Path(__file__).parents[2]
_EXCEL = (
    "import atexit, pathlib; from tests.support import excel; at = pathlib.Path({at!r}); "
    "state = excel.State.load(at); atexit.register(state.dump, at); excel.start(state); "
)
_RUN_PYTHON = (
    'import xlwings.utils;xlwings.utils.prepare_sys_path("false,,,,,,"); '
    "import xl_liushou.ribbon; xl_liushou.ribbon.click('{button}')"
)


def click(state: State, button: str, folder: Path, env: Mapping[str, str] = NOBODY) -> State:
    """Presses a button; the state of Excel afterwards. Only `folder` is written beside the workbook's own."""
    at = folder / "excel.pickle"
    state.events.clear()
    state.dump(at)
    words = ["-B", "-c", _EXCEL.format(at=str(at)) + _RUN_PYTHON.format(button=button)]
    arguments = [f"--wb={Path(state.path).name}", "--from_xl=1", "--app=Microsoft Excel", "--hwnd=1"]
    opener = folder / "bin" / "xdg-open"
    if not opener.exists():
        opener.parent.mkdir(exist_ok=True)
        opener.write_text(f'#!/bin/sh\necho "$1" >> {folder / "shown"}\n')
        opener.chmod(0o755)
    path = f"{opener.parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, **NOBODY, **env, "PYTHONPATH": str(ROOT), "PATH": path}
    done = subprocess.run(
        [sys.executable, *words, *arguments], cwd=folder, env=environment, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return State.load(at)
