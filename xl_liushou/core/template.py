"""What a Word template may say and what is wrong in one: the tags there are, and the problems found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Severity = Literal["error", "warning", "audience"]
"""An `audience` fault withholds the paper (D801), an `error` stops it, a `warning` only tells."""


@dataclass(frozen=True, slots=True)
class Tags:
    """What stands behind a name in a merge context.

    A text or a number has neither `fields` nor an `item`; a record has `fields`; a list has an `item` (None where
    nobody has seen one, `is_list` all the same). `for_leaders` is there only with --leaders, `sometimes` not in every
    paper of the kind.
    """

    fields: Mapping[str, Tags] = field(default_factory=dict)
    item: Tags | None = None
    is_list: bool = False
    example: Any = ""
    for_leaders: bool = False
    sometimes: bool = False

    def paths(self, before: str = "") -> Iterator[tuple[str, Tags]]:
        """Every tag below with its path; what is in a list has the list's path and []: 孩子们[].姓名."""
        for name, tags in self.fields.items():
            path = f"{before}.{name}" if before else name
            yield path, tags
            yield from tags.paths(path)
        if self.item is not None:
            yield from self.item.paths(f"{before}[]")


@dataclass(frozen=True, slots=True)
class Contract:
    """The tags of one paper; `hidden` are column titles its audience may not see, `aliases` other names of columns."""

    tags: Tags
    audience: str
    hidden: frozenset[str] = frozenset()
    aliases: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TemplateFault:
    """One thing that is wrong in a template, with the place as a person sees it.

    `paragraph` counts the body's paragraphs from 1; 0 is another part of the file.
    """

    where: str
    tag: str
    message: str
    suggestion: str = ""
    severity: Severity = "error"
    paragraph: int = 0
