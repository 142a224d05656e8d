"""The two places where buttons are: over Excel, and over a file (WPS, or a closed workbook)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Final

from xl_liushou.adapters.cell_ref import column_number
from xl_liushou.adapters.desktop import open_with_its_program
from xl_liushou.adapters.live_book import LiveBook
from xl_liushou.app.desk import TITLE, Areas, Field
from xl_liushou.app.live import LiveOpened, open_live
from xl_liushou.app.opening import Opened, open_book
from xl_liushou.app.passwords import known_passwords
from xl_liushou.core.errors import UsageProblem
from xl_liushou.core.passwords import Passwords
from xl_liushou.core.progress import Progress, no_progress


class _Windows:
    """What both desks have in common."""

    def fill(self, question: str, fields: Sequence[Field]) -> list[str] | None:
        """A form in a window of its own."""
        from xl_liushou.adapters import dialogs

        return dialogs.fill(question, TITLE, [(one.label, one.first, one.choices) for one in fields])

    def pick(self, question: str) -> list[Path]:
        """The system's own window for opening files."""
        from xl_liushou.adapters import dialogs

        return [Path(path) for path in dialogs.ask_rosters(f"{TITLE} {question}")]

    def show_folder(self, folder: Path) -> None:
        """Opens a folder."""
        open_with_its_program(folder)


class ExcelDesk(_Windows):
    """The workbook in front of Excel."""

    is_live: Final = True

    def __init__(self, live: LiveBook) -> None:
        self.live = live

    @property
    def passwords(self) -> Passwords:
        """Excel has the workbook open: nobody needs to be asked."""
        return known_passwords(None, lambda _: None)

    @property
    def where(self) -> str:
        """The path of the workbook."""
        return self.live.book.fullname

    def open(self) -> LiveOpened:
        """The workbook with its unsaved edits."""
        return open_live(self.live, self.passwords)

    def selected(self) -> tuple[str, Areas]:
        """The sheet in front and the rows selected on it."""
        return self.live.selected()

    def hidden_rows(self, title: str, rows: Collection[int]) -> set[int]:
        """Those of some rows that nobody sees."""
        return self.live.hidden_rows(title, rows)

    def working(self, label: str) -> AbstractContextManager[Progress]:
        """Progress in the status bar."""
        return self.live.working(f"{TITLE} {label}")

    def tell(self, words: str) -> None:
        """One message over Excel."""
        self.live.tell(words, TITLE)

    def ask(self, question: str) -> bool | None:
        """A question over Excel."""
        return self.live.ask(question, TITLE)

    def show_sheet(self, opened: Opened, title: str) -> None:  # noqa: ARG002
        """Brings a sheet to the front."""
        self.live.show(title)

    def put_cursor(self, opened: Opened, title: str, column: str) -> None:
        """Puts the cursor into the first row that Excel has just written on a sheet."""
        rows = [one.top for one in opened.written if one.sheet == title] if isinstance(opened, LiveOpened) else []
        self.live.put_cursor(title, rows[0], column_number(column))


@dataclass
class FileDesk(_Windows):
    """A workbook file, the sheet that was in front when it was saved, and the rows selected there."""

    book: Path
    sheet: str = ""
    areas: Areas = ()
    is_live: ClassVar[bool] = False

    @property
    def where(self) -> str:
        """The path of the workbook."""
        return "" if self.book == Path() else str(self.book)

    @property
    def passwords(self) -> Passwords:
        """Known passwords, and those that a person types into a small window."""
        from xl_liushou.adapters import dialogs

        return known_passwords(lambda question: dialogs.ask_password(question, TITLE), lambda _: None)

    def open(self) -> Opened:
        """The file."""
        if self.book == Path():
            raise UsageProblem("请先打开台账工作簿（并保存在文件夹里），再点按钮。")
        return open_book(self.book, self.passwords)

    def selected(self) -> tuple[str, Areas]:
        """What was selected when the button was pressed."""
        return self.sheet, self.areas

    def hidden_rows(self, title: str, rows: Collection[int]) -> set[int]:
        """Those of some rows that nobody sees."""
        from xl_liushou.adapters.hidden_rows import hidden_rows

        file = open_book(self.book, self.passwords).file
        return hidden_rows(file.data, file.path.name, title, rows)

    @contextmanager
    def working(self, label: str) -> Iterator[Progress]:  # noqa: ARG002
        """There is no bar to show it in."""
        yield no_progress

    def tell(self, words: str) -> None:
        """A message in a window of its own."""
        from xl_liushou.adapters import dialogs

        dialogs.tell(words, TITLE)

    def ask(self, question: str) -> bool | None:
        """A question in a window of its own."""
        from xl_liushou.adapters import dialogs

        return dialogs.ask(question, TITLE)

    def show_sheet(self, opened: Opened, title: str) -> None:
        """The message tells where the result lies: the workbook may be open in a program that we cannot speak to."""

    def put_cursor(self, opened: Opened, title: str, column: str) -> None:
        """A file has no cursor."""
