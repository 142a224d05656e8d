"""Who helps whom in the invented school: pairings, study-help plans and their checks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any, Final

from xl_liushou.build import demo_words_study as words
from xl_liushou.build.demo_calendar import SchoolCalendar
from xl_liushou.build.demo_names import Namer
from xl_liushou.build.demo_people import Pupil
from xl_liushou.build.demo_staff import Staffing
from xl_liushou.build.demo_writing import Writer

Row = dict[str, Any]

_HELPERS: Final = tuple(f"T{number:02d}" for number in (*range(2, 19), 20))
_MOST_CHILDREN: Final = 4
_CHECK_DAYS: Final = 30
_FORGOTTEN: Final = {"orphan", "report"}
"""Children whose helper teacher has let a check pass (P408)."""
_UNFINISHED: Final = 3
"""The plan whose stage has ended without a result (T551)."""
_PLANS: Final = 18
_CHECK_KINDS: Final = ("日常", "单元", "日常", "期中", "单元", "日常", "期末")


def pairings(namer: Namer, calendar: SchoolCalendar, pupils: Sequence[Pupil], staffing: Staffing) -> list[Row]:
    """The rows of 结对, with their 编号."""
    load: Counter[str] = Counter()
    found = [row for pupil in pupils for row in _pairs(namer, calendar, pupil, pupils, staffing, load)]
    return [{"pairing_id": f"D{number:04d}", **row} for number, row in enumerate(found, 1)]


def _pairs(
    namer: Namer, calendar: SchoolCalendar, pupil: Pupil, pupils: Sequence[Pupil], staffing: Staffing,
    load: Counter[str],
) -> Iterator[Row]:  # fmt: skip
    random = namer.random
    starts = _start(calendar, pupil)
    friends = _classmates(namer, pupil, pupils)
    yield _pair(
        random, calendar, pupil, "学习帮手", friends[0], starts, subject=random.choice(("语文", "数学", "英语"))
    )
    yield _pair(random, calendar, pupil, "手拉手", friends[1], starts)
    if pupil.is_key:
        own = staffing.class_teacher(pupil.class_name)
        free = [one for one in _HELPERS if load[one] < _MOST_CHILDREN and one != own]
        helper = random.choice(free)
        load[helper] += 1
        yield _pair(random, calendar, pupil, "教师帮扶", helper, starts, check_days=_CHECK_DAYS)
    if pupil.risk == "高":
        yield _pair(random, calendar, pupil, "党员领导", staffing.attached(pupil.class_name), starts)
    if pupil.role == "" and random.random() < 0.2:
        yield _pair(random, calendar, pupil, "志愿者", f"V{random.randint(1, 12):02d}", starts)


def _start(calendar: SchoolCalendar, pupil: Pupil) -> date:
    """The second week of the term, or the day after the child was filed; never after today.

    The pairings of a child whose case is closed began when it was filed.
    """
    if not pupil.is_active:
        return pupil.filed_on
    return min(max(calendar.current.starts_on + timedelta(days=8), pupil.filed_on + timedelta(days=1)), calendar.today)


def _classmates(namer: Namer, pupil: Pupil, pupils: Sequence[Pupil]) -> tuple[str, str]:
    """A study helper and a friend: another child of the roster, or a classmate outside it by name."""
    others = [
        one.child_id for one in pupils if one.class_name == pupil.class_name and one is not pupil and one.is_active
    ]
    pool = [*namer.random.sample(others, min(2, len(others))), namer.child(pupil.gender), namer.child(pupil.gender)]
    helper, friend = namer.random.sample(pool, 2)
    return helper, friend


def _pair(
    random: Random, calendar: SchoolCalendar, pupil: Pupil, kind: str, helper: str, starts: date, **more: Any
) -> Row:
    row: Row = {
        "child_id": pupil.child_id, "kind": kind, "helper": helper, "starts_on": starts, **more,
        "goal": Writer(random, pupil).say(words.PAIR_GOALS[kind]),
    }  # fmt: skip
    if not pupil.is_active:
        return row | {"ends_on": pupil.row["closed_on"], "effect": "有效", "end_reason": "结案"}
    late = pupil.role in _FORGOTTEN and kind == "教师帮扶"
    checked = calendar.today - timedelta(days=_CHECK_DAYS + 6 if late else random.randint(3, 24))
    if more.get("check_days") and checked >= starts:
        row |= {"checked_on": checked, "effect": random.choice(("显著", "有效", "有效", "一般"))}
    return row


def study_help(
    random: Random, calendar: SchoolCalendar, pupils: Sequence[Pupil], staffing: Staffing, files: Sequence[Row]
) -> tuple[list[Row], list[Row]]:
    """The rows of 学习帮扶 and 进步记录: plans for those whose 学习 is rated lowest."""
    rated = {row["child_id"]: "差中良优".index(row["study"]) for row in files}
    weak = sorted((one for one in pupils if one.is_active), key=lambda one: rated[one.child_id])[:_PLANS]
    plans = [_plan(random, calendar, pupil, staffing, number) for number, pupil in enumerate(weak, 1)]
    checks = [
        row
        for plan, pupil in zip(plans, weak, strict=True)
        for row in _checks(random, calendar, plan, Writer(random, pupil))
    ]
    checks.sort(key=lambda row: (row["checked_on"], row["help_id"]))
    return plans, [{"progress_id": f"P{number:04d}", **row} for number, row in enumerate(checks, 1)]


def _plan(random: Random, calendar: SchoolCalendar, pupil: Pupil, staffing: Staffing, number: int) -> Row:
    subject = random.choice(("语文", "语文", "数学", "数学", "英语") if pupil.grade > 2 else ("语文", "数学"))
    starts = _start(calendar, pupil)
    until = max(calendar.current.ends_on - timedelta(days=14), starts)
    if number == _UNFINISHED:
        until = max(calendar.today - timedelta(days=3), starts)
    writer = Writer(random, pupil)
    row = {
        "help_id": f"X{number:04d}", "child_id": pupil.child_id, "term": calendar.current.name, "subject": subject,
        "group": f"{pupil.class_name[:3]}{subject}组", "starts_on": starts,
        "baseline": writer.say(words.BASELINES[subject]), "goal": writer.say(words.GOALS[subject]),
        "times": random.choice(words.TIMES), "content": writer.say(words.CONTENTS[subject]),
        "teacher": staffing.subject_teacher(random, pupil.class_name, subject), "stage_ends_on": until,
    }  # fmt: skip
    if number == _UNFINISHED or until >= calendar.today:
        return row | {"status": "进行中", "now": random.choice(words.NOW[random.choice(("进步", "持平"))])}
    return row | {"status": random.choice(("达成", "达成", "未达成")), "now": random.choice(words.NOW["进步"])}


def _checks(random: Random, calendar: SchoolCalendar, plan: Mapping[str, Any], writer: Writer) -> Iterator[Row]:
    """A check about every three weeks, the score rising by and by."""
    day = plan["starts_on"] + timedelta(days=random.randint(12, 18))
    score = random.randint(42, 66)
    for kind in _CHECK_KINDS:
        if day > min(calendar.today, plan["stage_ends_on"]):
            return
        trend = random.choices(("进步", "持平", "退步"), (7, 3, 1))[0]
        score = min(96, score + {"进步": random.randint(2, 8), "持平": random.randint(-1, 1), "退步": -4}[trend])
        yield {
            "help_id": plan["help_id"], "checked_on": day, "kind": kind, "score": score, "level": _level(score),
            "trend": trend, "conclusion": random.choice(words.CONCLUSIONS[trend]),
            "next_step": writer.say(words.NEXT_STEPS),
        }  # fmt: skip
        day += timedelta(days=random.randint(17, 24))


def _level(score: int) -> str:
    return "优秀" if score >= 85 else "良好" if score >= 75 else "合格" if score >= 60 else "待合格"
