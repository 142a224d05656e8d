"""Applying the papers of a plan: render, judge, then write or withhold."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xl_liushou.app.filenames import safe_name
from xl_liushou.app.paper_files import OneFile, PaperFiles
from xl_liushou.app.photos import Photos
from xl_liushou.app.templates import InForce, Templates, built_in
from xl_liushou.core.plan import Blocked, Plan, WriteDocument
from xl_liushou.core.progress import Progress, no_progress
from xl_liushou.core.run import Effect
from xl_liushou.documents.audience import hidden_titles
from xl_liushou.documents.kindness import PHRASES
from xl_liushou.documents.leaks import FixedWords, LeakScan
from xl_liushou.schema.school import School

if TYPE_CHECKING:
    from xl_liushou.adapters.word import Rendered, WordTemplate


@dataclass(frozen=True, slots=True)
class Destination:
    """Where papers go and how they are named; `release` are children whose papers a person has let pass.

    With `one_file` all papers of a template go into one file.
    """

    folder: Path
    pattern: str = ""
    release: Collection[str] = ()
    one_file: bool = False


@dataclass(frozen=True, slots=True)
class PapersMade:
    """The files that were written, as results and as effects to remember, the papers withheld, what is to be told."""

    files: Sequence[dict[str, Any]]
    effects: Sequence[Effect]
    blocked: Sequence[Blocked]
    notes: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Sources:
    """What papers are made of besides the school."""

    templates: Templates
    photos: Photos


def apply_papers(
    plan: Plan, school: School, sources: Sources, to: Destination, progress: Progress = no_progress
) -> PapersMade:
    """Writes the papers of a plan, each only after it was judged; no paper where a template is not sound."""
    kept = (OneFile if to.one_file else PaperFiles)(to.folder, to.pattern, school)
    blocked = list(plan.blocked)
    for number, (effect, rendered, leak) in enumerate(judged(plan, school, to.release, sources), 1):
        if leak:
            blocked.append(leak)
        elif isinstance(rendered, Blocked):
            blocked.append(rendered)
        else:
            kept.add(effect, rendered.data)
        progress(number, len(plan.effects))
    kept.close()
    return PapersMade(kept.files, kept.effects, blocked, sources.photos.notes)


def judged(
    plan: Plan, school: School, release: Collection[str], sources: Sources
) -> Iterator[tuple[WriteDocument, Rendered | Blocked, Blocked | None]]:
    """Each paper of a plan in memory, or D801; and D802 where it shows another child.

    A template that is not sound is told first.
    """
    from xl_liushou.adapters.word import WordTemplate

    scan = LeakScan(school)
    in_force = sources.templates.in_force(list(dict.fromkeys(effect.document for effect in plan.effects)))
    ready = {name: WordTemplate(one.title, one.data) for name, one in in_force.items()}
    fixed = {name: _fixed_words(school, one, scan) for name, one in in_force.items()}
    for effect in plan.effects:
        rendered = _rendered(ready[effect.document], effect, sources.photos)
        leak = None
        if not isinstance(rendered, Blocked):
            leak = _leak(effect, rendered.text, scan, fixed[effect.document], release)
        yield effect, rendered, leak


def _rendered(template: WordTemplate, effect: WriteDocument, photos: Photos) -> Rendered | Blocked:
    """The paper in memory, or D801 where its template uses a column that its audience may not see."""
    from xl_liushou.adapters.word import UndefinedTag

    try:
        return template.render(photos.shown(effect.context))
    except UndefinedTag as problem:
        if problem.tag not in hidden_titles(effect.audience):
            raise
        return Blocked(effect.child, "D801", _not_for(effect, problem.tag))


def run_folder(book: Path, school: School, what: str, now: datetime) -> Path:
    """A fresh folder `输出/YYYY-MM-DD-HHMMSS-<what>` beside the workbook (the name 输出 is 设置's)."""
    home = book.absolute().parent / safe_name(str(school.settings["输出文件夹"] or "输出"))
    stem = f"{now:%Y-%m-%d-%H%M%S}-{safe_name(what)}"
    numbers: Iterable[int] = range(2, 1000)
    candidates = (home / stem, *(home / f"{stem}-{number}" for number in numbers))
    return next(folder for folder in candidates if not folder.exists())


def _fixed_words(school: School, template: InForce, scan: LeakScan) -> FixedWords:
    """What a template says between its tags, what the program says to families, and how the school is called.

    Of a school's own template only the lines that name nobody: a letter made into a template may still hold a child.
    """
    from xl_liushou.adapters.word import texts

    said = [line for text in texts(template.data).values() for line in text.split("\n")]
    if template.path is not None:
        ours = texts(built_in(template.name)).values()
        said = [*ours, *(line for line in said if not scan.hits({"": line}, ()))]
    names = (str(school.settings[item]) for item in ("学校名称", "落款单位", "学年", "学期"))
    return FixedWords((*said, *PHRASES, *names))


def _leak(
    effect: WriteDocument, text: Mapping[str, str], scan: LeakScan, fixed: FixedWords, release: Collection[str]
) -> Blocked | None:
    """D802: another child's data in a guarded paper, unless a person released it by one of its children."""
    if not effect.guarded or set(effect.children) & set(release):
        return None
    hits = scan.hits(text, effect.children, effect.may_name, fixed)
    if not hits:
        return None
    child = effect.child or effect.children[0]
    places = "、".join(dict.fromkeys(f"{hit.part}里有别的孩子或其监护人的{hit.kind}" for hit in hits))
    values = "、".join(scan.places(effect.context, effect.children, effect.may_name, fixed))
    advice = f"请检查{values or '评语等内容'}；确认无误可用 --release {child} 放行"
    return Blocked(child, "D802", f"{effect.title}没有写出：{places}。{advice}。")


def _not_for(effect: WriteDocument, tag: str) -> str:
    return f"模板里用了“{tag}”，{effect.title}是给{effect.audience}的，不能出现这一列。请从模板里删掉这个标签。"
