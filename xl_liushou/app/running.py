"""Running one routine on one workbook: open → parse → plan → apply → tell."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from xl_liushou.app.opening import open_school
from xl_liushou.app.outcome import Outcome, exit_code, heading
from xl_liushou.core.plan import Plan
from xl_liushou.core.progress import Progress, no_progress
from xl_liushou.routines.inputs import Inputs
from xl_liushou.routines.registry import Routine
from xl_liushou.schema.school import School


@dataclass(frozen=True, slots=True)
class Order:
    """What the front door says besides the routine: where papers go, and the wall clock for folder names."""

    book: Path
    today: date
    now: datetime
    out: Path | None = None
    name: str = ""
    progress: Progress = no_progress


def run(routine: Routine, order: Order, inputs: Callable[[School], Inputs]) -> Outcome:
    """Runs a routine on the workbook of the order and applies its plan."""
    school = open_school(order.book)
    return run_on(school, routine, order, inputs(school))


def run_on(school: School, routine: Routine, order: Order, inputs: Inputs) -> Outcome:
    """The same on a School that is open already."""
    plan = routine.plan(inputs)
    result = {**heading(routine.name, order.book, order.today), **plan.report}
    if "document" in routine.options:
        result |= _papers(plan, school, order, inputs)
    if plan.notes:
        result["notes"] = list(plan.notes)
    return Outcome(result, list(routine.lines(result)), plan.notes, exit_code(result))


def _papers(plan: Plan, school: School, order: Order, inputs: Inputs) -> dict[str, Any]:
    from xl_liushou.app.papers import Destination, apply_papers, run_folder
    from xl_liushou.routines.write import paper_named

    title = paper_named(inputs.document).title
    folder = order.out or run_folder(order.book, school, title, order.now)
    made = apply_papers(plan, school, Destination(folder, order.name, inputs.release), order.progress)
    return {
        "folder": str(folder.absolute()) if made.files else None,
        "files": made.files,
        "blocked": [{"child": one.child, "code": one.code, "message": one.message} for one in made.blocked],
        "skipped": [{"child": one.child, "message": one.message} for one in plan.skipped],
    }


def inputs_for(today: date, **options: Any) -> Callable[[School], Inputs]:
    """The inputs of a routine, once the school is known."""
    return lambda school: replace(Inputs(school, today), **options)
