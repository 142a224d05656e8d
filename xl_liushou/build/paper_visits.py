"""The templates of 入户走访登记表 and of 走访带队表, the sheet of the staff member who leads the group."""

from __future__ import annotations

from typing import Final

from xl_liushou.build.paper_base import Margins, paragraph, save
from xl_liushou.build.paper_forms import (
    GAP,
    LEAD,
    NOTE,
    SECTION,
    TITLE,
    UNDER,
    form_paper,
    grid,
    list_table,
    sign_lines,
)
from xl_liushou.build.paper_tables import height

_FORM_WIDTH: Final = 174.0
_SHEET_WIDTH: Final = 273.0
_LABEL: Final = 30.0
_DAY: Final = "　　　月　　　日"
_VOLUNTEERS: Final = "{% for 人 in 志愿者们 %}{{ 人.姓名 }}{% if not loop.last %}、{% endif %}{% endfor %}"
_LOOK: Final = (
    ("住处", "□ 整洁　□ 一般　□ 杂乱　　用电用火：□ 安全　□ 有隐患"),
    ("吃饭与身体", "三餐：□ 正常　□ 不规律　　身体：□ 好　□ 有不适　□ 需要就医"),
    ("上学路上", "□ 有人接送　□ 结伴　□ 独自　　水塘、公路等危险：□ 没有　□ 有"),
    ("学习", "写作业的地方：□ 有　□ 没有　　□ 有人督促　□ 没人督促"),
    ("作息与上网", "睡觉：□ 按时　□ 偏晚　　看手机：□ 不多　□ 偏多　□ 管不住"),
    ("情绪", "□ 开朗　□ 平静　□ 低落　□ 不愿说话"),
    ("家务劳动", "□ 适量　□ 偏重"),
    ("和父母联系", "□ 每周都有　□ 每月一两次　□ 很少"),
    ("照护人", "□ 身体好，能照护　□ 有些吃力　□ 需要帮助"),
)
_WRITE: Final = {"孩子的心愿": 15, "照护人的话": 15, "带去的物资": 12, "发现的问题": 23, "我们的建议": 20}
_RULES: Final = (
    "走访须知：两人以上同行，佩戴证件和袖章；多听少问，不打听隐私，不许诺办不到的事；要拍照先问带队老师，不拍孩子的正面。"
    "本表不写住址和电话，当天交给带队老师，不自己留存、不外传。"
)
_DANGER: Final = (
    "发现孩子受到伤害或有危险，当场告诉带队老师，由学校立即报告；情况紧急，先拨打110。"
    "{% if 学校.联系电话 %}学校电话：{{ 学校.联系电话 }}{% endif %}"
)
_FOOT: Final = "本表有住址和电话，只由带队老师持有，不交给志愿者，不拍照、不转发，走访结束后交回学校"
_HEALTH: Final = "{% if 孩子.健康状况 != '健康' %}{{ 孩子.健康状况 }} {% endif %}{{ 孩子.健康说明 }}"
_SHEET: Final = (
    ("序号", 10, "{{ 孩子.序号 }}"),
    ("姓名", 24, "{{ 孩子.姓名 }}"),
    ("性别", 11, "{{ 孩子.性别 }}"),
    ("班级", 22, "{{ 孩子.年级 }}{{ 孩子.班级 }}"),
    ("村组", 28, "{{ 孩子.村组 }}"),
    ("家庭住址", 48, "{{ 孩子.家庭住址 }}"),
    ("照护人", 32, "{{ 孩子.照护人.姓名 }}{% if 孩子.照护人.关系 %}（{{ 孩子.照护人.关系 }}）{% endif %}"),
    ("电话", 27, "{{ 孩子.照护人.手机 or 孩子.照护人.固定电话 }}"),
    ("身体需留意", 27, _HEALTH),
    ("带去的物资", 30, "{{ 孩子.物资 }}"),
    ("已走访", 14, ""),
)


def visit_form() -> bytes:
    """入户走访登记表: one page to fill in at the family's home; no address, no phone."""
    document = form_paper("入户走访登记表", Margins(16, 18, 12, 18))
    paragraph(document, "入户走访登记表", TITLE)
    paragraph(document, "{{ 学校.学校名称 }}　　{{ 活动.名称 }}　　{{ 分组 }}", UNDER)
    grid(
        document,
        (_LABEL, 36, 16, 32, 20, 40),
        [
            ("姓名", "{{ 姓名 }}", "班级", "{{ 年级 }}{{ 班级 }}", "村组", "{{ 村组 }}"),
            ("照护人是孩子的", "{{ 照护人.关系 }}", "带队", "{{ 带队老师 }}", "日期", _DAY),
            ("走访人", _VOLUNTEERS),
        ],
    )
    paragraph(document, "看一看，聊一聊（请打勾）", SECTION)
    grid(document, (_LABEL, _FORM_WIDTH - _LABEL), _LOOK, least=8.5)
    paragraph(document, "记一记", SECTION)
    to_write = grid(document, (_LABEL, _FORM_WIDTH - _LABEL), [(label, "") for label in _WRITE])
    for row, least in zip(to_write.rows, _WRITE.values(), strict=True):
        height(row, least)
    paragraph(document, "", GAP)
    sign_lines(document, _FORM_WIDTH, ("走访人（签名）：", "照护人（签名）：", "带队老师（签名）："), least=10)
    paragraph(document, _RULES, NOTE)
    paragraph(document, _DANGER, NOTE)
    return save(document)


def leaders_sheet() -> bytes:
    """走访带队表: where the families live and their phones, for the staff member who leads the group."""
    document = form_paper("走访带队表", Margins(14, 12, 15, 12), size=9, landscape=True, foot=_FOOT)
    paragraph(document, "走访带队表", TITLE)
    paragraph(document, "{{ 学校.学校名称 }}　　{{ 活动.名称 }}（{{ 活动.时间 }}）　　{{ 分组 }}", UNDER)
    who = "（{% if 人.组长 == '是' %}组长，{% endif %}{{ 人.单位 }}{% if 人.手机 %} {{ 人.手机 }}{% endif %}）"
    names = f"{{% for 人 in 志愿者们 %}}{{{{ 人.姓名 }}}}{who}{{% if not loop.last %}}、{{% endif %}}{{% endfor %}}"
    paragraph(document, "带队老师：{{ 带队老师 }}　　填写日期：{{ 落款日期 }}", LEAD)
    paragraph(document, f"志愿者：{names}", LEAD)
    list_table(document, _SHEET, "孩子 in 孩子们", ("家庭住址", "身体需留意", "带去的物资"))
    paragraph(document, "", GAP)
    sign_lines(document, _SHEET_WIDTH, ("带队老师（签名）：", "收回登记表（份）：", "日期："), least=9)
    return save(document)
