"""How long `check` takes, and how much memory, against bare python-calamine reading the same file.

    python -m tests.benchmarks.check_speed [--children 300] [--contacts 6000] [--pairs 5] [--shared] [--grow]

Each run is a fresh process. Prints the median of each, and the median of the ratios pair by pair; with
--grow also at 1 and 10 percent of the size. --shared keeps texts in the shared strings, as Excel does, instead
of in the cells.
The targets: at most 3 for 300 children with 6,000 records, 2 for 10,000 with 200,000, and 1.5 times the memory.
"""

from __future__ import annotations

import argparse
import io
import multiprocessing
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
BARE = (
    "import sys\nfrom python_calamine import CalamineWorkbook\n"
    "book = CalamineWorkbook.from_path(sys.argv[1])\n"
    "for name in book.sheet_names:\n    book.get_sheet_by_name(name).to_python()"
)
TODAY = "2026-11-23"
STRINGS = "xl/sharedStrings.xml"


class Cost(NamedTuple):
    """What one process took: wall seconds, and MB at most."""

    seconds: float
    memory: float


def cost(words: list[str]) -> Cost:
    """The cost of one process."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program is compiled once, as its peers are
    started = time.perf_counter()
    with subprocess.Popen(words, env=environment, stdout=subprocess.DEVNULL) as process:
        _, status, used = os.wait4(process.pid, 0)
        spent = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"ended with {process.returncode}: {words}")
    return Cost(spent, used.ru_maxrss / 1024)


def with_shared_strings(data: bytes) -> bytes:
    """The workbook with its texts in one part, as Excel saves them, instead of in the cells as we do."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    numbers: dict[str, int] = {}

    def shared(hit: re.Match[str]) -> str:
        return f' t="s"{hit[1]}><v>{numbers.setdefault(hit[2], len(numbers))}</v>'

    cell = re.compile(r' t="inlineStr"([^>]*)><is>(.*?)</is>', re.DOTALL)
    sheets = [name for name in parts if name.startswith("xl/worksheets/sheet")]
    parts |= {name: cell.sub(shared, parts[name]) for name in sheets}
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    parts[STRINGS] = f'<sst xmlns="{main}">{"".join(f"<si>{text}</si>" for text in numbers)}</sst>'
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    link = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
    for name, end, more in (
        ("[Content_Types].xml", "</Types>", f'<Override PartName="/{STRINGS}" ContentType="{kind}"/>'),
        (
            "xl/_rels/workbook.xml.rels",
            "</Relationships>",
            f'<Relationship Id="strings" Type="{link}" Target="/{STRINGS}"/>',
        ),
    ):
        if STRINGS not in parts[name]:
            parts[name] = parts[name].replace(end, more + end)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return out.getvalue()


def build(book: Path, children: int, contacts: int, shared: bool) -> None:
    """Makes the workbook; in a process of its own, whose memory is not counted as its siblings'."""
    from tests.benchmarks.big_school import TERM, big_school
    from xl_liushou.build.master import master_workbook

    settings = {"学校名称": "云岭小学", "学期": TERM, "德育负责人": "T001"}
    data = master_workbook(big_school(children, contacts), settings)
    book.write_bytes(with_shared_strings(data) if shared else data)


def compare(folder: Path, children: int, contacts: int, pairs: int, shared: bool) -> None:
    """Builds a workbook, measures both in turn, and prints how they compare."""
    book = folder / f"{children}.xlsx"
    builder = multiprocessing.get_context("spawn").Process(target=build, args=(book, children, contacts, shared))
    builder.start()
    builder.join()
    check = [sys.executable, "-m", "xl_liushou", "check", str(book), "--as-of", TODAY]
    bare = [sys.executable, "-c", BARE, str(book)]
    found = [(cost(check), cost(bare)) for _ in range(pairs + 1)][1:]
    ours, theirs = (statistics.median(pair[side].seconds for pair in found) for side in (0, 1))
    ratio = statistics.median(one.seconds / other.seconds for one, other in found)
    memory = statistics.median(one.memory / other.memory for one, other in found)
    sys.stdout.write(
        f"{children:6} children {contacts:7} records {book.stat().st_size / 1e6:5.1f} MB"
        f" {'shared' if shared else 'inline'} strings: check {ours:6.3f} s, bare {theirs:6.3f} s,"
        f" ratio {ratio:.2f}, memory {found[-1][0].memory:.0f} MB, ratio {memory:.2f}\n"
    )
    sys.stdout.flush()


def main() -> None:
    """Measures at the sizes that are asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--children", type=int, default=300)
    parser.add_argument("--contacts", type=int, default=6000)
    parser.add_argument("--pairs", type=int, default=5)
    parser.add_argument("--shared", action="store_true")
    parser.add_argument("--grow", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for part in (100, 10, 1) if asked.grow else (1,):
            compare(Path(folder), asked.children // part, asked.contacts // part, asked.pairs, asked.shared)


if __name__ == "__main__":
    main()
