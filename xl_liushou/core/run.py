"""What is remembered of a run: codes, places and hashes, never a child's data."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal

RunState = Literal["planned", "writing", "done", "waiting", "interrupted", "failed", "undone"]
"""planned: begun; writing: the new workbook is about to take its place; waiting: its edits are kept for later."""

CELLS: Final = "cells"
ROWS: Final = "rows"
FILE: Final = "file"


@dataclass(frozen=True, slots=True)
class Effect:
    """One thing a run did.

    `kind` cells: `place` is a range of one row on `sheet`, `digest` that of its values. `kind` rows: all
    rows under the header of a sheet that the program owns, from `place` on. `kind` file: a paper about
    `children`, `digest` its SHA-256, `place` whom it is written to (see `readers_told`).
    """

    kind: str
    digest: str = ""
    sheet: str = ""
    place: str = ""
    children: Sequence[str] = ()
    applied: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a routine on a workbook.

    `before` and `after` are SHA-256 of the file on the disk, `backup` the id of the copy made before
    it was replaced, `folder` where papers lie (relative to the workbook where it is beside it),
    `undone_by` the run that took this one back. Times are ISO 8601 with their offset.
    """

    id: str
    book: str
    command: str
    started: str
    as_of: str | None = None
    options: Mapping[str, Any] = field(default_factory=dict)
    state: RunState = "planned"
    ended: str | None = None
    before: str = ""
    after: str = ""
    backup: str = ""
    folder: str = ""
    undone_by: str = ""
    totals: Mapping[str, Any] = field(default_factory=dict)


def values_digest(run: str, values: Sequence[Any]) -> str:
    """The digest of values as they are read from a workbook; that of the same values in another run differs."""
    return hashlib.sha256(repr((run, *values)).encode()).hexdigest()[:32]


def bytes_digest(data: bytes) -> str:
    """SHA-256 of a file's content, in hex."""
    return hashlib.sha256(data).hexdigest()
