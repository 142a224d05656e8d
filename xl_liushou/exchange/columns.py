"""Which column of a roster goes where: by its title, and by its neighbours where that does not say whose it is."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from xl_liushou.core.rawsheet import CellValue
from xl_liushou.core.table import address
from xl_liushou.exchange.blocks import Block, Cells
from xl_liushou.exchange.mixed import read_phones
from xl_liushou.exchange.model import Forms, Maps
from xl_liushou.exchange.titles import (
    IGNORED,
    MENTION,
    PARENTS,
    Meaning,
    Person,
    Target,
    meaning,
    target_called,
)
from xl_liushou.schema.lists import NO, YES
from xl_liushou.schema.numbers import id_is_valid
from xl_liushou.schema.rowkinds import is_blank
from xl_liushou.schema.sheets import Children, Guardians
from xl_liushou.schema.text import as_text, folded

_SURELY_SCHOOL: Final = (
    "儿童", "学生", "留守", "学籍", "班级", "年级", "监护", "父亲", "母亲", "家长", "照护", "寄宿", "孩子", "爷爷",
    "奶奶",
)  # fmt: skip
_CHILDREN: Final = ("儿童", "学生", "留守", "孩子", "学籍", "花名册")
_PARENTS_ALONE: Final = ("家长", "监护人", "父母")
_MARKS: Final = {Guardians.is_carer.title: "is_carer", Guardians.is_first_contact.title: "is_first_contact"}
_SURELY_STAFF: Final = ("职务", "职称", "任教", "工号", "教龄", "教师", "党员", "岗位")
_OF_BOTH: Final = frozenset({MENTION, "name", "mobile"})
"""What one cell may tell of both parents, each behind 父： and 母：."""
_ANYBODYS: Final = frozenset({"gender", "ethnicity", "health"})
"""Columns of the child that directly behind a person's columns might as well be that person's."""
_EITHERS: Final = ("health", "note")
"""Attributes that children and guardians both have."""
_IDENTITY: Final = ("name", "child_id", "id_number", "student_number", "grade", "class_name")
_LOOKED_AT: Final = 200


@dataclass(frozen=True, slots=True)
class Use:
    """What becomes of one column of a roster; `why` tells what a person should know where it is not `sure`.

    `said` is what a person said of it.
    """

    title: str
    target: Target | None = None
    sure: bool = True
    why: str = ""
    said: str = ""

    @property
    def is_read(self) -> bool:
        """Whether its values are taken."""
        return self.target is not None and self.sure


def fingerprint(block: Block) -> str:
    """What makes a roster the same form as another: its titles. Nobody can read them out of it."""
    return hashlib.sha256("\n".join("/".join(path) for path in block.form).encode()).hexdigest()[:24]


def uses(block: Block, cells: Cells, maps: Maps, forms: Forms) -> dict[int, Use]:
    """What becomes of every column of a block that has a title or a value."""
    found = {column: _marks(column, meaning(path), block, cells) for column, path in block.paths.items()}
    found = _with_guardian_rows(found, block)
    made = {column: Use(_shown(block.paths[column]), one.target, one.sure) for column, one in found.items()}
    made |= _loose(found, made)
    made |= _repeated(made, block)
    made = {column: use if use.target else _by_look(use, column, block, cells) for column, use in made.items()}
    made |= _untitled(block, cells)
    made = {column: _explained(use) for column, use in made.items()}
    said = {**_kept(block, forms), **_told(block, cells, maps)}
    return {column: _as_said(use, said[column]) if column in said else use for column, use in sorted(made.items())}


def is_roster(block: Block, found: Mapping[int, Use], of_class: bool, sheet: str) -> bool:
    """Whether a block is about children: it names them, is of a class or speaks of them.

    A list of staff is none, nor one whose title speaks of parents and never of children.
    """
    about = sheet + "".join(block.above)
    text = "".join("".join(path) for path in block.paths.values()) + about
    targets = {(use.target.person is None, use.target.column) for use in found.values() if use.target and use.sure}
    if any(word in about for word in _PARENTS_ALONE) and not any(word in text for word in _CHILDREN):
        return False
    named = len(targets) > 1 and ((True, "name") in targets or (True, "child_id") in targets)
    of_school = of_class or any(word in text for word in _SURELY_SCHOOL)
    return named and of_school and not any(word in text for word in _SURELY_STAFF)


def kept_form(block: Block, found: Mapping[int, Use]) -> dict[str, str]:
    """What a person said of a block's columns, as it is kept for the next file of the same form.

    What the program found by itself it finds again; kept, a mistake of an earlier version would stay.
    """
    return {str(number): said for number, column in enumerate(block.paths) if (said := found[column].said)}


def _shown(path: Sequence[str]) -> str:
    return "/".join(path)


def _marks(column: int, one: Meaning, block: Block, cells: Cells) -> Meaning:
    """现照护人 and 首选联系人 name a person; where only 是 and 否 stand under them they mark one of other columns."""
    mark = _MARKS.get(block.paths[column][-1])
    if mark is None or not {as_text(cell).strip() for cell in _values(column, block, cells)} <= {YES, NO}:
        return one
    return Meaning(loose=mark)


def _with_guardian_rows(found: dict[int, Meaning], block: Block) -> dict[int, Meaning]:
    """A list with one row a guardian: 学生姓名 (or 儿童编号), then 关系, 姓名, 电话 that name nobody.

    Where it could as well be the child's, 姓名 is not sure.
    """
    plain = [column for column in _of_child(found, "name") if block.paths[column] == (Children.name.title,)]
    explicit = [column for column in _of_child(found, "name") if column not in plain]
    relations = [column for column, one in found.items() if one.loose == "relation"]
    has_person = any(one.target and one.target.person for one in found.values())
    if not plain or has_person or not (explicit or relations):
        return found
    keyed = explicit or [column for column in _of_child(found, "child_id") if relations and relations[0] < plain[0]]
    if not keyed or not relations:
        return found | {plain[0]: replace(found[plain[0]], sure=False)}
    person = Person("监护人")
    owned = {plain[0]: "name"} | {column: one.loose for column, one in found.items() if one.loose}
    both = [column for name in _EITHERS for column in _of_child(found, name)]
    childs = {one.target.column for one in found.values() if one.target} - {*_IDENTITY, *_EITHERS}
    owned |= {} if childs else {column: found[column].target.column for column in both}  # type: ignore[union-attr]
    unsure = {column: replace(found[column], sure=False) for column in both}
    return found | unsure | {column: Meaning(Target(person, name)) for column, name in owned.items()}


def _of_child(found: Mapping[int, Meaning], name: str) -> list[int]:
    """The columns that a value of the child stands in."""
    return [column for column, one in found.items() if one.sure and one.target == Target(None, name)]


def _loose(found: Mapping[int, Meaning], made: Mapping[int, Use]) -> dict[int, Use]:
    """The columns that do not say whose they are: sure where every person around has exactly one behind its name."""
    owners = dict(_owners(found))
    result: dict[int, Use] = {}
    for column, one in found.items():
        if not one.loose:
            continue
        mine = [owner for other, owner in owners.items() if owner and found[other].loose == one.loose]
        lacking = _lacking(found, one.loose)
        owner = owners[column]
        sure = owner is not None and len(set(mine)) == len(mine) and set(mine) == set(lacking)
        if owner is None and len(lacking) == 1 and not mine:
            owner = lacking[0]
        target = Target(owner, one.loose) if owner else None
        result[column] = replace(made[column], target=target, sure=sure, why="" if sure else "标题没有写明是谁的")
    return result


def _owners(found: Mapping[int, Meaning]) -> Iterator[tuple[int, Person | None]]:
    """For every loose column the person whose columns it directly follows."""
    person: Person | None = None
    seen: set[Target] = set()
    for column, one in found.items():
        if one.loose:
            yield column, person
        elif one.target is None or one.target not in seen:  # a second 身份证号 behind the father's name is his
            person = one.target.person if one.target and one.sure else None
        if one.target:
            seen.add(one.target)


def _lacking(found: Mapping[int, Meaning], name: str) -> list[Person]:
    """The persons of a header without a column of their own for something."""
    targets = [one.target for one in found.values() if one.target and one.target.person and one.sure]
    having = {target.person for target in targets if target.column == name}
    persons = dict.fromkeys(target.person for target in targets if target.person)
    return [one for one in persons if one not in having and not (name == "relation" and one.relation)]


def _repeated(made: Mapping[int, Use], block: Block) -> dict[int, Use]:
    """Of two columns with one meaning the first counts; one behind a person's columns may be that person's."""
    taken: dict[Target, int] = {}
    result: dict[int, Use] = {}
    person: Person | None = None
    for column, use in made.items():
        if use.target is None or not use.sure:
            continue
        first = taken.setdefault(use.target, column)
        behind, person = person, use.target.person or (person if first != column else None)
        is_childs = use.target.person is None and use.target.column in _ANYBODYS
        if behind and is_childs and len(block.paths[column]) == 1 and first == column:
            result[column] = replace(use, sure=False, why=f"不知道是孩子的还是“{behind.key}”的")
        elif first != column:
            told = f"前面已有一列“{_shown(block.paths[first])}”"
            if use.target.person is None and person:
                told += f"，这一列可能是“{person.key}”的"
            result[column] = replace(use, target=None, why=told)
    return result


def _by_look(use: Use, column: int, block: Block, cells: Cells) -> Use:
    """A column without a meaning whose values have an unmistakable form is told with it."""
    if use.why:
        return use
    texts = [folded(as_text(cell)) for cell in _values(column, block, cells)]
    if texts and all(map(id_is_valid, texts)):
        return replace(use, sure=False, why="里面都是身份证号，但标题没有写明是谁的")
    if texts and all(map(read_phones, texts)):
        return replace(use, sure=False, why="里面都是电话，但标题没有写明是谁的")
    return use


def _untitled(block: Block, cells: Cells) -> dict[int, Use]:
    """Columns without a title between or directly beside those of the block, in which something stands."""
    span = range(min(block.paths), max(block.paths) + 1)
    blank = [column for column in span if column not in block.paths]
    found = [column for column in blank if len(_values(column, block, cells)) > 1]
    return {column: _by_look(Use("（没有标题）"), column, block, cells) for column in found}


def _values(column: int, block: Block, cells: Cells) -> list[CellValue]:
    rows = block.rows[:_LOOKED_AT]
    return [cell for row in rows if not is_blank(cell := cells.own(row)[column])]


def _explained(use: Use) -> Use:
    if use.target and use.target.person and use.target.person.key == PARENTS and use.target.column not in _OF_BOTH:
        return replace(use, target=None, why="说的是父母两个人，请在名册里分成父亲、母亲两列")
    if use.target and not use.sure and not use.why:
        return replace(use, why="标题和它只是相像")
    return use


def _kept(block: Block, forms: Forms) -> dict[int, str]:
    columns = list(block.paths)
    kept = forms.get(fingerprint(block), {})
    return {columns[int(number)]: said for number, said in kept.items() if int(number) < len(columns)}


def title_cell(block: Block, cells: Cells, column: int) -> str:
    """Where a column's own title stands."""
    return address(cells.sheet.first_row + block.top + block.depth - 1, cells.sheet.first_column + column)


def _told(block: Block, cells: Cells, maps: Maps) -> dict[int, str]:
    """What a person said of columns, by their titles, with or without the group, or by the cell of the title."""
    names = {column: (path[-1], _shown(path), title_cell(block, cells, column)) for column, path in block.paths.items()}
    return {column: maps[name] for column, three in names.items() for name in three if name in maps}


def _as_said(use: Use, said: str) -> Use:
    if said == IGNORED:
        return Use(use.title, None, why="按您说的不导入", said=said)
    target = target_called(said)
    return Use(use.title, target, said=said) if target else use
