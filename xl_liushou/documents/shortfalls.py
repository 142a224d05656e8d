"""What is wanting at the end of a term, each with what the school will do about it: counts only."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from xl_liushou.documents.term_tables import unsigned
from xl_liushou.documents.wording import chinese_number
from xl_liushou.figures.campaigns import CampaignFigures
from xl_liushou.followup.item import OVERDUE, Item
from xl_liushou.schema.school import School
from xl_liushou.schema.sheets import Campaigns

Shortfall = tuple[int, str, str]
"""How many, how that is said, what is to be done."""


def shortfalls(
    school: School, items: Sequence[Item], files: int, without_teacher: int, campaigns: Sequence[CampaignFigures],
    today: date,
) -> list[dict[str, str]]:  # fmt: skip
    """What is wanting (说明) and what is to be done (打算), the weightiest first."""
    found = (
        *_contacts(items),
        *_papers(school, files),
        *_helpers(items, without_teacher),
        *_unfinished(campaigns, today),
    )
    told = [(said, plan) for count, said, plan in found if count]
    return [{"号": chinese_number(n), "说明": said, "打算": plan} for n, (said, plan) in enumerate(told, 1)]


def _late(items: Sequence[Item], kind: str) -> int:
    return sum(item.kind == kind and item.status == OVERDUE for item in items)


def _contacts(items: Sequence[Item]) -> Iterator[Shortfall]:
    talks, calls = _late(items, "谈心"), _late(items, "通话")
    yield talks, f"{talks}名儿童的谈心已经逾期", "由班主任尽快补上谈心，德育负责人每周查看逾期名单"
    yield calls, f"{calls}名儿童的家长通话已经逾期", "由班主任与家长约定方便的时段，尽快补上通话；联系不上的上门家访"
    follow_ups = _late(items, "跟进")
    yield follow_ups, f"{follow_ups}件需要跟进的事项超过了期限", "由记录人逐件跟进，办结后登记"


def _papers(school: School, files: int) -> Iterator[Shortfall]:
    no_file = len(school.active_children) - files
    yield no_file, f"{no_file}名儿童还没有本学期档案", "由班主任补齐本学期档案"
    no_consent = unsigned(school)
    yield no_consent, f"{no_consent}名儿童的个人信息告知同意书还没有签订", "由班主任向监护人说明情况，补签同意书"


def _helpers(items: Sequence[Item], without_teacher: int) -> Iterator[Shortfall]:
    yield without_teacher, f"{without_teacher}名重点帮扶对象还没有帮扶教师", "为每名重点帮扶对象落实一名帮扶教师"
    checks = _late(items, "结对检查")
    yield checks, f"{checks}对结对到期没有检查效果", "由帮扶人按周期检查效果，检查后登记"
    plans = _late(items, "学习计划")
    yield plans, f"{plans}份学习帮扶计划的阶段已经截止，还没有结论", "由责任教师检查阶段目标，定出下一阶段的计划"


def _unfinished(campaigns: Sequence[CampaignFigures], today: date) -> Iterator[Shortfall]:
    ended = [one for one in campaigns if (ends := one.campaign[Campaigns.ends_on]) is not None and ends < today]
    left = sum(one.steps.missing for one in ended)
    yield left, f"已经结束的活动还有{left}项工作没有完成", "由活动负责人督促完成，并补记完成情况"
