"""One case of a rule: what is done to the sound school, and every finding that must follow."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.support.sound_school import school_file
from tests.support.workbooks import findings, line

_CHINESE = re.compile("[\u4e00-\u9fff]")
_NO_SENTENCE = re.compile(r"None|True|[{}\n]|^\s|\s$")


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
        """What `check` says about a real file of this school, in sentences that a clerk can read."""
        found = findings(school_file(folder, **self.how))
        for one in found:
            assert _CHINESE.search(one.message)
            assert not _NO_SENTENCE.search(one.message), one.message
        return sorted(line(one) for one in found)


def each(cases: Sequence[Case]) -> pytest.MarkDecorator:
    """Runs a test once a case."""
    return pytest.mark.parametrize("case", cases, ids=[f"{case.code}: {case.what}" for case in cases])
