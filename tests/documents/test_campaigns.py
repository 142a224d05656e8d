"""What plan and report of a campaign say, without files."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.documents.campaign_worlds import (
    CHILD_NAMES,
    TODAY,
    bare_world,
    class_steps,
    full_world,
    long_world,
    step,
    world,
)
from tests.support.schools import Row, school_of
from xl_liushou.core.errors import UsageProblem
from xl_liushou.core.plan import Blocked, Skipped, WriteDocument
from xl_liushou.documents.campaigns import campaign_plans, campaign_reports
from xl_liushou.documents.options import PaperOptions
from xl_liushou.schema.school import School
from xl_liushou.schema.sheets import Campaigns, Children, LeadingGroup, Participation

EVERYTHING = PaperOptions()


def plan(school: School) -> Any:
    return _context(campaign_plans(school, TODAY, [], EVERYTHING))


def report(school: School) -> Any:
    return _context(campaign_reports(school, TODAY, [], EVERYTHING))


def _context(made: list[WriteDocument | Blocked | Skipped]) -> Any:
    assert len(made) == 1
    assert isinstance(made[0], WriteDocument)
    return made[0].context


class TestWhichCampaigns:
    def test_one_paper_a_campaign_named_after_it(self) -> None:
        (made,) = campaign_plans(full_world(), TODAY, [], EVERYTHING)
        assert isinstance(made, WriteDocument)
        assert (made.document, made.title, made.person) == ("campaign-plan", "活动方案", "“书信传情”主题月活动")
        assert (made.audience, made.class_name, list(made.children)) == ("学校", "", [])

    def test_the_one_asked_for(self) -> None:
        school = school_of({Campaigns: [{"name": "甲"}, {"name": "乙"}]})
        made = campaign_plans(school, TODAY, [], PaperOptions(campaign="H002"))
        assert [one.person for one in made if isinstance(one, WriteDocument)] == ["乙"]

    def test_an_unknown_one_is_told_with_the_known_ones(self) -> None:
        with pytest.raises(UsageProblem, match=r"没有活动编号为“HD99”的活动.*HD01（“书信传情”主题月活动）"):
            campaign_reports(full_world(), TODAY, [], PaperOptions(campaign="HD99"))

    def test_an_unknown_one_where_there_is_none(self) -> None:
        with pytest.raises(UsageProblem, match="还没有活动"):
            campaign_plans(school_of({}), TODAY, [], PaperOptions(campaign="HD99"))

    def test_no_campaign_at_all_is_skipped(self) -> None:
        (made,) = campaign_plans(school_of({}), TODAY, [], EVERYTHING)
        assert isinstance(made, Skipped)

    def test_the_first_of_two_rows_with_one_number(self) -> None:
        school = school_of({Campaigns: [{"campaign_id": "HD01", "name": "甲"}, {"campaign_id": "HD01", "name": "乙"}]})
        assert plan(school)["活动"]["名称"] == "甲"

    def test_a_cancelled_one_is_skipped(self) -> None:
        school = world({"status": "取消"})
        for made in (campaign_plans(school, TODAY, [], EVERYTHING), campaign_reports(school, TODAY, [], EVERYTHING)):
            assert isinstance(made[0], Skipped)
            assert "已取消" in made[0].message

    @pytest.mark.parametrize(
        ("status", "ends", "reported"),
        [
            ("计划", TODAY, False),
            ("", date(2026, 10, 31), False),
            ("", date(2026, 9, 27), True),
            ("进行", date(2026, 10, 31), True),
            ("完成", date(2026, 10, 31), True),
        ],
    )
    def test_a_report_when_it_has_begun_or_is_past(self, status: str, ends: date, reported: bool) -> None:
        (made,) = campaign_reports(world({"status": status, "ends_on": ends}), TODAY, [], EVERYTHING)
        assert isinstance(made, WriteDocument) is reported

    @pytest.mark.parametrize("missing", ["campaign_id", "name", "theme", "purpose", "starts_on", "ends_on"])
    def test_a_required_value_missing_blocks_and_says_where(self, missing: str) -> None:
        empty = None if missing.endswith("_on") else ""
        title = {column.name: column.title for column in Campaigns.columns}[missing]
        for make in (campaign_plans, campaign_reports):
            (made,) = make(world({missing: empty}), TODAY, [], EVERYTHING)
            assert isinstance(made, Blocked)
            assert made.code == "D805"
            assert f"请先在“活动”表第2行填写“{title}”" in made.message


class TestPlan:
    def test_all_sections_are_numbered_in_order(self) -> None:
        numbers = plan(full_world())["序号"]
        assert numbers == {
            "背景": "一", "主题": "二", "领导小组": "三", "目的": "四", "安排": "五", "内容": "六", "步骤": "七",
            "要求": "八", "安全预案": "九",
        }  # fmt: skip

    def test_sections_without_content_are_left_out_and_the_rest_renumbered(self) -> None:
        numbers = plan(bare_world())["序号"]
        assert {name: number for name, number in numbers.items() if number} == {
            "主题": "一",
            "目的": "二",
            "安排": "三",
        }

    def test_the_title_says_campaign_once(self) -> None:
        assert plan(full_world())["标题"] == "“书信传情”主题月活动方案"
        assert plan(world({"name": "书信月"}))["标题"] == "书信月活动方案"

    def test_the_school_stands_above_a_title_that_does_not_name_it(self) -> None:
        assert plan(world())["抬头"] == "云岭县青山镇云岭小学"
        assert plan(world({"name": "云岭县青山镇云岭小学读书节"}))["抬头"] == ""

    def test_values_are_printed(self) -> None:
        context = plan(full_world())
        assert context["时间"] == "2026年9月7日至9月30日"
        assert context["活动"]["负责人"] == "李梅"
        assert context["活动"]["预算"] == "1200"
        assert context["段落"]["背景"] == ["外出务工的家长逐年增多。", "结合学校实际，制定本方案。"]
        assert context["日期"] == "2026年9月28日"

    def test_the_campaigns_own_leading_group_goes_before_the_schools(self) -> None:
        groups: list[Row] = [
            {"role": "成员", "staff_id": "T03"},
            {"role": "成员", "staff_id": "T02", "campaign": "HD01"},
            {"role": "组长", "staff_id": "T01", "campaign": "HD01", "duty": "统筹"},
        ]
        members = plan(world(more={LeadingGroup: groups}))["领导小组"]
        assert [(one["角色"], one["姓名"], one["职务"], one["职责"]) for one in members] == [
            ("组长", "王建国", "校长", "统筹"),
            ("成员", "李梅", "德育主任", ""),
        ]
        school_wide = plan(world(more={LeadingGroup: groups[:1]}))["领导小组"]
        assert [one["姓名"] for one in school_wide] == ["教师3"]

    def test_what_twelve_classes_do_is_one_row(self) -> None:
        context = plan(world(steps=class_steps(due_on=date(2026, 9, 18))))
        phases = context["各阶段"]
        assert [(phase["号"], phase["名称"]) for phase in phases] == [("一", "准备阶段"), ("二", "实施阶段")]
        assert phases[1]["环节"] == [
            {"环节": "主题班会", "内容": "", "班级": "全部12个班", "负责人": "各班班主任", "截止日期": "2026年9月18日"}
        ]
        assert [row["班级"] for row in context["分工"]][:3] == ["一年级1班", "一年级2班", "二年级1班"]
        assert context["分工"][0] == {"班级": "一年级1班", "负责人": "教师3", "环节": "主题班会"}

    def test_classes_with_days_of_their_own_are_told_them(self) -> None:
        steps = [
            step(1, step="班会", class_name="一年级1班", due_on=date(2026, 9, 18)),
            step(2, step="班会", class_name="一年级2班", due_on=date(2026, 9, 20)),
        ]
        context = plan(world(steps=steps))
        row = context["各阶段"][1]["环节"][0]
        assert (row["班级"], row["负责人"], row["截止日期"]) == (
            "一年级1班、一年级2班", "未定", "2026年9月18日至9月20日",
        )  # fmt: skip
        assert [one["环节"] for one in context["分工"]] == ["班会（2026年9月18日）", "班会（2026年9月20日）"]

    def test_classes_that_do_different_things_say_which(self) -> None:
        steps = [
            step(1, step="班会", class_name="一年级1班", content="画一张画"),
            step(2, step="班会", class_name="六年级1班", content="写一封信"),
        ]
        (content,) = plan(world(steps=steps))["活动内容"]
        assert content == {"号": "一", "环节": "班会", "内容": ["一年级1班：画一张画。", "六年级1班：写一封信。"]}

    def test_what_is_told_among_the_contents_is_not_told_again(self) -> None:
        context = plan(full_world())
        assert [one["环节"] for one in context["活动内容"]] == ["主题班会", "写一封家书", "打一次电话"]
        assert context["各阶段"][0]["环节"][0]["内容"] == "召开教师会。"

    def test_steps_without_a_phase_have_no_heading_of_their_own(self) -> None:
        days = dict.fromkeys(("prepares_from", "prepares_to", "runs_from", "runs_to"))
        (phase,) = plan(world(days, [step(1, phase="", step="读书")]))["各阶段"]
        assert (phase["名称"], [row["环节"] for row in phase["环节"]]) == ("", ["读书"])


class TestReport:
    def test_sections_are_numbered_and_empty_ones_left_out(self) -> None:
        assert "".join(report(full_world())["序号"].values()) == "一二三四五六"
        assert [name for name, number in report(bare_world())["序号"].items() if number] == ["概况"]

    def test_attendance_is_counted_by_class(self) -> None:
        took = report(full_world())["参与"]
        assert len(took["各行"]) == 13
        assert took["各行"][0] == {
            "班级": "一年级1班", "应到": 1, "到": 1, "请假": 0, "缺席": 0, "未登记": 0, "到场率": "100%",
        }  # fmt: skip
        assert took["各行"][-1] == took["合计"]
        assert {name: took["合计"][name] for name in ("应到", "到", "请假", "缺席", "未登记", "到场率")} == {
            "应到": 12, "到": 9, "请假": 1, "缺席": 1, "未登记": 1, "到场率": "75%",
        }  # fmt: skip

    def test_other_campaigns_and_unknown_children(self) -> None:
        rows: list[Row] = [{"campaign": "HD01", "child_id": "S999"}, {"campaign": "HD02", "child_id": "S000"}]
        took = report(world(more={Participation: rows}))["参与"]
        assert [(row["班级"], row["应到"]) for row in took["各行"]] == [("其他", 1), ("合计", 1)]

    def test_nobody_took_part(self) -> None:
        assert report(bare_world())["参与"]["各行"] == []

    def test_no_child_is_named(self) -> None:
        school = full_world()
        said = f"{plan(school)}{report(school)}"
        assert not [name for name in (*CHILD_NAMES, *school[Children].child_id) if name in said]

    def test_how_far_a_step_came(self) -> None:
        some = class_steps(done_on=date(2026, 9, 16))[:11] + class_steps()[11:]
        for steps, told in [
            (class_steps(done_on=date(2026, 9, 16)), "全部12个班均已完成，完成时间为2026年9月16日。"),
            (some, "应完成12项，已完成11项，完成时间为2026年9月16日。"),
            (class_steps(), "全部12个班尚未完成。"),
            ([step(1, step="讲话", done_on=date(2026, 9, 1))], "已于2026年9月1日完成。"),
            ([step(1, step="讲话")], "尚未完成。"),
        ]:
            assert report(world(steps=steps))["开展"][0]["内容"] == [told]

    def test_what_each_class_still_has_to_do(self) -> None:
        rows = report(full_world())["班级完成"]
        assert len(rows) == 12
        assert rows[0] == {"班级": "一年级1班", "应完成": 3, "已完成": 1, "未完成环节": "写一封家书、打一次电话"}

    def test_targets_are_summed_over_the_classes(self) -> None:
        targets = report(full_world())["目标"]
        assert targets["环节"] == [
            {"环节": "写一封家书", "单位": "封", "目标值": "36", "完成值": "24", "完成率": "66.7%", "未填": 0}
        ]
        assert targets["未填"] == 0

    def test_targets_are_charted_where_there_are_several(self) -> None:
        assert report(full_world())["目标"]["图"] == []
        steps = [step(n, step=f"走访{n}", target=10, reached=n) for n in (4, 12)]
        untold = step(3, step="写信", target=10, reached=None)
        (chart,) = report(world(steps=[*steps, untold]))["目标"]["图"]
        assert chart.categories == ("走访4", "走访12")
        assert [(one.name, one.values) for one in chart.series] == [("完成率", (0.4, 1.2))]

    def test_forty_targets_are_two_charts(self) -> None:
        charts = report(long_world())["目标"]["图"]
        assert [len(chart.categories) for chart in charts] == [20, 20]
        assert [chart.title[-3:] for chart in charts] == ["（1）", "（2）"]

    def test_a_missing_result_is_told_not_counted_as_none(self) -> None:
        steps = [step(1, step="走访", target=10, reached=None, unit="户"), step(2, step="写信", target=0, reached=0)]
        targets = report(world(steps=steps))["目标"]
        assert [(row["完成值"], row["完成率"]) for row in targets["环节"]] == [("—", "—"), ("0", "—")]
        assert targets["未填"] == 1

    def test_next_steps_are_what_is_not_finished(self) -> None:
        left = report(full_world())["下一步"]
        assert [(row["号"], row["环节"], row["班级"]) for row in left] == [
            ("一", "部署动员", "全校"),
            ("二", "写一封家书", "全部12个班"),
            ("三", "打一次电话", "全部12个班"),
        ]
        assert (left[1]["负责人"], left[1]["截止日期"]) == ("各班班主任", "未定")
