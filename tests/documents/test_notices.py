"""Who is told what is due, without files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from tests.support.schools import Row, children_of, school_of
from xl_liushou.core.plan import Skipped, WriteDocument
from xl_liushou.core.table import Record, Table
from xl_liushou.documents.notices import overdue_notices
from xl_liushou.documents.options import PaperOptions
from xl_liushou.schema.school import School
from xl_liushou.schema.sheets import Campaigns, CampaignSteps, Children, Contacts, Intervals, Pairings, Staff

TODAY = date(2026, 9, 28)
RHYTHM: list[Row] = [{"kind": "谈心", "days": 7}, {"kind": "通话", "days": 14}]
STAFF: list[Row] = [
    {"name": "李梅"},
    {"name": "张伟", "class_taught": "三年级1班"},
    {"name": "王芳", "class_taught": "三年级2班"},
    {"name": "赵强"},
]
TWO_CLASSES: list[Row] = [
    {"child_id": "S001", "name": "甲一", "class_name": "1班"},
    {"child_id": "S002", "name": "乙二", "class_name": "2班"},
]


def talk(child: str, day: int, kind: str = "谈心", **more: Any) -> Row:
    return {"child_id": child, "kind": kind, "day": date(2026, 9, day), "recorder": "T02", **more}


def up_to_date(*children: str) -> list[Row]:
    return [talk(child, 28, kind) for child in children for kind in ("谈心", "通话")]


def world(contacts: Sequence[Row], more: Mapping[type[Table], Sequence[Row]] | None = None) -> School:
    tables = {Children: TWO_CLASSES, Staff: STAFF, Intervals: RHYTHM, Contacts: contacts}
    return school_of({**tables, **(more or {})})


def notices(school: School, children: Sequence[Record] | None = None) -> dict[str, WriteDocument]:
    chosen = children_of(school) if children is None else children
    made = overdue_notices(school, TODAY, chosen, PaperOptions())
    return {one.person: one for one in made if isinstance(one, WriteDocument)}


def told(notice: WriteDocument, section: str = "本人事项") -> list[tuple[str, str, str]]:
    return [(row["姓名"], row["类型"], row["状态"]) for row in notice.context[section]]


def test_each_teacher_is_told_of_the_own_class_only() -> None:
    found = notices(world([talk("S001", 20), talk("S002", 19), talk("S001", 28, "通话"), talk("S002", 28, "通话")]))
    assert list(found) == ["王芳", "张伟"]
    assert told(found["张伟"]) == [("甲一", "谈心", "逾期1天")]
    assert told(found["王芳"]) == [("乙二", "谈心", "逾期2天")]
    assert "甲一" not in str(found["王芳"])
    assert (found["王芳"].class_name, found["王芳"].audience, list(found["王芳"].children)) == (
        "三年级2班",
        "班级",
        ["S002"],
    )


def test_what_is_not_due_makes_no_notice() -> None:
    made = overdue_notices(world(up_to_date("S001", "S002")), TODAY, [], PaperOptions())
    assert made == [Skipped(None, "截至2026年9月28日没有逾期、到期或临期的事项，不需要提醒单")]


def test_a_row_says_last_due_and_why() -> None:
    missed = [talk("S001", day, "通话", result="未接通") for day in (20, 21, 22)]
    found = notices(world([talk("S001", 20), *missed, *up_to_date("S002")]))
    rows = {row["类型"]: row for row in found["张伟"].context["本人事项"]}
    assert rows["谈心"] == {
        "姓名": "甲一", "班级": "三年级1班", "类型": "谈心", "上次日期": "9月20日", "应完成日期": "9月27日",
        "状态": "逾期1天", "责任人": "张伟", "备注": "",
    }  # fmt: skip
    assert rows["通话"]["上次日期"] == "—"
    assert rows["通话"]["备注"].startswith("从未联系；")
    assert "未接通" in rows["通话"]["备注"]
    assert found["张伟"].context["概要"] == "逾期2项"


def test_a_day_of_another_year_keeps_its_year() -> None:
    old = {**talk("S001", 1), "day": date(2025, 9, 1)}
    row = notices(world([old, talk("S001", 28, "通话"), *up_to_date("S002")]))["张伟"].context["本人事项"][0]
    assert (row["上次日期"], row["应完成日期"]) == ("2025年9月1日", "2025年9月8日")


def test_what_escalated_goes_to_the_head_and_then_to_the_group() -> None:
    calls = [talk("S001", 28, "通话"), talk("S002", 28, "通话")]
    found = notices(world([talk("S001", 10), talk("S002", 3), *calls]))
    assert told(found["李梅"], "督办事项") == [("乙二", "谈心", "逾期18天"), ("甲一", "谈心", "逾期11天")]
    assert told(found["领导小组"], "督办事项") == [("乙二", "谈心", "逾期18天")]
    assert [row["责任人"] for row in found["李梅"].context["督办事项"]] == ["王芳", "张伟"]
    assert (found["李梅"].context["收件人"], found["领导小组"].context["收件人"]) == (
        "李梅老师（德育负责人）", "领导小组全体成员",
    )  # fmt: skip
    assert list(found)[:2] == ["李梅", "领导小组"]


def test_what_the_head_does_alone_is_not_pressed_for_twice() -> None:
    found = notices(world([*up_to_date("S001"), talk("S002", 28, "通话"), talk("S002", 3)], {Staff: STAFF[:2]}))
    assert told(found["李梅"]) == [("乙二", "谈心", "逾期18天")]
    assert told(found["李梅"], "督办事项") == []
    assert told(found["领导小组"], "督办事项") == [("乙二", "谈心", "逾期18天")]


def test_without_a_head_the_notice_goes_to_the_office() -> None:
    school = world([*up_to_date("S001"), talk("S002", 20), talk("S002", 28, "通话")], {Staff: [{"staff_id": "T09"}]})
    found = notices(school)
    assert list(found) == ["德育负责人"]
    assert found["德育负责人"].context["收件人"] == "德育负责人"
    assert found["德育负责人"].context["本人事项"][0]["责任人"] == "未定"


class TestMustReport:
    HURT = talk(
        "S001", 20, summary="身上有伤", issue="疑似家暴", must_report="是", reported_to="镇派出所", secrecy="限领导"
    )

    def found(self) -> dict[str, WriteDocument]:
        due = [talk("S002", 20), talk("S002", 28, "通话")]
        help_ = {"child_id": "S002", "helper": "T04", "starts_on": date(2026, 9, 1), "check_days": 7}
        return notices(world([self.HURT, *up_to_date("S001"), *due], {Pairings: [help_]}))

    def test_it_heads_three_notices_and_stands_in_no_other(self) -> None:
        found = self.found()
        assert set(found) == {"李梅", "领导小组", "张伟", "王芳", "赵强"}
        heads = {name for name, notice in found.items() if notice.context["强制报告"]}
        assert heads == {"李梅", "领导小组", "张伟"}
        assert found["张伟"].context["序号"]["强制报告"] == "一"
        for name in ("王芳", "赵强"):
            assert "甲一" not in str(found[name])
            assert "S001" not in str(found[name])
            assert "强制报告" not in {row["类型"] for row in found[name].context["本人事项"]}

    def test_it_says_the_name_and_nothing_else(self) -> None:
        for name in ("李梅", "领导小组", "张伟"):
            notice = self.found()[name]
            assert notice.context["强制报告"] == [{"姓名": "甲一", "班级": "三年级1班"}]
            assert not [detail for detail in ("伤", "家暴", "派出所", "9月20日") if detail in str(notice)]

    def test_two_records_of_a_child_are_one_line(self) -> None:
        found = notices(world([self.HURT, {**self.HURT, "day": date(2026, 9, 22)}, *up_to_date("S001", "S002")]))
        assert len(found["李梅"].context["强制报告"]) == 1

    def test_a_class_without_a_teacher_tells_the_head_and_the_group(self) -> None:
        found = notices(world([self.HURT, *up_to_date("S001", "S002")], {Staff: STAFF[:1]}))
        assert set(found) == {"李梅", "领导小组"}


class TestSteps:
    CAMPAIGN: Mapping[type[Table], Sequence[Row]] = {
        Campaigns: [{"name": "书信月"}],
        CampaignSteps: [{"step": "写信", "class_name": "三年级1班", "leader": "T02", "due_on": date(2026, 9, 29)}],
    }

    def test_a_step_of_a_campaign_is_told_to_its_leader(self) -> None:
        found = notices(world(up_to_date("S001", "S002"), self.CAMPAIGN))
        assert told(found["张伟"]) == [("写信", "活动环节", "临期")]
        assert found["张伟"].context["本人事项"][0]["备注"] == "书信月"
        assert list(found["张伟"].children) == []

    def test_a_choice_of_children_leaves_steps_out(self) -> None:
        school = world(up_to_date("S001", "S002"), self.CAMPAIGN)
        assert notices(school, children_of(school)[:1]) == {}


def test_secret_columns_are_in_no_notice() -> None:
    child = {**TWO_CLASSES[0], "hardships": ("孤儿",), "id_number": "990001201603020018"}
    said = str(notices(world([], {Children: [child]})))
    assert "甲一" in said
    assert "孤儿" not in said
    assert "990001" not in said


def test_two_teachers_of_one_name_never_share_a_notice() -> None:
    namesakes: list[Row] = [
        {"name": "李梅"},
        {"name": "张伟", "class_taught": "三年级1班"},
        {"name": "张伟", "class_taught": "三年级2班"},
    ]
    school = world([talk("S001", 20), talk("S002", 19)], {Staff: namesakes})
    made = overdue_notices(school, TODAY, children_of(school), PaperOptions())
    found = [one for one in made if isinstance(one, WriteDocument) and one.person == "张伟"]
    told_of = {frozenset(row["姓名"] for row in one.context["本人事项"]) for one in found}
    assert told_of == {frozenset({"甲一"}), frozenset({"乙二"})}
    assert len(found) == 2
