"""What a command ends with: a result for programs, lines for people, and an exit code."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from xl_liushou.core.errors import LiushouError


@dataclass(frozen=True, slots=True)
class Outcome:
    """`result` is the JSON object, `lines` the same for people, `notes` go beside them.

    `problem` is what kept the result from being written into the workbook.
    """

    result: Mapping[str, Any]
    lines: Sequence[str] = ()
    notes: Sequence[str] = field(default_factory=tuple)
    exit_code: int = 0
    problem: LiushouError | None = None


def heading(command: str, book: Path | None, today: date | None, run: str | None = None) -> dict[str, Any]:
    """The keys that every result begins with; `run` is null where nothing was recorded."""
    return {
        "command": command,
        "book": str(book.absolute()) if book else None,
        "as_of": today.isoformat() if today else None,
        "run": run,
    }


def exit_code(result: Mapping[str, Any]) -> int:
    """1 where findings of severity error remain or something was blocked, else 0."""
    errors = result.get("summary", {}).get("errors", 0)
    return 1 if errors or result.get("blocked") else 0
