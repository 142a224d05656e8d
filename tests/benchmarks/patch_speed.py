"""How long 50 rows take to append to a large workbook, verification included, against openpyxl's load and save.

    python -m tests.benchmarks.patch_speed [--children 300] [--contacts 200000] [--book FILE]

Each in a fresh process. Prints both times, their ratio (target: 20 or more), and the peak memory of the patch over
that of a bare start, by the sheet's XML (target: under 3). `--book` keeps the workbook for the next run.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from tests.benchmarks.big_school import TERM, big_school
from xl_liushou.build.master import master_workbook

ROOT = Path(__file__).parents[2]
_PEAK = "int(Path('/proc/self/status').read_text().split('VmHWM:')[1].split()[0])"
"""The peak of this process alone, in kilobytes; ru_maxrss would begin at the parent's (Linux keeps it over exec)."""
_REPORT = f"print(time.perf_counter() - started, {_PEAK} - bare)"
_OURS = f"""
import sys, time
from pathlib import Path
from xl_liushou.adapters.workbook_patch import append_rows
rows = [[f"L{{n:06}}", "S001", "谈心", None, "面谈", "T001"] for n in range(900_000, 900_050)]
bare = {_PEAK}
started = time.perf_counter()
Path(sys.argv[1] + ".ours").write_bytes(append_rows(Path(sys.argv[1]), "联系记录", rows))
{_REPORT}
"""
_THEIRS = f"""
import sys, time
from pathlib import Path
import openpyxl
bare = {_PEAK}
started = time.perf_counter()
openpyxl.load_workbook(sys.argv[1]).save(sys.argv[1] + ".theirs")
{_REPORT}
"""


def measured(code: str, book: Path) -> tuple[float, float]:
    """Seconds and kilobytes of peak memory above the start, in a process of its own."""
    words = [sys.executable, "-c", code, str(book)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(words, env=environment, capture_output=True, check=True, text=True)
    seconds, kilobytes = map(float, done.stdout.split())
    return seconds, kilobytes


def main() -> None:
    """Builds the workbook, times both, prints the ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--children", type=int, default=300)
    parser.add_argument("--contacts", type=int, default=200_000)
    parser.add_argument("--book", type=Path)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        book = asked.book or Path(folder) / "big.xlsx"
        if not book.exists():
            settings = {"学校名称": "云岭小学", "学期": TERM, "德育负责人": "T001"}
            book.write_bytes(master_workbook(big_school(asked.children, asked.contacts), settings))
        with zipfile.ZipFile(book) as archive:
            xml = max(info.file_size for info in archive.infolist())
        ours, memory = measured(_OURS, book)
        theirs, _ = measured(_THEIRS, book)
    sys.stdout.write(
        f"{asked.contacts} records, sheet of {xml / 1e6:.0f} MB XML\n"
        f"patch                {ours:.2f} s, memory {memory * 1024 / xml:.2f} x the XML (target below 3)\n"
        f"openpyxl load, save  {theirs:.2f} s\n"
        f"ratio                {theirs / ours:.1f} (target 20)\n"
    )


if __name__ == "__main__":
    main()
