"""Opening a file or a folder as a double click would."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path


def open_with_its_program(path: Path) -> None:
    """Shows a file or folder in the program that the system has for it; nothing happens where it has none."""
    with suppress(OSError):
        if sys.platform == "win32":
            os.startfile(path)
        else:
            opener = "open" if sys.platform == "darwin" else "xdg-open"
            subprocess.Popen([opener, path], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
