"""Files, pairings, study help, campaigns and supplies in numbers: against counts of another kind."""

from __future__ import annotations

from datetime import date

import pytest

from tests.support.random_school import random_school
from tests.support.schools import TERM, Row, school_of
from xl_liushou.core.table import Record
from xl_liushou.figures.campaigns import campaign_figures, campaigns_of, supply_figures, targets_of
from xl_liushou.figures.files import ASPECTS, TROUBLES, Change, change, files_of, in_both, levels
from xl_liushou.figures.helping import pairing_figures, study_figures
from xl_liushou.figures.shares import Share
from xl_liushou.figures.terms import Days, Term, current_term, term_before
from xl_liushou.schema.school import School
from xl_liushou.schema.sheets import (
    Campaigns,
    CampaignSteps,
    Children,
    Pairings,
    Participation,
    Progress,
    StudyHelp,
    Supplies,
    TermFiles,
)

SEEDS = range(12)
NOW = Term(TERM, date(2026, 9, 1), date(2027, 1, 20))
AUTUMN = Days(date(2026, 9, 1), date(2026, 12, 31))


def active(school: School) -> dict[str, Record]:
    return {one[Children.child_id]: one for one in school[Children].records() if one[Children.case_status] != "结案"}


@pytest.mark.parametrize("seed", SEEDS)
def test_files_are_counted_and_compared_child_by_child(seed: int) -> None:
    made = random_school(seed)
    school = made.book.school()
    term = current_term(school)
    assert term
    earlier = term_before(school, term)
    now, before = files_of(school, term.name), files_of(school, earlier.name) if earlier else {}
    rows = {(one[TermFiles.child_id], one[TermFiles.term]): one for one in school[TermFiles].records()}
    assert set(now) == {child for child, name in rows if name == term.name and child in active(school)}
    for column in (*TROUBLES, *ASPECTS):
        scale = ("无", "轻", "重") if column in TROUBLES else ("优", "良", "中", "差")
        assert levels(now, column) == {
            level: len([one for one in now.values() if one[column] == level]) for level in scale
        }
        better = same = worse = 0
        for child in set(now) & set(before):
            old, new = (rows[child, name][column] for name in (earlier.name if earlier else "", term.name))
            if old and new:
                better += scale.index(new) < scale.index(old)
                same += new == old
                worse += scale.index(new) > scale.index(old)
        assert change(before, now, column) == Change(better, same, worse)
    assert [set(one) for one in in_both(before, now)] == [set(now) & set(before)] * 2


def test_of_two_files_of_one_term_the_later_counts() -> None:
    rows: list[Row] = [{"study": "优"}, {"study": "差", "assessed_on": date(2026, 9, 1)}, {"child_id": "S009"}]
    found = files_of(school_of({Children: [{}], TermFiles: rows}), TERM)
    assert {child: one[TermFiles.study] for child, one in found.items()} == {"S001": "优"}


@pytest.mark.parametrize("seed", SEEDS)
def test_pairings_and_study_help_are_counted(seed: int) -> None:
    made = random_school(seed)
    school = made.book.school()
    term = current_term(school)
    assert term
    days = term.until(made.today)
    found = pairing_figures(school, days)
    current = [
        one
        for one in school[Pairings].records()
        if one[Pairings.child_id] in active(school)
        and not ((starts := one[Pairings.starts_on]) is None or starts > days.last)
        and not ((ends := one[Pairings.ends_on]) is not None and ends < days.first)
    ]
    assert found.pairs == len(current)
    for kind, effects in found.effects.items():
        for effect, count in effects.items():
            assert count == [(one[Pairings.kind], one[Pairings.effect]) for one in current].count((kind, effect))
    assert found.children == Share(len({one[Pairings.child_id] for one in current}), len(active(school)))
    key = {child for child, one in active(school).items() if one[Children.is_key] == "是"}
    taught = {one[Pairings.child_id] for one in current if one[Pairings.kind] == "教师帮扶"}
    assert found.key == Share(len(key & taught), len(key))
    study = study_figures(school, term.name, made.today)
    plans = [one for one in school[StudyHelp].records() if one[StudyHelp.child_id] in active(school)]
    assert study.plans == sum(study.states.values()) == len([one for one in plans if one[StudyHelp.term] == term.name])
    checked = {one[Progress.help_id] for one in school[Progress].records()}
    assert sum(study.trends.values()) == len([one for one in plans if one[StudyHelp.help_id] in checked])


def test_the_last_check_tells_the_trend() -> None:
    checks: list[Row] = [
        {"checked_on": date(2026, 10, 20), "trend": "进步"},
        {"checked_on": date(2026, 10, 10), "trend": "退步"},
        {"checked_on": date(2026, 12, 1), "trend": "退步"},
    ]
    school = school_of({Children: [{}], StudyHelp: [{}, {"subject": "语文"}], Progress: checks})
    found = study_figures(school, TERM, date(2026, 11, 24))
    assert (found.trends, found.subjects, found.children) == ({"进步": 1}, {"数学": 1, "语文": 1}, 1)


@pytest.mark.parametrize("plans", [[{"help_id": "X1"}] * 2, [{"help_id": ""}]])
def test_of_plans_with_one_number_or_none_no_check_is_known(plans: list[Row]) -> None:
    school = school_of({Children: [{}], StudyHelp: plans, Progress: [{"help_id": one["help_id"]} for one in plans]})
    assert study_figures(school, TERM, date(2026, 11, 24)).trends == {}


@pytest.mark.parametrize("seed", SEEDS)
def test_campaigns_are_counted(seed: int) -> None:
    made = random_school(seed)
    school = made.book.school()
    term = current_term(school)
    assert term
    wanted = set()
    for one in school[Campaigns].records():
        starts, last = one[Campaigns.starts_on], term.ends_on or date.max
        inside = starts is not None and term.starts_on <= starts <= last
        if one[Campaigns.status] != "取消" and (one[Campaigns.term] or (term.name if inside else "")) == term.name:
            wanted.add(one[Campaigns.campaign_id])
    found = campaigns_of(school, term)
    assert {one[Campaigns.campaign_id] for one in found} == wanted
    for campaign in found:
        figures = campaign_figures(school, campaign)
        own = campaign[Campaigns.campaign_id]
        steps = [one for one in school[CampaignSteps].records() if one[CampaignSteps.campaign] == own]
        marks = [
            one[Participation.attendance]
            for one in school[Participation].records()
            if one[Participation.campaign] == own
        ]
        assert figures.steps == Share(len([one for one in steps if one[CampaignSteps.done_on]]), len(steps))
        assert figures.attendance == Share(len([mark for mark in marks if mark == "到"]), len(marks))
        assert sum(one.wanted for one in figures.targets) == sum(one[CampaignSteps.target] or 0 for one in steps)
        reached = sum(one[CampaignSteps.reached] or 0 for one in steps if one[CampaignSteps.target] is not None)
        assert sum(one.reached or 0 for one in figures.targets) == reached


def test_targets_of_classes_are_one_and_what_is_not_told_is_not_none() -> None:
    rows: list[Row] = [
        {"step": "写信", "unit": "封", "target": 3, "reached": 2},
        {"step": "写信", "unit": "封", "target": 3, "reached": None},
        {"step": "走访", "unit": "户", "target": 4, "reached": 6},
        {"step": "讲话", "unit": "次", "target": None, "reached": 1},
        {"step": "电话", "unit": "次", "target": 0, "reached": 0},
    ]
    school = school_of({Campaigns: [{}], CampaignSteps: [{"campaign": "H001", **row} for row in rows]})
    found = targets_of(school[CampaignSteps].records())
    assert [(one.title, one.wanted, one.reached, one.untold) for one in found] == [
        ("写信", 6, 2, 1), ("走访", 4, 6, 0), ("电话", 0, 0, 0),
    ]  # fmt: skip
    figures = campaign_figures(school, next(school[Campaigns].records()))
    assert figures.met == Share(1, 2)
    assert figures.rate == pytest.approx((2 / 6 + 1) / 2)


def test_a_campaign_without_a_term_belongs_where_it_begins() -> None:
    rows: list[Row] = [
        {"term": "", "starts_on": date(2026, 9, 1)},
        {"term": "", "starts_on": date(2026, 8, 31)},
        {"term": "2026年春季学期"},
        {"term": TERM, "starts_on": None},
        {"status": "取消"},
    ]
    assert [one[Campaigns.campaign_id] for one in campaigns_of(school_of({Campaigns: rows}), NOW)] == ["H001", "H004"]


def test_supplies_are_summed_by_kind() -> None:
    rows: list[Row] = [
        {"kind": "文具", "quantity": 2, "amount": 12.5},
        {"kind": "文具", "quantity": 1, "child_id": "S002"},
        {"kind": "图书", "day": date(2027, 1, 1)},
        {"kind": "图书", "quantity": None},
    ]
    found = supply_figures(school_of({Supplies: rows}), AUTUMN)
    assert {kind: (one.quantity, one.amount, one.children) for kind, one in found.items()} == {
        "图书": (0, None, 1), "文具": (3, 12.5, 2),
    }  # fmt: skip
    assert list(found) == ["图书", "文具"]
