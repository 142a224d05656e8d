"""One case of a rule: what is done to the sound school, and every finding that must follow."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.support.sound_school import school_file
from tests.support.workbooks import told


class Case:
    """A spoiled school: the rule it is about, what was done in words, all findings, and how (see `school_file`)."""

    def __init__(self, code: str, what: str, *finds: str, **how: Any) -> None:
        self.code = code
        self.what = what
        self.finds = sorted(finds)
        self.how = how

    @property
    def triggers(self) -> bool:
        """Whether the case shows the rule at work; else it is a near miss."""
        return any(find.startswith(self.code) for find in self.finds)

    def told(self, folder: Path) -> list[str]:
        """What `check` says about a real file of this school."""
        return sorted(told(school_file(folder, **self.how)))


def each(cases: Sequence[Case]) -> pytest.MarkDecorator:
    """Runs a test once a case."""
    return pytest.mark.parametrize("case", cases, ids=[f"{case.code}: {case.what}" for case in cases])
