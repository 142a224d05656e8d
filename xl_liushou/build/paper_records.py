"""The template of 谈心/通话/家访记录表."""

from __future__ import annotations

from typing import Final

from docx.document import Document

from xl_liushou.build.paper_base import Margins, paragraph, save
from xl_liushou.build.paper_forms import GAP, SECTION, TITLE, UNDER, ListColumn, form_paper, grid, list_table

_FOLLOW_UP: Final = (
    "{% if 记录.跟进期限 %}（跟进期限：{{ 记录.跟进期限 }}"
    "{% if 记录.跟进完成日 %}，{{ 记录.跟进完成日 }}完成{% endif %}）{% endif %}"
)
_ISSUE: Final = "{{ 记录.问题 }}{% if 记录.问题 and 记录.措施 %}；{% endif %}{{ 记录.措施 }}" + _FOLLOW_UP
_SUMMARY: Final = "{{ 记录.标记 }}{{ 记录.摘要 }}"
_TALKS: Final[tuple[ListColumn, ...]] = (
    ("日期", 32, "{{ 记录.日期 }}"),
    ("方式", 14, "{{ 记录.方式 }}"),
    ("记录人", 20, "{{ 记录.记录人 }}"),
    ("主题", 24, "{{ 记录.主题 }}"),
    ("内容摘要", 120, _SUMMARY),
    ("问题与措施", 63, _ISSUE),
)
_CALLS: Final[tuple[ListColumn, ...]] = (
    ("日期", 32, "{{ 记录.日期 }}"),
    ("方式", 14, "{{ 记录.方式 }}"),
    ("对象", 27, "{{ 记录.对象 }}"),
    ("记录人", 20, "{{ 记录.记录人 }}"),
    ("主题", 22, "{{ 记录.主题 }}"),
    ("内容摘要", 80, _SUMMARY),
    ("问题与措施", 42, _ISSUE),
    ("家长反馈", 36, "{{ 记录.家长反馈 }}"),
)
_SIGNED: Final = "班主任（签名）：　　　　　　　　　　　　德育负责人（签名）：　　　　　　　　　　　　日期："
_FOOT: Final = "本表含儿童个人信息，仅供校内关爱工作使用，请妥善保管"
_ACCOUNTS: Final = ("内容摘要", "问题与措施", "家长反馈")
_KINDS: Final = {"谈心": _TALKS, "通话": _CALLS, "家访": _CALLS}


def contact_record() -> bytes:
    """谈心/通话/家访记录表: the child, then a table for each kind of contact, with lines to go on by hand."""
    document = form_paper("谈心通话家访记录表", Margins(14, 12, 14, 12), size=9, landscape=True, foot=_FOOT)
    paragraph(document, "谈心、通话、家访记录表", TITLE)
    days = "{% if 起止 %}（{{ 起止 }}）{% endif %}"
    secret = "{% if 给领导 %}　　【含限领导阅看的内容，由专人保管】{% endif %}"
    paragraph(
        document, "{{ 学校.学校名称 }}　　{{ 学校.学期 }}" + days + "　　填写日期：{{ 落款日期 }}" + secret, UNDER
    )
    _add_child(document)
    for number, (kind, columns) in zip("一二三", _KINDS.items(), strict=True):
        paragraph(document, f"{number}、{kind}（已完成{{{{ {kind}.完成 }}}}次）", SECTION)
        to_sign = _SIGNED if kind == "家访" else ""
        list_table(document, columns, f"记录 in {kind}.记录", _ACCOUNTS, blanks=f"{kind}.空行", last=to_sign)
    paragraph(document, "", GAP)
    return save(document)


def _add_child(document: Document) -> None:
    carer = "{{ 照护人.姓名 }}{% if 照护人.关系 %}（{{ 照护人.关系 }}）{% endif %}"
    phone = "{{ 照护人.手机 or 照护人.固定电话 }}"
    texts = (
        "姓名", "{{ 姓名 }}", "班级", "{{ 年级 }}{{ 班级 }}", "班主任", "{{ 班主任.姓名 }}",
        "照护人", carer, "电话", phone,
    )  # fmt: skip
    grid(document, (16, 45, 16, 30, 18, 38, 18, 50, 14, 28), [texts], least=7)
