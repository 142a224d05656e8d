"""A program in the place of the Python that the buttons start; it writes down what arrives."""

from __future__ import annotations

import contextlib
import json
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")
STAND_INS = Path(__file__).with_name("stand_ins")
PATIENCE_SECONDS = 60


def patiently(look: Callable[[], T | None]) -> T:
    """The first thing that `look` sees; fails the test when there is nothing for a minute."""
    end = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < end:
        if found := look():
            return found
        time.sleep(0.01)
    raise AssertionError("it did not happen")


@dataclass(frozen=True)
class Recorder:
    """The program, and what it and the stand-ins for xlwings and for messages wrote beside it."""

    program: Path

    @classmethod
    def made(cls, folder: Path) -> Recorder:
        """A new one, in a folder whose name is Chinese and has a space."""
        program = folder / "解释 器" / "python"
        program.parent.mkdir()
        source = (STAND_INS / "python.py").read_text(encoding="utf-8")
        program.write_text(f"#!{sys.executable}\n{source}", encoding="utf-8")
        program.chmod(0o755)
        return cls(program)

    def arrived(self) -> list[str]:
        """The arguments of the next start, which may take a moment."""
        path = patiently(lambda: next(iter(sorted(self.program.parent.glob("*.json"))), None))
        found: list[str] = json.loads(path.read_text(encoding="utf-8"))
        path.unlink()
        return found

    def told(self) -> list[str]:
        """The keys of the messages since the last look."""
        path = self._beside("told")
        keys = path.read_text(encoding="utf-8").split() if path.exists() else []
        path.unlink(missing_ok=True)
        return keys

    @contextlib.contextmanager
    def trouble(self, kind: str) -> Iterator[None]:
        """A block in which xlwings cannot start anything, its Python fails, or its configuration raises an error."""
        self._beside(kind).touch()
        try:
            yield
        finally:
            self._beside(kind).unlink()

    @contextlib.contextmanager
    def gone(self) -> Iterator[None]:
        """A block in which the program is not there."""
        away = self.program.rename(self._beside("away"))
        try:
            yield
        finally:
            away.rename(self.program)

    def _beside(self, suffix: str) -> Path:
        return self.program.with_name(f"{self.program.name}.{suffix}")
