"""The sixty invented children and their families, with what the demo wants to show about some of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any, Final

from xl_liushou.build import demo_guardians as homes
from xl_liushou.build.demo_calendar import SchoolCalendar
from xl_liushou.build.demo_guardians import Adult, first_contact, is_carer
from xl_liushou.build.demo_names import ETHNICITIES, HAMLETS, Namer, id_number, short_name
from xl_liushou.build.demo_staff import CLASSES
from xl_liushou.schema.numbers import GRADES

_CLASS_SIZES: Final = (8, 6, 6, 7, 6, 8, 6, 6, 7)
_SIBLINGS: Final = (3, 2, 2, 2, 2, 2, 2, 2, 2, 2)
_UNJOINED: Final = 9
"""The family that lacks its 家庭编号, so that K206 suggests one."""

ROLES: Final = (
    "closed", "paused", "never", "minority", "four", "orphan", "report", "namesake", "namesake", "expired", "expiring",
    "underrated", "pending", "pending", "talk 2", "talk 9", "talk 16", "talk 5", "call 3", "call 8", "call 17",
    "call 20",
    "unable", "unable", "unable", "ill", "disabled",
)  # fmt: skip
"""What single children are there to show; "talk 9" is a talk nine days overdue."""

_RISKS: Final = {
    "orphan": "高", "report": "高", "talk 5": "高", "call 8": "高", "underrated": "低", "ill": "中", "disabled": "中",
    "unable": "中", "paused": "中",
}  # fmt: skip
_KINDS: Final = {"closed": homes.NONE, "unable": homes.ONE_UNABLE, "ill": homes.NONE}
_AWAY_ROLES: Final = {"orphan", "report", "expired", "expiring", "minority"}


@dataclass
class Pupil:
    """A child of the demo: what the other parts need to know, and the row of 花名册."""

    role: str
    kind: str
    adults: Sequence[Adult]
    class_name: str
    gender: str
    name: str
    birth_date: date
    risk: str
    filed_on: date
    row: dict[str, Any]
    guardian_ids: Sequence[str] = ()

    @property
    def child_id(self) -> str:
        """儿童编号"""
        return str(self.row["child_id"])

    @property
    def call_name(self) -> str:
        """What the teachers call the child."""
        return short_name(self.name)

    @property
    def pronoun(self) -> str:
        """他 or 她."""
        return "他" if self.gender == "男" else "她"

    @property
    def grade(self) -> int:
        """1 to 6."""
        return GRADES.index(self.class_name[:3]) + 1

    @property
    def is_key(self) -> bool:
        """重点帮扶"""
        return bool(self.row["is_key"] == "是")

    @property
    def is_active(self) -> bool:
        """Not closed."""
        return self.role != "closed"

    @property
    def first_contact(self) -> tuple[str, Adult]:
        """The 编号 and the row of the person called first."""
        return self._guardian(first_contact(self.adults))

    @property
    def carer(self) -> tuple[str, Adult]:
        """The 编号 and the row of the person the child lives with."""
        return self._guardian(next(filter(is_carer, self.adults)))

    def _guardian(self, adult: Adult) -> tuple[str, Adult]:
        return self.guardian_ids[list(self.adults).index(adult)], adult


def pupils(namer: Namer, calendar: SchoolCalendar) -> list[Pupil]:
    """All children in the order of the roster, with 编号 given to them and their guardians."""
    found = [
        pupil
        for number, (role, slots) in enumerate(_families(namer.random))
        for pupil in _family(namer, calendar, number, role, slots)
    ]
    found.sort(key=lambda one: (CLASSES.index(one.class_name), one.birth_date, one.name))
    _number(found, calendar)
    return found


def guardian_rows(found: Sequence[Pupil]) -> list[dict[str, Any]]:
    """The rows of 监护人."""
    return [
        {"guardian_id": guardian_id, "child_id": pupil.child_id, **adult}
        for pupil in found
        for guardian_id, adult in zip(pupil.guardian_ids, pupil.adults, strict=True)
    ]


def _families(random: Random) -> Iterator[tuple[str, list[str]]]:
    """Each family's role and the classes of its children; siblings sit in different grades, namesakes in one class.

    Who is there to show something is no first-grader: those may have been filed only today.
    """
    slots = [name for name, size in zip(CLASSES, _CLASS_SIZES, strict=True) for _ in range(size)]
    namesakes = "四年级1班"
    for _ in range(ROLES.count("namesake")):
        slots.remove(namesakes)
    random.shuffle(slots)
    for size in _SIBLINGS:
        taken: list[str] = []
        while len(taken) < size:
            free = next(one for one in slots if one[:3] not in {other[:3] for other in taken})
            slots.remove(free)
            taken.append(free)
        yield "", taken
    for role in ROLES:
        chosen = namesakes if role == "namesake" else next(one for one in slots if one[:3] != GRADES[0])
        if role != "namesake":
            slots.remove(chosen)
        yield role, [chosen]
    yield from (("", [slot]) for slot in slots)


def _family(namer: Namer, calendar: SchoolCalendar, number: int, role: str, slots: Sequence[str]) -> list[Pupil]:
    random = namer.random
    surname = {"four": "欧阳", "namesake": "陈"}.get(role) or namer.surname()
    kind = _KINDS.get(role) or (homes.BOTH if role in _AWAY_ROLES or random.random() < 0.66 else homes.ONE)
    births = [_birth_date(random, calendar, slot) for slot in slots]
    if role == "minority":
        adults = homes.minority_household(namer, calendar.today)
    else:
        adults = homes.household(namer, kind, role, surname, min(births).year, calendar.today)
    shared = _shared(random, number, role, len(slots))
    return [
        _pupil(namer, calendar, role, kind, adults, slot, birth, surname, shared)
        for slot, birth in zip(slots, births, strict=True)
    ]


def _shared(random: Random, number: int, role: str, size: int) -> dict[str, Any]:
    """What the children of a family have in common."""
    hamlet = random.choice(HAMLETS)
    address = f"云岭镇{hamlet}{random.randint(1, 68)}号"
    joined = size > 1 and number != _UNJOINED
    return {
        "ethnicity": "维吾尔族" if role == "minority" else random.choice(ETHNICITIES),
        "family_id": f"F{number + 1:03d}" if joined else "",
        "hamlet": hamlet,
        "home_address": address,
        "registered_address": "云山县外，随父母迁入" if random.random() < 0.04 else f"云山县{address}",
    }


def _birth_date(random: Random, calendar: SchoolCalendar, class_name: str) -> date:
    """A birthday that makes the child six in the September of its first grade."""
    age = 6 + GRADES.index(class_name[:3])
    first = date(calendar.school_year - age - 1, 9, 2)
    return first + timedelta(days=random.randrange(364))


def _pupil(
    namer: Namer, calendar: SchoolCalendar, role: str, kind: str, adults: Sequence[Adult], slot: str, birth: date,
    surname: str, shared: dict[str, Any],
) -> Pupil:  # fmt: skip
    random = namer.random
    gender = "女" if role in {"minority", "namesake", "four"} else random.choice("男女")
    fixed = {"minority": "阿依努尔·艾力", "namesake": "陈思涵", "four": "欧阳雨桐"}
    name = fixed.get(role) or namer.child(gender, surname)
    namer.used.add(name)
    risk = _RISKS.get(role) or random.choices(("高", "中", "低"), (10 if not role else 0, 30, 60))[0]
    filed_on = _filed_on(random, calendar, role, slot)
    row = {"name": name, "gender": gender, "birth_date": birth, **shared}
    row |= _standing(random, calendar, role, risk, filed_on)
    row |= {"grade": slot[:3], "class_name": slot[3:], "left_behind_type": kind, "risk": risk, "filed_on": filed_on}
    if kind != homes.NONE:
        row["left_behind_since"] = birth + timedelta(days=random.randint(400, 1700))
    return Pupil(role, kind, adults, slot, gender, name, birth, risk, filed_on, row)


def _filed_on(random: Random, calendar: SchoolCalendar, role: str, class_name: str) -> date:
    """Filed in the first weeks of school, or a year or two later; never after today."""
    if role == "never":
        return calendar.today - timedelta(days=11)
    grade = GRADES.index(class_name[:3]) + 1
    later = random.choice((0, 0, 0, 1, 2)) if grade > 3 else 0
    first = date(calendar.school_year - grade + 1 + later, 9, 2)
    return min(first + timedelta(days=random.randint(0, 12)), calendar.today)


def _standing(random: Random, calendar: SchoolCalendar, role: str, risk: str, filed_on: date) -> dict[str, Any]:
    """Health, hardship, case status, consent."""
    today = calendar.today
    assessed = min(calendar.current.starts_on + timedelta(days=random.randint(4, 20)), today)
    if risk == "高":
        assessed = max(assessed, today - timedelta(days=random.randint(40, 85)))
    found: dict[str, Any] = {
        "boards": random.choice("是否否"),
        "health": "健康",
        "hardships": ("家庭贫困",) if random.random() < 0.18 else (),
        "is_key": "是" if risk == "高" or role in {"unable", "never"} else "否",
        "assessed_on": max(assessed, filed_on),
        "case_status": "在管",
        "consent": "待签" if role == "pending" else "已签",
        "photo_consent": "否" if role == "pending" or random.random() < 0.12 else "是",
    }
    found |= _SPECIAL.get(role, {})
    if role == "closed":
        closed = max(today - timedelta(days=25), filed_on)
        found |= {"case_status": "结案", "closed_on": closed, "closing_reason": "父母返乡就业，一家团聚"}
    if role == "paused":
        found |= {"case_status": "暂停", "paused_until": today + timedelta(days=20), "note": "随父母在外就医，下月返校"}
    return found


_SPECIAL: Final[dict[str, dict[str, Any]]] = {
    "orphan": {"hardships": ("事实无人抚养", "家庭贫困"), "boards": "是"},
    "report": {"hardships": ("监护缺失或不当",)},
    "unable": {"hardships": ("家庭贫困",)},
    "ill": {"health": "患病", "health_note": "轻度哮喘，换季时随身带喷雾，体育课量力而行", "hardships": ("其他",)},
    "disabled": {"health": "残疾", "health_note": "左耳听力弱，座位安排在前排靠左", "hardships": ("其他",)},
    "never": {"note": "本学期从外校转入"},
}


def _number(found: Sequence[Pupil], calendar: SchoolCalendar) -> None:
    """儿童编号 by year of entry, ID numbers, and 编号 of the guardians."""
    counts: dict[int, int] = {}
    guardians = 0
    for serial, pupil in enumerate(found, 1):
        entered = calendar.school_year - pupil.grade + 1
        counts[entered] = counts.get(entered, 0) + 1
        number = "" if serial % 23 == 0 else id_number(pupil.birth_date, pupil.gender, serial)
        roll = f"G{number}" if number and serial % 4 else ""
        numbers = {"child_id": f"YL{entered}{counts[entered]:03d}", "id_number": number, "student_number": roll}
        pupil.row = numbers | pupil.row
        pupil.guardian_ids = [f"J{guardians + step:04d}" for step in range(1, len(pupil.adults) + 1)]
        guardians += len(pupil.adults)
