"""What Excel asks of formulas in cells, names, data validations and conditional formats."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from tests.support.package import local_name
from tests.support.workbook import Workbook, formula_elements, unescape, utf16_length
from tests.support.workbook_rules import WorkbookRule

MAX_FORMULA, MAX_LITERAL = 8_192, 255  # support.microsoft.com, "Excel specifications and limits"
MAX_VALIDATIONS = 65_534  # MS-OI29500 2.1.614
MAX_AREAS = 32_767  # MS-OI29500 2.1.613, as are the lengths below
VALIDATION_LENGTHS = {"promptTitle": 32, "prompt": 255, "errorTitle": 32, "error": 224}
_LITERAL = re.compile(r'"(?:[^"]|"")*"')
_QUOTED_SHEET = re.compile(r"'((?:[^']|'')+)'!")
_BARE_SHEET = re.compile(r"(?<![\w.\]#:])([^\W\d][\w.]*(?::[\w.]+)?)!")
_STRUCTURED = re.compile(r"\w\[")
_BARE_NAME = re.compile(r"[^\W\d][\w.\\]*")
_NO_STRUCTURED_REFERENCE = frozenset({"formula", "formula1", "formula2"})


def sheets_of_formulas_exist(workbook: Workbook) -> Iterator[str]:
    known = {element.get("name", "").lower() for element in workbook.sheet_elements}
    for where, formula in _all_formulas(workbook):
        for sheet in sorted(sheets_in(formula)):
            if sheet.lower() not in known:
                yield f"{where}: refers to a missing sheet {sheet!r}"


def formulas_keep_the_limits(workbook: Workbook) -> Iterator[str]:
    for where, formula in _all_formulas(workbook):
        if utf16_length(formula) > MAX_FORMULA:
            yield f"{where}: over {MAX_FORMULA} characters"
        if any(utf16_length(_content(literal)) > MAX_LITERAL for literal in _LITERAL.findall(formula)):
            yield f"{where}: a text in quotes over {MAX_LITERAL} characters"
        if formula.startswith("="):
            yield f"{where}: begins with '='; in the file a formula has none"


def no_structured_references_where_excel_forbids_them(workbook: Workbook) -> Iterator[str]:
    """Validations and conditional formats take no Table[column]; Excel repairs such a file."""
    for where, element in _formula_elements(workbook):
        bare = _QUOTED_SHEET.sub("", _LITERAL.sub('""', element.text or ""))
        forbidden = local_name(element) in _NO_STRUCTURED_REFERENCE or _in_extension(element)
        if forbidden and _STRUCTURED.search(bare):
            yield f"{where}: a structured reference like Table[column]"


def validations_keep_the_limits(workbook: Workbook) -> Iterator[str]:
    for sheet in workbook.sheets:
        validations = list(sheet.root.iter("{*}dataValidation"))
        if len(validations) > MAX_VALIDATIONS:
            yield f"{sheet.part}: over {MAX_VALIDATIONS} data validations"
        for validation in validations:
            where = f"{sheet.part}: data validation of {areas(validation)[:40]}"
            yield from (f"{where}: {problem}" for problem in _validation_problems(validation))


def _validation_problems(validation: etree._Element) -> Iterator[str]:
    for attribute, limit in VALIDATION_LENGTHS.items():
        if utf16_length(unescape(validation.get(attribute, ""))) > limit:
            yield f"{attribute} over {limit} characters"
    if not 1 <= len(areas(validation).split()) <= MAX_AREAS:
        yield f"needs 1 to {MAX_AREAS} areas"


def lists_of_validations_exist(workbook: Workbook) -> Iterator[str]:
    names = {name.get("name", "").lower() for name in workbook.defined_names}
    for sheet in workbook.sheets:
        for validation in sheet.root.iterfind("{*}dataValidations/{*}dataValidation[@type='list']"):
            source = (validation.findtext("{*}formula1") or "").strip()
            if _BARE_NAME.fullmatch(source) and source.lower() not in names:
                yield f"{sheet.part}: data validation of {areas(validation)[:40]}: no defined name {source!r}"


def areas(validation: etree._Element) -> str:
    """Return the cells of a validation, from its attribute or, in the x14 extension, its child."""
    return validation.get("sqref") or validation.findtext("{*}sqref") or ""


def sheets_in(formula: str) -> set[str]:
    """Return the names of this workbook's sheets that a formula refers to."""
    text = _LITERAL.sub('""', formula)
    quoted = [name.replace("''", "'") for name in _QUOTED_SHEET.findall(text)]
    bare = _BARE_SHEET.findall(_QUOTED_SHEET.sub("", text))
    own = (name for name in quoted + bare if "[" not in name and "|" not in name)
    return {part for name in own for part in name.split(":")}


def _content(literal: str) -> str:
    return literal[1:-1].replace('""', '"')


def _in_extension(element: etree._Element) -> bool:
    parent = element.getparent()
    return parent is not None and local_name(parent) in _NO_STRUCTURED_REFERENCE | {"cfRule", "cfvo"}


def _formula_elements(workbook: Workbook) -> Iterator[tuple[str, etree._Element]]:
    roots = {sheet.part: sheet.root for sheet in workbook.sheets} | {t.part: t.root for t in workbook.tables}
    for part, root in roots.items():
        for element in formula_elements(root):
            yield f"{part}: {local_name(element)} {(element.text or '')[:40]!r}", element


def _all_formulas(workbook: Workbook) -> Iterator[tuple[str, str]]:
    for name in workbook.defined_names:
        yield f"defined name {name.get('name')!r}", name.text or ""
    for where, element in _formula_elements(workbook):
        yield where, element.text or ""


FORMULA_RULES: tuple[WorkbookRule, ...] = (
    sheets_of_formulas_exist,
    formulas_keep_the_limits,
    no_structured_references_where_excel_forbids_them,
    validations_keep_the_limits,
    lists_of_validations_exist,
)
