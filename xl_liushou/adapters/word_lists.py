"""Numbered lists that begin anew with each paper of a file."""

from __future__ import annotations

import copy
from dataclasses import dataclass
from typing import Any, Final

from lxml import etree

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LEVELS: Final = 9
_BEFORE_LISTS: Final = {f"{_W}{name}" for name in ("pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr")} | {
    f"{_W}widowControl"
}
"""What stands before w:numPr in a paragraph's properties."""
_AFTER_INDENT: Final = {
    f"{_W}{name}"
    for name in (
        *("contextualSpacing", "mirrorIndents", "suppressOverlap", "jc", "textDirection", "textAlignment"),
        *("textboxTightWrap", "outlineLvl", "divId", "cnfStyle", "rPr", "sectPr", "pPrChange"),
    )
}


@dataclass(frozen=True, slots=True)
class _StyleList:
    """The list that a paragraph style brings, and the indent that the style itself sets over the list's."""

    number: str
    level: str
    indent: Any


class Lists:
    """The lists of a template, from its numbering and style parts (None without): one more of each for each paper."""

    def __init__(self, numbering: Any, styles: Any) -> None:
        self.numbering = numbering
        self._nums = {} if numbering is None else {one.get(f"{_W}numId"): one for one in numbering.iterfind(f"{_W}num")}
        self._starts = {} if numbering is None else _starts(numbering)
        self._by_style = {} if styles is None or numbering is None else _style_lists(styles)
        self._next = max((int(one) for one in self._nums), default=0) + 1
        self._made: dict[tuple[int, str], str] = {}

    def restart(self, root: Any, paper: int) -> None:
        """Points the lists of a part at ones that begin anew for this paper."""
        if not self._nums:
            return
        for paragraph in root.iter(f"{_W}p") if self._by_style else ():
            self._name_list(paragraph)
        for element in root.iterfind(f".//{_W}numPr/{_W}numId"):
            old = element.get(f"{_W}val")
            if old in self._nums:
                element.set(f"{_W}val", self._own(paper, old))

    def _own(self, paper: int, old: str) -> str:
        if (paper, old) not in self._made:
            made = copy.deepcopy(self._nums[old])
            made.set(f"{_W}numId", str(self._next))
            abstract = made.find(f"{_W}abstractNumId").get(f"{_W}val")
            for level in range(_LEVELS):
                _begin(made, level, self._starts.get((abstract, level), "1"))
            last = next(one for one in reversed(self.numbering) if one.tag == f"{_W}num")
            last.addnext(made)
            self._made[paper, old] = str(self._next)
            self._next += 1
        return self._made[paper, old]

    def _name_list(self, paragraph: Any) -> None:
        """Names the list that a paragraph has by its style, so that it can be another one."""
        properties = paragraph.find(f"{_W}pPr")
        style = None if properties is None else properties.find(f"{_W}pStyle")
        brought = None if style is None else self._by_style.get(style.get(f"{_W}val"))
        if brought is None or properties.find(f"{_W}numPr") is not None:
            return
        named = etree.Element(f"{_W}numPr")
        etree.SubElement(named, f"{_W}ilvl").set(f"{_W}val", brought.level)
        etree.SubElement(named, f"{_W}numId").set(f"{_W}val", brought.number)
        properties.insert(sum(child.tag in _BEFORE_LISTS for child in properties), named)
        if brought.indent is not None and properties.find(f"{_W}ind") is None:
            after = next((one for one in properties if one.tag in _AFTER_INDENT), None)
            place = len(properties) if after is None else properties.index(after)
            properties.insert(place, copy.deepcopy(brought.indent))


def _starts(numbering: Any) -> dict[tuple[str, int], str]:
    """With what number each level of each kind of list begins."""
    return {
        (kind.get(f"{_W}abstractNumId"), int(level.get(f"{_W}ilvl"))): start.get(f"{_W}val")
        for kind in numbering.iterfind(f"{_W}abstractNum")
        for level in kind.iterfind(f"{_W}lvl")
        if (start := level.find(f"{_W}start")) is not None
    }


def _begin(num: Any, level: int, start: str) -> None:
    """Lets a level of a list begin anew; where the list says itself with what, it stays so."""
    found = next((one for one in num.iterfind(f"{_W}lvlOverride") if one.get(f"{_W}ilvl") == str(level)), None)
    if found is None:
        found = etree.SubElement(num, f"{_W}lvlOverride")
        found.set(f"{_W}ilvl", str(level))
    if found.find(f"{_W}startOverride") is None:
        own = found.find(f"{_W}lvl/{_W}start")
        begin = etree.Element(f"{_W}startOverride")
        begin.set(f"{_W}val", start if own is None else own.get(f"{_W}val", start))
        found.insert(0, begin)


def _style_lists(styles: Any) -> dict[str, _StyleList]:
    by_id = {style.get(f"{_W}styleId"): style for style in styles.iterfind(f"{_W}style")}
    found = {id_: _style_list(by_id, id_) for id_ in by_id}
    return {id_: brought for id_, brought in found.items() if brought}


def _style_list(by_id: dict[str, Any], id_: str) -> _StyleList | None:
    """The list of a style or of those that it is based on; an indent below the list counts, one above does not."""
    indent, seen = None, set[str]()
    while id_ in by_id and id_ not in seen:
        seen.add(id_)
        style = by_id[id_]
        indent = style.find(f"{_W}pPr/{_W}ind") if indent is None else indent
        number = style.find(f"{_W}pPr/{_W}numPr/{_W}numId")
        if number is not None:
            level = style.find(f"{_W}pPr/{_W}numPr/{_W}ilvl")
            return _StyleList(number.get(f"{_W}val"), "0" if level is None else level.get(f"{_W}val"), indent)
        based = style.find(f"{_W}basedOn")
        id_ = "" if based is None else based.get(f"{_W}val")
    return None
