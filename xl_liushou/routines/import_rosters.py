"""导入名册: rows out of rosters that others made."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any, Final

from xl_liushou.core.edits import Edit, SetCells, Value
from xl_liushou.core.errors import UsageProblem
from xl_liushou.core.plan import Plan
from xl_liushou.exchange.joining import Change, Joined, Joiner, NewRow
from xl_liushou.exchange.model import Doubt, Place, Reading, Source, Unmatched
from xl_liushou.exchange.reading import RosterReader
from xl_liushou.exchange.titles import IGNORED, target_called
from xl_liushou.routines.import_lines import headline, lines
from xl_liushou.routines.inputs import Inputs, plain, require_columns
from xl_liushou.schema.header import plain_title
from xl_liushou.schema.keys import new_keys, referred_keys
from xl_liushou.schema.school import School
from xl_liushou.schema.sheets import Children, Guardians

__all__ = ["headline", "lines", "plan"]

_DIGITS: Final = "0123456789"
_NEEDED: Final = (Children.child_id, Children.name, Guardians.guardian_id, Guardians.child_id, Guardians.name)


def plan(inputs: Inputs) -> Plan:
    """What the rosters add and change, and what is in doubt; only what is certain or confirmed is written."""
    school = inputs.school
    require_columns(school, _NEEDED)
    _require_known(inputs)
    maps = _maps(inputs.maps)
    reading = RosterReader(school.lists, inputs.today, maps, inputs.forms).read(inputs.rosters)
    _require_used(maps, reading)
    joined = Joiner(school, inputs.confirm, inputs.accept, inputs.formulas).join(reading.entries)
    _give_keys(school, joined)
    lacking = list(_lacking(school, joined.added))
    doubts = sorted([*reading.doubts, *lacking, *joined.doubts], key=_Order(inputs))
    edits = list(_edits(school, joined)) if inputs.into_book else []
    return Plan(edits=edits, report=_report(reading, joined, doubts, inputs.into_book))


class _Order:
    """Sorts doubts by where they stand: file, sheet, row, column, as a person goes through them."""

    def __init__(self, inputs: Inputs) -> None:
        sheets = [(roster.name, name) for roster in inputs.rosters
                  for name in ("", *(sheet.name for sheet in roster.book.sheets))]  # fmt: skip
        self.sheets = {sheet: number for number, sheet in enumerate(sheets)}

    def __call__(self, doubt: Doubt) -> tuple[int, int, int, str]:
        place = doubt.place
        column = place.cell.rstrip(_DIGITS)
        return self.sheets[place.file, place.sheet], int(place.cell[len(column) :] or 0), len(column), column


def _require_known(inputs: Inputs) -> None:
    for child in inputs.confirm:
        if child not in inputs.school.child_of:
            raise UsageProblem(f"花名册里没有儿童编号“{child}”，没法按它确认。请核对编号。")


def _maps(said: Iterable[str]) -> dict[str, str]:
    """What a person said of columns (原列=列), by the plain title."""
    maps: dict[str, str] = {}
    for text in said:
        title, sign, target = text.rpartition("=")
        target = target.strip()
        if not sign or not title.strip() or (target != IGNORED and target_called(target) is None):
            raise UsageProblem(
                f'--map 的“{text}”看不懂。请写成“名册里的标题=台账的列”，例如 --map "联系方式=父亲.手机"、'
                f'--map "住址=家庭住址"；不要的列写“标题={IGNORED}”。'
            )
        maps["/".join(plain_title(piece) for piece in title.split("/"))] = target
    return maps


def _require_used(maps: Mapping[str, str], reading: Reading) -> None:
    titles = {title for source in reading.sources for _, title, _ in source.columns}
    titles |= {one.title for one in reading.unmatched}
    cells = {cell for source in reading.sources for cell, _, _ in source.columns}
    cells |= {one.place.cell for one in reading.unmatched}
    known = cells | {piece for title in titles for piece in (title, title.rpartition("/")[2])}
    for title in maps:
        if title not in known:
            raise UsageProblem(f"名册里没有标题为“{title}”的列，请核对 --map。")


def _give_keys(school: School, joined: Joined) -> None:
    """A key for every new row; a 儿童编号 out of a roster is taken where it looks like the school's own."""
    children = [row for row in joined.added if row.schema is Children]
    _take_keys(school, children)
    given = {row.key for row in children}
    rest = [row for row in children if not row.key]
    for row, key in zip(rest, new_keys(Children.child_id, school.tables, len(rest), given), strict=True):
        row.key = key
        if told := row.values.pop("child_id", None):
            message = "名册里的编号和台账的编法不同或已经有了，另编了新的儿童编号"
            joined.doubts.append(Doubt(told.place, message, Children.child_id.title, f"新编号 {key}", key))
    guardians = [row for row in joined.added if row.schema is Guardians]
    for row, key in zip(guardians, new_keys(Guardians.guardian_id, school.tables, len(guardians)), strict=True):
        row.key = key


def _take_keys(school: School, children: Sequence[NewRow]) -> None:
    """The keys out of rosters that fit: letters and digits as the school's own have them, and nobody else's."""
    next_one = new_keys(Children.child_id, school.tables, 1)[0]
    own = re.compile(rf"{re.escape(next_one.rstrip(_DIGITS))}\d{{{len(next_one) - len(next_one.rstrip(_DIGITS))}}}")
    form = own if len(school[Children]) else re.compile(r"[A-Z]{1,4}\d{3,9}")
    taken = {*school.child_of, *referred_keys(Children.title, school.tables)}
    told = Counter(row.values["child_id"].value for row in children if "child_id" in row.values)
    for row in children:
        key = row.values["child_id"].value if "child_id" in row.values else ""
        if key and form.fullmatch(key) and key not in taken and told[key] == 1:
            row.key = key


def _child_of(row: NewRow) -> str:
    """The 儿童编号 of the child that a new row is or belongs to."""
    if isinstance(row.child, NewRow):
        return row.child.key
    return row.child or row.key


def _values(row: NewRow) -> dict[str, Any]:
    """All values of a new row, its keys among them."""
    keys = {"child_id": _child_of(row)} | ({"guardian_id": row.key} if row.schema is Guardians else {})
    return keys | {name: found.value for name, found in row.values.items()}


def _lacking(school: School, added: Sequence[NewRow]) -> Iterator[Doubt]:
    """What new rows tell and the workbook has no column for."""
    for row in added:
        table = school.tables[row.schema.title]
        for column in row.schema.columns:
            if column.name in row.values and not table.has(column):
                yield Doubt(
                    row.values[column.name].place, "台账里没有这一列，没有导入", column.title, "", _child_of(row)
                )


def _edits(school: School, joined: Joined) -> Iterator[Edit]:
    for schema in (Children, Guardians):
        cells = {one.cell: _cell(one.new) for one in joined.changes if one.applied and one.column.sheet == schema.title}
        if cells:
            yield SetCells(school.sheet_name(schema.title), cells)
        columns = {column.name: column for column in schema.columns}
        rows = [
            {columns[name]: _cell(value) for name, value in _values(row).items()}
            for row in joined.added
            if row.schema is schema
        ]
        yield from school.appended(schema, rows)


def _cell(value: Any) -> Value:
    return "、".join(value) if isinstance(value, tuple) else value


def _report(reading: Reading, joined: Joined, doubts: Sequence[Doubt], written: bool) -> dict[str, Any]:
    changed = [_change_told(one) for one in joined.changes]
    fills = sum(one["old"] == "" for one in changed)
    return {
        "dry_run": not written,
        "sources": [_source_told(one) for one in reading.sources],
        "added": [_added_told(row) for row in joined.added],
        "changed": changed,
        "doubts": [_doubt_told(one) for one in doubts],
        "unmatched_columns": [_unmatched_told(one) for one in reading.unmatched],
        "summary": {
            "children": sum(row.schema is Children for row in joined.added),
            "guardians": sum(row.schema is Guardians for row in joined.added),
            "filled": fills,
            "changed": sum(one["applied"] and one["old"] != "" for one in changed),
            "to_confirm": sum(not one["applied"] for one in changed),
            "doubts": len(doubts),
            "unchanged": sum(not touched for touched in joined.touched.values()),
        },
    }


def _source_told(one: Source) -> dict[str, Any]:
    return {
        **asdict(one.place),
        "rows": one.rows,
        "class": one.class_name,
        "class_from": one.class_from,
        "columns": [{"cell": cell, "title": title, "target": target} for cell, title, target in one.columns],
        "form": one.form,
        "targets": one.targets,
    }


def _added_told(row: NewRow) -> dict[str, Any]:
    titles = {column.name: column.title for column in row.schema.columns}
    values = {titles[name]: plain(value) for name, value in _values(row).items()}
    return {
        "sheet": row.schema.title,
        "key": row.key,
        "child": _child_of(row),
        "values": values,
        "from": _from(row.place),
    }


def _change_told(one: Change) -> dict[str, Any]:
    key = one.record[Children.child_id if one.column.sheet == Children.title else Guardians.guardian_id]
    child = one.record[Children.child_id if one.column.sheet == Children.title else Guardians.child_id]
    return {
        "sheet": one.column.sheet, "key": key, "child": child, "column": one.column.title, "cell": one.cell,
        "old": plain(one.old) if one.old not in (None, ()) else "", "new": plain(one.new), "applied": one.applied,
        "from": _from(one.place),
    }  # fmt: skip


def _doubt_told(one: Doubt) -> dict[str, Any]:
    return {
        **asdict(one.place), "column": one.column, "child": one.child or None, "message": one.message,
        "detail": one.detail,
    }  # fmt: skip


def _unmatched_told(one: Unmatched) -> dict[str, Any]:
    return {**asdict(one.place), "title": one.title, "why": one.why, "likely": one.likely or None}


def _from(place: Place) -> dict[str, str]:
    return asdict(place)
