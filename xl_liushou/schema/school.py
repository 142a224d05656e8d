"""The school as read: all tables, lists and settings, and the ways from one record to another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar, cast

from xl_liushou.core.edits import AppendRows, Edit
from xl_liushou.core.finding import Problem
from xl_liushou.core.rawsheet import RawSheet, RawWorkbook
from xl_liushou.core.table import Column, Record, Table, address
from xl_liushou.schema import lists, settings
from xl_liushou.schema.datarows import lists_of
from xl_liushou.schema.keys import with_keys
from xl_liushou.schema.lists import NO, YES
from xl_liushou.schema.parse import Reading, grouped, read_table
from xl_liushou.schema.sheets import LISTS_SHEET, SHEETS, Children, Guardians, SettingRows, Staff, Volunteers
from xl_liushou.schema.text import folded

S = TypeVar("S", bound=Table)

_UNREAD = frozenset({"C102", "C103", "C104", "C109", "S008", "S009"})


@dataclass(frozen=True)
class School:
    """Everything the workbook says: `school[Children]` is the roster.

    `problems` is what parsing could not take as it is, `sheet_names` the workbook's own names of the sheets.
    """

    tables: Mapping[str, Table]
    settings: Mapping[str, Any]
    lists: Mapping[str, Sequence[str]]
    problems: Sequence[Problem] = ()
    sheet_names: Mapping[str, str] = field(default_factory=dict)

    def __getitem__(self, sheet: type[S]) -> S:
        return cast(S, self.tables[sheet.title])

    def sheet_name(self, title: str) -> str:
        """What the workbook calls the sheet that the schema calls `title`."""
        return self.sheet_names.get(title, title)

    @cached_property
    def problems_by_code(self) -> Mapping[str, Sequence[Problem]]:
        """What parsing could not take, by rule code."""
        return grouped(self.problems)

    @cached_property
    def _unread_cells(self) -> frozenset[tuple[str, str | None]]:
        return frozenset((one.sheet, one.cell) for one in self.problems if one.code in _UNREAD)

    def unread(self, record: Record, *columns: Column[Any]) -> bool:
        """Whether any of these cells holds something that could not be read, so that its blank value proves nothing."""
        title, cells = record.table.title, self._unread_cells
        return bool(cells) and any((title, record.cell(column)) in cells for column in columns)

    def has_unread(self, column: Column[Any]) -> bool:
        """Whether any cell of a column holds something that could not be read."""
        return any(
            (one.sheet, one.column) == (column.sheet, column.title) for one in self.problems if one.code in _UNREAD
        )

    @cached_property
    def active_children(self) -> Sequence[Record]:
        """The children 在管 or 暂停, in the order of the roster."""
        return [child for child in self[Children].records() if child[Children.case_status] != "结案"]

    @cached_property
    def active_ids(self) -> frozenset[str]:
        """The 儿童编号 of the children 在管 or 暂停."""
        return frozenset(child_id for child in self.active_children if (child_id := child[Children.child_id]))

    @cached_property
    def classes(self) -> Mapping[str, Record]:
        """The classes of the children 在管 or 暂停 as 年级+班级, each with its first child."""
        found: dict[str, Record] = {}
        for child in self.active_children:
            if name := self.known_class(child):
                found.setdefault(name, child)
        return found

    @cached_property
    def class_names(self) -> Sequence[str]:
        """Each child's class as 年级+班级, in the order of the roster."""
        return [f"{grade}{name}" for grade, name in zip(self[Children].grade, self[Children].class_name, strict=True)]

    @cached_property
    def child_of(self) -> Mapping[str, Record]:
        """The first child of each 儿童编号."""
        return _first_by(self[Children], Children.child_id)

    @cached_property
    def unclear_child_ids(self) -> frozenset[str]:
        """The 儿童编号 that do not say which child is meant: the blank one, and those that stand twice (K201)."""
        counts = Counter(self[Children].child_id)
        return frozenset(("", *(child_id for child_id, count in counts.items() if count > 1)))

    @cached_property
    def guardian_of(self) -> Mapping[str, Record]:
        """The first guardian of each 编号."""
        return _first_by(self[Guardians], Guardians.guardian_id)

    @cached_property
    def staff_of(self) -> Mapping[str, Record]:
        """The first member of staff of each 工号."""
        return _first_by(self[Staff], Staff.staff_id)

    @cached_property
    def volunteer_of(self) -> Mapping[str, Record]:
        """The first volunteer of each 志愿者编号."""
        return _first_by(self[Volunteers], Volunteers.volunteer_id)

    @cached_property
    def guardians_by_child(self) -> Mapping[str, Sequence[Record]]:
        """All guardians of each child, in the order of the sheet."""
        return grouped_by(self[Guardians], Guardians.child_id)

    @cached_property
    def class_teachers(self) -> Mapping[str, Sequence[Record]]:
        """The class teachers in office of each class."""
        groups = grouped_by(self[Staff], Staff.class_taught)
        return {name: [one for one in group if one[Staff.on_duty] != NO] for name, group in groups.items()}

    @cached_property
    def siblings(self) -> Mapping[str, Sequence[Record]]:
        """The children of each 家庭编号 that is filled in, the eldest first."""
        groups = grouped_by(self[Children], Children.family_id)
        return {family: sorted(group, key=_age_order) for family, group in groups.items()}

    def family(self, child: Record) -> Sequence[Record]:
        """The children of a child's family, the eldest first; without a 家庭编号 the child alone."""
        return self.siblings.get(child[Children.family_id], (child,))

    def carer(self, child_id: str) -> Record | None:
        """The guardian marked 现照护人, the first of several."""
        group = self.guardians_by_child.get(child_id, ())
        return next((one for one in group if one[Guardians.is_carer] == YES), None)

    def class_name(self, child: Record) -> str:
        """A child's class as 年级+班级."""
        return f"{child[Children.grade]}{child[Children.class_name]}"

    def known_class(self, child: Record) -> str:
        """A child's class as 年级+班级; "" where a part of it is blank or cannot be read."""
        parts = (Children.grade, Children.class_name)
        return self.class_name(child) if all(map(child.__getitem__, parts)) and not self.unread(child, *parts) else ""

    def class_teacher(self, class_name: str) -> Record | None:
        """The class teacher of a class; None where there is none or more than one."""
        found = self.class_teachers.get(class_name, ())
        return found[0] if len(found) == 1 else None

    @property
    def head_of_moral_education(self) -> Record | None:
        """The member of staff named in 设置 as 德育负责人."""
        return self.staff_of.get(self.settings["德育负责人"])

    def appended(self, sheet: type[Table], rows: Sequence[Mapping[Column[Any], Any]]) -> list[Edit]:
        """The edit that puts rows at the end of a sheet, each value in its column wherever that stands; none for none.

        The Excel Table is named where it holds all columns, so that another one beside it is no question.
        """
        if not rows:
            return []
        table = self[sheet]
        places, area = table.places.values(), table.area
        name = area.name if area and area.left <= min(places) and max(places) <= area.right else None
        return [AppendRows(self.sheet_name(sheet.title), [table.new_row(row) for row in rows], name)]

    def staff_name(self, staff_id: str) -> str:
        """The name behind a 工号; the 工号 itself where 教职工 does not know it."""
        found = self.staff_of.get(staff_id)
        return found[Staff.name] if found else staff_id


def _first_by(table: Table, key: Column[str]) -> dict[str, Record]:
    found: dict[str, Record] = {}
    for index, value in enumerate(table.values(key)):
        if value:
            found.setdefault(value, Record(table, index))
    return found


def grouped_by(table: Table, key: Column[str]) -> dict[str, list[Record]]:
    """The records of a table by the value of one column, in the order of the sheet; a blank value groups nobody."""
    groups: dict[str, list[Record]] = {}
    for index, value in enumerate(table.values(key)):
        if value:
            groups.setdefault(value, []).append(Record(table, index))
    return groups


def _age_order(child: Record) -> tuple[bool, str, int]:
    born = child[Children.birth_date]
    return born is None, born.isoformat() if born else "", child.row


def parse_workbook(raw: RawWorkbook) -> School:
    """The whole workbook as a School, with everything that is wrong in its cells as problems."""
    sheets = _sheets_by_title(raw)
    in_force = lists.merged(lists_of(sheets.get(LISTS_SHEET)))
    reading = Reading(in_force, raw.date1904)
    tables = {schema.title: read_table(sheets.get(schema.title), schema, reading) for schema in SHEETS}
    _drop_repeated_grades(tables[Children.title], reading)
    values = _settings(tables[SettingRows.title], reading)
    for sheet in sheets.values():
        _note_cropped(sheet, reading)
    names = {title: sheet.name for title, sheet in sheets.items()}
    return School(tables, values, in_force, tuple(with_keys(reading.problems, tables)), names)


def _sheets_by_title(raw: RawWorkbook) -> dict[str, RawSheet]:
    """Sheets by the schema's titles: the sheet so named, else the one with a Table so named."""
    named = {folded(sheet.name): sheet for sheet in reversed(raw.sheets)} | {sheet.name: sheet for sheet in raw.sheets}
    tabled = {table.name: sheet for sheet in raw.sheets for table in sheet.tables}
    titles = (*(schema.title for schema in SHEETS), LISTS_SHEET)
    return {title: found for title in titles if (found := named.get(title) or tabled.get(title))}


def _note_cropped(sheet: RawSheet, reading: Reading) -> None:
    if sheet.cropped_count:
        row, column = sheet.cropped[0]
        reading.note("S010", sheet.name, row=row, cell=address(row, column), details={"count": sheet.cropped_count})


def _drop_repeated_grades(children: Table, reading: Reading) -> None:
    """三年级 beside 三年级1班 leaves 1班; where nothing is left the class is blank (C101).

    Another grade than the row's is a problem (C103).
    """
    names = list(children.values(Children.class_name))
    for index, (grade, name) in enumerate(zip(children.values(Children.grade), names, strict=True)):
        repeated = next((one for one in lists.CLOSED["年级"] if name.startswith(one)), "")
        if not repeated or not grade:
            continue
        row, cell = children.rows[index], children.cell(index, Children.class_name)
        where = {"column": Children.class_name.title, "row": row, "cell": cell, "value": name}
        if repeated != grade:
            reading.note("C103", Children.title, **where, details={"grade": grade})
            continue
        names[index] = name.removeprefix(grade)
        if names[index] in {"", "班"}:
            names[index] = ""
            reading.note("C101", Children.title, **where)
    children.replace(Children.class_name, names)


def _settings(table: Table, reading: Reading) -> dict[str, Any]:
    """The settings by item, each read as its kind; a missing one is blank."""
    values: dict[str, Any] = {item: column.blank for item, column in settings.KINDS.items()}
    chosen = {**reading.lists, **settings.CLOSED_LISTS}
    raws = table.values(SettingRows.value)
    for index, written in enumerate(table.values(SettingRows.item)):
        item = written.rstrip("：:")
        kind = settings.KINDS.get(item)
        if kind is None and item:
            where = {"row": table.rows[index], "cell": table.cell(index, SettingRows.item), "value": item}
            choices = {"choices": tuple(settings.KINDS)}
            reading.note("C103", table.title, column=SettingRows.item.title, **where, details=choices)
        if kind is None or raws[index] == "":
            continue
        values[item], notes = kind.parser(chosen, reading.date1904)(raws[index])
        place = {"row": table.rows[index], "cell": table.cell(index, SettingRows.value)}
        for code, replacement, details in notes:
            reading.note(
                code, table.title, column=SettingRows.value.title, **place,
                value=raws[index], replacement=replacement, details=details,
            )  # fmt: skip
    return values
