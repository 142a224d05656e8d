"""Where the add-in lies, where it is told which Python to start, and the entry of "send to"."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from xl_liushou.adapters import disk
from xl_liushou.core.errors import CannotSave, UsageProblem

_ADDIN: Final = "xl_liushou.xlam"
_CONFIG: Final = "xl_liushou.conf"
_SEND_TO: Final = "关爱台账.cmd"


@dataclass(frozen=True, slots=True)
class Places:
    """The add-in in Excel's start folder, its configuration in `encoding`, and "send to" (Windows only)."""

    addin: Path
    config: Path
    encoding: str
    key: str
    send_to: Path | None = None

    @property
    def files(self) -> list[Path]:
        """All that an installation writes."""
        return [path for path in (self.addin, self.config, self.send_to) if path]


def places(system: str = sys.platform, environ: Mapping[str, str] = os.environ) -> Places:
    """The places of this system; UsageProblem where Excel has none."""
    if system == "win32":
        roaming, home = Path(environ["APPDATA"]) / "Microsoft", Path(environ["USERPROFILE"])
        return Places(
            roaming / "Excel" / "XLSTART" / _ADDIN, home / ".xl_liushou" / _CONFIG,
            "mbcs" if sys.platform == "win32" else "gbk", "INTERPRETER_WIN", roaming / "Windows" / "SendTo" / _SEND_TO,
        )  # fmt: skip
    if system == "darwin":
        library = Path(environ["HOME"]) / "Library"
        start = library / "Group Containers" / "UBF8T346G9.Office" / "User Content.localized" / "Startup.localized"
        config = library / "Containers" / "com.microsoft.Excel" / "Data" / _CONFIG
        return Places(start / "Excel" / _ADDIN, config, "utf-8", "INTERPRETER_MAC")
    raise UsageProblem(
        "这台电脑上没有 Excel 的启动文件夹（只有 Windows 和 macOS 有）。可以用命令，按钮能做的命令都能做。"
    )


def put_in_place(where: Places, addin: bytes, python: Path) -> None:
    """Writes the files; each has its name only when it is whole."""
    config = f'"{where.key}","{python}"\r\n"ADD_WORKBOOK_TO_PYTHONPATH","False"\r\n'
    try:
        contents = {where.addin: addin, where.config: config.encode(where.encoding)}
    except UnicodeEncodeError:
        raise UsageProblem(
            f"Python 装在“{python}”，这个路径里有 Excel 读不了的字。请把 Python 装到只有英文字母的文件夹，再运行一次。"
        ) from None
    if where.send_to:
        contents[where.send_to] = _send_to(python).encode()
    for path, data in contents.items():
        _write(path, data)


def take_away(where: Places) -> list[Path]:
    """Removes what an installation wrote, and its own folder if nothing else is in it; what was there."""
    there = [path for path in where.files if path.exists()]
    try:
        for path in there:
            disk.remove(path)
        own = where.config.parent
        if own.name == ".xl_liushou" and own.is_dir() and not any(own.iterdir()):
            own.rmdir()
    except OSError as problem:
        raise _in_use(problem) from problem
    return there


def told_python(where: Places) -> str:
    """The Python that the configuration names, "" where there is none."""
    try:
        lines = where.config.read_bytes().decode(where.encoding, "replace").splitlines()
    except OSError:
        return ""
    pairs = (line.strip('"').split('","', 1) for line in lines)
    return next((pair[1] for pair in pairs if len(pair) == 2 and pair[0] == where.key), "")


def windowless(python: Path) -> Path:
    """The Python that opens no black window, where there is one beside this one."""
    quiet = python.with_name("pythonw.exe")
    return quiet if python.name.lower() == "python.exe" and quiet.is_file() else python


def _send_to(python: Path) -> str:
    return f'@echo off\r\nchcp 65001 >nul\r\nstart "" "{python}" -P -m xl_liushou.window "%~1"\r\n'


def _write(path: Path, data: bytes) -> None:
    temporary = path.with_name(f"{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary.unlink(missing_ok=True)
        disk.write_new(temporary, data)
        disk.replace(temporary, path)
    except OSError as problem:
        temporary.unlink(missing_ok=True)
        raise _in_use(problem) from problem


def _in_use(problem: OSError) -> CannotSave:
    return CannotSave(f"加载项的文件现在改不了（{disk.reason(problem)}）。请关闭 Excel（所有窗口），再运行一次。")
