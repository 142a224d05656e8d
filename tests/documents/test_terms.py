"""What plan and report of a term say, without files; no child is named in what goes to the bureau."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from typing import Any

import pytest

from tests.documents.term_worlds import BEFORE, LONG_NAME, THIS_TERM, TODAY, first_term, full_school, one_child
from tests.support.random_school import random_school
from tests.support.schools import TERM, Row, school_of
from xl_liushou.core.drawing import Chart
from xl_liushou.core.plan import Blocked, Made, Skipped, WriteDocument
from xl_liushou.documents.catalogue import PAPERS
from xl_liushou.documents.masks import masked_name
from xl_liushou.schema.school import School
from xl_liushou.schema.sheets import (
    Calendar,
    Campaigns,
    CampaignSteps,
    Children,
    Contacts,
    Guardians,
    Pairings,
    Staff,
    TermFiles,
)

PAPER_NAMES = ("work-plan", "term-report")
NAMES = [LONG_NAME, "欧阳海棠", "张小明"]


def made(name: str, school: School, today: date = TODAY) -> Made:
    (one,) = PAPERS[name].make(school, today, [])
    return one


def context(name: str, school: School, today: date = TODAY) -> Any:
    one = made(name, school, today)
    assert isinstance(one, WriteDocument)
    return one.context


def leaves(value: Any) -> Iterator[Any]:
    """Every value in a context, charts and all."""
    if isinstance(value, Chart):
        yield from leaves(asdict(value))
    elif isinstance(value, dict):
        for key, one in value.items():
            yield key
            yield from leaves(one)
    elif isinstance(value, (list, tuple)):
        for one in value:
            yield from leaves(one)
    else:
        yield value


def charts(value: Any) -> list[Chart]:
    if isinstance(value, Chart):
        return [value]
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, (list, tuple)) else ()
    return [chart for one in inner for chart in charts(one)]


class TestWhichPapers:
    @pytest.mark.parametrize(("name", "audience"), [("work-plan", "学校"), ("term-report", "上报")])
    def test_one_for_the_term_named_after_it(self, name: str, audience: str) -> None:
        one = made(name, full_school())
        assert isinstance(one, WriteDocument)
        assert (one.document, one.person, one.audience, list(one.children)) == (name, TERM, audience, [])
        assert "留守" not in one.title + one.context["标题"]

    @pytest.mark.parametrize("name", PAPER_NAMES)
    @pytest.mark.parametrize("calendar", [[], [{**THIS_TERM, "name": BEFORE}], [{**THIS_TERM, "starts_on": None}]])
    def test_without_the_days_of_the_term_it_is_blocked_and_says_where(self, name: str, calendar: list[Row]) -> None:
        one = made(name, school_of({Children: [{}], Calendar: calendar}))
        assert isinstance(one, Blocked)
        assert one.code == "D805"
        assert "“设置”" in one.message
        assert "“校历”" in one.message

    @pytest.mark.parametrize("name", PAPER_NAMES)
    def test_without_children_there_is_nothing_to_write(self, name: str) -> None:
        school = school_of({Children: [{"case_status": "结案"}], Calendar: [THIS_TERM]})
        assert isinstance(made(name, school), Skipped)

    def test_a_term_that_has_not_begun_has_a_plan_but_no_report(self) -> None:
        school, day = school_of({Children: [{}], Calendar: [THIS_TERM]}), date(2026, 8, 31)
        assert isinstance(made("work-plan", school, day), WriteDocument)
        report = made("term-report", school, day)
        assert isinstance(report, Skipped)
        assert "2026年9月1日" in report.message


class TestPrivacy:
    def secrets(self, school: School) -> set[str]:
        """Whatever of children and guardians could show."""
        columns = (
            *(Children.name, Children.child_id, Children.id_number, Children.student_number, Children.home_address),
            *(Guardians.name, Guardians.mobile, Guardians.landline, Guardians.email, Guardians.guardian_id),
        )
        staff = set(school[Staff].name)
        return {value for one in columns for value in school.tables[one.sheet].values(one) if value} - staff

    @pytest.mark.parametrize("seed", range(20))
    def test_the_report_on_a_random_school_shows_nobody(self, seed: int) -> None:
        random = random_school(seed)
        school = random.book.school()
        said = [str(one) for one in leaves(context("term-report", school, random.today))]
        assert len(said) > 50
        for secret in self.secrets(school):
            assert not [one for one in said if secret in one], secret

    def test_the_report_names_nobody_and_no_staff(self) -> None:
        school = full_school(NAMES)
        said = "\n".join(str(one) for one in leaves(context("term-report", school) | {"学校": {}}))
        for name in (*school[Children].name, *school[Children].child_id, *school[Guardians].name, *school[Staff].name):
            assert name not in said
        assert masked_name("张小明") not in said

    def test_a_campaign_named_after_a_child_goes_by_its_type(self) -> None:
        rows: list[Row] = [
            {"name": "走进张小明的家", "kind": "志愿走访"},
            {"name": "联系13900000001", "kind": ""},
            {"name": "读书节"},
        ]
        tables = {Children: [{"name": "张小明"}], Guardians: [{}], Calendar: [THIS_TERM], Campaigns: rows}
        told = context("term-report", school_of(tables))["活动"]["各行"]  # type: ignore[arg-type]
        assert [row["名称"] for row in told] == ["志愿走访活动", "关爱活动", "读书节"]

    @pytest.mark.parametrize("name", PAPER_NAMES)
    def test_troubles_are_told_for_the_whole_school_only(self, name: str) -> None:
        rows = context(name, full_school())["关注"]["各行"]
        assert [row["方面"] for row in rows] == ["学业困难", "心理困扰", "亲情缺失", "安全隐患", "劳动过重"]
        assert all(set(row) == {"方面", "轻", "重", "占比"} for row in rows)


class TestReport:
    def test_all_sections_are_numbered_in_order(self) -> None:
        assert "".join(context("term-report", full_school())["序号"].values()) == "一二三四五六七八九"

    def test_sections_without_data_are_left_out(self) -> None:
        numbers = context("term-report", one_child())["序号"]
        assert [name for name, number in numbers.items() if number] == ["基本", "档案", "联系", "结对", "不足"]

    def test_children_are_counted_by_grade(self) -> None:
        rows = context("term-report", full_school())["各年级"]
        assert [row["年级"] for row in rows] == [*(f"{one}年级" for one in "一二三四五六"), "合计"]
        for key in ("人数", "男", "女", "重点", "高", "中", "低"):
            assert rows[-1][key] == sum(row[key] for row in rows[:-1])
        assert context("term-report", one_child())["各年级"] == []

    def test_coverage_is_told_by_month_and_class(self) -> None:
        told = context("term-report", first_term())
        assert [(row["月份"], row["谈心"]["人数"], row["通话"]["覆盖率"]) for row in told["联系"]["各月"]] == [
            ("9月", 1, "0%"), ("10月", 0, "50%"), ("11月", 0, "0%"),
        ]  # fmt: skip
        assert told["联系"]["谈心"] == {"次数": 1, "覆盖率": "16.7%"}
        assert told["各班"]["各行"][0] == {
            "班级": "三年级1班",
            "谈心": {"次数": 1, "覆盖率": "33.3%", "逾期": 1},
            "通话": {"次数": 0, "覆盖率": "0%", "逾期": 1},
        }

    def test_the_term_before_is_set_beside(self) -> None:
        told = context("term-report", full_school())
        assert told["联系"]["上学期"]["谈心"]["次数"] > 100
        assert told["档案"]["可比"] == told["关注"]["可比"] == 30
        assert [series.name for series in told["关注"]["变化图"][0].series] == ["上学期", "本学期"]
        first = context("term-report", first_term())
        assert (first["联系"]["上学期"], first["关注"]["变化"], first["关注"]["变化图"]) == ({}, [], [])

    def test_troubles_that_are_gone_are_told_too(self) -> None:
        calendar = [THIS_TERM, {"name": BEFORE, "starts_on": date(2026, 2, 23)}]
        files: list[Row] = [{"term": BEFORE, "mind_trouble": "重"}, {"mind_trouble": "无"}]
        told = context("term-report", school_of({Children: [{}], Calendar: calendar, TermFiles: files}))["关注"]
        assert [row["好转"] for row in told["变化"]] == [0, 1, 0, 0, 0]
        assert told["各行"][1] == {"方面": "心理困扰", "轻": 0, "重": 0, "占比": "0%"}
        assert told["图"] == []

    def test_campaigns_tell_their_targets(self) -> None:
        rows = context("term-report", full_school())["活动"]["各行"]
        assert [(row["名称"], row["工作"], row["目标"], row["目标完成率"]) for row in rows] == [
            ("“书信传情”主题月活动", "12/12", "0/1", "66.7%"), ("暖心走访", "0/1", "1/1", "100%"),
        ]  # fmt: skip

    def test_what_is_wanting_is_told_with_what_is_to_be_done(self) -> None:
        told = context("term-report", full_school())["不足"]
        assert [one["号"] for one in told] == list("一二三四五六")
        assert [one["说明"] for one in told[2:5]] == [
            "3名儿童还没有本学期档案",
            "1名儿童的个人信息告知同意书还没有签订",
            "1名重点帮扶对象还没有帮扶教师",
        ]
        assert all(one["打算"] for one in told)

    def test_a_term_in_which_all_was_done_wants_nothing(self) -> None:
        done: list[Row] = [{"kind": kind, "day": TODAY} for kind in ("谈心", "通话")]
        tables = {Children: [{}], Calendar: [THIS_TERM], TermFiles: [{}], Contacts: done}
        assert context("term-report", school_of(tables))["不足"] == []  # type: ignore[arg-type]


class TestPlan:
    def test_sections_are_numbered_and_empty_ones_left_out(self) -> None:
        assert "".join(context("work-plan", full_school())["序号"].values()) == "一二三四五六七八九十"
        numbers = context("work-plan", one_child())["序号"]
        assert [name for name, number in numbers.items() if number] == ["基本", "目标", "措施", "分工", "步骤", "要求"]

    def test_the_schools_own_rhythms_are_the_goal(self) -> None:
        rows = {row["类型"]: row for row in context("work-plan", full_school())["频次"]}
        assert (rows["谈心"]["高"], rows["通话"]["低"], rows["家访"]["中"]) == ("每7天一次", "每14天一次", "每60天一次")

    def test_each_class_has_its_teacher_and_who_is_attached(self) -> None:
        rows = context("work-plan", full_school())["分工"]
        assert len(rows) == 12
        assert rows[0] == {"班级": "一年级1班", "人数": 3, "重点": 3, "班主任": "教师3", "联系人": "王建国"}

    def test_who_has_left_the_school_is_attached_to_no_class(self) -> None:
        rows: list[Row] = [{"attached_class": "三年级1班", "on_duty": mark} for mark in ("否", "是")]
        school = school_of({Children: [{}], Calendar: [THIS_TERM], Staff: rows})
        assert [row["联系人"] for row in context("work-plan", school)["分工"]] == ["教师2"]

    def test_before_the_first_files_those_of_last_term_show_the_troubles(self) -> None:
        calendar = [THIS_TERM, {"name": BEFORE, "starts_on": date(2026, 2, 23)}]
        files: list[Row] = [{"term": BEFORE, "mind_trouble": "重"}]
        told = context("work-plan", school_of({Children: [{}], Calendar: calendar, TermFiles: files}))["关注"]
        assert (told["学期"], told["份数"], told["各行"][1]["重"]) == (BEFORE, 1, 1)

    def test_the_phases_follow_the_months_of_the_term(self) -> None:
        steps = context("work-plan", one_child())["步骤"]
        assert steps == {"准备": "9月", "实施": "10月至12月", "总结": "1月"}
        short = {**THIS_TERM, "ends_on": date(2026, 10, 9)}
        assert context("work-plan", school_of({Children: [{}], Calendar: [short]}))["步骤"] == {}

    def test_helpers_of_today_are_told(self) -> None:
        ended: Row = {"ends_on": date(2026, 11, 23)}
        school = school_of({Children: [{}], Calendar: [THIS_TERM], Pairings: [ended, {"kind": "手拉手"}]})
        assert context("work-plan", school)["结对"]["对数"] == 1
        assert context("term-report", school)["结对"]["对数"] == 2


class TestCharts:
    @pytest.mark.parametrize("name", PAPER_NAMES)
    @pytest.mark.parametrize("school", [one_child, first_term, full_school])
    def test_no_chart_is_without_figures(self, name: str, school: Any) -> None:
        for chart in charts(context(name, school())):
            assert chart.categories
            assert any(value for series in chart.series for value in series.values)
            assert all(len(series.values) == len(chart.categories) for series in chart.series)
            assert chart.words.startswith(chart.title)
            assert chart.height < 225

    def test_the_longest_chart_fits_the_page(self) -> None:
        rows: list[Row] = [{"campaign_id": f"HD{n:02}", "name": "关爱" * 20} for n in range(40)]
        steps: list[Row] = [{"campaign": row["campaign_id"], "target": 3, "reached": 1} for row in rows]
        school = school_of({Children: [{}], Calendar: [THIS_TERM], Campaigns: rows, CampaignSteps: steps})
        found = charts(context("term-report", school)["活动"])
        assert sum(len(chart.categories) for chart in found) == 40
        assert max(chart.height for chart in found) < 225
        assert max(len(name) for chart in found for name in chart.categories) <= 14
