"""What all Word templates share: page, styles, paragraphs, tables, page numbers, and a save that repeats itself.

Fonts are named as Windows and WPS know them. Every style names its font for Latin, Chinese and complex
text alike, so that quotation marks and digits do not fall into another font; runs take theirs from the
style. A tag such as {{ 姓名 }} always lies in one run.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, Literal, cast

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.section import _Footer
from docx.shared import Mm, Pt
from docx.styles.style import ParagraphStyle
from docx.table import _Cell
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from xl_liushou.core.steady_zip import repacked

FANGSONG, KAITI, SONGTI, HEITI = "仿宋", "楷体", "宋体", "黑体"
Align = Literal["left", "center", "right", "both"]
Holder = Document | _Cell

_FIXED_TIME: Final = datetime(2026, 1, 1)  # noqa: DTZ001  Word's core properties are written as UTC
_NOT_OURS: Final = ("stylesWithEffects", "customXml", "numbering", "thumbnail")
_STYLES: Final = f"""
<w:styles {nsdecls("w")}>
  <w:docDefaults>
    <w:rPrDefault><w:rPr><w:rFonts w:ascii="{{font}}" w:eastAsia="{{font}}" w:hAnsi="{{font}}" w:cs="{{font}}"/>
      <w:kern w:val="2"/><w:sz w:val="{{half}}"/><w:szCs w:val="{{half}}"/>
      <w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>
    <w:pPrDefault/>
  </w:docDefaults>
  <w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>
  <w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">
    <w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>
  <w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>
    <w:uiPriority w:val="99"/><w:semiHidden/>
    <w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/>
      <w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/>
    </w:tblCellMar></w:tblPr></w:style>
  <w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/>
    <w:uiPriority w:val="99"/><w:semiHidden/></w:style>
  <w:style w:type="paragraph" w:styleId="Header"><w:name w:val="header"/><w:basedOn w:val="Normal"/></w:style>
  <w:style w:type="paragraph" w:styleId="Footer"><w:name w:val="footer"/><w:basedOn w:val="Normal"/></w:style>
  <w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/><w:basedOn w:val="TableNormal"/>
    <w:tblPr><w:tblBorders>
      <w:top w:val="single" w:sz="4" w:space="0" w:color="auto"/>
      <w:left w:val="single" w:sz="4" w:space="0" w:color="auto"/>
      <w:bottom w:val="single" w:sz="4" w:space="0" w:color="auto"/>
      <w:right w:val="single" w:sz="4" w:space="0" w:color="auto"/>
      <w:insideH w:val="single" w:sz="4" w:space="0" w:color="auto"/>
      <w:insideV w:val="single" w:sz="4" w:space="0" w:color="auto"/>
    </w:tblBorders></w:tblPr></w:style>
</w:styles>"""
_SETTINGS: Final = f"""
<w:settings {nsdecls("w")}>
  <w:zoom w:percent="100"/>
  <w:defaultTabStop w:val="420"/>
  <w:characterSpacingControl w:val="compressPunctuation"/>
  <w:compat>
    <w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>
  </w:compat>
  <w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/>
</w:settings>"""


@dataclass(frozen=True, slots=True)
class Margins:
    """The four margins of an A4 page, in millimetres."""

    top: float
    right: float
    bottom: float
    left: float


@dataclass(frozen=True, slots=True)
class Look:
    """How a paragraph style looks: sizes and spaces in points, `indent` of the first line in characters.

    `pitch` is an exact distance of the lines, which makes the page the same whatever font is installed.
    `close` leaves no extra space between digits and Chinese, so that a date fits its column.
    """

    font: str = FANGSONG
    size: float = 12
    bold: bool = False
    align: Align = "both"
    indent: float = 0
    pitch: float | None = None
    before: float = 0
    after: float = 0
    keep_with_next: bool = False
    close: bool = False


def new_paper(
    title: str, margins: Margins, font: str = FANGSONG, size: float = 12, *, landscape: bool = False
) -> Document:
    """An empty A4 document, upright or `landscape`, in this font and size, with Word's own basic styles only."""
    document = docx.Document()
    for part in (document.part, document.part.package):
        for key in [key for key, link in part.rels.items() if link.reltype.rsplit("/", 1)[1] in _NOT_OURS]:
            del part.rels[key]
    _replace_children(document.styles.element, _STYLES.format(font=font, half=round(size * 2)))
    _replace_children(document.settings.element, _SETTINGS)
    _set_properties(document, title)
    _set_page(document, margins, landscape)
    return document


def define(document: Document, name: str, look: Look) -> str:
    """Adds a paragraph style under a Chinese (or Word's own) name and returns the name."""
    style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    assert isinstance(style, ParagraphStyle)
    style.base_style = document.styles["Normal"]
    style.quick_style = True
    style.font.size, style.font.bold = Pt(look.size), look.bold or None
    _set_fonts(style.element.get_or_add_rPr(), look.font)
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(look.before), Pt(look.after)
    style.paragraph_format.keep_with_next = look.keep_with_next or None
    if look.pitch:
        style.paragraph_format.line_spacing = Pt(look.pitch)
    _set_alignment(style.element.get_or_add_pPr(), look)
    if look.close:
        _close_up(style.element.get_or_add_pPr())
    return name


def paragraph(holder: Holder, text: str = "", style: str = "Normal") -> Paragraph:
    """One more paragraph with its text in a single run; a cell's first, empty paragraph is used up first."""
    first = holder.paragraphs[0] if isinstance(holder, _Cell) and len(holder.paragraphs) == 1 else None
    made = first if first is not None and not first.runs and _is_last(first) else holder.add_paragraph()
    made.style = style
    if text:
        made.add_run(text)
    return made


def run(target: Paragraph, text: str, *, bold: bool = False, font: str = "", size: float | None = None) -> Run:
    """One more run in a paragraph, other than its style where asked."""
    made = target.add_run(text)
    made.bold = bold or None
    if size:
        made.font.size = Pt(size)
    if font:
        _set_fonts(made._r.get_or_add_rPr(), font)
    return made


def field(target: Paragraph, instruction: str) -> None:
    """A field that Word computes, such as PAGE."""
    for kind in ("begin", "", "end"):
        made = target.add_run()._r
        if kind:
            made.append(_element("w:fldChar", fldCharType=kind))
        else:
            made.append(_element("w:instrText"))
            made[-1].text = instruction


def page_number(document: Document, look: Look, *, outer: bool = False) -> None:
    """— 1 — in the footer; `outer` puts it right on odd and left on even pages, one character in."""
    section = document.sections[0]
    if not outer:
        _number_pages(document, section.footer, "页码", look)
        return
    document.settings.odd_and_even_pages_header_footer = True
    _number_pages(document, section.footer, "单页页码", replace(look, align="right"))
    _number_pages(document, section.even_page_footer, "双页页码", replace(look, align="left"))


def _number_pages(document: Document, footer: _Footer, style: str, look: Look) -> None:
    define(document, style, look)
    target = footer.paragraphs[0]
    target.style = style
    if look.align in ("left", "right"):
        indent = target._p.get_or_add_pPr().get_or_add_ind()
        indent.set(qn(f"w:{look.align}Chars"), "100")
        indent.set(qn(f"w:{look.align}"), str(round(look.size * 20)))
    run(target, "— ")
    field(target, "PAGE")
    run(target, " —")


def dashed_above(target: Paragraph) -> None:
    """A dashed line across the page above a paragraph: cut here."""
    borders = _element("w:pBdr")
    borders.append(_element("w:top", val="dashed", sz="8", space="4", color="808080"))
    _insert(target._p.get_or_add_pPr(), borders, _AFTER_BORDERS)


def save(document: Document) -> bytes:
    """The document as bytes that are the same every time."""
    packed = io.BytesIO()
    document.save(packed)
    return repacked(packed.getvalue())


_AFTER_BORDERS: Final = ("w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")


def _element(tag: str, **attributes: str) -> BaseOxmlElement:
    made = cast(BaseOxmlElement, OxmlElement(tag))
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    return made


def _insert(parent: BaseOxmlElement, child: BaseOxmlElement, successors: Sequence[str]) -> None:
    parent.insert_element_before(child, *successors)


def _replace_children(root: BaseOxmlElement, xml: str) -> None:
    for child in list(root):
        root.remove(child)
    for child in list(parse_xml(xml)):
        root.append(child)


def _is_last(made: Paragraph) -> bool:
    return made._p.getnext() is None


def _set_properties(document: Document, title: str) -> None:
    properties = document.core_properties
    properties.title, properties.author, properties.last_modified_by = title, "", ""
    properties.comments, properties.keywords, properties.subject = "", "", ""
    properties.created = properties.modified = _FIXED_TIME
    properties.language, properties.revision = "zh-CN", 1


def _set_page(document: Document, margins: Margins, landscape: bool) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (Mm(297), Mm(210)) if landscape else (Mm(210), Mm(297))
    section.top_margin, section.right_margin = Mm(margins.top), Mm(margins.right)
    section.bottom_margin, section.left_margin = Mm(margins.bottom), Mm(margins.left)
    section.header_distance = Mm(min(15, margins.top / 2))
    section.footer_distance = Mm(min(25, margins.bottom / 2))


def _set_fonts(properties: BaseOxmlElement, font: str) -> None:
    fonts = properties.get_or_add_rFonts()  # type: ignore[attr-defined]
    fonts.set(qn("w:hint"), "eastAsia")
    for script in ("ascii", "eastAsia", "hAnsi", "cs"):
        fonts.set(qn(f"w:{script}"), font)


def _close_up(properties: BaseOxmlElement) -> None:
    for tag in ("w:autoSpaceDE", "w:autoSpaceDN"):
        _insert(properties, _element(tag, val="0"), ("w:spacing", "w:ind", "w:jc", "w:outlineLvl"))


def _set_alignment(properties: BaseOxmlElement, look: Look) -> None:
    if look.indent:
        first = {"firstLineChars": str(round(look.indent * 100)), "firstLine": str(round(look.indent * look.size * 20))}
        _insert(properties, _element("w:ind", **first), ("w:jc", "w:outlineLvl"))
    _insert(properties, _element("w:jc", val=look.align), ("w:outlineLvl",))
