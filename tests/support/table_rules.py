"""What Excel asks of Tables: a Table that breaks one of these makes Excel offer to repair the file."""

from __future__ import annotations

from collections.abc import Iterator

from tests.support.package_rules import duplicates
from tests.support.workbook import Range, Table, Workbook, parse_range, relationship_id, unescape, utf16_length
from tests.support.workbook_rules import WorkbookRule, any_overlap, is_valid_name

MAX_COLUMN_NAME = 255  # MS-OI29500 2.1.681


def tables_are_named_apart(workbook: Workbook) -> Iterator[str]:
    for attribute in ("id", "name", "displayName"):
        values = [table.root.get(attribute, "").lower() for table in workbook.tables if table.root.get(attribute)]
        for value in duplicates(values):
            yield f"two Tables with {attribute} {value!r}"
    taken = {name.get("name", "").lower() for name in workbook.defined_names}
    for table in workbook.tables:
        if not is_valid_name(table.name):
            yield f"{table.part}: {table.name!r} is not a valid name"
        if table.name.lower() in taken:
            yield f"{table.part}: {table.name!r} is also a defined name"


def sheets_list_their_tables(workbook: Workbook) -> Iterator[str]:
    for sheet in workbook.sheets:
        links = workbook.package.relationships(sheet.part)
        listed = [relationship_id(part) for part in sheet.root.iterfind("{*}tableParts/{*}tablePart")]
        if sorted(listed) != sorted(link.id for link in links if link.kind == "table"):
            yield f"{sheet.part}: its tableParts and its relationships to Tables differ"


def tables_have_room(workbook: Workbook) -> Iterator[str]:
    """Excel's Tables have at least one row of data, empty or not."""
    for table in workbook.tables:
        needed = table.header_rows + 1 + table.totals_rows
        if table.range.bottom - table.range.top + 1 < needed:
            yield f"{table.part}: {table.root.get('ref')} has no row for data"


def columns_fill_the_range(workbook: Workbook) -> Iterator[str]:
    for table in workbook.tables:
        width = table.range.right - table.range.left + 1
        if len(table.columns) != width:
            yield f"{table.part}: {len(table.columns)} columns, but {table.root.get('ref')} is {width} wide"


def columns_are_named_apart(workbook: Workbook) -> Iterator[str]:
    for table in workbook.tables:
        names = [column.get("name", "") for column in table.columns]
        for name in duplicates(unescape(name).lower() for name in names):
            yield f"{table.part}: two columns {name!r}"
        for id_ in duplicates(column.get("id", "") for column in table.columns):
            yield f"{table.part}: two columns with id {id_}"
        yield from (f"{table.part}: {problem}" for name in names for problem in _name_problems(name))


def _name_problems(name: str) -> Iterator[str]:
    if not 1 <= utf16_length(unescape(name)) <= MAX_COLUMN_NAME:
        yield f"column {name!r}: a name has 1 to {MAX_COLUMN_NAME} characters"


def headers_equal_column_names(workbook: Workbook) -> Iterator[str]:
    """A line break in a name is written _x000a_ (Excel) or &#xA; (XlsxWriter); a bare one becomes a blank in XML.

    Excel offers to repair such a file: XlsxWriter issue 287, openxlsx2 issue 1617.
    """
    for table in workbook.tables:
        if table.header_rows:
            yield from _header_problems(workbook, table)


def _header_problems(workbook: Workbook, table: Table) -> Iterator[str]:
    cells = {cell.column: cell for cell in table.sheet.cells() if cell.row == table.range.top}
    for column, element in enumerate(table.columns, table.range.left):
        name, cell = unescape(element.get("name", "")), cells.get(column)
        if cell is None or not workbook.is_text(cell):
            yield f"{table.part}: the header cell of {name!r} holds no text"
        elif _normal(workbook.text(cell)) != _normal(name):
            yield f"{table.part}: the header cell of {name!r} says {workbook.text(cell)!r}"


def _normal(text: str) -> str:
    return text.replace("\r\n", "\n")


def filters_lie_in_their_table(workbook: Workbook) -> Iterator[str]:
    for table in workbook.tables:
        for filter_ in table.root.iterfind("{*}autoFilter"):
            range_ = parse_range(filter_.get("ref", ""))
            if not table.range.holds(range_) or range_.top != table.range.top:
                yield f"{table.part}: autoFilter {filter_.get('ref')} does not fit {table.root.get('ref')}"


def tables_keep_clear(workbook: Workbook) -> Iterator[str]:
    for sheet in workbook.sheets:
        tables = [table.range for table in workbook.tables if table.sheet is sheet]
        if any_overlap(tables):
            yield f"{sheet.part}: Tables overlap"
        if _touch(tables, sheet.merges()):
            yield f"{sheet.part}: a Table overlaps merged cells"
        filters = [parse_range(f.get("ref", "").replace("$", "")) for f in sheet.root.iterfind("{*}autoFilter")]
        if _touch(tables, filters):
            yield f"{sheet.part}: a Table overlaps the sheet's own autoFilter"


def _touch(tables: list[Range], others: list[Range]) -> bool:
    return any(table.overlaps(other) for table in tables for other in others)


TABLE_RULES: tuple[WorkbookRule, ...] = (
    tables_are_named_apart,
    sheets_list_their_tables,
    tables_have_room,
    columns_fill_the_range,
    columns_are_named_apart,
    headers_equal_column_names,
    filters_lie_in_their_table,
    tables_keep_clear,
)
