"""Schools for the papers of families: the barest, an ordinary and the most talkative child, and siblings."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.support.schools import school_of
from xl_liushou.core.table import Table
from xl_liushou.schema.school import School
from xl_liushou.schema.sheets import Children, Contacts, Guardians, Progress, Staff, StudyHelp, TermFiles

TODAY = date(2026, 10, 21)
LONG_NAME = "阿卜杜热西提·买买提明江"
COMMENT = (
    "孩子上课认真听讲，能主动回答问题，作业书写工整，数学计算的速度和正确率都有提高；"
    "语文朗读声音洪亮，作文能写出真情实感。"
)
COMMENT_200 = (COMMENT * 4)[:200]
_STAFF = [{"staff_id": "T01", "name": "周正"}, {"staff_id": "T02", "name": "王芳", "class_taught": "三年级1班"}]
_ASPECTS = ("study", "thought", "mind", "conduct")
_RELATIONS = ("父亲", "母亲", "祖父", "外祖母", "其他亲属")


def bare_school() -> School:
    """A child with a father and nothing else."""
    return school_of({Children: [{"name": "张明"}], Guardians: [{"name": "张强"}]})


def plain_school() -> School:
    """A child with parents away and a grandfather at home, a file, study help, progress, three contacts."""
    return school_of(
        {
            Children: [
                {
                    "name": "张明", "birth_date": date(2016, 3, 2), "id_number": "990001201603020017",
                    "family_id": "F1",
                    "home_address": "青山镇云岭村二组18号", "hardships": ("家庭贫困",), "ethnicity": "土家族",
                }
            ],
            Guardians: [
                {"name": "张强", "relation": "父亲", "mobile": "13900000001", "is_first_contact": "是",
                 "is_carer": "否", "work_place": "广东东莞"},
                {"name": "李梅", "relation": "母亲", "mobile": "13900000002", "gets_copy": "是"},
                {"name": "张大山", "relation": "祖父", "mobile": "13900000003", "works_away": "否", "is_carer": "是"},
            ],
            Staff: _STAFF,
            TermFiles: [
                {
                    "study": "中", "mind": "差", "conduct": "优", "study_note": "计算比开学时细心", "strengths": "画画",
                    "mind_note": "想念父母时话比较少。", "family_trouble": "重", "assessor": "T02",
                }
            ],
            StudyHelp: [{"teacher": "T02"}],
            Progress: [{"kind": "单元", "conclusion": "两位数乘法更熟练了", "next_step": "练习除法"}],
            Contacts: [
                {"day": date(2026, 9, 10), "summary": "刚开学有些想家", "recorder": "T02"},
                {"day": date(2026, 9, 20), "kind": "家访", "contact": "J0003", "summary": "看望爷爷"},
                {"day": date(2026, 9, 25), "secrecy": "限领导", "summary": "只给领导看"},
                {"day": date(2026, 12, 1), "summary": "以后的事"},
            ],
        }
    )  # fmt: skip


def long_school(guardians: int = 5, contacts: int = 40) -> School:
    """Everything as long as it comes: names of 12 characters, comments of 200, five guardians, 40 contacts."""
    child = {
        "child_id": "YL2023000001", "name": LONG_NAME, "grade": "六年级", "class_name": "12班", "ethnicity": "维吾尔族",
        "id_number": "990001201603020017", "student_number": "G990001201603020017", "risk": "高",
        "hamlet": "云岭社区第十二村民小组", "health": "患病", "health_note": COMMENT, "boards": "是",
        "home_address": "某某自治州云岭县青山镇云岭社区第十二村民小组三单元1802室（村委会东侧）",
        "registered_address": "某某自治州云岭县青山镇云岭社区第十二村民小组", "left_behind_since": date(2020, 12, 20),
        "left_behind_type": "一方外出另一方无监护能力", "birth_date": date(2014, 12, 20),
        "hardships": ("事实无人抚养", "重病", "家庭贫困", "监护缺失或不当"),
        "photo_consent": "是",
    }  # fmt: skip
    file: dict[str, Any] = {"strengths": "画画、跑步、民族舞蹈", "assessor": "T02"}
    for aspect in _ASPECTS:
        file |= {aspect: "差", f"{aspect}_note": COMMENT_200, f"{aspect}_trouble": "重"}
    del file["thought_trouble"], file["conduct_trouble"]
    rows: dict[type[Table], list[dict[str, Any]]] = {
        Children: [child],
        Guardians: [
            {
                "relation": relation, "name": LONG_NAME, "mobile": f"1390000000{number}", "gets_copy": "是",
                "work_place": "新疆维吾尔自治区巴音郭楞蒙古自治州库尔勒市",
                "occupation": "建筑安装工程有限责任公司安装工",
                "health": "患病", "capacity": "重病",
            }
            for number, relation in enumerate(_RELATIONS[:guardians])
        ],
        Staff: [{"staff_id": "T01"}, {"staff_id": "T02", "name": LONG_NAME, "class_taught": "六年级12班"}],
        TermFiles: [file],
        StudyHelp: [{"teacher": "T02", "content": COMMENT[:30]}, {"subject": "语文", "teacher": "T02"}],
        Progress: [
            {"conclusion": COMMENT[:40], "next_step": "练习除法"},
            {"help_id": "X0002", "conclusion": COMMENT[:40]},
        ],
        Contacts: [
            {"kind": "物资慰问", "day": date(2026, 9, 1 + number % 28), "recorder": "T02", "result": "未接通",
             "summary": COMMENT_200}
            for number in range(contacts)
        ],
    }  # fmt: skip
    for sheet in (Guardians, TermFiles, StudyHelp, Contacts):
        for row in rows[sheet]:
            row["child_id"] = child["child_id"]
    return school_of(rows, settings={"学校名称": "某某自治州云岭县青山镇云岭民族中心小学校"})


def sibling_school(count: int = 4) -> School:
    """Siblings in different classes, the eldest last in the roster, with one father and a file each."""
    grades = ("一年级", "三年级", "四年级", "六年级")
    kids = [
        {"child_id": f"S00{n}", "name": f"张小{'美强丽明'[n]}", "grade": grades[n], "family_id": "F1",
         "birth_date": date(2019 - n, 3, 2)}
        for n in range(count)
    ]  # fmt: skip
    return school_of(
        {
            Children: kids,
            Guardians: [{"child_id": kid["child_id"], "name": "张强", "mobile": "13900000001"} for kid in kids],
            TermFiles: [{"child_id": kid["child_id"], "mind": "优", "study_note": COMMENT} for kid in kids],
            Staff: _STAFF,
        }
    )
