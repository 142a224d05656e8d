"""Each rule of ours catches the file that breaks it, and sound files pass."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest
from docx import Document
from docxtpl import DocxTemplate

from tests.support.office import (
    ACCEPTED,
    assert_east_asian_fonts,
    assert_office_file,
    assert_rendered,
    audit_problems,
    own_problems,
)
from tests.support.samples import patched, sound_document, sound_workbook, without, write_parts

BODY, STYLES, LINKS = "word/document.xml", "word/styles.xml", "word/_rels/document.xml.rels"
PARAGRAPH = "<w:p><w:r><w:t>你好</w:t></w:r></w:p>"
BOOKMARK = '<w:p><w:bookmarkStart w:id="{0}" w:name="{1}"/><w:bookmarkEnd w:id="{0}"/></w:p>'
DRAWING = (
    '<w:p><w:r><w:drawing><wp:inline><wp:extent cx="1" cy="1"/><wp:docPr id="7" name="x"/>'
    '<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData uri="x"/></a:graphic>'
    "</wp:inline></w:drawing></w:r></w:p>"
)
CONTROL = '<w:sdt><w:sdtPr><w:id w:val="7"/></w:sdtPr><w:sdtContent><w:p/></w:sdtContent></w:sdt>'
SHAPE = '<w:p><w:r><w:pict><v:rect xmlns:v="urn:schemas-microsoft-com:vml" id="s1"/></w:pict></w:r></w:p>'
NUMBERED = '<w:p xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" w14:paraId="0000000A"/>'


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    return sound_workbook(tmp_path / "book.xlsx")


@pytest.fixture
def document(tmp_path: Path) -> Path:
    return sound_document(tmp_path / "paper.docx", "你好")


def test_sound_files_pass(workbook: Path, document: Path) -> None:
    assert_office_file(workbook)
    assert_office_file(document)
    assert_rendered(document)


def test_a_rendered_template_passes(tmp_path: Path) -> None:
    template = DocxTemplate(
        sound_document(tmp_path / "template.docx", "{{ name }}", "{%p if on %}", "甲", "{%p endif %}")
    )
    template.render({"name": "乙", "on": True}, autoescape=True)
    template.save(tmp_path / "rendered.docx")
    assert_office_file(tmp_path / "rendered.docx")
    assert_rendered(tmp_path / "rendered.docx")


def test_every_problem_is_listed_with_the_name_of_the_file(workbook: Path) -> None:
    broken = patched(workbook, "xl/worksheets/sheet1.xml", 's="1"', 's="99"')
    broken = patched(broken, "xl/tables/table1.xml", 'ref="A1:C3"', 'ref="A1:D3"')
    with pytest.raises(AssertionError, match=r"(?s)book-copy-copy\.xlsx: .*cell format 99.*3 columns, but A1:D3"):
        assert_office_file(broken)


def test_the_audit_catches_a_wrong_order_of_elements(workbook: Path) -> None:
    broken = patched(workbook, "xl/worksheets/sheet2.xml", "<sheetData>", "<hyperlinks/><sheetData>")
    assert any("hyperlinks" in problem for problem in audit_problems(broken))


def test_the_audit_catches_an_unknown_child_of_a_font(workbook: Path) -> None:
    assert audit_problems(patched(workbook, "xl/styles.xml", "<font>", "<font><colour/>"))


def test_every_accepted_finding_has_a_reason() -> None:
    assert all(len(accepted.reason) > 40 for accepted in ACCEPTED)


def test_no_zip_is_a_problem_not_a_crash(tmp_path: Path) -> None:
    (tmp_path / "no.xlsx").write_bytes(b"PK no zip")
    with pytest.raises(AssertionError, match="not a sound zip"):
        assert_office_file(tmp_path / "no.xlsx")


def test_a_name_twice_in_the_zip_is_caught(workbook: Path) -> None:
    parts = {"XL/STYLES.XML": b"<a/>", "xl/styles.xml": b"<a/>", "[Content_Types].xml": b"<a/>"}
    assert "xl/styles.xml: the zip holds it more than once" in own_problems(write_parts(workbook, parts))


@pytest.mark.parametrize(
    ("part", "old", "new", "problem"),
    [
        ("xl/workbook.xml", "<sheets>", "<sheets><b>", "xl/workbook.xml: not well-formed"),
        ("xl/workbook.xml", "<workbook ", "<!DOCTYPE workbook><workbook ", "xl/workbook.xml: has a DTD"),
        ("[Content_Types].xml", 'Extension="vml"', 'Extension="vmm"', "commentsDrawing1.vml: no content type"),
        ("[Content_Types].xml", "/xl/styles.xml", "/xl/style.xml", "override for a missing part xl/style.xml"),
        ("[Content_Types].xml", "/docProps/app.xml", "/xl/styles.xml", "two overrides for /xl/styles.xml"),
        ("[Content_Types].xml", ".styles+xml", ".style+xml", "for a relationship styles"),
        ("[Content_Types].xml", "sheet.main+xml", "template.main+xml", "xl/workbook.xml: content type .* expected"),
        ("_rels/.rels", '/officeDocument"', '/other"', "no main part"),
        ("xl/_rels/workbook.xml.rels", "styles.xml", "style.xml", "rId3 points to a missing part xl/style.xml"),
        ("xl/_rels/workbook.xml.rels", 'Id="rId4"', 'Id="rId3"', "two relationships rId3"),
        ("xl/worksheets/sheet1.xml", 'r:id="anysvml"', 'r:id="rId9"', "sheet1.xml: uses relationship rId9"),
    ],
)
def test_a_broken_package_is_caught(workbook: Path, part: str, old: str, new: str, problem: str) -> None:
    assert_found(problem, patched(workbook, part, old, new))


@pytest.mark.parametrize(
    ("part", "problem"),
    [
        ("[Content_Types].xml", "missing"),
        ("xl/tables/table1.xml", "points to a missing part xl/tables/table1.xml"),
        ("xl/worksheets/sheet2.xml", "belongs to a missing part xl/worksheets/sheet2.xml"),
    ],
)
def test_a_missing_part_is_caught(workbook: Path, part: str, problem: str) -> None:
    assert_found(problem, without(workbook, part))


def test_an_add_in_needs_its_own_content_type(workbook: Path) -> None:
    assert_found("expected application/vnd.ms-excel.addin", workbook.rename(workbook.with_suffix(".xlam")))


@pytest.mark.parametrize(
    ("added", "problem"),
    [
        (BOOKMARK.format(1, "a") + BOOKMARK.format(1, "b"), "two bookmarks with id 1"),
        (BOOKMARK.format(1, "a") + BOOKMARK.format(2, "A"), "two bookmarks 'a'"),
        ('<w:p><w:bookmarkStart w:id="1" w:name="a"/></w:p>', "a bookmark with only one end"),
        (DRAWING + DRAWING, "two drawings with docPr id 7"),
        (CONTROL + CONTROL, "two content controls with id 7"),
        (SHAPE + SHAPE, "two shapes with id s1"),
        (NUMBERED + NUMBERED, "two paragraphs with paraId 0000000A"),
        ('<w:p><w:hyperlink w:anchor="nowhere"/></w:p>', "a link to a missing bookmark 'nowhere'"),
        ('<w:p><w:r><w:commentReference w:id="3"/></w:r></w:p>', "commentReference 3 does not exist"),
        ('<w:p><w:r><w:footnoteReference w:id="3"/></w:r></w:p>', "footnoteReference 3 does not exist"),
        ('<w:p><w:pPr><w:numPr><w:numId w:val="999"/></w:numPr></w:pPr></w:p>', "list 999 does not exist"),
        ('<w:p><w:pPr><w:pStyle w:val="Nix"/></w:pPr></w:p>', "pStyle names a missing style 'Nix'"),
        ('<w:p><w:pPr><w:pStyle w:val="TableGrid"/></w:pPr></w:p>', "pStyle names 'TableGrid', a style of type table"),
        ('<w:p><w:hyperlink r:id="rId99"/></w:p>', "uses relationship rId99"),
        ("<w:tbl><w:tblPr/><w:tblGrid/></w:tbl>", "a table without a row"),
        ("<w:tbl><w:tblPr/><w:tblGrid/><w:tr/></w:tbl>", "a table row without a cell"),
        ("<w:tbl><w:tblPr/><w:tblGrid/><w:tr><w:tc/></w:tr></w:tbl>", "does not end with a paragraph"),
    ],
)
def test_a_broken_body_is_caught(document: Path, added: str, problem: str) -> None:
    assert_found(problem, patched(document, BODY, PARAGRAPH, added + PARAGRAPH))


def test_a_part_that_nothing_points_to_is_caught(document: Path) -> None:
    with zipfile.ZipFile(document) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert_found("no relationship leads there", write_parts(document, parts | {"word/stray.xml": b"<stray/>"}))


@pytest.mark.parametrize(
    ("part", "old", "new", "problem"),
    [
        (BODY, 'w:type="default" r:id="rId4"', 'w:type="default" r:id="rId3"', "headerReference points to no header"),
        (STYLES, 'w:styleId="Heading2"', 'w:styleId="Heading1"', "two styles 'Heading1'"),
        (STYLES, '<w:basedOn w:val="Normal"/>', '<w:basedOn w:val="Nix"/>', "basedOn names a missing style 'Nix'"),
        (
            "word/numbering.xml",
            '<w:abstractNumId w:val="',
            '<w:abstractNumId w:val="99',
            "abstractNum 99. does not exist",
        ),
        ("word/numbering.xml", '<w:num w:numId="1"', '<w:num w:numId="2"', "id 2 occurs twice"),
    ],
)
def test_broken_styles_lists_and_headers_are_caught(
    document: Path, part: str, old: str, new: str, problem: str
) -> None:
    assert_found(problem, patched(document, part, old, new))


@pytest.mark.parametrize("left", ["亲爱的{{ name }}", "{% if x %}", "%}", "{# 注 #}"])
def test_template_signs_left_in_a_paper_are_caught(tmp_path: Path, left: str) -> None:
    with pytest.raises(AssertionError, match="template sign"):
        assert_rendered(sound_document(tmp_path / "paper.docx", left))


def test_a_template_sign_split_over_runs_in_a_footer_is_caught(document: Path) -> None:
    paper = Document(str(document))
    for half in ("{", "{ name"):
        paper.sections[0].footer.paragraphs[0].add_run(half)
    paper.save(str(document))
    with pytest.raises(AssertionError, match=r"word/footer1\.xml: a template sign"):
        assert_rendered(document)


def test_fonts_without_an_east_asian_font_are_caught(document: Path) -> None:
    with pytest.raises(AssertionError, match=r"(?s)docDefaults: rFonts without w:eastAsia.*eastAsiaTheme overrides"):
        assert_east_asian_fonts(document)


def test_fonts_that_all_name_an_east_asian_font_pass(document: Path) -> None:
    paper = Document(str(document))
    for fonts in paper.styles.element.iter("{*}rFonts"):
        fonts.attrib.clear()
        fonts.set("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}eastAsia", "宋体")
    paper.save(str(document))
    assert_east_asian_fonts(document)
    assert_office_file(document)


def assert_found(problem: str, path: Path) -> None:
    found = own_problems(path)
    assert any(re.search(problem, sentence) for sentence in found), found
