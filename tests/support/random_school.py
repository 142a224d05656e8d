"""Random schools in which nothing is wrong: every sheet filled, every date and reference in agreement.

school = random_school(7)          the same seed gives the same school
school.book.school()               see `random_book`
school.grow(姓名="周敏")           one more child with all that belongs to it
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any, Final

from tests.support.random_book import Book, laid_out
from tests.support.random_campaigns import Campaigns
from tests.support.sound_school import Row
from xl_liushou.core.table import Column
from xl_liushou.schema.sheets import SHEETS

_RELIED_ON: Final = frozenset({
    "个案状态", "结案日期", "结案原因", "暂停至日", "手机", "固定电话", "邮箱", "在岗", "报告时间", "报告部门",
})  # fmt: skip
"""Columns that need not be there, but whose absence is no reason to leave their rule unasked (R307, R312, L506 …)."""


@dataclass
class RandomSchool:
    """A school, the dice that made it, and its workbook."""

    maker: Campaigns
    book: Book

    @property
    def random(self) -> Random:
        """The dice."""
        return self.maker.random

    @property
    def today(self) -> date:
        """The day on which the school is looked at."""
        return self.maker.today

    def grow(self, parents: Sequence[Row] = (), **cells: Any) -> Row:
        """One more child at the end of the roster, with its family, file and pairings."""
        child = self.maker.child(**cells)
        self.maker.family(child, parents)
        self.maker.files(child)
        self.maker.pairings(child, [])
        return child


def random_school(seed: int) -> RandomSchool:
    """A school about which `check` has nothing to say: not even an info."""
    random = Random(seed)
    today = date(2025, 3, 1) + timedelta(days=random.randrange(1400))
    maker = Campaigns(random, today)
    maker.staff()
    maker.calendar()
    _fill(maker)
    for sheet, rows in maker.sheets.items():
        if sheet != "花名册" or random.random() < 0.5:
            random.shuffle(rows)
    return RandomSchool(maker, laid_out(random, today, maker.sheets))


def _fill(maker: Campaigns) -> None:
    children = _children(maker)
    campaigns = [maker.campaign(status)["活动编号"] for status in ("完成", maker.one_of("活动状态"))]
    volunteers = [maker.volunteer(campaigns) for _ in range(maker.random.randint(1, 3))]
    shared: dict[str, list[Row]] = {}
    for child in children:
        family = child.get("家庭编号")
        guardians = maker.family(child, shared.get(family, ()) if family else ())
        if family:
            shared.setdefault(family, guardians)
        if child["个案状态"] != "结案" or maker.random.random() < 0.5:
            maker.files(child)
        maker.pairings(child, volunteers)
        maker.contacts(child, guardians, campaigns)
        if maker.random.random() < 0.5:
            maker.study_help(child)
    while not maker.sheets["进步记录"]:
        maker.study_help(maker.random.choice(children))
    for _ in range(2):
        maker.supply(maker.random.choice(children), campaigns)


def _children(maker: Campaigns) -> list[Row]:
    """One or two children of every class, a pair of siblings, a key child, one that is 暂停, one that is 结案."""
    random = maker.random
    for room in maker.classes:
        maker.child(room=room)
    first = maker.child(家庭编号="F001")
    maker.child(家庭编号="F001", 留守类型=first["留守类型"])
    maker.child(重点帮扶="是", 照片同意="是")
    maker.child(个案状态="暂停", 暂停至日=maker.today + timedelta(days=random.randint(-30, 60)))
    closed = maker.child()
    closed |= {
        "个案状态": "结案",
        "结案日期": maker.day(closed["建档日期"], maker.today - timedelta(days=1)),
        "结案原因": "返乡",
    }
    for _ in range(random.randint(0, 3)):
        maker.child(重点帮扶=maker.one_of("是否"))
    return list(maker.sheets["花名册"])


def made_untidy(school: RandomSchool) -> RandomSchool:
    """The same school with what is an info at most: columns of its own or left out, blank keys, an empty sheet."""
    random = school.random
    for schema in SHEETS:
        sheet = school.book.sheets[schema.title]
        for column in schema.columns:
            if _may_go(schema.title, column) and random.random() < 0.1:
                sheet.titles.remove(column.title)
            if column.filled_by_program and not _is_referred_to(column):
                for row in sheet.rows:
                    if random.random() < 0.1 and row.get(column.title) in (column.default, row.get("编号")):
                        row[column.title] = None
        if random.random() < 0.2:
            sheet.titles.insert(random.randint(0, len(sheet.titles)), "鞋码")
    if random.random() < 0.3:
        school.book.rows(random.choice(SHEETS)).clear()
    return school


def _may_go(sheet: str, column: Column[Any]) -> bool:
    return not column.required and column.title not in _RELIED_ON and sheet != "设置"


def _is_referred_to(column: Column[Any]) -> bool:
    return column.title == "编号" and any(other.refers == column.sheet for one in SHEETS for other in one.columns)
