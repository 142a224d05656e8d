"""慰问物资签收单: a slip for each family to sign, and for each campaign the list that stays in school."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any, Final

from xl_liushou.core.plan import Blocked, Made, Skipped, WriteDocument
from xl_liushou.core.table import Column, Record
from xl_liushou.documents.audience import chinese_date, visible
from xl_liushou.documents.campaigns import chosen_campaigns
from xl_liushou.documents.childfile import ChildFiles
from xl_liushou.documents.classes import is_everybody
from xl_liushou.documents.letters import missing_value
from xl_liushou.documents.options import PaperOptions
from xl_liushou.documents.people import (
    addressees,
    by_family,
    guardian_key,
    letter_children,
    row,
    school_facts,
    teacher_facts,
)
from xl_liushou.documents.wording import amount
from xl_liushou.schema.lists import CLOSED
from xl_liushou.schema.school import School
from xl_liushou.schema.sheets import Campaigns, Children, Supplies

EVERYDAY: Final = "日常慰问"
_MONEY: Final = "助学金"
_REQUIRED: Final[tuple[Column[Any], ...]] = (Supplies.name, Supplies.quantity)
_COPIES: Final = ("学校留存联", "家庭留存联")


def supplies_receipts(school: School, today: date, children: Sequence[Record], options: PaperOptions) -> list[Made]:
    """Of the campaign asked for, else of the current term: a list per campaign, then a slip per family."""
    files = ChildFiles(school, today)
    campaigns = {one[Campaigns.campaign_id]: one[Campaigns.name] for one in chosen_campaigns(school, options.campaign)}
    given = [one for one in school[Supplies].records() if _is_meant(files, one, options.campaign)]
    made = [*_lists(files, given, children, campaigns), *_slips(files, given, children)]
    return made or [Skipped(None, "没有所选孩子的慰问物资；请先在“关爱物资”表登记，或用 --campaign 指明以前的活动")]


def _is_meant(files: ChildFiles, supply: Record, campaign: str) -> bool:
    if campaign:
        return supply[Supplies.campaign] == campaign
    return files.in_term(supply[Supplies.day])


def _lists(
    files: ChildFiles, given: Sequence[Record], children: Sequence[Record], campaigns: dict[str, str]
) -> Iterator[WriteDocument]:
    """What each campaign gave, to whom; of all children where everybody is meant, closed cases too."""
    chosen = {child[Children.child_id] for child in children}
    everybody = is_everybody(files.school, children)
    listed = [one for one in given if everybody or one[Supplies.child_id] in chosen]
    for campaign, rows in _grouped(listed, Supplies.campaign).items():
        yield _list(files, campaigns.get(campaign) or campaign or EVERYDAY, "" if everybody else "所选儿童", rows)


def _list(files: ChildFiles, name: str, whom: str, given: Sequence[Record]) -> WriteDocument:
    children = dict.fromkeys(one[Supplies.child_id] for one in given)
    counts = [(kind, [one for one in given if one[Supplies.kind] == kind]) for kind in CLOSED["物资类别"]]
    return WriteDocument(
        document="supplies-receipt-list",
        title="慰问物资签收表",
        class_name="",
        person=name,
        audience="学校",
        context={
            "活动": {"名称": name},
            "范围": whom,
            "物资": [_listed(files.school, number, one) for number, one in enumerate(given, 1)],
            "统计": {"人数": len(children), **_sums(given)},
            "分类": [{"类别": kind, **_sums(rows)} for kind, rows in counts if rows],
            "学校": school_facts(files.school),
            "落款日期": chinese_date(files.today),
        },
        children=list(children),
    )


def _listed(school: School, number: int, supply: Record) -> dict[str, Any]:
    """One gift with the child it is for; a child of whom nobody can say who it is stands by its number."""
    child_id = supply[Supplies.child_id]
    child = None if child_id in school.unclear_child_ids else school.child_of.get(child_id)
    who = {"姓名": child[Children.name], "班级": school.class_name(child)} if child else {"姓名": child_id, "班级": ""}
    return {"序号": number, **row(school, supply, "学校"), **_figures(supply), **who}


def _grouped(given: Iterable[Record], column: Column[str]) -> dict[str, list[Record]]:
    groups: dict[str, list[Record]] = {}
    for one in given:
        groups.setdefault(one[column], []).append(one)
    return groups


def _figures(supply: Record) -> dict[str, str]:
    figures = ((Supplies.quantity, supply[Supplies.quantity]), (Supplies.amount, supply[Supplies.amount]))
    return {column.title: "" if number is None else amount(number) for column, number in figures}


def _sums(given: Iterable[Record]) -> dict[str, Any]:
    rows = list(given)
    return {
        "笔数": len(rows),
        "数量": amount(sum(one[Supplies.quantity] or 0 for one in rows)),
        "金额": amount(sum(one[Supplies.amount] or 0 for one in rows)),
    }


def _slips(files: ChildFiles, given: Sequence[Record], children: Sequence[Record]) -> Iterator[Made]:
    by_child = _grouped(given, Supplies.child_id)
    for chosen in by_family(children):
        family = letter_children(files.school, chosen)
        if any(child[Children.child_id] in by_child for child in family):
            yield _blocked(files, family, by_child) or _slip(files, family, by_child)


def _blocked(files: ChildFiles, family: Sequence[Record], by_child: dict[str, list[Record]]) -> Blocked | None:
    """D805: nobody signs for a gift without a name or a number."""
    for child in family:
        if missing := missing_value(files, child):
            return missing
        for one in by_child.get(child[Children.child_id], ()):
            lacks = [column.title for column in _REQUIRED if not one[column]]
            if lacks:
                where = f"“关爱物资”表第{one.row}行没有填{'、'.join(lacks)}"
                return Blocked(child[Children.child_id], "D805", f"{where}，请填好后再生成签收单")
    return None


def _slip(files: ChildFiles, family: Sequence[Record], by_child: dict[str, list[Record]]) -> WriteDocument:
    school, eldest = files.school, family[0]
    given = [(child, one) for child in family for one in by_child.get(child[Children.child_id], ())]
    receivers = list(dict.fromkeys(child for child, _ in given))
    return WriteDocument(
        document="supplies-receipt",
        title="慰问物资签收单",
        class_name=school.class_name(eldest),
        person=eldest[Children.name],
        audience="家长",
        context={
            **visible(eldest, "家长"),
            "孩子们": [visible(child, "家长") for child in receivers],
            "物资": [_signed_for(school, child, one) for child, one in given],
            "各联": [{"名称": name} for name in _COPIES],
            "班主任": teacher_facts(school, school.class_name(eldest), "家长"),
            "学校": school_facts(school),
            "落款日期": chinese_date(files.today),
        },
        child=eldest[Children.child_id] if len(family) == 1 else None,
        children=[child[Children.child_id] for child in family],
        family=eldest[Children.family_id],
        recipients=[guardian_key(one) for one in addressees(school, family)],
        guarded=True,
    )


def _signed_for(school: School, child: Record, supply: Record) -> dict[str, Any]:
    """One gift as a family reads it; what a thing cost is not its business, how much money it gets is."""
    figures = _figures(supply)
    if supply[Supplies.kind] != _MONEY:
        figures[Supplies.amount.title] = ""
    return {**row(school, supply, "家长"), **figures, "孩子": child[Children.name]}
