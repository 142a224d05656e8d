"""The templates of 活动方案 and 活动总结."""

from __future__ import annotations

from typing import Final

from docx.document import Document

from xl_liushou.build.paper_base import paragraph
from xl_liushou.build.paper_official import (
    BODY,
    CAPTION,
    CELL,
    CENTRED,
    LAST_BODY,
    NOTE,
    SUBHEADING,
    body,
    body_of,
    campaign_title,
    charts,
    each,
    end,
    finished,
    gallery,
    heading,
    lead,
    leading_group,
    official_paper,
    row_table,
    run_in,
    section_of,
    signature,
    when,
)

_STEP: Final = "（{{ 环节.号 }}）{{ 环节.环节 }}"


def campaign_plan() -> bytes:
    """活动方案: background, theme, group, purpose, arrangements, contents, steps, requirements, safety."""
    document = official_paper("活动方案")
    campaign_title(document, "{{ 标题 }}")
    section_of(document, "背景", "活动背景")
    heading(document, "主题", "活动主题")
    body(document, "{{ 活动.主题 }}")
    _leading_group(document)
    heading(document, "目的", "活动目的")
    body_of(document, "目的")
    heading(document, "安排", "活动安排")
    _arrangements(document)
    _contents(document)
    _steps(document)
    section_of(document, "要求", "活动要求", last="not 序号.安全预案")
    section_of(document, "安全预案", "安全预案", last="true")
    signature(document)
    return finished(document)


def campaign_report() -> bytes:
    """活动总结: overview with attendance, what was done, targets and results, effect, problems, next steps."""
    document = official_paper("活动总结")
    campaign_title(document, "{{ 标题 }}")
    heading(document, "概况", "活动概况")
    body_of(document, "目的")
    body(document, "活动主题：{{ 活动.主题 }}")
    _arrangements(document)
    _attendance(document)
    _what_was_done(document)
    _results(document)
    section_of(document, "成效", "活动成效", last="not 序号.问题与改进 and not 序号.下一步")
    section_of(document, "问题与改进", "问题与改进", last="not 序号.下一步")
    _next_steps(document)
    signature(document)
    return finished(document)


def _leading_group(document: Document) -> None:
    when(document, "序号.领导小组")
    heading(document, "领导小组", "组织领导")
    lead(document, "为加强组织领导，成立活动领导小组，组成人员及职责如下：")
    leading_group(document)
    end(document, "if")


def _arrangements(document: Document) -> None:
    body(document, "活动时间：{{ 时间 }}")
    for name, tag in (("活动地点", "地点"), ("参加对象", "对象"), ("活动负责人", "负责人")):
        when(document, f"活动.{tag}")
        body(document, f"{name}：{{{{ 活动.{tag} }}}}")
        end(document, "if")
    when(document, "活动.预算")
    body(document, "经费预算：{{ 活动.预算 }}元")
    end(document, "if")


def _contents(document: Document) -> None:
    when(document, "序号.内容")
    heading(document, "内容", "活动内容")
    each(document, "环节", "活动内容")
    _step_told(document)
    end(document, "for")
    end(document, "if")


def _step_told(document: Document) -> None:
    """（一）环节。 with the first paragraph of its content running on, further ones below it."""
    when(document, "环节.内容")
    each(document, "段", "环节.内容")
    when(document, "loop.first")
    run_in(document, f"{_STEP}。", "{{ 段 }}")
    paragraph(document, "{%p else %}", BODY)
    body(document, "{{ 段 }}")
    end(document, "if")
    end(document, "for")
    paragraph(document, "{%p else %}", BODY)
    run_in(document, _STEP)
    end(document, "if")


def _steps(document: Document) -> None:
    when(document, "序号.步骤")
    heading(document, "步骤", "实施步骤")
    each(document, "阶段", "各阶段")
    when(document, "阶段.名称")
    days = "{% if 阶段.时间 %}（{{ 阶段.时间 }}）{% endif %}"
    paragraph(document, "（{{ 阶段.号 }}）{{ 阶段.名称 }}" + days, SUBHEADING)
    end(document, "if")
    when(document, "阶段.环节")
    _step_table(document)
    end(document, "if")
    end(document, "for")
    _tasks_by_class(document)
    end(document, "if")


def _step_table(document: Document) -> None:
    first = "{{ 环节.环节 }}{% if 环节.内容 %}：{{ 环节.内容 }}{% endif %}"
    row_table(
        document,
        [("工作事项", 65), ("范围", 28), ("负责人", 26), ("完成时限", 37)],
        "环节 in 阶段.环节",
        [first, "{{ 环节.班级 }}", "{{ 环节.负责人 }}", "{{ 环节.截止日期 }}"],
        styles=[CELL, CENTRED, CENTRED, CENTRED],
    )


def _tasks_by_class(document: Document) -> None:
    when(document, "分工")
    paragraph(document, "班级分工表", CAPTION)
    row_table(
        document,
        [("班级", 30), ("负责人", 34), ("承担事项", 92)],
        "任务 in 分工",
        ["{{ 任务.班级 }}", "{{ 任务.负责人 }}", "{{ 任务.环节 }}"],
        styles=[CENTRED, CENTRED, CELL],
    )
    end(document, "if")


def _attendance(document: Document) -> None:
    when(document, "参与.各行")
    whole = "参与.合计"
    body(
        document,
        f"本次活动应参加儿童{{{{ {whole}.应到 }}}}人，实际参加{{{{ {whole}.到 }}}}人，请假{{{{ {whole}.请假 }}}}人，"
        f"缺席{{{{ {whole}.缺席 }}}}人，到场率{{{{ {whole}.到场率 }}}}"
        f"{{% if {whole}.未登记 %}}（另有{{{{ {whole}.未登记 }}}}人尚未登记，已计入应参加人数）{{% endif %}}。",
    )
    paragraph(document, "各班参加情况表", CAPTION)
    titles = ("班级", "应到", "到", "请假", "缺席", "到场率")
    heads = ("班级", "应到", "到场", "请假", "缺席", "到场率")
    row_table(
        document,
        list(zip(heads, (41, 23, 23, 23, 23, 23), strict=True)),
        "行 in 参与.各行",
        [f"{{{{ 行.{name} }}}}" for name in titles],
        styles=[CENTRED] * 6,
    )
    end(document, "if")


def _what_was_done(document: Document) -> None:
    when(document, "序号.开展")
    heading(document, "开展", "开展情况")
    body(document, "活动共安排{{ 进度.总数 }}项工作，截至{{ 日期 }}已完成{{ 进度.完成 }}项。")
    each(document, "环节", "开展")
    _step_told(document)
    _photos(document)
    when(document, "环节.未列照片")
    paragraph(document, "另有{{ 环节.未列照片 }}处照片因未取得照片同意，未予列出。", NOTE)
    end(document, "if")
    end(document, "for")
    _done_by_class(document)
    end(document, "if")


def _photos(document: Document) -> None:
    """The photos of a step; those that are not among them by name, as all are where there is no folder of photos."""
    when(document, "环节.照片")
    when(document, "环节.照片.各行")
    gallery(document, "环节.照片.各行")
    end(document, "if")
    when(document, "环节.照片.未附")
    paragraph(document, "{% if 环节.照片.各行 %}另有{% endif %}照片：{{ 环节.照片.未附 }}", NOTE)
    end(document, "if")
    end(document, "if")


def _done_by_class(document: Document) -> None:
    when(document, "班级完成")
    paragraph(document, "各班完成情况表", CAPTION)
    row_table(
        document,
        [("班级", 32), ("应完成", 20), ("已完成", 20), ("未完成事项", 84)],
        "行 in 班级完成",
        ["{{ 行.班级 }}", "{{ 行.应完成 }}", "{{ 行.已完成 }}", "{{ 行.未完成环节 }}"],
        styles=[CENTRED, CENTRED, CENTRED, CELL],
    )
    end(document, "if")


def _results(document: Document) -> None:
    when(document, "序号.目标")
    heading(document, "目标", "目标完成情况")
    left_out = "{% if 目标.未填 %}（另有{{ 目标.未填 }}项工作尚未填报完成值，未计入）{% endif %}"
    lead(document, f"各项工作的目标与完成情况如下{left_out}：")
    row_table(
        document,
        [("工作事项", 66), ("单位", 18), ("目标值", 24), ("完成值", 24), ("完成率", 24)],
        "环节 in 目标.环节",
        [f"{{{{ 环节.{name} }}}}" for name in ("环节", "单位", "目标值", "完成值", "完成率")],
        styles=[CELL, *[CENTRED] * 4],
    )
    charts(document, "目标.图")
    end(document, "if")


def _next_steps(document: Document) -> None:
    when(document, "序号.下一步")
    heading(document, "下一步", "下一步工作")
    body(document, "以下事项尚未完成，由责任人抓紧办理，学校跟踪督促。")
    rest = "{{ 环节.班级 }}，负责人：{{ 环节.负责人 }}，完成时限：{{ 环节.截止日期 }}。"
    each(document, "环节", "下一步")
    when(document, "loop.last")
    run_in(document, f"{_STEP}。", rest, LAST_BODY)
    paragraph(document, "{%p else %}", BODY)
    run_in(document, f"{_STEP}。", rest)
    end(document, "if")
    end(document, "for")
    end(document, "if")
