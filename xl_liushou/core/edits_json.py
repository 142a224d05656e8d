"""Edits as text and back, so that they can wait for a workbook that is open elsewhere."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from typing import Any, Final

from xl_liushou.core.edits import AddSheet, AppendRows, Edit, Link, ReplaceRows, SetCells, Tone

_RECORDS: Final = {kind.__name__: kind for kind in (AddSheet, AppendRows, ReplaceRows, SetCells, Link, Tone)}
_TIMES: Final = {kind.__name__: kind for kind in (date, datetime)}


def edits_to_json(edits: Sequence[Edit]) -> bytes:
    """The edits as JSON in UTF-8."""
    return json.dumps(_told(edits), ensure_ascii=False).encode()


def edits_from_json(data: bytes) -> list[Edit]:
    """The edits that `edits_to_json` told; raises ValueError for anything else."""
    try:
        edits: list[Edit] = _read(json.loads(data))
    except (ValueError, KeyError, TypeError, AttributeError) as problem:
        raise ValueError("these are no edits") from problem
    return edits


def _told(value: Any) -> Any:
    """A value as JSON has it; what JSON lacks becomes an object with one key, the name of its type."""
    kind = type(value).__name__
    if isinstance(value, date):
        return {kind: value.isoformat()}
    if is_dataclass(value):
        return {kind: {field.name: _told(getattr(value, field.name)) for field in fields(value)}}
    if isinstance(value, Mapping):
        return {"map": [[key, _told(one)] for key, one in value.items()]}
    return [_told(one) for one in value] if isinstance(value, Sequence) and not isinstance(value, str) else value


def _read(value: Any) -> Any:
    if isinstance(value, list):
        return [_read(one) for one in value]
    if not isinstance(value, dict):
        return value
    ((kind, told),) = value.items()
    if kind == "map":
        return {key: _read(one) for key, one in told}
    if kind in _TIMES:
        return _TIMES[kind].fromisoformat(told)
    return _RECORDS[kind](**{name: _read(one) for name, one in told.items()})
