"""The invented school's two campaigns in words: rows of 活动 and the texts of their 活动环节."""

from __future__ import annotations

from typing import Any, Final, NamedTuple


class StepText(NamedTuple):
    """A kind of step: 环节类型, 环节, 内容, 负责人, its day within the campaign, 目标值 and 单位."""

    kind: str
    title: str
    content: str
    leader: str
    day: int
    target: int
    unit: str


MONTH_READY: Final = StepText("建档", "动员会与摸底", "班主任会议，明确分工与时间表", "T02", 3, 20, "人")
MONTH_SPEECH: Final = StepText(
    "升旗讲话", "国旗下讲话《一封家书，一份爱》", "校长讲话，学生代表朗读给亲人的信", "T01", 5, 1, "次"
)
MONTH_TALKS: Final = StepText(
    "座谈会", "座谈会“我想对你说”", "围坐交流想念、困难和愿望，记下需要学校帮助的事", "T20", 17, 1, "次"
)
MONTH_BY_CLASS: Final = (
    StepText("主题班会", "主题班会《遥远的爱，近在身边》", "讲亲人的故事，画爱的地图，学会表达感谢", "", 11, 1, "节"),
    StepText("亲情书信", "每人写一封家书", "低年级画信，中高年级写信，老师核对地址后寄出", "", 15, 0, "封"),
    StepText("亲情电话", "每家通一次电话", "报喜为先，再说困难，听家长的想法", "", 23, 0, "户"),
    StepText("建档", "更新档案卡", "核对住址、电话和照护人，补齐四方面评语", "", 27, 0, "份"),
)
"""What every class does; the target 0 stands for as many as the class has children."""
MONTH_CLOSING: Final = (
    StepText("经验介绍会", "班主任经验介绍会", "三位班主任介绍写信、通话的做法", "T02", 30, 3, "人"),
    StepText("目标考核", "目标考核与表扬", "逐班核对完成情况，评选“暖心班级”", "T03", 31, 9, "个"),
)

VISITS_READY: Final = (
    StepText("志愿走访", "志愿者招募与背景核查", "核查身份与无犯罪记录，签保密承诺", "T03", 4, 12, "人"),
    StepText("志愿走访", "骨干培训与分组", "讲谈话技巧、隐私保护和安全纪律，发袖章和志愿者证", "T20", 8, 12, "人"),
    StepText("物资准备", "采购图书、文具和营养品", "每户一袋：两本书、一套文具、一箱牛奶", "T19", 10, 24, "套"),
)
VISITS_LATE: Final = StepText("物资准备", "补齐棉衣尺码登记", "按走访登记的身高统计", "T19", 16, 24, "人")
VISITS_CLOSING: Final = (
    StepText("经验介绍会", "走访心得交流会", "各组汇报见闻，提出帮扶建议", "T01", 27, 1, "次"),
    StepText("目标考核", "走访目标考核", "对照目标核对户数、物资和建议落实", "T03", 29, 24, "户"),
)

MONTH_TEXTS: Final[dict[str, Any]] = {
    "name": "书信电话主题月",
    "theme": "一封家书，一声问候，一份牵挂",
    "kind": "综合",
    "background": "我校不少孩子的父母常年在外，一年难得回家一两次。孩子把想念藏在心里，家长也常不知道和孩子说什么。",
    "purpose": ("让每个孩子给父母写一封信，让每个家庭接到老师一次电话，让每份档案都是新的，使父母与孩子的心贴得更近。"),
    "place": "各班教室、亲情聊天室、操场",
    "audience": "全校在册儿童及其家庭",
    "leader": "T03",
    "requirements": (
        "（一）班主任是第一责任人，按时完成，不漏一人。\n（二）尊重孩子意愿，未经同意不公开宣读书信。\n"
        "（三）电话报喜为先，不在电话里告状。\n（四）照片只拍已签同意书的孩子。"
    ),
    "budget": 860,
    "safety_plan": "活动在校内进行，班主任全程在场；外出寄信由两名教师带队，走人行道。",
    "status": "完成",
    "results": (
        "九个班的主题班会全部开完，书信寄出后陆续收到回音；通话覆盖了绝大多数家庭，主动来电的家长多了，"
        "孩子们课间的笑声也多了。"
    ),
    "lessons": "个别家长换号未告知，通话延后，下次提前两周核对号码；低年级写信需要更多示范和信纸。",
}

VISITS_TEXTS: Final[dict[str, Any]] = {
    "name": "暖心走访志愿行",
    "theme": "走进一户人家，温暖一颗童心",
    "kind": "志愿走访",
    "background": "一些老人年事已高，照护力不从心；有的家庭情况只在电话里听过，需要当面看一看、听一听。",
    "purpose": ("走访二十四户，看住处、听心声、送温暖，发现安全隐患及时报告，为每户提出一条可行的帮扶建议。"),
    "place": "云岭、青石、白水、松坪四个村",
    "audience": "重点帮扶对象和四个村的部分家庭",
    "leader": "T01",
    "requirements": (
        "（一）校领导带队，志愿者分组，佩戴袖章和证件。\n"
        "（二）不拍孩子正面照，不打听隐私，不许诺办不到的事。\n"
        "（三）当天填好登记表交德育处。\n（四）发现侵害或危险立即报告。"
    ),
    "budget": 4200,
    "safety_plan": "白天走访，结伴而行，雨天改期；备急救包，带队老师保持电话畅通，提前与村委会联系。",
    "status": "进行",
}
