"""What is wrong in the data, as values: a `Problem` is noticed while parsing, a `Finding` is told to staff."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal

Severity = Literal["error", "warning", "info"]
ERROR: Final[Severity] = "error"
WARNING: Final[Severity] = "warning"
INFO: Final[Severity] = "info"
LABELS: Final[Mapping[str, str]] = {ERROR: "错误", WARNING: "提醒", INFO: "说明"}
"""What staff read."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One cell (or row, or sheet) that parsing could not take as it is; a rule words it.

    `column` is the column's title in the schema, `row` and `cell` are Excel's; both are None
    where a sheet or a column as a whole is meant. `value` is the offending cell's own text,
    `replacement` what `--fix` would put there, `details` what the wording needs besides.
    """

    code: str
    sheet: str
    column: str | None = None
    row: int | None = None
    cell: str | None = None
    value: str = ""
    replacement: Any = None
    details: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding of `check`, with its place and one sentence; never the neighbouring cells.

    `replacement` is the value that `--fix` would write (None: not mendable by the program) in the place of
    `old`, the cell's own text.
    """

    code: str
    severity: Severity
    sheet: str
    cell: str | None
    row: int | None
    column: str | None
    message: str
    replacement: Any = None
    old: str = ""

    @property
    def fixable(self) -> bool:
        """Whether `--fix` can mend it without guessing."""
        return self.replacement is not None


@dataclass(frozen=True, slots=True)
class FindingLine:
    """One finding: where it stands (`sheet` is the workbook's own name, `cell` None for all of it), what it says."""

    severity: str
    sheet: str
    cell: str | None
    column: str
    code: str
    rule: str
    message: str


@dataclass(frozen=True, slots=True)
class FindingList:
    """What one person mends: a class, or the whole school, and the name of the person."""

    title: str
    owner: str
    lines: Sequence[FindingLine]

    def count(self, label: str) -> int:
        """How many lines are of a severity, by its word."""
        return sum(line.severity == label for line in self.lines)
