"""A term of invented contact records: talks, calls, visits and the rest, up to today."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any, Final

from xl_liushou.build import demo_words_contact as words
from xl_liushou.build import demo_words_talk as talk_words
from xl_liushou.build.demo_calendar import SchoolCalendar, days_between
from xl_liushou.build.demo_guardians import Adult
from xl_liushou.build.demo_people import Pupil
from xl_liushou.build.demo_staff import COUNSELLOR, Staffing
from xl_liushou.build.demo_writing import Writer

Row = dict[str, Any]

_TALK_DAYS: Final = {"高": 3, "中": 7, "低": 7}
_CALL_DAYS: Final = {"高": 7, "中": 14, "低": 14}
_LATE_ATTEMPTS: Final = {"call 17": ("未接通",) * 3, "call 20": ("空号",), "call 8": ("未接通",)}
"""What was tried since the last call that worked: three in vain (try the carer), a number that is dead (L508)."""
_MISSED_SHARE: Final = 0.13
_FORGOTTEN: Final = "talk 9"
"""The child whose follow-up nobody has done (L504)."""
_DAY: Final = timedelta(days=1)


def contacts(
    random: Random, calendar: SchoolCalendar, pupils: Sequence[Pupil], staffing: Staffing
) -> list[dict[str, Any]]:
    """The rows of 联系记录 in order of their days, with their 编号."""
    said: Counter[str] = Counter()
    rows = [row for pupil in pupils for row in _Diary(random, calendar, pupil, staffing, said).rows()]
    rows.sort(key=lambda row: (row["day"], row["child_id"]))
    return [{"contact_id": f"L{number:04d}", **row} for number, row in enumerate(rows, 1)]


class _Diary:
    """All contacts of one child."""

    def __init__(
        self, random: Random, calendar: SchoolCalendar, pupil: Pupil, staffing: Staffing, said: Counter[str]
    ) -> None:
        self.random = random
        self.pupil = pupil
        self.writer = Writer(random, pupil)
        self.said = said
        self.talks: list[tuple[str, str]] = []
        self.teacher = staffing.class_teacher(pupil.class_name)
        self.today = calendar.today
        self.last = pupil.row.get("closed_on") or calendar.today - timedelta(days=9 if pupil.role == "paused" else 0)
        self.first = max(calendar.records_from, pupil.filed_on)
        self.talk_days = [day for day in calendar.talk_days(self.first) if day <= self.last]
        self.school_days = frozenset(self.talk_days)
        self.days = list(days_between(self.first, self.last))

    def rows(self) -> list[Row]:
        """The child's records, each day and kind once."""
        if self.pupil.role == "never":
            return []
        found = [*self._talks(), *self._calls(), *self._visits(), *self._others(), *self._report()]
        return list({(row["day"], row["kind"], row["result"]): row for row in found}.values())

    def _late(self, kind: str) -> int:
        """How many days overdue the demo wants this child to be."""
        role, _, days = self.pupil.role.partition(" ")
        return int(days) if role == kind and days else 0

    def _talks(self) -> list[Row]:
        interval = _TALK_DAYS[self.pupil.risk]
        found = [self._talk(day) for day in self._rhythm(self.talk_days, interval, self._late("talk"), weekdays=True)]
        if found and self.pupil.role == _FORGOTTEN:
            found[0] |= self._follow_up(found[0]["day"]) | {"followed_up_on": None}
        return found

    def _rhythm(self, days: Sequence[date], interval: int, late: int, *, weekdays: bool) -> list[date]:
        """Days at most `interval` apart, backwards from today, or from `late` days before one was due."""

        def fits(place: int) -> bool:
            return place < len(days) and not (weekdays and days[place].weekday() > 4)

        found: list[date] = []
        newest = len(days) - 1 - interval - late
        span = range(newest - 2, newest + 1) if late else range(newest, len(days))
        while usable := [place for place in span if place >= 0 and fits(place)]:
            place = max(usable) if late and not found else self.random.choice(usable)
            found.append(days[place])
            span = range(place - interval, place - max(interval - 3, 0))
        return found

    def _talk(self, day: date) -> Row:
        topic, talk = self._next_talk()

        def account() -> str:
            return self.writer.say(talk_words.OPENINGS) + self.writer.say([talk])

        row = self._row("谈心", day, "面谈", summary=self._new(account), topics=(topic,))
        if self.random.random() < 0.04:
            row |= self._follow_up(day)
        return row

    def _next_talk(self) -> tuple[str, str]:
        """A topic and a talk that this child has not had for long."""
        if not self.talks:
            self.talks = [
                (topic, f"{saying}。{answer}")
                for topic, pairs in talk_words.TALKS.items()
                for saying, answer in pairs
                if self.writer.suits(saying + answer)
            ]
            self.random.shuffle(self.talks)
        return self.talks.pop()

    def _calls(self) -> list[Row]:
        contact_id, adult = self.pupil.first_contact
        late = self._late("call")
        found = []
        for day in self._rhythm(self.days, _CALL_DAYS[self.pupil.risk], late, weekdays=False):
            found.append(self._call(day, contact_id, adult))
            if self.random.random() < _MISSED_SHARE and day - _DAY >= self.first:
                result = "空号" if self.random.random() < 0.06 else "未接通"
                found.append(self._missed(day - _DAY, contact_id, result))
        for step, result in enumerate(_LATE_ATTEMPTS.get(self.pupil.role, ())):
            found.append(self._missed(self.last - timedelta(days=2 + 3 * step), contact_id, result))
        return found

    def _call(self, day: date, contact_id: str, adult: Adult) -> Row:
        told = words.CALL_NEWS if day in self.school_days else words.HOLIDAY_NEWS
        away = adult["works_away"] == "是"
        replies, plans, feedback = (
            (words.AWAY_REPLIES, words.AWAY_PLANS, words.AWAY_FEEDBACK)
            if away
            else (words.HOME_REPLIES, words.HOME_PLANS, words.HOME_FEEDBACK)
        )

        def account() -> str:
            news, reply, plan = (self.writer.say(part, adult) for part in (told, replies, plans))
            return f"{news}。{reply}。{plan}"

        way = self.random.choice(("电话", "电话", "视频", "微信"))
        said = self.writer.say(feedback, adult) if self.random.random() < 0.5 else ""
        topics = ("学习", self.random.choice(("亲情", "生活", "心理")))
        return self._row("通话", day, way, contact=contact_id, summary=self._new(account), feedback=said, topics=topics)

    def _missed(self, day: date, contact_id: str, result: str) -> Row:
        note = "空号，已向家里核对" if result == "空号" else self.writer.say(words.MISSED)
        return self._row("通话", day, "电话", contact=contact_id, result=result, summary=note)

    def _visits(self) -> list[Row]:
        if self.pupil.risk != "高" and self.random.random() > 0.45:
            return []
        weekdays = [day for day in self.days if day.weekday() < 6][:-10][-70:]
        if not weekdays:
            return []
        day = self.random.choice(weekdays)
        found = [self._visit(day)]
        if self.random.random() < 0.08:
            contact_id, _ = self.pupil.carer
            row = self._row("家访", day - _DAY * 3, "入户", contact=contact_id, result="拒访", summary="家中无人开门")
            found += [row] if row["day"] >= self.first else []
        return found

    def _visit(self, day: date) -> Row:
        contact_id, adult = self.pupil.carer

        def account() -> str:
            parts = (words.VISIT_SIGHTS, words.VISIT_TALKS, words.VISIT_PLANS)
            sight, talk, plan = (self.writer.say(part, adult) for part in parts)
            return f"{sight}。{talk}。{plan}"

        row = self._row("家访", day, "入户", contact=contact_id, summary=self._new(account), topics=("生活", "安全"))
        return row | {"feedback": self.writer.say(words.HOME_FEEDBACK, adult)}

    def _others(self) -> list[Row]:
        """Counselling, video time, coordination and gifts for those who need them."""
        random, (contact_id, adult) = self.random, self.pupil.first_contact
        found = []
        if self.pupil.risk == "高":
            found += [
                self._told("心理辅导", "面谈", words.COUNSEL, recorder=COUNSELLOR, secrecy="敏感") for _ in "一二三"
            ]
        if self.pupil.is_key:
            found.append(self._told("协同沟通", "面谈", words.TEAM))
        if random.random() < 0.45 and adult["works_away"] == "是":
            found.append(self._told("亲子联系", "视频", words.FAMILY_TIME, adult, contact=contact_id, topics=("亲情",)))
        if self.pupil.is_key or random.random() < 0.15:
            carer_id, carer = self.pupil.carer
            found.append(self._told("物资慰问", "入户", words.GIFTS, carer, contact=carer_id))
        return [row for row in found if row]

    def _told(self, kind: str, way: str, texts: Sequence[str], adult: Adult | None = None, **more: Any) -> Row:
        if not self.talk_days:
            return {}
        summary = self._new(lambda: self.writer.say(texts, adult))
        return self._row(kind, self.random.choice(self.talk_days), way, summary=summary, **more)

    def _report(self) -> list[Row]:
        """A report that the law demands, made the same day and complete (no L506)."""
        if self.pupil.role != "report":
            return []
        day = max(self.last - timedelta(days=24), self.first)
        row = self._row("协同沟通", day, "面谈", topics=("安全",), secrecy="限领导")
        return [
            row
            | {
                "summary": "谈话中见孩子手臂有瘀伤，来由说不清，当天报告并陪同就医",
                "issue": "疑似受到照护人体罚",
                "measures": "报告派出所和民政，商定由亲属临时照护，班主任每天关注",
                "must_report": "是",
                "reported_at": day,
                "reported_to": "云岭派出所、镇民政办",
                "needs_follow_up": "是",
                "follow_up_by": day + timedelta(days=14),
                "followed_up_on": day + timedelta(days=13),
            }
        ]

    def _follow_up(self, day: date) -> Row:
        """Something to come back to: done in time, or still ahead."""
        until = day + timedelta(days=7)
        found = {
            "issue": self.random.choice(("近来作业拖拉", "情绪有些低落", "想家，睡不好", "放学路上不结伴")),
            "measures": self.random.choice(("小帮手每天提醒", "心理老师约谈一次", "约家长视频", "编入放学路队")),
            "needs_follow_up": "是",
            "follow_up_by": until,
        }
        if until <= self.today:
            found["followed_up_on"] = min(until - _DAY, self.last)
        return found

    def _new(self, account: Callable[[], str]) -> str:
        """An account that no two other children have already (L502)."""
        while True:
            text = account()
            if self.said[text] < 1:
                self.said[text] += 1
                return text

    def _row(self, kind: str, day: date, way: str, result: str = "完成", **more: Any) -> Row:
        row = {
            "child_id": self.pupil.child_id, "kind": kind, "day": day, "way": way, "recorder": self.teacher,
            "result": result, "secrecy": "一般",
        }  # fmt: skip
        return row | {name: value for name, value in more.items() if value}
