"""Family T: study help that nobody comes back to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from xl_liushou.core.finding import WARNING
from xl_liushou.followup.also_due import is_overdue, open_study_stages
from xl_liushou.rules.rule import Rule, Spot, at, rule
from xl_liushou.schema.school import School
from xl_liushou.schema.sheets import Progress, StudyHelp

_DAYS_WITHOUT_PROGRESS = 60


@rule(
    "T551", WARNING, "学习帮扶", "阶段已经截止，状态还是进行中",
    why="阶段到期不总结，就不知道帮扶有没有用，也不知道下一步怎么办。",
    bad="阶段截止是上个月，状态还是“进行中”。",
    good="到期检查效果，状态改为“达成”或“未达成”。",
    mend="检查一次效果，改状态；还要继续的，重新定目标和阶段截止。",
)  # fmt: skip
def stage_overdue(school: School, today: date) -> Iterator[Spot]:
    """T551: past 阶段截止 and still 进行中; at 阶段截止 (one before 开始日期 is P406)."""
    for plan in open_study_stages(school):
        due, starts = plan[StudyHelp.stage_ends_on], plan[StudyHelp.starts_on]
        if due and due >= (starts or due) and is_overdue(due, today):
            message = f"“阶段截止”{due} 已过，状态还是“进行中”，请检查效果后改状态，或重新定阶段截止"
            yield at(plan, StudyHelp.stage_ends_on, message)


@rule(
    "T552", WARNING, "学习帮扶", "很久没有进步记录",
    why="两个月不检查，孩子有没有进步没有人知道，计划就只是一张纸。",
    bad="计划进行中，最近一次进步记录是三个月前。",
    good="每两三周检查一次，登记在进步记录里。",
    mend="检查一次，在“进步记录”表登记；不再帮扶的，把状态改为“终止”。",
    needs=(Progress.help_id, Progress.checked_on),
)  # fmt: skip
def no_progress(school: School, today: date) -> Iterator[Spot]:
    """T552: 进行中, and no 进步记录 for 60 days, or since 开始日期; at 编号 (a plan without one, C117, is left out)."""
    latest = _latest_checks(school)
    for plan in school[StudyHelp].records():
        help_id = plan[StudyHelp.help_id]
        last = latest.get(help_id, plan[StudyHelp.starts_on])
        if help_id and last and plan[StudyHelp.status] == "进行中" and (today - last).days > _DAYS_WITHOUT_PROGRESS:
            message = f"这份计划已有{(today - last).days}天没有进步记录，请检查一次，在“进步记录”表登记"
            yield at(plan, StudyHelp.help_id, message)


def _latest_checks(school: School) -> Mapping[str, date]:
    """The latest 检查日期 of each plan; one that is blank or unreadable (C101, C102) may be today's."""
    latest: dict[str, date] = {}
    progress = school[Progress]
    for help_id, checked in zip(progress.help_id, progress.checked_on, strict=True):
        latest[help_id] = max(latest.get(help_id, date.min), checked or date.max)
    return latest


RULES: tuple[Rule, ...] = (stage_overdue, no_progress)
