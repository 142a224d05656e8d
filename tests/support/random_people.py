"""Random children with their families, classes and teachers, in which everything agrees."""

# ruff: noqa: E501  (one line a group of cells; Chinese counts double)

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from random import Random
from typing import Any, Final

from tests.support.sound_school import Row, id_number
from xl_liushou.schema.lists import CLOSED, OPEN
from xl_liushou.schema.sheets import SHEETS

_SURNAMES: Final = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
_GIVEN: Final = "明华丽芳强军敏静磊洋艳勇杰娟涛超秀霞平刚桂英小文玉春海云建志"
_DIGITS: Final = "零一二三四五六七八九"
Room = tuple[str, int]
"""A class: its grade and its number."""

GRANDPARENTS: Final = ("祖父", "祖母", "外祖父", "外祖母")
BOTH_AWAY, ONE_AWAY, ONE_UNABLE, NONE_AWAY = CLOSED["留守类型"][0], "一方外出", "一方外出另一方无监护能力", "非留守"


class People:
    """The rows of a random school as they come to be; `random` decides everything."""

    def __init__(self, random: Random, today: date) -> None:
        self.random = random
        self.today = today
        self.sheets: dict[str, list[Row]] = {schema.title: [] for schema in SHEETS}
        self.counts: Counter[str] = Counter()
        self.names: set[str] = set()
        self.opening = date(today.year - (today.month < 9), 9, 1)
        grades = random.sample(CLOSED["年级"], random.randint(2, 3))
        self.classes = [(grade, number) for grade in grades for number in range(1, random.choice((2, 2, 3)))]
        self.teachers: dict[Room, Row] = {}
        self.attached: dict[Room, Row] = {}
        self.rooms: dict[str, Room] = {}

    def add(self, sheet: str, **cells: Any) -> Row:
        """One more row of a sheet."""
        self.sheets[sheet].append(cells)
        return cells

    def key(self, prefix: str, width: int = 4) -> str:
        """The next key with this prefix."""
        self.counts[prefix] += 1
        return f"{prefix}{self.counts[prefix]:0{width}d}"

    def one_of(self, name: str) -> str:
        """Something of one of the lists."""
        return self.random.choice({**CLOSED, **OPEN}[name])

    def perhaps(self, value: Any, share: float = 0.5) -> Any:
        """The value, or a blank cell."""
        return value if self.random.random() < share else None

    def day(self, first: date, last: date) -> date:
        """A day between two, both inclusive."""
        return first + timedelta(days=self.random.randint(0, (last - first).days))

    def days_ago(self, least: int, most: int) -> date:
        """A day so long before today."""
        return self.today - timedelta(days=self.random.randint(least, most))

    def name(self) -> str:
        """A name that nobody has yet."""
        while True:
            given = "".join(self.random.choices(_GIVEN, k=self.random.randint(1, 2)))
            name = self.random.choice(_SURNAMES) + given
            name = f"阿依{given}·{name}" if self.random.random() < 0.05 else name
            if name not in self.names:
                self.names.add(name)
                return name

    def text(self, subject: str = "这件事") -> str:
        """A sentence that nobody has written yet."""
        self.counts["text"] += 1
        return f"第{self.counts['text']}次说起{subject}，孩子讲了家里和学校的情况"

    def mobile(self) -> str:
        """A mobile number that nobody has."""
        self.counts["mobile"] += 1
        return f"139{self.counts['mobile']:08d}"

    def room(self, number: int, grade: str = "") -> str | int:
        """A class as somebody writes it; with its grade where it has to stand alone."""
        if grade:
            return self.random.choice(
                (f"{grade}{number}班", f"{grade[0]}（{number}）班", f"{grade}{_DIGITS[number]}班")
            )
        return self.random.choice((f"{number}班", f"{number}班", f"({number})班", f"{_DIGITS[number]}班", number))

    # staff

    def staff(self) -> None:
        """A teacher for each class, leaders, teachers without a class, one who has left; the leading group."""
        for grade, number in self.classes:
            self.teachers[grade, number] = self.member(班主任班级=self.room(number, grade))
        for position in ("校长", "德育主任", "科任教师", None):
            self.member(职务=position)
        grade, number = self.random.choice(self.classes)
        self.member(班主任班级=self.room(number, grade), 在岗="否")
        for grade, number in self.classes:
            if self.random.random() < 0.6:
                leader = self.attached[grade, number] = self.random.choice(
                    [one for one in self.on_duty() if "联系班级" not in one] or [self.member()]
                )
                leader["联系班级"] = self.room(number, grade)
        for role in CLOSED["角色"]:
            self.add(
                "领导小组", 序号=self.key("Z"), 角色=role, 工号=self.teacher(), 职责=self.perhaps(self.text("分工"))
            )

    def member(self, **cells: Any) -> Row:
        """A member of staff."""
        shared: Row = {
            "工号": self.key("T", 2), "姓名": self.name(), "任教学科": self.perhaps(self.one_of("学科")),
            "手机": self.perhaps(self.mobile()), "党员": self.perhaps(self.one_of("是否")), "在岗": "是",
        }  # fmt: skip
        return self.add("教职工", **{**shared, **cells})

    def on_duty(self) -> list[Row]:
        """The staff that is there."""
        return [one for one in self.sheets["教职工"] if one["在岗"] == "是"]

    def teacher(self) -> str:
        """The 工号 of somebody who is there."""
        return str(self.random.choice(self.on_duty())["工号"])

    # a child and its family

    def child(self, **cells: Any) -> Row:
        """A child of one of the classes; cells that are given are taken as they are."""
        random = self.random
        grade, number = cells.pop("room", None) or random.choice(self.classes)
        gender, born = cells.get("性别") or random.choice("男女"), cells.get("出生日期") or self._birth_date(grade)
        identity = self._identity(born, gender) if random.random() < 0.8 else None
        filed = self.days_ago(40, 900)
        child = self.add("花名册", **{
            "儿童编号": self.key("S", 3), "姓名": self.name(), "性别": gender, "民族": self.one_of("民族"), "出生日期": born,
            "身份证号": identity, "学籍号": self.perhaps(f"G{identity}" if identity else f"L{10**17 + len(self.names)}"),
            "年级": grade, "班级": self.room(number), "寄宿": self.one_of("是否"), "村组": self.perhaps("云岭村二组"),
            "家庭住址": self.perhaps("云岭镇云岭村12号"), "留守类型": self.one_of("留守类型"),
            "留守起始日": self.perhaps(self.days_ago(100, 2000)), "健康状况": self.one_of("健康状况"),
            "困境类别": self.perhaps("家庭贫困、重病", 0.2), "重点帮扶": "否", "风险等级": self.one_of("风险等级"),
            "评估日期": self.perhaps(self.day(filed, self.today)), "个案状态": "在管", "建档日期": filed, "同意书": "已签",
            "照片同意": random.choice(("是", "是", "否", None)), "备注": self.perhaps("喜欢画画", 0.3),
            **cells,
        })  # fmt: skip
        self.rooms[child["儿童编号"]] = (grade, number)
        return child

    def _birth_date(self, grade: str) -> date:
        """A birthday at most two years from what is usual for the grade on 1 September."""
        age = 6 + CLOSED["年级"].index(grade) + self.random.choice((-2, -1, 0, 0, 0, 1, 2))
        return self.opening.replace(year=self.opening.year - age) - timedelta(days=self.random.randint(0, 364))

    def _identity(self, born: date, gender: str) -> str:
        self.counts["identity"] += 1
        return id_number(
            f"990001{born:%Y%m%d}{self.counts['identity']:02d}{self.random.choice('13579' if gender == '男' else '02468')}"
        )

    def family(self, child: Row, parents: Sequence[Row] = ()) -> list[Row]:
        """The guardians of a child, as its 留守类型 has it; brothers and sisters share the `parents` of the first."""
        found = [{**one, "儿童编号": child["儿童编号"], "编号": self.key("J")} for one in parents]
        if not found:
            found = [self._guardian(child, relation) for relation in self._relations(child)]
            self._settle(child["留守类型"], found)
        self.sheets["监护人"] += found
        return found

    def _relations(self, child: Row) -> list[str]:
        grandparents = self.random.sample(GRANDPARENTS, self.random.randint(1, 2))
        if self.random.random() < 0.05:
            return ["其他亲属"]
        both = child["留守类型"] != BOTH_AWAY or self.random.random() < 0.8
        return ["父亲", *(["母亲"] if both else []), *grandparents]

    def _guardian(self, child: Row, relation: str) -> Row:
        channel = self.one_of("收信方式")
        return {
            "编号": self.key("J"), "儿童编号": child["儿童编号"], "关系": relation, "姓名": self.name(), "手机": self.mobile(),
            "固定电话": self.perhaps(f"0999-{self.counts['mobile']:07d}", 0.1),
            "邮箱": f"jz{self.counts['mobile']}@example.com" if channel == "邮件" else None,
            "出生年份": self.perhaps(self.random.randint(1950, 1995)), "是否外出": "否", "监护能力": "有", "现照护人": "否",
            "首选联系人": "否", "收信方式": channel, "另寄一份": self.perhaps(self.one_of("是否")),
        }  # fmt: skip

    def _settle(self, kind: str, group: list[Row]) -> None:
        """Who is away, who cares for the child, who is called first."""
        parents = [one for one in group if one["关系"] in {"父亲", "母亲"}]
        away = {BOTH_AWAY: len(parents), NONE_AWAY: 0}.get(kind, 1)
        for parent in parents[:away]:
            parent |= {"是否外出": "是", "务工地": self.perhaps("广东东莞")}
        if kind == ONE_UNABLE:
            for parent in parents[away:]:
                parent["监护能力"] = self.random.choice(("重病", "重残", "失联"))
        carer = self.random.choice([one for one in group if one["是否外出"] == "否" and one["监护能力"] == "有"])
        carer["现照护人"] = "是"
        if kind == BOTH_AWAY:
            valid = {
                "委托书": "有",
                "委托书到期日": self.perhaps(self.today + timedelta(days=self.random.randint(0, 500))),
            }
            carer |= self.random.choice((valid, {"委托书": "不需", "委托书到期日": None}))
        self.random.choice(group)["首选联系人"] = "是"
