"""The contract: the schema declares exactly the sheets and columns of domain.md, section 3."""

# ruff: noqa: E501  (one line a sheet; Chinese counts double)

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

import pytest

from xl_liushou.core.table import Column, Table
from xl_liushou.schema import lists, settings
from xl_liushou.schema.sheets import LISTS_SHEET, SHEETS, SettingRows
from xl_liushou.schema.text_kinds import ClassName, Email, IdNumber, Name, Phone, StudentNumber

RATING, DEGREE, HEALTH = "优/良/中/差", "无/轻/重", "健康/残疾/患病"
CONTACTS = "谈心/通话/家访/亲子联系/心理辅导/协同沟通/物资慰问"
CAMPAIGNS = "升旗讲话/主题班会/座谈会/亲情书信/亲情电话/建档/文体活动/志愿走访/节日亲情/综合"

DOMAIN: dict[str, tuple[str, str]] = {
    "花名册": ("儿童编号", """儿童编号* · 姓名* · 性别*:选(男/女) · 民族:选(民族…) · 出生日期*:日 · 身份证号 · 学籍号 · 年级*:选(一年级/二年级/三年级/四年级/五年级/六年级) ·
        班级* · 家庭编号 · 寄宿:选 · 村组 · 家庭住址 · 户籍地 · 留守类型*:选(双方外出/一方外出另一方无监护能力/一方外出/非留守) · 留守起始日:日 ·
        健康状况:选({HEALTH}) · 健康说明 · 困境类别:多(孤儿/事实无人抚养/重病/重残/家庭贫困/监护缺失或不当/其他) · 重点帮扶:选 · 风险等级*:选(高/中/低) ·
        评估日期:日 · 个案状态:选(在管/暂停/结案) · 暂停至日:日 · 建档日期*:日 · 结案日期:日 · 结案原因 · 同意书:选(已签/待签/拒绝) · 照片同意:选 · 备注"""),
    "监护人": ("编号", """编号 · 儿童编号*:引花名册 · 关系*:选(父亲/母亲/祖父/祖母/外祖父/外祖母/其他亲属/受托人) · 姓名* · 手机 · 固定电话 · 邮箱 · 出生年份:数 ·
        文化程度:选(文盲/小学/初中/高中/大专及以上) · 职业或单位 · 健康状况:选({HEALTH}) · 是否外出*:选 · 务工地 · 预计返乡日:日 · 监护能力:选(有/重病/重残/服刑/失联/其他) ·
        现照护人*:选 · 首选联系人*:选 · 另寄一份:选 · 委托书:选(有/无/不需) · 委托书到期日:日 · 收信方式:选(邮件/短信/微信/纸质) · 方便时段 · 备注"""),
    "档案": ("儿童编号+学期", """儿童编号*:引花名册 · 学期*:引校历 · 学习*:选({RATING}) · 学习评语 · 思想*:选({RATING}) · 思想评语 · 心理*:选({RATING}) · 心理评语 ·
        品德*:选({RATING}) · 品德评语 · 学业困难:选({DEGREE}) · 心理困扰:选({DEGREE}) · 亲情缺失:选({DEGREE}) · 安全隐患:选({DEGREE}) · 劳动过重:选({DEGREE}) ·
        特长 · 主要困难 · 需求 · 经济来源:选(打工/种养殖/政府救助/亲友/其他) · 已享救助:多(已享救助…) · 评价人*:引教职工 · 评价日期*:日"""),
    "结对": ("编号", """编号 · 儿童编号*:引花名册 · 类型*:选(教师帮扶/学习帮手/手拉手/志愿者/党员领导) · 帮扶人* · 学科:选(学科…) · 帮扶目标 · 开始日期*:日 · 结束日期:日 ·
        检查周期天数:数 · 上次检查日:日 · 效果:选(显著/有效/一般/无效) · 终止原因"""),
    "联系记录": ("编号", """编号 · 儿童编号*:引花名册 · 类型*:选({CONTACTS}) · 日期*:日 · 方式:选(面谈/电话/视频/微信/书信/入户) · 记录人*:引教职工 · 对象:引监护人 ·
        结果*:选(完成/未接通/空号/拒访) · 主题:多(主题…) · 摘要 · 问题 · 措施 · 家长反馈 · 活动编号:引活动 · 需跟进:选 · 跟进期限:日 · 跟进完成日:日 · 强制报告:选 ·
        报告时间:日 · 报告部门 · 密级:选(一般/敏感/限领导)"""),
    "学习帮扶": ("编号", """编号 · 儿童编号*:引花名册 · 学期*:引校历 · 学科*:选(学科…) · 分组 · 开始日期*:日 · 基线 · 现状 · 目标* · 帮扶时间* · 帮扶内容* ·
        责任教师*:引教职工 · 阶段截止*:日 · 状态:选(进行中/达成/未达成/终止)"""),
    "进步记录": ("编号", """编号 · 帮扶编号*:引学习帮扶 · 检查日期*:日 · 类型:选(单元/期中/期末/日常) · 得分:数 · 等级:选(等级…) · 较基线:选(进步/持平/退步) · 结论* · 下一步"""),
    "活动": ("活动编号", """活动编号* · 名称* · 主题* · 类型*:选({CAMPAIGNS}) · 学期:引校历 · 背景 · 目的* · 开始日期*:日 · 结束日期*:日 · 地点 · 对象 · 负责人*:引教职工 ·
        准备阶段起:日 · 准备阶段止:日 · 实施阶段起:日 · 实施阶段止:日 · 总结阶段起:日 · 总结阶段止:日 · 要求 · 预算:数 · 安全预案 · 状态:选(计划/进行/完成/取消) · 成效 · 问题与改进"""),
    "活动环节": ("编号", """编号 · 活动编号*:引活动 · 序号*:数 · 阶段:选(准备/实施/总结) · 环节类型:选({CAMPAIGNS}/经验介绍会/目标考核/物资准备) · 环节* · 内容 · 班级 ·
        负责人:引教职工 · 截止日期:日 · 完成日期:日 · 目标值:数 · 完成值:数 · 单位:选(单位…) · 照片 · 照片中儿童:多引花名册 · 备注"""),
    "活动参与": ("活动编号+儿童编号", "活动编号*:引活动 · 儿童编号*:引花名册 · 到场*:选(计划/到/请假/缺席) · 分组 · 角色 · 成果"),
    "志愿者": ("志愿者编号", """志愿者编号* · 姓名* · 性别:选(男/女) · 单位 · 手机 · 活动编号:引活动 · 分组 · 组长:选 · 证号 · 袖章领用:选 · 背景核查日:日 · 培训日:日 · 保密承诺:选"""),
    "关爱物资": ("编号", """编号 · 活动编号:引活动 · 儿童编号*:引花名册 · 类别*:选(图书/文具/营养品/衣物/助学金/其他) · 名称* · 数量*:数 · 金额:数 · 日期*:日 · 签收人 ·
        经办人*:引教职工"""),
    "教职工": ("工号", "工号* · 姓名* · 职务 · 任教学科 · 班主任班级 · 手机 · 邮箱 · 党员:选 · 联系班级 · 在岗:选"),
    "领导小组": ("序号", "序号 · 角色*:选(组长/副组长/成员) · 工号*:引教职工 · 职责 · 活动编号:引活动"),
    "校历": ("名称+开始日期", "名称* · 类型*:选(学期/寒暑假/法定节假/传统节日/停课) · 开始日期*:日 · 结束日期*:日 · 暂停谈心:选 · 暂停通话:选"),
    "频次表": ("类型+风险等级", "类型*:选({CONTACTS}) · 风险等级*:选(高/中/低) · 间隔天数*:数 · 提前提醒天数:数"),
    "设置": ("项目", "项目* · 值 · 说明"),
}  # fmt: skip
"""Key, and columns as `title:type` with * for required; (…) after a list's name means that the school may extend it."""

GENERATED = {"监护人", "结对", "联系记录", "学习帮扶", "进步记录", "活动环节", "关爱物资", "领导小组"}
DEFAULTS = {
    ("花名册", "个案状态"): "在管",
    ("花名册", "重点帮扶"): "否",
    ("监护人", "收信方式"): "纸质",
    ("教职工", "在岗"): "是",
}

PUBLIC = {("花名册", title) for title in ("姓名", "性别", "年级", "班级")}
FAMILY = {
    *(("花名册", title) for title in ("家庭住址", "户籍地", "健康说明")),
    *(("监护人", title) for title in ("关系", "姓名", "手机", "固定电话", "邮箱")),
    *(("档案", title) for title in ("学习", "思想", "心理", "品德", "学习评语", "思想评语", "心理评语", "品德评语", "特长")),
    ("联系记录", "家长反馈"),
}  # fmt: skip
WHOLE_SHEETS_FOR_THE_FAMILY = {"学习帮扶", "进步记录"}
SECRET = {
    ("花名册", "身份证号"), ("花名册", "困境类别"), ("档案", "学业困难"), ("档案", "心理困扰"), ("档案", "亲情缺失"), ("档案", "安全隐患"),
    ("档案", "劳动过重"), ("联系记录", "强制报告"), ("联系记录", "报告时间"), ("联系记录", "报告部门"),
}  # fmt: skip

FORMS: dict[type[Column[Any]], set[tuple[str, str]]] = {
    Name: {("花名册", "姓名"), ("监护人", "姓名"), ("教职工", "姓名"), ("志愿者", "姓名"), ("关爱物资", "签收人")},
    Phone: {("监护人", "手机"), ("监护人", "固定电话"), ("教职工", "手机"), ("志愿者", "手机")},
    Email: {("监护人", "邮箱"), ("教职工", "邮箱")},
    IdNumber: {("花名册", "身份证号")},
    StudentNumber: {("花名册", "学籍号")},
    ClassName: {("花名册", "班级"), ("活动环节", "班级"), ("教职工", "班主任班级"), ("教职工", "联系班级")},
}
"""Text columns whose cells have a form of their own."""


class Declared(NamedTuple):
    """A column as domain.md declares it."""

    title: str
    required: bool
    kind: str
    refers: str
    choices: tuple[str, ...]
    open_list: str


_NOTATION = re.compile(
    r"(?P<title>[^*:]+)(?P<star>\*?)(?::(?P<kind>[日选多数])?(?:引(?P<refers>\w+))?(?:\((?P<list>.*)\))?)?"
)


def declared(sheet: str) -> list[Declared]:
    """The columns of a sheet as the table above says it."""
    text = DOMAIN[sheet][1]
    for name, value in {
        "RATING": RATING,
        "DEGREE": DEGREE,
        "HEALTH": HEALTH,
        "CONTACTS": CONTACTS,
        "CAMPAIGNS": CAMPAIGNS,
    }.items():
        text = text.replace(f"{{{name}}}", value)
    found = []
    for part in text.split("·"):
        match = _NOTATION.fullmatch(part.strip())
        assert match, part
        kind, listed = match["kind"] or "文", match["list"] or ""
        open_list = listed.removesuffix("…") if listed.endswith("…") else ""
        choices = () if open_list else tuple(listed.split("/")) if listed else ("是", "否") if kind == "选" else ()
        found.append(Declared(match["title"], bool(match["star"]), kind, match["refers"] or "", choices, open_list))
    return found


def as_declared(column: Column[Any]) -> Declared:
    """The same of a column of the schema."""
    listed = getattr(column, "of", "")
    choices = () if listed in lists.OPEN else tuple(column.choices(lists.CLOSED))
    open_list = listed if listed in lists.OPEN else ""
    return Declared(column.title, column.required, column.kind, column.refers, choices, open_list)


each_sheet = pytest.mark.parametrize("schema", SHEETS, ids=lambda schema: schema.title)
ALL: Sequence[tuple[type[Table], Column[Any]]] = [(schema, column) for schema in SHEETS for column in schema.columns]


def test_the_sheets_are_those_of_the_domain_in_their_order() -> None:
    assert [schema.title for schema in SHEETS] == list(DOMAIN)
    assert LISTS_SHEET == "字典"


@each_sheet
def test_a_sheet_has_exactly_its_columns_with_star_kind_list_and_reference(schema: type[Table]) -> None:
    assert [as_declared(column) for column in schema.columns] == declared(schema.title)


@each_sheet
def test_a_sheet_has_its_key(schema: type[Table]) -> None:
    assert "+".join(column.title for column in schema.key_columns()) == DOMAIN[schema.title][0]


@each_sheet
def test_a_sheet_knows_what_it_is_for(schema: type[Table]) -> None:
    assert schema.hint


def test_keys_are_generated_where_staff_may_leave_them_blank() -> None:
    generated = {(schema.title, column.title) for schema, column in ALL if column.generated}
    assert generated == {(sheet, DOMAIN[sheet][0]) for sheet in GENERATED}


def test_generated_keys_have_prefixes_of_their_own() -> None:
    prefixes = [column.generated for _, column in ALL if column.generated]
    assert len(set(prefixes)) == len(prefixes)


def test_the_defaults_are_those_of_the_domain() -> None:
    assert {
        (schema.title, column.title): column.default for schema, column in ALL if column.default is not None
    } == DEFAULTS


def test_each_column_is_seen_by_those_the_domain_names() -> None:
    def wanted(sheet: str, title: str) -> str:
        place = (sheet, title)
        return "公" if place in PUBLIC else "密" if place in SECRET else (
            "家" if place in FAMILY or sheet in WHOLE_SHEETS_FOR_THE_FAMILY else "内"
        )  # fmt: skip

    seen = {(schema.title, column.title): column.privacy for schema, column in ALL}
    assert seen == {place: wanted(*place) for place in seen}
    assert set(seen) >= PUBLIC | FAMILY | SECRET


@pytest.mark.parametrize("kind", FORMS, ids=lambda kind: kind.__name__)
def test_texts_with_a_form_of_their_own_are_checked_for_it(kind: type[Column[Any]]) -> None:
    assert {(schema.title, column.title) for schema, column in ALL if type(column) is kind} == FORMS[kind]


def test_no_title_stands_twice_on_a_sheet_nor_is_a_synonym_of_another_column() -> None:
    for schema in SHEETS:
        names = [name for column in schema.columns for name in (column.title, *column.synonyms)]
        assert len(set(names)) == len(names), schema.title


def test_references_lead_to_sheets_with_keys() -> None:
    assert {column.refers for _, column in ALL if column.refers} <= set(DOMAIN)


SETTINGS = """学校名称 校长 学年 学期 落款单位 联系电话 德育负责人 发件人姓名 发件邮箱 SMTP服务器 SMTP端口 SMTP加密 SMTP账号 每分钟邮件数
    附件密码 回复地址 书信计入 忽略规则 输出文件夹 保留年限 模式版本 工作簿编号"""


def test_the_settings_are_those_of_the_domain_and_never_a_password() -> None:
    assert set(settings.KINDS) == set(SETTINGS.split())
    assert [column.title for column in SettingRows.columns] == ["项目", "值", "说明"]


@pytest.mark.parametrize(
    ("item", "choices"),
    [
        ("SMTP加密", ("SSL", "STARTTLS", "无")),
        ("附件密码", ("是", "否")),
        ("回复地址", ("班主任", "学校")),
        ("书信计入", ("不计", "通话", "亲子联系")),
    ],
)
def test_a_setting_with_a_list_offers_exactly_it(item: str, choices: tuple[str, ...]) -> None:
    assert tuple(settings.KINDS[item].choices({**lists.CLOSED, **settings.CLOSED_LISTS})) == choices


def test_the_open_lists_are_those_a_school_may_extend() -> None:
    assert set(lists.OPEN) == {"民族", "学科", "主题", "等级", "已享救助", "单位"}
    assert len(lists.OPEN["民族"]) == 56
