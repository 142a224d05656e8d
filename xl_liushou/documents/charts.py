"""Charts of shares for papers: nothing to show gives no chart, many things give several."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, Literal

from xl_liushou.core.drawing import Chart, Series
from xl_liushou.documents.kindness import clipped
from xl_liushou.figures.shares import Share

Values = Sequence[float | None]

_WIDTH: Final = 150.0
_COLUMN_HEIGHT: Final = 62.0
_HEAD, _BAR, _GAP = 20.0, 4.3, 2.4
_MOST_COLUMNS: Final = 12
_MOST_BARS: Final = 26
_LONGEST_NAME: Final = 14
_LONGEST_WORDS: Final = 250


def whole_percent(rate: float | None) -> float | None:
    """A rate in whole per cents; less than all is never called 100%, more than nothing never 0%."""
    if rate is None:
        return None
    rounded = round(rate, 2)
    if rate < 1:
        rounded = min(rounded, 0.99)
    return max(rounded, 0.01) if rate > 0 else rounded


def share_rate(share: Share) -> float | None:
    """A share as a chart shows it, None of nothing."""
    return whole_percent(share.part / share.whole) if share.whole else None


def columns(
    title: str, categories: Sequence[str], series: Mapping[str, Values], *, percent: bool = True
) -> list[Chart]:
    """Columns side by side, for a few short categories such as months; lying bars where there are too many to stand."""
    if not _shows(categories, series):
        return []
    if len(categories) * len(series) > _MOST_COLUMNS:
        return [_chart("bar", title, categories, series, _lying(len(categories), len(series)), percent)]
    return [_chart("column", title, categories, series, _COLUMN_HEIGHT, percent)]


def bars(title: str, categories: Sequence[str], series: Mapping[str, Values]) -> list[Chart]:
    """Lying bars of shares, for classes and names; categories without a value are left out.

    One bar alone says no more than its table and is not drawn; of very many each chart has its part.
    """
    known = [place for place in range(len(categories)) if any(values[place] is not None for values in series.values())]
    if len(known) < 2 or not _shows(categories, series):
        return []
    charts = -(-len(known) * len(series) // _MOST_BARS)
    size = -(-len(known) // charts)
    return [
        _part(title if charts == 1 else f"{title}（{number + 1}）", categories, series, known[number * size :][:size])
        for number in range(charts)
    ]


def _part(title: str, categories: Sequence[str], series: Mapping[str, Values], places: Sequence[int]) -> Chart:
    names = [clipped(categories[place], _LONGEST_NAME) for place in places]
    values = {name: [own[place] for place in places] for name, own in series.items()}
    return _chart("bar", title, names, values, _lying(len(names), len(series)), percent=True)


def _lying(categories: int, series: int) -> float:
    """How high a chart of lying bars is."""
    return _HEAD + categories * (_BAR * series + _GAP)


def _shows(categories: Sequence[str], series: Mapping[str, Values]) -> bool:
    return bool(categories) and any(value for values in series.values() for value in values)


def _chart(
    kind: Literal["column", "bar"], title: str, categories: Sequence[str], series: Mapping[str, Values],
    height: float, percent: bool,
) -> Chart:  # fmt: skip
    rows = tuple(Series(name, tuple(values)) for name, values in series.items())
    return Chart(
        kind, title, tuple(categories), rows, _WIDTH, height, _words(title, categories, rows, percent), percent
    )


def _words(title: str, categories: Sequence[str], series: Sequence[Series], percent: bool) -> str:
    """What a chart shows, for a reader who cannot see it."""
    told = (
        f"{category}{one.name}{format(value, '.0%' if percent else 'g')}"
        for place, category in enumerate(categories)
        for one in series
        if (value := one.values[place]) is not None
    )
    return clipped(f"{title}：{'，'.join(told)}。", _LONGEST_WORDS)
