"""How long a click takes against bare Python with xlwings that reads the same cells.

    python -m tests.benchmarks.ribbon_speed [--children 300] [--contacts 6000] [--pairs 7] [--button check]

Each run is a fresh process over the Excel of the tests. What the process needs to have that Excel in memory is
measured by itself and taken off both sides. Prints the median of each, and of the ratios pair by pair.
The target: at most 1.5.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.support import excel

ROOT = Path(__file__).parents[2]
TODAY = "2026-11-23"
_LOADED = (
    "import xlwings, gc, pathlib, pickle, time; begun = time.perf_counter(); gc.disable()\n"
    "import tests.support.excel as excel\nstate = excel.State.load(pathlib.Path({at!r}))\n"
    "gc.enable(); gc.freeze(); spent = time.perf_counter() - begun\n"
)
_CLICK = "excel.start(state)\nimport xl_liushou.ribbon; xl_liushou.ribbon.click({button!r})\n"
_BARE = (
    "excel.start(state)\nbook = xlwings.Book.caller()\n"
    "for sheet in book.sheets: sheet.used_range.options(ndim=2).value\n"
)
_TOLD = "print(spent, state.events[-1:])"


def seconds(code: str, folder: Path, book: str) -> float:
    """The wall time of one process, without what the Excel in memory took."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PATH": ""}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    words = [sys.executable, "-c", code + _TOLD, f"--wb={book}", "--from_xl=1"]
    started = time.perf_counter()
    done = subprocess.run(words, cwd=folder, env=environment, capture_output=True, text=True, check=True)
    spent = time.perf_counter() - started
    if "意外" in done.stdout:
        raise SystemExit(done.stdout)
    return spent - float(done.stdout.split()[0])


def main() -> None:
    """Measures one button."""
    from tests.benchmarks.check_speed import build

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--children", type=int, default=300)
    parser.add_argument("--contacts", type=int, default=6000)
    parser.add_argument("--pairs", type=int, default=7)
    parser.add_argument("--button", default="check")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        book = folder / "关爱台账.xlsx"
        build(book, asked.children, asked.contacts, shared=False)
        excel.opened(book).dump(folder / "excel.pickle")
        loaded = _LOADED.format(at=str(folder / "excel.pickle"))
        found = []
        for _ in range(asked.pairs + 1):
            shutil.rmtree(folder / ".liushou", ignore_errors=True)
            ours = seconds(loaded + _CLICK.format(button=asked.button), folder, book.name)
            found.append((ours, seconds(loaded + _BARE, folder, book.name)))
        ours, bare = (statistics.median(pair[side] for pair in found[1:]) for side in (0, 1))
        ratio = statistics.median(one / other for one, other in found[1:])
        sys.stdout.write(f"{asked.button}: click {ours:.3f} s, bare {bare:.3f} s, ratio {ratio:.2f}\n")


if __name__ == "__main__":
    main()
