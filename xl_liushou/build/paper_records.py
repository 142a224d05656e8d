"""The template of 谈心/通话/家访记录表."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from docx.document import Document

from xl_liushou.build.paper_base import Margins, paragraph, save
from xl_liushou.build.paper_forms import (
    GAP,
    HEAD,
    NOTE,
    SECTION,
    TEXT,
    TITLE,
    UNDER,
    VALUE,
    form_paper,
    grid,
    sign_lines,
)
from xl_liushou.build.paper_tables import loop_table

_WIDTH: Final = 273.0
_FOLLOW_UP: Final = (
    "{% if 记录.跟进期限 %}（跟进期限：{{ 记录.跟进期限 }}"
    "{% if 记录.跟进完成日 %}，{{ 记录.跟进完成日 }}完成{% endif %}）{% endif %}"
)
_ISSUE: Final = "{{ 记录.问题 }}{% if 记录.问题 and 记录.措施 %}；{% endif %}{{ 记录.措施 }}" + _FOLLOW_UP
_SUMMARY: Final = "{{ 记录.标记 }}{{ 记录.摘要 }}"
_TALKS: Final[Mapping[str, tuple[float, str]]] = {
    "日期": (32, "{{ 记录.日期 }}"),
    "方式": (14, "{{ 记录.方式 }}"),
    "记录人": (20, "{{ 记录.记录人 }}"),
    "主题": (24, "{{ 记录.主题 }}"),
    "内容摘要": (120, _SUMMARY),
    "问题与措施": (63, _ISSUE),
}
_CALLS: Final[Mapping[str, tuple[float, str]]] = {
    "日期": (32, "{{ 记录.日期 }}"),
    "方式": (14, "{{ 记录.方式 }}"),
    "对象": (27, "{{ 记录.对象 }}"),
    "记录人": (20, "{{ 记录.记录人 }}"),
    "主题": (22, "{{ 记录.主题 }}"),
    "内容摘要": (80, _SUMMARY),
    "问题与措施": (42, _ISSUE),
    "家长反馈": (36, "{{ 记录.家长反馈 }}"),
}
_ACCOUNTS: Final = ("内容摘要", "问题与措施", "家长反馈")
_KINDS: Final = {"谈心": _TALKS, "通话": _CALLS, "家访": _CALLS}


def contact_record() -> bytes:
    """谈心/通话/家访记录表: the child, then a table for each kind of contact, with lines to go on by hand."""
    document = form_paper("谈心通话家访记录表", Margins(14, 12, 14, 12), size=9, landscape=True, numbered=True)
    paragraph(document, "谈心、通话、家访记录表", TITLE)
    days = "{% if 起止 %}（{{ 起止 }}）{% endif %}"
    paragraph(document, "{{ 学校.学校名称 }}　　{{ 学校.学期 }}" + days, UNDER)
    _add_child(document)
    for number, (kind, columns) in zip("一二三", _KINDS.items(), strict=True):
        paragraph(document, f"{number}、{kind}（已完成{{{{ {kind}.完成 }}}}次）", SECTION)
        _add_table(document, kind, columns)
    paragraph(document, "", GAP)
    sign_lines(document, _WIDTH, "班主任（签名）：", "德育负责人（签名）：", "日期：", least=9)
    note = "{% if 给领导 %}本表含限领导阅看的内容，请专人保管。{% endif %}"
    paragraph(
        document, f"填写日期：{{{{ 落款日期 }}}}　　{note}本表含儿童个人信息，仅供校内关爱工作使用，请妥善保管。", NOTE
    )
    return save(document)


def _add_child(document: Document) -> None:
    carer = "{{ 照护人.姓名 }}{% if 照护人.关系 %}（{{ 照护人.关系 }}）{% endif %}"
    phone = "{{ 照护人.手机 or 照护人.固定电话 }}"
    texts = (
        "姓名",
        "{{ 姓名 }}",
        "班级",
        "{{ 年级 }}{{ 班级 }}",
        "班主任",
        "{{ 班主任.姓名 }}",
        "照护人",
        carer,
        "电话",
        phone,
    )
    grid(document, (16, 45, 16, 30, 18, 38, 18, 50, 14, 28), [texts], least=7)


def _add_table(document: Document, kind: str, columns: Mapping[str, tuple[float, str]]) -> None:
    loop_table(
        document,
        [(name, width) for name, (width, _) in columns.items()],
        f"记录 in {kind}.记录",
        [tag for _, tag in columns.values()],
        [TEXT if name in _ACCOUNTS else VALUE for name in columns],
        head=HEAD,
        blanks=f"{kind}.空行",
    )
