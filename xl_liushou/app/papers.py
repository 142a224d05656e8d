"""Applying the papers of a plan: render, judge, then write or withhold."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from xl_liushou.app.filenames import paper_name, safe_name
from xl_liushou.core.plan import Blocked, Plan, WriteDocument
from xl_liushou.core.progress import Progress, no_progress
from xl_liushou.core.run import FILE, Effect, bytes_digest
from xl_liushou.documents.audience import hidden_titles
from xl_liushou.documents.kindness import PHRASES
from xl_liushou.documents.leaks import FixedWords, LeakScan
from xl_liushou.documents.people import readers_told
from xl_liushou.schema.school import School

if TYPE_CHECKING:
    from xl_liushou.adapters.word import Rendered, WordTemplate


@dataclass(frozen=True, slots=True)
class Destination:
    """Where papers go and how they are named; `release` are children whose papers a person has let pass."""

    folder: Path
    pattern: str = ""
    release: Collection[str] = ()


@dataclass(slots=True)
class PapersMade:
    """The files that were written, as results and as effects to remember, and the papers that were withheld."""

    files: list[dict[str, Any]] = field(default_factory=list)
    effects: list[Effect] = field(default_factory=list)
    blocked: list[Blocked] = field(default_factory=list)


def apply_papers(plan: Plan, school: School, to: Destination, progress: Progress = no_progress) -> PapersMade:
    """Writes the papers of a plan, each only after it was judged."""
    from xl_liushou.adapters.saving import write_paper

    made = PapersMade(blocked=list(plan.blocked))
    for number, (effect, rendered, leak) in enumerate(judged_papers(plan, school, to.release), 1):
        if leak or isinstance(rendered, Blocked):
            made.blocked.append(leak or cast(Blocked, rendered))
        else:
            path = write_paper(to.folder, paper_name(effect, to.pattern), rendered.data)
            made.files.append(_file(effect, path))
            told = readers_told(school, effect.children, effect.recipients)
            made.effects.append(Effect(FILE, bytes_digest(rendered.data), "", told, effect.children, applied=True))
        progress(number, len(plan.effects))
    return made


def judged_papers(
    plan: Plan, school: School, release: Collection[str]
) -> Iterator[tuple[WriteDocument, Rendered | Blocked, Blocked | None]]:
    """Each paper of a plan in memory, or D801; and D802 where it shows another child."""
    from xl_liushou.adapters.resources import resource
    from xl_liushou.adapters.word import WordTemplate

    scan = LeakScan(school)
    names = dict.fromkeys((effect.document, effect.title) for effect in plan.effects)
    sources = {name: (title, resource("doc_templates", f"{name}.docx")) for name, title in names}
    templates = {name: WordTemplate(title, data) for name, (title, data) in sources.items()}
    fixed = {name: _fixed_words(school, data) for name, (_, data) in sources.items()}
    for effect in plan.effects:
        rendered = _rendered(templates[effect.document], effect)
        leak = None
        if not isinstance(rendered, Blocked):
            leak = _leak(effect, rendered.text, scan, fixed[effect.document], release)
        yield effect, rendered, leak


def _rendered(template: WordTemplate, effect: WriteDocument) -> Rendered | Blocked:
    """The paper in memory, or D801 where its template uses a column that its audience may not see."""
    from xl_liushou.adapters.word import UndefinedTag

    try:
        return template.render(effect.context)
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


def _fixed_words(school: School, template: bytes) -> FixedWords:
    """What a template says between its tags, what the program says to families, and how the school is called."""
    from xl_liushou.adapters.word import texts

    names = (str(school.settings[item]) for item in ("学校名称", "落款单位", "学年", "学期"))
    return FixedWords((*texts(template).values(), *PHRASES, *names))


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


def _file(effect: WriteDocument, path: Path) -> dict[str, Any]:
    return {
        "path": str(path.absolute()),
        "child": effect.child,
        "children": list(effect.children),
        "family": effect.family,
        "recipients": list(effect.recipients),
    }
