"""The invented school: sound on any day, alive in its texts, and wrong only where it means to be."""

from __future__ import annotations

import functools
import re
import tempfile
from collections import Counter, defaultdict
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from tests.support.office import assert_office_file
from xl_liushou.adapters.workbook_file import read_workbook
from xl_liushou.build.demo import DemoSchool, demo_school
from xl_liushou.build.demo_calendar import calendar_around
from xl_liushou.build.master import master_workbook
from xl_liushou.core.finding import ERROR
from xl_liushou.followup.due import due_items
from xl_liushou.rules.catalogue import check
from xl_liushou.schema import sheets as s
from xl_liushou.schema.numbers import id_birth_date, id_gender, id_is_valid
from xl_liushou.schema.school import School, parse_workbook

TODAY = date(2026, 11, 23)
DAYS = [
    pytest.param(TODAY, id="mid term"),
    pytest.param(date(2026, 9, 1), id="first day of term"),
    pytest.param(date(2026, 9, 27), id="a young term"),
    pytest.param(date(2026, 10, 4), id="national holiday"),
    pytest.param(date(2027, 2, 10), id="winter holiday"),
    pytest.param(date(2026, 8, 20), id="summer holiday"),
    pytest.param(date(2028, 2, 29), id="leap day"),
    pytest.param(date(2027, 7, 10), id="last day of term"),
]
SEEDS = [20260901, 1, 987654]
MEANT = Counter(
    {"K205": 1, "K206": 1, "R310": 1, "R311": 2, "R314": 1, "P408": 2, "L504": 1, "L508": 1, "T551": 1, "V701": 1}
)
NOT_YET_IN_A_YOUNG_TERM = {"P408", "T551"}
"""What needs a pairing or a plan of some weeks."""
NARRATIVES = {
    s.TermFiles: ("study_note", "thought_note", "mind_note", "conduct_note", "difficulties", "needs"),
    s.Contacts: ("summary", "issue", "measures", "feedback"),
    s.Pairings: ("goal",),
    s.StudyHelp: ("baseline", "now", "goal", "content"),
    s.Participation: ("outcome",),
}


@functools.cache
def demo(today: date, seed: int = SEEDS[0]) -> DemoSchool:
    return demo_school(today, seed)


@functools.cache
def school(today: date, seed: int = SEEDS[0]) -> School:
    made = demo(today, seed)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "演示.xlsx"
        path.write_bytes(master_workbook(made.rows, made.settings))
        return parse_workbook(read_workbook(path))


def texts_by_child(made: DemoSchool) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for table, names in NARRATIVES.items():
        for row in made.rows[table]:
            found[row["child_id"]] += [str(row.get(name) or "") for name in names]
    return found


def column(made: DemoSchool, table: type[Any], name: str) -> list[Any]:
    return [row.get(name) for row in made.rows[table]]


@pytest.mark.parametrize("today", DAYS)
@pytest.mark.parametrize("seed", SEEDS)
def test_parsing_finds_nothing_to_say(today: date, seed: int) -> None:
    assert {(one.code, one.sheet) for one in school(today, seed).problems} <= {("I000", "进步记录")}


@pytest.mark.parametrize("seed", SEEDS)
def test_in_mid_term_just_what_is_meant_is_found(seed: int) -> None:
    findings = check(school(TODAY, seed), TODAY)
    assert [one for one in findings if one.severity == ERROR] == []
    assert Counter(one.code for one in findings) == MEANT


@pytest.mark.parametrize("today", DAYS)
@pytest.mark.parametrize("seed", SEEDS)
def test_on_any_day_no_more_is_found_than_is_meant(today: date, seed: int) -> None:
    found = Counter(one.code for one in check(school(today, seed), today) if one.code != "I000")
    assert found <= MEANT
    assert (MEANT - found).keys() <= NOT_YET_IN_A_YOUNG_TERM


def test_the_same_day_and_seed_give_the_same_rows() -> None:
    assert demo_school(TODAY) == demo_school(TODAY)
    assert demo_school(TODAY, 5).rows[s.Children] != demo(TODAY).rows[s.Children]
    assert demo_school(TODAY + timedelta(days=1)).rows[s.Contacts] != demo(TODAY).rows[s.Contacts]


def test_excel_would_take_the_workbook(tmp_path: Path) -> None:
    path = tmp_path / "演示.xlsx"
    path.write_bytes(master_workbook(demo(TODAY).rows, demo(TODAY).settings))
    assert_office_file(path)


@pytest.mark.parametrize(
    ("today", "term"),
    [
        (date(2026, 9, 1), "2026年秋季学期"),
        (date(2026, 12, 31), "2026年秋季学期"),
        (date(2027, 1, 15), "2026年秋季学期"),
        (date(2027, 2, 10), "2026年秋季学期"),
        (date(2027, 2, 28), "2027年春季学期"),
        (date(2026, 7, 10), "2026年春季学期"),
        (date(2026, 8, 31), "2026年春季学期"),
        (date(2028, 2, 29), "2028年春季学期"),
    ],
)
def test_the_current_term_is_the_latest_that_has_begun(today: date, term: str) -> None:
    assert calendar_around(today).current.name == term
    assert demo(today).settings["学期"] == term
    assert set(column(demo(today), s.TermFiles, "term")) == {term}


@pytest.mark.parametrize("today", DAYS)
def test_terms_and_holidays_leave_no_day_out(today: date) -> None:
    spans = sorted(
        (row["starts_on"], row["ends_on"]) for row in demo(today).rows[s.Calendar] if row["kind"] in {"学期", "寒暑假"}
    )
    assert all(later[0] == earlier[1] + timedelta(days=1) for earlier, later in pairwise(spans))
    assert spans[0][0] < today - timedelta(days=100)
    assert today <= spans[-1][1]


@pytest.mark.parametrize("today", DAYS)
def test_nothing_that_has_happened_lies_in_the_future(today: date) -> None:
    for table, rows in demo(today).rows.items():
        past = [one.name for one in table.columns if one.past]
        assert all(row[name] <= today for row in rows for name in past if row.get(name)), table.title


def test_sixty_children_in_six_grades() -> None:
    children = demo(TODAY).rows[s.Children]
    assert len({row["child_id"] for row in children}) == 60
    assert len({row["grade"] for row in children}) == 6
    assert len({(row["grade"], row["class_name"]) for row in children}) == 9
    assert all(re.fullmatch(r"YL20\d{5}", row["child_id"]) for row in children)
    lengths = {len(row["name"]) for row in children}
    assert {2, 3, 4} <= lengths
    assert any("·" in row["name"] for row in children)


@pytest.mark.parametrize("seed", SEEDS)
def test_id_numbers_are_of_nobody_and_right(seed: int) -> None:
    children = [row for row in demo(TODAY, seed).rows[s.Children] if row["id_number"]]
    assert len(children) > 50
    for row in children:
        number = row["id_number"]
        assert number.startswith("990001")
        assert id_is_valid(number)
        assert (id_birth_date(number), id_gender(number)) == (row["birth_date"], row["gender"])
        assert row["student_number"] in ("", f"G{number}")


def test_phones_and_addresses_are_invented() -> None:
    made = demo(TODAY)
    phones = [
        phone for table in (s.Guardians, s.Staff, s.Volunteers) for phone in column(made, table, "mobile") if phone
    ]
    assert all(re.fullmatch(r"13[789]0000\d{4}", phone) for phone in phones)
    emails = [mail for table in (s.Guardians, s.Staff) for mail in column(made, table, "email") if mail]
    assert emails
    assert all(mail.endswith("@example.com") for mail in emails)


@pytest.mark.parametrize("seed", SEEDS)
def test_siblings_share_their_parents_and_home(seed: int) -> None:
    made = demo(TODAY, seed)
    families = defaultdict(list)
    for row in made.rows[s.Children]:
        if row["family_id"]:
            families[row["family_id"]].append(row)
    assert sorted(map(len, families.values())) == [2] * 8 + [3]
    grown_ups = defaultdict(set)
    for row in made.rows[s.Guardians]:
        grown_ups[row["child_id"]].add((row["relation"], row["name"], row["mobile"]))
    for group in families.values():
        assert len({row["home_address"] for row in group}) == 1
        assert len({frozenset(grown_ups[row["child_id"]]) for row in group}) == 1
        assert len({row["grade"] for row in group}) == len(group)


def test_the_to_do_list_shows_every_kind_of_lateness() -> None:
    items = due_items(school(TODAY), TODAY)
    contacts = [one for one in items if one.kind in {"谈心", "通话"}]
    late = [one for one in contacts if one.status == "逾期"]
    assert len(late) == 9
    assert {one.escalation for one in late} == {"班主任", "德育负责人", "领导小组"}
    assert max(one.days_overdue for one in late) <= 20
    assert [one.never for one in late].count(True) == 1
    assert {"今日到期", "临期", "未到期", "暂停"} <= {one.status for one in contacts}
    assert {"委托书", "跟进", "学习计划", "结对检查", "活动环节"} <= {one.kind for one in items if one.status == "逾期"}


def test_a_term_of_records_of_every_kind_and_result() -> None:
    records = demo(TODAY).rows[s.Contacts]
    assert len(records) > 1_200
    assert {row["kind"] for row in records} == {"谈心", "通话", "家访", "亲子联系", "心理辅导", "协同沟通", "物资慰问"}
    assert {"完成", "未接通", "空号"} <= {row["result"] for row in records}
    assert [row["must_report"] for row in records if row.get("must_report")] == ["是"]
    assert records == sorted(records, key=lambda row: row["day"])


def test_two_campaigns_one_done_and_one_under_way() -> None:
    made = demo(TODAY)
    month, visits = made.rows[s.Campaigns]
    assert (month["kind"], month["status"]) == ("综合", "完成")
    assert (visits["kind"], visits["status"]) == ("志愿走访", "进行")
    assert visits["runs_from"] <= TODAY <= visits["runs_to"]
    by_class = Counter(row["kind"] for row in made.rows[s.CampaignSteps] if row.get("class_name"))
    assert by_class == {"主题班会": 9, "亲情书信": 9, "亲情电话": 9, "建档": 9}
    kinds = {row["kind"] for row in made.rows[s.CampaignSteps]}
    assert {"升旗讲话", "座谈会", "经验介绍会", "目标考核", "物资准备", "志愿走访"} <= kinds
    assert {row["attendance"] for row in made.rows[s.Participation]} >= {"到", "计划", "请假"}


@pytest.mark.parametrize("name", NARRATIVES[s.TermFiles][:4])
def test_comments_differ_from_child_to_child(name: str) -> None:
    made = demo(TODAY)
    calls = {row["child_id"]: row["name"] for row in made.rows[s.Children]}
    plain = {row[name].replace(calls[row["child_id"]][-2:], "").replace("她", "他") for row in made.rows[s.TermFiles]}
    assert len(plain) >= 25


def test_no_child_hears_the_same_talk_twice() -> None:
    said = Counter(
        (row["child_id"], row["summary"].partition("。")[2])
        for row in demo(TODAY).rows[s.Contacts]
        if row["kind"] == "谈心"
    )
    high = {row["child_id"] for row in demo(TODAY).rows[s.Children] if row["risk"] == "高"}
    assert {count for (child, _), count in said.items() if child not in high} == {1}


@pytest.mark.parametrize("today", DAYS)
@pytest.mark.parametrize("seed", SEEDS)
def test_texts_are_filled_in_and_name_nobody_else(today: date, seed: int) -> None:
    made = demo(today, seed)
    named = defaultdict(set)
    for row in made.rows[s.Children]:
        named[row["child_id"]].add(row["name"])
    for row in made.rows[s.Guardians]:
        named[row["child_id"]].add(row["name"])
    everyone = set().union(*named.values()) | set(column(made, s.Staff, "name"))
    for child_id, texts in texts_by_child(made).items():
        whole = "\n".join(texts)
        assert not re.search(r"[{}]|None", whole)
        for own in sorted(named[child_id], key=len, reverse=True):
            whole = whole.replace(own, "")
        assert not [name for name in everyone - named[child_id] if name in whole]


@pytest.mark.parametrize("seed", SEEDS)
def test_no_text_speaks_of_parents_a_child_does_not_have(seed: int) -> None:
    made = demo(TODAY, seed)
    alone = {row["child_id"] for row in made.rows[s.Children] if "事实无人抚养" in row["hardships"]}
    assert alone
    for child_id in alone:
        assert not re.search("爸|妈|父母", "".join(texts_by_child(made)[child_id]))
