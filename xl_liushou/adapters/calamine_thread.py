"""python-calamine at work in a thread of its own, for it lets other Python code run while it reads."""

from __future__ import annotations

import io
from queue import SimpleQueue
from threading import Event, Thread
from types import TracebackType
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from python_calamine import CalamineSheet


class AskedSheet:
    """A sheet that was asked for; `result` waits for it and raises what python-calamine raised, a Rust panic too."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._ready = Event()
        self._found: CalamineSheet | None = None
        self._failure: BaseException | None = None

    def settle(self, found: CalamineSheet | None, failure: BaseException | None = None) -> None:
        """Note how the reading went."""
        self._found, self._failure = found, failure
        self._ready.set()

    def result(self) -> CalamineSheet:
        """The sheet, once: it is let go of here."""
        self._ready.wait()
        if self._failure is not None:
            raise self._failure
        found, self._found = self._found, None
        assert found is not None
        return found


class CalamineThread:
    """Reads sheets of one workbook, given as bytes, in the order in which they are asked for.

    Ask in a `with` block; sheets asked for may be waited for after it. When the block fails, no further
    sheet is read and the thread is over at its end.
    """

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._asked: SimpleQueue[AskedSheet | None] = SimpleQueue()
        self._given_up = False
        self._thread = Thread(target=self._work, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, _: BaseException | None, __: TracebackType | None) -> None:
        self._asked.put(None)
        if kind is not None:
            self.give_up()

    def ask(self, name: str) -> AskedSheet:
        """Have the sheet of this name read; only ask for what has been checked."""
        asked = AskedSheet(name)
        self._asked.put(asked)
        return asked

    def give_up(self) -> None:
        """Read no further sheet, and wait until the one at hand is done."""
        self._given_up = True
        self._asked.put(None)
        self._thread.join()

    def _work(self) -> None:
        failure: BaseException | None = None
        try:
            from python_calamine import CalamineWorkbook

            book = CalamineWorkbook.from_filelike(io.BytesIO(self._data))
        except BaseException as problem:  # pyo3's PanicException is no Exception
            failure = problem
        while (asked := self._asked.get()) is not None and not self._given_up:
            try:
                asked.settle(None if failure else book.get_sheet_by_name(asked.name), failure)
            except BaseException as problem:
                asked.settle(None, problem)
