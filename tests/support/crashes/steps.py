"""The steps that a run takes on the disk, numbered, so that something can happen before, within and after each."""

from __future__ import annotations

import errno
import os
import signal
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any, Final, Literal, NamedTuple

from xl_liushou.adapters import disk, ledger, state

Mode = Literal["exchange", "links", "bare"]
MODES: tuple[Mode, ...] = ("exchange", "links", "bare")
"""What the file system can do: exchange two files; only link them; neither."""

_DISK = (
    "write_new", "replace", "move", "link", "remove", "swap", "flush_folder", "make_private", "take_rights",
)  # fmt: skip


LOOKS: Final = ("stat", "glob", "iterdir")
"""Steps that only look, so often that little is done at each of their moments."""


class Moment(NamedTuple):
    """A moment of a step: `number` counts the steps from 1."""

    number: int
    step: str
    when: Literal["before", "within", "after"]


At = Callable[[Moment, int | None], None]
"""What happens at each moment; within the writing of a file it gets the file's handle."""
Due = Mapping[int, Callable[[], object]]
"""What others do at some moments, which are numbered from 0."""


def watch(at: At, mode: Mode = "exchange") -> None:
    """From now on tells `at` each moment of each step of this process. There is no way back: fork before."""
    numbers = count(1)
    _limit(mode)
    for name in _DISK:
        setattr(disk, name, _stepped(getattr(disk, name), name, at, numbers))
    for name in ("open", *LOOKS):
        setattr(Path, name, _stepped(getattr(Path, name), name, at, numbers))
    state._try_lock = _stepped(state._try_lock, "lock", at, numbers)
    for name in ("_opened", "runs", "effects"):
        step = _stepped(getattr(ledger.Ledger, name), name, at, numbers)
        setattr(ledger.Ledger, name, ledger._told()(step))
    ledger.Ledger.transaction = _transaction(at, numbers)  # type: ignore[method-assign]


def _limit(mode: Mode) -> None:
    """Makes the file system one that can do less."""
    if mode != "exchange":
        disk.swap = _no_swap
    if mode == "bare":
        disk.link = _no_link


def _no_swap(one: Path, other: Path) -> bool:  # noqa: ARG001  the names are those of disk.swap
    return False


def _no_link(path: Path, name: Path) -> None:  # noqa: ARG001
    raise OSError(errno.EOPNOTSUPP, "no links here")


def _stepped(step: Callable[..., Any], name: str, at: At, numbers: Iterator[int]) -> Callable[..., Any]:
    def run(*given: Any, **named: Any) -> Any:
        number = next(numbers)
        at(Moment(number, name, "before"), None)
        if name == "write_new":
            with _at_the_flush(lambda handle: at(Moment(number, name, "within"), handle)):
                result = step(*given, **named)
        else:
            result = step(*given, **named)
        at(Moment(number, name, "after"), None)
        return result

    return run


@contextmanager
def _at_the_flush(act: Callable[[int], None]) -> Iterator[None]:
    flush = os.fsync

    def acted(handle: int) -> None:
        act(handle)
        flush(handle)

    os.fsync = acted  # type: ignore[assignment]
    try:
        yield
    finally:
        os.fsync = flush


def _transaction(at: At, numbers: Iterator[int]) -> Any:
    """A transaction of the record: before it begins, before it is committed, after."""
    transaction = ledger.Ledger.transaction

    @contextmanager
    def stepped(self: ledger.Ledger) -> Iterator[Any]:
        number = next(numbers)
        with ledger._told():
            at(Moment(number, "transaction", "before"), None)
            with transaction(self) as connection:
                yield connection
                at(Moment(number, "transaction", "within"), None)
            at(Moment(number, "transaction", "after"), None)

    return stepped


def halve(handle: int | None) -> None:
    """Leaves half of what was written."""
    if handle is not None:
        os.ftruncate(handle, os.fstat(handle).st_size // 2)


def with_parts(at: At, due: Due) -> At:
    """The same, and what is due at some moments, numbered from 0, before it."""
    numbers = count()

    def both(moment: Moment, handle: int | None) -> None:
        if part := due.get(next(numbers)):
            part()
        at(moment, handle)

    return both


def die_at(chosen: Moment, due: Due | None = None) -> At:
    """Kills this process at a moment, as a power cut would."""

    def at(moment: Moment, handle: int | None) -> None:
        if moment == chosen:
            halve(handle)
            os.kill(os.getpid(), signal.SIGKILL)

    return with_parts(at, due or {})


def moments_of(work: Callable[[], object], mode: Mode, due: Due | None = None) -> list[Moment]:
    """All moments of some work; run it in a child."""
    found: list[Moment] = []
    watch(with_parts(lambda moment, _: found.append(moment), due or {}), mode)
    work()
    return found
