"""The template of 学期工作总结."""

from __future__ import annotations

from docx.document import Document

from xl_liushou.build.paper_base import paragraph
from xl_liushou.build.paper_official import (
    BODY,
    CAPTION,
    CELL,
    CENTRED,
    LAST_BODY,
    NOTE,
    body,
    campaign_title,
    charts,
    each,
    end,
    finished,
    heading,
    kept_together,
    lead,
    official_paper,
    row_table,
    run_in,
    signature,
    when,
)
from xl_liushou.build.paper_work_plan import CHILDREN, trouble_table
from xl_liushou.schema.lists import CLOSED


def term_report() -> bytes:
    """学期工作总结: children, files, contacts, troubles, pairings, study help, campaigns, supplies, what is wanting."""
    document = official_paper("学期工作总结")
    campaign_title(document, "{{ 标题 }}")
    body(document, "现将{{ 学期 }}（{{ 起止 }}）关爱工作总结如下，各项工作的记录统计至{{ 统计至 }}。")
    _children(document)
    _files(document)
    _contacts(document)
    _troubles(document)
    _pairings(document)
    _study(document)
    _campaigns(document)
    _supplies(document)
    _shortfalls(document)
    signature(document)
    return finished(document)


def _children(document: Document) -> None:
    heading(document, "基本", "基本情况")
    body(document, f"关爱儿童{CHILDREN}")
    moved = "{% if 基本.新建档 %}新建档{{ 基本.新建档 }}人{% endif %}"
    closed = "{% if 基本.结案 %}{% if 基本.新建档 %}、{% endif %}结案{{ 基本.结案 }}人{% endif %}"
    when(document, "基本.新建档 or 基本.结案")
    body(document, f"本学期{moved}{closed}。")
    end(document, "if")
    when(document, "各年级")
    paragraph(document, "各年级关爱儿童情况表（人）", CAPTION)
    row_table(
        document,
        [("年级", 30), *((title, 18.0) for title in ("人数", "男", "女", "重点", "风险高", "风险中", "风险低"))],
        "行 in 各年级",
        [f"{{{{ 行.{name} }}}}" for name in ("年级", "人数", "男", "女", "重点", *CLOSED["风险等级"])],
        styles=[CENTRED] * 8,
    )
    end(document, "if")


def _files(document: Document) -> None:
    heading(document, "档案", "建档与评定")
    when(document, "档案.各行")
    body(
        document,
        "本学期建立档案{{ 档案.份数 }}份，建档率{{ 档案.建档率 }}。"
        "{% if 档案.可比 %}两个学期都有档案的{{ 档案.可比 }}人，可以前后对比。{% endif %}",
    )
    paragraph(document, "四方面评定情况表（人）", CAPTION)
    moved = "{{% if 档案.可比 %}}{{{{ 行.{0} }}}}{{% else %}}—{{% endif %}}"
    made = row_table(
        document,
        [
            ("方面", 24),
            *((title, 17.0) for title in CLOSED["评定"]),
            ("优良率", 24),
            ("比上学期提高", 20),
            ("比上学期下降", 20),
        ],
        "行 in 档案.各行",
        [
            "{{ 行.方面 }}",
            *(f"{{{{ 行.{level} }}}}" for level in CLOSED["评定"]),
            "{{ 行.优良率 }}",
            moved.format("提高"),
            moved.format("下降"),
        ],
        styles=[CENTRED] * 8,
    )
    kept_together(made)
    charts(document, "档案.图")
    paragraph(document, "{%p else %}", BODY)
    body(document, "本学期尚未建立儿童档案。")
    end(document, "if")


def _contacts(document: Document) -> None:
    heading(document, "联系", "谈心与家长通话")
    when(document, "联系.各月")
    body(
        document,
        "本学期与儿童谈心{{ 联系.谈心.次数 }}次，按月计算覆盖率{{ 联系.谈心.覆盖率 }}；"
        "与家长通话{{ 联系.通话.次数 }}次，按月计算覆盖率{{ 联系.通话.覆盖率 }}。"
        "{% if 联系.上学期 %}上学期谈心覆盖率{{ 联系.上学期.谈心.覆盖率 }}，"
        "通话覆盖率{{ 联系.上学期.通话.覆盖率 }}。{% endif %}"
        "{% if 联系.其他 %}另有{{ 联系.其他 }}。{% endif %}",
    )
    _late(document)
    paragraph(document, "各月覆盖情况表", CAPTION)
    made = row_table(
        document,
        [("月份", 24), ("儿童", 24), ("谈心人数", 27), ("覆盖率", 27), ("通话人数", 27), ("覆盖率", 27)],
        "行 in 联系.各月",
        [
            "{{ 行.月份 }}",
            "{{ 行.儿童 }}",
            "{{ 行.谈心.人数 }}",
            "{{ 行.谈心.覆盖率 }}",
            "{{ 行.通话.人数 }}",
            "{{ 行.通话.覆盖率 }}",
        ],
        styles=[CENTRED] * 6,
    )
    kept_together(made)
    charts(document, "联系.图")
    _by_class(document)
    paragraph(
        document,
        "注：统计现在册的儿童；一名儿童当月至少有一次完成的谈心（通话），即为当月覆盖；全学期的覆盖率按各月人次合计。",
        NOTE,
    )
    paragraph(document, "{%p else %}", BODY)
    body(document, "本学期尚无完成的谈心和通话记录。{% if 联系.其他 %}其他联系有{{ 联系.其他 }}。{% endif %}")
    _late(document)
    end(document, "if")


def _late(document: Document) -> None:
    when(document, "联系.逾期.谈心 or 联系.逾期.通话")
    body(document, "截至{{ 日期 }}，谈心逾期{{ 联系.逾期.谈心 }}人，通话逾期{{ 联系.逾期.通话 }}人。")
    end(document, "if")


def _by_class(document: Document) -> None:
    when(document, "各班.各行")
    paragraph(document, "各班覆盖情况表", CAPTION)
    titles = [f"{kind}{what}" for kind in ("谈心", "通话") for what in ("次数", "覆盖率", "逾期")]
    tags = [f"{{{{ 行.{kind}.{what} }}}}" for kind in ("谈心", "通话") for what in ("次数", "覆盖率", "逾期")]
    row_table(
        document,
        list(zip(("班级", *titles), (30, *(19.5, 24, 19.5) * 2), strict=True)),
        "行 in 各班.各行",
        ["{{ 行.班级 }}", *tags],
        styles=[CENTRED] * 7,
    )
    charts(document, "各班.图")
    end(document, "if")


def _troubles(document: Document) -> None:
    when(document, "序号.关注")
    heading(document, "关注", "主要问题与变化")
    lead(document, "本学期{{ 关注.份数 }}份档案中，五个方面的情况如下：")
    trouble_table(document)
    when(document, "关注.变化")
    lead(document, "与上学期相比，同一批{{ 关注.可比 }}名儿童的变化如下：")
    made = row_table(
        document,
        [("方面", 54), ("好转（人）", 34), ("持平（人）", 34), ("加重（人）", 34)],
        "行 in 关注.变化",
        ["{{ 行.方面 }}", "{{ 行.好转 }}", "{{ 行.持平 }}", "{{ 行.加重 }}"],
        styles=[CENTRED] * 4,
    )
    kept_together(made)
    charts(document, "关注.变化图")
    paragraph(document, "{%p else %}", BODY)
    charts(document, "关注.图")
    body(document, "没有上学期的档案可以对比，从下学期起逐项对比。")
    end(document, "if")
    end(document, "if")


def _pairings(document: Document) -> None:
    heading(document, "结对", "结对帮扶")
    when(document, "结对.各行")
    lead(
        document,
        "本学期共有结对{{ 结对.对数 }}对，覆盖{{ 结对.儿童 }}人（{{ 结对.占比 }}）。"
        "{% if 结对.重点 %}{{ 结对.重点 }}名重点帮扶对象中，{{ 结对.重点已结对 }}名有帮扶教师。{% endif %}"
        "各类结对的效果如下：",
    )
    made = row_table(
        document,
        [("类型", 36), ("对数", 20), *((effect, 20.0) for effect in CLOSED["帮扶效果"]), ("未评", 20)],
        "行 in 结对.各行",
        ["{{ 行.类型 }}", "{{ 行.对数 }}", *(f"{{{{ 行.{one} }}}}" for one in CLOSED["帮扶效果"]), "{{ 行.未评 }}"],
        styles=[CENTRED] * 7,
    )
    kept_together(made)
    paragraph(document, "{%p else %}", BODY)
    body(document, "本学期尚无登记的结对帮扶。")
    end(document, "if")


def _study(document: Document) -> None:
    when(document, "序号.学习")
    heading(document, "学习", "学习帮扶")
    body(
        document,
        "本学期为{{ 学习.儿童 }}名儿童制定学习帮扶计划{{ 学习.份数 }}份，其中{{ 学习.学科 }}；目前{{ 学习.状态 }}。"
        "{% if 学习.检查 %}已检查效果的{{ 学习.检查 }}份计划"
        "{% if 学习.进步情况 %}，最近一次检查与基线相比：{{ 学习.进步情况 }}{% endif %}。"
        "{% else %}还没有检查效果的记录。{% endif %}",
    )
    end(document, "if")


def _campaigns(document: Document) -> None:
    when(document, "序号.活动")
    heading(document, "活动", "主题活动")
    lead(document, "本学期开展的活动和目标完成情况如下：")
    row_table(
        document,
        [("活动", 37), ("时间", 38), ("到场率", 18), ("完成工作", 19.5), ("达成目标", 19.5), ("目标完成率", 24)],
        "行 in 活动.各行",
        ["{{ 行.名称 }}", "{{ 行.时间 }}", "{{ 行.到场率 }}", "{{ 行.工作 }}", "{{ 行.目标 }}", "{{ 行.目标完成率 }}"],
        styles=[CELL, *[CENTRED] * 5],
    )
    charts(document, "活动.图")
    paragraph(document, "注：目标完成率是各项目标完成率的平均数，超额的按完成计。", NOTE)
    end(document, "if")


def _supplies(document: Document) -> None:
    when(document, "序号.物资")
    heading(document, "物资", "关爱物资")
    lead(document, "本学期发放关爱物资情况如下：")
    row_table(
        document,
        [("类别", 48), ("数量", 36), ("金额（元）", 36), ("儿童（人）", 36)],
        "行 in 物资.各行",
        ["{{ 行.类别 }}", "{{ 行.数量 }}", "{{ 行.金额 }}", "{{ 行.儿童 }}"],
        styles=[CENTRED] * 4,
    )
    end(document, "if")


def _shortfalls(document: Document) -> None:
    heading(document, "不足", "存在的不足与下一步打算")
    when(document, "不足")
    lead(document, "截至{{ 日期 }}，工作中还有以下不足，学校逐项落实：")
    each(document, "项", "不足")
    run_in(document, "（{{ 项.号 }}）{{ 项.说明 }}。", "{{ 项.打算 }}。")
    end(document, "for")
    paragraph(document, "{%p else %}", BODY)
    body(document, "截至{{ 日期 }}，登记的各项工作没有逾期和遗漏。")
    end(document, "if")
    paragraph(document, "下学期继续做好谈心、通话和结对帮扶，让每一名儿童都有人关心、有人帮助。", LAST_BODY)
