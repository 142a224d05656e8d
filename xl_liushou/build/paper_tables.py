"""Tables of the Word templates: fixed widths in millimetres, borders, spans, row heights, row loops."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, cast

from docx.document import Document
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm
from docx.table import Table, _Cell, _Row

from xl_liushou.build.paper_base import Holder, paragraph

_MARGIN_ORDER: Final = ("top", "left", "bottom", "right")
_TWIPS_PER_MM: Final = 1440 / 25.4
_HAND: Final = 9.0
"""The height of a row to be written on by hand, in mm."""


def table(holder: Holder, rows: int, widths: Sequence[float], *, borders: bool = True, padding: float = 1.5) -> Table:
    """A table of fixed column widths, centred; `padding` is left and right inside a cell. All in mm."""
    made: Table = holder.add_table(rows, len(widths))
    made.style = "Table Grid" if borders else "Normal Table"
    made.alignment, made.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for column, width in zip(made.columns, widths, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)
    _set_margins(made._tbl.tblPr, "w:tblCellMar", (0, padding, 0, padding))
    return made


def fill(cell: _Cell, text: str, style: str, *, top: bool = False) -> None:
    """Puts one paragraph of text into a cell, in the middle of its height or at the top."""
    paragraph(cell, text, style)
    place = WD_CELL_VERTICAL_ALIGNMENT
    cell.vertical_alignment = place.TOP if top else place.CENTER


def fill_row(row: _Row, texts: Sequence[str], styles: Sequence[str]) -> None:
    """Fills a row without spans, cell by cell."""
    for cell, text, style in zip(row.cells, texts, styles, strict=True):
        fill(cell, text, style)


def height(row: _Row, millimetres: float, *, exact: bool = False) -> None:
    """The least (or exact) height of a row, which then stays on one page."""
    row.height = Mm(millimetres)
    row.height_rule = WD_ROW_HEIGHT_RULE.EXACTLY if exact else WD_ROW_HEIGHT_RULE.AT_LEAST


def whole_rows(made: Table) -> None:
    """Keeps each row on one page."""
    for row in made.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def heading_rows(made: Table, count: int = 1) -> None:
    """Repeats the first rows on every page the table runs to."""
    for row in made.rows[:count]:
        row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def whole_width(row: _Row, text: str, style: str) -> None:
    """Makes one cell of a row and puts a text into it; one that says {%tr … %} is gone after rendering."""
    merged = row.cells[0].merge(row.cells[-1]) if len(row.cells) > 1 else row.cells[0]
    fill(merged, text, style)


def loop_table(
    document: Document,
    columns: Sequence[tuple[str, float]],
    loop: str,
    tags: Sequence[str],
    styles: Sequence[str],
    *,
    head: str,
    blanks: str = "",
    least: float = 0,
    last: str = "",
) -> Table:
    """A table of a head row, repeated on every page, and one row for each; `loop` is "环节 in …".

    `columns` are titles and widths, `least` the least height of a row, in mm. `blanks` names a list of
    the context: for each of its items there is one more row to be written on by hand. `last` is what the
    last row says over its whole width, such as who signs.
    """
    made = table(document, 4 + 3 * bool(blanks) + bool(last), [width for _, width in columns], padding=0.9)
    fill_row(made.rows[0], [name for name, _ in columns], [head] * len(columns))
    whole_width(made.rows[1], f"{{%tr for {loop} %}}", styles[0])
    fill_row(made.rows[2], tags, styles)
    if least:
        height(made.rows[2], least)
    whole_width(made.rows[3], "{%tr endfor %}", styles[0])
    if blanks:
        whole_width(made.rows[4], f"{{%tr for 空行 in {blanks} %}}", styles[0])
        fill_row(made.rows[5], [""] * len(columns), styles)
        height(made.rows[5], _HAND)
        whole_width(made.rows[6], "{%tr endfor %}", styles[0])
    if last:
        whole_width(made.rows[-1], last, styles[-1])
        height(made.rows[-1], _HAND)
    heading_rows(made)
    whole_rows(made)
    return made


def merged_down(cells: Sequence[_Cell]) -> None:
    """Makes one cell of cells under one another; rows between them may be loops, so they are only marked."""
    for number, cell in enumerate(cells):
        mark = cast(BaseOxmlElement, OxmlElement("w:vMerge"))
        if number == 0:
            mark.set(qn("w:val"), "restart")
        after = ("w:tcBorders", "w:shd", "w:noWrap", "w:tcMar", "w:textDirection", "w:tcFitText", "w:vAlign")
        cell._tc.get_or_add_tcPr().insert_element_before(mark, *after)


def cell_margins(cell: _Cell, top: float = 0, right: float = 0, bottom: float = 0, left: float = 0) -> None:
    """The inner margins of one cell, in mm."""
    _set_margins(cell._tc.get_or_add_tcPr(), "w:tcMar", (top, right, bottom, left))


def _set_margins(properties: object, tag: str, millimetres: tuple[float, float, float, float]) -> None:
    top, right, bottom, left = millimetres
    margins = OxmlElement(tag)
    for side, value in zip(_MARGIN_ORDER, (top, left, bottom, right), strict=True):
        edge = OxmlElement(f"w:{side}")
        edge.set(qn("w:w"), str(round(value * _TWIPS_PER_MM)))
        edge.set(qn("w:type"), "dxa")
        margins.append(edge)
    after = ("w:tblLook",) if tag == "w:tblCellMar" else ("w:textDirection", "w:tcFitText", "w:vAlign", "w:hideMark")
    properties.insert_element_before(margins, *after)  # type: ignore[attr-defined]
