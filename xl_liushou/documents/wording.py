"""Small words of official papers: numbers of headings, amounts, spans of days, lists that stay short."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from xl_liushou.documents.audience import chinese_date

NOTHING: Final = "—"
UNSETTLED: Final = "未定"
_ENDINGS: Final = "。！？；：…”’.!?;:"
_DIGITS: Final = "一二三四五六七八九"


def chinese_number(number: int) -> str:
    """1 → 一, 10 → 十, 12 → 十二, 40 → 四十; up to 99, beyond that in digits."""
    if not 1 <= number <= 99:
        return str(number)
    tens, ones = divmod(number, 10)
    ten = "" if not tens else "十" if tens == 1 else f"{_DIGITS[tens - 1]}十"
    return ten + (_DIGITS[ones - 1] if ones else "")


def numbered(sections: Iterable[tuple[str, object]]) -> dict[str, str]:
    """一, 二, 三 … for the sections that have something to say, by name; "" for the others."""
    found: dict[str, str] = {}
    for name, content in sections:
        found[name] = chinese_number(1 + sum(map(bool, found.values()))) if content else ""
    return found


def paragraphs(text: str) -> list[str]:
    """The lines of a cell that say something, without blanks around them."""
    return [line for part in text.splitlines() if (line := part.strip())]


def sentence(text: str) -> str:
    """The text with a full stop where it ends without any; a comma at its end gives way to it."""
    line = text.rstrip("，、,")
    return line if not line or line[-1] in _ENDINGS else f"{line}。"


def amount(number: float | None) -> str:
    """A number as printed: 3000, 12.5, — for none."""
    return NOTHING if number is None else f"{number:.2f}".rstrip("0").rstrip(".")


def percent(part: float, whole: float) -> str:
    """A rate in per cent: 100%, 91.7%, — of nothing. Less than all is never called 100%."""
    if not whole:
        return NOTHING
    tenths = round(1000 * part / whole)
    if part < whole:
        tenths = min(tenths, 999)
    return f"{amount(tenths / 10)}%"


def day_of_year(day: date | None, today: date) -> str:
    """A day in a narrow column: the year only where it is not this year's; — for none."""
    return chinese_date(day).removeprefix(f"{today.year}年") or NOTHING


def span(first: date | None, last: date | None) -> str:
    """2026年9月1日至9月30日, the year once; one day where both are the same or only one is known."""
    start, end = chinese_date(first), chinese_date(last)
    if not first or not last or first == last:
        return start or end
    return f"{start}至{end.removeprefix(f'{first.year}年')}"


def span_of(days: Iterable[date | None]) -> str:
    """From the first to the last of some days; 未定 for none."""
    known = [day for day in days if day]
    return span(min(known), max(known)) if known else UNSETTLED


def distinct(values: Iterable[str]) -> list[str]:
    """The values that say something, each once, in their order."""
    return list(dict.fromkeys(value for value in values if value))


def few(values: Sequence[str], otherwise: str, most: int = 3) -> str:
    """The values joined by 、 if they are few, else a word for all of them; 未定 for none."""
    return ("、".join(values) if len(values) <= most else otherwise) or UNSETTLED
