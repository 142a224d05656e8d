"""Where rendered papers go: each into a file of its own, or all of one kind into one file ready to print."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from xl_liushou.app.filenames import paper_name
from xl_liushou.core.plan import WriteDocument
from xl_liushou.core.run import FILE, Effect, bytes_digest
from xl_liushou.documents.people import readers_told
from xl_liushou.schema.school import School

if TYPE_CHECKING:
    from xl_liushou.adapters.word_join import WordJoin

_ALL: Final = "全部"


@dataclass(slots=True)
class PaperFiles:
    """Writes each paper into a file of its own; `files` are the results, `effects` what is remembered."""

    folder: Path
    pattern: str
    school: School
    files: list[dict[str, Any]] = field(default_factory=list)
    effects: list[Effect] = field(default_factory=list)

    def add(self, effect: WriteDocument, data: bytes) -> None:
        """Takes one paper that may be written."""
        self._write(effect, data, about(effect))

    def close(self) -> None:
        """All papers are there."""

    def _write(self, effect: WriteDocument, data: bytes, told: dict[str, Any]) -> None:
        from xl_liushou.adapters.saving import write_paper

        path = write_paper(self.folder, paper_name(effect, self.pattern), data)
        self.files.append({"path": str(path.absolute()), **told})
        readers = readers_told(self.school, effect.children, effect.recipients)
        self.effects.append(Effect(FILE, bytes_digest(data), "", readers, effect.children, applied=True))


@dataclass(slots=True)
class OneFile(PaperFiles):
    """Joins the papers of each template into one file, in their order."""

    _joins: dict[str, WordJoin] = field(default_factory=dict)
    _papers: dict[str, list[WriteDocument]] = field(default_factory=dict)

    def add(self, effect: WriteDocument, data: bytes) -> None:
        """Takes one paper that may be written."""
        from xl_liushou.adapters.word_join import WordJoin

        self._joins.setdefault(effect.document, WordJoin()).add(data)
        self._papers.setdefault(effect.document, []).append(replace(effect, context={}))

    def close(self) -> None:
        """All papers are there: each file is written."""
        for document, papers in self._papers.items():
            whole = joined(papers)
            told = {**about(whole), "papers": [about(one) for one in papers]}
            self._write(whole, self._joins.pop(document).finish(), told)


def joined(papers: Sequence[WriteDocument]) -> WriteDocument:
    """What a file with all these papers is about, and called: 家长通报信-三年级1班-全部 where all are of one class."""
    classes = {one.class_name for one in papers}
    return replace(
        papers[0],
        class_name=classes.pop() if len(classes) == 1 else "",
        person=_ALL,
        child=None,
        children=tuple(dict.fromkeys(child for one in papers for child in one.children)),
        family=None,
        recipients=tuple(dict.fromkeys(key for one in papers for key in one.recipients)),
    )


def about(effect: WriteDocument) -> dict[str, Any]:
    """Whom a paper is about and for, as results tell it."""
    return {
        "child": effect.child,
        "children": list(effect.children),
        "family": effect.family,
        "recipients": list(effect.recipients),
    }
