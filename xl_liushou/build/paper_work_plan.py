"""The template of 关爱工作实施方案."""

from __future__ import annotations

from typing import Final

from docx.document import Document

from xl_liushou.build.paper_official import (
    CELL,
    CENTRED,
    LAST_BODY,
    body,
    campaign_title,
    charts,
    end,
    finished,
    heading,
    kept_together,
    lead,
    leading_group,
    official_paper,
    row_table,
    run_in,
    signature,
    when,
)
from xl_liushou.schema.lists import CLOSED

_KIND: Final = "{{ 类.名称 }}{{ 类.人数 }}人{% if not loop.last %}、{% endif %}"
CHILDREN: Final = (
    "在册{{ 基本.人数 }}人，男{{ 基本.男 }}人、女{{ 基本.女 }}人，分布在{{ 基本.班数 }}个班"
    f"{{% if 基本.类型 %}}；其中{{% for 类 in 基本.类型 %}}{_KIND}{{% endfor %}}{{% endif %}}"
    "。风险等级为高的{{ 基本.高 }}人、中的{{ 基本.中 }}人、低的{{ 基本.低 }}人；重点帮扶对象{{ 基本.重点 }}人。"
)
"""The children in numbers, one sentence for both papers of a term."""


def work_plan() -> bytes:
    """关爱工作实施方案: children, troubles, last term, group, goals, measures, campaigns, duties, steps, rules."""
    document = official_paper("关爱工作实施方案")
    campaign_title(document, "{{ 标题 }}")
    heading(document, "基本", "基本情况")
    body(document, f"截至{{{{ 日期 }}}}，我校关爱儿童{CHILDREN}本学期从{{{{ 起止 }}}}，为做好关爱工作，制定本方案。")
    _troubles(document)
    _last_term(document)
    when(document, "序号.领导小组")
    heading(document, "领导小组", "组织领导")
    lead(document, "学校成立关爱工作领导小组，组成人员及职责如下：")
    leading_group(document)
    end(document, "if")
    _goals(document)
    _measures(document)
    _campaigns(document)
    _duties(document)
    _steps(document)
    _rules(document)
    signature(document)
    return finished(document)


def _troubles(document: Document) -> None:
    when(document, "序号.关注")
    heading(document, "关注", "需要关注的问题")
    lead(document, "{{ 关注.学期 }}的{{ 关注.份数 }}份儿童档案中，五个方面的情况如下：")
    trouble_table(document)
    charts(document, "关注.图")
    end(document, "if")


def trouble_table(document: Document) -> None:
    """How many children have each of the five troubles."""
    made = row_table(
        document,
        [("方面", 54), ("轻（人）", 34), ("重（人）", 34), ("占档案数", 34)],
        "行 in 关注.各行",
        ["{{ 行.方面 }}", "{{ 行.轻 }}", "{{ 行.重 }}", "{{ 行.占比 }}"],
        styles=[CENTRED] * 4,
    )
    kept_together(made)


def _last_term(document: Document) -> None:
    when(document, "序号.上学期")
    heading(document, "上学期", "上学期工作回顾")
    when(document, "上学期.联系")
    body(
        document,
        "{{ 上学期.名称 }}，对现在册的儿童完成谈心{{ 上学期.联系.谈心.次数 }}次、"
        "家长通话{{ 上学期.联系.通话.次数 }}次；"
        "按月计算，谈心覆盖率{{ 上学期.联系.谈心.覆盖率 }}，通话覆盖率{{ 上学期.联系.通话.覆盖率 }}。"
        "本学期针对覆盖率偏低的月份提前安排，做到每月不漏一人。",
    )
    charts(document, "上学期.联系.图")
    end(document, "if")
    when(document, "上学期.活动")
    body(document, "{{ 上学期.名称 }}共开展关爱活动{{ 上学期.活动 }}项。")
    end(document, "if")
    end(document, "if")


def _goals(document: Document) -> None:
    heading(document, "目标", "工作目标")
    body(
        document,
        "一人一档，建档率达到100%；同意书签订率达到100%；谈心、通话不逾期；重点帮扶对象都有帮扶教师；"
        "学业、心理、亲情、安全、劳动五个方面的困难早发现、早帮扶，人数逐步减少。",
    )
    lead(document, "与儿童谈心、与家长通话等，按儿童的风险等级定频次：")
    risks = CLOSED["风险等级"]
    row_table(
        document,
        [("类型", 39), *((f"风险{risk}", 39.0) for risk in risks)],
        "行 in 频次",
        ["{{ 行.类型 }}", *(f"{{{{ 行.{risk} }}}}" for risk in risks)],
        styles=[CENTRED] * 4,
    )


def _measures(document: Document) -> None:
    heading(document, "措施", "主要措施")
    run_in(
        document,
        "（一）建档立卡。",
        "各班开学一个月内为每名儿童建立或更新档案，做到完整、准确、及时"
        "{% if 建档 %}（已有{{ 建档 }}人建立本学期档案）{% endif %}，并签订个人信息告知同意书"
        "{% if 基本.待签 %}（还有{{ 基本.待签 }}人没有签订）{% endif %}。",
    )
    run_in(
        document,
        "（二）谈心与通话。",
        "班主任按频次与儿童谈心，与家长通话，告知孩子的进步，听取家长的意见，随时登记。"
        "科任教师了解儿童在家的学习和生活，有计划地家访。",
    )
    run_in(
        document,
        "（三）结对帮扶。",
        "{% if 结对.对数 %}现有结对{{ 结对.对数 }}对，覆盖{{ 结对.儿童 }}人。{% endif %}"
        "为每名儿童安排手拉手伙伴和学习帮手；"
        "为每名重点帮扶对象落实一名帮扶教师"
        "{% if 结对.重点 %}（{{ 结对.重点 }}名重点帮扶对象中，{{ 结对.重点已结对 }}名已经落实）{% endif %}，"
        "班主任与联系本班的党员、领导加强协同。",
    )
    run_in(
        document,
        "（四）学习帮扶。",
        "按学科分组，每组有责任教师，有时间、内容和阶段目标，定期检查效果，记入进步档案。"
        "{% if 学习.份数 %}本学期已制定计划{{ 学习.份数 }}份（{{ 学习.学科 }}），帮扶{{ 学习.儿童 }}人。{% endif %}",
    )
    run_in(
        document,
        "（五）身心关爱。",
        "开展心理辅导，加强思想品德、法治、安全和感恩教育；在传统节日组织亲子联系，让孩子感受到父母的牵挂。",
    )
    run_in(
        document,
        "（六）社会支持。",
        "组织志愿者入户走访，帮助家庭困难的儿童申请救助，发放慰问物资，当面签收，账目清楚。",
    )


def _campaigns(document: Document) -> None:
    when(document, "序号.活动")
    heading(document, "活动", "活动安排")
    lead(document, "本学期安排以下活动，每项活动另行制定方案：")
    row_table(
        document,
        [("活动", 48), ("类型", 24), ("时间", 58), ("负责人", 26)],
        "行 in 活动",
        ["{{ 行.名称 }}", "{{ 行.类型 }}", "{{ 行.时间 }}", "{{ 行.负责人 }}"],
        styles=[CELL, CENTRED, CENTRED, CENTRED],
    )
    end(document, "if")


def _duties(document: Document) -> None:
    when(document, "序号.分工")
    heading(document, "分工", "班级分工")
    lead(document, "各班班主任为本班第一责任人，联系本班的党员、领导协助：")
    row_table(
        document,
        [("班级", 30), ("儿童", 16), ("重点", 16), ("班主任", 46), ("联系党员、领导", 48)],
        "行 in 分工",
        ["{{ 行.班级 }}", "{{ 行.人数 }}", "{{ 行.重点 }}", "{{ 行.班主任 }}", "{{ 行.联系人 }}"],
        styles=[CENTRED] * 5,
    )
    end(document, "if")


def _steps(document: Document) -> None:
    when(document, "序号.步骤")
    heading(document, "步骤", "实施步骤")
    phases = (
        ("一", "准备", "摸底排查，核对花名册，更新档案，落实结对，签订同意书，部署全学期工作。"),
        ("二", "实施", "按频次谈心、通话和家访，开展学习帮扶和各项活动；每周查看待办，每月检查覆盖情况。"),
        ("三", "总结", "检查帮扶效果，对照目标总结成绩和不足，整理档案，做好假期的联系安排。"),
    )
    for number, phase, text in phases:
        run_in(document, f"（{number}）{phase}阶段（{{{{ 步骤.{phase} }}}}）。", text)
    end(document, "if")


def _rules(document: Document) -> None:
    heading(document, "要求", "工作要求")
    run_in(document, "（一）落实责任。", "领导小组统一部署，德育处督促检查，班主任、帮扶教师和科任教师各负其责。")
    run_in(
        document,
        "（二）保护隐私。",
        "儿童的资料只用于关爱工作，不公开、不外传；照片须经监护人同意；不给儿童贴标签，不排名次。",
    )
    run_in(
        document,
        "（三）依法报告。",
        "发现儿童遭受或者可能遭受侵害、失去监护等情形，立即向公安机关和主管部门报告，并告知学校负责人。",
    )
    run_in(document, "（四）及时登记。", "每次谈心、通话、家访和帮扶当天登记，做到有记录、可查询、能总结。", LAST_BODY)
