"""How text from real workbooks is made comparable: blanks, full-width characters, dots, control characters.

Every function is pure and works on one value; what it changes is told as C115 or C116.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date, datetime

from xl_liushou.core.rawsheet import CellValue

_INVISIBLE = r"\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\t"
_WIDE_CHARACTERS = r"\uff10-\uff19\uff21-\uff3a\uff41-\uff5a"
_SIGNS = r"=+\-@＝＋－＠"

BETWEEN = "\x00"
"""Stands between the texts of a column when all are searched at once; no cell can hold it (XML 1.0)."""

SUSPECT = rf"(?:\A|\x00)[\s{_SIGNS}]|\s(?:\Z|\x00)|[{_INVISIBLE}{_WIDE_CHARACTERS}]"
"""What a text must hold to need a closer look; most texts do not, and are taken as they are."""
_EDGES = (*(f"{BETWEEN}{sign}" for sign in " =+-@＝＋－＠"), f" {BETWEEN}")
_WIDE_CHARACTER = re.compile(f"[{_WIDE_CHARACTERS}]")
_SUSPECT = re.compile(SUSPECT)
DOTS = r"[•‧．・∙⋅·]"

_CONTROL = re.compile(rf"[\x00{_INVISIBLE}]")
_WIDE = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
_DOTS = re.compile(rf"\s*{DOTS}\s*")
_GAP = re.compile(r"(?<![A-Za-z.])\s+|\s+(?![A-Za-z])")
_FORMULA = re.compile(rf"^[\s\x00{_INVISIBLE}]*[{_SIGNS}]")
_PLUS_86 = re.compile(r"^\s*\+\s*86[\s\-]*1[3-9]")


def nothing_suspect(texts: Sequence[str]) -> bool:
    """Whether no text holds what SUSPECT finds; several times quicker than it where, as usual, all can be printed."""
    joined = "".join(texts)
    between = BETWEEN.join(("", *texts, ""))
    if not joined.isprintable():
        return not _SUSPECT.search(between)
    has_edge = any(edge in between for edge in _EDGES)
    return not has_edge and (joined.isascii() or not _WIDE_CHARACTER.search(joined))


def as_text(raw: CellValue) -> str:
    """The text of a cell as a person sees it: 12.0 → "12", a date → ISO."""
    if isinstance(raw, str):
        return raw
    if isinstance(raw, bool):
        return "TRUE" if raw else "FALSE"
    if isinstance(raw, float) and raw.is_integer():
        return str(int(raw))
    if isinstance(raw, datetime) and not (raw.hour or raw.minute or raw.second):
        return raw.date().isoformat()
    return raw.isoformat() if isinstance(raw, date) else str(raw)


def without_controls(text: str) -> str:
    """Text without control characters and invisible marks; line breaks stay."""
    return _CONTROL.sub("", text)


def narrow(text: str) -> str:
    """Full-width digits and letters made half-width, blanks around taken off."""
    return text.translate(_WIDE).strip()


def folded(text: str) -> str:
    """Text in its compatibility form (NFKC) without any blanks: for numbers, dates and titles."""
    joined = "".join(unicodedata.normalize("NFKC", text).split())
    return unicodedata.normalize("NFKC", joined)  # taking blanks out may join a letter and its accent


def tidy_name(text: str) -> str:
    """A person's name: no blanks but between Latin words, `·` (U+00B7) as its dot."""
    return _DOTS.sub("·", _GAP.sub("", " ".join(text.split())))


def looks_like_formula(text: str) -> bool:
    """Whether a spreadsheet might run the text (C113); a lone dash and +86 phones are harmless."""
    return bool(_FORMULA.match(text)) and text.strip() not in {"-", "－"} and not _PLUS_86.match(text)
