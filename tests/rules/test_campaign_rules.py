"""Family A on real files: exactly the findings that follow, and nothing for a near miss."""

# ruff: noqa: E501  (one line a case or a row; Chinese counts double)

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from tests.rules.cases import Case, each
from tests.support.sound_school import CLOSED, Row, like, newcomer, school_file
from tests.support.workbooks import ExcelError, findings
from xl_liushou.core.finding import ERROR, WARNING

CLASSES = ("一年级1班", "三年级1班", "五年级2班")
PHASES = {"准备阶段起": 12, "准备阶段止": 14, "实施阶段起": 15, "实施阶段止": 25, "总结阶段起": 26, "总结阶段止": 30}


def campaign(**cells: Any) -> dict[tuple[str, int, str], Any]:
    """Changed cells of the campaign, which lasts from 12 to 30 October 2026 and is 完成."""
    return {("活动", 1, title): value for title, value in cells.items()}


def phases(**days: int | None) -> dict[tuple[str, int, str], Any]:
    """The three phases by their days of October, some of them changed; None leaves a cell blank."""
    return campaign(**{title: day and date(2026, 10, day) for title, day in {**PHASES, **days}.items()})


def step(number: int, **cells: Any) -> dict[tuple[str, int, str], Any]:
    """Changed cells of one step: 1 has photos, 2 has a target."""
    return {("活动环节", number, title): value for title, value in cells.items()}


def by_class(kind: str, *classes: str | None) -> list[tuple[str, Row]]:
    """A step of this kind in each of these classes."""
    return [
        like("活动环节", 2, 编号=f"H90{kind}{place}", 环节类型=kind, 班级=name) for place, name in enumerate(classes)
    ]


def undone() -> dict[tuple[str, int, str], Any]:
    return step(1, 完成日期=None) | step(2, 完成日期=None)


def nobody_came(mark: str = "请假") -> dict[tuple[str, int, str], Any]:
    return {("活动参与", number, "到场"): mark for number in (1, 2, 3)}


CASES = [
    Case("A601", "two phases overlap by a day", "A601 活动!O2 实施阶段起", change=phases(准备阶段止=15)),
    Case("A601", "the last phase begins too soon", "A601 活动!Q2 总结阶段起", change=phases(总结阶段起=20)),
    Case("A601", "preparation begins before the campaign", "A601 活动!M2 准备阶段起", change=phases(准备阶段起=11)),
    Case("A601", "the last phase goes on after the campaign", "A601 活动!Q2 总结阶段起", change=phases(总结阶段止=31)),
    Case("A601", "preparation after all else is one fault, not three", "A601 活动!O2 实施阶段起", change=phases(准备阶段起=29, 准备阶段止=30)),
    Case("A601", "preparation in the wrong month is one fault, not three", "A601 活动!M2 准备阶段起", change=phases()
         | campaign(准备阶段起=date(2026, 12, 12), 准备阶段止=date(2026, 12, 14))),
    Case("A601", "only the days on which the phases begin", "A601 活动!O2 实施阶段起",
         change=phases(准备阶段止=None, 实施阶段止=None, 总结阶段止=None, 准备阶段起=20, 实施阶段起=18)),
    Case("A601", "a campaign of one day, prepared the day before", "A601 活动!M2 准备阶段起", change=campaign(
        结束日期=date(2026, 10, 12), 准备阶段起=date(2026, 10, 11), 准备阶段止=date(2026, 10, 11),
    )),
    Case("A601", "one phase after the other", change=phases()),
    Case("A601", "a free day between two", change=phases(准备阶段止=13)),
    Case("A601", "no preparation", change=phases(准备阶段起=None, 准备阶段止=None)),
    Case("A601", "when the campaign ends cannot be read", "C102 活动!I2 结束日期", change=phases(总结阶段止=31) | campaign(结束日期="月底")),
    Case("A601", "when preparation ends cannot be read", "C102 活动!N2 准备阶段止", change=phases() | campaign(准备阶段止="10月")),
    Case("A603", "nobody came and nothing was done", "A603 活动!V2 状态", change=nobody_came() | undone()),
    Case("A603", "nobody came, but the steps were done", change=nobody_came()),
    Case("A603", "they came, and no step was done", change=undone()),
    Case("A603", "the campaign has no number", "C101 活动!A3 活动编号", add=[like("活动", 1, 活动编号=None)]),
    Case("A603", "it goes on", change=nobody_came("计划") | undone() | campaign(状态="进行")),
    Case("A603", "who came cannot be read", "C103 活动参与!C2 到场", change=nobody_came() | undone() | {("活动参与", 1, "到场"): "来了"}),
    Case("A603", "when a step was done cannot be read", "C102 活动环节!K2 完成日期", change=nobody_came() | undone() | step(1, 完成日期="月底")),
    Case("A603", "nobody has noted who came, in any campaign", "I000 活动参与", empty=["活动参与"], change=undone()),
    Case("A604", "nobody leads", "A604 活动环节!I2 负责人", change=step(1, 负责人=None)),
    Case("A604", "until when", "A604 活动环节!J3 截止日期", change=step(2, 截止日期=None)),
    Case("A604", "neither is one finding", "A604 活动环节!I2 负责人", change=step(1, 负责人=None, 截止日期=None)),
    Case("A604", "nobody knows the leader", "K202 活动环节!I2 负责人", change=step(1, 负责人="T09")),
    Case("A604", "until when cannot be read", "C102 活动环节!J2 截止日期", change=step(1, 截止日期="月底")),
    Case("A604", "the campaign is off", change=step(1, 负责人=None) | campaign(状态="取消")),
    Case("A605", "a child whose family refused", "A605 活动环节!P2 照片中儿童", change={("花名册", 2, "照片同意"): "否"}),
    Case("A605", "a family that was never asked", "A605 活动环节!P2 照片中儿童", change={("花名册", 2, "照片同意"): None}),
    Case("A605", "two children are one finding", "A605 活动环节!P2 照片中儿童",
         change={("花名册", 1, "照片同意"): "否", ("花名册", 2, "照片同意"): None}),
    Case("A605", "nobody says who is on the photo", "A605 活动环节!P2 照片中儿童", change=step(1, 照片中儿童=None)),
    Case("A605", "no photo, nobody on it", change=step(1, 照片=None, 照片中儿童=None)),
    Case("A605", "another child refused", change={("花名册", 3, "照片同意"): "否"}),
    Case("A605", "one of the children is unknown", "K202 活动环节!P2 照片中儿童", change=step(1, 照片中儿童="S001、S009")),
    Case("A605", "whether the family agreed cannot be read", "C103 花名册!AC3 照片同意", change={("花名册", 2, "照片同意"): "口头同意"}),
    Case("A605", "who is on the photo cannot be read", "S008 活动环节!P2 照片中儿童", change=step(1, 照片中儿童=ExcelError("#N/A"))),
    Case("A605", "no column for the family's consent to photos", drop=[("花名册", "照片同意")]),
    Case("A606", "a target, and no result", "A606 活动环节!M3 完成值", change=step(2, 完成值=None)),
    Case("A606", "nothing was reached", change=step(2, 完成值=0)),
    Case("A606", "it goes on", change=step(2, 完成值=None) | campaign(状态="进行")),
    Case("A606", "no target", change=step(2, 目标值=None, 完成值=None)),
    Case("A606", "the result cannot be read", "C104 活动环节!M3 完成值", change=step(2, 完成值="三封")),
    Case("A606", "nobody knows the campaign", "K202 活动环节!B3 活动编号", change=step(2, 完成值=None, 活动编号="H009")),
    Case("A607", "a class without its meeting", "A607 活动!A2 活动编号", add=by_class("主题班会", *CLASSES[:2])),
    Case("A607", "two kinds, two classes, one finding", "A607 活动!A2 活动编号",
         add=[*by_class("主题班会", *CLASSES[:2]), *by_class("座谈会", *CLASSES[1:])]),
    Case("A607", "a meeting in every class", add=by_class("主题班会", *CLASSES)),
    Case("A607", "a discussion by grade", add=by_class("座谈会", "一年级", "三年级", "五年级")),
    Case("A607", "one meeting for the whole school", add=by_class("主题班会", None)),
    Case("A607", "the class is written in another way", add=by_class("主题班会", "一（1）班", "三年级一班", "五(2)班")),
    Case("A607", "letters need not be by class", add=by_class("亲情书信", *CLASSES[:1])),
    Case("A607", "the class without a meeting has nobody left", change=CLOSED, add=by_class("主题班会", *CLASSES[:2])),
    Case("A607", "one class cannot be read", "C103 活动环节!H6 班级", add=by_class("主题班会", *CLASSES[:2], "同上")),
    Case("A607", "the campaign is off", change=campaign(状态="取消"), add=by_class("主题班会", *CLASSES[:2])),
]  # fmt: skip


@each(CASES)
def test_exactly_these_findings_follow(case: Case, tmp_path: Path) -> None:
    assert case.told(tmp_path) == case.finds


def test_a_photo_without_consent_is_an_error_and_one_without_names_a_warning(tmp_path: Path) -> None:
    refused, unnamed = {("花名册", 2, "照片同意"): "否"}, step(1, 照片中儿童=None)
    told = [findings(school_file(tmp_path, change=change))[0] for change in (refused, unnamed)]
    assert [(one.code, one.severity) for one in told] == [("A605", ERROR), ("A605", WARNING)]
    assert "S002" in told[0].message


def test_up_to_three_classes_left_out_are_named(tmp_path: Path) -> None:
    (found,) = findings(school_file(tmp_path, add=by_class("主题班会", "六年级1班")))
    assert "三年级1班、一年级1班、五年级2班，" in found.message


def test_of_more_classes_left_out_three_are_named(tmp_path: Path) -> None:
    teacher = like("教职工", 3, 工号="T05", 姓名="钱进", 班主任班级="四年级2班")
    more = [*newcomer(年级="四年级"), teacher, *by_class("主题班会", "六年级1班")]
    (found,) = findings(school_file(tmp_path, add=more))
    assert "三年级1班、一年级1班、五年级2班等4个班，" in found.message
