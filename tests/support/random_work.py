"""Random work with the children: files, pairings, records, study help; nothing is late and nothing contradicts."""

# ruff: noqa: E501  (one line a group of cells; Chinese counts double)

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from random import Random
from typing import Any

from tests.support.random_people import People
from tests.support.sound_school import Row
from xl_liushou.schema.lists import CLOSED

_DAY = timedelta(days=1)
_HEAVY = {"低": 0, "中": 1, "高": 5}
TROUBLES = ("学业困难", "心理困扰", "亲情缺失", "安全隐患", "劳动过重")


class Work(People):
    """What is done with each child, and when the school's terms are."""

    def __init__(self, random: Random, today: date) -> None:
        super().__init__(random, today)
        self.load: Counter[str] = Counter()
        self.terms = self._terms()

    def _terms(self) -> list[tuple[str, date, date]]:
        """The terms around today, the current one last."""
        found = []
        for year in range(self.today.year - 2, self.today.year + 1):
            found.append((f"{year}年春季学期", date(year, 2, 20), date(year, 7, 10)))
            found.append((f"{year}年秋季学期", date(year, 9, 1), date(year + 1, 1, 31)))
        return [term for term in found if term[1] <= self.today][-3:]

    @property
    def term(self) -> str:
        """The current term."""
        return self.terms[-1][0]

    def calendar(self) -> None:
        """The rows of 校历, 频次表 and 设置."""
        for name, first, last in self.terms:
            self.add("校历", 名称=name, 类型="学期", 开始日期=first, 结束日期=last)
            end = last + timedelta(days=self.random.randint(1, 20))
            self.add(
                "校历",
                名称=f"{name}后的假期",
                类型="寒暑假",
                开始日期=last + _DAY,
                结束日期=end,
                暂停谈心=self.perhaps("是"),
            )
        for kind in ("谈心", "通话", self.random.choice(CLOSED["联系类型"][2:])):
            for risk in CLOSED["风险等级"]:
                self.add(
                    "频次表",
                    类型=kind,
                    风险等级=risk,
                    间隔天数=self.random.randint(1, 60),
                    提前提醒天数=self.perhaps(2),
                )
        settings = {
            "学校名称": "云岭小学",
            "学期": self.term,
            "德育负责人": self.teacher(),
            "每分钟邮件数": "20",
            "附件密码": "否",
        }
        for item, value in settings.items():
            self.add("设置", 项目=item, 值=value)

    def files(self, child: Row) -> None:
        """A file for the current term that fits the child's risk, and perhaps an older one that need not."""
        assessed = self.day(max(self.terms[-1][1], self.today - timedelta(days=60)), self.today)
        self._file(child, self.term, assessed, _HEAVY[child["风险等级"]])
        if self.random.random() < 0.3 and len(self.terms) > 1:
            name, first, last = self.terms[-2]
            self._file(child, name, self.day(first, last - timedelta(days=40)), 5)

    def _file(self, child: Row, term: str, assessed: date, heavy: int) -> None:
        marks = ["重"] * self.random.randint(0, min(heavy, 5)) + ["轻", "无", "无", "无", "无"]
        places = self.random.sample(range(5), 5)
        self.add(
            "档案", 儿童编号=child["儿童编号"], 学期=term, **{one: self.one_of("评定") for one in ("学习", "思想", "心理", "品德")},
            **{TROUBLES[place]: mark for place, mark in zip(places, marks, strict=False)}, 学习评语=self.perhaps(self.text()),
            评价人=self.teacher(), 评价日期=assessed,
        )  # fmt: skip

    # pairings

    def pairings(self, child: Row, volunteers: list[str]) -> None:
        """The helpers that the school promises; some changed hands, none is overdue."""
        self._pair(child, "学习帮手", self._peer(child), 学科=self.one_of("学科"))
        self._pair(child, "手拉手", self._peer(child))
        if child["重点帮扶"] == "是":
            free = [one["工号"] for one in self.on_duty() if self.load[one["工号"]] < 4]
            helper = self.random.choice(free)
            self.load[helper] += 1
            self._pair(child, "教师帮扶", helper)
            if self.rooms[child["儿童编号"]] not in self.attached or self.random.random() < 0.3:
                self._pair(child, "党员领导", self.teacher())
        if volunteers and self.random.random() < 0.3:
            self._pair(child, "志愿者", self.random.choice(volunteers))

    def _peer(self, child: Row) -> str:
        others = [one["儿童编号"] for one in self.sheets["花名册"] if one is not child]
        return str(self.random.choice(others)) if others and self.random.random() < 0.6 else self.name()

    def _pair(self, child: Row, kind: str, helper: str, **more: Any) -> None:
        last = child.get("结案日期") or self.today
        began = self.day(child["建档日期"], last)
        shared = {
            "儿童编号": child["儿童编号"],
            "类型": kind,
            "帮扶人": helper,
            **more,
            "帮扶目标": self.perhaps(self.text("目标")),
        }
        if self.random.random() < 0.25 and began > child["建档日期"]:
            ended = self.day(child["建档日期"], began - _DAY)
            self.add(
                "结对",
                编号=self.key("D"),
                **shared,
                开始日期=self.day(child["建档日期"], ended),
                结束日期=ended,
                终止原因="调整",
            )
        row = self.add("结对", 编号=self.key("D"), **shared, 开始日期=began)
        if child["个案状态"] == "结案":
            row["结束日期"] = self.day(began, last)
        elif self.random.random() < 0.3:
            row["结束日期"] = self.today + timedelta(days=self.random.randint(0, 200))
        if self.random.random() < 0.4 and child["个案状态"] != "结案":
            days = self.random.randint(1, 60)
            row |= {"检查周期天数": days, "上次检查日": self.days_ago(0, days), "效果": self.one_of("帮扶效果")}

    # records

    def contacts(self, child: Row, guardians: list[Row], campaigns: list[str]) -> None:
        """Records on different days; a dead number is followed by a call that worked."""
        last = child.get("结案日期") or self.today
        span = (last - child["建档日期"]).days + 1
        days = sorted(self.random.sample(range(span), min(span, self.random.randint(4, 9))))
        dates = [child["建档日期"] + timedelta(days=number) for number in days]
        for day in dates:
            self._record(child, self.random.choice(guardians), day, self.one_of("联系类型"), campaigns)
        if self.random.random() < 0.4 and span > 30:
            self._dead_number(child, self.random.choice(guardians), self._free(child, dates, last))

    def _free(self, child: Row, dates: list[date], last: date) -> list[date]:
        """Two days without a record, in their order."""
        span = [child["建档日期"] + timedelta(days=number) for number in range((last - child["建档日期"]).days + 1)]
        return sorted(self.random.sample([day for day in span if day not in dates], 2))

    def _dead_number(self, child: Row, guardian: Row, days: list[date]) -> None:
        for day, result in zip(days, ("空号", "完成"), strict=True):
            row = self._record(child, guardian, day, "通话", [])
            row |= {"结果": result, "对象": guardian["编号"]}

    def _record(self, child: Row, guardian: Row, day: date, kind: str, campaigns: list[str]) -> Row:
        result = self.random.choice(("完成", "完成", "完成", "未接通", "拒访"))
        is_spoken = kind in {"通话", "家访"} and result == "完成"
        row = self.add(
            "联系记录", 编号=self.key("L"), 儿童编号=child["儿童编号"], 类型=kind, 日期=day, 方式=self.perhaps(self.one_of("联系方式")),
            记录人=self.teacher(), 对象=guardian["编号"] if is_spoken else self.perhaps(guardian["编号"]), 结果=result,
            主题=self.perhaps("学习、亲情"), 摘要=self.random.choice((self.text(), "一切都好", None)),
            活动编号=self.perhaps(self.random.choice(campaigns)) if campaigns else None, 密级=self.perhaps(self.one_of("密级")),
        )  # fmt: skip
        if self.random.random() < 0.15:
            row |= {"需跟进": "是", "跟进期限": day + timedelta(days=self.random.randint(0, 20))}
            if row["跟进期限"] < self.today or self.random.random() < 0.3:
                row["跟进完成日"] = self.day(day, self.today)
        if self.random.random() < 0.03:
            row |= {"强制报告": "是", "报告时间": self.day(day, self.today), "报告部门": "镇派出所"}
        return row

    # study help

    def study_help(self, child: Row) -> None:
        """A plan with its checks: under way and looked at lately, or done."""
        last = child.get("结案日期") or self.today
        began = self.day(child["建档日期"], last)
        is_open = child["个案状态"] != "结案" and self.random.random() < 0.7
        ends = (self.today if is_open else began) + timedelta(days=self.random.randint(0, 90))
        plan = self.add(
            "学习帮扶", 编号=self.key("X"), 儿童编号=child["儿童编号"], 学期=self.term, 学科=self.one_of("学科"), 分组=self.perhaps("第一组"),
            开始日期=began, 目标=self.text("目标"), 帮扶时间="每周二放学后", 帮扶内容=self.text("帮扶"), 责任教师=self.teacher(),
            阶段截止=ends, 状态="进行中" if is_open else self.random.choice(("达成", "未达成", "终止")),
        )  # fmt: skip
        days = {self.day(began, last) for _ in range(self.random.randint(0, 3))}
        if is_open and (self.today - began).days > 60:
            days.add(self.days_ago(0, 60))
        for day in sorted(days):
            self.add(
                "进步记录", 编号=self.key("P"), 帮扶编号=plan["编号"], 检查日期=day, 类型=self.perhaps(self.one_of("检查类型")),
                得分=self.perhaps(self.random.randint(0, 200) / 2), 较基线=self.perhaps(self.one_of("较基线")), 结论=self.text("进步"),
            )  # fmt: skip
