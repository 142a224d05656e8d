"""The people around a child, put together from the columns of one row."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from xl_liushou.core.rawsheet import CellValue
from xl_liushou.exchange.mixed import Mention
from xl_liushou.exchange.model import Found, PersonEntry, Place
from xl_liushou.exchange.titles import MENTION, PARENTS, Person, Target
from xl_liushou.exchange.values import CellReader, NotSure, one_of_each
from xl_liushou.schema.lists import YES

Tell = Callable[[Place, NotSure, str], None]
"""Told a place, what is not sure there, and the title of the column."""
_PHONES = ("mobile", "landline")


@dataclass
class PeopleOfRow:
    """Collects the people of one row; what is not sure is told and left out."""

    reader: CellReader
    tell: Tell
    people: dict[str, PersonEntry] = field(default_factory=dict)
    told_of: dict[str, Place] = field(default_factory=dict)

    def take(self, target: Target, raw: CellValue, place: Place) -> None:
        """Takes one cell of a person's column; raises NotSure."""
        person = target.person
        assert person is not None
        if target.column in (MENTION, "name") or person.key == PARENTS:
            for one in self.reader.mention(raw, single=person.key != PARENTS):
                self._take_mention(person, one, place)
            return
        values = self._values(target, raw)
        if values:
            self._add(person, values, place)

    def _values(self, target: Target, raw: CellValue) -> dict[str, Any]:
        if target.column in _PHONES:
            return dict(self.reader.phones(raw))
        is_relation = target.column == "relation"
        found = self.reader.relation(raw) if is_relation else self.reader.read(target.column_of(), raw)
        return {} if found is None else {target.column: found}

    def _take_mention(self, person: Person, one: Mention, place: Place) -> None:
        if person.relation and one.relation not in ("", person.relation):
            raise NotSure("标题和格子里说的不是同一个人")
        if person.key == PARENTS:
            person = Person(one.relation, one.relation)
        named = {"relation": one.relation, "name": one.name}
        values = {name: value for name, value in (named | one_of_each(one.phones)).items() if value}
        self._add(person, values, place)

    def _add(self, person: Person, values: dict[str, Any], place: Place) -> None:
        entry = self.people.setdefault(person.key, PersonEntry(title=person.key))
        self.told_of.setdefault(person.key, place)
        fixed = {
            "relation": person.relation,
            "is_carer": YES * person.is_carer,
            "is_first_contact": YES * person.is_first,
        }
        for name, value in ({name: one for name, one in fixed.items() if one} | values).items():
            old = entry.values.setdefault(name, Found(value, place))
            if old.value != value:
                del entry.values[name]
                raise NotSure("和同一行别的格子说的不一样，都没有导入")

    def settled(self) -> Iterator[PersonEntry]:
        """The people of the row, each once; whoever has neither a name nor a relation is told and left out."""
        kept: list[PersonEntry] = []
        for key, entry in sorted(self.people.items(), key=lambda item: not item[1].get("relation")):
            same = next((other for other in kept if _same(other, entry)), None)
            if not entry.get("name") and not entry.get("relation"):
                self.tell(self.told_of[key], NotSure("没有写是谁，也没有写关系"), key)
            elif same is None:
                kept.append(entry)
            elif _agree(same, entry):
                same.values |= {name: found for name, found in entry.values.items() if name not in same.values}
            else:
                self.tell(self.told_of[key], NotSure(f"和同一行的“{same.title}”对不上：名字或关系不一样"), key)
        yield from kept


def _same(one: PersonEntry, other: PersonEntry) -> bool:
    """Whether two columns of a row tell of one person: by name, or by a relation that only one person has."""
    named = one.get("name") != "" and one.get("name") == other.get("name")
    related = one.get("relation") not in ("", "其他亲属", "受托人") and one.get("relation") == other.get("relation")
    return named or related


def _agree(one: PersonEntry, other: PersonEntry) -> bool:
    return all(found.value == one.values[name].value for name, found in other.values.items() if name in one.values)
