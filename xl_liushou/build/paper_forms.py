"""The look of forms and lists: a title, grids of label and value, tables with a row for each, lines to sign on."""

from __future__ import annotations

from collections.abc import Sequence

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
)
from xl_liushou.build.paper_tables import fill, height, table, whole_rows

TITLE, UNDER, SECTION, LEAD = "表单标题", "表单抬头", "表单小节", "表单说明"
HEAD, LABEL, VALUE, TEXT, NOTE, GAP = "表单表头", "表单栏目", "表单内容", "表单叙述", "表单附注", "表单空行"


def form_paper(
    title: str, margins: Margins, *, size: float = 10.5, landscape: bool = False, numbered: bool = False
) -> Document:
    """An empty paper with the styles of forms; text in tables has this size; `numbered` pages say — 1 —."""
    document = new_paper(title, margins, FANGSONG, size, landscape=landscape)
    line = size + 3
    looks = {
        TITLE: Look(HEITI, 18, align="center", pitch=26),
        UNDER: Look(KAITI, 10.5, align="center", pitch=16, after=4),
        SECTION: Look(HEITI, 12, align="left", pitch=18, before=6, after=3, keep_with_next=True),
        LEAD: Look(FANGSONG, 10.5, indent=2, pitch=16, after=2),
        HEAD: Look(HEITI, size, align="center", pitch=line, before=1.5, after=1.5, keep_with_next=True),
        LABEL: Look(HEITI, size, align="center", pitch=line),
        VALUE: Look(FANGSONG, size, align="center", pitch=line, before=1.5, after=1.5, close=True),
        TEXT: Look(FANGSONG, size, align="left", pitch=line, before=1.5, after=1.5, close=True),
        NOTE: Look(KAITI, 9, align="left", pitch=13, before=3),
        GAP: Look(FANGSONG, 5, pitch=6),
    }
    for name, look in looks.items():
        define(document, name, look)
    if numbered:
        document.sections[0].footer_distance = Mm(8)
        page_number(document, Look(SONGTI, 10.5, align="center"))
    return document


def grid(document: Document, widths: Sequence[float], rows: Sequence[Sequence[str]], least: float = 7.5) -> Table:
    """Rows of label, value, label, value …; a single value runs over the whole row, like the last of a shorter one."""
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


def sign_lines(document: Document, width: float, *who: str, least: float = 12) -> None:
    """Who signs, side by side over this width, without borders; it stays on the page of what stands above."""
    made = table(document, 1, [width / len(who)] * len(who), borders=False)
    height(made.rows[0], least)
    for cell, text in zip(made.rows[0].cells, who, strict=True):
        fill(cell, text, TEXT)
