"""The Word templates as bytes, by the names of their papers; doc_templates/ holds just these."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from xl_liushou.build.paper_campaigns import campaign_plan, campaign_report
from xl_liushou.build.paper_cards import archive_card
from xl_liushou.build.paper_consent import consent_form
from xl_liushou.build.paper_help import help_plan
from xl_liushou.build.paper_letters import child_letter, parent_letter
from xl_liushou.build.paper_notices import overdue_notice
from xl_liushou.build.paper_pairings import pairing_table
from xl_liushou.build.paper_records import contact_record
from xl_liushou.build.paper_roster import roster
from xl_liushou.build.paper_supplies import supplies_list, supplies_receipt
from xl_liushou.build.paper_term_report import term_report
from xl_liushou.build.paper_visits import leaders_sheet, visit_form
from xl_liushou.build.paper_volunteers import volunteer_card
from xl_liushou.build.paper_work_plan import work_plan

_BUILDERS: Final[Mapping[str, Callable[[], bytes]]] = {
    "parent-letter": parent_letter,
    "child-letter": child_letter,
    "archive-card": archive_card,
    "roster": roster,
    "contact-record": contact_record,
    "help-plan": help_plan,
    "pairing-table": pairing_table,
    "overdue-notice": overdue_notice,
    "campaign-plan": campaign_plan,
    "campaign-report": campaign_report,
    "work-plan": work_plan,
    "term-report": term_report,
    "visit-form": visit_form,
    "visit-form-leader": leaders_sheet,
    "volunteer-card": volunteer_card,
    "supplies-receipt": supplies_receipt,
    "supplies-receipt-list": supplies_list,
    "consent-form": consent_form,
}


def templates() -> dict[str, bytes]:
    """Every built-in template: name of the paper → the bytes of its .docx."""
    return {name: build() for name, build in _BUILDERS.items()}
