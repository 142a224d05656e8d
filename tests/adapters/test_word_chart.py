"""Charts in Word files: parts that fit together, a workbook with the same figures, Chinese fonts, seen when printed."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from docx import Document
from lxml import etree
from openpyxl import load_workbook

from tests.support.office import (
    assert_office_file,
    assert_rendered,
    audit_problems,
    own_problems,
    pdf_pages,
    requires_libreoffice,
)
from tests.support.samples import drop_styles_with_effects
from xl_liushou.adapters.word import WordTemplate
from xl_liushou.adapters.word_chart import chart_workbook, chart_xml
from xl_liushou.core.drawing import Chart, Series

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
MONTHS = Chart(
    "column", "各月<谈心> & 通话", ("9月", "10月", "11月"),
    (Series("谈心", (1, 0.97, 0.8)), Series("通话", (0.9, None, 0.43))), 150, 62, "a<b & \"c\"", percent=True,
)  # fmt: skip
TARGETS = Chart("bar", "走访户数", ("第一组", "第二组"), (Series("户", (6, 12.5)),), 120, 40, "两组")


def template(*texts: str) -> WordTemplate:
    document = Document()
    drop_styles_with_effects(document)
    for text in texts:
        document.add_paragraph(text)
    written = io.BytesIO()
    document.save(written)
    return WordTemplate("样张", written.getvalue())


def rendered(folder: Path, *charts: Chart) -> Path:
    path = folder / "charts.docx"
    paper = template("前{{ 前 }}", "{%p for 图 in 图们 %}", "{{ 图 }}", "{%p endfor %}", "后")
    path.write_bytes(paper.render({"前": "言", "图们": charts}).data)
    return path


def root(chart: Chart) -> etree._Element:
    return etree.fromstring(chart_xml(chart))


def cached(element: etree._Element | None) -> list[str]:
    assert element is not None
    return [point.text or "" for point in element.iter(f"{C}v")]


def test_a_paper_with_charts_is_sound(tmp_path: Path) -> None:
    path = rendered(tmp_path, MONTHS, TARGETS, MONTHS)
    assert_office_file(path)
    assert_rendered(path)


def test_each_chart_has_its_parts_and_its_place(tmp_path: Path) -> None:
    path = rendered(tmp_path, MONTHS, TARGETS)
    document = Document(str(path))
    drawings = document.element.body.findall(f".//{C}chart")
    link = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
    parts = [document.part.related_parts[one.get(link, "")] for one in drawings]
    assert [part.blob for part in parts] == [chart_xml(MONTHS), chart_xml(TARGETS)]
    books = [next(iter(part.rels.values())).target_part.blob for part in parts]
    assert books == [chart_workbook(MONTHS), chart_workbook(TARGETS)]
    assert [paragraph.text for paragraph in document.paragraphs] == ["前言", "", "", "后"]


def test_its_size_and_its_words_stand_in_the_text(tmp_path: Path) -> None:
    body = Document(str(rendered(tmp_path, MONTHS))).element.body
    extent, words = body.find(".//{*}inline/{*}extent"), body.find(".//{*}inline/{*}docPr")
    assert extent is not None
    assert words is not None
    assert (extent.get("cx"), extent.get("cy")) == (str(150 * 36_000), str(62 * 36_000))
    assert words.get("descr") == MONTHS.words


@pytest.mark.parametrize("chart", [MONTHS, TARGETS], ids=lambda chart: chart.kind)
def test_the_workbook_behind_it_holds_the_figures_that_are_drawn(chart: Chart) -> None:
    sheet = load_workbook(io.BytesIO(chart_workbook(chart))).worksheets[0]
    rows = [list(row) for row in sheet.iter_rows(values_only=True)]
    assert rows[0] == [None, *(one.name for one in chart.series)]
    assert [row[0] for row in rows[1:]] == list(chart.categories)
    for column, (one, drawn) in enumerate(zip(chart.series, root(chart).iter(f"{C}ser"), strict=True), 1):
        assert [row[column] for row in rows[1:]] == list(one.values)
        assert cached(drawn.find(f"{C}tx")) == [one.name]
        assert cached(drawn.find(f"{C}cat")) == list(chart.categories)
        assert [float(value) for value in cached(drawn.find(f"{C}val"))] == [v for v in one.values if v is not None]
        for reference in drawn.iter(f"{C}f"):
            sheet_name, cells = (reference.text or "").split("!")
            assert sheet_name == sheet.title
            assert sheet[cells.replace("$", "")] is not None


def test_a_missing_value_leaves_its_place_empty() -> None:
    (_, calls) = root(MONTHS).iter(f"{C}ser")
    points = calls.findall(f"{C}val//{C}pt")
    assert [point.get("idx") for point in points] == ["0", "2"]


def test_the_workbook_behind_it_is_sound(tmp_path: Path) -> None:
    path = tmp_path / "behind.xlsx"
    path.write_bytes(chart_workbook(MONTHS))
    assert own_problems(path) == []
    assert ["theme" in problem for problem in audit_problems(path)] == [True]  # no colours to name, no theme


def test_every_text_names_a_font_for_chinese() -> None:
    looks = list(root(MONTHS).iter(f"{A}defRPr", f"{A}rPr"))
    assert looks
    for look in looks:
        fonts = [look.find(f"{A}{script}") for script in ("latin", "ea", "cs")]
        assert len({font.get("typeface") for font in fonts if font is not None}) == 1
        assert None not in fonts


def test_series_differ_without_colour() -> None:
    chart = Chart("column", "", ("甲",), tuple(Series(str(n), (n,)) for n in range(4)), 100, 50, "")
    fills = [etree.tostring(one.find(f"{C}spPr")[0]) for one in root(chart).iter(f"{C}ser")]  # type: ignore[index]
    assert len(set(fills)) == 4
    colours = {one.get("val", "") for one in root(chart).iter(f"{A}srgbClr")}
    assert all(colour[:2] == colour[2:4] == colour[4:] for colour in colours)


def test_the_same_charts_give_the_same_bytes(tmp_path: Path) -> None:
    assert rendered(tmp_path, MONTHS, TARGETS).read_bytes() == rendered(tmp_path, MONTHS, TARGETS).read_bytes()


def test_what_a_chart_says_is_searched_for_leaks() -> None:
    text = template("{{ 图 }}").render({"图": MONTHS}).text["图表"]
    assert {"各月<谈心> & 通话", "谈心", "10月"} <= set(text.splitlines())


def test_a_chart_that_the_template_has_already_stays(tmp_path: Path) -> None:
    """A school's own template may hold a chart: what comes in takes another name."""
    own = template("{{ 图 }}").render({"图": TARGETS}).data
    document = Document(io.BytesIO(own))
    document.add_paragraph("{{ 图 }}")
    written = io.BytesIO()
    document.save(written)
    path = tmp_path / "two.docx"
    path.write_bytes(WordTemplate("样张", written.getvalue()).render({"图": MONTHS}).data)
    assert_office_file(path)
    with zipfile.ZipFile(path) as package:
        charts = {package.read(name) for name in package.namelist() if name.startswith("word/charts/chart")}
    assert charts == {chart_xml(TARGETS), chart_xml(MONTHS)}


@requires_libreoffice
def test_it_is_seen_when_printed(tmp_path: Path) -> None:
    printed = "".join("".join(pdf_pages(rendered(tmp_path, MONTHS, TARGETS))).split())
    for said in ("各月<谈心>&通话", "谈心", "通话", "10月", "100%", "97%", "43%", "走访户数", "第二组", "12.5"):
        assert said in printed, said
