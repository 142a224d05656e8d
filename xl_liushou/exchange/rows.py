"""The rows under a header as children with the people around them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from xl_liushou.core.rawsheet import CellValue
from xl_liushou.core.table import address
from xl_liushou.exchange.blocks import Block, Cells
from xl_liushou.exchange.classes import NO_CLASS, Class, class_in
from xl_liushou.exchange.columns import Use
from xl_liushou.exchange.model import Doubt, Entry, Found, Place
from xl_liushou.exchange.people import PeopleOfRow
from xl_liushou.exchange.titles import Target
from xl_liushou.exchange.values import CellReader, NotSure
from xl_liushou.schema.header import plain_title
from xl_liushou.schema.numbers import id_birth_date, id_gender
from xl_liushou.schema.rowkinds import is_blank
from xl_liushou.schema.sheets import Children

_TOTAL = re.compile(r"^(?:合计|总计|共计|小计|汇总|本页|以上)|(?:合计|总计|小计)$")
_REMARK = re.compile(r"^(?:注|备注|说明|填表|填报|制表|审核|校长|班主任|负责人|以上)|签字|签名|盖章")
_FORMULA_LOST: Final = "这一格是出错的公式，或公式没有结果：请在 Excel 中打开保存一次再导入"
_CLASS: Final = frozenset({"grade", "class_name"})


@dataclass
class RowReader:
    """Reads the rows of one block; `context` is the class of rows that tell none."""

    block: Block
    uses: Mapping[int, Use]
    cells: Cells
    reader: CellReader
    file: str
    context: Class
    doubts: list[Doubt] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    _joined: dict[int, Entry] = field(default_factory=dict)

    def read(self) -> None:
        """All rows of the block."""
        for row in self.block.rows:
            filled = [column for column in self.uses if not is_blank(self.cells.own(row)[column])]
            if filled and not self._is_aside(row, filled):
                self._read_row(row)

    def _is_aside(self, row: int, filled: Sequence[int]) -> bool:
        """Whether a row is no child: a total, a remark, numbers of columns, or a line with a class for those below."""
        cells = [self.cells.own(row)[column] for column in filled]
        texts = [plain_title(cell) for cell in cells]
        name = self._column("name")
        own = plain_title(self.cells.down(row, name)) if name is not None else ""
        is_remark = any(form.search(text) for form in (_TOTAL, _REMARK) for text in (texts[0], own))
        told = class_in(texts[0]) if len(filled) == 1 or is_remark else NO_CLASS
        if told != NO_CLASS:  # a total of a class ends it: whose rows come next nobody knows
            self.context = NO_CLASS if is_remark else told
            return True
        if (
            is_remark
            or all(isinstance(cell, (int, float)) for cell in cells)
            or (len(filled) == 1 and filled[0] != name)
        ):
            return True
        seen = [column for column in self.uses if not is_blank(self.cells.down(row, column))]
        if ":" in texts[0] or ":" in own or seen == [name]:
            why = "这一行只有姓名，没有导入" if seen == [name] else "这一行像是说明，没有导入"
            self._tell(self._place(row, filled[0]), NotSure(why), "")
            return True
        return False

    def _column(self, name: str) -> int | None:
        """Where a column of the child stands."""
        wanted = (column for column, use in self.uses.items() if use.is_read and use.target == Target(None, name))
        return next(wanted, None)

    def _read_row(self, row: int) -> None:
        key = self._column("name")
        key = self._column("child_id") if key is None else key
        first = self.cells.joined.get((row, key), row) if key is not None else row
        entry = self._joined.get(first) or Entry(self._place(row, key or 0))
        people = PeopleOfRow(self.reader, self._tell)
        for column, use in self.uses.items():
            if use.is_read and use.target:
                self._take(entry, people, use, row, column)
        entry.people += people.settled()
        if first in self._joined:
            return
        if not entry.get("name") and not entry.get("child_id"):
            if not any(doubt.place == entry.place for doubt in self.doubts):
                self._tell(entry.place, NotSure("这一行没有写是哪个孩子，整行没有导入"), Children.name.title)
            return
        self._take_class(entry, row)
        self._compare(entry)
        self.entries.append(entry)
        self._joined[first] = entry

    def _take(self, entry: Entry, people: PeopleOfRow, use: Use, row: int, column: int) -> None:
        """One cell; what is not sure there is told."""
        place, raw, target = self._place(row, column), self.cells.down(row, column), use.target
        assert target is not None
        lost = row + self.cells.sheet.first_row, column + self.cells.sheet.first_column
        try:
            if lost in self.cells.sheet.error_cells or lost in self.cells.sheet.uncached_cells:
                raise NotSure(_FORMULA_LOST)
            if target.person is not None:
                people.take(target, raw, place)
            elif target.column not in _CLASS:
                self._take_childs(entry, target, raw, place)
        except NotSure as doubt:
            self._tell(place, doubt, use.title)

    def _take_childs(self, entry: Entry, target: Target, raw: CellValue, place: Place) -> None:
        value = self.reader.read(target.column_of(), raw)
        if value is None:
            return
        if entry.values.setdefault(target.column, Found(value, place)).value != value:
            del entry.values[target.column]
            raise NotSure("合并成一格的几行说的不一样，都没有导入")

    def _take_class(self, entry: Entry, row: int) -> None:
        """年级 and 班级 of the row's own cells; what these do not tell, the title or the sheet does."""
        told: dict[str, str] = {}
        places: dict[str, Place] = {}
        for name in ("grade", "class_name"):
            column = self._column(name)
            if column is None:
                continue
            place, title = self._place(row, column), self.uses[column].title
            try:
                grade, class_name = self.reader.school_class(self.cells.down(row, column), name == "grade")
                if told.get("grade") and grade not in ("", told["grade"]):
                    raise NotSure("和同一行的年级不一样")
            except NotSure as doubt:
                self._tell(place, doubt, title)
                return
            for part, value in (("grade", grade), ("class_name", class_name)):
                if value:
                    told[part], places[part] = value, place
        grade, class_name = self.context
        if told.get("grade", grade) == grade or not grade:
            told = {"grade": grade, "class_name": class_name} | told
        for part, value in told.items():
            if value:
                entry.values[part] = Found(value, places.get(part, entry.place))

    def _compare(self, entry: Entry) -> None:
        """A birth date or a sex that the ID number contradicts: one of them is wrong, so neither is taken."""
        number = entry.get("id_number")
        if not number:
            return
        for name, told in (("birth_date", id_birth_date(number)), ("gender", id_gender(number))):
            if entry.get(name) and entry.get(name) != told:
                title = next(column.title for column in Children.columns if column.name == name)
                place = entry.values.pop(name).place
                entry.values.pop("id_number", None)
                self._tell(place, NotSure(f"“{title}”和身份证号里的不一样，两样都没有导入"), title)

    def _place(self, row: int, column: int) -> Place:
        sheet = self.cells.sheet
        return Place(self.file, sheet.name, address(sheet.first_row + row, sheet.first_column + column))

    def _tell(self, place: Place, doubt: NotSure, title: str) -> None:
        self.doubts.append(Doubt(place, doubt.message, title, doubt.detail))
