"""Schools for lists and forms: the barest, and one in which everything is as long and as many as it comes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from tests.documents.families import COMMENT, COMMENT_200, LONG_NAME
from tests.support.schools import Row, school_of
from xl_liushou.core.table import Table
from xl_liushou.schema.school import School
from xl_liushou.schema.sheets import (
    Campaigns,
    CampaignSteps,
    Children,
    Contacts,
    Guardians,
    Pairings,
    Participation,
    Progress,
    Staff,
    StudyHelp,
    Supplies,
    Volunteers,
)

TODAY = date(2026, 10, 21)
LONG_SCHOOL = "某某自治州云岭县青山镇云岭民族中心小学校"
_LONG_CAMPAIGN = "“书信传情，爱不遥远”暨“暖心走访志愿行”冬季主题关爱活动周"
_KINDS = ("教师帮扶", "学习帮手", "手拉手", "志愿者", "党员领导")
_RELATIONS = ("父亲", "母亲", "外祖母", "其他亲属", "受托人")
_CLEARED: Row = {"campaign": "H1", "checked_on": date(2026, 10, 1), "pledged": "是"}


def bare_world() -> School:
    """One child of two characters with nothing more than each paper cannot do without."""
    return school_of(
        {
            Children: [{"name": "张明"}],
            Guardians: [{"name": "张强"}],
            StudyHelp: [{"teacher": ""}],
            Pairings: [{"helper": "李芳", "kind": "手拉手"}],
            Campaigns: [{"campaign_id": "H1", "name": "走访", "leader": ""}],
            Volunteers: [{**_CLEARED, "group": "一组"}],
            Participation: [{"campaign": "H1", "group": "一组"}],
            Supplies: [{"handled_by": ""}],
        },
        settings={"落款单位": "", "联系电话": "", "德育负责人": "", "学期": "", "保留年限": None},
    )


def long_world(many: int = 40, guardians: int = 5) -> School:
    """`many` children, four of them siblings; the first with `many` records of everything, all texts long."""
    children = [_child(number) for number in range(many)]
    ids: list[str] = [child["child_id"] for child in children]
    tables: dict[type[Table], Sequence[Row]] = {
        Children: children,
        Guardians: [_guardian(child_id, number) for child_id in ids for number in range(guardians)],
        Staff: [{"staff_id": "T01", "name": LONG_NAME, "position": "党支部书记、校长", "class_taught": "六年级12班"}],
        Contacts: [_contact(ids[0], kind, number) for kind in ("谈心", "通话", "家访") for number in range(many)],
        StudyHelp: [_plan(ids[0], subject) for subject in ("道德与法治", "信息科技")],
        Progress: [_check(number) for number in range(many)],
        Pairings: [
            {"child_id": child_id, "kind": kind, "helper": LONG_NAME, "goal": COMMENT, "subject": "道德与法治"}
            for child_id in ids for kind in _KINDS
        ],
        Campaigns: [{"campaign_id": "H1", "name": _LONG_CAMPAIGN}],
        CampaignSteps: [{"campaign": "H1", "step": "第十二走访小组入户走访"}],
        Volunteers: [_volunteer() for _ in range(6)],
        Participation: [{"campaign": "H1", "child_id": child_id, "group": "第十二走访小组"} for child_id in ids],
        Supplies: [_supply(ids[0]) for _ in range(many)],
    }  # fmt: skip
    return school_of(tables, settings={"学校名称": LONG_SCHOOL, "落款单位": LONG_SCHOOL, "保留年限": 30})


def _child(number: int) -> dict[str, Any]:
    return {
        "child_id": f"YL2023{number:06}", "name": LONG_NAME, "grade": "六年级", "class_name": f"{12 - number % 2}班",
        "birth_date": date(2014, 12, 20), "id_number": f"99000120141220{number:04}",
        "hamlet": "云岭社区第十二村民小组", "family_id": "F1" if number < 4 else "",
        "home_address": "某某自治州云岭县青山镇云岭社区第十二村民小组三单元1802室（村委会东侧）",
        "left_behind_type": "一方外出另一方无监护能力", "health": "患病", "health_note": COMMENT, "is_key": "是",
    }  # fmt: skip


def _guardian(child_id: str, number: int) -> Row:
    return {
        "guardian_id": f"J{child_id}{number}", "child_id": child_id, "relation": _RELATIONS[number],
        "name": LONG_NAME, "work_place": "新疆维吾尔自治区巴音郭楞蒙古自治州库尔勒市",
    }  # fmt: skip


def _contact(child_id: str, kind: str, number: int) -> Row:
    return {
        "child_id": child_id, "kind": kind, "day": date(2026, 9, 1 + number % 28), "way": "电话", "result": "未接通",
        "contact": f"J{child_id}0", "topics": ("学习", "人际交往", "心理", "安全"), "summary": COMMENT_200,
        "issue": COMMENT, "measures": COMMENT, "feedback": COMMENT, "secrecy": "限领导",
        "follow_up_by": date(2026, 10, 30), "followed_up_on": date(2026, 10, 20),
    }  # fmt: skip


def _plan(child_id: str, subject: str) -> Row:
    return {
        "child_id": child_id, "subject": subject, "group": "六年级综合提高第二组", "baseline": COMMENT, "now": COMMENT,
        "goal": COMMENT, "times": "周一、周三、周五午后12:50—13:10，周末由志愿者上门", "content": COMMENT_200,
    }  # fmt: skip


def _check(number: int) -> Row:
    return {
        "checked_on": date(2026, 9, 1 + number % 28), "kind": "单元", "score": 85.5, "level": "待合格", "trend": "进步",
        "conclusion": COMMENT, "next_step": COMMENT,
    }  # fmt: skip


def _volunteer() -> Row:
    return {
        **_CLEARED, "name": LONG_NAME, "organisation": "云山师范学院马克思主义学院青年志愿者协会", "leads": "是",
        "group": "第十二走访小组", "card_number": "ZY2026-11-00123", "mobile": "13700000001",
    }  # fmt: skip


def _supply(child_id: str) -> Row:
    return {
        "campaign": "H1", "child_id": child_id, "kind": "助学金", "name": "《昆虫记》《窗边的小豆豆》等课外读物一套",
        "quantity": 12.5, "amount": 12345.67, "signed_by": LONG_NAME,
    }  # fmt: skip
