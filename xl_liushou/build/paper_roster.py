"""The template of 花名册: a wide table over as many pages as it takes, then the counts."""

from __future__ import annotations

from typing import Final

from docx.document import Document

from xl_liushou.build.paper_base import Margins, paragraph, save
from xl_liushou.build.paper_forms import GAP, LEAD, SECTION, TITLE, UNDER, form_paper, list_table, sign_lines
from xl_liushou.schema.lists import CLOSED

_COLUMNS: Final = (
    ("序号", 9, "{{ 孩子.序号 }}"),
    ("姓名", 19, "{{ 孩子.姓名 }}"),
    ("性别", 9, "{{ 孩子.性别 }}"),
    ("出生日期", 31, "{{ 孩子.出生日期 }}"),
    ("身份证号", 39, "{{ 孩子.身份证号 }}"),
    ("班级", 18, "{{ 孩子.年级 }}{{ 孩子.班级 }}"),
    ("留守类型", 22, "{{ 孩子.留守类型 }}"),
    ("父母务工地", 31, "{{ 孩子.父母务工地 }}"),
    ("照护人", 18, "{{ 孩子.照护人.姓名 }}"),
    ("关系", 14, "{{ 孩子.照护人.关系 }}"),
    ("联系电话", 26, "{{ 孩子.照护人.手机 or 孩子.照护人.固定电话 }}"),
    ("家庭住址", 37, "{{ 孩子.家庭住址 }}"),
)
_FOOT: Final = "本册有身份证号，只按规定报送，请妥善保管，不外传"
_WIDTH: Final = 273.0
_COUNTS: Final = (
    ("班级", 45.0, "{{ 行.班级 }}"),
    ("人数", 24.0, "{{ 行.人数 }}"),
    *((one, 20.0, f"{{{{ 行.{one} }}}}") for one in CLOSED["性别"]),
    *((one, 36.0, f"{{{{ 行.{one} }}}}") for one in CLOSED["留守类型"]),
)


def roster() -> bytes:
    """花名册: who, whose child, where; the whole ID number, for this list goes to the authorities."""
    document = form_paper("儿童关爱花名册", Margins(14, 12, 15, 12), size=9, landscape=True, foot=_FOOT)
    paragraph(document, "儿童关爱花名册", TITLE)
    teacher = "{% if 班主任.姓名 %}　　班主任：{{ 班主任.姓名 }}{% endif %}"
    paragraph(document, "{{ 学校.学校名称 }}　　{{ 范围 }}" + teacher + "　　{{ 落款日期 }}", UNDER)
    list_table(document, _COLUMNS, "孩子 in 孩子们", ("父母务工地", "家庭住址"))
    _add_counts(document)
    paragraph(document, "", GAP)
    sign_lines(document, _WIDTH, ("填表人：", "审核人：", "校长（签名）：", "单位（盖章）："))
    return save(document)


def _add_counts(document: Document) -> None:
    paragraph(document, "", GAP)
    kinds = "，".join(f"{one}{{{{ 统计.{one} }}}}人" for one in CLOSED["留守类型"])
    paragraph(document, f"共{{{{ 统计.人数 }}}}人，其中男{{{{ 统计.男 }}}}人、女{{{{ 统计.女 }}}}人；{kinds}。", LEAD)
    paragraph(document, "{%p if 分班统计 %}", LEAD)
    paragraph(document, "分班统计", SECTION)
    list_table(document, _COUNTS, "行 in 分班统计")
    paragraph(document, "{%p endif %}", LEAD)
