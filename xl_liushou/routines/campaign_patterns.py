"""The two usual campaigns of a school as patterns (domain, D12 and D13): what is done in which phase, by whom, when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

from xl_liushou.core.table import Column
from xl_liushou.schema.sheets import Campaigns

Leader = Literal["组长", "德育负责人", "班主任"]
Target = int | Literal["孩子", "家庭"]
"""A number, or as many as the class (or the school) has children or families."""


class StepPattern(NamedTuple):
    """One step; `at` is when it is due within its phase, from 0 for its first day to 1 for its last.

    What is done `by_class` has a row for every class that has children in care.
    """

    phase: Literal["准备", "实施", "总结"]
    kind: str
    step: str
    content: str
    leader: Leader
    at: float
    target: Target
    unit: str
    by_class: bool = False


@dataclass(frozen=True, slots=True)
class Pattern:
    """A campaign: its name and theme unless others are given, what 活动 says of it, and its steps in order."""

    name: str
    theme: str
    texts: Mapping[Column[str], str]
    steps: tuple[StepPattern, ...]


_LETTERS_AND_CALLS: Final = Pattern(
    "书信电话主题月",
    "一封家书，一通电话，一份牵挂",
    {
        Campaigns.kind: "综合",
        Campaigns.background: "我校一些孩子的父母长年在外务工，孩子的想念和家长的牵挂，都需要有人帮着说出来、传过去。",
        Campaigns.purpose: "让每个孩子给亲人写一封信，让每个家庭接到老师一次电话，让每份档案都是新的，使亲子之间常有联系。",
        Campaigns.place: "各班教室、操场、亲情通话室",
        Campaigns.audience: "全校在册儿童及其家庭",
        Campaigns.requirements: (
            "一、班主任是本班第一责任人，按时完成，不漏一人。二、尊重孩子的意愿，未经同意不公开宣读书信。"
            "三、打电话先说孩子的进步，不告状。四、只拍摄已签照片同意书的孩子。五、发现孩子受到侵害或处于危险，立即报告。"
        ),
        Campaigns.safety_plan: "活动在校内进行，班主任全程在场；外出寄信由两名教师带队。",
    },
    (
        StepPattern("准备", "综合", "成立领导小组，制定方案", "明确分工、时间表和各班任务", "组长", 0.4, 1, "份"),
        StepPattern("准备", "综合", "班主任动员会", "讲清写信、通话、建档的做法和纪律", "德育负责人", 0.7, 1, "次"),
        StepPattern("准备", "物资准备", "准备信纸、信封和邮票", "按各班人数备齐", "德育负责人", 1, "孩子", "份"),
        StepPattern("实施", "升旗讲话", "国旗下讲话", "校领导讲话，学生代表朗读给亲人的信", "组长", 0, 1, "次"),
        StepPattern("实施", "主题班会", "主题班会", "讲亲人的故事，学会表达想念和感谢", "班主任", 0.25, 1, "节", True),
        StepPattern(
            "实施", "座谈会", "座谈会", "围坐谈想念、困难和愿望，记下需要学校帮助的事", "班主任", 0.45, 1, "次", True
        ),
        StepPattern(
            "实施", "亲情书信", "每人写一封家书", "低年级画信，中高年级写信，核对地址后寄出",
            "班主任", 0.6, "孩子", "封", True,
        ),
        StepPattern(
            "实施", "亲情电话", "给每个家庭打一次电话", "先说进步，再说困难，听家长的想法，记入联系记录",
            "班主任", 0.85, "家庭", "户", True,
        ),
        StepPattern(
            "实施", "建档", "更新每个孩子的档案卡", "核对住址、电话和照护人，写好四方面评语", "班主任", 1, "孩子", "份", True
        ),
        StepPattern("总结", "经验介绍会", "班主任经验介绍会", "介绍写信、通话和家访的好做法", "德育负责人", 0.5, 3, "人"),
        StepPattern("总结", "目标考核", "对照目标考核", "逐班核对完成情况，表扬做得好的班", "组长", 1, 1, "次"),
    ),
)  # fmt: skip

_VISITS: Final = Pattern(
    "暖心走访志愿行",
    "走进一户人家，温暖一颗童心",
    {
        Campaigns.kind: "志愿走访",
        Campaigns.background: "一些照护人年事已高，有的家庭情况只在电话里听过，需要当面看一看、听一听。",
        Campaigns.purpose: "走访每个需要走访的家庭，看住处、听心声、送温暖，发现安全隐患及时报告，为每户提出可行的帮扶建议。",
        Campaigns.place: "各村孩子家中",
        Campaigns.audience: "在册儿童及其家庭，重点帮扶对象优先",
        Campaigns.requirements: (
            "一、校领导带队，志愿者分组，佩戴袖章和证件。二、同意书未签的家庭不走访，不拍孩子正面照，不打听隐私，不许诺办不到的事。"
            "三、当天填好走访登记表交学校。四、发现孩子受到侵害或处于危险，立即报告。"
        ),
        Campaigns.safety_plan: "白天走访，结伴而行，雨雪天改期；备急救包，带队老师保持电话畅通，提前与村委会联系。",
    },
    (
        StepPattern("准备", "志愿走访", "招募志愿者，背景核查", "核查身份与有无犯罪记录，签保密承诺", "德育负责人", 0.4, 1, "次"),
        StepPattern(
            "准备", "志愿走访", "拟定走访名单", "核对住址和照护人，确认同意书已签，约好时间", "班主任", 0.6, "家庭", "户", True
        ),
        StepPattern(
            "准备", "志愿走访", "骨干培训与分组", "讲谈话方法、隐私保护和安全纪律，发袖章和志愿者证", "德育负责人", 0.8, 1, "次"
        ),
        StepPattern("准备", "物资准备", "准备慰问物资", "图书、文具、营养品，一户一份，登记数量", "德育负责人", 1, "家庭", "套"),
        StepPattern(
            "实施", "志愿走访", "入户走访", "送物资、听心声、看安全，当天填走访登记表", "班主任", 0.8, "家庭", "户", True
        ),
        StepPattern(
            "实施", "建档", "把走访情况记入档案", "补充家庭情况和需求，定下后续帮扶", "班主任", 1, "孩子", "份", True
        ),
        StepPattern("总结", "经验介绍会", "走访心得交流会", "各组汇报见闻，提出帮扶建议", "德育负责人", 0.5, 1, "次"),
        StepPattern("总结", "目标考核", "走访目标考核", "对照目标核对户数、物资和建议的落实", "组长", 1, 1, "次"),
    ),
)  # fmt: skip

PATTERNS: Final[Mapping[str, Pattern]] = {"书信电话主题月": _LETTERS_AND_CALLS, "志愿走访三阶段": _VISITS}
"""The patterns by the names of the command line."""
