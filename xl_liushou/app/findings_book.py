"""The findings as a workbook of their own, whose places lead back to the cells."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final

from xl_liushou.adapters.saving import write_paper
from xl_liushou.app.journal import Journal
from xl_liushou.build.findings_book import findings_workbook
from xl_liushou.core.run import FILE, Effect, bytes_digest
from xl_liushou.documents.audience import chinese_date
from xl_liushou.routines.findings_list import findings_lists
from xl_liushou.schema.results import CheckResults

_UNSAFE: Final = re.compile(r"""[%"<>\[\]`^{} #?]""")
"""What may not stand in a relationship's target as it is; Excel leaves Chinese there as it is."""


def write_findings(journal: Journal, book: Path, folder: Path, result: Mapping[str, Any]) -> dict[str, Any]:
    """Writes the workbook into a folder; `result` is what `check` found. Returns what the result says of it."""
    school = journal.opened.school
    data = findings_workbook(
        findings_lists(school, result["findings"]),
        str(school.settings["学校名称"] or ""),
        chinese_date(date.fromisoformat(result["as_of"])),
        _way(folder.absolute(), book.absolute()),
    )
    path = write_paper(folder, f"{CheckResults.title}.xlsx", data)
    journal.effects.append(Effect(FILE, bytes_digest(data), applied=True))
    return {"folder": str(folder.absolute()), "files": [str(path.absolute())]}


def _way(folder: Path, book: Path) -> str:
    """The way from a folder to a workbook as Excel writes it in a link; on another drive of Windows the whole path."""
    try:
        return _UNSAFE.sub(lambda found: f"%{ord(found[0]):02X}", Path(os.path.relpath(book, folder)).as_posix())
    except ValueError:
        return book.as_uri()
