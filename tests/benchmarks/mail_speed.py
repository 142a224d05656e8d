"""How long 300 letters take against bare smtplib handing over the same messages on one connection.

`python -m tests.benchmarks.mail_speed`
"""

from __future__ import annotations

import smtplib
import tempfile
import time
from pathlib import Path

from tests.support.mail_server import Box, mail_server
from tests.support.mail_world import World

LETTERS = 300
_SIZE = 40_000
"""Bytes of a letter, about as large as a real one."""


def main() -> None:
    """Prints both times and their ratio, three times over."""
    for number in range(3):
        with tempfile.TemporaryDirectory() as name:
            ours, bare = _once(Path(name) / str(number))
        print(f"ours {ours:.2f} s, bare smtplib {bare:.2f} s, ratio {ours / bare:.2f}")


def _once(folder: Path) -> tuple[float, float]:
    world = World.of(folder, LETTERS, _SIZE)
    box = Box()
    with mail_server(box, folder) as port:
        began = time.perf_counter()
        world.send(port)
        ours = time.perf_counter() - began
        assert len(box.kept) == LETTERS
        messages = list(box.kept)
        began = time.perf_counter()
        with smtplib.SMTP("127.0.0.1", port) as smtp:
            for sender, to, data in messages:
                smtp.sendmail(sender, [to], data)
        return ours, time.perf_counter() - began


if __name__ == "__main__":
    main()
