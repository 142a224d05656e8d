"""docs/文书样张.md out of the catalogue of papers: what each looks like, what it is for, who reads it, its command."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from xl_liushou.core.plan import Audience
from xl_liushou.documents.catalogue import PAPERS, Companion, Paper

PURPOSES: Final = {
    "parent-letter": "向家长讲孩子的进步和近况，请家长一起做什么；下面有一张剪下来带回的回执。",
    "child-letter": "给孩子写信的信纸，开头按孩子的情况写；加 `--festival 中秋` 就为这个节日写，`next` 是最近要到的。",
    "archive-card": "一个孩子一页：基本情况、父母、照护人、四方面的反馈、最近的联系，签名盖章；同意的贴着照片。",
    "roster": "按要求上报的名册，全校一份；加 `--class 三年级1班` 就是一个班。",
    "contact-record": "一个孩子本学期的谈心、通话、家访，逐次列出；后面留着空行，可以接着手写。",
    "help-plan": "每份帮扶计划的目标、时间、内容，和一次次检查的进步。",
    "pairing-table": "哪个孩子和谁结对，先是总表，再按教师帮扶、学习帮手、手拉手分列。",
    "overdue-notice": "每位老师一份：什么逾期了，什么快到期；另有给德育负责人和领导小组的，下面是签收的回执。",
    "campaign-plan": "一项活动从背景、主题到步骤、分工、要求，按公文格式排好，打印就能盖章。",
    "campaign-report": "活动做了什么、到了多少人、目标完成得怎样，带照片、表和图。",
    "work-plan": "开学时用：孩子的情况、要关注的问题、措施、分工和步骤，数字都从工作簿里算出来。",
    "term-report": "期末用：谈心通话的覆盖率、问题的变化、结对的效果、活动和物资，有表有图，没有孩子的姓名。",
    "visit-form": "志愿者入户时手写的表；上面只有姓名、班级、村组和照护人的称呼。",
    "visit-form-leader": "给带队老师的：地址、电话、要带的物资。志愿者看不到这一张。",
    "volunteer-card": "剪开对折就是一张证，下半页的存根留在学校。没做背景核查的不发。",
    "supplies-receipt": "一家一份，两联：一联学校留存，一联家庭留存。",
    "supplies-receipt-list": "一项活动一份，全部物资的签收和分类合计。",
    "consent-form": "告诉家长收集什么、谁能看、保存多久、有什么权利，请家长逐项打勾签名。",
}
_READERS: Final[dict[Audience, str]] = {
    "家长": "这一家的家长",
    "班级": "负责的老师",
    "学校": "学校内部，请妥善保管",
    "上报": "上级部门",
    "志愿者": "志愿者",
}
_ASKS_CAMPAIGN: Final = ("visit-form", "volunteer-card", "supplies-receipt", "campaign-plan", "campaign-report")
_INTRODUCTION: Final = """# 文书样张

十六种文书各是什么样子、做什么用、给谁看、怎么写出来。图上是演示学校的样张，人都是虚构的；点开图可以看大一些。
命令前面加上程序的名字，如 `.venv/bin/xl-liushou write roster 关爱台账.xlsx`。
样子不合用，就用 `template copy` 取一份模板，在 Word 里改。

（本页和图由程序生成，请不要手改。）
"""


def samples_document() -> str:
    """The page for the school's office, in Markdown."""
    return "\n".join([_INTRODUCTION, *("\n".join(_entry(paper)) for paper in PAPERS.values())])


def _entry(paper: Paper) -> Iterator[str]:
    campaign = " --campaign HD02" if paper.name in _ASKS_CAMPAIGN else ""
    yield f"## {paper.title}\n"
    yield from _sheet(paper)
    yield f"- 命令：`write {paper.name} 关爱台账.xlsx{campaign}`\n"
    for companion in paper.companions:
        yield f"### 同时写出：{companion.title}\n"
        yield from _sheet(companion)
        yield ""


def _sheet(sheet: Paper | Companion) -> Iterator[str]:
    yield f"![{sheet.title}](pictures/{sheet.name}.png)\n"
    yield f"- 用处：{PURPOSES[sheet.name]}"
    yield f"- 份数：每个{sheet.per}一份"
    yield f"- 给谁看：{_READERS[sheet.audience]}"
