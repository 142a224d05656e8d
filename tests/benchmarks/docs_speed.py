"""Documents per second of the compiled merge, of docxtpl as its documentation shows it, and of docx-mailmerge2.

    python -m tests.benchmarks.docs_speed [--counts 1 100 2000] [--letters 500] [--papers parent-letter …]

Each measurement in a fresh process, by its processor time (wall time beside it); making the contexts is not counted,
preparing a template is counted apart. The memory is the peak while documents are made, above that before the first.
docx-mailmerge2 knows neither conditions nor pictures: it fills the page that the first document came to, with a field
for every value on it.
"""

from __future__ import annotations

import argparse
import io
import os
import re
import subprocess
import sys
import tempfile
import time
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from typing import Any, Final
from xml.sax.saxutils import unescape

from docxtpl import DocxTemplate
from jinja2 import Environment
from mailmerge import MailMerge

from tests.benchmarks.big_school import TERM, TODAY, big_school
from tests.support.merging import packed, parts_of, with_images
from tests.support.photos import camera_photo
from tests.support.schools import school_of
from xl_liushou.adapters.word_engine import Engine
from xl_liushou.adapters.word_source import source
from xl_liushou.app.papers import Destination, Sources, apply_papers
from xl_liushou.app.photos import Photos
from xl_liushou.app.templates import Templates, built_in
from xl_liushou.core.drawing import Photo, Picture
from xl_liushou.core.plan import Plan, WriteDocument
from xl_liushou.documents.catalogue import PAPERS
from xl_liushou.documents.options import PaperOptions
from xl_liushou.schema.school import School
from xl_liushou.schema.sheets import Children

ROOT: Final = Path(__file__).parents[2]
PAPERS_TIMED: Final = ("parent-letter", "archive-card", "roster")
_RUN: Final = re.compile(r"<w:r>(?P<look><w:rPr>.*?</w:rPr>)?<w:t[^>]*>(?P<text>[^<]*)</w:t></w:r>")
_LETTERS: Final = ("docxtpl", "bare", "ours", "whole")
_SOON: Final = 3
_LEVEL: Final = 3
"""Of the deflating, as the merge does it."""


class Portraits:
    """The same photo for everybody."""

    def __init__(self) -> None:
        self._data = camera_photo(300, 420)

    def picture(self, photo: Photo) -> Picture:
        """The photo in the size asked for."""
        return Picture(self._data, photo.width, photo.height, photo.words)


@dataclass(frozen=True)
class Cost:
    """Seconds of preparation, then of the documents, by the processor and by the clock, and kilobytes on top.

    `files` are the processor's seconds for nothing but writing as many bytes into as many files.
    """

    prepared: float
    processor: float
    wall: float
    memory: float
    files: float = 0


Make = Callable[[], Callable[[Mapping[str, Any]], object]]
"""Prepares, and gives what makes one document of a context."""


def ours(name: str, _contexts: Sequence[Mapping[str, Any]]) -> Callable[[Mapping[str, Any]], object]:
    """The compiled merge, in memory."""
    return Engine(built_in(name)).render


def docxtpl(name: str, _contexts: Sequence[Mapping[str, Any]]) -> Callable[[Mapping[str, Any]], object]:
    """Docxtpl as its documentation shows it, saved in memory."""
    data = built_in(name)

    def make(context: Mapping[str, Any]) -> None:
        template = DocxTemplate(io.BytesIO(data))
        template.render(with_images(context, template), autoescape=True)
        template.save(io.BytesIO())

    return make


def bare(name: str, _contexts: Sequence[Mapping[str, Any]]) -> Callable[[Mapping[str, Any]], object]:
    """Only what cannot be saved: Jinja's rendering of the same text, and its deflating."""
    texts = [story.source for story in source(built_in(name)).stories if re.search(r"\{[{%]", story.source)]
    templates = [Environment(autoescape=True).from_string(text) for text in texts]

    def make(context: Mapping[str, Any]) -> None:
        for template in templates:
            zlib.compress(template.render(context).encode(), _LEVEL)

    return make


def mailmerge(name: str, contexts: Sequence[Mapping[str, Any]]) -> Callable[[Mapping[str, Any]], object]:
    """docx-mailmerge2, saved in memory."""
    data, values = _page_with_fields(Engine(built_in(name)).render(contexts[0])[0], {*_leaves(contexts[0])})

    def make(_context: Mapping[str, Any]) -> None:
        with MailMerge(io.BytesIO(data)) as document:
            document.merge(**values)
            document.write(io.BytesIO())

    return make


ENGINES: Final = {one.__name__: one for one in (ours, docxtpl, mailmerge, bare)}


def _leaves(value: Any) -> Iterable[str]:
    if isinstance(value, Mapping):
        value = list(value.values())
    if isinstance(value, (list, tuple)):
        for one in value:
            yield from _leaves(one)
    elif isinstance(value, (str, int, float)):
        yield str(value)


def _page_with_fields(data: bytes, values: set[str]) -> tuple[bytes, Mapping[str, str]]:
    """A paper with a merge field in place of every run that holds a value, and what goes into the fields."""
    fields: dict[str, str] = {}

    def field(run: re.Match[str]) -> str:
        text = unescape(run["text"])
        if not any(value in text for value in values if value):
            return run[0]
        name = f"f{len(fields)}"
        fields[name] = text
        shown = f"<w:r>{run['look'] or ''}<w:t>«{name}»</w:t></w:r>"
        return f'<w:fldSimple w:instr=" MERGEFIELD {name} ">{shown}</w:fldSimple>'

    parts = parts_of(data)
    parts["word/document.xml"] = _RUN.sub(field, parts["word/document.xml"].decode()).encode()
    return packed(parts), fields


def school(children: int) -> School:
    """A large school with a few contacts for each child."""
    return school_of(big_school(children, children * 8), {"学期": TERM, "德育负责人": "T001"})


def effects(found: School, name: str) -> list[WriteDocument]:
    """All papers of a kind for a school."""
    made = PAPERS[name].make(found, TODAY, list(found[Children].records()), PaperOptions(by_class=True))
    return [one for one in made if isinstance(one, WriteDocument)]


def measure(name: str, engine: str, count: int) -> Cost:
    """So many documents in memory, of contexts of a hundred children in turn."""
    photos = Photos(Portraits())
    contexts = [photos.shown(one.context) for one in effects(school(100), name)]
    started = time.process_time()
    make = ENGINES[engine](name, contexts)
    prepared = time.process_time() - started
    before, processor, wall = _peak(), time.process_time(), time.perf_counter()
    for context in islice(cycle(contexts), count):
        make(context)
    return Cost(prepared, time.process_time() - processor, time.perf_counter() - wall, _peak() - before)


def measure_whole(name: str, _engine: str, count: int) -> Cost:
    """The whole path of the program for so many papers, sandbox and scan and files; what the first costs is apart."""
    found = school(count)
    plan = effects(found, name)
    sources = Sources(Templates(Path("/nowhere/book.xlsx")), Photos(Portraits()))
    costs, files = [], 0.0
    with tempfile.TemporaryDirectory() as folder:
        for number, some in enumerate((plan[:1], plan)):
            before, processor, wall = _peak(), time.process_time(), time.perf_counter()
            done = apply_papers(Plan(effects=some), found, sources, Destination(Path(folder) / str(number)))
            costs.append(Cost(0, time.process_time() - processor, time.perf_counter() - wall, _peak() - before))
            assert len(done.files) == len(some), done.blocked[:1]
        files = _writing(Path(folder), [Path(one["path"]).read_bytes() for one in done.files])
    first, every = costs
    return Cost(first.processor, every.processor - first.processor, every.wall - first.wall, every.memory, files)


def _writing(folder: Path, papers: Sequence[bytes]) -> float:
    started = time.process_time()
    for number, data in enumerate(papers):
        with (folder / f"{number}.docx").open("xb") as file:
            file.write(data)
    return time.process_time() - started


def _peak() -> int:
    """The peak memory of this process so far, in kilobytes."""
    return int(Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0])


def measured(name: str, engine: str, count: int) -> Cost:
    """The same in a process of its own; the best of three where that is soon done, since the machine has other work."""
    return min((_measured(name, engine, count) for _ in range(_SOON if count <= 100 else 1)), key=_processor)


def _processor(cost: Cost) -> float:
    return cost.processor


def _measured(name: str, engine: str, count: int) -> Cost:
    words = [sys.executable, "-m", "tests.benchmarks.docs_speed", "--measure", name, engine, str(count)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(words, env=environment, stdout=subprocess.PIPE, check=True, text=True, cwd=ROOT)
    return Cost(*map(float, done.stdout.split()))


def table(names: Sequence[str], counts: Sequence[int]) -> None:
    """Documents per second of each engine, and how many times docxtpl and docx-mailmerge2 the merge is."""
    _say(f"{'paper':15}{'count':>6} {'merge/s':>9}{'docxtpl/s':>10}{'mailmerge/s':>12}{'x docxtpl':>10}"
         f"{'x mailmerge':>12}{'prepared':>10}{'memory':>10}")  # fmt: skip
    for name in names:
        for count in counts:
            costs = [measured(name, engine, count) for engine in ("ours", "docxtpl", "mailmerge")]
            mine, *theirs = costs
            rates = [count / one.processor for one in costs]
            ratios = [one.processor / mine.processor for one in theirs]
            _say(f"{name:15}{count:6} {rates[0]:9.0f}{rates[1]:10.1f}{rates[2]:12.1f}{ratios[0]:10.0f}"
                 f"{ratios[1]:12.1f}{mine.prepared:8.2f} s{mine.memory / 1024:7.1f} MB")  # fmt: skip


def letters(count: int) -> None:
    """What a letter costs in memory and on its whole way, against docxtpl and against the bare rendering.

    The four take turns, and the best of each is compared: the machine may have other work.
    """
    turns = [{one: _measured("parent-letter", one, count) for one in _LETTERS} for _ in range(_SOON)]
    costs = {one: min((turn[one] for turn in turns), key=_processor) for one in _LETTERS}
    _say(f"\n{count} parent-letters, milliseconds each")
    for engine, one in costs.items():
        _say(
            f"{engine:8} processor {one.processor / count * 1000:7.3f}  wall {one.wall / count * 1000:7.3f}"
            f"  preparing {one.prepared * 1000:6.0f}  memory {one.memory / 1024:5.1f} MB"
            f"  bare files {one.files / count * 1000:6.3f}"
        )
    theirs, least, merge, whole = (costs[one].processor for one in _LETTERS)
    _say(f"in memory    {theirs / merge:6.1f} times as fast as docxtpl (target 100)")
    _say(f"in memory    {merge / least:6.2f} times the bare cost (target at most 3)")
    _say(f"whole path   {theirs / whole:6.1f} times as fast as docxtpl (target 40)")
    _say(f"             {theirs / (whole - costs['whole'].files):6.1f} without the bare writing of the files")


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--counts", type=int, nargs="+", default=[1, 100, 2000])
    parser.add_argument("--letters", type=int, default=500)
    parser.add_argument("--papers", nargs="*", default=PAPERS_TIMED, choices=PAPERS_TIMED)
    parser.add_argument("--measure", nargs=3, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.measure:
        name, engine, count = asked.measure
        cost = (measure_whole if engine == "whole" else measure)(name, engine, int(count))
        _say(f"{cost.prepared} {cost.processor} {cost.wall} {cost.memory} {cost.files}")
        return
    letters(asked.letters)
    table(asked.papers, asked.counts)


if __name__ == "__main__":
    main()
