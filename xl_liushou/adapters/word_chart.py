"""A `Chart` as Word keeps it: a chart part, the small workbook behind it, and the drawing in the text.

Black and white on purpose: greys and patterns with an outline, every value printed beside its bar, fonts named for
Chinese. Staff can change the figures in Word (图表工具 → 编辑数据), which opens the workbook.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from xml.sax.saxutils import escape

from xl_liushou.adapters.word_drawing import OFFICE, Drawn, DrawnPart
from xl_liushou.core.drawing import Chart, Series
from xl_liushou.core.steady_zip import steady_zip
from xl_liushou.core.table import letters

_CHART_TYPE: Final = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_SPREADSHEET: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_WORKBOOK_TYPE: Final = f"{_SPREADSHEET}.sheet"
_CHART_LINK: Final = f"{OFFICE}/chart"
_WORKBOOK_LINK: Final = f"{OFFICE}/package"
_WORKBOOK_ID: Final = "rId1"
_CHART: Final = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_DRAWING: Final = "http://schemas.openxmlformats.org/drawingml/2006/main"
_SHEET: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TEXT_FONT, _TITLE_FONT = "仿宋", "黑体"
_TEXT_SIZE, _TITLE_SIZE = 1000, 1200
_WHOLE_PERCENT: Final = "0%"
_ROOM_FOR_LABELS: Final = 1.12
_CATEGORY_AXIS, _VALUE_AXIS = 111111111, 222222222
_LINE: Final = '<a:ln w="9525"><a:solidFill><a:srgbClr val="262626"/></a:solidFill></a:ln>'
_NO_LINE: Final = "<a:ln><a:noFill/></a:ln>"


def _solid(grey: str) -> str:
    return f'<a:solidFill><a:srgbClr val="{grey}"/></a:solidFill>'


def _pattern(name: str) -> str:
    colours = '<a:fgClr><a:srgbClr val="262626"/></a:fgClr><a:bgClr><a:srgbClr val="FFFFFF"/></a:bgClr>'
    return f'<a:pattFill prst="{name}">{colours}</a:pattFill>'


_FILLS: Final = (_solid("7F7F7F"), _pattern("wdUpDiag"), _solid("FFFFFF"), _pattern("pct20"))
"""What tells the series apart when the paper is copied in black and white."""


def drawn_chart(chart: Chart) -> Drawn:
    """A chart with its part and the workbook behind it."""
    book = DrawnPart("word/embeddings/chart", ".xlsx", _WORKBOOK_TYPE, _WORKBOOK_LINK, chart_workbook(chart))
    part = DrawnPart("word/charts/chart", ".xml", _CHART_TYPE, _CHART_LINK, chart_xml(chart), (book,))

    def graphic(relation: str) -> str:
        return f'<c:chart xmlns:c="{_CHART}" xmlns:r="{OFFICE}" r:id="{relation}"/>'

    return Drawn(part, chart.width, chart.height, chart.words, _CHART, graphic)


def chart_xml(chart: Chart) -> bytes:
    """The chart part; its relationship `_WORKBOOK_ID` leads to the workbook behind it."""
    return (
        f'{_HEAD}<c:chartSpace xmlns:c="{_CHART}" xmlns:a="{_DRAWING}" xmlns:r="{OFFICE}">'
        '<c:date1904 val="0"/><c:roundedCorners val="0"/>'
        f'<c:chart>{_title(chart.title)}<c:autoTitleDeleted val="0"/>'
        f"<c:plotArea><c:layout/>{_bars(chart)}{_category_axis(chart)}{_value_axis(chart)}</c:plotArea>"
        f"{_legend() if len(chart.series) > 1 else ''}"
        '<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        f"<c:spPr><a:noFill/>{_NO_LINE}</c:spPr>{_text()}"
        f'<c:externalData r:id="{_WORKBOOK_ID}"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>'
    ).encode()


def chart_workbook(chart: Chart) -> bytes:
    """The workbook behind a chart: the categories in column A, a column for each series; the same bytes every time."""
    kinds = {"workbook": "sheet.main", "worksheets/sheet1": "worksheet", "styles": "styles"}
    overrides = "".join(
        f'<Override PartName="/xl/{part}.xml" ContentType="{_SPREADSHEET}.{kind}+xml"/>' for part, kind in kinds.items()
    )
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>{overrides}</Types>',
        "_rels/.rels": _links(("officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'<workbook xmlns="{_SHEET}" xmlns:r="{OFFICE}"><sheets>'
        '<sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _links(("worksheet", "worksheets/sheet1.xml"), ("styles", "styles.xml")),
        "xl/worksheets/sheet1.xml": _sheet(chart),
        "xl/styles.xml": _STYLES,
    }
    return steady_zip((name, (_HEAD + text).encode()) for name, text in parts.items())


def _title(text: str) -> str:
    run = f"<a:r>{_run_look('rPr', _TITLE_FONT, _TITLE_SIZE)}<a:t>{escape(text)}</a:t></a:r>"
    look = f"<a:pPr>{_run_look('defRPr', _TITLE_FONT, _TITLE_SIZE)}</a:pPr>"
    return f'<c:title><c:tx><c:rich><a:bodyPr/><a:p>{look}{run}</a:p></c:rich></c:tx><c:overlay val="0"/></c:title>'


def _text() -> str:
    look = f"<a:pPr>{_run_look('defRPr', _TEXT_FONT, _TEXT_SIZE)}</a:pPr>"
    return f'<c:txPr><a:bodyPr/><a:p>{look}<a:endParaRPr lang="zh-CN"/></a:p></c:txPr>'


def _run_look(tag: str, font: str, size: int) -> str:
    """Size and fonts of a piece of text; DrawingML names the Chinese font apart (a:ea)."""
    language = ' lang="zh-CN"' if tag == "rPr" else ""
    fonts = "".join(f'<a:{script} typeface="{font}"/>' for script in ("latin", "ea", "cs"))
    return f'<a:{tag}{language} sz="{size}" b="0">{_solid("000000")}{fonts}</a:{tag}>'


def _legend() -> str:
    return '<c:legend><c:legendPos val="b"/><c:overlay val="0"/></c:legend>'


def _bars(chart: Chart) -> str:
    direction = "col" if chart.kind == "column" else "bar"
    series = "".join(_series(chart, number, one) for number, one in enumerate(chart.series))
    return (
        f'<c:barChart><c:barDir val="{direction}"/><c:grouping val="clustered"/><c:varyColors val="0"/>{series}'
        f'<c:gapWidth val="60"/><c:axId val="{_CATEGORY_AXIS}"/><c:axId val="{_VALUE_AXIS}"/></c:barChart>'
    )


def _series(chart: Chart, number: int, series: Series) -> str:
    column, last = letters(number + 2), len(chart.categories) + 1
    fill = _FILLS[number % len(_FILLS)]
    return (
        f'<c:ser><c:idx val="{number}"/><c:order val="{number}"/>'
        f"<c:tx>{_names(f'Sheet1!${column}$1', [series.name])}</c:tx>"
        f'<c:spPr>{fill}{_LINE}</c:spPr><c:invertIfNegative val="0"/>{_labels(chart)}'
        f"<c:cat>{_names(f'Sheet1!$A$2:$A${last}', chart.categories)}</c:cat>"
        f"<c:val>{_numbers(chart, f'Sheet1!${column}$2:${column}${last}', series.values)}</c:val></c:ser>"
    )


def _labels(chart: Chart) -> str:
    """The value of every bar at its end."""
    shown = (("LegendKey", 0), ("Val", 1), ("CatName", 0), ("SerName", 0), ("Percent", 0), ("BubbleSize", 0))
    marks = "".join(f'<c:show{name} val="{on}"/>' for name, on in shown)
    look = f"<c:spPr><a:noFill/>{_NO_LINE}</c:spPr>"
    return f'<c:dLbls>{_format(chart)}{look}<c:dLblPos val="outEnd"/>{marks}</c:dLbls>'


def _format(chart: Chart) -> str:
    return f'<c:numFmt formatCode="{_WHOLE_PERCENT if chart.percent else "General"}" sourceLinked="0"/>'


def _names(reference: str, names: Sequence[str]) -> str:
    points = "".join(f'<c:pt idx="{place}"><c:v>{escape(name)}</c:v></c:pt>' for place, name in enumerate(names))
    cache = f'<c:strCache><c:ptCount val="{len(names)}"/>{points}</c:strCache>'
    return f"<c:strRef><c:f>{reference}</c:f>{cache}</c:strRef>"


def _numbers(chart: Chart, reference: str, values: Sequence[float | None]) -> str:
    known = ((place, value) for place, value in enumerate(values) if value is not None)
    points = "".join(f'<c:pt idx="{place}"><c:v>{value:.12g}</c:v></c:pt>' for place, value in known)
    code = _WHOLE_PERCENT if chart.percent else "General"
    cache = f'<c:formatCode>{code}</c:formatCode><c:ptCount val="{len(values)}"/>{points}'
    return f"<c:numRef><c:f>{reference}</c:f><c:numCache>{cache}</c:numCache></c:numRef>"


def _category_axis(chart: Chart) -> str:
    """The first category is on the left, or at the top of lying bars."""
    place, order = ("b", "minMax") if chart.kind == "column" else ("l", "maxMin")
    return (
        f'<c:catAx><c:axId val="{_CATEGORY_AXIS}"/><c:scaling><c:orientation val="{order}"/></c:scaling>'
        f'<c:delete val="0"/><c:axPos val="{place}"/><c:numFmt formatCode="General" sourceLinked="0"/>'
        '<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/>'
        f'<c:spPr>{_LINE}</c:spPr><c:crossAx val="{_VALUE_AXIS}"/><c:crosses val="autoZero"/>'
        '<c:auto val="1"/><c:lblAlgn val="ctr"/><c:lblOffset val="100"/><c:noMultiLvlLbl val="0"/></c:catAx>'
    )


def _value_axis(chart: Chart) -> str:
    """From zero on, not drawn: the values stand at the bars. Shares reach to 100 % and the room for its label."""
    known = [value for series in chart.series for value in series.values if value is not None]
    most = f'<c:max val="{_ROOM_FOR_LABELS * max(1, *known):.4g}"/>' if chart.percent and known else ""
    place = "l" if chart.kind == "column" else "b"
    return (
        f'<c:valAx><c:axId val="{_VALUE_AXIS}"/><c:scaling><c:orientation val="minMax"/>{most}<c:min val="0"/>'
        f'</c:scaling><c:delete val="1"/><c:axPos val="{place}"/>{_format(chart)}'
        '<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>'
        f'<c:crossAx val="{_CATEGORY_AXIS}"/><c:crosses val="autoZero"/><c:crossBetween val="between"/></c:valAx>'
    )


_STYLES: Final = (
    f'<styleSheet xmlns="{_SHEET}"><fonts count="1"><font><sz val="11"/><name val="宋体"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '</fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="9" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)
"""Style 1 is a percentage (number format 9)."""


def _links(*targets: tuple[str, str]) -> str:
    links = "".join(
        f'<Relationship Id="rId{number}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{links}</Relationships>'


def _sheet(chart: Chart) -> str:
    head = "".join(_text_cell(column + 2, 1, one.name) for column, one in enumerate(chart.series))
    rows = [f'<row r="1">{head}</row>']
    for number, category in enumerate(chart.categories, 2):
        values = [series.values[number - 2] for series in chart.series]
        style = ' s="1"' if chart.percent else ""
        cells = "".join(
            f'<c r="{letters(column)}{number}"{style}><v>{value:.12g}</v></c>'
            for column, value in enumerate(values, 2)
            if value is not None
        )
        rows.append(f'<row r="{number}">{_text_cell(1, number, category)}{cells}</row>')
    return f'<worksheet xmlns="{_SHEET}"><sheetData>{"".join(rows)}</sheetData></worksheet>'


def _text_cell(column: int, row: int, text: str) -> str:
    kept = f'<t xml:space="preserve">{escape(text)}</t>'
    return f'<c r="{letters(column)}{row}" t="inlineStr"><is>{kept}</is></c>'
