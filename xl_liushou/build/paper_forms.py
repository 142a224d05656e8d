"""The look of forms and lists: a title, grids of label and value, tables with a row for each, lines to sign on."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

from docx.document import Document
from docx.shared import Mm
from docx.table import Table, _Row

from xl_liushou.build.paper_base import (
    FANGSONG,
    HEITI,
    KAITI,
    SONGTI,
    Look,
    Margins,
    define,
    new_paper,
    page_number,
    paragraph,
    run,
)
from xl_liushou.build.paper_tables import fill, fill_row, height, loop_table, table, whole_rows

TITLE, UNDER, SECTION, LEAD = "表单标题", "表单抬头", "表单小节", "表单说明"
HEAD, LABEL, VALUE, TEXT, SIGN = "表单表头", "表单栏目", "表单内容", "表单叙述", "表单签名"
NOTE, GAP = "表单附注", "表单空行"
CHILDREN: Final = (
    "{% for 孩子 in 孩子们 %}{{ 孩子.姓名 }}（{{ 孩子.年级 }}{{ 孩子.班级 }}）"
    "{% if not loop.last %}、{% endif %}{% endfor %}"
)
"""张明（三年级1班）、张丽（一年级1班）."""

ListColumn = tuple[str, float, str]
"""The title of a column, its width in mm, and the tags below it."""


def form_paper(
    title: str, margins: Margins, *, size: float = 10.5, landscape: bool = False, foot: str | None = None
) -> Document:
    """An empty paper with the styles of forms; text in tables has this size.

    What is to stand at the `foot` of each page comes after its number, — 1 —; None: no number either.
    """
    document = new_paper(title, margins, FANGSONG, size, landscape=landscape)
    line = size + 3
    looks = {
        TITLE: Look(HEITI, 18, align="center", pitch=26),
        UNDER: Look(KAITI, 10.5, align="center", pitch=16, after=4),
        SECTION: Look(HEITI, 12, align="left", pitch=18, before=6, after=3, keep_with_next=True),
        LEAD: Look(FANGSONG, 10.5, indent=2, pitch=16, after=2, keep_with_next=True),
        HEAD: Look(HEITI, size, align="center", pitch=line, before=1.5, after=1.5, keep_with_next=True),
        LABEL: Look(HEITI, size, align="center", pitch=line, keep_with_next=True),
        SIGN: Look(FANGSONG, size, align="left", pitch=line, keep_with_next=True),
        VALUE: Look(FANGSONG, size, align="center", pitch=line, before=1.5, after=1.5, close=True),
        TEXT: Look(FANGSONG, size, align="left", pitch=line, before=1.5, after=1.5, close=True),
        NOTE: Look(KAITI, 9, align="left", pitch=13, before=3),
        GAP: Look(FANGSONG, 5, pitch=6),
    }
    for name, look in looks.items():
        define(document, name, look)
    if foot is not None:
        document.sections[0].footer_distance = Mm(8)
        page_number(document, Look(SONGTI, 10.5, align="center"))
    if foot:
        run(document.sections[0].footer.paragraphs[0], f"　　{foot}", font=KAITI, size=9)
    return document


def grid(document: Document, widths: Sequence[float], rows: Sequence[Sequence[str]], least: float = 7.5) -> Table:
    """Rows of label, value, label, value … that stay on one page, and on that of what follows.

    A single value runs over the whole row, as the last of a shorter row does over what is left of it.
    """
    made = table(document, len(rows), widths, padding=1)
    for row, texts in zip(made.rows, rows, strict=True):
        height(row, least)
        _fill_pairs(row, texts)
    whole_rows(made)
    return made


def _fill_pairs(row: _Row, texts: Sequence[str]) -> None:
    cells = list(row.cells)
    last = len(texts) - 1
    cells[last].merge(cells[-1])
    for place, text in enumerate(texts):
        fill(cells[place], text, LABEL if place % 2 == 0 else TEXT if last == 1 else VALUE)


def list_table(
    document: Document,
    columns: Sequence[ListColumn],
    loop: str,
    accounts: Collection[str] = (),
    *,
    blanks: str = "",
    least: float = 0,
    last: str = "",
) -> Table:
    """A row for each, as `loop_table` makes it, in the styles of forms; the `accounts` are columns of running text."""
    return loop_table(
        document,
        [(name, width) for name, width, _ in columns],
        loop,
        [tag for _, _, tag in columns],
        [TEXT if name in accounts else VALUE for name, _, _ in columns],
        head=HEAD,
        blanks=blanks,
        least=least,
        last=last,
    )


def sign_lines(document: Document, width: float, *lines: Sequence[str], least: float = 12) -> None:
    """Who signs, line by line and side by side, without borders; all on one page with what follows."""
    made = table(document, len(lines), [width / len(lines[0])] * len(lines[0]), borders=False)
    for row, who in zip(made.rows, lines, strict=True):
        height(row, least)
        fill_row(row, who, [SIGN] * len(who))
    paragraph(document, "", GAP)
