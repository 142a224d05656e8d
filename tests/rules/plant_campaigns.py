"""Planters of the families T, A and V: study help, campaigns, volunteers and supplies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from tests.rules.planting import DAY, Planter, Spot, cell, days, some, spot
from tests.support.random_school import RandomSchool
from tests.support.sound_school import Row


def _under_way(school: RandomSchool, row: Row) -> bool:
    return bool(row["状态"] == "进行中" and row["开始日期"] < school.today)


def no_progress(school: RandomSchool) -> set[Spot]:
    """All checks of a plan were long ago."""
    plan = some(
        school, "学习帮扶", lambda school, row: row["状态"] == "进行中" and (school.today - row["开始日期"]).days > 60
    )
    for row in school.book.rows("进步记录"):
        if row["帮扶编号"] == plan["编号"]:
            row["检查日期"] = school.today - timedelta(days=school.random.randint(61, 300))
    return {spot(school, "T552", "学习帮扶", plan, "编号")}


def _campaign_of(school: RandomSchool, step: Row) -> Row:
    return next(one for one in school.book.rows("活动") if one["活动编号"] == step["活动编号"])


def _is_complete(_school: RandomSchool, campaign: Row) -> bool:
    return bool(campaign["状态"] == "完成")


def _is_on(school: RandomSchool, step: Row) -> bool:
    return bool(_campaign_of(school, step)["状态"] != "取消")


def phase_outside(school: RandomSchool) -> set[Spot]:
    """A phase begins before the campaign, or ends after it."""
    campaign = some(school, "活动", lambda _school, row: bool(row.get("准备阶段起") or row.get("总结阶段止")))
    choices = [title for title in ("准备阶段起", "总结阶段止") if campaign.get(title)]
    title = school.random.choice(choices)
    campaign[title] = campaign["开始日期"] - DAY if title == "准备阶段起" else campaign["结束日期"] + DAY
    return {spot(school, "A601", "活动", campaign, f"{title[:4]}起")}


def phases_overlap(school: RandomSchool) -> set[Spot]:
    """The last phase begins on the day on which the one before ends."""
    campaign = some(school, "活动", lambda _school, row: bool(row.get("实施阶段止") and row.get("总结阶段起")))
    campaign["总结阶段起"] = campaign["实施阶段止"]
    return {spot(school, "A601", "活动", campaign, "总结阶段起")}


def nothing_to_show(school: RandomSchool) -> set[Spot]:
    """A campaign that is done, of which nobody knows who came and what was done."""
    campaign = some(school, "活动", _is_complete)
    for row in school.book.rows("活动参与"):
        if row["活动编号"] == campaign["活动编号"]:
            row["到场"] = school.random.choice(("计划", "请假", "缺席"))
    for row in school.book.rows("活动环节"):
        if row["活动编号"] == campaign["活动编号"]:
            row["完成日期"] = None
    return {spot(school, "A603", "活动", campaign, "状态")}


def family_refuses(school: RandomSchool) -> set[Spot]:
    """The family of a child on some photos takes its consent back."""
    child_id = school.random.choice(some(school, "活动环节", _has_photo)["照片中儿童"].split("、"))
    child = next(one for one in school.book.rows("花名册") if one["儿童编号"] == child_id)
    child["照片同意"] = school.random.choice(("否", None))
    rows = [row for row in school.book.rows("活动环节") if child_id in (row.get("照片中儿童") or "").split("、")]
    return {spot(school, "A605", "活动环节", row, "照片中儿童") for row in rows}


def _has_photo(_school: RandomSchool, step: Row) -> bool:
    return bool(step.get("照片中儿童"))


def _has_result(school: RandomSchool, step: Row) -> bool:
    return step.get("目标值") is not None and _is_complete(school, _campaign_of(school, step))


def class_left_out(school: RandomSchool) -> set[Spot]:
    """All meetings of a kind come to be held in one class."""
    step = some(school, "活动环节", _is_meeting)
    grade, number = school.random.choice(school.maker.classes)
    for row in school.book.rows("活动环节"):
        if row["活动编号"] == step["活动编号"] and row["环节类型"] == step["环节类型"] and row.get("班级"):
            row["班级"] = school.maker.room(number, grade)
    return {spot(school, "A607", "活动", _campaign_of(school, step), "活动编号")}


def _is_meeting(school: RandomSchool, step: Row) -> bool:
    return step["环节类型"] in {"主题班会", "座谈会"} and bool(step.get("班级")) and _is_on(school, step)


def _a_year_and_a_day_ago(school: RandomSchool, _row: Row) -> date:
    return school.today - timedelta(days=367)


PLANTERS: Mapping[str, Sequence[Planter]] = {
    "T551": (cell("T551", "学习帮扶", "阶段截止", days(-1), _under_way),),
    "T552": (no_progress,),
    "A601": (phase_outside, phases_overlap),
    "A603": (nothing_to_show,),
    "A604": (
        cell("A604", "活动环节", "负责人", None, _is_on),
        cell("A604", "活动环节", "截止日期", None, _is_on),
        cell("A604", "活动环节", "负责人", None, _is_on, 截止日期=None),
    ),
    "A605": (family_refuses, cell("A605", "活动环节", "照片中儿童", None, 照片="现场.jpg")),
    "A606": (cell("A606", "活动环节", "完成值", None, _has_result),),
    "A607": (class_left_out,),
    "V701": (cell("V701", "志愿者", "背景核查日", None), cell("V701", "志愿者", "背景核查日", _a_year_and_a_day_ago)),
    "V703": (cell("V703", "关爱物资", "签收人", None, 日期=days(-1)),),
}
