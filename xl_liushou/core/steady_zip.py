"""A zip whose bytes depend on its parts only: fixed dates, fixed attributes, a given order."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from typing import Final

_DATE: Final = (1980, 1, 1, 0, 0, 0)
_UNIX: Final = 3
_READABLE: Final = 0o644 << 16
_FIRST: Final = ("[Content_Types].xml", "_rels/.rels")


def steady_zip(parts: Iterable[tuple[str, bytes]]) -> bytes:
    """The parts as a zip, in their order but the package's own first, as Office writes them."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for name, data in sorted(parts, key=_place):
            entry = zipfile.ZipInfo(name, _DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system, entry.external_attr = _UNIX, _READABLE
            target.writestr(entry, data)
    return packed.getvalue()


def repacked(archive: bytes) -> bytes:
    """The same parts of a zip, with steady bytes."""
    with zipfile.ZipFile(io.BytesIO(archive)) as source:
        return steady_zip((name, source.read(name)) for name in source.namelist())


def _place(part: tuple[str, bytes]) -> int:
    return _FIRST.index(part[0]) if part[0] in _FIRST else len(_FIRST)
