"""The invented school's staff, classes and leading group."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Any, Final

from xl_liushou.build.demo_names import Namer

SCHOOL: Final = "云岭希望小学"
CLASSES: Final = (
    "一年级1班", "二年级1班", "二年级2班", "三年级1班", "三年级2班", "四年级1班", "五年级1班", "五年级2班", "六年级1班",
)  # fmt: skip

PRINCIPAL: Final = "T01"
DEPUTY: Final = "T02"
MORAL_HEAD: Final = "T03"
COUNSELLOR: Final = "T20"
SUPPLIES_CLERK: Final = "T19"

_LEADERS: Final = (("校长", "道德与法治"), ("副校长", "数学"), ("德育主任", "道德与法治"))
_CLASS_SUBJECTS: Final = ("语文", "语文", "数学", "语文", "数学", "语文", "语文", "数学", "语文")
_SUBJECTS: Final = ("数学", "英语", "英语", "科学", "音乐", "体育", "总务", "心理")
_ATTACHED: Final = {
    "T01": "六年级1班", "T02": "五年级1班", "T03": "五年级2班", "T04": "四年级1班", "T08": "三年级2班",
    "T13": "三年级1班",
    "T15": "二年级1班", "T16": "二年级2班", "T18": "一年级1班",
}  # fmt: skip
"""Party members, each attached to a class other than their own."""


@dataclass(frozen=True, slots=True)
class Staffing:
    """The rows of 教职工, and who teaches what."""

    rows: Sequence[dict[str, Any]]

    def class_teacher(self, class_name: str) -> str:
        """The 工号 of a class's teacher."""
        return str(next(row["staff_id"] for row in self.rows if row["class_taught"] == class_name))

    def subject_teacher(self, random: Random, class_name: str, subject: str) -> str:
        """The 工号 of one who teaches a subject, the class's own teacher first."""
        found = [row for row in self.rows if row["subject"] == subject]
        own = [row for row in found if row["class_taught"] == class_name]
        return str(random.choice(own or found)["staff_id"])

    def attached(self, class_name: str) -> str:
        """The 工号 of the party member attached to a class."""
        return str(next(row["staff_id"] for row in self.rows if row["attached_class"] == class_name))

    def name(self, staff_id: str) -> str:
        """The name behind a 工号."""
        return str(next(row["name"] for row in self.rows if row["staff_id"] == staff_id))


def staffing(namer: Namer) -> Staffing:
    """Principal, deputy, head of moral education, a teacher for each class, subject teachers."""
    posts = [(position, subject, "") for position, subject in _LEADERS]
    posts += [("班主任", subject, taught) for subject, taught in zip(_CLASS_SUBJECTS, CLASSES, strict=True)]
    posts += [(_position(subject), subject, "") for subject in _SUBJECTS]
    return Staffing([_member(namer, number, *post) for number, post in enumerate(posts, 1)])


def _position(subject: str) -> str:
    return {"总务": "总务主任", "心理": "心理辅导教师"}.get(subject, f"{subject}教师")


def _member(namer: Namer, number: int, position: str, subject: str, taught: str) -> dict[str, Any]:
    staff_id = f"T{number:02d}"
    attached = _ATTACHED.get(staff_id, "")
    return {
        "staff_id": staff_id,
        "name": namer.adult(namer.random.choice(("男", "女", "女"))),
        "position": position,
        "subject": "" if subject in {"总务", "心理"} else subject,
        "class_taught": taught,
        "mobile": f"139000000{number:02d}",
        "email": f"teacher{number:02d}@example.com",
        "party_member": "是" if attached else "否",
        "attached_class": attached,
        "on_duty": "是",
    }


_GROUP: Final = (
    ("组长", PRINCIPAL, "全面负责留守儿童关爱工作，每学期召开两次专题会，审定方案和总结", ""),
    ("副组长", DEPUTY, "分管教学与学习帮扶，督促任课教师落实分科辅导", ""),
    ("副组长", MORAL_HEAD, "负责日常组织，每周查看逾期提醒，协调家校联系", ""),
    ("成员", COUNSELLOR, "负责心理筛查与个别辅导，管理亲情聊天室", ""),
    ("成员", SUPPLIES_CLERK, "负责关爱物资的采购、发放与签收", ""),
    ("成员", "T18", "负责体育、劳动和安全教育活动", ""),
    ("组长", MORAL_HEAD, "统筹书信电话主题月，审定各班安排", "HD01"),
    ("副组长", DEPUTY, "组织班主任主题班会观摩与座谈会", "HD01"),
    ("成员", COUNSELLOR, "指导孩子写信、通话时的情绪疏导", "HD01"),
    ("组长", PRINCIPAL, "带队走访，负责走访纪律与安全", "HD02"),
    ("副组长", MORAL_HEAD, "志愿者审核、培训与分组", "HD02"),
    ("成员", SUPPLIES_CLERK, "慰问物资采购与登记", "HD02"),
)


def leading_groups() -> list[dict[str, Any]]:
    """The school's leading group and those of the two campaigns."""
    names = ("role", "staff_id", "duty", "campaign")
    return [{"number": f"Z{number:02d}", **dict(zip(names, one, strict=True))} for number, one in enumerate(_GROUP, 1)]
