"""Paper to write on by hand: ruled lines, and pinyin lines over 田字格 for beginners."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

_TWIPS_PER_MM: Final = 1440 / 25.4
_SQUARE: Final = 14.0
_PINYIN_ROW: Final = 2.6
_GAP: Final = 2.0
_LINE, _DASH, _NONE = "single", "dashed", "nil"


def ruled_lines(document: Document, style: str, *, lines: int, width: float, pitch: float = 10.8) -> None:
    """So many lines to write on, `pitch` mm apart, `width` mm wide."""
    row = _row(pitch, [_cell(style, width, bottom=_LINE)])
    _add_table(document, [width], [row] * lines)


def practice_squares(document: Document, style: str, *, lines: int, columns: int) -> None:
    """Lines of 田字格, each with the three spaces of pinyin paper above it."""
    half = _SQUARE / 2
    widths = [half] * (2 * columns)
    pinyin = [_row(_PINYIN_ROW, [_cell(style, _SQUARE * columns, span=len(widths), sides=_LINE, top=top)])
              for top in (_LINE, _DASH, _DASH)]  # fmt: skip
    upper = _row(half, [_quarter(style, half, column, top=_LINE, bottom=_DASH) for column in range(len(widths))])
    lower = _row(half, [_quarter(style, half, column, top=_DASH, bottom=_LINE) for column in range(len(widths))])
    gap = _row(_GAP, [_cell(style, _SQUARE * columns, span=len(widths))])
    _add_table(document, widths, [*pinyin, upper, lower, gap] * lines)


def _quarter(style: str, width: float, column: int, *, top: str, bottom: str) -> str:
    left, right = (_LINE, _DASH) if column % 2 == 0 else (_DASH, _LINE)
    return _cell(style, width, top=top, bottom=bottom, left=left, right=right)


def _cell(
    style: str, width: float, *, span: int = 1, top: str = _NONE, bottom: str = _NONE, sides: str = "",
    left: str = _NONE, right: str = _NONE,
) -> str:  # fmt: skip
    borders = (("top", top), ("left", sides or left), ("bottom", bottom), ("right", sides or right))
    lines = "".join(
        f'<w:{side} w:val="{kind}" w:sz="4" w:space="0" w:color="8A8A8A"/>' for side, kind in borders if kind != _NONE
    )
    merged = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    drawn = f"<w:tcBorders>{lines}</w:tcBorders>" if lines else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{_twips(width)}" w:type="dxa"/>{merged}{drawn}</w:tcPr>'
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr></w:p></w:tc>'
    )


def _row(height: float, cells: Sequence[str]) -> str:
    return (
        f'<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="{_twips(height)}" w:hRule="exact"/></w:trPr>'
        f"{''.join(cells)}</w:tr>"
    )


def _add_table(document: Document, widths: Sequence[float], rows: Sequence[str]) -> None:
    grid = "".join(f'<w:gridCol w:w="{_twips(width)}"/>' for width in widths)
    document.element.body.insert_element_before(
        parse_xml(
            f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="{_twips(sum(widths))}" w:type="dxa"/><w:jc w:val="center"/>'
            '<w:tblLayout w:type="fixed"/></w:tblPr>'
            f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
        ),
        "w:sectPr",
    )


def _twips(millimetres: float) -> int:
    return round(millimetres * _TWIPS_PER_MM)
