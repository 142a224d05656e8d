"""Which fonts of a paper this machine lacks, as far as the system can be asked: Linux with fontconfig."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterable
from pathlib import Path

_FONTS = re.compile(r"<w:rFonts ([^>]*)>")
_NAMED = re.compile(r'w:(?:ascii|eastAsia|hAnsi)="([^"]+)"')
_PARTS = re.compile(r"word/(document|styles|header\d*|footer\d*)\.xml")


def missing_fonts(papers: Iterable[Path]) -> list[str]:
    """The fonts that these Word files name and the machine does not have, in order."""
    asked = shutil.which("fc-list")
    if asked is None:
        return []
    named = {font for paper in papers for font in _fonts(paper)}
    listed = subprocess.run([asked, ":", "family"], capture_output=True, text=True, encoding="utf-8", check=False)
    there = {name.strip() for line in listed.stdout.splitlines() for name in line.split(",")}
    return sorted(named - there) if there else []


def _fonts(paper: Path) -> set[str]:
    with zipfile.ZipFile(paper) as archive:
        parts = [name for name in archive.namelist() if _PARTS.fullmatch(name)]
        said = (fonts for name in parts for fonts in _FONTS.findall(archive.read(name).decode("utf-8")))
        return {font for fonts in said for font in _NAMED.findall(fonts)}
