"""Schools at some point of a term, from one child without a record to twelve classes with a term before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from tests.documents.campaign_worlds import CLASSES, FULL_CAMPAIGN, class_steps, staff
from tests.support.schools import TERM, Row, school_of
from xl_liushou.core.table import Table
from xl_liushou.schema.school import School
from xl_liushou.schema.sheets import (
    Calendar,
    Campaigns,
    CampaignSteps,
    Children,
    Contacts,
    Guardians,
    Intervals,
    LeadingGroup,
    Pairings,
    Participation,
    Progress,
    StudyHelp,
    Supplies,
    TermFiles,
)

TODAY = date(2026, 11, 24)
BEFORE = "2026年春季学期"
LONG_NAME = "阿卜杜热合曼·买买提江·艾"
THIS_TERM: Row = {"name": TERM, "kind": "学期", "starts_on": date(2026, 9, 1), "ends_on": date(2027, 1, 20)}
LAST_TERM: Row = {"name": BEFORE, "kind": "学期", "starts_on": date(2026, 2, 23), "ends_on": date(2026, 7, 10)}
PER_CLASS = 3
_LEVELS = ("无", "轻", "重")
_TROUBLES = ("study_trouble", "mind_trouble", "family_trouble", "safety_trouble", "labour_trouble")
_ASPECTS = ("study", "thought", "mind", "conduct")


def one_child() -> School:
    """One child of one class in its first term, and nothing done yet."""
    return school_of({Children: [{}], Calendar: [THIS_TERM]})


def first_term() -> School:
    """Two children of two classes with files and a few records, no term before."""
    return school_of(
        {
            Children: [{"name": LONG_NAME}, {"class_name": "2班", "is_key": "是"}],
            Calendar: [THIS_TERM],
            TermFiles: [{"study_trouble": "重"}, {"child_id": "S002", "mind_trouble": "轻"}],
            Contacts: [{"day": date(2026, 9, 3)}, {"child_id": "S002", "kind": "通话", "day": date(2026, 10, 9)}],
        }
    )


def full_school(names: Sequence[str] = ()) -> School:
    """Twelve classes with everything filled in, this term and the one before; `names` are the first children's."""
    children = _children(names)
    ids = [child["child_id"] for child in children]
    campaigns: list[Row] = [{**FULL_CAMPAIGN, "term": TERM}, {"campaign_id": "HD02", "name": "暖心走访", "term": TERM},
                            {"campaign_id": "HD03", "name": "春日读书节", "term": BEFORE}]  # fmt: skip
    tables: dict[type[Table], Sequence[Row]] = {
        Children: children,
        Guardians: [{"child_id": one} for one in ids],
        Calendar: [LAST_TERM, THIS_TERM],
        Intervals: [{"kind": kind, "risk": risk, "days": days} for kind, days in (("谈心", 7), ("家访", 60))
                    for risk in "高中低"],
        TermFiles: [*_files(ids[:30], BEFORE, 1), *_files(ids[:33], TERM, 0)],
        Contacts: _contacts(ids),
        Pairings: _pairings(ids),
        StudyHelp: [{"child_id": one, "subject": ("语文", "数学")[n % 2]} for n, one in enumerate(ids[:9])],
        Progress: [{"help_id": f"X{n:04}", "trend": ("进步", "持平", "退步")[n % 3]} for n in range(1, 6)],
        Campaigns: campaigns,
        CampaignSteps: [*class_steps(target=3, reached=2, done_on=date(2026, 9, 16)),
                        {"campaign": "HD02", "target": 24, "reached": 24, "unit": "户"}],
        Participation: [{"campaign": "HD01", "child_id": one, "attendance": "到" if n % 9 else "请假"}
                        for n, one in enumerate(ids)],
        Supplies: [{"child_id": one, "kind": ("图书", "营养品")[n % 2], "amount": 25.5}
                   for n, one in enumerate(ids[:20])],
        LeadingGroup: [{"role": "组长", "staff_id": "T01", "duty": "负责全面工作"}, {"staff_id": "T02"}],
    }  # fmt: skip
    return school_of({**tables, **_staff()}, {"德育负责人": "T02"})


def _staff() -> Mapping[type[Table], Sequence[Row]]:
    from xl_liushou.schema.sheets import Staff

    rows = [{"class_taught": "", **row} for row in staff()]
    rows[0]["attached_class"], rows[1]["attached_class"] = CLASSES[0], CLASSES[1]
    return {Staff: rows}


def _children(names: Sequence[str]) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for place, name in enumerate(CLASSES * PER_CLASS):
        kinds = ("双方外出", "一方外出", "一方外出另一方无监护能力")
        rows.append({
            "child_id": f"YL{place:03}", "name": f"学生{place}号", "grade": name[:3], "class_name": name[3:],
            "gender": "男女"[place % 2], "left_behind_type": kinds[place % 3], "risk": "高中低"[place % 3],
            "is_key": "是" if place % 6 == 0 else "否",
            "filed_on": date(2026, 3, 1) if place < 30 else date(2026, 9, 2),
            "consent": "待签" if place == 7 else "已签",
        })  # fmt: skip
    for row, name in zip(rows, names, strict=False):
        row["name"] = name
    return rows


def _files(ids: Sequence[str], term: str, worse: int) -> list[Row]:
    return [
        {
            "child_id": one, "term": term, "assessed_on": date(2026, 9, 20) if term == TERM else date(2026, 3, 9),
            **{name: _LEVELS[min((n + at) % 3 + worse * (n % 2), 2)] for at, name in enumerate(_TROUBLES)},
            **{name: "优良中差"[min((n + at) % 3 + worse * (n % 2), 3)] for at, name in enumerate(_ASPECTS)},
        }
        for n, one in enumerate(ids)
    ]  # fmt: skip


def _contacts(ids: Sequence[str]) -> list[Row]:
    """A talk every nine days and a call every three weeks, but not with everybody in every month."""
    found: list[Row] = []
    for n, child in enumerate(ids):
        for day in range(0, 266, 9 + n % 5 * 6):
            found.append({"child_id": child, "day": date(2026, 3, 2) + timedelta(days=day)})
        for day in range(n % 20, 266, 21 + n % 4 * 9):
            found.append({"child_id": child, "kind": "通话", "day": date(2026, 3, 2) + timedelta(days=day),
                          "result": "未接通" if day % 5 == 0 else "完成"})  # fmt: skip
    found += [{"child_id": one, "kind": "家访", "day": date(2026, 10, 10)} for one in ids[:8]]
    return found


def _pairings(ids: Sequence[str]) -> list[Row]:
    effects = ("显著", "有效", "一般", "")
    found: list[Row] = [
        {"child_id": one, "helper": "T05", "effect": effects[n % 4]} for n, one in enumerate(ids[:30:6])
    ]
    found += [
        {"child_id": one, "kind": "手拉手", "helper": "王小路", "effect": effects[n % 3]} for n, one in enumerate(ids)
    ]
    return found
