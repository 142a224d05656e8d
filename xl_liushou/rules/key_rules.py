"""Family K: keys and references."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from xl_liushou.core.finding import ERROR, INFO, WARNING
from xl_liushou.core.table import Column, Record, Table
from xl_liushou.rules.alike import later_ones
from xl_liushou.rules.rule import Rule, Spot, at, rule
from xl_liushou.schema import settings
from xl_liushou.schema.lists import PARENTS
from xl_liushou.schema.nearest import Nearest
from xl_liushou.schema.numbers import id_has_form
from xl_liushou.schema.school import School, grouped_by
from xl_liushou.schema.sheets import HELPERS, SHEETS, Calendar, Children, Guardians, Pairings, SettingRows

_DIGIT = re.compile(r"\d")
_REFERRED = {column.refers for schema in SHEETS for column in schema.columns} | {key.sheet for key in HELPERS.values()}


@rule(
    "K201", ERROR, "各表", "编号重复",
    why="编号相同的两行，程序分不清谁是谁，信和记录会归到错的孩子名下。",
    bad="两个孩子都用 YL2024001。",
    good="每个孩子、每条记录的编号都不同。",
    mend="改掉其中一个；如果是同一行抄了两遍，删掉一行。",
)  # fmt: skip
def repeated_key(school: School, _today: date) -> Iterator[Spot]:
    """K201: a key twice; at each row after the first."""
    for schema in SHEETS:
        table, columns = school[schema], schema.key_columns()
        if not all(table.has(column) for column in columns):
            continue
        name = "与".join(column.title for column in columns)
        for index, first in later_ones(_keys(table, columns)):
            message = f"“{name}”与第{table.rows[first]}行重复，请改掉其中一个，或删掉多余的一行"
            yield at(Record(table, index), columns[0], message)


def _keys(table: Table, columns: Sequence[Column[Any]]) -> Sequence[Any]:
    """The key of each row; blank where a part of it is."""
    if len(columns) == 1:
        return table.values(columns[0])
    return [parts if all(parts) else () for parts in zip(*map(table.values, columns), strict=True)]


@rule(
    "K202", ERROR, "各表", "引用了不存在的编号",
    why="指不到人或活动的记录等于没有记：孩子会被当成没人谈过话，活动会少算人。",
    bad="联系记录里的儿童编号在花名册里找不到。",
    good="先在花名册登记孩子，再用他的编号写记录。",
    mend="改成正确的编号，或先在被引用的表里补上这一行。",
)  # fmt: skip
def dangling_reference(school: School, _today: date) -> Iterator[Spot]:
    """K202: refers to a row that does not exist, with the likeliest key."""
    known = {schema.title: known_keys(school, schema) for schema in SHEETS if schema.title in _REFERRED}
    nearest = {title: Nearest(keys) for title, keys in known.items()}
    for schema in SHEETS:
        table = school[schema]
        for column in schema.columns:
            if column.refers and known[column.refers] and table.has(column):
                yield from _dangling(table, column, known[column.refers], nearest[column.refers])
    yield from _dangling_helpers(school, known, nearest)
    yield from _dangling_settings(school, known, nearest)


def known_keys(school: School, schema: type[Table]) -> frozenset[str]:
    """The keys of a sheet that others may refer to; of 校历 the names of its terms, and of unclear rows."""
    table = school[schema]
    if schema is Calendar:
        calendar = school[Calendar]
        return frozenset(
            name for name, kind in zip(calendar.name, calendar.kind, strict=True) if name and kind in {"学期", ""}
        )
    return frozenset(key for key in table.values(schema.key_columns()[0]) if key)


def _dangling(table: Table, column: Column[Any], known: frozenset[str], nearest: Nearest) -> Iterator[Spot]:
    values: Sequence[Any] = table.values(column)
    if isinstance(column.blank, str) and (known | {""}).issuperset(values):
        return
    for index, value in enumerate(values):
        for part in (value,) if isinstance(value, str) else value:
            if part and part not in known:
                yield at(Record(table, index), column, _no_such(column.title, column.refers, part, nearest))


def _no_such(title: str, refers: str, value: str, nearest: Nearest) -> str:
    where = "校历的学期" if refers == Calendar.title else f"“{refers}”表"
    return f"“{title}”写的“{value}”在{where}里找不到{nearest.hint(value)}，请核对"


def _dangling_helpers(
    school: School, known: Mapping[str, frozenset[str]], nearest: Mapping[str, Nearest]
) -> Iterator[Spot]:
    """帮扶人 is a key by the pairing's type, but only where it contains a digit."""
    for pairing in school[Pairings].records():
        target, helper = HELPERS.get(pairing[Pairings.kind]), pairing[Pairings.helper]
        if target is None or not _DIGIT.search(helper):
            continue
        if known[target.sheet] and helper not in known[target.sheet]:
            title = Pairings.helper.title
            yield at(pairing, Pairings.helper, _no_such(title, target.sheet, helper, nearest[target.sheet]))


def _dangling_settings(
    school: School, known: Mapping[str, frozenset[str]], nearest: Mapping[str, Nearest]
) -> Iterator[Spot]:
    for row in school[SettingRows].records():
        kind = settings.KINDS.get(row[SettingRows.item])
        value = school.settings.get(row[SettingRows.item])
        if kind and kind.refers and known[kind.refers] and value and value not in known[kind.refers]:
            yield at(row, SettingRows.value, _no_such(kind.title, kind.refers, value, nearest[kind.refers]))


@rule(
    "K203", ERROR, "花名册", "两个孩子的身份证号相同",
    why="身份证号每人一个，相同说明抄错了，或同一个孩子登记了两次。",
    bad="两行的身份证号完全一样。",
    good="每个孩子各有自己的号码。",
    mend="对照户口簿改正；同一个孩子登记两次的，删掉一行。",
)  # fmt: skip
def shared_id_number(school: School, _today: date) -> Iterator[Spot]:
    """K203: one 身份证号 for two children; at each row after the first (two times 无 is C107, not one number)."""
    children = school[Children]
    numbers = [number if id_has_form(number) else "" for number in children.id_number]
    for index, first in later_ones(numbers):
        message = f"“身份证号”与第{children.rows[first]}行的孩子相同，请对照户口簿核对"
        yield at(Record(children, index), Children.id_number, message)


def _namesakes_born_alike(school: School) -> dict[int, int]:
    children = school[Children]
    keys = [
        (name, born) if name and born else () for name, born in zip(children.name, children.birth_date, strict=True)
    ]
    return dict(later_ones(keys))


@rule(
    "K204", WARNING, "花名册", "姓名和出生日期都相同",
    why="很可能是同一个孩子登记了两次，谈心、通话的记录会分散在两处。",
    bad="两行都是同名、同一天出生。",
    good="一个孩子一行。",
    mend="是同一个孩子就删掉一行，并把记录改到留下的编号；确是两个孩子就不用改。",
)  # fmt: skip
def same_name_and_birth(school: School, _today: date) -> Iterator[Spot]:
    """K204: same 姓名 and 出生日期 twice; at each row after the first."""
    children = school[Children]
    for index, first in _namesakes_born_alike(school).items():
        message = f"“姓名”和出生日期都与第{children.rows[first]}行相同，请核对是不是同一个孩子"
        yield at(Record(children, index), Children.name, message)


@rule(
    "K205", WARNING, "花名册", "同班同名",
    why="同班两个同名的孩子，写信和谈话记录最容易混。",
    bad="三年级1班有两个同名的孩子。",
    good="在备注里写明区别，或确认没有抄重。",
    mend="核对是不是登记了两次；确是两人，请在文书中一并写上编号。",
)  # fmt: skip
def namesakes_in_class(school: School, _today: date) -> Iterator[Spot]:
    """K205: same 姓名 twice in one class; at each row after the first, where K204 does not say it already."""
    children = school[Children]
    told = _namesakes_born_alike(school)
    keys = [(name, room) if name and room else () for name, room in zip(children.name, school.class_names, strict=True)]
    for index, first in later_ones(keys):
        if index not in told:
            message = f"“姓名”与同班第{children.rows[first]}行相同，请核对是不是登记了两次"
            yield at(Record(children, index), Children.name, message)


@rule(
    "K206", INFO, "花名册", "可能是兄弟姐妹",
    why="同一家的孩子填同一个家庭编号，家长只收到一封信，也不会漏掉其中一个。",
    bad="两个孩子的父亲同名同手机，家庭编号却都空着。",
    good="两个孩子的家庭编号都填 F012。",
    mend="确是一家就填同一个家庭编号；不是就不用管，程序不会自己合并。",
    needs=(Children.family_id, Guardians.relation),
)  # fmt: skip
def likely_siblings(school: School, _today: date) -> Iterator[Spot]:
    """K206: children with a parent of the same name and mobile, without one 家庭编号."""
    told: set[Record] = set()
    for members in _children_by_parent(school).values():
        group = [child for child in members if not school.unread(child, Children.family_id)]
        families = {child[Children.family_id] for child in group}
        if len(group) < 2 or (len(families) == 1 and "" not in families):
            continue
        unjoined = [child for child in group if not child[Children.family_id]]
        for child in unjoined[1:] if len(unjoined) == len(group) else unjoined or group[1:]:
            if child not in told:
                told.add(child)
                other = next(one for one in group if one != child)
                message = f"与第{other.row}行的孩子像是一家（父或母同名同手机），是的话请填同一个“家庭编号”"
                yield at(child, Children.family_id, message)


def _children_by_parent(school: School) -> dict[tuple[str, str], list[Record]]:
    """The children of each parent (name, mobile), in the order of the roster."""
    groups: dict[tuple[str, str], dict[int, Record]] = {}
    for child_id, guardians in grouped_by(school[Guardians], Guardians.child_id).items():
        child = school.child_of.get(child_id)
        for guardian in guardians if child else ():
            parent = (guardian[Guardians.name], guardian[Guardians.mobile])
            if child and all(parent) and guardian[Guardians.relation] in PARENTS:
                groups.setdefault(parent, {})[child.row] = child
    return {parent: [members[row] for row in sorted(members)] for parent, members in groups.items()}


RULES: tuple[Rule, ...] = (
    repeated_key,
    dangling_reference,
    shared_id_number,
    same_name_and_birth,
    namesakes_in_class,
    likely_siblings,
)
