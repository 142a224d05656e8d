"""The papers of a run, found by their content, since the record holds no names; and setting them aside."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path
from typing import Final

from xl_liushou.adapters import disk
from xl_liushou.core.run import bytes_digest

ASIDE: Final = "已撤销"


def found_by_content(folder: Path, digests: Collection[str]) -> dict[str, Path]:
    """The papers in a folder that have these digests."""
    wanted, found = set(digests), dict[str, Path]()
    with suppress(OSError):
        for path in sorted(folder.iterdir()):
            with suppress(OSError):
                if path.is_file() and (digest := bytes_digest(disk.read(path))) in wanted:
                    found.setdefault(digest, path)
    return found


def set_aside(folder: Path, digests: Collection[str]) -> tuple[list[Path], int]:
    """Moves the papers with these digests into a folder of their own beside the others.

    Returns where they lie now and how many were not found, or not as they were written, or not movable.
    """
    wanted, moved = Counter(digests), list[Path]()
    files: list[Path] = []
    with suppress(OSError):
        files = sorted(folder.iterdir())
    for path in files:
        with suppress(OSError):
            if path.is_file() and wanted[digest := bytes_digest(disk.read(path))]:
                target = folder / ASIDE / path.name
                target.parent.mkdir(exist_ok=True)
                disk.move(path, target)
                wanted[digest] -= 1
                moved.append(target)
    return moved, sum(wanted.values())
