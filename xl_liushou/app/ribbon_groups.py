"""The groups and buttons of the ribbon, from its one declaration."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lxml import etree

from xl_liushou.adapters.resources import resource

_NAME = "{http://schemas.microsoft.com/office/2009/07/customui}"
_WITHOUT_ROWS = frozenset({"log-talk", "log-call"})
"""Buttons that need rows to be selected, which a closed workbook has not."""


def ribbon_groups() -> Iterator[tuple[str, Sequence[tuple[str, str, str]]]]:
    """Each group's label, and the id, the label and the hint of its buttons, those in menus among them."""
    for group in etree.fromstring(resource("macros", "customUI14.xml")).iter(f"{_NAME}group"):
        buttons = [
            (button.get("id", ""), button.get("label", ""), _hint(button))
            for button in group.iter(f"{_NAME}button")
            if button.get("id") not in _WITHOUT_ROWS
        ]
        yield group.get("label", ""), buttons


def _hint(button: etree._Element) -> str:
    return "。".join(words for words in (button.get("screentip", ""), button.get("supertip", "")) if words)
