"""Small sound Office files, and a way to break them part by part."""

from __future__ import annotations

import zipfile
from pathlib import Path

from docx import Document
from docx.document import Document as WordDocument
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.table import Table
from openpyxl.worksheet.worksheet import Worksheet


def sound_workbook(path: Path) -> Path:
    """Save a workbook with Tables, lists, formats, names, links, merges, comments and print settings."""
    book = Workbook()
    children, classes = book.worksheets[0], book.create_sheet("班级")
    children.title = "孩子"
    _fill(children, ["编号", "姓名\n(全名)", "班级"], ["C1", "甲", "一班"], ["C2", "乙", "二班"])
    _fill(classes, ["班级"], ["一班"], ["二班"])
    children.add_table(Table(displayName="children", ref="A1:C3"))
    classes.add_table(Table(displayName="classes", ref="A1:A3"))
    book.defined_names["class_list"] = DefinedName("class_list", attr_text="'班级'!$A$2:$A$3")
    _decorate(children)
    classes["C5"] = "=1+1"
    classes.merge_cells("C1:D1")
    classes.merge_cells("C2:D2")
    classes["A5"].hyperlink = Hyperlink(ref="A5", location="'孩子'!A1")
    book.save(path)
    return path


def _fill(sheet: Worksheet, *rows: list[str]) -> None:
    for row in rows:
        sheet.append(row)


def _decorate(sheet: Worksheet) -> None:
    literal = DataValidation("list", formula1='"一班,二班"', sqref="C2:C3", promptTitle="班级", prompt="请选择")
    listed = DataValidation("list", formula1="class_list", sqref="C4:C9", errorTitle="班级", error="不在列表中")
    sheet.data_validations.dataValidation = [literal, listed]
    red = DifferentialStyle(font=Font(color="FF0000", bold=True), fill=PatternFill(bgColor="FFFF00"))
    sheet.conditional_formatting.add("A2:C3", Rule("expression", dxf=red, formula=['$A2=""']))
    sheet["A1"].font = Font("宋体", 12, bold=True, underline="single")
    sheet["A1"].comment = Comment("说明", "老师")
    sheet.freeze_panes = "B2"
    sheet.print_title_rows = "1:1"
    sheet.print_area = "A1:C3"
    sheet.HeaderFooter.oddFooter = HeaderFooterItem(center=_HeaderFooterPart("第 &P 页"))


def sound_document(path: Path, *paragraphs: str) -> Path:
    """Save a document with a heading, a table, a list, a header and a footer, clean of stylesWithEffects."""
    document = Document()
    drop_styles_with_effects(document)
    document.add_heading("标题", 1)
    document.add_table(1, 2).style = "Table Grid"
    document.add_paragraph("一条", style="List Bullet")
    for text in paragraphs:
        document.add_paragraph(text)
    document.sections[0].header.paragraphs[0].text = "页眉"
    document.sections[0].footer.paragraphs[0].text = "页脚"
    document.save(str(path))
    return path


def drop_styles_with_effects(document: WordDocument) -> None:
    """Remove Word 2010's second copy of the styles, which python-docx's default template carries out of date."""
    kinds = {id_: link.reltype.rsplit("/", 1)[-1] for id_, link in document.part.rels.items()}
    for id_ in (id_ for id_, kind in kinds.items() if kind == "stylesWithEffects"):
        document.part.drop_rel(id_)


def patched(path: Path, part: str, old: str, new: str) -> Path:
    """Return a copy of the file in which one part says `new` for the first `old`; the old text must be there."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    text = parts[part].decode()
    assert old in text, f"{old!r} is not in {part}: {text[:3000]}"
    return write_parts(path, parts | {part: text.replace(old, new, 1).encode()})


def without(path: Path, part: str) -> Path:
    """Return a copy of the file without one part."""
    with zipfile.ZipFile(path) as archive:
        return write_parts(path, {name: archive.read(name) for name in archive.namelist() if name != part})


def write_parts(path: Path, parts: dict[str, bytes]) -> Path:
    """Write parts as a zip beside `path`, with the same extension."""
    copy = path.with_stem(f"{path.stem}-copy")
    with zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return copy
