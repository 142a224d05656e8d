"""The invented children's files: ratings, comments, troubles and needs of the current term."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from random import Random
from typing import Any, Final

from xl_liushou.build import demo_words_file as words
from xl_liushou.build.demo_calendar import SchoolCalendar
from xl_liushou.build.demo_people import Pupil
from xl_liushou.build.demo_staff import Staffing
from xl_liushou.build.demo_writing import Writer

TROUBLES: Final = tuple(words.DIFFICULTIES)

_RATINGS: Final = ("优", "良", "中", "差")
_WEIGHTS: Final = {"低": (34, 46, 20, 0), "中": (10, 38, 40, 12), "高": (4, 26, 44, 26)}
_ASPECT_TROUBLE: Final = {"study": "study_trouble", "mind": "mind_trouble"}
_SEVERE: Final = {"高": 2, "中": 1, "低": 0}
_INCOMES: Final = ("打工", "打工", "打工", "种养殖", "种养殖", "亲友")


def term_files(
    random: Random, calendar: SchoolCalendar, pupils: Sequence[Pupil], staffing: Staffing
) -> list[dict[str, Any]]:
    """A row of 档案 for each child."""
    return [_file(random, calendar, pupil, staffing) for pupil in pupils]


def _file(random: Random, calendar: SchoolCalendar, pupil: Pupil, staffing: Staffing) -> dict[str, Any]:
    hobbies = random.sample(words.STRENGTHS, 2)
    writer = Writer(random, pupil, hobbies[0])
    troubles = _troubles(random, pupil)
    assessed = calendar.current.starts_on + timedelta(days=random.randint(5, 24))
    return {
        "child_id": pupil.child_id,
        "term": calendar.current.name,
        **_ratings(random, pupil, troubles, writer),
        **troubles,
        "strengths": "、".join(hobbies),
        **_situation(troubles, writer),
        "income": "政府救助" if pupil.role == "orphan" else random.choice(_INCOMES),
        "aid": _aid(random, pupil),
        "assessor": staffing.class_teacher(pupil.class_name),
        "assessed_on": min(max(assessed, pupil.filed_on), calendar.today),
    }


def _troubles(random: Random, pupil: Pupil) -> dict[str, str]:
    """The five troubles, as the child's 风险等级 leads one to expect; one child is rated too low (R314)."""
    severe = 1 if pupil.role == "underrated" else _SEVERE[pupil.risk]
    order = random.sample(TROUBLES, len(TROUBLES))
    light = random.randint(1, 2) if severe else random.choice((0, 0, 1, 1, 2))
    degrees = ["重"] * severe + ["轻"] * light + ["无"] * len(TROUBLES)
    found = dict(zip(order, degrees, strict=False))
    return {trouble: found[trouble] for trouble in TROUBLES}


def _ratings(random: Random, pupil: Pupil, troubles: dict[str, str], writer: Writer) -> dict[str, str]:
    found = {}
    for aspect, openings in words.OPENINGS.items():
        rating = random.choices(_RATINGS, _WEIGHTS[pupil.risk])[0]
        degree = troubles.get(_ASPECT_TROUBLE.get(aspect, ""))
        if degree == "重":
            rating = random.choice("中差")
        elif degree == "轻" and rating == "优":
            rating = "良"
        closing = words.CLOSINGS[aspect]["up" if rating in "优良" else "down"]
        found[aspect] = rating
        found[f"{aspect}_note"] = writer.say(openings[rating]) + writer.say(closing)
    return found


def _situation(troubles: dict[str, str], writer: Writer) -> dict[str, str]:
    """主要困难 and 需求, the heaviest trouble first."""
    ranked = sorted((one for one in TROUBLES if troubles[one] != "无"), key=lambda one: troubles[one] == "轻")[:2]
    if not ranked:
        return {"difficulties": writer.say(words.NO_DIFFICULTY), "needs": writer.say(words.NO_NEED)}
    return {
        "difficulties": "；".join(writer.say(words.DIFFICULTIES[one]) for one in ranked),
        "needs": "；".join(writer.say(words.NEEDS[one]) for one in ranked),
    }


def _aid(random: Random, pupil: Pupil) -> tuple[str, ...]:
    if pupil.role == "orphan":
        return ("事实无人抚养补贴", "教育资助")
    if pupil.role == "disabled":
        return ("残疾补贴",)
    if "家庭贫困" in pupil.row["hardships"]:
        return random.choice((("低保", "教育资助"), ("低保",), ("教育资助",)))
    return ()
