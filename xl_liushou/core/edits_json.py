"""Edits as text and back, so that they can wait for a workbook that is open elsewhere."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Final

from xl_liushou.core.edits import AddSheet, AppendRows, Edit, Link, ReplaceRows, SetCells

_KINDS: Final[dict[str, type[Edit]]] = {kind.__name__: kind for kind in (AddSheet, AppendRows, ReplaceRows, SetCells)}


def edits_to_json(edits: Sequence[Edit]) -> bytes:
    """The edits as JSON in UTF-8."""
    told = [[type(edit).__name__, {name: _told(getattr(edit, name)) for name in edit.__slots__}] for edit in edits]
    return json.dumps(told, ensure_ascii=False).encode()


def edits_from_json(data: bytes) -> list[Edit]:
    """The edits that `edits_to_json` told; raises ValueError for anything else."""
    try:
        return [
            _KINDS[kind](**{name: _read(value) for name, value in fields.items()}) for kind, fields in json.loads(data)
        ]
    except (KeyError, TypeError, AttributeError) as problem:
        raise ValueError("these are no edits") from problem


def _told(value: Any) -> Any:
    match value:
        case Link():
            return {"link": value.location, "value": _told(value.value)}
        case datetime():
            return {"datetime": value.isoformat()}
        case date():
            return {"date": value.isoformat()}
        case str() | int() | float() | None:
            return value
        case dict():
            return {"map": [[key, _told(one)] for key, one in value.items()]}
    return [_told(one) for one in value]


def _read(value: Any) -> Any:
    match value:
        case {"link": location, "value": shown}:
            return Link(_read(shown), location)
        case {"datetime": text}:
            return datetime.fromisoformat(text)
        case {"date": text}:
            return date.fromisoformat(text)
        case {"map": pairs}:
            return {key: _read(one) for key, one in pairs}
        case list():
            return [_read(one) for one in value]
    return value
