"""The tags in a template's text, each read on its own, so that one broken tag hides no other."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from jinja2 import Environment, TemplateError, nodes

TAG: Final = re.compile(r"\{\{(?:(?!\{\{|\{%|\}\}).)*\}\}|\{%(?:(?!\{\{|\{%|%\}).)*%\}|\{#.*?#\}", re.DOTALL)
MAX_TAG: Final = 2_000
"""Characters of one tag."""

Form = Literal["print", "for", "if", "elif", "else", "endfor", "endif", "cell", "comment", "other"]

_PREFIX: Final = re.compile(r"^(?:tr|tc|p|r) ")
_WORD: Final = re.compile(r"[^\s(|]*")
_STRAIGHT: Final = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'"})
_QUOTES: Final = frozenset("“”‘’")
_FORMS: Final[dict[str, Form]] = {
    "for": "for", "if": "if", "elif": "elif", "else": "else", "endfor": "endfor", "endif": "endif",
    "colspan": "cell", "cellbg": "cell", "vm": "cell", "hm": "cell",
}  # fmt: skip
_SOURCES: Final[dict[Form, str]] = {
    "print": "{{{{ {0} }}}}", "for": "{{% {0} %}}{{% endfor %}}", "if": "{{% {0} %}}{{% endif %}}",
    "elif": "{{% if 1 %}}{{% {0} %}}{{% endif %}}", "else": "{{% if 1 %}}{{% {0} %}}{{% endif %}}",
    "endif": "{{% if 1 %}}{{% {0} %}}", "endfor": "{{% for 项 in 项们 %}}{{% {0} %}}", "other": "{{% {0} %}}",
}  # fmt: skip
_JINJA: Final = Environment(autoescape=True)


@dataclass(frozen=True, slots=True)
class Tag:
    """One tag as it is written, from `start` to `end` in its paragraph."""

    raw: str
    start: int
    end: int
    form: Form
    prefix: str
    body: str

    @property
    def word(self) -> str:
        """The first word of the tag: for, if, endfor …"""
        found = _WORD.match(self.body)
        return found[0] if found else ""

    @property
    def has_curly_quotes(self) -> bool:
        """Whether Chinese quotes stand in the tag; docxtpl takes them for straight ones."""
        return self.form != "comment" and not _QUOTES.isdisjoint(self.raw)


def tags_in(text: str) -> Iterator[Tag]:
    """The whole tags of one paragraph."""
    return (_tag(found) for found in TAG.finditer(text))


def tree_of(tag: Tag) -> nodes.Template | None:
    """What Jinja makes of the tag alone (of a loop or a condition with an end set to it); None where it cannot."""
    if tag.form in ("comment", "cell") and not _expression(tag):
        return nodes.Template([])
    form: Form = "print" if tag.form == "cell" else tag.form
    body = _expression(tag) if tag.form == "cell" else tag.body
    return _parsed(_SOURCES[form].format(body)) if len(tag.raw) <= MAX_TAG else None


def mended(tag: Tag) -> str:
    """The tag with half-width signs in place of full-width ones, where Jinja then understands it; else ""."""
    raw = halved(tag.raw)
    found = TAG.fullmatch(raw)
    return raw if raw != tag.raw and found and tree_of(_tag(found)) is not None else ""


def halved(text: str) -> str:
    """Text with half-width signs and straight quotes."""
    return unicodedata.normalize("NFKC", text.translate(_STRAIGHT).replace("。", "."))


def _parsed(source: str) -> nodes.Template | None:
    try:
        return _JINJA.parse(source)
    except (TemplateError, RecursionError, ValueError, OverflowError, MemoryError):
        return None


def _tag(found: re.Match[str]) -> Tag:
    raw, inner = found[0], found[0][2:-2]
    prefixed = _PREFIX.match(inner)
    prefix = prefixed[0].strip() if prefixed else ""
    body = inner[len(prefix) :].strip().strip("-+").strip().translate(_STRAIGHT)
    first = _WORD.match(body)
    form: Form = "other"
    if raw[1] == "#":
        form = "comment"
    elif raw[1] == "{":
        form = "print"
    elif first:
        form = _FORMS.get(first[0], "other")
    return Tag(raw, found.start(), found.end(), form, prefix, body)


def _expression(tag: Tag) -> str:
    """What stands after colspan or cellbg; "" after vm and hm."""
    return tag.body[len(tag.word) :].strip() if tag.word in ("colspan", "cellbg") else ""
