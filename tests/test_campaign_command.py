"""`campaign`: a new campaign of a usual pattern, with a row per class where that is meant."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.support.commands import AS_OF, program
from tests.support.office import assert_office_file
from tests.support.sound_school import TERM, school_file
from tests.support.workbooks import findings, read
from xl_liushou.routines.campaign_patterns import PATTERNS
from xl_liushou.schema.sheets import Campaigns, CampaignSteps, Staff

MONTH = ("--pattern", "书信电话主题月", "--start", "2026-11-02", "--end", "2026-11-30")
VISITS = ("--pattern", "志愿走访三阶段", "--start", "2026-11-02", "--end", "2026-11-30")
PHASES = ("准备", "实施", "总结")


def new(book: Path, *words: str) -> dict[str, Any]:
    ran = program("campaign", book, *words, "--json")
    assert ran.code == 0, ran.err
    return ran.json


@pytest.mark.parametrize("words", [MONTH, VISITS], ids=list(PATTERNS))
def test_a_new_campaign_is_sound_and_names_who_does_what_by_when(words: tuple[str, ...], tmp_path: Path) -> None:
    book = school_file(tmp_path)
    before = findings(book)
    added = new(book, *words)["added"]
    assert_office_file(book)
    school = read(book)
    campaign = list(school[Campaigns].records())[-1]
    steps = [
        one for one in school[CampaignSteps].records() if one[CampaignSteps.campaign] == campaign[Campaigns.campaign_id]
    ]
    assert len(added) == 1 + len(steps)
    assert [one[CampaignSteps.number] for one in steps] == list(range(1, len(steps) + 1))
    assert campaign[Campaigns.term] == TERM
    assert all(one[CampaignSteps.leader] in school.staff_of and one[CampaignSteps.target] for one in steps)
    spans = {
        "准备": (campaign[Campaigns.prepares_from], campaign[Campaigns.prepares_to]),
        "实施": (campaign[Campaigns.runs_from], campaign[Campaigns.runs_to]),
        "总结": (campaign[Campaigns.closes_from], campaign[Campaigns.closes_to]),
    }
    for one in steps:
        first, last = spans[one[CampaignSteps.phase]]
        due = one[CampaignSteps.due_on]
        assert first is not None
        assert due is not None
        assert last is not None
        assert first <= due <= last
        assert due.weekday() < 5
    assert [one[CampaignSteps.phase] for one in steps] == sorted(
        (one[CampaignSteps.phase] for one in steps), key=PHASES.index
    )
    assert [one.code for one in findings(book)] == [one.code for one in before]


def test_what_is_meant_by_class_has_a_row_for_every_class_with_its_teacher_and_its_own_target(tmp_path: Path) -> None:
    book = school_file(tmp_path)
    new(book, *MONTH)
    school = read(book)
    classes = {school.class_name(child) for child in school.active_children}
    letters = [one for one in school[CampaignSteps].records() if one[CampaignSteps.step] == "每人写一封家书"]
    assert {one[CampaignSteps.class_name] for one in letters} == classes
    sizes = Counter(map(school.class_name, school.active_children))
    for one in letters:
        name = one[CampaignSteps.class_name]
        teacher = school.class_teacher(name)
        assert teacher
        assert (one[CampaignSteps.target], one[CampaignSteps.leader]) == (
            sizes[name],
            teacher[Staff.staff_id],
        )


def test_its_name_and_theme_may_be_ones_own_and_its_number_goes_on(tmp_path: Path) -> None:
    book = school_file(tmp_path)
    taken = read(book)[Campaigns].campaign_id[-1]
    new(book, *MONTH, "--name", "冬日家书", "--theme", "纸短情长")
    new(book, *VISITS)
    table = read(book)[Campaigns]
    assert (table.name[-2], table.theme[-2], table.name[-1]) == (
        "冬日家书",
        "纸短情长",
        PATTERNS["志愿走访三阶段"].name,
    )
    assert [int(one.lstrip("HD")) for one in table.campaign_id[-3:]] == [int(taken.lstrip("HD")) + n for n in range(3)]
    assert all(len(one) == len(taken) for one in table.campaign_id[-2:])


def test_columns_of_the_schools_own_and_another_order_are_kept(tmp_path: Path) -> None:
    book = school_file(tmp_path)
    loaded = load_workbook(book)
    sheet = loaded["活动环节"]
    sheet.insert_cols(1)
    sheet.cell(1, 1, "自己的列")
    for row in range(2, sheet.max_row + 1):
        sheet.cell(row, 1, f"自己的{row}")
    sheet.tables.clear()
    loaded.save(book)
    before = sheet.max_row
    new(book, *MONTH)
    after = load_workbook(book)["活动环节"]
    assert [after.cell(row, 1).value for row in range(1, before + 1)] == [
        sheet.cell(row, 1).value for row in range(1, before + 1)
    ]
    assert after.cell(before + 1, 1).value is None
    assert after.max_row > before
    assert read(book)[CampaignSteps].step[-1] == "对照目标考核"


def test_the_same_campaign_is_not_made_twice_and_days_must_fit(tmp_path: Path) -> None:
    book = school_file(tmp_path)
    new(book, *MONTH)
    digest = book.read_bytes()
    for words, told in (
        (MONTH, "已经有"),
        ((*MONTH[:4], "--end", "2026-11-05"), "7 到 366 天"),
        ((*MONTH[:4], "--end", "2026-10-05"), "7 到 366 天"),
        ((*MONTH[:4], "--end", "2026.11.30"), "2026-11-23 这样"),
        (("--pattern", "别的", *MONTH[2:]), "书信电话主题月"),
    ):
        ran = program("campaign", book, *words)
        assert ran.code == 2
        assert told in ran.err
    assert book.read_bytes() == digest


def test_it_can_be_undone_and_its_plan_can_be_written(tmp_path: Path) -> None:
    book = school_file(tmp_path)
    rows = len(read(book)[CampaignSteps])
    made = new(book, *MONTH)
    ran = program("write", "campaign-plan", book, "--campaign", made["added"][0]["key"], "--as-of", AS_OF)
    assert ran.code == 0
    assert program("undo", book, made["run"]).code == 0
    assert len(read(book)[CampaignSteps]) == rows


def test_what_a_school_lacks_stays_blank_and_is_told(tmp_path: Path) -> None:
    book = school_file(
        tmp_path, change={("教职工", 1, "班主任班级"): None, ("校历", 1, "开始日期"): date(2026, 11, 20)}
    )
    notes = "".join(new(book, *MONTH)["notes"])
    assert "没有填负责人" in notes
    assert "学期空着" in notes


def test_the_number_of_a_campaign_that_is_gone_is_not_given_again(tmp_path: Path) -> None:
    orphan = {"活动编号": "H002", "序号": 1, "环节": "旧环节", "负责人": "T01", "截止日期": date(2026, 10, 1)}
    book = school_file(tmp_path, add=[("活动环节", orphan)])
    assert new(book, *MONTH)["added"][0]["key"] == "H003"


def test_the_first_campaign_is_hd01(tmp_path: Path) -> None:
    book = school_file(tmp_path, empty={"活动", "活动环节", "活动参与", "志愿者", "关爱物资"})
    assert new(book, *MONTH)["added"][0]["key"] == "HD01"
