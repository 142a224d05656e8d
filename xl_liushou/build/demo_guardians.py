"""The grown-ups of an invented family: parents, mostly far away, and who looks after the children."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random
from typing import Any, Final

from xl_liushou.build.demo_names import CITIES, JOBS, Namer
from xl_liushou.schema.lists import PARENTS

BOTH: Final = "双方外出"
ONE: Final = "一方外出"
ONE_UNABLE: Final = "一方外出另一方无监护能力"
NONE: Final = "非留守"

Adult = dict[str, Any]
"""A row of 监护人 without 编号 and 儿童编号."""

_GOOD_TIMES: Final = ("晚上8点后", "中午12点到1点", "周日全天", "晚上9点后", "周三休息", "")
_CHANNELS: Final = ("邮件", "短信", "短信", "微信", "微信", "纸质")
_CARERS: Final = ("祖母", "祖母", "祖父", "外祖母", "外祖母", "外祖父", "其他亲属")
_WOMEN: Final = {"母亲", "祖母", "外祖母"}
_SCHOOLING: Final = {True: ("小学", "初中", "初中", "高中"), False: ("文盲", "小学", "小学", "初中")}


def household(namer: Namer, kind: str, role: str, surname: str, born: int, today: date) -> list[Adult]:
    """The guardians of a family; `born` is the eldest child's year, `role` what the demo wants to show."""
    random = namer.random
    adults = _parents(namer, kind, surname, born)
    if role == "orphan":
        adults = [{**adults[1], "capacity": "失联", "mobile": "", "work_place": "不详", "occupation": ""}]
    if kind in (BOTH, ONE_UNABLE):
        adults.append(_grandparent(namer, random.choice(_CARERS), adults, surname, born))
        adults[-1] |= _mandate(random, role, today)
    _contacts(random, adults, role)
    for adult in adults:
        if adult["works_away"] == "是" and adult["capacity"] == "有" and random.random() < 0.4:
            adult["returns_on"] = today + timedelta(days=random.randint(20, 90))
    return adults


def minority_household(namer: Namer, today: date) -> list[Adult]:
    """A family whose names carry a dot; the daughter's second name is her father's first."""
    adults = household(namer, BOTH, "", "", 2016, today)
    names = ("艾力·吐尔逊", "帕提古丽·买买提", "热依汗·卡德尔")
    for adult, name, relation in zip(adults, names, ("父亲", "母亲", "祖母"), strict=True):
        adult |= {"name": name, "relation": relation}
    return adults


def is_carer(adult: Adult) -> bool:
    """Whether this is the person the children live with."""
    return bool(adult["is_carer"] == "是")


def first_contact(adults: Sequence[Adult]) -> Adult:
    """The person whom the school calls and writes to first."""
    return next(one for one in adults if one["is_first_contact"] == "是")


def _parents(namer: Namer, kind: str, surname: str, born: int) -> list[Adult]:
    father = _adult(namer, "父亲", surname, born - namer.random.randint(23, 33))
    mother = _adult(namer, "母亲", "", born - namer.random.randint(21, 30))
    away = {BOTH: [father, mother], NONE: [], ONE: [father], ONE_UNABLE: [father]}[kind]
    if kind == ONE and namer.random.random() < 0.3:
        away = [mother]
    city = namer.random.choice(CITIES)
    for parent in (father, mother):
        leaves = parent in away
        other = namer.random.choice(CITIES) if namer.random.random() < 0.25 else city
        parent["works_away"] = "是" if leaves else "否"
        parent["work_place"] = other if leaves else ""
        parent["occupation"] = namer.random.choice(JOBS) if leaves else "务农"
    if kind == ONE_UNABLE:
        mother |= {"capacity": namer.random.choice(("重病", "重残")), "health": "患病", "occupation": ""}
    return [father, mother]


def _grandparent(namer: Namer, relation: str, parents: Sequence[Adult], surname: str, born: int) -> Adult:
    mothers = parents[-1]["name"]
    family_name = {"祖父": surname, "外祖父": mothers[:2] if len(mothers) > 3 else mothers[:1]}.get(relation, "")
    if relation == "其他亲属":
        return _adult(namer, relation, surname, born - namer.random.randint(28, 40)) | {"note": "孩子的姑姑"}
    return _adult(namer, relation, family_name, born - namer.random.randint(48, 60), parent=False)


def _adult(namer: Namer, relation: str, surname: str, born: int, *, parent: bool = True) -> Adult:
    woman = relation in _WOMEN or relation == "其他亲属"
    random = namer.random
    return {
        "relation": relation,
        "name": namer.adult("女" if woman else "男", surname),
        "mobile": namer.phone(),
        "birth_year": born,
        "education": random.choice(_SCHOOLING[parent]),
        "occupation": "务农",
        "health": "健康" if parent or random.random() < 0.7 else "患病",
        "works_away": "否",
        "capacity": "有",
        "is_carer": "否",
        "is_first_contact": "否",
        "gets_copy": "否",
        "channel": "纸质",
    }


def _mandate(random: Random, role: str, today: date) -> Adult:
    days = {"expired": -12, "expiring": 18}.get(role, random.randint(60, 400))
    return {"mandate": "有", "mandate_until": today + timedelta(days=days)}


def _contacts(random: Random, adults: Sequence[Adult], role: str) -> None:
    """Marks the carer (the last who is at home and able) and the first contact, a parent where one answers."""
    carer = [one for one in adults if one["works_away"] == "否" and one["capacity"] == "有"][-1]
    carer["is_carer"] = "是"
    able = [one for one in adults if one["capacity"] == "有" and one["relation"] in PARENTS]
    away = [one for one in able if one["works_away"] == "是"]
    chosen = carer if role == "orphan" or random.random() < 0.12 else random.choice(away or able)
    chosen["is_first_contact"] = "是"
    for parent in able:
        _reach(random, parent)
        if parent is not chosen and random.random() < 0.3:
            parent["gets_copy"] = "是"
    if carer not in able and random.random() < 0.2:
        carer["landline"] = f"0990-{random.randint(1, 9999):07d}"


def _reach(random: Random, parent: Adult) -> None:
    parent["channel"] = random.choice(_CHANNELS)
    parent["good_time"] = random.choice(_GOOD_TIMES)
    if parent["channel"] == "邮件" or random.random() < 0.15:
        parent["email"] = f"jz{parent['mobile'][-4:]}@example.com"
