"""What Excel asks of sheets, names, cells, styles and merges: each rule yields one sentence per problem."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from lxml import etree

from tests.support.package import values
from tests.support.package_rules import duplicates
from tests.support.workbook import (
    LAST_COLUMN,
    LAST_ROW,
    Range,
    Sheet,
    Workbook,
    parse_range,
    relationship_id,
    rich_text,
    utf16_length,
)

WorkbookRule = Callable[[Workbook], Iterator[str]]

MAX_SHEET_NAME = 31
MAX_CELL_TEXT = 32_767  # support.microsoft.com, "Excel specifications and limits"
MAX_HYPERLINKS = 65_530
_FORBIDDEN_IN_SHEET_NAMES = frozenset("\\/?*[]:")
_NAME = re.compile(r"[^\W\d][\w.?\\]*|\\[\w.?\\]*")
_LOOKS_LIKE_A_CELL = re.compile(r"[A-Za-z]{1,3}[0-9]+|[Rr][0-9]*|[Cc][0-9]*|[Rr][0-9]*[Cc][0-9]*")
_STYLE_USES = "//*[local-name()='c']/@s | //*[local-name()='row']/@s | //*[local-name()='col']/@style"
# Slicer and timeline styles count x14 formats of their own.
_DXF_USES = (
    "//*[not(contains(local-name(), 'licerStyle')) and not(contains(local-name(), 'imelineStyle'))]"
    "/@*[substring(local-name(), string-length(local-name()) - 4) = 'dxfId'"
    " or substring(local-name(), string-length(local-name()) - 4) = 'DxfId']"
)
_PARTS_OF_A_FORMAT = {"fontId": "fonts", "fillId": "fills", "borderId": "borders", "xfId": "cellStyleXfs"}


def is_valid_name(name: str) -> bool:
    """Tell whether Excel takes it as the name of a Table or range: a word of 255 at most, not like A1 or R1C1."""
    return bool(_NAME.fullmatch(name)) and len(name) <= 255 and not _LOOKS_LIKE_A_CELL.fullmatch(name)


def sheets_are_named_well(workbook: Workbook) -> Iterator[str]:
    names = [element.get("name", "") for element in workbook.sheet_elements]
    for name in names:
        if not 1 <= utf16_length(name) <= MAX_SHEET_NAME:
            yield f"sheet {name!r}: a name has 1 to {MAX_SHEET_NAME} characters"
        if set(name) & _FORBIDDEN_IN_SHEET_NAMES or name.startswith("'") or name.endswith("'"):
            yield f"sheet {name!r}: forbidden character in the name"
    for name in duplicates(name.lower() for name in names):
        yield f"sheet {name!r}: the name occurs twice"


def sheets_are_sound(workbook: Workbook) -> Iterator[str]:
    for id_ in duplicates(element.get("sheetId", "") for element in workbook.sheet_elements):
        yield f"workbook: two sheets with sheetId {id_}"
    if len(workbook.sheets) != len(workbook.sheet_elements):
        yield "workbook: a sheet without a part"
    if all(element.get("state") in {"hidden", "veryHidden"} for element in workbook.sheet_elements):
        yield "workbook: no visible sheet"
    for view in workbook.root.iterfind("{*}bookViews/{*}workbookView"):
        if int(view.get("activeTab", "0")) >= len(workbook.sheet_elements):
            yield f"workbook: activeTab {view.get('activeTab')} is beyond the last sheet"


def defined_names_are_valid(workbook: Workbook) -> Iterator[str]:
    scopes = [(name.get("name", ""), name.get("localSheetId", "")) for name in workbook.defined_names]
    for name, scope in scopes:
        if not is_valid_name(name):
            yield f"defined name {name!r}: not a valid name"
        if scope and int(scope) >= len(workbook.sheet_elements):
            yield f"defined name {name!r}: localSheetId {scope} is beyond the last sheet"
    for twice in duplicates(f"{name.lower()} (scope {scope or 'workbook'})" for name, scope in scopes):
        yield f"defined name {twice}: occurs twice"


def cells_are_in_order(workbook: Workbook) -> Iterator[str]:
    for sheet in workbook.sheets:
        before = (0, 0)
        for cell in sheet.cells():
            if (cell.row, cell.column) <= before:
                yield f"{sheet.part}: cell {cell.element.get('r')} out of order or twice"
            if cell.row > LAST_ROW or cell.column > LAST_COLUMN:
                yield f"{sheet.part}: cell {cell.element.get('r')} is beyond the sheet"
            if cell.element.get("r") and parse_range(cell.element.get("r", "")).top != cell.row:
                yield f"{sheet.part}: cell {cell.element.get('r')} stands in row {cell.row}"
            before = (cell.row, cell.column)


def texts_fit_into_cells(workbook: Workbook) -> Iterator[str]:
    for index, text in enumerate(workbook.shared_strings):
        if utf16_length(text) > MAX_CELL_TEXT:
            yield f"shared string {index}: over {MAX_CELL_TEXT} characters"
    for sheet in workbook.sheets:
        for inline in sheet.root.iterfind("{*}sheetData/{*}row/{*}c/{*}is"):
            if utf16_length(rich_text(inline)) > MAX_CELL_TEXT:
                yield f"{sheet.part}: a text over {MAX_CELL_TEXT} characters"


def shared_strings_exist(workbook: Workbook) -> Iterator[str]:
    for sheet in workbook.sheets:
        used = values(sheet.root, "//*[local-name()='c'][@t='s']/*[local-name()='v']/text()")
        yield from _beyond(used, len(workbook.shared_strings), f"{sheet.part}: shared string")


def style_indexes_exist(workbook: Workbook) -> Iterator[str]:
    formats = _count(workbook, "cellXfs")
    for sheet in workbook.sheets:
        yield from _beyond(values(sheet.root, _STYLE_USES), formats, f"{sheet.part}: cell format")
    if workbook.styles is None:
        return
    for attribute, group in _PARTS_OF_A_FORMAT.items():
        used = values(workbook.styles, f"./*[local-name()='cellXfs']/*/@{attribute}")
        yield from _beyond(used, _count(workbook, group), f"styles: {attribute}")


def differential_formats_exist(workbook: Workbook) -> Iterator[str]:
    roots = {sheet.part: sheet.root for sheet in workbook.sheets} | {t.part: t.root for t in workbook.tables}
    if workbook.styles is not None:
        roots["styles"] = workbook.styles
    for part, root in roots.items():
        yield from _beyond(values(root, _DXF_USES), _count(workbook, "dxfs"), f"{part}: dxf")


def merges_do_not_overlap(workbook: Workbook) -> Iterator[str]:
    for sheet in workbook.sheets:
        if any_overlap(sheet.merges()):
            yield f"{sheet.part}: merged ranges overlap"


def any_overlap(ranges: Iterable[Range]) -> bool:
    """Tell whether any two of the ranges share a cell."""
    open_ranges: list[Range] = []
    for range_ in sorted(ranges):
        open_ranges = [other for other in open_ranges if other.bottom >= range_.top]
        if any(range_.overlaps(other) for other in open_ranges):
            return True
        open_ranges.append(range_)
    return False


def hyperlinks_lead_somewhere(workbook: Workbook) -> Iterator[str]:
    for sheet in workbook.sheets:
        links = list(sheet.root.iterfind("{*}hyperlinks/{*}hyperlink"))
        if len(links) > MAX_HYPERLINKS:
            yield f"{sheet.part}: over {MAX_HYPERLINKS} hyperlinks"
        targets = {link.id: link.target for link in workbook.package.relationships(sheet.part)}
        for place in (_inner_place(link, targets) for link in links):
            if place is not None and not _exists(workbook, place):
                yield f"{sheet.part}: hyperlink to missing {place!r}"


def _inner_place(link: etree._Element, targets: dict[str, str]) -> str | None:
    """Return where in this workbook a hyperlink leads, None when it leads out of it."""
    if not relationship_id(link):
        return link.get("location", "")
    target = targets.get(relationship_id(link), "")
    return target[1:] if target.startswith("#") else None


def _exists(workbook: Workbook, place: str) -> bool:
    names = {name.get("name", "").lower() for name in workbook.defined_names}
    names.update(table.name.lower() for table in workbook.tables)
    if "!" not in place:
        return place.lower() in names or _is_range(place.replace("$", ""))
    sheet, _, cell = place.rpartition("!")
    known = {element.get("name", "").lower() for element in workbook.sheet_elements}
    return sheet.strip("'").replace("''", "'").lower() in known and (_is_range(cell) or cell.lower() in names)


def _is_range(text: str) -> bool:
    return bool(re.fullmatch(r"\$?[A-Z]{0,3}\$?[0-9]*(:\$?[A-Z]{0,3}\$?[0-9]*)?", text, re.IGNORECASE)) and bool(text)


def calculation_chain_names_formulas(workbook: Workbook) -> Iterator[str]:
    """Excel repairs a workbook whose calcChain names a cell without a formula."""
    parts = workbook.package.related(workbook.package.main, "calcChain")
    sheets = {e.get("sheetId", ""): s for e, s in zip(workbook.sheet_elements, workbook.sheets, strict=False)}
    formulas = {id_: set(_formula_ranges(sheet)) for id_, sheet in sheets.items()} if parts else {}
    for part in parts:
        id_ = ""
        for link in workbook.package.xml(part).iterfind("{*}c"):
            id_, place = link.get("i", id_), link.get("r", "")
            known, cell = formulas.get(id_, set()), parse_range(place)
            if cell not in known and not any(range_.holds(cell) for range_ in known):
                yield f"{part}: names {place} of sheet {id_}, which has no formula"


def _formula_ranges(sheet: Sheet) -> Iterator[Range]:
    """Yield the cells with formulas; an array formula fills its range, though its first cell alone holds it."""
    for cell in sheet.cells():
        for formula in cell.element.iterfind("{*}f"):
            array = formula.get("ref") if formula.get("t") == "array" else None
            yield parse_range(array) if array else Range(cell.row, cell.column, cell.row, cell.column)


def _count(workbook: Workbook, group: str) -> int:
    found = None if workbook.styles is None else workbook.styles.find(f"{{*}}{group}")
    return 0 if found is None else len(found)


def _beyond(used: Sequence[str], count: int, what: str) -> Iterator[str]:
    for index in sorted({int(value) for value in used}):
        if not 0 <= index < max(count, 1 if what.endswith("cell format") else 0):
            yield f"{what} {index} does not exist (there are {count})"


WORKBOOK_RULES: tuple[WorkbookRule, ...] = (
    sheets_are_named_well,
    sheets_are_sound,
    defined_names_are_valid,
    cells_are_in_order,
    texts_fit_into_cells,
    shared_strings_exist,
    style_indexes_exist,
    differential_formats_exist,
    merges_do_not_overlap,
    hyperlinks_lead_somewhere,
    calculation_chain_names_formulas,
)
