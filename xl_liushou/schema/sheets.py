"""The sheets and columns of the master workbook, each declared once (source: domain, section 3).

A new column is one line here: the blank workbook, its drop-downs, hints and formats, the parsing,
the checks and the merge tags follow from it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from xl_liushou.core.table import Column, Table
from xl_liushou.schema.kinds import Choice, Date, Number, Several
from xl_liushou.schema.text_kinds import (
    ClassName,
    Email,
    FamilyId,
    IdNumber,
    LongText,
    Name,
    Phone,
    StudentNumber,
    Text,
)


class Children(Table, title="花名册", key=("child_id",), hint="全校留守儿童名册，一名孩子一行"):
    """The roster: one row a child."""

    child_id = Text(
        "儿童编号", required=True, width=11, synonyms=("学生编号",), hint="学校给定，永不改变，不要用身份证号"
    )
    name = Name(
        "姓名",
        required=True,
        privacy="公",
        synonyms=("学生姓名", "儿童姓名", "孩子姓名", "留守儿童姓名", "学生", "儿童"),
        hint="与户口簿一致",
    )
    gender = Choice("性别", "性别", required=True, privacy="公", width=6)
    ethnicity = Choice("民族", "民族", width=9, synonyms=("族别",))
    birth_date = Date(
        "出生日期", required=True, past=True, synonyms=("出生年月日", "出生年月", "生日"), hint="例如 2016-03-02"
    )
    id_number = IdNumber(
        "身份证号",
        privacy="密",
        synonyms=("身份证号码", "公民身份号码", "身份证", "公民身份证号", "身份证件号", "身份证件号码"),
        hint="18 位，最后一位可以是 X",
    )
    student_number = StudentNumber(
        "学籍号", width=22, synonyms=("学籍号码", "全国学籍号", "学籍编号"), hint="G、J 或 L 开头，共 19 位"
    )
    grade = Choice("年级", "年级", required=True, privacy="公", width=8, synonyms=("所在年级",))
    class_name = ClassName(
        "班级",
        required=True,
        privacy="公",
        synonyms=("所在班级", "年级班级", "班别", "年班", "就读班级", "就读学校及班级", "学校及班级"),
        hint="只写班，例如 1班",
    )
    family_id = FamilyId("家庭编号", width=10, hint="兄弟姐妹填同一个编号，独生可不填")
    boards = Choice("寄宿", width=6, synonyms=("是否寄宿", "是否住校", "住校", "是否寄宿生", "寄宿情况"))
    hamlet = Text("村组", width=14, synonyms=("村民小组", "村寨", "自然村"), hint="例如 云岭村二组")
    home_address = Text(
        "家庭住址",
        privacy="家",
        width=28,
        synonyms=("现住址", "住址", "家庭地址", "详细住址", "家庭详细住址", "现居住地", "居住地址", "现居住地址"),
    )
    registered_address = Text("户籍地", privacy="家", width=24, synonyms=("户籍所在地", "户籍地址", "户口所在地"))
    left_behind_type = Choice(
        "留守类型",
        "留守类型",
        required=True,
        width=16,
        synonyms=("留守类别", "留守情况"),
        hint="与监护人表的“是否外出”一致",
    )
    left_behind_since = Date("留守起始日", synonyms=("留守开始日期", "留守起始日期"))
    health = Choice("健康状况", "健康状况", synonyms=("身体状况", "健康情况", "身体健康状况"))
    health_note = LongText("健康说明", privacy="家", width=18, synonyms=("健康状况说明",))
    hardships = Several("困境类别", "困境类别", privacy="密", synonyms=("困境类型",), hint="多项用顿号隔开")
    is_key = Choice("重点帮扶", default="否", synonyms=("重点帮扶对象", "是否重点帮扶", "是否重点"), hint="空白按“否”")
    risk = Choice("风险等级", "风险等级", required=True, hint="决定多久谈心、通话一次")
    assessed_on = Date("评估日期", past=True, hint="最近一次评定风险等级的日期")
    case_status = Choice("个案状态", "个案状态", default="在管", hint="空白按“在管”")
    paused_until = Date("暂停至日", hint="个案状态为“暂停”时填写")
    filed_on = Date("建档日期", required=True, past=True)
    closed_on = Date("结案日期", past=True, ends=filed_on)
    closing_reason = Text("结案原因", width=16)
    consent = Choice("同意书", "同意书", synonyms=("知情同意书",))
    photo_consent = Choice("照片同意", hint="监护人是否同意拍照并用于校内材料")
    note = LongText("备注", width=20)


class Guardians(Table, title="监护人", key=("guardian_id",), hint="父母与照护人，一人一行"):
    """Parents and carers: one row a person and child."""

    guardian_id = Text("编号", generated="J", width=9, hint="可不填，由程序编号")
    child_id = Text("儿童编号", required=True, refers="花名册", width=11, synonyms=("学生编号",))
    relation = Choice(
        "关系",
        "关系",
        required=True,
        privacy="家",
        synonyms=("与儿童关系", "与学生关系", "与孩子关系", "与本人关系", "称谓", "监护关系"),
    )
    name = Name("姓名", required=True, privacy="家", synonyms=("监护人姓名", "家长姓名"))
    mobile = Phone(
        "手机",
        privacy="家",
        synonyms=("电话", "手机号", "手机号码", "联系电话", "电话号码", "联系方式", "移动电话", "联系号码", "手机电话"),
        hint="11 位手机号",
    )
    landline = Phone("固定电话", privacy="家", synonyms=("座机",), hint="区号-号码")
    email = Email("邮箱", privacy="家", synonyms=("电子邮箱", "邮件地址", "电子邮件"), hint="只填一个地址")
    birth_year = Number("出生年份", least=1900, most=2100)
    education = Choice("文化程度", "文化程度", synonyms=("学历", "文化水平"))
    occupation = Text("职业或单位", width=16, synonyms=("工作单位", "职业", "职业及单位", "从事工作", "工种"))
    health = Choice("健康状况", "健康状况", synonyms=("身体状况", "健康情况", "身体健康状况"))
    works_away = Choice(
        "是否外出",
        required=True,
        synonyms=("外出务工", "是否外出务工", "是否在外务工"),
        hint="是否在外务工、不在家居住",
    )
    work_place = Text(
        "务工地",
        width=18,
        synonyms=(
            "务工地点",
            "外出地点",
            "打工地点",
            "打工地",
            "务工所在地",
            "外出务工地点",
            "外出务工地",
            "务工地址",
            "务工城市",
        ),
    )
    returns_on = Date("预计返乡日", synonyms=("预计返乡时间", "预计返乡日期"))
    capacity = Choice("监护能力", "监护能力", synonyms=("有无监护能力",))
    is_carer = Choice("现照护人", required=True, hint="每名孩子有且只有一人为“是”")
    is_first_contact = Choice("首选联系人", required=True, width=11, hint="每名孩子有且只有一人为“是”")
    gets_copy = Choice("另寄一份", hint="家庭的信是否也寄给此人")
    mandate = Choice("委托书", "委托书")
    mandate_until = Date("委托书到期日")
    channel = Choice("收信方式", "收信方式", default="纸质", hint="空白按“纸质”")
    good_time = Text("方便时段", width=14, hint="例如 晚上8点后")
    note = LongText("备注", width=20)


class TermFiles(Table, title="档案", key=("child_id", "term"), hint="一名孩子一学期一行"):
    """The file of a child for a term: ratings, troubles, needs."""

    child_id = Text("儿童编号", required=True, refers="花名册", width=11)
    term = Text("学期", required=True, refers="校历", width=16, hint="与校历中的学期名称一致")
    study = Choice("学习", "评定", required=True, privacy="家", width=7)
    study_note = LongText("学习评语", privacy="家")
    thought = Choice("思想", "评定", required=True, privacy="家", width=7)
    thought_note = LongText("思想评语", privacy="家")
    mind = Choice("心理", "评定", required=True, privacy="家", width=7)
    mind_note = LongText("心理评语", privacy="家")
    conduct = Choice("品德", "评定", required=True, privacy="家", width=7)
    conduct_note = LongText("品德评语", privacy="家")
    study_trouble = Choice("学业困难", "程度", privacy="密")
    mind_trouble = Choice("心理困扰", "程度", privacy="密")
    family_trouble = Choice("亲情缺失", "程度", privacy="密")
    safety_trouble = Choice("安全隐患", "程度", privacy="密")
    labour_trouble = Choice("劳动过重", "程度", privacy="密")
    strengths = Text("特长", privacy="家", width=16)
    difficulties = LongText("主要困难")
    needs = LongText("需求")
    income = Choice("经济来源", "经济来源")
    aid = Several("已享救助", "已享救助", hint="多项用顿号隔开")
    assessor = Text("评价人", required=True, refers="教职工", hint="填工号")
    assessed_on = Date("评价日期", required=True, past=True)


class Pairings(Table, title="结对", key=("pairing_id",), hint="谁帮扶哪名孩子"):
    """Who helps which child."""

    pairing_id = Text("编号", generated="D", width=9, hint="可不填，由程序编号")
    child_id = Text("儿童编号", required=True, refers="花名册", width=11)
    kind = Choice("类型", "结对类型", required=True)
    helper = Text("帮扶人", required=True, hint="填工号、儿童编号或志愿者编号；名册外的同学直接写姓名")
    subject = Choice("学科", "学科")
    goal = LongText("帮扶目标")
    starts_on = Date("开始日期", required=True)
    ends_on = Date("结束日期", ends=starts_on)
    check_days = Number("检查周期天数", least=1, most=366, width=13)
    checked_on = Date("上次检查日", past=True)
    effect = Choice("效果", "帮扶效果")
    end_reason = Text("终止原因", width=16)


class Contacts(Table, title="联系记录", key=("contact_id",), hint="谈心、通话、家访等，一次一行"):
    """Talks, calls, visits: one row each."""

    contact_id = Text("编号", generated="L", width=9, hint="可不填，由程序编号")
    child_id = Text("儿童编号", required=True, refers="花名册", width=11)
    kind = Choice("类型", "联系类型", required=True)
    day = Date("日期", required=True, past=True)
    way = Choice("方式", "联系方式", width=8)
    recorder = Text("记录人", required=True, refers="教职工", hint="填工号")
    contact = Text("对象", refers="监护人", width=9, hint="监护人编号；完成的通话和家访必填")
    result = Choice("结果", "联系结果", required=True, width=9)
    topics = Several("主题", "主题", hint="多项用顿号隔开")
    summary = LongText("摘要", width=36)
    issue = LongText("问题", width=24)
    measures = LongText("措施", width=24)
    feedback = LongText("家长反馈", privacy="家", width=24)
    campaign = Text("活动编号", refers="活动", width=10)
    needs_follow_up = Choice("需跟进", width=8)
    follow_up_by = Date("跟进期限")
    followed_up_on = Date("跟进完成日", past=True)
    must_report = Choice("强制报告", privacy="密", hint="发现侵害等情形填“是”，并立即报告")
    reported_at = Date("报告时间", privacy="密", past=True)
    reported_to = Text("报告部门", privacy="密", width=14)
    secrecy = Choice("密级", "密级", width=8)


class StudyHelp(Table, title="学习帮扶", key=("help_id",), hint="分科帮扶计划"):
    """A study-help plan for a child and subject."""

    help_id = Text("编号", generated="X", privacy="家", width=9, hint="可不填，由程序编号")
    child_id = Text("儿童编号", required=True, privacy="家", refers="花名册", width=11)
    term = Text("学期", required=True, privacy="家", refers="校历", width=16)
    subject = Choice("学科", "学科", required=True, privacy="家")
    group = Text("分组", privacy="家")
    starts_on = Date("开始日期", required=True, privacy="家")
    baseline = LongText("基线", privacy="家", width=20)
    now = LongText("现状", privacy="家", width=20)
    goal = LongText("目标", required=True, privacy="家", width=24)
    times = Text("帮扶时间", required=True, privacy="家", width=18)
    content = LongText("帮扶内容", required=True, privacy="家")
    teacher = Text("责任教师", required=True, privacy="家", refers="教职工", hint="填工号")
    stage_ends_on = Date("阶段截止", required=True, privacy="家", ends=starts_on)
    status = Choice("状态", "帮扶状态", privacy="家")


class Progress(Table, title="进步记录", key=("progress_id",), hint="学习帮扶的每次检查；不记名次"):
    """A check of a study-help plan."""

    progress_id = Text("编号", generated="P", privacy="家", width=9, hint="可不填，由程序编号")
    help_id = Text("帮扶编号", required=True, privacy="家", refers="学习帮扶", width=10)
    checked_on = Date("检查日期", required=True, privacy="家", past=True)
    kind = Choice("类型", "检查类型", privacy="家")
    score = Number("得分", privacy="家", least=0, most=1000, whole=False, width=8)
    level = Choice("等级", "等级", privacy="家")
    trend = Choice("较基线", "较基线", privacy="家")
    conclusion = LongText("结论", required=True, privacy="家")
    next_step = LongText("下一步", privacy="家")


class Campaigns(Table, title="活动", key=("campaign_id",), hint="一项活动一行"):
    """A campaign."""

    campaign_id = Text("活动编号", required=True, width=10)
    name = Text("名称", required=True, width=26)
    theme = Text("主题", required=True, width=26)
    kind = Choice("类型", "活动类型", required=True)
    term = Text("学期", refers="校历", width=16)
    background = LongText("背景")
    purpose = LongText("目的", required=True)
    starts_on = Date("开始日期", required=True)
    ends_on = Date("结束日期", required=True, ends=starts_on)
    place = Text("地点", width=16)
    audience = Text("对象", width=20)
    leader = Text("负责人", required=True, refers="教职工", hint="填工号")
    prepares_from = Date("准备阶段起")
    prepares_to = Date("准备阶段止", ends=prepares_from)
    runs_from = Date("实施阶段起")
    runs_to = Date("实施阶段止", ends=runs_from)
    closes_from = Date("总结阶段起")
    closes_to = Date("总结阶段止", ends=closes_from)
    requirements = LongText("要求")
    budget = Number("预算", whole=False)
    safety_plan = LongText("安全预案")
    status = Choice("状态", "活动状态")
    results = LongText("成效")
    lessons = LongText("问题与改进")


class CampaignSteps(Table, title="活动环节", key=("step_id",), hint="谁在哪个班、什么时候前做什么"):
    """A step of a campaign: who does what, in which class, by when."""

    step_id = Text("编号", generated="H", width=9, hint="可不填，由程序编号")
    campaign = Text("活动编号", required=True, refers="活动", width=10)
    number = Number("序号", required=True, least=1, most=9999, width=7)
    phase = Choice("阶段", "阶段", width=8)
    kind = Choice("环节类型", "环节类型")
    step = Text("环节", required=True, width=26)
    content = LongText("内容", width=36)
    class_name = ClassName("班级", width=12, hint="例如 三年级1班；全校的环节不填")
    leader = Text("负责人", refers="教职工", hint="填工号")
    due_on = Date("截止日期")
    done_on = Date("完成日期", past=True)
    target = Number("目标值", whole=False, width=9)
    reached = Number("完成值", whole=False, width=9)
    unit = Choice("单位", "单位", width=8)
    photos = Text("照片", width=20, hint="照片文件名，多张用顿号隔开")
    pictured = Several("照片中儿童", refers="花名册", hint="儿童编号，用顿号隔开")
    note = LongText("备注", width=20)


class Participation(Table, title="活动参与", key=("campaign", "child_id"), hint="孩子参加了哪些活动"):
    """A child's part in a campaign."""

    campaign = Text("活动编号", required=True, refers="活动", width=10)
    child_id = Text("儿童编号", required=True, refers="花名册", width=11)
    attendance = Choice("到场", "到场", required=True, width=8)
    group = Text("分组")
    role = Text("角色")
    outcome = LongText("成果", width=24)


class Volunteers(Table, title="志愿者", key=("volunteer_id",), hint="走访与帮扶的志愿者"):
    """A volunteer."""

    volunteer_id = Text("志愿者编号", required=True)
    name = Name("姓名", required=True)
    gender = Choice("性别", "性别", width=6)
    organisation = Text("单位", width=18)
    mobile = Phone("手机")
    campaign = Text("活动编号", refers="活动", width=10)
    group = Text("分组")
    leads = Choice("组长", width=6)
    card_number = Text("证号")
    has_armband = Choice("袖章领用")
    checked_on = Date("背景核查日", past=True, hint="核查有效期一年")
    trained_on = Date("培训日", past=True)
    pledged = Choice("保密承诺")


class Supplies(Table, title="关爱物资", key=("supply_id",), hint="慰问物资的发放与签收"):
    """Supplies given to a child."""

    supply_id = Text("编号", generated="W", width=9, hint="可不填，由程序编号")
    campaign = Text("活动编号", refers="活动", width=10)
    child_id = Text("儿童编号", required=True, refers="花名册", width=11)
    kind = Choice("类别", "物资类别", required=True)
    name = Text("名称", required=True, width=18)
    quantity = Number("数量", required=True, most=100000, whole=False, width=8)
    amount = Number("金额", whole=False, width=9)
    day = Date("日期", required=True)
    signed_by = Name("签收人")
    handled_by = Text("经办人", required=True, refers="教职工", hint="填工号")


class Staff(Table, title="教职工", key=("staff_id",), hint="全体教职工"):
    """A member of staff."""

    staff_id = Text("工号", required=True, width=9)
    name = Name("姓名", required=True)
    position = Text("职务", width=16)
    subject = Text("任教学科")
    class_taught = ClassName("班主任班级", width=14, hint="例如 三年级1班")
    mobile = Phone("手机", synonyms=("电话", "手机号", "联系电话"))
    email = Email("邮箱")
    party_member = Choice("党员", width=7)
    attached_class = ClassName("联系班级", width=14, hint="党员或领导联系的班，例如 三年级1班")
    on_duty = Choice("在岗", default="是", width=7, hint="空白按“是”")


class LeadingGroup(Table, title="领导小组", key=("number",), hint="学校的领导小组；某项活动另有小组时填活动编号"):
    """The leading group of the school, or of a campaign."""

    number = Text("序号", generated="Z", width=7, hint="可不填，由程序编号")
    role = Choice("角色", "角色", required=True)
    staff_id = Text("工号", required=True, refers="教职工", width=9)
    duty = LongText("职责", width=40)
    campaign = Text("活动编号", refers="活动", width=10)


class Calendar(
    Table, title="校历", key=("name", "starts_on"), hint="学期、假期与停课；暂停的日子不计入谈心、通话的天数"
):
    """Terms, holidays, closures."""

    name = Text("名称", required=True, width=18, hint="学期写作 2026年秋季学期")
    kind = Choice("类型", "校历类型", required=True)
    starts_on = Date("开始日期", required=True)
    ends_on = Date("结束日期", required=True, ends=starts_on)
    pauses_talks = Choice("暂停谈心", hint="空白：寒暑假和停课为“是”")
    pauses_calls = Choice("暂停通话", hint="空白按“否”")


class Intervals(Table, title="频次表", key=("kind", "risk"), hint="每类联系隔多少天一次"):
    """How often a kind of contact is due, by risk."""

    kind = Choice("类型", "联系类型", required=True)
    risk = Choice("风险等级", "风险等级", required=True)
    days = Number("间隔天数", required=True, least=1, most=366)
    lead_days = Number("提前提醒天数", least=0, most=366, width=13)


class SettingRows(Table, title="设置", key=("item",), hint="学校信息与发信设置；密码绝不写在这里"):
    """The settings as rows of item and value."""

    item = Text("项目", required=True, width=16)
    value = Text("值", width=34)
    note = LongText("说明", width=60)


SHEETS: Final[tuple[type[Table], ...]] = (
    Children,
    Guardians,
    TermFiles,
    Pairings,
    Contacts,
    StudyHelp,
    Progress,
    Campaigns,
    CampaignSteps,
    Participation,
    Volunteers,
    Supplies,
    Staff,
    LeadingGroup,
    Calendar,
    Intervals,
    SettingRows,
)
"""All sheets that staff fill, in the workbook's order; 字典 follows them."""

LISTS_SHEET: Final = "字典"

HELPERS: Final[Mapping[str, Column[str]]] = {
    "教师帮扶": Staff.staff_id,
    "党员领导": Staff.staff_id,
    "学习帮手": Children.child_id,
    "手拉手": Children.child_id,
    "志愿者": Volunteers.volunteer_id,
}
"""Whose key 结对.帮扶人 is, by the pairing's 类型."""
