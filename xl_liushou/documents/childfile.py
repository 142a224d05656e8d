"""What the school knows of how each child is getting on: files of the term, study help, progress, contacts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property

from xl_liushou.core.plan import Audience
from xl_liushou.core.table import Record
from xl_liushou.documents.audience import may_show
from xl_liushou.figures.helping import checks_by_plan
from xl_liushou.figures.terms import current_term
from xl_liushou.followup.also_due import in_force
from xl_liushou.schema.school import School, grouped_by
from xl_liushou.schema.sheets import Children, Contacts, Pairings, StudyHelp, TermFiles

Groups = Mapping[str, Sequence[Record]]


class ChildFiles:
    """The records of a school by child, each sheet gone through once, seen from one day."""

    def __init__(self, school: School, today: date) -> None:
        self.school = school
        self.today = today

    def of_term(self, child_id: str) -> Record | None:
        """The child's 档案 of the current term; where 设置 names no term, the latest."""
        latest = self.latest(child_id)
        term = self.school.settings["学期"]
        return latest if latest is not None and term in (latest[TermFiles.term], "") else None

    def latest(self, child_id: str) -> Record | None:
        """The child's 档案 of the current term, else the one that was assessed last."""
        term = self.school.settings["学期"]
        return max(
            self._files.get(child_id, ()),
            key=lambda one: (one[TermFiles.term] == term, one[TermFiles.assessed_on] or date.min, one.row),
            default=None,
        )

    def study_help(self, child_id: str) -> Sequence[Record]:
        """The child's plans of 学习帮扶 in the current term, in the order of the sheet."""
        term = self.school.settings["学期"]
        return [one for one in self._study_help.get(child_id, ()) if not term or one[StudyHelp.term] == term]

    def checks(self, help_id: str) -> Sequence[Record]:
        """The 进步记录 of a plan up to the day, the earliest first."""
        return self._checks.get(help_id, ())

    def last_check(self, help_id: str) -> Record | None:
        """The latest 进步记录 of a plan on or before the day."""
        checks = self.checks(help_id)
        return checks[-1] if checks else None

    def contacts(self, child_id: str) -> Sequence[Record]:
        """The child's 联系记录 up to the day, the latest first; those without a readable date are left out."""
        dated = [
            (day, one)
            for one in self._contacts.get(child_id, ())
            if (day := one[Contacts.day]) is not None and day <= self.today
        ]
        return [one for _, one in sorted(dated, key=lambda pair: (pair[0], pair[1].row), reverse=True)]

    def contacts_of_term(self, child_id: str) -> Sequence[Record]:
        """Those of the current term; where 设置 or 校历 do not say when that is, all."""
        return [one for one in self.contacts(child_id) if self.in_term(one[Contacts.day])]

    def may_tell(self, contact: Record, audience: Audience, leaders: bool = False) -> bool:
        """Whether a paper may tell of a 联系记录; one whose 密级 or 强制报告 cannot be read is for leaders only."""
        unclear = any(self.school.unread(contact, one) for one in (Contacts.secrecy, Contacts.must_report))
        return may_show(contact, audience, leaders) and (leaders or not unclear)

    def in_term(self, day: date | None) -> bool:
        """Whether a day lies in the current term; where nobody says when that is, and for no day, True."""
        if self.term_days is None or day is None:
            return True
        start, end = self.term_days
        return start <= day <= (end or date.max)

    def pairings(self, child_id: str) -> Sequence[Record]:
        """The child's 结对 that are in force on the day."""
        return [
            one
            for one in self._pairings.get(child_id, ())
            if in_force(one[Pairings.starts_on], one[Pairings.ends_on], self.today)
        ]

    @cached_property
    def term_days(self) -> tuple[date, date | None] | None:
        """From when to when 校历 says the current term is, None where it does not."""
        term = current_term(self.school)
        return (term.starts_on, term.ends_on) if term else None

    @cached_property
    def roster_rows(self) -> Mapping[str, Sequence[int]]:
        """The rows of 花名册 on which each 儿童编号 stands; more than one is a mistake."""
        groups = grouped_by(self.school[Children], Children.child_id)
        return {child_id: [child.row for child in group] for child_id, group in groups.items()}

    @cached_property
    def _files(self) -> Groups:
        return grouped_by(self.school[TermFiles], TermFiles.child_id)

    @cached_property
    def _study_help(self) -> Groups:
        return grouped_by(self.school[StudyHelp], StudyHelp.child_id)

    @cached_property
    def _checks(self) -> Groups:
        return checks_by_plan(self.school, self.today)

    @cached_property
    def _contacts(self) -> Groups:
        return grouped_by(self.school[Contacts], Contacts.child_id)

    @cached_property
    def _pairings(self) -> Groups:
        return grouped_by(self.school[Pairings], Pairings.child_id)
