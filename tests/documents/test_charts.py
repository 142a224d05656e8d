"""Charts of shares: what is drawn, what is left out, and what a whole per cent may say."""

from __future__ import annotations

import pytest

from xl_liushou.documents.charts import bars, columns, share_rate, whole_percent
from xl_liushou.figures.shares import Share


@pytest.mark.parametrize(
    ("rate", "shown"),
    [(None, None), (0, 0), (0.001, 0.01), (0.5, 0.5), (0.667, 0.67), (0.999, 0.99), (1, 1), (1.25, 1.25)],
)
def test_less_than_all_is_never_all_and_a_little_never_nothing(rate: float | None, shown: float | None) -> None:
    assert whole_percent(rate) == shown


def test_a_share_of_nothing_has_no_rate() -> None:
    assert share_rate(Share(0, 0)) is None
    assert share_rate(Share(1, 3)) == 0.33


def test_nothing_to_show_is_no_chart() -> None:
    assert columns("", [], {"谈心": []}) == []
    assert columns("", ["9月"], {"谈心": [None], "通话": [0]}) == []
    assert bars("", ["甲", "乙"], {"谈心": [None, 0]}) == []
    assert bars("", ["甲"], {"谈心": [1]}) == []


def test_a_category_without_a_value_has_no_bar() -> None:
    (chart,) = bars("", ["甲", "乙", "丙"], {"谈心": [0.5, None, 0]})
    assert (chart.categories, chart.series[0].values) == (("甲", "丙"), (0.5, 0))


def test_columns_lie_down_where_they_are_too_many_to_stand() -> None:
    months = [f"{month}月" for month in range(1, 13)]
    kinds = [columns("", months[:count], {"谈心": [1] * count, "通话": [1] * count})[0].kind for count in (6, 7)]
    assert kinds == ["column", "bar"]


def test_who_cannot_see_a_chart_is_told_its_figures() -> None:
    (chart,) = columns("各月覆盖率", ["9月", "10月"], {"谈心": [1, 0.5], "通话": [None, 0.25]})
    assert chart.words == "各月覆盖率：9月谈心100%，10月谈心50%，10月通话25%。"
