"""The two campaigns of the invented school: a month of letters and calls, and home visits by volunteers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any, Final

from xl_liushou.build import demo_words_campaign as words
from xl_liushou.build.demo_calendar import SchoolCalendar
from xl_liushou.build.demo_people import Pupil
from xl_liushou.build.demo_staff import CLASSES, Staffing
from xl_liushou.build.demo_words_campaign import StepText

Row = dict[str, Any]

MONTH: Final = "HD01"
VISITS: Final = "HD02"

GROUPS: Final = ("第一组", "第二组", "第三组", "第四组")
ROUTES: Final = ("云岭村", "青石村", "白水村", "松坪村")
FIRST_VISIT: Final = 15
"""The day of the campaign on which the first group goes out, the others two days apart."""
_STARTED: Final = 18
"""How many days ago the visiting campaign began."""
VISITED: Final = 6
"""Children visited by each group."""

_GUIDES: Final = ("T01", "T02", "T03", "T18")
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Phases:
    """The days of a campaign: prepare, run, close, one after the other."""

    prepares_from: date
    runs_from: date
    closes_from: date
    ends_on: date

    @property
    def runs_to(self) -> date:
        """The last day of 实施."""
        return self.closes_from - _DAY

    def row(self) -> Row:
        """The date columns of 活动."""
        return {
            "starts_on": self.prepares_from, "ends_on": self.ends_on,
            "prepares_from": self.prepares_from, "prepares_to": self.runs_from - _DAY,
            "runs_from": self.runs_from, "runs_to": self.runs_to,
            "closes_from": self.closes_from, "closes_to": self.ends_on,
        }  # fmt: skip


def month_phases(calendar: SchoolCalendar) -> Phases:
    """A month that has just ended; while the term is young, one before the holiday."""
    ends = calendar.today - timedelta(days=6)
    if ends - timedelta(days=33) < calendar.current.starts_on:
        ends = calendar.last.ends_on - timedelta(days=12)
    elif ends > calendar.current.ends_on:
        ends = calendar.current.ends_on - timedelta(days=12)
    first = ends - timedelta(days=32)
    return Phases(first, first + timedelta(days=5), ends - timedelta(days=3), ends)


def visit_phases(calendar: SchoolCalendar) -> Phases:
    """Visits that are under way: groups have begun to go out, the closing meeting is still to come."""
    first = calendar.today - timedelta(days=_STARTED)
    return Phases(first, first + timedelta(days=12), first + timedelta(days=25), first + timedelta(days=30))


def campaigns(calendar: SchoolCalendar) -> list[Row]:
    """The rows of 活动."""
    month = month_phases(calendar)
    term = calendar.current if month.prepares_from >= calendar.current.starts_on else calendar.last
    return [
        {"campaign_id": MONTH, "term": term.name, **words.MONTH_TEXTS, **month.row()},
        {"campaign_id": VISITS, "term": calendar.current.name, **words.VISITS_TEXTS, **visit_phases(calendar).row()},
    ]


def steps(random: Random, calendar: SchoolCalendar, pupils: Sequence[Pupil], staffing: Staffing) -> list[Row]:
    """The rows of 活动环节, numbered within each campaign."""
    found: list[Row] = []
    for campaign, rows in (
        (MONTH, _month_steps(random, month_phases(calendar), pupils, staffing)),
        (VISITS, _visit_steps(visit_phases(calendar))),
    ):
        found += [{"campaign": campaign, "number": number, **row} for number, row in enumerate(rows, 1)]
    return [{"step_id": f"H{number:04d}", **row} for number, row in enumerate(found, 1)]


def _month_steps(random: Random, phases: Phases, pupils: Sequence[Pupil], staffing: Staffing) -> Iterator[Row]:
    """All done: a speech, then in every class meeting, letters, calls and cards; discussions by grade; the closing."""
    yield _done(phases, "准备", words.MONTH_READY)
    yield _done(phases, "实施", words.MONTH_SPEECH)
    for name in CLASSES:
        yield from _class_steps(random, phases, name, [one for one in pupils if one.class_name == name], staffing)
    for number, grade in enumerate(dict.fromkeys(name[:3] for name in CLASSES)):
        title, day = grade + words.MONTH_TALKS.title, words.MONTH_TALKS.day + number
        yield _done(phases, "实施", words.MONTH_TALKS._replace(title=title, day=day))
    yield from (_done(phases, "总结", text) for text in words.MONTH_CLOSING)


def _class_steps(
    random: Random, phases: Phases, name: str, children: Sequence[Pupil], staffing: Staffing
) -> Iterator[Row]:
    size = len(children)
    for text in words.MONTH_BY_CLASS:
        row = _step(phases, "实施", text) | {"class_name": name, "leader": staffing.class_teacher(name)}
        row["target"] = text.target or size
        missing = random.choice((0, 0, 1)) if text.kind in {"亲情书信", "亲情电话"} else 0
        row |= {"reached": row["target"] - missing, "done_on": row["due_on"] - timedelta(days=random.randint(0, 3))}
        if text.kind == "主题班会":
            row |= _pictures(name, children)
        yield row


def _pictures(name: str, children: Sequence[Pupil]) -> Row:
    """Photos of a class meeting, showing children whose families agreed (no A605)."""
    shown = [one.child_id for one in children if one.row["photo_consent"] == "是" and one.row["consent"] == "已签"]
    return {"photos": f"主题班会-{name}-1.jpg、主题班会-{name}-2.jpg", "pictured": tuple(shown[:3])} if shown else {}


def _visit_steps(phases: Phases) -> Iterator[Row]:
    """Preparation done, two groups back, the others and the closing still ahead; one step is late."""
    yield from (_done(phases, "准备", text) for text in words.VISITS_READY)
    for number, (group, village, leader) in enumerate(zip(GROUPS, ROUTES, _GUIDES, strict=True)):
        content = f"走访{village}六户，送物资、听心声、看安全，填走访登记表"
        text = StepText("志愿走访", f"{group}入户走访", content, leader, FIRST_VISIT + 2 * number, VISITED, "户")
        yield _done(phases, "实施", text) if text.day <= _STARTED else _step(phases, "实施", text)
    yield _step(phases, "实施", words.VISITS_LATE) | {"reached": 15}
    yield from (_step(phases, "总结", text) for text in words.VISITS_CLOSING)


def _step(phases: Phases, phase: str, text: StepText) -> Row:
    return {
        "phase": phase, "kind": text.kind, "step": text.title, "content": text.content, "leader": text.leader,
        "due_on": phases.prepares_from + timedelta(days=text.day), "target": text.target, "unit": text.unit,
    }  # fmt: skip


def _done(phases: Phases, phase: str, text: StepText) -> Row:
    """A step done in full on its day."""
    row = _step(phases, phase, text)
    return row | {"done_on": row["due_on"], "reached": text.target}
