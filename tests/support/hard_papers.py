"""Papers with everything that needs a name or number of its own in a joined file."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.text.paragraph import Paragraph
from PIL import Image

from tests.support.samples import drop_styles_with_effects
from xl_liushou.core.steady_zip import steady_zip

_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_CHART_SPACE = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_CHART = (
    f'<c:chartSpace xmlns:c="{_CHART_SPACE}" xmlns:r="{_R}"><c:chart><c:plotArea><c:layout/><c:pieChart/>'
    "</c:plotArea></c:chart>"
    '<c:externalData r:id="rId1"/></c:chartSpace>'
)
_DRAWN_CHART = (
    f'<w:drawing {nsdecls("w", "wp", "a")} xmlns:r="{_R}"><wp:inline><wp:extent cx="900000" cy="900000"/>'
    f'<wp:docPr id="1" name="图"/><a:graphic><a:graphicData uri="{_CHART_SPACE}">'
    f'<c:chart xmlns:c="{_CHART_SPACE}" r:id="rIdChart"/></a:graphicData></a:graphic></wp:inline></w:drawing>'
)
_FOOTNOTES = (
    f"<w:footnotes {nsdecls('w')}>"
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>'
    '<w:footnote w:id="1"><w:p><w:r><w:t>脚注{0}</w:t></w:r></w:p></w:footnote></w:footnotes>'
)


def colour(shade: str) -> io.BytesIO:
    """A small picture of one colour."""
    made = io.BytesIO()
    Image.new("RGB", (40, 30), shade).save(made, "PNG")
    made.seek(0)
    return made


def hard_paper(name: str, shade: str = "red") -> bytes:
    """A paper about one person: two sections, own headers, list, bookmark, fields, pictures, chart, comment, note."""
    document = Document()
    drop_styles_with_effects(document)
    document.core_properties.title, document.core_properties.subject = "一种信", f"给{name}的信"
    section = document.sections[0]
    section.header.paragraphs[0].text = f"页眉{name}"
    section.header.paragraphs[0].add_run().add_picture(colour("blue"))
    add_field(section.footer.paragraphs[0], "PAGE")
    section.footer.paragraphs[0].add_run("之")
    add_field(section.footer.paragraphs[0], "NUMPAGES")
    for style, kind in (("CommentText", WD_STYLE_TYPE.PARAGRAPH), ("CommentReference", WD_STYLE_TYPE.CHARACTER)):
        document.styles.add_style(style, kind)
    for number in range(2):
        document.add_paragraph(f"{name}第{number + 1}条", style="List Number")
    marked = document.add_paragraph(f"书签处{name}")
    _bookmark(marked, "位置")
    add_field(document.add_paragraph("见"), "REF 位置 \\h")
    document.add_picture(colour("blue"))
    document.add_picture(colour(shade))
    document.add_comment(marked.runs, f"批注{name}", author="", initials="")
    document.add_paragraph().add_run()._r.append(_note_reference())
    document.add_paragraph().add_run()._r.append(parse_xml(_DRAWN_CHART))
    document.element.body.insert(0, _control(name))
    _landscape(document, name)
    return _with_parts(document, name)


def add_field(paragraph: Paragraph, instruction: str) -> None:
    """A field as Word writes it, with its result."""
    for kind in ("begin", instruction, "separate", "1", "end"):
        run = paragraph.add_run()
        if kind in ("begin", "separate", "end"):
            run._r.append(_element("w:fldChar", fldCharType=kind))
        elif kind == "1":
            run.text = kind
        else:
            half = len(kind) // 2
            for piece in (kind[:half], kind[half:]):
                text = _element("w:instrText")
                text.text = piece
                run._r.append(text)


def _bookmark(paragraph: Paragraph, name: str) -> None:
    paragraph._p.insert(0, _element("w:bookmarkStart", id="0", name=name))
    paragraph._p.append(_element("w:bookmarkEnd", id="0"))


def _note_reference() -> Any:
    return _element("w:footnoteReference", id="1")


def _control(name: str) -> Any:
    return parse_xml(
        f'<w:sdt {nsdecls("w")}><w:sdtPr><w:id w:val="7"/></w:sdtPr><w:sdtContent><w:p><w:r><w:t>控件{name}</w:t></w:r>'
        "</w:p></w:sdtContent></w:sdt>"
    )


def _landscape(document: WordDocument, name: str) -> None:
    """A second section across the page, whose first page has a header of its own; it ends with a table."""
    section = document.add_section(WD_SECTION.NEW_PAGE)
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    section.different_first_page_header_footer = True
    section.first_page_header.paragraphs[0].text = f"附页{name}"
    document.add_table(1, 1).cell(0, 0).text = f"附表{name}"


def _element(tag: str, **attributes: str) -> Any:
    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    return made


def _with_parts(document: WordDocument, name: str) -> bytes:
    """The file with a chart, its workbook and footnotes, which python-docx cannot make."""
    packed = io.BytesIO()
    document.save(packed)
    with zipfile.ZipFile(packed) as archive:
        parts = {one: archive.read(one) for one in archive.namelist()}
    link = '<Relationship Id="{}" Type="' + _R + '/{}" Target="{}"/>'
    own = link.format("rIdChart", "chart", "charts/chart1.xml") + link.format("rIdNotes", "footnotes", "footnotes.xml")
    links, types = "word/_rels/document.xml.rels", "[Content_Types].xml"
    parts[links] = parts[links].replace(b"</Relationships>", f"{own}</Relationships>".encode())
    kinds = (
        '<Default Extension="xlsx" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"/>'
        '<Override PartName="/word/charts/chart1.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.drawingml.chart+xml"/>'
        f'<Override PartName="/word/footnotes.xml" ContentType="{_WORD}.footnotes+xml"/>'
    )
    parts[types] = parts[types].replace(b"</Types>", f"{kinds}</Types>".encode())
    workbook = link.format("rId1", "package", "../embeddings/book1.xlsx")
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    parts |= {
        "word/charts/chart1.xml": _CHART.encode(),
        "word/charts/_rels/chart1.xml.rels": f'<Relationships xmlns="{space}">{workbook}</Relationships>'.encode(),
        "word/embeddings/book1.xlsx": f"workbook of {name}".encode(),
        "word/footnotes.xml": _FOOTNOTES.format(name).encode(),
    }
    return steady_zip(parts.items())
