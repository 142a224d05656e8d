"""The ribbon: a click → the same run as on the command line → one message.

Excel calls `click` through xlwings, with the workbook open. Elsewhere the macros save the workbook and start
`python -m xl_liushou.ribbon ID [BOOK SHEET [ROWS]]`: BOOK and SHEET in hexadecimal UTF-16, ROWS as in 5-9,12-12.
"""

from __future__ import annotations

import sys
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xl_liushou.app.desk import Desk


def click(pressed: str) -> None:
    """A button over the workbook that is in front of Excel."""
    import xlwings

    from xl_liushou.adapters.live_book import LiveBook
    from xl_liushou.app.desks import ExcelDesk

    press_button(ExcelDesk(LiveBook(xlwings.Book.caller())), pressed)


def main(words: list[str]) -> None:
    """A button where there is no Excel to speak to."""
    from xl_liushou.app.desks import FileDesk

    pressed, book, sheet, rows = (*words, *[""] * 4)[:4]
    areas = [(int(first), int(last)) for first, last in (area.split("-") for area in rows.split(",") if area)]
    press_button(FileDesk(Path(_text(book)), _text(sheet), areas), pressed)


def press_button(desk: Desk, pressed: str) -> None:
    """Whatever happens is told in one message, never as a traceback."""
    from xl_liushou.core.errors import LiushouError

    try:
        from xl_liushou.app.buttons import press

        press(desk, pressed, date.today(), datetime.now().astimezone())  # noqa: DTZ011  the school's own day
    except LiushouError as problem:
        desk.tell(problem.message)
    except Exception as fault:
        from xl_liushou.app.crash import crash_report

        desk.tell(crash_report(fault, [desk.where]))


def _text(hexed: str) -> str:
    return bytes.fromhex(hexed).decode("utf-16-be")


if __name__ == "__main__":
    main(sys.argv[1:])
