"""Running one routine on one workbook: open → parse → plan → apply → record → tell."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from xl_liushou.app.journal import Journal, new_run, reading, writing
from xl_liushou.app.opening import Opened, open_book, without_collector
from xl_liushou.app.outcome import Outcome, exit_code, heading
from xl_liushou.core.edits import Edit
from xl_liushou.core.errors import CannotSave, LiushouError, Unsettled
from xl_liushou.core.passwords import Passwords, no_passwords
from xl_liushou.core.plan import Plan
from xl_liushou.core.progress import Progress, no_progress
from xl_liushou.routines.inputs import Choice, Inputs
from xl_liushou.routines.registry import Routine
from xl_liushou.schema.results import CheckResults, FrontPage
from xl_liushou.schema.school import School
from xl_liushou.schema.sheets import Campaigns

_WRITTEN: Final = "结果已经写进工作簿，写之前先备份了一份；想退回去，运行：xl-liushou undo 工作簿 last"

_COUNTED: Final = ("findings", "items", "files", "blocked", "skipped", "added", "changed", "doubts")


@dataclass(frozen=True, slots=True)
class Order:
    """What the front door says besides the routine: rosters, where papers go, the wall clock, who knows passwords."""

    book: Path
    today: date
    now: datetime
    out: Path | None = None
    name: str = ""
    files: Sequence[Path] = ()
    progress: Progress = no_progress
    passwords: Passwords = no_passwords


def run(routine: Routine, order: Order, inputs: Callable[[School], Inputs]) -> Outcome:
    """Runs a routine on the workbook of the order and applies its plan."""
    opened = open_book(order.book, order.passwords)
    if not order.files:
        return run_on(opened, routine, order, inputs)
    from xl_liushou.app.importing import keep_forms, with_rosters

    outcome = run_on(opened, routine, order, with_rosters(order, inputs))
    keep_forms(order.book, outcome)
    return outcome


def run_on(opened: Opened, routine: Routine, order: Order, inputs: Callable[[School], Inputs]) -> Outcome:
    """The same on a workbook that is open already."""
    asked = inputs(opened.school)
    begun = new_run(opened, routine.name, order.now, order.today, **_recorded(routine, asked))
    with ExitStack() as stack:
        journal: Journal
        if not (asked.into_book or asked.fix or asked.document):
            journal = stack.enter_context(reading(opened, begun))
        else:
            try:
                journal = stack.enter_context(writing(opened, begun))
            except CannotSave:
                if not asked.document:
                    raise
                journal = Journal(opened, begun)
        return _outcome(journal, routine, order, inputs(opened.school))


def _outcome(journal: Journal, routine: Routine, order: Order, inputs: Inputs) -> Outcome:
    with without_collector():
        plan = _planned(journal, routine, inputs)
    result = {**heading(routine.name, order.book, order.today), **plan.report}
    edits = list(plan.edits)
    if inputs.document:
        from xl_liushou.routines.send_log import log_edits

        result |= _papers(plan, journal, order, inputs)
        edits += log_edits(inputs, result, journal.run.id, order.now)
    unwritten = _findings_book(journal, order, result) if inputs.form == "xlsx" else None
    written, problem = _write(journal, edits, routine.item(inputs), routine.headline(inputs, result))
    if problem and inputs.fix:
        result |= routine.plan(inputs).report
    result["run"] = journal.end(_totals(result), result.get("folder") or "")
    notes = [*journal.notes, *plan.notes, *written]
    if problem and result.get("files"):
        notes.append("文书已经写好，只是还没有记到“发送记录”里，不用再写一遍。")
    if notes:
        result["notes"] = notes
    told = [_WRITTEN] if edits and not inputs.document and not problem else []
    return Outcome(result, [*routine.lines(result), *told], notes, exit_code(result), problem or unwritten)


def _findings_book(journal: Journal, order: Order, result: dict[str, Any]) -> CannotSave | None:
    """Writes the findings as a workbook and tells of it in `result`; what kept it from being written."""
    from xl_liushou.app.findings_book import write_findings
    from xl_liushou.app.papers import run_folder

    folder = order.out or run_folder(order.book, journal.opened.school, CheckResults.title, order.now)
    try:
        result |= write_findings(journal, order.book, folder, result)
    except CannotSave as problem:
        return problem
    return None


def _planned(journal: Journal, routine: Routine, inputs: Inputs) -> Plan:
    """The plan; with the changes of `--fix`, on the school as it is after them."""
    if inputs.rosters:
        from xl_liushou.app.importing import planned

        return planned(journal.opened, routine, inputs)
    if not inputs.fix:
        return routine.plan(inputs)
    from xl_liushou.app.fixing import fixed

    changes, after = fixed(journal.opened, inputs)
    plan = routine.plan(after)
    notes = (*changes.notes, *plan.notes)
    return replace(plan, edits=[*changes.edits, *plan.edits], notes=notes, report={**plan.report, **changes.report})


def _write(
    journal: Journal, edits: Sequence[Edit], item: str, headline: str
) -> tuple[Sequence[str], LiushouError | None]:
    """Writes the edits and the line of 首页 into the workbook: notes about it, and what kept it from being done."""
    if not edits:
        return (), None
    from xl_liushou.app.book_edits import write_edits
    from xl_liushou.routines.front_page import front_page

    front = front_page(journal.opened.sheet(FrontPage.title), item, headline, journal.began)
    try:
        return [*front.notes, *write_edits(journal, [*edits, *front.edits])], None
    except Unsettled:
        raise
    except LiushouError as problem:
        return (), problem


def _papers(plan: Plan, journal: Journal, order: Order, inputs: Inputs) -> dict[str, Any]:
    from xl_liushou.app.papers import Destination, apply_papers, run_folder
    from xl_liushou.routines.write import paper_named

    school = journal.opened.school
    folder = order.out or run_folder(order.book, school, paper_named(inputs.document).title, order.now)
    made = apply_papers(plan, school, Destination(folder, order.name, inputs.release), order.progress)
    journal.effects += made.effects
    return {
        "folder": str(folder.absolute()) if made.files else None,
        "files": made.files,
        "blocked": [{"child": one.child, "code": one.code, "message": one.message} for one in made.blocked],
        "skipped": [{"child": one.child, "message": one.message} for one in plan.skipped],
    }


def inputs_for(today: date, **options: Any) -> Callable[[School], Inputs]:
    """The inputs of a routine, once the school is known."""
    return lambda school: replace(Inputs(school, today), **options)


def _recorded(routine: Routine, inputs: Inputs) -> dict[str, Any]:
    """The options of a run as its record keeps them: what a person asked for, in codes that the workbook knows."""
    school = inputs.school
    values: dict[str, Any] = {name: getattr(inputs, name) for name in routine.options if hasattr(inputs, name)}
    values["release"] = [child for child in inputs.release if child in school.child_of]
    values["campaign"] = inputs.campaign if inputs.campaign in school[Campaigns].campaign_id else ""
    known = [child for child in inputs.choice.children if child in school.child_of]
    values["choice"] = replace(inputs.choice, children=known)
    return {name: asdict(value) if isinstance(value, Choice) else value for name, value in values.items() if value}


def _totals(result: Mapping[str, Any]) -> dict[str, int]:
    """How much of everything a run told or made."""
    counted = {name: len(result[name]) for name in _COUNTED if name in result}
    return {
        **counted,
        **{
            name: result["summary"][name]
            for name in ("errors", "warnings", "infos")
            if name in result.get("summary", {})
        },
    }
