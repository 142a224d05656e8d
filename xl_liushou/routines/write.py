"""文档: the papers of one kind for the chosen children."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final

from xl_liushou.core.errors import UsageProblem
from xl_liushou.core.plan import Blocked, Plan, Skipped, WriteDocument
from xl_liushou.core.table import Record
from xl_liushou.documents.audience import chinese_date
from xl_liushou.documents.catalogue import PAPERS, Companion, Paper
from xl_liushou.documents.festivals import Festival, asked
from xl_liushou.documents.letters import consent_notes
from xl_liushou.documents.options import PaperOptions
from xl_liushou.routines.inputs import Inputs, chosen_children, named_child, require_children, require_columns
from xl_liushou.schema.school import School
from xl_liushou.schema.sheets import Children

_FESTIVE: Final = "child-letter"


def plan(inputs: Inputs) -> Plan:
    """One effect for each paper; what cannot be made is blocked or skipped with its reason."""
    require_children(inputs.school)
    paper = paper_named(inputs.document)
    for child_id in inputs.release:
        named_child(inputs.school, child_id)
    require_columns(inputs.school, paper.needs)
    chosen, notes = chosen_children(inputs, usual_children(inputs.school, inputs.today))
    if paper.per == "责任人" and not inputs.choice:
        chosen = list(inputs.school.active_children)
    by_class = bool(inputs.choice.classes or inputs.choice.grades)
    festival = _festival(inputs, paper)
    options = PaperOptions(inputs.leaders, inputs.campaign, by_class, festival)
    made = paper.make(inputs.school, inputs.today, chosen, options)
    effects = [one for one in made if isinstance(one, WriteDocument)]
    told = {child for effect in effects if effect.audience == "家长" for child in effect.children}
    return Plan(
        effects=effects,
        blocked=[one for one in made if isinstance(one, Blocked)],
        skipped=[one for one in made if isinstance(one, Skipped)],
        notes=(
            *notes,
            *(note for effect in effects for note in effect.notes),
            *consent_notes(inputs.school, [one for one in chosen if one[Children.child_id] in told]),
        ),
        report={"festival": {"name": festival.name, "day": festival.day.isoformat()}} if festival else {},
    )


def _festival(inputs: Inputs, paper: Paper) -> Festival | None:
    """The festival asked for; only children's letters are written for one."""
    if not inputs.festival:
        return None
    if paper.name != _FESTIVE:
        raise UsageProblem(f"--festival 只用于亲情书信。请写 write {_FESTIVE}，或去掉 --festival。")
    return asked(inputs.festival, inputs.today)


def paper_named(name: str) -> Paper:
    """The paper of this command-line name (or Chinese title); an unknown one is a usage problem."""
    found = PAPERS.get(name) or next((paper for paper in PAPERS.values() if paper.title == name), None)
    if found is None:
        known = "、".join(f"{paper.name}（{paper.title}）" for paper in PAPERS.values())
        raise UsageProblem(f"没有“{name}”这种文书。可以写的有：{known}。")
    return found


def usual_children(school: School, today: date) -> list[Record]:
    """在管, and those 暂停 whose 暂停至日 has passed."""
    return [child for child in school.active_children if not _is_paused(child, today)]


def _is_paused(child: Record, today: date) -> bool:
    until = child[Children.paused_until]
    return child[Children.case_status] == "暂停" and until is not None and today <= until


def headline(_inputs: Inputs, result: Mapping[str, Any]) -> str:
    """The outcome in one line."""
    withheld = f"，{len(result['blocked'])} 份没有写出" if result["blocked"] else ""
    return f"写出 {_amount(result['files'], '份')}{withheld}"


def _amount(files: Sequence[Mapping[str, Any]], what: str) -> str:
    """How many papers were written: 60 份文书，合成 1 个文件."""
    joined = [file for file in files if "papers" in file]
    papers = sum(len(file["papers"]) for file in joined) + len(files) - len(joined)
    return f"{papers} {what}{f'，合成 {len(joined)} 个文件' if joined else ''}"


def lines(result: Mapping[str, Any]) -> Iterator[str]:
    """What was made, where it lies, and what was not made and why."""
    if festival := result.get("festival"):
        yield f"节日：{festival['name']}（{chinese_date(date.fromisoformat(festival['day']))}）"
    if "papers" in result:
        yield from _preview_lines(result)
    elif files := result["files"]:
        yield f"已写好 {_amount(files, '份文书')}，在文件夹：{result['folder']}"
        if any("pdf" in file for file in files):
            yield f"其中 {sum(bool(file['pdf']) for file in files)} 个文件旁边放了同名的 PDF。"
        if any(file["recipients"] and len(file.get("papers", ())) > 1 for file in files):
            yield "打印时请选“单面打印”：双面打印会把两家的信印在同一张纸上。"
    else:
        yield "没有写出文书。"
    for one in result["blocked"]:
        yield f"没有写（{one['code']}）{one['child'] or ''}：{one['message']}"
    for one in result["skipped"]:
        yield f"不需要写 {one['child'] or ''}：{one['message']}"


def _preview_lines(result: Mapping[str, Any]) -> Iterator[str]:
    """What would be made, and for whom."""
    yield f"这是预览：会写 {len(result['papers'])} 份文书，现在一份也没有写，工作簿也没有动。"
    for one in result["papers"]:
        yield f"  {one['file']}{'  给 ' + one['for'] if one['for'] else ''}"
    if result["preview"]:
        yield f"第一页的样子：{result['preview']}"


def listing() -> Plan:
    """The kinds of papers there are."""
    kinds = [{**_kind(paper), "companions": [_kind(one) for one in paper.companions]} for paper in PAPERS.values()]
    return Plan(report={"documents": kinds})


def _kind(paper: Paper | Companion) -> dict[str, Any]:
    return {"name": paper.name, "title": paper.title, "per": paper.per, "audience": paper.audience}


def listing_lines(result: Mapping[str, Any]) -> Iterator[str]:
    """The kinds of papers for people."""
    for one in result["documents"]:
        papers = [f"{kind['title']}（每{kind['per']}一份，给{kind['audience']}）" for kind in (one, *one["companions"])]
        yield f"{one['name']}  {'，另有'.join(papers)}"
