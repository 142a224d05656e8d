"""The invented school that `demo` and `new --demo` show: sixty children, a term of records, two campaigns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any, Final

from xl_liushou.build.demo_calendar import SchoolCalendar, calendar_around
from xl_liushou.build.demo_campaigns import MONTH, campaigns, month_phases, steps
from xl_liushou.build.demo_contacts import contacts
from xl_liushou.build.demo_files import term_files
from xl_liushou.build.demo_help import pairings, study_help
from xl_liushou.build.demo_names import Namer
from xl_liushou.build.demo_people import guardian_rows, pupils
from xl_liushou.build.demo_staff import MORAL_HEAD, PRINCIPAL, SCHOOL, Staffing, leading_groups, staffing
from xl_liushou.build.demo_visits import participation, supplies, volunteers
from xl_liushou.core.table import Table
from xl_liushou.schema import sheets as s

SEED: Final = 20260901

Rows = Mapping[type[Table], Sequence[Mapping[str, Any]]]


@dataclass(frozen=True, slots=True)
class DemoSchool:
    """What `master_workbook` takes: the records by sheet and attribute name, and the settings."""

    rows: Rows
    settings: Mapping[str, str]


def demo_school(today: date, seed: int = SEED) -> DemoSchool:
    """The school as it stands on `today`; the same day and seed give the same rows."""
    calendar = calendar_around(today)
    namer = Namer(Random(f"{seed} people"))
    staff = staffing(namer)
    children = pupils(namer, calendar)
    files = term_files(Random(f"{seed} files"), calendar, children, staff)
    plans, checks = study_help(Random(f"{seed} study"), calendar, children, staff, files)
    return DemoSchool(
        {
            s.Children: [child.row for child in children],
            s.Guardians: guardian_rows(children),
            s.TermFiles: files,
            s.Pairings: pairings(namer, calendar, children, staff),
            s.Contacts: _in_campaign(contacts(Random(f"{seed} contacts"), calendar, children, staff), calendar),
            s.StudyHelp: plans,
            s.Progress: checks,
            s.Campaigns: campaigns(calendar),
            s.CampaignSteps: steps(Random(f"{seed} steps"), calendar, children, staff),
            s.Participation: participation(Random(f"{seed} part"), calendar, children),
            s.Volunteers: volunteers(namer, calendar),
            s.Supplies: supplies(Random(f"{seed} supplies"), calendar, children),
            s.Staff: staff.rows,
            s.LeadingGroup: leading_groups(),
            s.Calendar: calendar.rows(),
        },
        _settings(calendar, staff),
    )


def _in_campaign(records: Sequence[dict[str, Any]], calendar: SchoolCalendar) -> list[dict[str, Any]]:
    """The records, the calls during the month of letters and calls marked as its own."""
    phases = month_phases(calendar)
    return [
        row | {"campaign": MONTH} if row["kind"] == "通话" and phases.runs_from <= row["day"] <= phases.runs_to else row
        for row in records
    ]


def _settings(calendar: SchoolCalendar, staff: Staffing) -> dict[str, str]:
    year = calendar.school_year
    return {
        "学校名称": SCHOOL,
        "校长": staff.name(PRINCIPAL),
        "学年": f"{year}—{year + 1}学年",
        "学期": calendar.current.name,
        "落款单位": SCHOOL,
        "联系电话": "0990-0000120",
        "德育负责人": MORAL_HEAD,
        "发件人姓名": SCHOOL,
        "发件邮箱": "school@example.com",
        "SMTP服务器": "smtp.example.com",
        "SMTP账号": "school@example.com",
        "工作簿编号": "演示-云岭希望小学",
    }
