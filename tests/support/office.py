"""Asserts that Excel and Word would take a file the program made, without having Excel or Word.

`assert_office_file` is the one to call for every .xlsx, .xlsm, .xlam and .docx; the other helpers look at what a
rendered paper says, at its fonts and, through LibreOffice, at its printed pages.
"""

from __future__ import annotations

import functools
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from lxml import etree
from openxml_audit import OpenXmlValidator, ValidationError

from tests.support.document_rules import DOCUMENT_RULES, Document, w
from tests.support.formula_rules import FORMULA_RULES
from tests.support.libreoffice import (
    convert,
    libreoffice,
    opens_in_libreoffice,
    page_images,
    pdf_pages,
    requires_libreoffice,
)
from tests.support.package import Package
from tests.support.package_rules import PACKAGE_RULES, WELL_FORMEDNESS
from tests.support.table_rules import TABLE_RULES
from tests.support.workbook import Workbook
from tests.support.workbook_rules import WORKBOOK_RULES

__all__ = [
    "ACCEPTED",
    "assert_east_asian_fonts",
    "assert_office_file",
    "assert_rendered",
    "audit_problems",
    "convert",
    "libreoffice",
    "opens_in_libreoffice",
    "own_problems",
    "page_images",
    "pdf_pages",
    "requires_libreoffice",
]

_Subject = TypeVar("_Subject")
_WORKBOOK_SUFFIXES = {".xlsx", ".xlsm", ".xlam"}
_TEMPLATE_SIGNS = ("{{", "}}", "{%", "%}", "{#", "#}")


@dataclass(frozen=True)
class Accepted:
    """An audit finding that is no fault of the file: where, what, and why (regular expressions, whole match)."""

    part: str
    finding: str
    reason: str

    def covers(self, error: ValidationError) -> bool:
        """Tell whether this finding is the accepted one."""
        return bool(re.fullmatch(self.part, error.part_uri) and re.fullmatch(self.finding, error.description))


_FONT_CHILDREN = "b|i|strike|condense|extend|outline|shadow|u|vertAlign|sz|color|name|family|charset|scheme"
ACCEPTED = (
    Accepted(
        "/xl/styles.xml",
        f"Unexpected element '({_FONT_CHILDREN})' found",
        "openpyxl writes the children of a font in an order of its own; ECMA-376 transitional defines CT_Font as a "
        "choice in any order, and Excel has opened such files for over ten years",
    ),
    Accepted(
        "/xl/worksheets/[^/]+",
        r"Worksheet \S+ has \d+ inline-string cell\(s\).*",
        "openpyxl writes texts into the cells; Excel reads them and moves them to sharedStrings when it next saves",
    ),
)


def assert_office_file(path: Path) -> None:
    """Assert that the file is sound, by openxml-audit and by our own rules; the error lists every problem."""
    _fail_with(path, own_problems(path) + audit_problems(path))


def audit_problems(path: Path) -> list[str]:
    """Return what openxml-audit finds, errors and warnings, but for the accepted findings."""
    try:
        errors = _validator().validate(path).errors
    except zipfile.BadZipFile as error:
        return [f"openxml-audit: {error}"]
    return [f"openxml-audit: {error}" for error in errors if not any(known.covers(error) for known in ACCEPTED)]


def own_problems(path: Path) -> list[str]:
    """Return what our own rules find; when a part is no XML or the package is incomplete, only that."""
    try:
        package = Package(path)
    except zipfile.BadZipFile as error:
        return [f"not a sound zip: {error}"]
    return _judge(package, WELL_FORMEDNESS) or _judge(package, PACKAGE_RULES) or _content_problems(package)


def assert_rendered(path: Path) -> None:
    """Assert that no sign of a template ({{ }} {% %} {# #}) is left in the text of a document."""
    document = Document(Package(path))
    _fail_with(path, [problem for part, root in document.stories.items() for problem in _template_signs(part, root)])


def assert_east_asian_fonts(path: Path) -> None:
    """Assert that every font in styles.xml, and the default, names a font for Chinese that no theme overrides."""
    styles = Document(Package(path)).part("styles")
    _fail_with(path, ["no styles.xml"] if styles is None else list(_font_problems(styles)))


@functools.cache
def _validator() -> OpenXmlValidator:
    return OpenXmlValidator(max_errors=0)


def _content_problems(package: Package) -> list[str]:
    if package.path.suffix.lower() in _WORKBOOK_SUFFIXES:
        return _judge(Workbook(package), (*WORKBOOK_RULES, *TABLE_RULES, *FORMULA_RULES))
    return _judge(Document(package), DOCUMENT_RULES)


def _judge(subject: _Subject, rules: tuple[Callable[[_Subject], Iterator[str]], ...]) -> list[str]:
    return [problem for rule in rules for problem in _findings(subject, rule)]


def _findings(subject: _Subject, rule: Callable[[_Subject], Iterator[str]]) -> list[str]:
    try:
        return list(rule(subject))
    except (ValueError, LookupError) as error:
        return [f"{rule.__name__}: cannot be judged: {error!r}"]


def _template_signs(part: str, root: etree._Element) -> Iterator[str]:
    for paragraph in root.iter("{*}p"):
        text = "".join(run.text or "" for run in paragraph.iter("{*}t"))
        if any(sign in text for sign in _TEMPLATE_SIGNS):
            yield f"{part}: a template sign is left in {text[:80]!r}"


def _font_problems(styles: etree._Element) -> Iterator[str]:
    if styles.find("{*}docDefaults/{*}rPrDefault/{*}rPr/{*}rFonts") is None:
        yield "docDefaults: no rFonts"
    for fonts in styles.iter("{*}rFonts"):
        owner = next((w(a, "styleId") for a in fonts.iterancestors("{*}style")), "docDefaults")
        if not w(fonts, "eastAsia"):
            yield f"style {owner}: rFonts without w:eastAsia"
        if w(fonts, "eastAsiaTheme"):  # the theme's font wins: ECMA-376 part 1, 17.3.2.26
            yield f"style {owner}: w:eastAsiaTheme overrides w:eastAsia"


def _fail_with(path: Path, problems: list[str]) -> None:
    if problems:
        raise AssertionError("\n  ".join([f"{path.name}: {len(problems)} problem(s)", *problems]))
