"""Campaigns of all kinds: steps done, attendance, targets against results, supplies given."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from xl_liushou.core.table import Record
from xl_liushou.figures.shares import Share
from xl_liushou.figures.terms import Days, Term
from xl_liushou.schema.lists import CLOSED
from xl_liushou.schema.school import School
from xl_liushou.schema.sheets import Campaigns, CampaignSteps, Participation, Supplies


@dataclass(frozen=True, slots=True)
class Target:
    """What a step was to reach and what it reached, its classes summed up.

    `reached` is None where no class has told; `untold` is how many have not.
    """

    title: str
    unit: str
    wanted: float
    reached: float | None
    untold: int

    @property
    def rate(self) -> float | None:
        """The share of the target that was reached, None where nothing was wanted or told."""
        return self.reached / self.wanted if self.wanted and self.reached is not None else None


@dataclass(frozen=True, slots=True)
class CampaignFigures:
    """How far a campaign came."""

    campaign: Record
    steps: Share
    attendance: Share
    targets: Sequence[Target]

    @property
    def met(self) -> Share:
        """How many of its targets were reached in full."""
        rates = [one.rate for one in self.targets if one.rate is not None]
        return Share(sum(rate >= 1 for rate in rates), len(rates))

    @property
    def rate(self) -> float | None:
        """How far its targets were reached on average, none counting for more than all of it."""
        rates = [min(one.rate, 1) for one in self.targets if one.rate is not None]
        return sum(rates) / len(rates) if rates else None


@dataclass(frozen=True, slots=True)
class SupplyFigures:
    """What was given of a 类别: pieces, yuan (None where no row tells), children."""

    quantity: float
    amount: float | None
    children: int


def campaigns_of(school: School, term: Term) -> list[Record]:
    """The campaigns of a term, not the cancelled ones, by their first day; one without 学期 belongs where it begins."""
    found: dict[str | int, Record] = {}
    for one in school[Campaigns].records():
        if one[Campaigns.status] != "取消" and _is_of(one, term):
            found.setdefault(one[Campaigns.campaign_id] or one.row, one)
    return sorted(
        found.values(), key=lambda one: (not one[Campaigns.starts_on], one[Campaigns.starts_on] or 0, one.row)
    )


def _is_of(campaign: Record, term: Term) -> bool:
    named, starts = campaign[Campaigns.term], campaign[Campaigns.starts_on]
    return (
        named == term.name if named else starts is not None and starts in Days(term.starts_on, term.ends_on or starts)
    )


def campaign_figures(school: School, campaign: Record) -> CampaignFigures:
    """How far a campaign came, by its 活动编号."""
    wanted = campaign[Campaigns.campaign_id]
    steps = [one for one in school[CampaignSteps].records() if one[CampaignSteps.campaign] == wanted]
    table = school[Participation]
    marks = [mark for one, mark in zip(table.campaign, table.attendance, strict=True) if one == wanted]
    done = sum(one[CampaignSteps.done_on] is not None for one in steps)
    return CampaignFigures(campaign, Share(done, len(steps)), Share(marks.count("到"), len(marks)), targets_of(steps))


def targets_of(steps: Iterable[Record]) -> list[Target]:
    """The targets of some steps; those of one name and unit, which the classes share, are one."""
    found: dict[tuple[str, str], list[Record]] = {}
    for step in steps:
        if step[CampaignSteps.target] is not None:
            found.setdefault((step[CampaignSteps.step], step[CampaignSteps.unit]), []).append(step)
    return [_target(title, unit, rows) for (title, unit), rows in found.items()]


def _target(title: str, unit: str, steps: Sequence[Record]) -> Target:
    known = [value for step in steps if (value := step[CampaignSteps.reached]) is not None]
    wanted = sum(step[CampaignSteps.target] or 0 for step in steps)
    return Target(title, unit, wanted, sum(known) if known else None, len(steps) - len(known))


def supply_figures(school: School, days: Days) -> Mapping[str, SupplyFigures]:
    """What was given within some days, by 类别 in the order of the list."""
    rows = [one for one in school[Supplies].records() if one[Supplies.day] in days]
    return {
        kind: _supplies(own)
        for kind in (*CLOSED["物资类别"], "")
        if (own := [one for one in rows if one[Supplies.kind] == kind])
    }


def _supplies(rows: Sequence[Record]) -> SupplyFigures:
    amounts = [amount for one in rows if (amount := one[Supplies.amount]) is not None]
    quantity = sum(one[Supplies.quantity] or 0 for one in rows)
    return SupplyFigures(quantity, sum(amounts) if amounts else None, len({one[Supplies.child_id] for one in rows}))
