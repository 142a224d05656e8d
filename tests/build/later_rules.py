"""The P, L, T, A and V rules that the demo must keep, said once more and simply: codes of what breaks them.

The rows are those of `demo_school`, by attribute name; `None` and "" are blank.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import combinations
from typing import Any

from xl_liushou.schema import sheets as s

Rows = Mapping[Any, Sequence[Mapping[str, Any]]]


def later_findings(rows: Rows, today: date) -> Counter[str]:
    """How often each rule is broken."""
    rules = (_pairings, _pairs_of_dates, _contacts, _dead_numbers, _study, _campaigns, _steps, _volunteers)
    return Counter(code for rule in rules for code in rule(rows, today))


def _current(row: Mapping[str, Any], today: date) -> bool:
    return row["starts_on"] <= today and (row.get("ends_on") or today) >= today


def _class(child: Mapping[str, Any]) -> str:
    return f"{child['grade']}{child['class_name']}"


def _pairings(rows: Rows, today: date) -> Iterator[str]:
    current = [row for row in rows[s.Pairings] if _current(row, today)]
    kinds = defaultdict(set)
    for row in current:
        kinds[row["child_id"]].add(row["kind"])
        late = row.get("check_days") and (row.get("checked_on") or row["starts_on"]) + timedelta(days=row["check_days"])
        yield from ["P408"] * bool(late and late < today) + ["P405"] * (row["helper"] == row["child_id"])
    teachers = Counter(row["helper"] for row in current if row["kind"] == "教师帮扶")
    yield from ("P403" for count in teachers.values() if count > 6)
    attached = {row["attached_class"] for row in rows[s.Staff]}
    for child in rows[s.Children]:
        found, key = kinds[child["child_id"]], child["is_key"] == "是"
        if child["case_status"] == "结案":
            yield from ["P407"] * bool(found)
            continue
        yield from ["P401"] * (key and "教师帮扶" not in found)
        yield from ["P402"] * ("学习帮手" not in found) + ["P412"] * ("手拉手" not in found)
        yield from ["P410"] * (key and _class(child) not in attached and "党员领导" not in found)
    same = defaultdict(list)
    for row in rows[s.Pairings]:
        same[row["child_id"], row["helper"], row["kind"], row.get("subject")].append(row)
    for group in same.values():
        pairs = combinations(sorted(group, key=lambda row: row["starts_on"]), 2)
        yield from ("P404" for one, two in pairs if (one.get("ends_on") or date.max) >= two["starts_on"])
    taught = Counter(row["class_taught"] for row in rows[s.Staff] if row["class_taught"])
    yield from ("P411" for name in {_class(child) for child in rows[s.Children]} if taught[name] != 1)


def _pairs_of_dates(rows: Rows, _today: date) -> Iterator[str]:
    pairs = [("starts_on", "ends_on"), ("prepares_from", "prepares_to"), ("runs_from", "runs_to")]
    pairs += [("closes_from", "closes_to"), ("starts_on", "stage_ends_on"), ("filed_on", "closed_on")]
    for table in rows.values():
        for row in table:
            yield from ("P406" for one, two in pairs if row.get(one) and row.get(two) and row[one] > row[two])


def _contacts(rows: Rows, today: date) -> Iterator[str]:
    children = {row["child_id"]: row for row in rows[s.Children]}
    whose = {row["guardian_id"]: row["child_id"] for row in rows[s.Guardians]}
    said: dict[str, set[str]] = defaultdict(set)
    seen: set[tuple[Any, ...]] = set()
    for row in rows[s.Contacts]:
        child = children[row["child_id"]]
        late = row["day"] > (child.get("closed_on") or today)
        yield from ["L501"] * (row["day"] < child["filed_on"] or late)
        if len(row.get("summary", "")) >= 10:
            said[row["summary"]].add(row["child_id"])
        spoken = row["kind"] in {"通话", "家访"} and row["result"] == "完成"
        yield from ["L503"] * (spoken and whose.get(row.get("contact")) != row["child_id"])
        passed = row.get("follow_up_by") and row["follow_up_by"] < today and not row.get("followed_up_on")
        yield from ["L504"] * bool(passed)
        told = row.get("reported_at") and row.get("reported_to")
        yield from ["L506"] * (row.get("must_report") == "是" and not told)
        names = ("child_id", "day", "kind", "recorder", "contact", "result")
        key = tuple(row.get(name) for name in names)
        yield from ["L507"] * (key in seen)
        seen.add(key)
    yield from ("L502" for who in said.values() if len(who) > 2)


def _dead_numbers(rows: Rows, _today: date) -> Iterator[str]:
    calls = [row for row in rows[s.Contacts] if row["kind"] == "通话"]
    done: dict[str, list[date]] = defaultdict(list)
    for row in calls:
        if row["result"] == "完成":
            done[row["contact"]].append(row["day"])
    dead = (row for row in calls if row["result"] == "空号")
    yield from ("L508" for row in dead if all(day <= row["day"] for day in done[row["contact"]]))


def _study(rows: Rows, today: date) -> Iterator[str]:
    checked: dict[str, date] = {}
    for row in rows[s.Progress]:
        checked[row["help_id"]] = max(checked.get(row["help_id"], date.min), row["checked_on"])
    for plan in rows[s.StudyHelp]:
        if plan["status"] == "进行中":
            yield from ["T551"] * (plan["stage_ends_on"] < today)
            last: date = checked.get(plan["help_id"]) or plan["starts_on"]
            yield from ["T552"] * (last < today - timedelta(days=60))


def _campaigns(rows: Rows, _today: date) -> Iterator[str]:
    classes = {_class(child) for child in rows[s.Children]}
    for row in rows[s.Campaigns]:
        names = (
            "starts_on",
            "prepares_from",
            "prepares_to",
            "runs_from",
            "runs_to",
            "closes_from",
            "closes_to",
            "ends_on",
        )
        days = [row[name] for name in names]
        apart = row["prepares_to"] < row["runs_from"] and row["runs_to"] < row["closes_from"]
        yield from ["A601"] * (days != sorted(days) or not apart)
        steps = [step for step in rows[s.CampaignSteps] if step["campaign"] == row["campaign_id"]]
        came = [
            one for one in rows[s.Participation] if one["campaign"] == row["campaign_id"] and one["attendance"] == "到"
        ]
        if row["status"] == "完成":
            yield from ["A603"] * (not came and not any(step.get("done_on") for step in steps))
            yield from ("A606" for step in steps if step.get("target") and step.get("reached") is None)
        for kind in ("主题班会", "座谈会"):
            held = {step["class_name"] for step in steps if step["kind"] == kind and step.get("class_name")}
            yield from ["A607"] * len(classes - held if held else ())


def _steps(rows: Rows, _today: date) -> Iterator[str]:
    agreed = {row["child_id"] for row in rows[s.Children] if row["photo_consent"] == "是"}
    for step in rows[s.CampaignSteps]:
        yield from ["A604"] * (not step["leader"] or not step["due_on"])
        yield from ["A605"] * bool(set(step.get("pictured", ())) - agreed)
        yield from ["A605"] * bool(step.get("photos") and not step.get("pictured"))


def _volunteers(rows: Rows, today: date) -> Iterator[str]:
    year_ago = today - timedelta(days=365)
    yield from ("V701" for row in rows[s.Volunteers] if (row.get("checked_on") or date.min) < year_ago)
    yield from ("V703" for row in rows[s.Supplies] if row["day"] < today and not row.get("signed_by"))
