"""Read a roster that somebody else made, whatever program saved it; nothing is ever written."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from xl_liushou.adapters.calamine_process import read_apart
from xl_liushou.adapters.package import Package, read_bytes
from xl_liushou.adapters.protection import is_protected
from xl_liushou.adapters.roster_text import read_text
from xl_liushou.adapters.workbook_file import read_content
from xl_liushou.core.compound_file import MAGIC
from xl_liushou.core.errors import HostileInput, PasswordNeeded
from xl_liushou.core.rawsheet import RawWorkbook

MAX_ROSTER: Final = 32 << 20
"""Bytes of a roster; 10,000 children are about 2 MB."""
_BINARY: Final = "xl/workbook.bin"
_OPEN_DOCUMENT, _MANIFEST = "content.xml", "META-INF/manifest.xml"


def read_roster(path: Path) -> RawWorkbook:
    """Reads a roster by what it is, not by its extension: .xlsx, .xlsm, .xls, .xlsb, .ods, or text with separators.

    Raises UnusableInput, PasswordNeeded or HostileInput, each with a sentence for staff.
    """
    data, name = read_bytes(path), path.name
    if len(data) > MAX_ROSTER:
        raise HostileInput(f"“{name}”超过 {MAX_ROSTER >> 20} MB，不像一份名册，没有打开。请只留下名册的工作表再试。")
    if is_protected(data):
        raise protected(name)
    if data.startswith(MAGIC):
        return read_apart(data, name)
    if not data.startswith(b"PK"):
        return read_text(data, name)
    package = Package(data, name)
    if package.has(_BINARY):
        return read_apart(_unpacked(package), name)
    if package.has(_OPEN_DOCUMENT):
        if package.has(_MANIFEST) and b"encryption-data" in package.read(_MANIFEST):
            raise protected(name)
        return read_apart(_unpacked(package), name)
    return read_content(data, name)


def protected(name: str) -> PasswordNeeded:
    """The error to raise for a roster with a password to open."""
    return PasswordNeeded(f"“{name}”设有打开密码。请在 Excel 或 WPS 中打开，另存一份不带密码的副本再导入。")


def _unpacked(package: Package) -> bytes:
    """The file's bytes, once every part has passed the bounds of inflation."""
    for name in package.names():
        for _ in package.stream(name):
            pass
    return package.data
