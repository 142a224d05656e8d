"""What this computer has: programs, settings of Excel, fonts. Nothing is changed."""

from __future__ import annotations

import importlib.metadata
import os
import shutil
import struct
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from xl_liushou.adapters.addin_places import Places, places, told_python
from xl_liushou.adapters.open_elsewhere import require_closed
from xl_liushou.adapters.pdf_maker import maker_name
from xl_liushou.core.errors import UsageProblem, WorkbookBusy

_PACKAGES: Final = ("xlwings", "openpyxl", "python-calamine", "docxtpl", "lxml", "click")
_OFFICE: Final = r"Software\Microsoft\Office"


@dataclass(frozen=True, slots=True)
class Machine:
    """The facts. None tells that a thing does not apply to this system or cannot be known."""

    system: str
    python: tuple[int, ...]
    bits: int
    packages: Mapping[str, str]
    places: Places | None = None
    addin_there: bool = False
    from_internet: bool = False
    told_python: str = ""
    told_python_there: bool = False
    excel: str = ""
    excel_bits: int | None = None
    wps: bool = False
    macros: int | None = None
    start_folder_trusted: bool | None = None
    pdf_maker: str = ""
    chinese_fonts: bool | None = None
    book: Path | None = None
    folder_writable: bool | None = None
    held_by: str = ""


def this_machine(book: Path | None = None) -> Machine:
    """Looks at this computer, and at the folder of a workbook."""
    where = _places()
    told = told_python(where) if where else ""
    version = _value(r"Excel.Application\CurVer", root="HKEY_CLASSES_ROOT")
    number = f"{str(version or '').rpartition('.')[2] or '16'}.0"
    security = rf"{_OFFICE}\{number}\Excel\Security"
    return Machine(
        system=sys.platform,
        python=sys.version_info[:3],
        bits=struct.calcsize("P") * 8,
        packages={name: _version(name) for name in _PACKAGES},
        places=where,
        addin_there=bool(where and where.addin.is_file()),
        from_internet=bool(where and _from_internet(where.addin)),
        told_python=told,
        told_python_there=bool(told) and Path(told).is_file(),
        excel=_excel(version),
        excel_bits=_excel_bits(number),
        wps=_value(r"Ket.Application\CurVer", root="HKEY_CLASSES_ROOT") is not None,
        macros=_value(security, "VBAWarnings"),
        start_folder_trusted=_value(rf"{security}\Trusted Locations", "AllLocationsDisabled") != 1 if where else None,
        pdf_maker=maker_name(),
        chinese_fonts=_chinese_fonts(),
        book=book,
        folder_writable=_writable(book.absolute().parent) if book else None,
        held_by=_held_by(book) if book else "",
    )


def _places() -> Places | None:
    with suppress(UsageProblem, KeyError):
        return places()
    return None


def _version(package: str) -> str:
    with suppress(importlib.metadata.PackageNotFoundError):
        return importlib.metadata.version(package)
    return ""


def _value(key: str, name: str = "", root: str = "HKEY_CURRENT_USER") -> Any:
    """A value of the Windows registry, None where there is none (or no Windows)."""
    if sys.platform != "win32":
        return None
    import winreg

    with suppress(OSError), winreg.OpenKey(getattr(winreg, root), key) as found:
        return winreg.QueryValueEx(found, name)[0]
    return None


def _excel(version: Any) -> str:
    if sys.platform == "darwin":
        return "Microsoft Excel" if Path("/Applications/Microsoft Excel.app").exists() else ""
    return str(version or "")


def _excel_bits(number: str) -> int | None:
    found = _value(rf"SOFTWARE\Microsoft\Office\{number}\Outlook", "Bitness", "HKEY_LOCAL_MACHINE") or _value(
        r"SOFTWARE\Microsoft\Office\ClickToRun\Configuration", "Platform", "HKEY_LOCAL_MACHINE"
    )
    return {"x64": 64, "x86": 32}.get(str(found))


def _from_internet(path: Path) -> bool:
    """Whether Windows has noted that the file came from elsewhere: Excel then does not load it."""
    if sys.platform != "win32":
        return False
    with suppress(OSError):
        return b"ZoneId=3" in Path(f"{path}:Zone.Identifier").read_bytes()
    return False


def _chinese_fonts() -> bool | None:
    if sys.platform != "linux":
        return True
    asked = shutil.which("fc-list")
    if not asked:
        return None
    return bool(_said([asked, ":lang=zh", "family"]).strip())


def _said(command: Sequence[str]) -> str:
    with suppress(OSError, subprocess.TimeoutExpired):
        done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False, timeout=20)
        return done.stdout
    return ""


def _writable(folder: Path) -> bool:
    if not os.access(folder, os.W_OK):
        return False
    with suppress(OSError), tempfile.TemporaryFile(dir=folder):
        return True
    return False


def _held_by(book: Path) -> str:
    try:
        require_closed(book)
    except WorkbookBusy as problem:
        return problem.message
    return ""
