"""The template of 逾期提醒单."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from docx.document import Document

from xl_liushou.build.paper_base import Holder, dashed_above, paragraph
from xl_liushou.build.paper_official import (
    BODY,
    CAPTION,
    CENTRED,
    GAP,
    SMALL,
    SMALL_CENTRED,
    TITLE,
    TO,
    end,
    finished,
    heading,
    lead,
    official_paper,
    one_piece,
    row_table,
    signature,
    when,
)

_OWN: Final = {"姓名": 25, "班级": 22, "类型": 18, "上次日期": 20, "应完成日期": 24, "状态": 20, "备注": 27}
_OTHERS: Final = {"姓名": 25, "班级": 22, "类型": 18, "责任人": 20, "应完成日期": 24, "状态": 20, "备注": 27}
_REPORT_NOW: Final = (
    "下列儿童的情况依法须强制报告，尚无报告记录。请立即报告公安机关和主管部门，并登记报告时间和报告部门。"
)
_DO_NOW: Final = (
    "逾期事项请立即办理，今日到期事项请于当日办理，临期事项请于应完成日期前办理；办理后请及时登记，未接通的不作为完成。"
)


def overdue_notice() -> bytes:
    """逾期提醒单: must-reports first, own items, items of others that escalated, what to do, a slip to sign."""
    document = official_paper("逾期提醒单")
    paragraph(document, "逾期提醒单", TITLE)
    paragraph(document, "{{ 收件人 }}：", TO)
    _must_reports(document)
    _own_items(document)
    _others_items(document)
    _what_to_do(document)
    return finished(document)


def _must_reports(document: Document) -> None:
    when(document, "序号.强制报告")
    heading(document, "强制报告", "须立即报告的事项")
    lead(document, _REPORT_NOW)
    row_table(
        document,
        [("姓名", 40), ("班级", 36), ("要求", 80)],
        "事项 in 强制报告",
        ["{{ 事项.姓名 }}", "{{ 事项.班级 }}", "立即报告公安机关和主管部门"],
        styles=[CENTRED] * 3,
    )
    end(document, "if")


def _own_items(document: Document) -> None:
    when(document, "序号.本人事项")
    heading(document, "本人事项", "由您负责的事项")
    lead(document, "截至{{ 日期 }}，由您负责的事项有{{ 概要 }}：")
    _items(document, _OWN, "本人事项")
    end(document, "if")


def _others_items(document: Document) -> None:
    when(document, "序号.督办事项")
    heading(document, "督办事项", "请督促办理的事项")
    lead(document, "下列事项逾期较久，按规定报请督办：")
    _items(document, _OTHERS, "督办事项")
    end(document, "if")


def _items(document: Document, columns: Mapping[str, float], among: str) -> None:
    tags = [f"{{{{ 事项.{name} }}}}" for name in columns]
    styles = [*[SMALL_CENTRED] * (len(columns) - 1), SMALL]
    row_table(document, list(columns.items()), f"事项 in {among}", tags, styles)


def _what_to_do(document: Document) -> None:
    """What to do, the signature and the slip: they stay on one page."""
    heading(document, "要求", "办理要求")
    piece = one_piece(document)
    _instruction(piece, "序号.强制报告", "须立即报告的事项先于一切事项办理，不得隐瞒、拖延。")
    _instruction(piece, "序号.本人事项", _DO_NOW)
    _instruction(piece, "统计.无法计算", "状态为“无法计算”的，请补填缺少的日期。")
    _instruction(piece, "序号.督办事项", "请督促责任人办理督办事项，了解未完成的原因，帮助解决困难。")
    signature(piece)
    _slip(piece)


def _instruction(piece: Holder, condition: str, text: str) -> None:
    when(piece, condition)
    paragraph(piece, text, BODY)
    end(piece, "if")


def _slip(piece: Holder) -> None:
    paragraph(piece, "", GAP)
    dashed_above(paragraph(piece, "回　执", CAPTION))
    paragraph(piece, "本单所列事项已知悉，将按要求办理。", BODY)
    paragraph(piece, "签收人：＿＿＿＿　签收日期：＿＿＿年＿＿月＿＿日", BODY)
