"""What a person said of the columns of rosters, by the fingerprint of the form: no title, no value, no name."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final

from xl_liushou.adapters import disk
from xl_liushou.adapters.state import locked

FORMS: Final = "forms.json"
_MOST: Final = 200
"""Forms that are remembered; the oldest go."""

Targets = Mapping[str, str]


def kept(state: Path) -> dict[str, dict[str, str]]:
    """The forms that are remembered; none where the file is missing or damaged."""
    with suppress(OSError, ValueError):
        found = json.loads((state / FORMS).read_text(encoding="utf-8"))
        if isinstance(found, dict):
            return {form: dict(one) for form, one in found.items() if _is_sound(one)}
    return {}


def _is_sound(targets: object) -> bool:
    return isinstance(targets, dict) and all(
        key.isdecimal() and isinstance(value, str) for key, value in targets.items()
    )


def keep(state: Path, forms: Mapping[str, Targets]) -> None:
    """Remembers forms besides those of before; raises OSError."""
    with locked(state.parent) as held:
        before = kept(state)
        after = {**{form: one for form, one in before.items() if form not in forms}, **forms}
        if after == before:
            return
        temporary = held.temporary(f"forms-{secrets.token_hex(4)}")
        disk.write_new(temporary, json.dumps(dict(list(after.items())[-_MOST:]), ensure_ascii=False).encode())
        temporary.replace(state / FORMS)
