"""What `write` would make: each paper rendered and judged in memory, and the first one's first page as a picture."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

from xl_liushou.adapters.disk import reason
from xl_liushou.adapters.state import locked, work_folder
from xl_liushou.app.filenames import paper_name
from xl_liushou.app.paper_files import about, joined
from xl_liushou.app.papers import Destination, Sources, judged
from xl_liushou.core.errors import LiushouError, NoPdfProgram
from xl_liushou.core.plan import Blocked, Plan, WriteDocument
from xl_liushou.core.progress import Progress
from xl_liushou.routines.send_log import recipients_named
from xl_liushou.schema.school import School

MARK: Final = "预览"


def preview(plan: Plan, school: School, sources: Sources, to: Destination, progress: Progress) -> dict[str, Any]:
    """What would be written and withheld, with `notes`; on the disk only the picture, where papers go."""
    passed, blocked, page = list[WriteDocument](), list(plan.blocked), b""
    for number, (effect, rendered, leak) in enumerate(judged(plan, school, to.release, sources), 1):
        if leak:
            blocked.append(leak)
        elif isinstance(rendered, Blocked):
            blocked.append(rendered)
        else:
            page = page or rendered.data
            passed.append(effect)
        progress(number, len(plan.effects))
    papers = list(_named(passed, to, school))
    picture, notes = (
        _picture(page, f"{MARK}-{Path(papers[0]['file']).stem}.png", to.folder, sources.templates.book)
        if page
        else (None, [])
    )
    return {"papers": papers, "preview": picture, "blocked": blocked, "notes": [*sources.photos.notes, *notes]}


def _named(passed: Iterable[WriteDocument], to: Destination, school: School) -> Iterator[dict[str, Any]]:
    """Each paper with the file it would lie in and the people it is for."""
    by_document: dict[str, list[WriteDocument]] = {}
    for one in passed:
        by_document.setdefault(one.document, []).append(one)
    wholes = {document: paper_name(joined(papers), to.pattern) for document, papers in by_document.items()}
    taken = Counter[str]()
    for one in passed:
        file = Path(wholes[one.document] if to.one_file else paper_name(one, to.pattern))
        taken[file.name] += not to.one_file
        yield {
            "file": file.name if taken[file.name] <= 1 else f"{file.stem}-{taken[file.name]}{file.suffix}",
            "title": one.title,
            "class": one.class_name,
            **about(one),
            "for": recipients_named(school, one.children, one.recipients),
        }


def _picture(paper: bytes, name: str, folder: Path, book: Path) -> tuple[str | None, list[str]]:
    """The first page as a picture: where it lies, and what to say about it."""
    from xl_liushou.adapters.pdf_maker import picture
    from xl_liushou.adapters.saving import write_paper

    try:
        with locked(book.absolute().parent) as state, work_folder(state.temporary("preview")) as work:
            page = picture(paper, work)
        if page:
            path = write_paper(folder, name, page).absolute()
            return str(path), ["预览图里有孩子的信息，看完请把它删掉。"]
    except NoPdfProgram:
        return None, ["没有预览图：电脑上装了 LibreOffice（免费）才能画。"]
    except LiushouError as problem:
        return None, [f"没有预览图：{problem.message}"]
    except OSError as problem:
        return None, [f"没有预览图（{reason(problem)}）。"]
    return None, ["没有预览图：LibreOffice 没有画出这一页。"]
