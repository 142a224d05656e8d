"""The tags of each paper, found by making all papers of the invented school in memory."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from xl_liushou.app.photos import Photos
from xl_liushou.core.drawing import Photo, Picture
from xl_liushou.core.plan import WriteDocument
from xl_liushou.core.template import Contract, Tags
from xl_liushou.documents.catalogue import PAPERS, TEMPLATES, Paper
from xl_liushou.documents.festivals import asked
from xl_liushou.documents.options import PaperOptions
from xl_liushou.documents.tags import contract, tags_of
from xl_liushou.schema.lists import YES
from xl_liushou.schema.school import School
from xl_liushou.schema.sheets import Contacts, TermFiles

_DAY: Final = date(2026, 11, 23)
"""A school day in the middle of a term: all papers have something to tell, and the examples stay the same."""
_FEW: Final = 200
"""So many contacts of last term."""
_FESTIVAL: Final = "春节"
"""A festival of the moon, which has all that a festival puts on the stationery."""


_DOT: Final = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR42mP4DwABAQEAHLCMmQAAAABJRU5ErkJggg=="
)
"""A picture of one dot, in place of any photo."""


class _Dots:
    def picture(self, photo: Photo) -> Picture:
        """A dot of the size of the photo."""
        return Picture(_DOT, photo.width, photo.height, photo.words)


_PHOTOS: Final = Photos(_Dots())


@dataclass(frozen=True, slots=True)
class Sample:
    """What a template is made for: its tags, and contexts as the paper's maker builds them for leaders."""

    tags: Tags
    contract: Contract
    contexts: Sequence[Mapping[str, Any]]


def sample_of(names: Sequence[str]) -> Mapping[str, Sample]:
    """The samples of some templates; the invented school is made once."""
    school = _school()
    return {name: _sample(school, name) for name in names}


def _sample(school: School, name: str) -> Sample:
    paper = next(paper for paper in PAPERS.values() if name in (paper.name, *(one.name for one in paper.companions)))
    usual = [*_contexts(school, paper, name, leaders=False)]
    for_leaders = [*_contexts(school, paper, name, leaders=True)]
    tags = tags_of(usual, for_leaders)
    return Sample(tags, contract(tags, TEMPLATES[name].audience), for_leaders)


def _contexts(school: School, paper: Paper, name: str, leaders: bool) -> Iterator[Mapping[str, Any]]:
    children = list(school.active_children)
    for by_class, festival in ((False, None), (True, asked(_FESTIVAL, _DAY))):
        made = paper.make(school, _DAY, children, PaperOptions(leaders, by_class=by_class, festival=festival))
        for one in made:
            if isinstance(one, WriteDocument) and one.document == name:
                yield _PHOTOS.shown(one.context)


def _school() -> School:
    """The invented school with what the demo does not show: one case to report, and files and contacts of last term."""
    from xl_liushou.app.opening import school_in
    from xl_liushou.build.demo import demo_school
    from xl_liushou.build.demo_calendar import calendar_around
    from xl_liushou.build.master import master_workbook

    demo = demo_school(_DAY)
    contacts, files = demo.rows[Contacts], demo.rows[TermFiles]
    case = {**contacts[-1], Contacts.contact_id.name: "L9999", Contacts.must_report.name: YES}
    last = calendar_around(_DAY).last
    earlier = [
        {**one, Contacts.contact_id.name: f"L8{number:03}", Contacts.day.name: last.starts_on}
        for number, one in enumerate(contacts[:_FEW])
    ]
    rows = {
        **demo.rows,
        Contacts: [*earlier, *contacts, case],
        TermFiles: [*({**one, TermFiles.term.name: last.name} for one in files), *files],
    }
    return school_in(master_workbook(rows, demo.settings), "演示.xlsx")
