"""What an import tells people: what was recognised, what is new, what differs, and what they have to look at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, Final

from xl_liushou.exchange.matching import CONFIRM
from xl_liushou.exchange.titles import IGNORED
from xl_liushou.schema.numbers import class_order
from xl_liushou.schema.sheets import Children

_PLACES_MOST: Final = 12
_NAMES_MOST: Final = 60

Told = Mapping[str, Any]


def headline(_inputs: object, result: Told) -> str:
    """The outcome in one line."""
    told = result["summary"]
    changed = told["filled"] + told["changed"]
    return (
        f"新增 {told['children']} 名孩子、{told['guardians']} 名监护人，"
        f"改动 {changed} 处，待确认 {told['to_confirm']} 处，待核对 {told['doubts']} 处"
    )


def lines(result: Told) -> Iterator[str]:
    """The report for people."""
    told = ""
    for source in result["sources"]:
        where = f"，班级按{source['class_from']}填作“{source['class']}”" if source["class"] else ""
        yield f"【{source['file']} {source['sheet']}】{source['rows']} 名孩子{where}"
        columns = "、".join(map(_column, source["columns"]))
        if columns != told:
            yield f"  用上的列：{columns}"
        told = columns
    yield from _added_lines(result["added"])
    yield from _changed_lines(result["changed"])
    yield from _doubt_lines(result["doubts"])
    yield from _column_lines(result["unmatched_columns"])
    unchanged = result["summary"]["unchanged"]
    yield f"共：{headline(None, result)}；另有 {unchanged} 名孩子和台账一致。"
    yield from _next(result)


def _column(one: Told) -> str:
    """A column, with where it goes unless its title says just that."""
    plain = str(one["target"]).removeprefix(f"{Children.title}.")
    return plain if one["title"] == plain else f"{one['title']}→{plain}"


def _added_lines(added: Sequence[Told]) -> Iterator[str]:
    children = [one["values"] for one in added if one["sheet"] == Children.title]
    if not children:
        return
    yield f"新增的孩子 {len(children)} 名："
    for name, group in groupby(sorted(children, key=lambda one: class_order(_class(one))), key=_class):
        names = [f"{one.get('姓名', '')}（{one['儿童编号']}）" for one in group]
        more = f" 等 {len(names)} 名" if len(names) > _NAMES_MOST else ""
        yield f"  {name or '没有写班级'}：{'、'.join(names[:_NAMES_MOST])}{more}"


def _class(values: Told) -> str:
    return f"{values.get('年级', '')}{values.get('班级', '')}"


def _changed_lines(changed: Sequence[Told]) -> Iterator[str]:
    kinds = (
        ("填上空白", [one for one in changed if one["old"] == ""]),
        ("照名册改动", [one for one in changed if one["old"] != "" and one["applied"]]),
        ("和台账不同，还没有改，请确认", [one for one in changed if not one["applied"]]),
    )
    for told, group in kinds:
        if group:
            yield f"{told} {len(group)} 处："
            yield from (f"  {one['child']} {one['sheet']}!{one['cell']} {_difference(one)}" for one in group)


def _difference(one: Told) -> str:
    old = f"{one['old']} → " if one["old"] != "" else ""
    return f"{one['column']}：{old}{one['new']}"


def _doubt_lines(doubts: Sequence[Told]) -> Iterator[str]:
    """The doubts by what they say, each with its places."""
    if doubts:
        yield f"请核对 {len(doubts)} 处（这些没有导入）："
    for message in dict.fromkeys(one["message"] for one in doubts):
        group = [one for one in doubts if one["message"] == message]
        yield f"  {message}："
        yield from (f"    {_place(one)}" for one in group[:_PLACES_MOST])
        if len(group) > _PLACES_MOST:
            yield f"    ……还有 {len(group) - _PLACES_MOST} 处，加 --json 可以看到全部"


def _place(one: Told) -> str:
    sheet = f" {one['sheet']}" if one["sheet"] else ""
    cell = f"!{one['cell']}" if one["cell"] else ""
    more = [one["column"], one["detail"], f"台账里的孩子：{one['child']}" if one["child"] else ""]
    told = "，".join(part for part in more if part)
    return f"{one['file']}{sheet}{cell}{'　' + told if told else ''}"


def _column_lines(columns: Sequence[Told]) -> Iterator[str]:
    unsure = [one for one in columns if one["why"]]
    if unsure:
        yield "拿不准、没有用的列："
        for one in unsure:
            likely = f'；如果就是，请加 --map "{one["title"]}={one["likely"]}"' if one["likely"] else ""
            yield f"  {one['file']} {one['sheet']}!{one['cell']}“{one['title']}”：{one['why']}{likely}"
    others = dict.fromkeys(one["title"] for one in columns if not one["why"])
    if others:
        yield f"台账用不上的列：{'、'.join(others)}"


def _next(result: Told) -> Iterable[str]:
    """What to do next."""
    told = result["summary"]
    if told["to_confirm"] or any(CONFIRM in one["message"] for one in result["doubts"]):
        yield "核对无误后再运行一次：逐个孩子确认加 --confirm 儿童编号，不同之处全部照名册改加 --accept-changes。"
    if any(one["why"] for one in result["unmatched_columns"]):
        yield f'没有认出的列：用 --map "标题=台账的列" 写明，例如 --map "联系方式=父亲.手机"，不要的写 ={IGNORED}。'
    ready = told["children"] + told["guardians"] + told["filled"] + told["changed"]
    if not ready:
        yield "没有可以写入的，台账没有改动。"
    elif result["dry_run"]:
        yield "这是试看，没有写入。去掉 --dry-run 就写入。"
    elif result["added"]:
        yield "名册里没有的必填项（风险等级、建档日期、现照护人……）还空着：运行 check 会逐处列出，请补填。"
