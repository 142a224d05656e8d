"""python-calamine at work in a thread of its own, for it lets other Python code run while it reads."""

from __future__ import annotations

import io
from queue import SimpleQueue
from threading import Thread
from types import TracebackType
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from python_calamine import CalamineSheet


class CalamineThread:
    """Reads sheets of one workbook, given as bytes, in the order in which they are asked for.

    Use it in a `with` block, at whose end the thread is over; when the block fails, it
    reads no further sheet. What python-calamine raises, a Rust
    panic too, comes out of `sheets` as it is.
    """

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._asked: SimpleQueue[str | None] = SimpleQueue()
        self._sheets: list[CalamineSheet] = []
        self._failure: BaseException | None = None
        self._given_up = False
        self._thread = Thread(target=self._work, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, _: BaseException | None, __: TracebackType | None) -> None:
        self._given_up = kind is not None
        self._finish()

    def ask(self, name: str) -> None:
        """Have the sheet of this name read; only ask for what has been checked."""
        self._asked.put(name)

    def sheets(self) -> list[CalamineSheet]:
        """Wait for the sheets asked for, and return them in order."""
        self._finish()
        if self._failure is not None:
            raise self._failure
        return self._sheets

    def _finish(self) -> None:
        self._asked.put(None)
        self._thread.join()

    def _work(self) -> None:
        try:
            self._read()
        except BaseException as failure:  # pyo3's PanicException is no Exception
            self._failure = failure

    def _read(self) -> None:
        from python_calamine import CalamineWorkbook

        book = CalamineWorkbook.from_filelike(io.BytesIO(self._data))
        while (name := self._asked.get()) is not None and not self._given_up:
            self._sheets.append(book.get_sheet_by_name(name))
