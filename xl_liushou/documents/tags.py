"""The tags of each paper, read off the contexts that its maker really builds: names, meanings, examples, privacy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from xl_liushou.core.plan import Audience
from xl_liushou.core.table import Column, Privacy
from xl_liushou.core.template import Contract, Tags
from xl_liushou.documents.audience import hidden_titles, may_see
from xl_liushou.documents.tag_words import MEANINGS
from xl_liushou.schema.settings import NOTES
from xl_liushou.schema.sheets import SHEETS

_LOOSEST: Final[Sequence[Privacy]] = ("密", "内", "家", "公")
_OF_READERS: Final[Mapping[Audience, Privacy]] = {
    "家长": "家", "班级": "内", "学校": "内", "上报": "内", "志愿者": "公", "公示": "公",
}  # fmt: skip
"""How private the program's own wording in a paper is: as private as the most that its readers see."""
_LISTS: Final = (list, tuple)
_HOLDERS: Final = (Mapping, list, tuple)
_SURE: Final = 3
"""So many columns of one sheet in a record make it that sheet's."""


@dataclass(frozen=True, slots=True)
class Explained:
    """One tag for people, written as `tag` inside the loop `within` where there is one."""

    tag: str
    within: str
    meaning: str
    example: str
    privacy: Privacy
    for_leaders: bool
    sometimes: bool


def tags_of(usual: Iterable[Any], for_leaders: Iterable[Any]) -> Tags:
    """The tags of all these contexts together; what only `for_leaders` have is marked."""
    seen = [*usual]
    return _merged(seen, [*seen, *for_leaders])


def contract(tags: Tags, audience: Audience) -> Contract:
    """The tags of a paper with what a template for this audience may not use."""
    aliases = {other: column.title for schema in SHEETS for column in schema.columns for other in column.synonyms}
    return Contract(tags, audience, hidden_titles(audience), aliases)


def explained(tags: Tags, audience: Audience) -> Iterator[Explained]:
    """Every tag that can be printed, tested or looped over, in the order of the context."""
    yield from _explained(tags, _Place(audience))


def _merged(usual: Sequence[Any], values: Sequence[Any]) -> Tags:
    """`usual` are those of the values that are there without --leaders."""
    records = [one for one in values if isinstance(one, Mapping)]
    lists = [one for one in values if isinstance(one, _LISTS)]
    shown = [one for one in values if one not in ("", None) and not isinstance(one, _HOLDERS)]
    return Tags(
        fields={name: _field(name, usual, records) for name in dict.fromkeys(name for one in records for name in one)},
        item=_items(usual, lists),
        is_list=bool(lists),
        example=next(iter(shown), ""),
        for_leaders=not usual,
    )


def _field(name: str, usual: Iterable[Any], records: Iterable[Mapping[str, Any]]) -> Tags:
    around = [one for one in usual if isinstance(one, Mapping)]
    there = _below(name, around)
    return replace(_merged(there, _below(name, records)), sometimes=0 < len(there) < len(around))


def _below(name: str, records: Iterable[Mapping[str, Any]]) -> list[Any]:
    return [one[name] for one in records if name in one]


def _items(usual: Iterable[Any], lists: Sequence[Sequence[Any]]) -> Tags | None:
    items = [item for one in lists for item in one]
    return _merged([item for one in usual if isinstance(one, _LISTS) for item in one], items) if items else None


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a record of tags stands: how its fields are written, what it is called, inside which loop."""

    audience: Audience
    path: str = ""
    called: str = ""
    within: str = ""


def _explained(tags: Tags, place: _Place) -> Iterator[Explained]:
    for name, one in tags.fields.items():
        tag = f"{place.path}.{name}" if place.path else name
        column = _column(name, tags)
        private = "密" if one.for_leaders else _privacy(name, column, place)
        meaning = _meaning(name, place.called, column)
        yield Explained(tag, place.within, meaning, _shown(one.example), private, one.for_leaders, one.sometimes)
        if one.is_list:
            yield from _explained_item(one.item or Tags(), tag, replace(place, called=name))
        yield from _explained(one, replace(place, path=tag, called=name))


def _explained_item(item: Tags, tag: str, place: _Place) -> Iterator[Explained]:
    variable = _variable(place.called, place.path)
    inside = replace(place, path=variable, within=f"{{% for {variable} in {tag} %}}")
    if not item.fields:
        private = _OF_READERS[place.audience]
        yield Explained(variable, inside.within, f"{place.called}里的一项", _shown(item.example), private, False, False)
    yield from _explained(item, inside)


def _variable(name: str, around: str) -> str:
    """What an item of a list is called in a loop: 孩子们 → 孩子, 物资 → 项, in another list 小项."""
    return name.removesuffix("们") if name.endswith("们") else "小项" if around == "项" else "项"


def _column(name: str, record: Tags) -> Column[Any] | None:
    """The column that a field shows; None where the record is not clearly one of a sheet that has it."""
    shared = {schema.title: sum(one.title in record.fields for one in schema.columns) for schema in SHEETS}
    found = [column for column in _columns(name) if shared[column.sheet] >= _SURE]
    return max(found, key=lambda column: shared[column.sheet], default=None)


def _columns(title: str) -> list[Column[Any]]:
    return [column for schema in SHEETS for column in schema.columns if column.title == title]


def _meaning(name: str, record: str, column: Column[Any] | None) -> str:
    if column is not None:
        return f"“{column.sheet}”表的{name}" + (f"：{column.hint}" if column.hint else "")
    if record == "学校" and name in NOTES:
        return f"“设置”表的{name}：{NOTES[name]}"
    return MEANINGS.get(name) or (f"{record}的{name}" if record else f"{name}（由程序写出）")


def _privacy(name: str, column: Column[Any] | None, place: _Place) -> Privacy:
    """That of the column; of a field that several sheets have, the least private that these readers may see."""
    if column is not None:
        return column.privacy
    if place.called == "学校":
        return "公"
    seen = [one.privacy for one in _columns(name) if may_see(one, place.audience)]
    return max(seen, key=_LOOSEST.index, default=_OF_READERS[place.audience])


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    return str(value) if isinstance(value, (str, int, float)) else "（图）"
