"""Running one routine on one workbook: open → parse → plan → apply → record → tell."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from xl_liushou.app.journal import Journal, new_run, reading, writing
from xl_liushou.app.opening import Opened, open_book, without_collector
from xl_liushou.app.outcome import Outcome, exit_code, heading
from xl_liushou.app.pdfs import Pdfs, add_pdfs
from xl_liushou.core.edits import Edit
from xl_liushou.core.errors import CannotSave, LiushouError, Unsettled
from xl_liushou.core.passwords import Passwords, no_passwords
from xl_liushou.core.plan import Blocked, Plan, Skipped
from xl_liushou.core.progress import Progress, no_progress, stage
from xl_liushou.documents.festivals import short_name
from xl_liushou.routines.inputs import Choice, Inputs
from xl_liushou.routines.registry import Routine
from xl_liushou.schema.results import CheckResults, FrontPage
from xl_liushou.schema.school import School
from xl_liushou.schema.sheets import Campaigns

if TYPE_CHECKING:
    from xl_liushou.app.papers import Destination, Sources

_WRITTEN: Final = "结果已经写进工作簿，写之前先备份了一份；想退回去，运行：xl-liushou undo 工作簿 last"

_COUNTED: Final = ("findings", "items", "files", "blocked", "skipped", "added", "changed", "doubts")


@dataclass(frozen=True, slots=True)
class Order:
    """What the front door says besides the routine: rosters, where papers go and their template, clock, passwords."""

    book: Path
    today: date
    now: datetime
    out: Path | None = None
    name: str = ""
    template: Path | None = None
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
        if asked.preview or not asked.writes:
            journal = stack.enter_context(reading(opened, begun))
        else:
            try:
                journal = stack.enter_context(writing(opened, begun))
            except CannotSave:
                if not asked.document:
                    raise
                journal = Journal(opened, begun)
        return (_previewed if asked.preview else _outcome)(journal, routine, order, inputs(opened.school))


def _outcome(journal: Journal, routine: Routine, order: Order, inputs: Inputs) -> Outcome:
    with without_collector():
        plan = _planned(journal, routine, inputs)
    result = {**heading(routine.name, order.book, order.today), **plan.report}
    edits = list(plan.edits)
    pdfs = Pdfs()
    if inputs.document:
        from xl_liushou.routines.send_log import log_edits

        result |= _papers(plan, journal, order, inputs)
        if inputs.pdf:
            pdfs = add_pdfs(result["files"], journal, stage(order.progress, 1, 2))
            journal.effects += pdfs.effects
        edits += log_edits(inputs, result, journal.run.id, order.now)
    unwritten = _findings_book(journal, order, result) if inputs.form == "xlsx" else None
    written, problem = _write(journal, edits, routine.item(inputs), routine.headline(inputs, result))
    if problem and inputs.fix:
        result |= routine.plan(inputs).report
    result["run"] = journal.end(_totals(result), result.get("folder") or "")
    notes = [*journal.notes, *plan.notes, *written, *pdfs.notes]
    if problem and pdfs.problem:
        notes.append(pdfs.problem.message)
    if problem and result.get("files"):
        notes.append("文书已经写好，只是还没有记到“发送记录”里，不用再写一遍。")
    if notes:
        result["notes"] = notes
    told = [_WRITTEN] if edits and not inputs.document and not problem else []
    return Outcome(
        result, [*routine.lines(result), *told], notes, exit_code(result), problem or unwritten or pdfs.problem
    )


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


def _previewed(journal: Journal, routine: Routine, order: Order, inputs: Inputs) -> Outcome:
    """What a run would make; nothing is written or recorded but a picture of one page."""
    from xl_liushou.app.previewing import MARK, preview

    plan, school = routine.plan(inputs), journal.opened.school
    to = _destination(journal, order, inputs, f"{MARK}-")
    found = preview(plan, school, _sources(order, inputs), to, order.progress)
    result = {
        **heading(routine.name, order.book, order.today),
        "papers": found["papers"],
        "preview": found["preview"],
        **_withheld(found["blocked"], plan.skipped),
    }
    notes = [*journal.notes, *plan.notes, *found["notes"]]
    if notes:
        result["notes"] = notes
    return Outcome(result, list(routine.lines(result)), notes, exit_code(result))


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
    from xl_liushou.app.papers import apply_papers

    to = _destination(journal, order, inputs)
    progress = stage(order.progress, 0, 2) if inputs.pdf else order.progress
    made = apply_papers(plan, journal.opened.school, _sources(order, inputs), to, progress)
    journal.effects += made.effects
    journal.notes += made.notes
    return {
        "folder": str(to.folder.absolute()) if made.files else None,
        "files": made.files,
        **_withheld(made.blocked, plan.skipped),
    }


def _destination(journal: Journal, order: Order, inputs: Inputs, mark: str = "") -> Destination:
    from xl_liushou.app.papers import Destination, run_folder
    from xl_liushou.routines.write import paper_named

    what = f"{mark}{paper_named(inputs.document).title}"
    folder = order.out or run_folder(order.book, journal.opened.school, what, order.now)
    return Destination(folder, order.name, inputs.release, inputs.one_file)


def _sources(order: Order, inputs: Inputs) -> Sources:
    from xl_liushou.app.papers import Sources
    from xl_liushou.app.photos import Photos
    from xl_liushou.app.templates import Templates
    from xl_liushou.routines.write import paper_named

    return Sources(Templates(order.book, paper_named(inputs.document).name, order.template), Photos.beside(order.book))


def _withheld(blocked: Iterable[Blocked], skipped: Iterable[Skipped]) -> dict[str, Any]:
    """The papers that were not made, and why."""
    return {
        "blocked": [{"child": one.child, "code": one.code, "message": one.message} for one in blocked],
        "skipped": [{"child": one.child, "message": one.message} for one in skipped],
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
    if inputs.new_campaign:
        values["new_campaign"] = inputs.new_campaign.pattern
    values["festival"] = short_name(inputs.festival)
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
