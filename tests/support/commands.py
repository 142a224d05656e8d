"""Running the program as its user does: a process of its own, words in, bytes out."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

AS_OF = "2026-11-23"
NOBODY = {"PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring", "XL_LIUSHOU_PASSWORD": ""}
"""An environment in which nobody knows a password."""


def knowing(password: str) -> dict[str, str]:
    """An environment that knows a password."""
    return {"XL_LIUSHOU_PASSWORD": password}


@dataclass(frozen=True)
class Ran:
    """How a command ended."""

    code: int
    out: str
    err: str
    raw: bytes

    @property
    def json(self) -> dict[str, Any]:
        """The one JSON object on stdout."""
        found: dict[str, Any] = json.loads(self.raw.decode("utf-8"))
        return found


def program(
    *words: str | Path, cwd: Path | None = None, encoding: str = "utf-8", env: Mapping[str, str] = NOBODY
) -> Ran:
    """Runs `xl-liushou` with these words; `encoding` is the console's code page, `env` goes into its environment."""
    environment = {**os.environ, **NOBODY, "PYTHONIOENCODING": encoding, **env}
    done = subprocess.run(
        [sys.executable, "-m", "xl_liushou", *map(str, words)],
        cwd=cwd,
        env=environment,
        capture_output=True,
        timeout=180,
    )
    return Ran(
        done.returncode, done.stdout.decode(encoding, "replace"), done.stderr.decode(encoding, "replace"), done.stdout
    )
