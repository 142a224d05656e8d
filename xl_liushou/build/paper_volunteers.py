"""The template of 志愿者证: the upper half of an A4 page, folded once, is a card of A6; the lower half is the stub."""

from __future__ import annotations

from typing import Final

from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.table import _Cell

from xl_liushou.build.paper_base import FANGSONG, HEITI, KAITI, Look, Margins, dashed_above, define, paragraph, save
from xl_liushou.build.paper_forms import GAP, LEAD, form_paper, grid, sign_lines
from xl_liushou.build.paper_tables import cell_margins, fill, height, table

_SCHOOL, _CARD, _CAMPAIGN, _PHOTO = "证件学校", "证件名称", "证件活动", "证件照片"
_LABEL, _VALUE, _VALID = "证件栏目", "证件内容", "证件有效期"
_HEADING, _RULE, _CUT = "证件小标题", "证件守则", "裁剪提示"
_EDGE: Final = 8.0
_FACE: Final = 105.0 - 2 * _EDGE
_FACE_HEIGHT: Final = 148.5 - 2 * _EDGE
_WIDTH: Final = 210.0 - 2 * _EDGE
_FIELDS: Final = (
    ("姓　名", "{{ 姓名 }}"),
    ("单　位", "{{ 单位 }}"),
    ("组　别", "{{ 分组 }}{% if 组长 == '是' %}（组长）{% endif %}"),
    ("证　号", "{{ 证号 }}"),
)
_RULES: Final = (
    "佩戴本证和袖章，两人以上同行，听带队老师安排。",
    "说话和气，多听少问；不打听隐私，不许诺办不到的事。",
    "不拍孩子的正面，不发到网上；看到的、听到的不外传。",
    "不和孩子单独待在一间屋里，不带孩子外出，不私下留联系方式、给钱物。",
    "发现孩子受到伤害或有危险，马上告诉带队老师；情况紧急，先拨打110。",
    "本证只在本次活动中使用，不转借；活动结束交回学校。",
)


def volunteer_card() -> bytes:
    """志愿者证: who it is on the front, how to behave on the back, and below the line what the school keeps."""
    document = form_paper("志愿者证", Margins(_EDGE, _EDGE, _EDGE, _EDGE))
    _define_styles(document)
    made = table(document, 1, (_FACE, _EDGE, _EDGE, _FACE), borders=False)
    height(made.rows[0], _FACE_HEIGHT, exact=True)
    front, gap, _, back = made.rows[0].cells
    for face in (front, back):
        _set_borders(face, "double", "top", "left", "bottom", "right")
        cell_margins(face, top=3, right=5, left=5)
    _set_borders(gap, "dotted", "right")
    _add_front(front)
    _add_back(back)
    _add_stub(document)
    return save(document)


def _define_styles(document: Document) -> None:
    define(document, _SCHOOL, Look(KAITI, 12, align="center", pitch=17))
    define(document, _CARD, Look(HEITI, 28, align="center", pitch=38))
    define(document, _CAMPAIGN, Look(KAITI, 11, align="center", pitch=16, after=5))
    define(document, _PHOTO, Look(KAITI, 10.5, align="center", pitch=16))
    define(document, _LABEL, Look(HEITI, 11, align="right", pitch=15))
    define(document, _VALUE, Look(FANGSONG, 12, align="left", pitch=15))
    define(document, _VALID, Look(FANGSONG, 10.5, align="center", pitch=16, before=4, close=True))
    define(document, _HEADING, Look(HEITI, 16, align="center", pitch=26, before=6, after=8))
    define(document, _RULE, Look(FANGSONG, 11, align="both", pitch=18, after=5))
    define(document, _CUT, Look(KAITI, 9, align="center", pitch=13, before=20, after=10))


def _set_borders(cell: _Cell, kind: str, *sides: str) -> None:
    lines = "".join(f'<w:{side} w:val="{kind}" w:sz="4" w:space="0" w:color="808080"/>' for side in sides)
    borders = parse_xml(f"<w:tcBorders {nsdecls('w')}>{lines}</w:tcBorders>")
    cell._tc.get_or_add_tcPr().insert_element_before(borders, "w:shd", "w:noWrap", "w:tcMar", "w:vAlign")


def _add_front(face: _Cell) -> None:
    paragraph(face, "{{ 学校.学校名称 }}", _SCHOOL)
    paragraph(face, "志愿者证", _CARD)
    paragraph(face, "{{ 活动.名称 }}", _CAMPAIGN)
    photo = table(face, 1, (25,))
    height(photo.rows[0], 35, exact=True)
    fill(photo.cell(0, 0), "照片", _PHOTO)
    face.paragraphs[-1].style = GAP
    fields = table(face, len(_FIELDS), (18, 60), borders=False)
    for row, (label, value) in zip(fields.rows, _FIELDS, strict=True):
        height(row, 7.5)
        fill(row.cells[0], label, _LABEL)
        fill(row.cells[1], value, _VALUE)
    face.paragraphs[-1].style = GAP
    paragraph(face, "有效期：{{ 活动.时间 or '　　　　年　　月　　日止' }}", _VALID)


def _add_back(face: _Cell) -> None:
    paragraph(face, "走访守则", _HEADING)
    for number, rule in enumerate(_RULES, 1):
        paragraph(face, f"{number}．{rule}", _RULE)
    paragraph(face, "{% if 学校.联系电话 %}学校电话：{{ 学校.联系电话 }}{% endif %}", _VALID)
    paragraph(face, "发证：{{ 学校.落款单位 }}（盖章）", _VALID)


def _add_stub(document: Document) -> None:
    dashed_above(paragraph(document, "沿此线剪开，上半页沿中间的虚线对折，就是一张志愿者证；下半页由学校留存", _CUT))
    paragraph(document, "志愿者证存根", _HEADING)
    grid(
        document,
        (18, 46, 18, 50, 18, 44),
        [
            ("姓名", "{{ 姓名 }}", "单位", "{{ 单位 }}", "证号", "{{ 证号 }}"),
            ("组别", "{{ 分组 }}", "活动", "{{ 活动.名称 }}", "袖章", "□ 已领　□ 已交回"),
        ],
        least=14,
    )
    paragraph(document, "", GAP)
    paragraph(document, "我已读过走访守则，愿意遵守，并为孩子和家庭的情况保密。", LEAD)
    sign_lines(document, _WIDTH, ("领证人（签名）：", "领证日期："), ("交回日期：", "经办人（签名）："), least=22)
