"""Where a person stands who presses a button: what is open and chosen there, and how to talk to them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

from xl_liushou.app.opening import Opened
from xl_liushou.core.passwords import Passwords
from xl_liushou.core.progress import Progress

TITLE: Final = "关爱台账"

Areas = Sequence[tuple[int, int]]
"""Rows from first to last."""


@dataclass(frozen=True, slots=True)
class Field:
    """A line of a form: its label, what stands there at first, and what one can choose from, if not anything."""

    label: str
    first: str = ""
    choices: Sequence[str] = ()


class Desk(Protocol):
    """Excel with the workbook open, or a file and a few small windows."""

    @property
    def is_live(self) -> bool:
        """Whether the workbook is open in a program that we can speak to."""

    @property
    def passwords(self) -> Passwords:
        """Who knows the password of a protected workbook."""

    @property
    def where(self) -> str:
        """The path of the workbook."""

    def open(self) -> Opened:
        """The workbook as it stands now."""

    def selected(self) -> tuple[str, Areas]:
        """The sheet in front and the rows selected on it."""

    def hidden_rows(self, title: str, rows: Collection[int]) -> set[int]:
        """Those of some rows that nobody sees."""

    def working(self, label: str) -> AbstractContextManager[Progress]:
        """Shows how far the work is."""

    def tell(self, words: str) -> None:
        """One message."""

    def ask(self, question: str) -> bool | None:
        """Yes, no, or None where the person wants neither."""

    def fill(self, question: str, fields: Sequence[Field]) -> list[str] | None:
        """What a person filled in, None where they did not want to."""

    def pick(self, question: str) -> list[Path]:
        """The files that a person picked, none where they did not want to."""

    def show_sheet(self, opened: Opened, title: str) -> None:
        """Brings a sheet to the front."""

    def put_cursor(self, opened: Opened, title: str, column: str) -> None:
        """Puts the cursor into a column of the first row that was just written."""

    def show_folder(self, folder: Path) -> None:
        """Opens a folder."""
