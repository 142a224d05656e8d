"""Work in a forked child, which may be killed."""

from __future__ import annotations

import os
import pickle
import select
import signal
import traceback
from collections.abc import Callable
from typing import Any, Final

KILLED: Final = "killed"
"""What a child told that was killed."""


def in_child(work: Callable[[], Any], kill_after: float | None = None) -> Any:
    """What `work` returns in a child, or KILLED; raises AssertionError with the child's traceback if it fails."""
    return Child(work).result(kill_after)


class Child:
    """A forked process at work."""

    def __init__(self, work: Callable[[], Any]) -> None:
        self._reading, writing = os.pipe()
        self._pid = os.fork()
        if not self._pid:
            os.close(self._reading)
            _work(work, writing)
        os.close(writing)

    def result(self, kill_after: float | None = None) -> Any:
        """Waits until it is over, or kills it after some seconds."""
        if kill_after is not None and not select.select([self._reading], [], [], kill_after)[0]:
            os.kill(self._pid, signal.SIGKILL)
        with os.fdopen(self._reading, "rb") as file:
            told = file.read()
        _, status = os.waitpid(self._pid, 0)
        if os.WIFSIGNALED(status):
            return KILLED
        worked, result = pickle.loads(told)
        assert worked, result
        return result


def _work(work: Callable[[], Any], writing: int) -> None:
    try:
        told: Any = (True, work())
    except BaseException:
        told = (False, traceback.format_exc())
    with os.fdopen(writing, "wb") as file:
        file.write(pickle.dumps(told))
    os._exit(0)
