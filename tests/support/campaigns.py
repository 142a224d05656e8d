"""Playing a campaign of `tests.support.crashes` in a process of its own, which has one thread."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple

import pytest

SCENES: Final = ("write", "undo", "undo-cells", "restore", "pending")
MODES: Final = ("exchange", "links", "bare")
ROOT: Final = Path(__file__).parents[2]

needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="the experiments fork")


class Seen(NamedTuple):
    """What a campaign saw, counted, and what must not be."""

    counts: Mapping[str, int]
    problems: list[str]


def campaign(name: str, folder: Path, scene: str, mode: str, **options: Any) -> Seen:
    """Plays one campaign on one scene; skips the test where the file system cannot."""
    asked = {"campaign": name, "folder": str(folder), "scene": scene, "mode": mode, **options}
    done = subprocess.run(
        [sys.executable, "-m", "tests.support.crashes", json.dumps(asked)], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    if told["skipped"]:
        pytest.skip(told["skipped"])
    print(name, scene, mode, options, told["counts"])
    return Seen(told["counts"], told["problems"])


def is_long(request: pytest.FixtureRequest) -> bool:
    """Whether the long campaigns were asked for: `pytest -m slow`."""
    return bool(request.config.option.markexpr == "slow")
