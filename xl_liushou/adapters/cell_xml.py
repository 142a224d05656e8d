"""One cell as XML: values with their type, text with its escapes, dates of either date system."""

from __future__ import annotations

import math
import re
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple

from xl_liushou.core.edits import Scalar

MAX_TEXT: Final = 32_767
"""UTF-16 units that a cell holds."""

_FORMULA_START: Final = tuple("=+-@＝＋－＠")
"""What makes a formula of a text once somebody presses F2 and Enter; Excel in Chinese takes full-width signs too."""
_ESCAPED: Final = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_FIRST_1900: Final = date(1899, 12, 31)
_LEAP_BUG: Final = date(1900, 3, 1)
_FIRST_1904: Final = date(1904, 1, 1)
_LAST_EXACT: Final = 2**53


class TextTooLong(ValueError):
    """A text of more than `MAX_TEXT`."""


class Dialect(NamedTuple):
    """How a workbook writes cells: the elements' prefix with its colon, the date system, Strict dates as ISO texts."""

    prefix: bytes
    date1904: bool
    strict: bool


class NewCell(NamedTuple):
    """A cell to be written: its value, or a formula (the text after "="), and the number of its style."""

    value: Scalar
    style: int = 0
    formula: str | None = None
    array: bool = False


def looks_like_formula(value: Scalar) -> bool:
    """Whether Excel would make a formula of this text when it is typed."""
    return isinstance(value, str) and value.startswith(_FORMULA_START)


def cell_xml(dialect: Dialect, reference: str, cell: NewCell, kept: bytes = b"", tail: bytes = b"") -> bytes:
    """The cell as an element; `kept` are further attributes, `tail` what comes after the value.

    Raises TextTooLong, and ValueError for a value that no cell can hold.
    """
    style = b' s="%d"' % cell.style if cell.style else b""
    kind, content = _formula(dialect, reference, cell) if cell.formula is not None else _content(dialect, cell.value)
    content += tail
    first = b'<%sc r="%s"%s%s%s' % (dialect.prefix, reference.encode(), style, kind, kept)
    return first + (b">%s</%sc>" % (content, dialect.prefix) if content else b"/>")


def _formula(dialect: Dialect, reference: str, cell: NewCell) -> tuple[bytes, bytes]:
    array = b' t="array" ref="%s"' % reference.encode() if cell.array else b""
    return b"", b"<%sf%s>%s</%sf>" % (dialect.prefix, array, escape(cell.formula or ""), dialect.prefix)


def _content(dialect: Dialect, value: Scalar) -> tuple[bytes, bytes]:
    """Return the attribute `t` and what stands in the cell."""
    prefix = dialect.prefix
    if value is None or value == "":
        return b"", b""
    if isinstance(value, str):
        return b' t="inlineStr"', inline_text(prefix, value)
    if isinstance(value, date):
        kind, text = _date(dialect, value)
    else:
        kind, text = (b' t="b"', b"%d" % value) if isinstance(value, bool) else (b"", _number(value))
    return kind, b"<%sv>%s</%sv>" % (prefix, text, prefix)


def inline_text(prefix: bytes, text: str) -> bytes:
    """The element `is` of a text; raises TextTooLong, ValueError for half a surrogate pair."""
    if len(text.encode("utf-16-le")) > 2 * MAX_TEXT:
        raise TextTooLong
    space = b' xml:space="preserve"' if text != text.strip() or any(char in text for char in "\n\t") else b""
    return b"<%sis><%st%s>%s</%st></%sis>" % (prefix, prefix, space, escape(_ESCAPED.sub(_code, text)), prefix, prefix)


def _code(hit: re.Match[str]) -> str:
    """The _xHHHH_ form (ECMA-376 part 1, 22.9.2.19, ST_Xstring)."""
    return f"_x{ord(hit[0]):04X}_"


def escape(text: str) -> bytes:
    """The text as it stands between tags."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").encode()


def _number(value: int | float) -> bytes:
    if not math.isfinite(value) or (isinstance(value, int) and abs(value) > _LAST_EXACT):
        raise ValueError(value)
    return repr(value).encode()


def _date(dialect: Dialect, value: date) -> tuple[bytes, bytes]:
    if isinstance(value, datetime) and value.tzinfo is not None:
        raise ValueError(value)
    serial = date_serial(value, dialect.date1904)
    if dialect.strict:
        return b' t="d"', value.isoformat().encode()
    return b"", repr(serial).encode()


def date_serial(value: date, date1904: bool) -> int | float:
    """The number that stands for a date; Excel's 1900 system counts a 29 February 1900 that never was.

    Raises ValueError for a date before the system begins.
    """
    day = value.date() if isinstance(value, datetime) else value
    whole = (day - _FIRST_1904).days if date1904 else (day - _FIRST_1900).days + (day >= _LEAP_BUG)
    if whole < (0 if date1904 else 1):
        raise ValueError(value)
    if not isinstance(value, datetime):
        return whole
    passed = value - datetime(value.year, value.month, value.day)  # noqa: DTZ001  a cell knows no zone
    return whole + passed / timedelta(days=1) if passed else whole
