"""A PDF beside each paper that was written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from xl_liushou.adapters.disk import reason
from xl_liushou.adapters.state import TEMPORARY, state_folder, work_folder
from xl_liushou.app.journal import Journal, WritingJournal
from xl_liushou.core.errors import LiushouError, PdfNotMade
from xl_liushou.core.progress import Progress, no_progress
from xl_liushou.core.run import FILE, Effect, bytes_digest


@dataclass(slots=True)
class Pdfs:
    """What came of making PDFs: effects to remember, notes for people, and what kept some from being made."""

    effects: list[Effect] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    problem: LiushouError | None = None


def add_pdfs(files: Sequence[dict[str, Any]], journal: Journal, progress: Progress = no_progress) -> Pdfs:
    """Makes the PDFs and names each beside its paper in the results: `pdf`, null where none came of it."""
    made = Pdfs()
    for file in files:
        file["pdf"] = None
    try:
        _make(files, journal, progress, made)
    except LiushouError as problem:
        made.problem = problem
    except OSError as problem:
        made.problem = PdfNotMade(f"PDF 没有做完（{reason(problem)}），Word 文书已经写好。请检查磁盘和文件夹后再试。")
    return made


def _make(files: Sequence[dict[str, Any]], journal: Journal, progress: Progress, made: Pdfs) -> None:
    from xl_liushou.adapters.fonts import missing_fonts
    from xl_liushou.adapters.pdf_maker import pdfs
    from xl_liushou.adapters.saving import write_paper

    by_path = {Path(file["path"]): file for file in files}
    if not by_path:
        return
    with _work(journal, next(iter(by_path)).parent) as work:
        for number, (paper, data) in enumerate(pdfs(list(by_path), work), 1):
            if data:
                by_path[paper]["pdf"] = str(write_paper(paper.parent, f"{paper.stem}.pdf", data).absolute())
                effect = Effect(FILE, bytes_digest(data), children=by_path[paper]["children"], applied=True)
                made.effects.append(effect)
            progress(number, len(by_path))
    if lacking := [paper.name for paper in by_path if not by_path[paper]["pdf"]]:
        made.problem = PdfNotMade(
            f"{len(lacking)} 份没有转成 PDF，Word 文书已经写好：{'、'.join(lacking[:3])}"
            f"{'等' if len(lacking) > 3 else ''}。请在 Word 里打开看看，再试一次。"
        )
    if fonts := missing_fonts(by_path):
        made.notes.append(
            f"这台电脑没有装这些字体：{'、'.join(fonts)}。PDF 里用相近的字体代替，分行和分页可能与 Word 里不同。"
        )


@contextmanager
def _work(journal: Journal, folder: Path) -> Iterator[Path]:
    """A folder in `.liushou`; where that beside the workbook cannot be written, in one beside the papers."""
    state = journal.state.folder if isinstance(journal, WritingJournal) else state_folder(folder)
    with work_folder(state / f"{TEMPORARY}{journal.run.id}-pdf") as work:
        yield work
