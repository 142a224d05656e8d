"""A copy of a template with a Word comment at every fault."""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Iterable
from typing import Any, Final

from xl_liushou.core.template import TemplateFault

_AUTHOR: Final = "关爱台账"
_INITIALS: Final = "检"


def annotated(data: bytes, faults: Iterable[TemplateFault]) -> bytes:
    """The template with the faults as comments; what is not in the body is told at the body's first paragraph."""
    from docx import Document
    from docx.oxml.ns import qn
    from docx.text.paragraph import Paragraph

    document: Any = Document(io.BytesIO(data))
    body = list(document.element.body.iter(qn("w:p"))) or [document.add_paragraph()._p]
    told: dict[int, list[str]] = defaultdict(list)
    for fault in faults:
        place = "" if fault.paragraph else f"{fault.where}："
        told[max(fault.paragraph, 1)].append(f"{place}{fault.tag} {fault.message}{fault.suggestion}".strip())
    for number, texts in sorted(told.items()):
        paragraph = Paragraph(body[number - 1], document._body)
        runs = paragraph.runs or [paragraph.add_run()]
        comment = document.add_comment(runs, text="\n".join(texts), author=_AUTHOR, initials=_INITIALS)
        _drop_missing_styles(paragraph._p, comment._comment_elm)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _drop_missing_styles(*elements: Any) -> None:
    """Takes out the names of styles for comments, which only files from Word have (python-docx writes them)."""
    from docx.oxml.ns import qn

    for element in elements:
        for style in [*element.iter(qn("w:rStyle"), qn("w:pStyle"))]:
            if style.get(qn("w:val")) in ("CommentReference", "CommentText"):
                style.getparent().remove(style)
