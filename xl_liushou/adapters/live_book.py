"""The workbook that is open in Excel, through xlwings: read as a file would be, unsaved edits and all."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from xl_liushou.core.errors import UnusableInput
from xl_liushou.core.progress import Progress
from xl_liushou.core.rawsheet import Cell, CellValue, RawSheet, RawTable, RawWorkbook, Rows

if TYPE_CHECKING:
    import xlwings

_PLAIN: Final = frozenset({str, float, bool, date, datetime, time})
"""The kinds of values that can be taken as they are."""
_ERROR_NUMBERS: Final = range(-2146826300, -2146826200)
"""How COM gives the errors that xlwings has no word for, such as #SPILL!."""
_FIRST_DAY: Final = date(1899, 12, 30)
"""Excel's day 0: a time of day comes with this date."""
_MOST_CELLS: Final = 5_000_000
_LONGEST_ADDRESS: Final = 250
"""Excel cuts the address of a selection off a little later."""
_AREA: Final = re.compile(r"\$?[A-Z]*\$?(\d+)(?::\$?[A-Z]*\$?(\d+))?")


class LiveBook:
    """A workbook in Excel. Nothing here changes it but its status bar and what is shown."""

    def __init__(self, book: xlwings.Book) -> None:
        self.book = book

    @property
    def path(self) -> Path:
        """Where it was saved last; UnusableInput where it never was, or lies where no program can look."""
        path = Path(self.book.fullname)
        if not path.is_file():
            raise UnusableInput(
                "这个工作簿还没有保存到这台电脑的文件夹里。请先用“另存为”把它存到文件夹（例如“文档”），再点一次按钮。"
            )
        return path.resolve()

    def titles(self) -> list[str]:
        """The names of all sheets."""
        return [sheet.name for sheet in self.book.sheets]

    def read(self, wanted: Callable[[str, Collection[str]], bool]) -> RawWorkbook:
        """The sheets that are wanted by their name and those of their Tables, as `read_content` gives them."""
        found = []
        for sheet in self.book.sheets:
            tables = raw_tables(sheet)
            if wanted(sheet.name, [table.name for table in tables]):
                found.append(_raw_sheet(sheet, tables))
        return RawWorkbook(tuple(found), getattr(self.book.api, "Date1904", False) is True)

    def formulas(self, wanted: Mapping[str, Collection[str]]) -> set[tuple[str, str]]:
        """Those of the wanted cells, by sheet, that hold a formula."""
        return {
            (title, cell)
            for title, cells in wanted.items()
            for cell in cells
            if str(self.book.sheets[title].range(cell).formula).startswith("=")
        }

    def selected(self) -> tuple[str, list[tuple[int, int]]]:
        """The sheet in front, and the rows that are selected on it from first to last; none where a picture is."""
        try:
            address = str(self.book.selection.address) if self.book.selection else ""
        except Exception:  # whatever Excel has selected there, it has no cells
            address = ""
        if len(address) > _LONGEST_ADDRESS:
            raise UnusableInput("选中的地方太零散了。请一次少选几处，分几次来做；或先筛选，再整片选中。")
        return self.book.sheets.active.name, row_areas(address)

    def hidden_rows(self, title: str, rows: Collection[int]) -> set[int]:
        """Those of some rows that a filter or a person has hidden."""
        sheet = self.book.sheets[title]
        return {row for row in rows if sheet.range((row, 1)).rows.hidden}

    @contextmanager
    def working(self, label: str) -> Iterator[Progress]:
        """While the program works the status bar tells how far it is; then Excel has its bar back."""
        app = self.book.app

        def told(done: int, of: int) -> None:
            app.status_bar = f"{label}：{done * 100 // max(of, 1)}%"

        app.status_bar = f"{label}……"
        try:
            yield told
        finally:
            app.status_bar = False

    def show(self, title: str) -> None:
        """Brings a sheet to the front."""
        self.book.sheets[title].activate()

    def put_cursor(self, title: str, row: int, column: int) -> None:
        """Brings a cell to the front, ready for typing."""
        self.show(title)
        self.book.sheets[title].range((row, column)).select()

    def tell(self, words: str, title: str) -> None:
        """One message over Excel's window."""
        self.book.app.alert(words, title)

    def ask(self, question: str, title: str) -> bool | None:
        """Yes, no, or None for neither."""
        answer = self.book.app.alert(question, title, buttons="yes_no_cancel")
        return {"yes": True, "no": False}.get(str(answer))


def row_areas(address: str) -> list[tuple[int, int]]:
    """The rows of each area of an address such as $B$5:$C$9,$12:$12; columns without rows are all of them."""
    areas = []
    for area in filter(None, address.split(",")):
        found = _AREA.fullmatch(area)
        first, last = (found[1], found[2] or found[1]) if found else ("1", "1048576")
        areas.append((int(first), int(last)))
    return areas


def raw_tables(sheet: xlwings.Sheet) -> list[RawTable]:
    """The Tables of a sheet, with their header rows."""
    found = []
    for table in sheet.tables:
        area = table.range
        top, left = area.row, area.column
        rows, columns = area.shape
        found.append(RawTable(table.name, top, left, top + rows - 1, left + columns - 1))
    return found


def _raw_sheet(sheet: xlwings.Sheet, tables: Sequence[RawTable]) -> RawSheet:
    """A sheet by one look at all its cells."""
    used = sheet.used_range
    if len(used) > _MOST_CELLS:
        raise UnusableInput(
            f"“{sheet.name}”表用到了第 {used.row + used.shape[0] - 1} 行，大得不像名册。"
            "请选中数据下面（和右边）的空行空列，右击删除，保存以后再试。"
        )
    top, left = used.row, used.column
    rows = used.options(ndim=2, empty="", dates=_moment).value
    errors: set[Cell] = set()
    for row, values in enumerate(rows, top):
        if not _PLAIN.issuperset(map(type, values)):
            for place, one in enumerate(values):
                if type(one) not in _PLAIN:
                    values[place] = plain = _plain(one)
                    if plain == "":
                        errors.add((row, left + place))
    grid = _trimmed(rows, top, left)
    return RawSheet(sheet.name, grid, tuple(tables), frozenset(errors), merged=tuple(_merged(used)))


def _trimmed(rows: list[list[Any]], top: int, left: int) -> Rows:
    """The cells without the blank rows and columns around them, which only have formats."""
    filled = [number for number, row in enumerate(rows) if any(value != "" for value in row)]
    if not filled:
        return Rows()
    kept = rows[filled[0] : filled[-1] + 1]
    columns = [number for number, column in enumerate(zip(*kept, strict=True)) if any(one != "" for one in column)]
    first, last = columns[0], columns[-1] + 1
    if first or last < len(kept[0]):
        kept = [row[first:last] for row in kept]
    return Rows(kept, top + filled[0], left + first)


def _moment(*, tzinfo: None, **parts: int) -> date | datetime | time:  # noqa: ARG001  xlwings hands it over
    """A moment as python-calamine would give it: a day, a day with its time, or a time of day."""
    found = datetime(**parts)  # type: ignore[arg-type]  # noqa: DTZ001  Excel knows no time zone
    if found.time() == time():
        return found.date()
    return found.time() if found.date() == _FIRST_DAY else found


def _plain(value: Any) -> CellValue:
    """A value of another kind as python-calamine would give it; "" for an error, which xlwings gives as None."""
    if value is None or (type(value) is int and value in _ERROR_NUMBERS):
        return ""
    return float(value) if isinstance(value, int | Decimal) and not isinstance(value, bool) else value


def _merged(area: xlwings.Range) -> Iterator[tuple[int, int, int, int]]:
    """The merged ranges of an area, found by halving it: Excel tells at once that a half has none."""
    found: dict[tuple[int, int, int, int], None] = {}
    waiting = [area]
    while waiting:
        one = waiting.pop()
        if one.merge_cells is False:
            continue
        rows, columns = one.shape
        merge = one[0, 0].merge_area
        if one.merge_cells and merge.shape[0] >= rows and merge.shape[1] >= columns:
            top, left = merge.row, merge.column
            found[top, left, top + merge.shape[0] - 1, left + merge.shape[1] - 1] = None
        elif rows > 1:
            waiting += [one[: rows // 2, :], one[rows // 2 :, :]]
        else:
            waiting += [one[:, : columns // 2], one[:, columns // 2 :]]
    yield from sorted(found)
