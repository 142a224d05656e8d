"""The look of official papers: GB/T 9704-2012, 22 lines of 28 characters on an A4 page.

Figures of the standard: margins 37, 26, 35, 28 mm; title 22 pt, body 16 pt with an exact pitch; headings 一、
in 黑体, （一） in 楷体; page number 14 pt on the outer side, 7 mm below the text.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm
from docx.styles.style import ParagraphStyle
from docx.table import Table, _Cell

from xl_liushou.build.paper_base import (
    FANGSONG,
    HEITI,
    KAITI,
    SONGTI,
    Holder,
    Look,
    Margins,
    define,
    new_paper,
    page_number,
    paragraph,
    run,
    save,
)
from xl_liushou.build.paper_tables import loop_table, table, whole_rows, whole_width

TITLE, HEADING, SUBHEADING, BODY = "Title", "Heading 1", "Heading 2", "正文段落"
LEAD, LAST_BODY, SCHOOL, TO = "表前段落", "正文末段", "发文单位", "主送"
CAPTION, CELL, CENTRED, COLUMN = "表题", "表内文字", "表内居中", "表头"
SMALL, SMALL_CENTRED = "表内小字", "表内小字居中"
SIGNATURE, GAP, NOTE, FIGURE = "落款", "表后空行", "附注", "图"
PICTURE, PICTURE_WORDS = "照片", "照片说明"
LINE_PITCH: Final = 28.95
_BODY_SIZE: Final = 16
_TEXT_WIDTH: Final = 156.0
_TIGHTER: Final = -5  # twentieths of a point: 28 characters of 16 pt need 448 pt, the line has 442
_LOOKS: Final = {
    SCHOOL: Look(SONGTI, 22, bold=True, align="center", pitch=36, keep_with_next=True),
    TITLE: Look(SONGTI, 22, bold=True, align="center", pitch=36, after=LINE_PITCH),
    HEADING: Look(HEITI, _BODY_SIZE, indent=2, pitch=LINE_PITCH, keep_with_next=True),
    SUBHEADING: Look(KAITI, _BODY_SIZE, indent=2, pitch=LINE_PITCH, after=3, keep_with_next=True),
    TO: Look(FANGSONG, _BODY_SIZE, pitch=LINE_PITCH),
    BODY: Look(FANGSONG, _BODY_SIZE, indent=2, pitch=LINE_PITCH),
    LEAD: Look(FANGSONG, _BODY_SIZE, indent=2, pitch=LINE_PITCH, after=5, keep_with_next=True),
    LAST_BODY: Look(FANGSONG, _BODY_SIZE, indent=2, pitch=LINE_PITCH, keep_with_next=True),
    CAPTION: Look(HEITI, 14, align="center", pitch=24, before=6, after=3, keep_with_next=True),
    COLUMN: Look(HEITI, 12, align="center", pitch=20, before=2, after=2, keep_with_next=True),
    CELL: Look(FANGSONG, 12, align="left", pitch=18, before=2, after=2, close=True),
    CENTRED: Look(FANGSONG, 12, align="center", pitch=18, before=2, after=2, close=True),
    SMALL: Look(FANGSONG, 10.5, align="left", pitch=15, before=2, after=2, close=True),
    SMALL_CENTRED: Look(FANGSONG, 10.5, align="center", pitch=15, before=2, after=2, close=True),
    NOTE: Look(FANGSONG, 12, indent=2, pitch=20),
    GAP: Look(FANGSONG, 6, pitch=8),
    FIGURE: Look(FANGSONG, 12, align="center", before=3, after=3),
    SIGNATURE: Look(FANGSONG, _BODY_SIZE, align="center", pitch=LINE_PITCH, keep_with_next=True),
}


def official_paper(title: str) -> Document:
    """An empty paper with the page, the styles and the page number of GB/T 9704."""
    document = new_paper(title, Margins(37, 26, 35, 28), FANGSONG, _BODY_SIZE)
    document.sections[0].footer_distance = Mm(23)
    for name, look in _LOOKS.items():
        define(document, name, look)
    for name in (BODY, LEAD, LAST_BODY, TO):
        _tighten(_style(document, name))
    for level, name in enumerate((HEADING, SUBHEADING)):
        _set_outline(_style(document, name), level)
    _set_right_half(_style(document, SIGNATURE))
    page_number(document, Look(SONGTI, 14), outer=True)
    return document


def campaign_title(document: Document, text: str) -> None:
    """The title, below the name of the school unless it names the school itself."""
    when(document, "抬头")
    paragraph(document, "{{ 抬头 }}", SCHOOL)
    end(document, "if")
    paragraph(document, text, TITLE)


def heading(document: Document, name: str, text: str) -> None:
    """A heading 一、 whose number the context gives; it renumbers itself when sections are left out."""
    paragraph(document, f"{{{{ 序号.{name} }}}}、{text}", HEADING)


def when(holder: Holder, condition: str) -> None:
    """What follows, up to `end`, stands only where the condition holds."""
    paragraph(holder, f"{{%p if {condition} %}}", BODY)


def each(document: Document, one: str, among: str) -> None:
    """What follows, up to `end`, stands once for each."""
    paragraph(document, f"{{%p for {one} in {among} %}}", BODY)


def end(holder: Holder, what: str) -> None:
    """Ends a `when` ("if") or an `each` ("for")."""
    paragraph(holder, f"{{%p end{what} %}}", BODY)


def body(document: Document, *texts: str) -> None:
    """Paragraphs of running text."""
    for text in texts:
        paragraph(document, text, BODY)


def lead(document: Document, text: str) -> None:
    """A sentence that leads to the table below it and stays with it."""
    paragraph(document, text, LEAD)


def body_of(document: Document, column: str, last: str = "") -> None:
    """The paragraphs of a long text; `last` says when the signature follows, which then never stands alone."""
    each(document, "段", f"段落.{column}")
    if last:
        when(document, f"loop.last and {last}")
        paragraph(document, "{{ 段 }}", LAST_BODY)
        paragraph(document, "{%p else %}", BODY)
    paragraph(document, "{{ 段 }}", BODY)
    if last:
        end(document, "if")
    end(document, "for")


def section_of(document: Document, column: str, text: str, last: str = "") -> None:
    """A heading and a long text, both left out where the column is blank."""
    when(document, f"序号.{column}")
    heading(document, column, text)
    body_of(document, column, last)
    end(document, "if")


def run_in(document: Document, text: str, rest: str = "", style: str = BODY) -> None:
    """A paragraph that begins with its own heading （一） in 楷体."""
    made = paragraph(document, "", style)
    run(made, text, font=KAITI)
    if rest:
        run(made, rest)


def row_table(
    document: Document, columns: Sequence[tuple[str, float]], loop: str, tags: Sequence[str], styles: Sequence[str]
) -> Table:
    """A table of a head row and one row for each; `columns` are titles and widths in mm, `loop` is "环节 in …"."""
    made = loop_table(document, columns, loop, tags, styles, head=COLUMN)
    paragraph(document, "", GAP)
    return made


def leading_group(document: Document) -> None:
    """The members of a leading group: role, name, position, duty."""
    row_table(
        document,
        [("角色", 20), ("姓名", 24), ("职务", 36), ("职责", 76)],
        "成员 in 领导小组",
        ["{{ 成员.角色 }}", "{{ 成员.姓名 }}", "{{ 成员.职务 }}", "{{ 成员.职责 }}"],
        styles=[CENTRED, CENTRED, CENTRED, CELL],
    )


def charts(document: Document, among: str) -> None:
    """A paragraph for each chart of a list, as high as the chart is."""
    each(document, "图", among)
    paragraph(document, "{{ 图 }}", FIGURE)
    end(document, "for")


def kept_together(made: Table) -> None:
    """Keeps a table of few rows on one page, with what follows it."""
    for row in made.rows:
        for cell in row.cells:
            cell.paragraphs[0].paragraph_format.keep_with_next = True


def gallery(document: Document, among: str) -> None:
    """Photos without a frame, two in a row, the last in the middle where it is alone, each with its words below."""
    define(document, PICTURE, Look(FANGSONG, 1, align="center", before=5))
    define(document, PICTURE_WORDS, Look(KAITI, 10.5, align="center", pitch=15, before=3, after=3))
    made = table(document, 7, (_TEXT_WIDTH / 2,) * 2, borders=False, padding=1)
    left, right = made.rows[2].cells
    whole_width(made.rows[0], f"{{%tr for 行 in {among} %}}", PICTURE_WORDS)
    whole_width(made.rows[1], "{%tr if 行.右 %}", PICTURE_WORDS)
    _photo(left, "行.左")
    _photo(right, "行.右")
    whole_width(made.rows[3], "{%tr else %}", PICTURE_WORDS)
    _photo(made.rows[4].cells[0].merge(made.rows[4].cells[1]), "行.左")
    whole_width(made.rows[5], "{%tr endif %}", PICTURE_WORDS)
    whole_width(made.rows[6], "{%tr endfor %}", PICTURE_WORDS)
    whole_rows(made)
    paragraph(document, "", GAP)


def _photo(cell: _Cell, place: str) -> None:
    paragraph(cell, f"{{{{ {place}.图 }}}}", PICTURE)
    paragraph(cell, f"{{{{ {place}.题 }}}}", PICTURE_WORDS)


def signature(holder: Holder) -> None:
    """One line below the text, on the right: who issues it, and the day."""
    paragraph(holder, "", LAST_BODY)
    when(holder, "学校.落款单位")
    paragraph(holder, "{{ 学校.落款单位 }}", SIGNATURE)
    end(holder, "if")
    paragraph(holder, "{{ 日期 }}", SIGNATURE).paragraph_format.keep_with_next = False


def one_piece(document: Document) -> _Cell:
    """A place for paragraphs that stay on one page with the heading before them: a row that is never split.

    LibreOffice lets a long run of paragraphs that keep with the next come apart after a table.
    """
    made = table(document, 1, (_TEXT_WIDTH,), borders=False, padding=0)
    whole_rows(made)
    paragraph(document, "", GAP)
    return made.rows[0].cells[0]


def finished(document: Document) -> bytes:
    """The bytes of the template."""
    return save(document)


def _style(document: Document, name: str) -> ParagraphStyle:
    found = document.styles[name]
    assert isinstance(found, ParagraphStyle)
    return found


def _tighten(style: ParagraphStyle) -> None:
    spacing = OxmlElement("w:spacing")
    spacing.set(qn("w:val"), str(_TIGHTER))
    properties = style.element.get_or_add_rPr()
    properties.insert_element_before(spacing, "w:w", "w:kern", "w:position", "w:sz", "w:szCs")


def _set_outline(style: ParagraphStyle, level: int) -> None:
    outline = OxmlElement("w:outlineLvl")
    outline.set(qn("w:val"), str(level))
    style.element.get_or_add_pPr().append(outline)


def _set_right_half(style: ParagraphStyle) -> None:
    """Centred in the right half, so that the day ends about four characters from the edge (GB/T 9704, 7.3.5)."""
    indent = style.element.get_or_add_pPr().get_or_add_ind()
    indent.set(qn("w:leftChars"), "1300")
    indent.set(qn("w:left"), str(13 * _BODY_SIZE * 20))
