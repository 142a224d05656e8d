"""How long `check` takes against bare python-calamine reading the same file, each in a fresh process.

    python -m tests.benchmarks.check_speed [--children 300] [--contacts 6000] [--pairs 5]

Prints the median of each and of the ratios, pair by pair (target: at most 3).
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.benchmarks.big_school import TERM, TODAY, big_school
from xl_liushou.build.master import master_workbook

ROOT = Path(__file__).parents[2]
BARE = (
    "import sys\nfrom python_calamine import CalamineWorkbook\n"
    "book = CalamineWorkbook.from_path(sys.argv[1])\n"
    "for name in book.sheet_names:\n    book.get_sheet_by_name(name).to_python()"
)


def seconds(words: list[str]) -> float:
    """The wall time of one process."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program is compiled once, as its peers are
    started = time.perf_counter()
    done = subprocess.run(words, env=environment, capture_output=True, check=False)
    spent = time.perf_counter() - started
    if done.returncode:
        raise SystemExit(done.stderr.decode())
    return spent


def main() -> None:
    """Builds the workbook, times both in turn, prints the ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--children", type=int, default=300)
    parser.add_argument("--contacts", type=int, default=6000)
    parser.add_argument("--pairs", type=int, default=5)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        book = Path(folder) / "big.xlsx"
        settings = {"学校名称": "云岭小学", "学期": TERM, "德育负责人": "T001"}
        book.write_bytes(master_workbook(big_school(asked.children, asked.contacts), settings))
        check = [sys.executable, "-m", "xl_liushou", "check", str(book), "--as-of", TODAY.isoformat()]
        bare = [sys.executable, "-c", BARE, str(book)]
        pairs = [(seconds(check), seconds(bare)) for _ in range(asked.pairs + 1)][1:]
        size = book.stat().st_size
    ours, theirs = (statistics.median(pair[side] for pair in pairs) for side in (0, 1))
    ratio = statistics.median(one / other for one, other in pairs)
    sys.stdout.write(
        f"{asked.children} children, {asked.contacts} records, {size / 1e6:.1f} MB, {asked.pairs} pairs\n"
        f"check            {ours:.3f} s (median)\nbare calamine    {theirs:.3f} s (median)\n"
        f"ratio            {ratio:.2f} (median of pairs; target 3.00)\n"
    )


if __name__ == "__main__":
    main()
