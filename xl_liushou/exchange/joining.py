"""Rosters and workbook put together: what is new, what fills a blank, what differs, what is in doubt."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from xl_liushou.core.table import Column, Record, Table
from xl_liushou.exchange.matching import Facts, Index, Match, facts_of_entry, facts_of_record
from xl_liushou.exchange.model import Doubt, Entry, Found, PersonEntry, Place, Values
from xl_liushou.schema.lists import YES
from xl_liushou.schema.school import School
from xl_liushou.schema.sheets import Children, Guardians

_ONE_EACH: Final = frozenset({"父亲", "母亲", "祖父", "祖母", "外祖父", "外祖母"})
_MARKS: Final = ("is_carer", "is_first_contact")
_BY_NAME: Final = {column.name: column for column in Guardians.columns}
_CHILD_COLUMNS: Final = {column.name: column for column in Children.columns}


@dataclass(slots=True, eq=False)
class NewRow:
    """A row to be added; `child` is the 儿童编号 it belongs to, or the new child whose key is still to be given."""

    schema: type[Table]
    values: Values
    place: Place
    child: NewRow | str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """A cell of the workbook that a roster tells otherwise; `applied` where it is written."""

    record: Record
    column: Column[Any]
    old: Any
    new: Any
    place: Place
    applied: bool

    @property
    def cell(self) -> str:
        """Where it stands."""
        return self.record.cell(self.column) or ""


@dataclass
class Joined:
    """What came of putting rosters and workbook together."""

    added: list[NewRow] = field(default_factory=list)
    changed: dict[tuple[Record, str], Change] = field(default_factory=dict)
    doubts: list[Doubt] = field(default_factory=list)
    touched: dict[int, bool] = field(default_factory=dict)
    """Children of the workbook that rosters tell of, by their index: whether anything is new about them."""

    @property
    def changes(self) -> Sequence[Change]:
        """All changes, in the order in which rosters told them."""
        return list(self.changed.values())


@dataclass
class Joiner:
    """Puts children of rosters into a school, one after another.

    `confirmed` are the 儿童编号 that a person looked at; with `accepts` all that differs is taken. Cells that hold
    `formulas` are left alone.
    """

    school: School
    confirmed: Collection[str] = ()
    accepts: bool = False
    formulas: Collection[tuple[str, str]] = ()
    result: Joined = field(default_factory=Joined)
    _people: dict[Record | NewRow, list[NewRow]] = field(default_factory=dict)
    _told: dict[tuple[Record | NewRow, str], Found] = field(default_factory=dict)
    _disputed: set[tuple[Record | NewRow, str]] = field(default_factory=set)

    def join(self, entries: Iterable[Entry]) -> Joined:
        """All entries."""
        index = Index(facts_of_record(self.school, child) for child in self.school[Children].records())
        for entry in entries:
            self._join(entry, index)
        return self.result

    def _join(self, entry: Entry, index: Index) -> None:
        match = index.match(facts_of_entry(entry))
        if match.doubt and not self._is_confirmed(match):
            self._doubt(entry.place, f"{match.doubt}；这一行没有导入", child=_key_of(match.found))
        elif match.found is None:
            self._add_child(entry, index)
        elif isinstance(match.found.who, Record):
            self._update_child(match.found.who, entry)
        else:
            self._complete_child(match.found.who, entry)

    def _is_confirmed(self, match: Match) -> bool:
        return match.confirmable and _key_of(match.found) in self.confirmed

    def _doubt(self, place: Place, message: str, column: str = "", detail: str = "", child: str = "") -> None:
        self.result.doubts.append(Doubt(place, message, column, detail, child))

    def _add_child(self, entry: Entry, index: Index) -> None:
        """A child that nobody knew."""
        new = NewRow(Children, {}, entry.place)
        self.result.added.append(new)
        index.add(facts_of_entry(entry, new))
        self._complete_child(new, entry)

    def _complete_child(self, new: NewRow, entry: Entry) -> None:
        """What a row tells of a child that is new."""
        for name, found in entry.values.items():
            self._complete(new, _CHILD_COLUMNS[name], found)
        self._take_people(new, [], entry.people)

    def _complete(self, new: NewRow, column: Column[Any], found: Found) -> None:
        if self._agrees(new, column, found):
            new.values[column.name] = found
        else:
            new.values.pop(column.name, None)

    def _agrees(self, owner: Record | NewRow, column: Column[Any], found: Found, child: str = "") -> bool:
        """Whether all rosters so far tell the same; where two differ neither counts."""
        where = owner, column.name
        first = self._told.setdefault(where, found)
        if first.value != found.value:
            self._disputed.add(where)
            told = f"另一处在 {first.place.sheet}!{first.place.cell}"
            self._doubt(found.place, "两处名册说的不一样，都没有导入", column.title, told, child)
        return where not in self._disputed

    def _update_child(self, child: Record, entry: Entry) -> None:
        key = child[Children.child_id]
        if key in self.school.unclear_child_ids:
            self._doubt(entry.place, "台账里这个孩子的儿童编号空白或重复，先用 check 改好；这一行没有导入")
            return
        before = len(self.result.changed) + len(self.result.added)
        for name, found in entry.values.items():
            if name == "child_id":
                if found.value != key:
                    self._doubt(found.place, "名册里的儿童编号和台账里的不一样，仍用台账里的", "儿童编号", child=key)
            else:
                self._compare(child, _CHILD_COLUMNS[name], found, key)
        self._take_people(child, list(self.school.guardians_by_child.get(key, ())), entry.people)
        changed = len(self.result.changed) + len(self.result.added) > before
        self.result.touched[child.index] = self.result.touched.get(child.index, False) or changed

    def _compare(self, record: Record, column: Column[Any], found: Found, key: str) -> None:
        """One value against the workbook's: equal, filling a blank, or differing."""
        old, cell = record[column], record.cell(column)
        if cell is None:
            self._doubt(found.place, "台账里没有这一列，没有导入", column.title, child=key)
        elif self.school.unread(record, column) or (self.school.sheet_name(column.sheet), cell) in self.formulas:
            told = f"台账 {column.sheet}!{cell}"
            self._doubt(found.place, "台账里这一格是公式或读不出来，没有改", column.title, told, key)
        elif not self._agrees(record, column, found, key):
            self.result.changed.pop((record, column.name), None)
        elif old != found.value:
            applied = old in ("", None, ()) or self.accepts or key in self.confirmed
            change = Change(record, column, old, found.value, found.place, applied)
            self.result.changed.setdefault((record, column.name), change)

    def _take_people(self, child: Record | NewRow, known: list[Record], told: Iterable[PersonEntry]) -> None:
        new = self._people.setdefault(child, [])
        for person in told:
            self._take_person(child, known, new, person)

    def _take_person(self, child: Record | NewRow, known: list[Record], new: list[NewRow], person: PersonEntry) -> None:
        place = next(iter(person.values.values())).place
        key = child[Children.child_id] if isinstance(child, Record) else ""
        self._drop_second_marks(person, known, new, key)
        found, doubt = _guardian(person, [*known, *new])
        if doubt:
            self._doubt(place, doubt, person.title, child=key)
        elif isinstance(found, Record):
            for name, value in person.values.items():
                self._compare(found, _BY_NAME[name], value, key)
        else:
            if found is None:
                found = NewRow(Guardians, {}, place, child if isinstance(child, NewRow) else key)
                new.append(found)
                self.result.added.append(found)
            for name, value in person.values.items():
                self._complete(found, _BY_NAME[name], value)

    def _drop_second_marks(self, person: PersonEntry, known: list[Record], new: list[NewRow], key: str) -> None:
        """A child has one 现照护人 and one 首选联系人: a second one is told, not marked."""
        for mark in _MARKS:
            if person.get(mark) != YES:
                continue
            everybody: list[Record | NewRow] = [*known, *new]
            marked = [one for one in everybody if _value(one, mark) == YES]
            if any(not _names(one, person) for one in marked):
                place, title = person.values.pop(mark).place, _BY_NAME[mark].title
                self._doubt(place, f"这个孩子已经有另一个“{title}”，没有再标一个", title, child=key)


def _key_of(found: Facts | None) -> str:
    return found.who[Children.child_id] if found and isinstance(found.who, Record) else ""


def _value(one: Record | NewRow, name: str) -> Any:
    """A value of a guardian, "" where there is none."""
    if isinstance(one, Record):
        return one[_BY_NAME[name]]
    return one.values[name].value if name in one.values else ""


def _names(one: Record | NewRow, person: PersonEntry) -> bool:
    """Whether a guardian is the one that a roster tells of, by name, or by a relation that only one person has."""
    name, relation = _value(one, "name"), _value(one, "relation")
    if name and person.get("name"):
        return bool(name == person.get("name"))
    return relation in _ONE_EACH and relation == person.get("relation")


def _guardian(person: PersonEntry, guardians: list[Record | NewRow]) -> tuple[Record | NewRow | None, str]:
    """The guardian that a roster tells of, None for a new one; or why nobody can say."""
    same = [one for one in guardians if _names(one, person)]
    if len(same) > 1:
        return None, "台账里这个孩子有两个这样的监护人，分不清是哪一个，没有导入"
    if same:
        relations = {_value(same[0], "relation"), person.get("relation")} - {""}
        return (same[0], "") if len(relations) < 2 else (None, "监护人的姓名相同，关系却不同，没有导入")
    relation = person.get("relation")
    if relation in _ONE_EACH and any(_value(one, "relation") == relation for one in guardians):
        return None, f"台账（或名册前面）里这个孩子的{relation}是另一个名字，请核对，没有导入"
    return None, ""
