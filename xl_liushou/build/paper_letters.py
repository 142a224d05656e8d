"""The templates of 家长通报信 and 亲情书信."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from docx.document import Document
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.shared import Mm
from docx.text.paragraph import Paragraph

from xl_liushou.build.paper_base import (
    HEITI,
    KAITI,
    Look,
    Margins,
    dashed_above,
    define,
    new_paper,
    paragraph,
    run,
    save,
)
from xl_liushou.build.paper_lines import practice_squares, ruled_lines
from xl_liushou.build.paper_tables import (
    cell_margins,
    fill_row,
    table,
    whole_rows,
    whole_width,
)

_WIDTH: Final = 170.0
_LABEL_WIDTH: Final = 13.0


def parent_letter() -> bytes:
    """家长通报信: greeting, progress first, the situation, what to do together, signature, 回执."""
    document = new_paper("家长通报信", Margins(14, 20, 12, 20))
    _define_letter_styles(document)
    paragraph(document, "{{ 学校.学校名称 }}", "信头")
    paragraph(document, "家长通报信", "信件标题")
    paragraph(document, "尊敬的{{ 收信人.称呼 }}：", "称呼")
    paragraph(
        document,
        "您好！感谢您一直以来对孩子的牵挂和对学校的信任。现把{{ 孩子姓名 }}"
        "{% if 学校.学期 %}在{{ 学校.学期 }}{% else %}近来{% endif %}的情况告诉您。",
        "信件正文",
    )
    paragraph(document, "{%p for 孩子 in 孩子们 %}", "信件正文")
    _add_child_section(document)
    paragraph(document, "{%p endfor %}", "信件正文")
    _add_closing(document)
    _add_receipt(document)
    return save(document)


def _define_letter_styles(document: Document) -> None:
    define(document, "信头", Look(KAITI, 12, align="center", pitch=18))
    define(document, "信件标题", Look(HEITI, 18, align="center", pitch=26, after=4))
    define(document, "称呼", Look(HEITI, 12, align="left", pitch=20))
    define(document, "信件正文", Look(size=12, indent=2, pitch=18))
    define(document, "表前正文", Look(size=12, indent=2, pitch=18, after=1, keep_with_next=True))
    define(document, "孩子小标题", Look(HEITI, 12, align="left", pitch=18, before=5, keep_with_next=True))
    define(document, "落款", Look(size=12, align="right", pitch=18))
    define(document, "表格文字", Look(size=10, pitch=14, keep_with_next=True))
    define(document, "表格栏目", Look(HEITI, 10, align="center", pitch=14, keep_with_next=True))
    define(document, "裁剪提示", Look(KAITI, 9, align="center", pitch=13, before=14, keep_with_next=True))
    define(document, "回执正文", Look(size=11, align="left", pitch=20, keep_with_next=True))


def _add_child_section(document: Document) -> None:
    paragraph(document, "{%p if 孩子们|length > 1 %}", "信件正文")
    paragraph(document, "{{ 孩子.姓名 }}（{{ 孩子.年级 }}{{ 孩子.班级 }}）", "孩子小标题")
    paragraph(document, "{%p endif %}", "信件正文")
    paragraph(document, "{%p if 孩子.亮点 %}", "信件正文")
    _labelled(document, "进步与亮点：", "{% for 句子 in 孩子.亮点 %}{{ 句子 }}{% endfor %}")
    paragraph(document, "{%p endif %}", "信件正文")
    paragraph(document, "{%p if 孩子.评价 %}", "信件正文")
    _labelled(document, "近来的情况：", "老师从四个方面看到的孩子，写在下面。", "表前正文")
    _add_ratings(document)
    paragraph(document, "{%p endif %}", "信件正文")
    paragraph(document, "{%p if 孩子.帮扶 %}", "信件正文")
    _labelled(document, "学校在做的：", "{% for 句子 in 孩子.帮扶 %}{{ 句子 }}{% endfor %}")
    paragraph(document, "{%p endif %}", "信件正文")


def _labelled(document: Document, label: str, text: str, style: str = "信件正文") -> None:
    made = paragraph(document, "", style)
    run(made, label, font=HEITI)
    run(made, text)


def _add_ratings(document: Document) -> None:
    made = table(document, 3, (_LABEL_WIDTH, _WIDTH - _LABEL_WIDTH), padding=1)
    whole_width(made.rows[0], "{%tr for 项 in 孩子.评价 %}", "表格文字")
    fill_row(
        made.rows[1],
        ("{{ 项.方面 }}", "{{ 项.说法 }}{% if 项.说法 and 项.评语 %}。{% endif %}{{ 项.评语 }}"),
        ("表格栏目", "表格文字"),
    )
    for cell in made.rows[1].cells:
        cell_margins(cell, top=0.4, bottom=0.4, left=1, right=1)
    whole_width(made.rows[2], "{%tr endfor %}", "表格文字")
    whole_rows(made)


def _add_closing(document: Document) -> None:
    _labelled(
        document,
        "请您一起做：",
        "每周固定一个时间同孩子通话或视频，先听孩子说，再问学习；多肯定点滴进步，少作比较；"
        "常和家里照护孩子的亲人通气，留意孩子的作息和安全。",
    )
    paragraph(
        document,
        "您有什么想法或难处，请随时告诉我们{% if 学校.联系电话 %}，学校电话：{{ 学校.联系电话 }}{% endif %}。"
        "祝您平安健康！",
        "信件正文",
    )
    paragraph(
        document, "{{ 学校.落款单位 }}　班主任：{{ 班主任.姓名 }}{% if not 班主任.姓名 %}　　　　{% endif %}", "落款"
    )
    paragraph(document, "{{ 落款日期 }}", "落款")


def _add_receipt(document: Document) -> None:
    dashed_above(paragraph(document, "请沿虚线剪下，签名后由孩子带回学校，或拍照发给班主任", "裁剪提示"))
    receipt = paragraph(document, "", "回执正文")
    run(receipt, "回执：", font=HEITI)
    run(
        receipt,
        "{{ 孩子姓名 }}{% if 孩子们|length == 1 %}（{{ 年级 }}{{ 班级 }}）{% endif %}的家长通报信，我已收到。",
    )
    _with_blanks(document, "我想对孩子或老师说：\t", (_WIDTH,))
    _with_blanks(document, "方便通话的时间：\t　联系电话：\t", (_WIDTH / 2, _WIDTH))
    _with_blanks(document, "家长签名：\t　日期：\t", (_WIDTH / 2, _WIDTH))


def _with_blanks(document: Document, text: str, stops: Sequence[float]) -> Paragraph:
    """A line whose tabs are drawn as lines to write on, up to these places (mm)."""
    made = paragraph(document, text, "回执正文")
    for stop in stops:
        made.paragraph_format.tab_stops.add_tab_stop(Mm(stop), WD_TAB_ALIGNMENT.LEFT, WD_TAB_LEADER.LINES)
    return made


def child_letter() -> bytes:
    """亲情书信: stationery with an opening; pinyin lines and 田字格 for grades 一 and 二, ruled lines above."""
    document = new_paper("亲情书信", Margins(16, 20, 14, 20))
    define(document, "信头", Look(KAITI, 11, align="center", pitch=18))
    define(document, "信件标题", Look(KAITI, 22, align="center", pitch=34, after=4))
    define(document, "节日", Look(KAITI, 12, align="center", pitch=18))
    define(document, "书信称呼", Look(KAITI, 16, align="left", pitch=28))
    define(document, "书信开头", Look(KAITI, 16, align="left", indent=2, pitch=28, after=4))
    define(document, "书信落款", Look(KAITI, 14, align="right", pitch=26, before=4))
    define(document, "书写提示", Look(KAITI, 10.5, align="center", pitch=17, before=2))
    define(document, "书写格", Look(size=1, pitch=1))
    paragraph(document, "{{ 学校.学校名称 }}　{{ 年级 }}{{ 班级 }}", "信头")
    paragraph(document, "写给亲人的信", "信件标题")
    paragraph(document, "{%p if 节日 %}", "节日")
    paragraph(document, "{{ 节日.名称 }}　{{ 节日.日期 }}{% if 节日.农历 %}（{{ 节日.农历 }}）{% endif %}", "节日")
    paragraph(document, "{{ 节日.诗句 }}", "节日")
    paragraph(document, "{%p endif %}", "节日")
    paragraph(document, "{{ 称呼 }}：", "书信称呼")
    paragraph(document, "{{ 开头 }}", "书信开头")
    _add_lines(document)
    paragraph(document, "爱{{ 您 }}的孩子：{{ 姓名 }}　　　　　　年　　　月　　　日", "书信落款")
    paragraph(
        document,
        "{% if 节日 %}可以写：{{ 节日.可以写 }}。{% if 低年级 %}不会写的字用拼音，也可以画一画。{% endif %}"
        "{% elif 低年级 %}可以写：我最高兴的事，我学会的本领，我想问的话。不会写的字用拼音，也可以画一画。"
        "{% else %}可以写：学习上的进步，家里的生活，我的朋友和心愿，还有想对{{ 您 }}说的心里话。{% endif %}",
        "书写提示",
    )
    return save(document)


def _add_lines(document: Document) -> None:
    """What is written on; a festival's verse and longer opening take the place of some of it."""
    paragraph(document, "{%p if 低年级 %}", "书写格")
    practice_squares(document, "书写格", lines=7, columns=12)
    paragraph(document, "{%p if not 节日 %}", "书写格")
    practice_squares(document, "书写格", lines=1, columns=12)
    paragraph(document, "{%p endif %}", "书写格")
    paragraph(document, "{%p else %}", "书写格")
    ruled_lines(document, "书写格", lines=15, width=_WIDTH)
    paragraph(document, "{%p if not 节日 %}", "书写格")
    ruled_lines(document, "书写格", lines=2, width=_WIDTH)
    paragraph(document, "{%p endif %}", "书写格")
    paragraph(document, "{%p endif %}", "书写格")
