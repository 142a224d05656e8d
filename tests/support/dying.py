"""Runs a command that dies: `python -m tests.support.dying STEP WORD...` is killed before its STEP-th step on the disk.

A step that writes a file is killed in its middle. Without so many steps the command ends by itself, and the
number of its steps stands on the last line of what it prints. Passwords are hashed less often, to be quick.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from xl_liushou.adapters import agile, disk
from xl_liushou.cli import main

STEPS = ("write_new", "replace", "move", "link", "remove", "swap", "flush_folder", "make_private", "take_rights")


class Counter:
    """Counts the steps, and dies at one of them."""

    def __init__(self, last: int) -> None:
        self.last = last
        self.steps = 0

    def watched(self, step: Callable[..., Any]) -> Callable[..., Any]:
        def before(*words: Any) -> Any:
            self.steps += 1
            if self.steps == self.last:
                if step.__name__ == "write_new":
                    Path(words[0]).write_bytes(words[1][: len(words[1]) // 2])
                os.kill(os.getpid(), signal.SIGKILL)
            return step(*words)

        return before


if __name__ == "__main__":
    agile.SPINS = 1000  # type: ignore[misc]
    counter = Counter(int(sys.argv[1]))
    for name in STEPS:
        setattr(disk, name, counter.watched(getattr(disk, name)))
    try:
        main(sys.argv[2:])
    finally:
        print(f"\n{counter.steps}")
