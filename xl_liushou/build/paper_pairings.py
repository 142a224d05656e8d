"""The template of 结对帮扶一览表."""

from __future__ import annotations

from typing import Final

from xl_liushou.build.paper_base import Margins, paragraph, save
from xl_liushou.build.paper_forms import GAP, LEAD, SECTION, TITLE, UNDER, form_paper, list_table, sign_lines
from xl_liushou.schema.lists import CLOSED

_FOOT: Final = "仅供校内关爱工作使用，请妥善保管"
_WIDTH: Final = 273.0
_CLASS: Final = "{{{{ {0}.年级 }}}}{{{{ {0}.班级 }}}}"
_OVERVIEW: Final = (
    ("序号", 10.0, "{{ 孩子.序号 }}"),
    ("班级", 23.0, _CLASS.format("孩子")),
    ("姓名", 30.0, "{{ 孩子.姓名 }}"),
    ("重点帮扶", 20.0, "{% if 孩子.重点帮扶 == '是' %}是{% endif %}"),
    *((kind, 38.0, f"{{{{ 孩子.{kind} }}}}") for kind in CLOSED["结对类型"]),
)
_DETAILS: Final = (
    ("班级", 23, _CLASS.format("对")),
    ("姓名", 30, "{{ 对.姓名 }}"),
    ("帮扶人", 30, "{{ 对.帮扶人 }}"),
    ("职务或单位", 32, "{{ 对.职务或单位 }}"),
    ("学科", 16, "{{ 对.学科 }}"),
    ("帮扶目标", 60, "{{ 对.帮扶目标 }}"),
    ("开始日期", 34, "{{ 对.开始日期 }}"),
    ("上次检查", 34, "{{ 对.上次检查日 }}"),
    ("效果", 14, "{{ 对.效果 }}"),
)


def pairing_table() -> bytes:
    """结对帮扶一览表: a row for each child with all who help it, then each type with goal, dates and effect."""
    document = form_paper("结对帮扶一览表", Margins(14, 12, 15, 12), size=9, landscape=True, foot=_FOOT)
    paragraph(document, "结对帮扶一览表", TITLE)
    teacher = "{% if 班主任.姓名 %}　　班主任：{{ 班主任.姓名 }}{% endif %}"
    paragraph(document, "{{ 学校.学校名称 }}　　{{ 范围 }}" + teacher + "　　{{ 落款日期 }}", UNDER)
    list_table(document, _OVERVIEW, "孩子 in 孩子们")
    paragraph(document, "{%p for 类 in 分类 %}", LEAD)
    paragraph(document, "{{ 类.类型 }}（{{ 类.对数 }}对）", SECTION)
    list_table(document, _DETAILS, "对 in 类.结对", ("帮扶目标",))
    paragraph(document, "{%p endfor %}", LEAD)
    paragraph(document, "", GAP)
    counts = "共{{ 统计.人数 }}名儿童，其中{{ 统计.结对人数 }}名正在结对，共{{ 统计.结对 }}对；“—”表示没有。"
    paragraph(document, counts, LEAD)
    sign_lines(document, _WIDTH, ("制表人：", "德育负责人（签名）：", "日期："), least=9)
    return save(document)
