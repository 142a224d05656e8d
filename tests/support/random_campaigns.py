"""Random campaigns, volunteers and supplies: phases in order, steps led, photos agreed to, gifts signed for."""

# ruff: noqa: E501  (one line a group of cells; Chinese counts double)

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from tests.support.random_work import Work
from tests.support.sound_school import Row
from xl_liushou.schema.lists import CLOSED

_PHASES = ("准备阶段", "实施阶段", "总结阶段")


class Campaigns(Work):
    """What the school organises."""

    def campaign(self, status: str) -> Row:
        """A campaign with its steps and who took part."""
        first = (
            self.days_ago(30, 200) if status == "完成" else self.today + timedelta(days=self.random.randint(-20, 30))
        )
        last = first + timedelta(days=self.random.randint(6, 28))
        campaign = self.add(
            "活动", 活动编号=self.key("H", 3), 名称=self.text("活动"), 主题="情系家庭", 类型=self.one_of("活动类型"),
            学期=self.perhaps(self.term), 目的=self.text("目的"), 开始日期=first, 结束日期=last, 负责人=self.teacher(), 状态=status,
            **(self._phases(first, last) if self.random.random() < 0.7 else {}), 预算=self.perhaps(120.5),
        )  # fmt: skip
        for number, cells in enumerate(self._steps(first, last, status), 1):
            shared = {
                "编号": self.key("HJ"),
                "活动编号": campaign["活动编号"],
                "序号": number,
                "负责人": self.teacher(),
            }
            self.add("活动环节", **{**shared, **cells})
        for child in self.random.sample(self.sheets["花名册"], self.random.randint(1, len(self.sheets["花名册"]))):
            mark = self.random.choice(("到", "到", "请假", "缺席")) if status == "完成" else "计划"
            self.add(
                "活动参与",
                活动编号=campaign["活动编号"],
                儿童编号=child["儿童编号"],
                到场=mark,
                成果=self.perhaps("写了一封信"),
            )
        return campaign

    def _phases(self, first: date, last: date) -> Row:
        """Three phases, each within the campaign and after the one before; now and then one of them is not set."""
        cuts = sorted(self.random.sample(range((last - first).days + 1), 6))
        days = [first + timedelta(days=cut) for cut in cuts]
        skipped = self.random.choice((*_PHASES, None, None))
        return {
            f"{name}{end}": days[2 * place + (end == "止")]
            for place, name in enumerate(_PHASES)
            for end in "起止"
            if name != skipped
        }

    def _steps(self, first: date, last: date, status: str) -> Iterator[Row]:
        """A few steps of the whole school, and meetings in every class."""
        kinds = [self.one_of("环节类型") for _ in range(self.random.randint(1, 3))]
        steps: list[Row] = [{"环节类型": kind, "环节": self.text(kind)} for kind in kinds]
        for kind in self.random.sample(("主题班会", "座谈会", "亲情书信"), 2):
            steps += [
                {"环节类型": kind, "环节": kind, "班级": self.room(number, grade)} for grade, number in self.classes
            ]
        for step in steps:
            step |= {"阶段": self.perhaps(self.one_of("阶段")), "截止日期": self.day(first, last)}
            if self.random.random() < 0.6 or status == "完成":
                step |= {"目标值": self.random.randint(1, 60), "单位": self.one_of("单位")}
            if status == "完成":
                step |= {"完成日期": step["截止日期"], "完成值": self.random.randint(0, 60), **self._photos()}
            yield step

    def _photos(self) -> Row:
        """Photos of children whose families agreed, if there are any."""
        agreed = [one["儿童编号"] for one in self.sheets["花名册"] if one["照片同意"] == "是"]
        if not agreed or self.random.random() < 0.5:
            return {}
        shown = self.random.sample(agreed, self.random.randint(1, min(3, len(agreed))))
        return {"照片": "现场1.jpg", "照片中儿童": "、".join(shown)}

    def volunteer(self, campaigns: list[str]) -> str:
        """A volunteer who was cleared within a year."""
        key = self.key("V", 2)
        self.add(
            "志愿者", 志愿者编号=key, 姓名=self.name(), 性别=self.perhaps(self.one_of("性别")), 手机=self.perhaps(self.mobile()),
            活动编号=self.perhaps(self.random.choice(campaigns)), 分组=self.perhaps("第一组"), 背景核查日=self.days_ago(0, 360),
            培训日=self.perhaps(self.days_ago(0, 90)), 保密承诺=self.perhaps("是"),
        )  # fmt: skip
        return key

    def supply(self, child: Row, campaigns: list[str]) -> None:
        """A gift that was signed for, or one that is still to be given."""
        is_given = self.random.random() < 0.7
        day = self.days_ago(1, 200) if is_given else self.today + timedelta(days=self.random.randint(0, 30))
        more: dict[str, Any] = {"签收人": self.name()} if is_given else {}
        self.add(
            "关爱物资", 编号=self.key("W"), 活动编号=self.perhaps(self.random.choice(campaigns)), 儿童编号=child["儿童编号"],
            类别=self.random.choice(CLOSED["物资类别"]), 名称="故事书", 数量=self.random.randint(1, 5),
            金额=self.perhaps(self.random.randint(1, 1000) / 10), 日期=day, 经办人=self.teacher(), **more,
        )  # fmt: skip
