"""The template of 学习帮扶计划与进步档案."""

from __future__ import annotations

from typing import Final

from docx.document import Document

from xl_liushou.build.paper_base import Margins, paragraph, save
from xl_liushou.build.paper_forms import GAP, SECTION, TITLE, UNDER, form_paper, grid, list_table

_HELPERS: Final = (
    "{% for 帮手 in 学习帮手 %}{{ 帮手.姓名 }}{% if 帮手.学科 %}（{{ 帮手.学科 }}）{% endif %}"
    "{% if not loop.last %}、{% endif %}{% endfor %}"
)
_FOOT: Final = "只看孩子自己的进步，不排名次；仅供校内帮扶使用，请妥善保管"
_PLAN: Final = (
    ("责任教师", "{{ 计划.责任教师 }}", "分组", "{{ 计划.分组 }}", "状态", "{{ 计划.状态 }}"),
    ("开始日期", "{{ 计划.开始日期 }}", "阶段截止", "{{ 计划.阶段截止 }}"),
    ("帮扶时间", "{{ 计划.帮扶时间 }}"),
    ("帮扶内容", "{{ 计划.帮扶内容 }}"),
    ("阶段目标", "{{ 计划.目标 }}"),
    ("帮扶之前", "{{ 计划.基线 }}"),
    ("现在情况", "{{ 计划.现状 }}"),
)
_CHECKS: Final = (
    ("检查日期", 37, "{{ 检查.检查日期 }}"),
    ("类型", 13, "{{ 检查.类型 }}"),
    ("得分", 14, "{{ 检查.得分 }}"),
    ("等级", 16, "{{ 检查.等级 }}"),
    ("较基线", 15, "{{ 检查.较基线 }}"),
    ("结论", 42, "{{ 检查.结论 }}"),
    ("下一步", 37, "{{ 检查.下一步 }}"),
)


def help_plan() -> bytes:
    """学习帮扶计划与进步档案: the child, then for each subject the plan and the checks, with lines to go on by hand."""
    document = form_paper("学习帮扶计划与进步档案", Margins(18, 18, 18, 18), foot=_FOOT)
    paragraph(document, "学习帮扶计划与进步档案", TITLE)
    paragraph(document, "{{ 学校.学校名称 }}　　{{ 学校.学期 }}　　填写日期：{{ 落款日期 }}", UNDER)
    who = ("姓名", "{{ 姓名 }}", "班级", "{{ 年级 }}{{ 班级 }}", "班主任", "{{ 班主任.姓名 }}")
    grid(document, (22, 44, 16, 34, 20, 38), [who, ("学习帮手", _HELPERS)])
    paragraph(document, "{%p for 计划 in 帮扶计划 %}", GAP)
    _add_plan(document)
    paragraph(document, "{%p endfor %}", GAP)
    paragraph(document, "", GAP)
    return save(document)


def _add_plan(document: Document) -> None:
    paragraph(document, "{{ 计划.号 }}、{{ 计划.学科 }}帮扶计划", SECTION)
    grid(document, (22, 44, 22, 40, 16, 30), _PLAN)
    paragraph(document, "{{ 计划.学科 }}进步档案", SECTION)
    to_sign = "责任教师（签名）：　　　　　　　　　班主任（签名）：　　　　　　　　　日期："
    loop = "检查 in 计划.进步记录"
    list_table(document, _CHECKS, loop, ("结论", "下一步"), blanks="计划.空行", last=to_sign)
