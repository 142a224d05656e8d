"""The templates of 慰问物资签收单, in two copies on a page, and of 慰问物资签收表, the list of a campaign."""

from __future__ import annotations

from typing import Final

from xl_liushou.build.paper_base import KAITI, Look, Margins, dashed_above, define, paragraph, save
from xl_liushou.build.paper_forms import CHILDREN, GAP, LEAD, SECTION, TITLE, UNDER, form_paper, list_table, sign_lines

_SLIP_WIDTH: Final = 174.0
_LIST_WIDTH: Final = 273.0
_FOOT: Final = "仅供校内留存，请妥善保管"
_CUT: Final = "裁剪提示"
_SLIP: Final = (
    ("孩子", 22, "{{ 物.孩子 }}"),
    ("类别", 17, "{{ 物.类别 }}"),
    ("名称", 40, "{{ 物.名称 }}"),
    ("数量", 13, "{{ 物.数量 }}"),
    ("金额（元）", 24, "{{ 物.金额 }}"),
    ("日期", 38, "{{ 物.日期 }}"),
    ("签收人", 20, "{{ 物.签收人 }}"),
)
_LIST: Final = (
    ("序号", 10, "{{ 物.序号 }}"),
    ("班级", 23, "{{ 物.班级 }}"),
    ("姓名", 28, "{{ 物.姓名 }}"),
    ("类别", 18, "{{ 物.类别 }}"),
    ("名称", 60, "{{ 物.名称 }}"),
    ("数量", 16, "{{ 物.数量 }}"),
    ("金额（元）", 22, "{{ 物.金额 }}"),
    ("日期", 34, "{{ 物.日期 }}"),
    ("签收人", 36, "{{ 物.签收人 }}"),
    ("经办人", 26, "{{ 物.经办人 }}"),
)
_KINDS: Final = (
    ("类别", 40, "{{ 类.类别 }}"),
    ("笔数", 30, "{{ 类.笔数 }}"),
    ("数量", 30, "{{ 类.数量 }}"),
    ("金额（元）", 40, "{{ 类.金额 }}"),
)


def supplies_receipt() -> bytes:
    """慰问物资签收单: what a family has received, once for the school and once for the family."""
    document = form_paper("慰问物资签收单", Margins(14, 18, 12, 18))
    define(document, _CUT, Look(KAITI, 9, align="center", pitch=13, before=22, after=10))
    paragraph(document, "{%p for 联 in 各联 %}", GAP)
    paragraph(document, "{%p if not loop.first %}", GAP)
    dashed_above(paragraph(document, "沿此线剪开", _CUT))
    paragraph(document, "{%p endif %}", GAP)
    paragraph(document, "慰问物资签收单", TITLE)
    paragraph(document, "{{ 学校.学校名称 }}　　（{{ 联.名称 }}）", UNDER)
    lead = "今收到学校送给" + CHILDREN + "的慰问物资，已当面点清，情况如下："
    paragraph(document, lead, LEAD)
    list_table(document, _SLIP, "物 in 物资", ("名称",), least=9)
    paragraph(document, "", GAP)
    receiver = ("签收人（签名）：", "与孩子的关系：", "签收日期：")
    sign_lines(document, _SLIP_WIDTH, receiver, ("学校（盖章）：", "{{ 学校.落款单位 }}", "{{ 落款日期 }}"), least=15)
    paragraph(document, "{%p endfor %}", GAP)
    return save(document)


def supplies_list() -> bytes:
    """慰问物资签收表: every gift of a campaign, who signed for it and who handed it over, and the sums."""
    document = form_paper("慰问物资签收表", Margins(14, 12, 15, 12), size=9, landscape=True, foot=_FOOT)
    paragraph(document, "慰问物资签收表", TITLE)
    paragraph(
        document,
        "{{ 学校.学校名称 }}　　{{ 活动.名称 }}{% if 范围 %}（{{ 范围 }}）{% endif %}　　{{ 落款日期 }}",
        UNDER,
    )
    list_table(document, _LIST, "物 in 物资", ("名称",), least=8)
    paragraph(document, "", GAP)
    paragraph(document, "共{{ 统计.人数 }}名儿童、{{ 统计.笔数 }}笔，金额合计{{ 统计.金额 }}元。", LEAD)
    paragraph(document, "分类统计", SECTION)
    list_table(document, _KINDS, "类 in 分类")
    paragraph(document, "", GAP)
    sign_lines(document, _LIST_WIDTH, ("制表人：", "经办人（签名）：", "负责人（签名）：", "学校（盖章）："))
    return save(document)
