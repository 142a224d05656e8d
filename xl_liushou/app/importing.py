"""What an import needs besides the workbook: the rosters, and what was said of forms that came before."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from xl_liushou.adapters.roster_file import read_roster
from xl_liushou.adapters.roster_forms import keep, kept
from xl_liushou.adapters.state import present_state
from xl_liushou.app.opening import Opened
from xl_liushou.app.outcome import Outcome
from xl_liushou.app.running import Order
from xl_liushou.core.errors import LiushouError
from xl_liushou.core.plan import Plan
from xl_liushou.exchange.model import Roster
from xl_liushou.routines.inputs import Inputs
from xl_liushou.routines.registry import Routine
from xl_liushou.schema.school import School


def with_rosters(order: Order, inputs: Callable[[School], Inputs]) -> Callable[[School], Inputs]:
    """The inputs with the rosters of the order, read once."""
    rosters = [Roster(path.name, read_roster(path)) for path in order.files]
    state = present_state(order.book.absolute().parent)
    forms = kept(state) if state else {}
    return lambda school: replace(inputs(school), rosters=rosters, forms=forms)


def planned(opened: Opened, routine: Routine, inputs: Inputs) -> Plan:
    """The plan of an import that leaves formulas alone: which cells hold one is looked up where it would write."""
    first = routine.plan(inputs)
    wanted: dict[str, list[str]] = {}
    for one in first.report["changed"]:
        wanted.setdefault(opened.school.sheet_name(one["sheet"]), []).append(one["cell"])
    found = opened.formulas(wanted) if wanted else set()
    return routine.plan(replace(inputs, formulas=found)) if found else first


def keep_forms(book: Path, outcome: Outcome) -> None:
    """Remembers what a person said of the columns of each form, once an import was written; a help, never a need."""
    if outcome.problem or outcome.result.get("dry_run"):
        return
    with suppress(LiushouError, OSError):
        if state := present_state(book.absolute().parent):
            keep(state, {one["form"]: one["targets"] for one in outcome.result["sources"] if one["targets"]})
