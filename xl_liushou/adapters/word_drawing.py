"""Puts a chart into a Word file that is being rendered: its parts beside the text, its drawing into the run."""

from __future__ import annotations

from docx.opc.part import Part
from docx.parts.story import StoryPart
from markupsafe import Markup

from xl_liushou.adapters.word_chart import (
    CHART_LINK,
    CHART_TYPE,
    WORKBOOK_ID,
    WORKBOOK_LINK,
    WORKBOOK_TYPE,
    chart_workbook,
    chart_xml,
    inline_xml,
)
from xl_liushou.core.drawing import Chart


def drawn(chart: Chart, story: StoryPart) -> Markup:
    """What a tag prints for a chart: the end of the tag's own run, a run with the drawing, and the start of a third."""
    package = story.package
    book = Part(package.next_partname("/word/embeddings/chart%d.xlsx"), WORKBOOK_TYPE, chart_workbook(chart), package)
    part = Part(package.next_partname("/word/charts/chart%d.xml"), CHART_TYPE, chart_xml(chart), package)
    drawing = inline_xml(chart, story.relate_to(part, CHART_LINK), part.partname.idx or 1)
    part.rels.add_relationship(WORKBOOK_LINK, book, WORKBOOK_ID)
    return Markup(f'</w:t></w:r><w:r><w:drawing>{drawing}</w:drawing></w:r><w:r><w:t xml:space="preserve">')
