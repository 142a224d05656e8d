"""What a routine wants done, as data. A preview is a plan that nobody applied."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from xl_liushou.core.edits import Edit
from xl_liushou.core.mail import SendMail

Audience = Literal["家长", "班级", "学校", "上报", "志愿者", "公示"]


@dataclass(frozen=True, slots=True)
class WriteDocument:
    """One Word file to be rendered from the template `document`.

    That is the paper's command-line name, or the name of a sheet that comes with it. `title`,
    `class_name` and `person` make the file name. `children` are the 儿童编号 the paper is about
    (`child` where it is one child's), `family` the 家庭编号 ("" where blank, None where no family is
    meant), `recipients` the 监护人.编号 it is addressed to. `guarded` papers are searched for other
    children before they are written; `may_name` are persons that may appear by name,
    `notes` what a person should do before the paper goes on.
    """

    document: str
    title: str
    class_name: str
    person: str
    audience: Audience
    context: Mapping[str, Any]
    child: str | None = None
    children: Sequence[str] = ()
    family: str | None = None
    recipients: Sequence[str] = ()
    guarded: bool = False
    may_name: frozenset[str] = frozenset()
    notes: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Blocked:
    """A paper that was asked for and is withheld by a D rule (see rules.md, last line)."""

    child: str | None
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Skipped:
    """A paper that does not apply."""

    child: str | None
    message: str


Made = WriteDocument | Blocked | Skipped
"""What becomes of a paper that was asked for."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The effects of one routine, what it withholds, and what it has to say.

    `edits` go into the workbook, all in one save; an AddSheet is made only where the sheet is missing.
    `mails` are handed over one by one.
    """

    effects: Sequence[WriteDocument] = ()
    edits: Sequence[Edit] = ()
    mails: Sequence[SendMail] = ()
    blocked: Sequence[Blocked] = ()
    skipped: Sequence[Skipped] = ()
    notes: Sequence[str] = ()
    report: Mapping[str, Any] = field(default_factory=dict)
