"""The steps of a campaign, brought together: what every class does is one thing, not twelve."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from xl_liushou.core.table import Record
from xl_liushou.documents.wording import UNSETTLED, distinct, few, paragraphs, sentence, span_of
from xl_liushou.schema.lists import CLOSED
from xl_liushou.schema.numbers import class_order
from xl_liushou.schema.school import School
from xl_liushou.schema.sheets import Campaigns, CampaignSteps, Staff

PHASES: Final = (*CLOSED["阶段"], "")
_PHASE_DATES: Final = {
    "准备": (Campaigns.prepares_from, Campaigns.prepares_to),
    "实施": (Campaigns.runs_from, Campaigns.runs_to),
    "总结": (Campaigns.closes_from, Campaigns.closes_to),
}


@dataclass(frozen=True, slots=True)
class StepGroup:
    """The rows of 活动环节 that are one step: the same phase, kind and title, for classes or for the school."""

    phase: str
    title: str
    steps: Sequence[Record]

    @property
    def classes(self) -> list[str]:
        """The classes that do it, by grade and number; none where the whole school does."""
        return sorted(distinct(step[CampaignSteps.class_name] for step in self.steps), key=class_order)

    @property
    def done(self) -> list[Record]:
        """The rows that have a 完成日期."""
        return [step for step in self.steps if step[CampaignSteps.done_on]]

    @property
    def due(self) -> str:
        """By when, from the first to the last date of the rows."""
        return span_of(step[CampaignSteps.due_on] for step in self.steps)

    @property
    def content(self) -> list[str]:
        """What is done, a line a paragraph; where classes do different things, each says which."""
        texts = distinct(step[CampaignSteps.content] for step in self.steps)
        told = texts if len(texts) == 1 else [f"{self._doers(text)}：{text}" for text in texts]
        return [sentence(line) for text in told for line in paragraphs(text)]

    def _doers(self, content: str) -> str:
        steps = [step for step in self.steps if step[CampaignSteps.content] == content]
        return few(distinct(step[CampaignSteps.class_name] or "全校" for step in steps), f"{len(steps)}个班", 12)


def steps_of(school: School, campaign: Record) -> list[Record]:
    """The steps of a campaign by 序号; those without a readable one come last."""
    wanted = campaign[Campaigns.campaign_id]
    steps = [step for step in school[CampaignSteps].records() if step[CampaignSteps.campaign] == wanted]
    return sorted(steps, key=lambda step: (step[CampaignSteps.number] is None, step[CampaignSteps.number] or 0))


def groups_of(steps: Iterable[Record]) -> list[StepGroup]:
    """The steps by phase, then by kind and title, in the order in which each first appears."""
    found: dict[tuple[str, str, str, bool], list[Record]] = {}
    for step in steps:
        phase, by_class = step[CampaignSteps.phase], bool(step[CampaignSteps.class_name])
        key = (phase, step[CampaignSteps.kind], step[CampaignSteps.step], by_class)
        found.setdefault(key, []).append(step)
    groups = [StepGroup(phase, title or kind, rows) for (phase, kind, title, _), rows in found.items()]
    return sorted(groups, key=lambda group: PHASES.index(group.phase))


def phase_days(campaign: Record, phase: str) -> str:
    """When a phase is, "" where the campaign does not say."""
    columns = _PHASE_DATES.get(phase, ())
    days = [campaign[column] for column in columns]
    return span_of(days) if any(days) else ""


def leader_name(school: School, step: Record) -> str:
    """Who is in charge of a step, "" for nobody."""
    return school.staff_name(step[CampaignSteps.leader]) if step[CampaignSteps.leader] else ""


def scope(school: School, group: StepGroup) -> str:
    """全校, a few classes by name, 全部 where every class of the roster takes part, or their number."""
    classes = group.classes
    if not classes:
        return "全校"
    everyone = set(classes) >= set(school.class_names) and len(classes) > 1
    return f"全部{len(classes)}个班" if everyone else few(classes, f"{len(classes)}个班")


def leaders(school: School, group: StepGroup) -> str:
    """The persons in charge: a few by name, 各班班主任 where each class has its own teacher."""
    names = distinct(leader_name(school, step) for step in group.steps)
    if not group.classes:
        return "、".join(names) or UNSETTLED
    own = all(_by_class_teacher(school, step) for step in group.steps)
    return few(names, "各班班主任" if own else "各责任人（见分工表）", 2)


def by_class(groups: Sequence[StepGroup]) -> Mapping[str, list[tuple[StepGroup, Record]]]:
    """What each class has to do, the classes by grade and number."""
    found: dict[str, list[tuple[StepGroup, Record]]] = {}
    for group in groups:
        for step in group.steps:
            if step[CampaignSteps.class_name]:
                found.setdefault(step[CampaignSteps.class_name], []).append((group, step))
    return {name: found[name] for name in sorted(found, key=class_order)}


def _by_class_teacher(school: School, step: Record) -> bool:
    teacher = school.class_teacher(step[CampaignSteps.class_name])
    return teacher is not None and teacher[Staff.staff_id] == step[CampaignSteps.leader]
