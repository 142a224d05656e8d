"""The letters of an earlier run as they stand now: their files by their content, and what would be written today."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, fields, replace
from datetime import date
from pathlib import Path
from typing import Any, Final

from xl_liushou.adapters.papers_aside import found_by_content
from xl_liushou.app.papers import Sources, judged
from xl_liushou.app.photos import Photos
from xl_liushou.app.templates import Templates
from xl_liushou.core.errors import LiushouError
from xl_liushou.core.mail import Attachment, Letter, Reader
from xl_liushou.core.plan import Blocked
from xl_liushou.core.run import FILE, Effect, Run, bytes_digest
from xl_liushou.routines import write
from xl_liushou.routines.inputs import Choice, Inputs
from xl_liushou.schema.school import School

_PDF: Final = ".pdf"
OWN_LETTERS: Final = "书信"
"""The folder beside the workbook where the children's own letters lie, each called by the child's 儿童编号."""


def letters_of(run: Run, effects: Sequence[Effect], school: School, home: Path) -> list[Letter]:
    """The letters that a run has written; `home` is the workbook's folder."""
    files = [effect for effect in effects if effect.kind == FILE]
    paths = found_by_content(_folder_now(home, run.folder), [effect.digest for effect in files])
    now = _written_now(run, school, home / run.book)
    own = _own_letters(home / OWN_LETTERS)
    found = ((effect, paths.get(effect.digest)) for effect in files)
    return [
        _letter(effect, path, now.get(effect.digest, []), own)
        for effect, path in found
        if path is None or path.suffix != _PDF
    ]


def _folder_now(home: Path, recorded: str) -> Path:
    """Where the papers lie: beside the workbook, also when both were moved, else where they were written."""
    beside = home.joinpath(*Path(recorded).parts[-2:])
    return beside if beside.is_dir() else home / recorded


@dataclass(frozen=True, slots=True)
class _Now:
    """A letter as it would be written today, and what of another child would be found in it."""

    recipients: Sequence[str]
    leak: str


def _letter(effect: Effect, path: Path | None, now: Sequence[_Now], own: Mapping[str, Sequence[Attachment]]) -> Letter:
    return Letter(
        children=effect.children,
        readers=[_reader(word) for word in effect.place.split("\t") if word],
        file=Attachment(path.name, str(path.absolute()), effect.digest) if path else None,
        recipients=[key for one in now for key in one.recipients] if now else None,
        leak=next((one.leak for one in now if one.leak), ""),
        own=[file for child in effect.children for file in own.get(child, ())],
    )


def _reader(word: str) -> Reader:
    key, _, address = word.rpartition("=")
    return Reader(key, address)


def _written_now(run: Run, school: School, book: Path) -> dict[str, list[_Now]]:
    """What the run would write from the workbook as it is now, by the digest of the paper."""
    found: dict[str, list[_Now]] = defaultdict(list)
    with suppress(LiushouError):  # what it was asked for is not there any more: no letter is up to date
        inputs = _inputs_of(run, school)
        sources = Sources(Templates(book, inputs.document), Photos.beside(book))
        for effect, rendered, leak in judged(write.plan(inputs), school, inputs.release, sources):
            if not isinstance(rendered, Blocked):
                found[bytes_digest(rendered.data)].append(_Now(effect.recipients, leak.message if leak else ""))
    return found


def _inputs_of(run: Run, school: School) -> Inputs:
    """What the run was asked for, as its record keeps it."""
    known = {one.name for one in fields(Inputs)}
    options: dict[str, Any] = {name: value for name, value in run.options.items() if name in known}
    options["choice"] = Choice(**options.get("choice", {}))
    return replace(Inputs(school, date.fromisoformat(run.as_of or "")), **options)


def _own_letters(folder: Path) -> dict[str, list[Attachment]]:
    """What children wrote themselves, by their 儿童编号."""
    found: dict[str, list[Attachment]] = defaultdict(list)
    for path in _files_in(folder):
        with suppress(OSError):
            found[path.stem].append(Attachment(path.name, str(path.absolute()), bytes_digest(path.read_bytes())))
    return found


def _files_in(folder: Path) -> Iterator[Path]:
    with suppress(OSError):
        yield from sorted(path for path in folder.iterdir() if path.is_file() and not path.name.startswith((".", "~")))
