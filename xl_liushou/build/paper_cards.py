"""The template of 档案卡: one A4 page a child, block under block, the photo in the upper right corner."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from docx.document import Document
from docx.table import Table, _Row

from xl_liushou.build.paper_base import FANGSONG, HEITI, KAITI, Look, Margins, define, new_paper, paragraph, save
from xl_liushou.build.paper_tables import cell_margins, fill, height, merged_down, table, whole_rows
from xl_liushou.schema.lists import PARENTS

_TITLE, _SUBTITLE, _LABEL, _TEXT, _ACCOUNT, _NOTE, _PICTURE = (
    "档案卡标题", "档案卡抬头", "档案卡栏目", "档案卡内容", "档案卡叙述", "档案卡附注", "档案卡照片",
)  # fmt: skip
_BLOCK: Final = 8.0
_PHOTO: Final = 25.0
_PHOTO_ROWS: Final = 5
_PHOTO_ROW_HEIGHT: Final = 35.0 / _PHOTO_ROWS
_BASIC_WIDTHS: Final = (_BLOCK, 17, 37, 11, 14, 15, 43, _PHOTO)
_THREE_PAIRS: Final = (1, 2, 3, 4, 5, 6)
_WIDE_PAIR: Final = ((1, 1), (2, 4), (5, 5), (6, 6))
_BASICS: Final = (
    ("姓名", "{{ 姓名 }}", "性别", "{{ 性别 }}", "民族", "{{ 民族 }}"),
    (
        "出生日期",
        "{{ 出生日期 }}",
        "年龄",
        "{% if 年龄 != '' %}{{ 年龄 }}岁{% endif %}",
        "班级",
        "{{ 年级 }}{{ 班级 }}",
    ),
    ("身份证号", "{{ 身份证号 }}", "学籍号", "{{ 学籍号 }}"),
    ("健康状况", "{{ 健康状况 }}{% if 健康说明 %}（{{ 健康说明 }}）{% endif %}", "寄宿", "{{ 寄宿 }}"),
    ("留守类型", "{{ 留守类型 }}", "起始日", "{{ 留守起始日 }}"),
)
_PARENT_WIDTHS: Final = (_BLOCK, 12, 47, 29, 40, 34)
_CARER_WIDTHS: Final = (_BLOCK, 20, 47, 29, 22, 22, 22)
_CONTACT_WIDTHS: Final = (_BLOCK, 37, 18, 29, 78)


def archive_card() -> bytes:
    """档案卡: 基本情况, 父母, 照护人, 四方面反馈, 最近联系, 签名盖章."""
    document = new_paper("档案卡", Margins(20, 20, 20, 20), size=10.5)
    _define_styles(document)
    paragraph(document, "儿童关爱档案卡", _TITLE)
    paragraph(document, "{{ 学校.学校名称 }}　　编号：{{ 儿童编号 }}", _SUBTITLE)
    _add_basics(document)
    _add_parents(document)
    _add_carers(document)
    _add_feedback(document)
    _add_contacts(document)
    _add_signatures(document)
    paragraph(document, "填表日期：{{ 落款日期 }}　　本卡含儿童个人信息，仅供校内关爱工作使用，请妥善保管。", _NOTE)
    return save(document)


def _define_styles(document: Document) -> None:
    define(document, _TITLE, Look(HEITI, 18, align="center", pitch=24))
    define(document, _SUBTITLE, Look(KAITI, 10.5, align="center", pitch=16, after=2))
    define(document, _LABEL, Look(HEITI, 10.5, align="center", pitch=13))
    define(document, _TEXT, Look(FANGSONG, 10.5, align="center", pitch=13))
    define(document, _ACCOUNT, Look(FANGSONG, 10.5, align="both", pitch=13))
    define(document, _PICTURE, Look(FANGSONG, 1, align="center"))
    define(document, _NOTE, Look(KAITI, 9, align="center", pitch=12, before=2))


def _block(document: Document, name: str, rows: int, widths: Sequence[float], least: float = 5.8) -> Table:
    """A table whose first column holds the name of the block, one character under the other."""
    made = table(document, rows, widths, padding=1)
    for row in made.rows:
        height(row, least)
    merged_down([row.cells[0] for row in made.rows])
    fill(made.cell(0, 0), name, _LABEL)
    whole_rows(made)
    return made


def _add_basics(document: Document) -> None:
    made = _block(document, "基本情况", _PHOTO_ROWS + 5, _BASIC_WIDTHS)
    for row, texts in zip(made.rows, _BASICS, strict=False):
        height(row, _PHOTO_ROW_HEIGHT)
        spans = [(place, place) for place in _THREE_PAIRS] if len(texts) == 6 else list(_WIDE_PAIR)
        _fill_pairs(row, spans, texts)
    photo = [row.cells[7] for row in made.rows[:_PHOTO_ROWS]]
    merged_down(photo)
    cell_margins(photo[0])
    fill(photo[0], "{%p if 照片 %}", _TEXT)
    paragraph(photo[0], "{{ 照片 }}", _PICTURE)
    for text in ("{%p else %}", "照片", "{%p endif %}"):
        paragraph(photo[0], text, _TEXT)
    rows = made.rows[_PHOTO_ROWS:]
    _fill_pairs(rows[0], [(1, 1), (2, 7)], ("家庭住址", "{{ 家庭住址 }}"))
    _fill_pairs(rows[1], [(1, 1), (2, 4), (5, 5), (6, 7)], ("户籍地", "{{ 户籍地 }}", "村组", "{{ 村组 }}"))
    fill(rows[2].cells[1], "{%tr for 项 in 限领导栏 %}", _TEXT)
    _fill_pairs(rows[3], [(1, 1), (2, 7)], ("{{ 项.名目 }}", "{{ 项.内容 }}"))
    fill(rows[4].cells[1], "{%tr endfor %}", _TEXT)


def _fill_pairs(row: _Row, spans: Sequence[tuple[int, int]], texts: Sequence[str]) -> None:
    """Label, value, label, value …, each over a span of columns."""
    cells = row.cells
    for number, ((first, last), text) in enumerate(zip(spans, texts, strict=True)):
        cell = cells[first].merge(cells[last]) if last > first else cells[first]
        fill(cell, text, _TEXT if number % 2 else _LABEL)


def _add_parents(document: Document) -> None:
    made = _block(document, "父母", 3, _PARENT_WIDTHS)
    _fill_cells(made.rows[0], ("称谓", "姓名", "电话", "务工地", "职业或单位"), _LABEL)
    for row, who in zip(made.rows[1:], PARENTS, strict=True):
        texts = (
            who, f"{{{{ {who}.姓名 }}}}", f"{{{{ {who}.手机 or {who}.固定电话 }}}}", f"{{{{ {who}.务工地 }}}}",
            f"{{{{ {who}.职业或单位 }}}}",
        )  # fmt: skip
        _fill_cells(row, texts, _TEXT)


def _add_carers(document: Document) -> None:
    made = _block(document, "照护人", 4, _CARER_WIDTHS)
    _fill_cells(made.rows[0], ("关系", "姓名", "电话", "现照护人", "健康状况", "监护能力"), _LABEL)
    fill(made.cell(1, 1), "{%tr for 人 in 照护人们 %}", _TEXT)
    values = (
        "{{ 人.关系 }}", "{{ 人.姓名 }}", "{{ 人.手机 or 人.固定电话 }}", "{{ 人.现照护人 }}", "{{ 人.健康状况 }}",
        "{{ 人.监护能力 }}",
    )  # fmt: skip
    _fill_cells(made.rows[2], values, _TEXT)
    fill(made.cell(3, 1), "{%tr endfor %}", _TEXT)


def _add_feedback(document: Document) -> None:
    made = _block(document, "四方面反馈", 4, (_BLOCK, 16, 14, 132))
    _fill_cells(
        made.rows[0], ("方面", "评定", "评语{% if 学期 %}（{{ 学期 }}，评价人：{{ 评价人 }}）{% endif %}"), _LABEL
    )
    fill(made.cell(1, 1), "{%tr for 项 in 评价 %}", _TEXT)
    _fill_cells(made.rows[2], ("{{ 项.方面 }}", "{{ 项.评定 }}", "{{ 项.评语 }}"), _TEXT, last=_ACCOUNT)
    fill(made.cell(3, 1), "{%tr endfor %}", _TEXT)


def _add_contacts(document: Document) -> None:
    made = _block(document, "最近联系", 7, _CONTACT_WIDTHS)
    _fill_cells(made.rows[0], ("日期", "类型", "记录人", "摘要"), _LABEL)
    fill(made.cell(1, 1), "{%tr for 记录 in 联系记录 %}", _TEXT)
    account = "{% if 记录.结果 != '完成' %}【{{ 记录.结果 }}】{% endif %}{{ 记录.摘要 }}"
    _fill_cells(
        made.rows[2], ("{{ 记录.日期 }}", "{{ 记录.类型 }}", "{{ 记录.记录人 }}", account), _TEXT, last=_ACCOUNT
    )
    fill(made.cell(3, 1), "{%tr endfor %}", _TEXT)
    fill(made.cell(4, 1), "{%tr if not 联系记录 %}", _TEXT)
    _fill_cells(made.rows[5], ("", "", "", "暂无记录"), _TEXT)
    fill(made.cell(6, 1), "{%tr endif %}", _TEXT)


def _fill_cells(row: _Row, texts: Sequence[str], style: str, last: str = "") -> None:
    """Fills the cells after the block's name."""
    styles = [style] * (len(texts) - 1) + [last or style]
    for cell, text, one in zip(row.cells[1:], texts, styles, strict=True):
        fill(cell, text, one)


def _add_signatures(document: Document) -> None:
    made = _block(document, "签章", 1, (_BLOCK, 54, 54, 54), least=17)
    for cell, who in zip(
        made.rows[0].cells[1:], ("班主任（签名）", "家长或照护人（签名）", "学校（盖章）"), strict=True
    ):
        fill(cell, who, _TEXT, top=True)
        cell_margins(cell, top=1)
        paragraph(cell, "", _TEXT)
        paragraph(cell, "年　　月　　日", _TEXT)
