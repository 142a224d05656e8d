"""styles.xml: formats derived from one that a cell has, and conditional formats.

Nothing is changed but what is added: new entries at the end of cellXfs and dxfs, used again the next time.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Final

from xl_liushou.adapters.cell_xml import looks_like_formula
from xl_liushou.adapters.patch_reasons import refuse
from xl_liushou.adapters.xml_spans import (
    Node,
    OddXml,
    append_splice,
    attribute_splice,
    changed,
    root_of,
    with_attribute,
)
from xl_liushou.core.edits import Scalar, Tone

MAX_FORMATS: Final = 64_000
"""Cell formats of one workbook (Excel's limit is 65,490 in the file, 64,000 as documented)."""
_GENERAL, _DATE, _DATE_TIME = 0, 14, 22
_DATE_IDS: Final = frozenset([*range(14, 18), 22, *range(27, 32), 36, *range(50, 55), 57, 58])
"""Built-in formats that show a day, those of Chinese Excel among them (ECMA-376 part 1, 18.8.30)."""
_TIME_IDS: Final = frozenset([*range(18, 22), *range(32, 36), 45, 46, 47, 55, 56])
_LITERAL: Final = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]|General', re.IGNORECASE)
_BEFORE_DXFS: Final = {"numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles"}


class Styles:
    """The formats of one workbook; `text` is the part, None where the workbook has none."""

    def __init__(self, text: bytes | None) -> None:
        self._text = text
        self._root = root_of(text) if text is not None else None
        self._formats = [node.tag + text[node.opened : node.end] for node in self._list("xf")] if text else []
        self._first_new = len(self._formats)
        self._tones: list[Tone] = []
        self._codes = {
            node.get("numFmtId"): node.get("formatCode")
            for node in (self._root.walk() if self._root else ())
            if node.name == "numFmt" and node.parent and node.parent.parent is self._root
        }

    def _list(self, kind: str) -> list[Node]:
        group = self._group("cellXfs" if kind == "xf" else "dxfs")
        return [node for node in group.children if node.name == kind] if group else []

    def _group(self, name: str) -> Node | None:
        return self._root.child(name) if self._root else None

    def fit(self, base: int, value: Scalar) -> int:
        """Return the format for `value` in a cell of format `base`: itself, or one derived from it.

        A date needs a date's format and a number none; text like a formula needs `quotePrefix`.
        Raises PatchRefused without a styles part or beyond `MAX_FORMATS`.
        """
        if looks_like_formula(value):
            return self._derived(base, quotePrefix="1")
        if isinstance(value, date):
            shown = _DATE_TIME if isinstance(value, datetime) else _DATE
            return base if self._shows(base) == "day" else self._formatted(base, shown)
        if isinstance(value, (int, float)) and not isinstance(value, bool) and self._shows(base):
            return self._formatted(base, _GENERAL)
        return base

    def _formatted(self, base: int, number_format: int) -> int:
        return self._derived(base, numFmtId=str(number_format), applyNumberFormat="1")

    def _shows(self, base: int) -> str:
        """Return "day" or "time" where numbers of this format are dates or times, else nothing."""
        if not 0 <= base < len(self._formats):
            return ""
        tag = self._formats[base][: self._formats[base].index(b">") + 1]
        hit = re.search(rb"\snumFmtId\s*=\s*[\"'](\d+)", tag)
        number = hit[1].decode() if hit else "0"
        if code := self._codes.get(number):
            plain = _LITERAL.sub("", code.partition(";")[0]).lower()
            return "day" if re.search("[dye]", plain) else "time" if re.search("[mhs]", plain) else ""
        return "day" if int(number) in _DATE_IDS else "time" if int(number) in _TIME_IDS else ""

    def _derived(self, base: int, **attributes: str) -> int:
        if not 0 <= base < len(self._formats):
            raise refuse("no-styles")
        entry = self._formats[base]
        end = entry.index(b">") + 1
        tag = entry[:end]
        for name, value in attributes.items():
            tag = with_attribute(tag, name, value)
        return self._number(tag + entry[end:])

    def _number(self, new: bytes) -> int:
        """Return the number of a format, which is added where there is none like it."""
        if new in self._formats:
            return self._formats.index(new)
        if len(self._formats) >= MAX_FORMATS:
            raise refuse("too-many-styles")
        self._formats.append(new)
        return len(self._formats) - 1

    def wrapped(self) -> int:
        """Return the number of the workbook's first format with lines that break."""
        if self._root is None or not self._formats:
            return 0
        entry = self._formats[0]
        node = root_of(entry)
        tag = with_attribute(node.tag, "applyAlignment", "1")
        alignment = b'<%salignment vertical="center" wrapText="1"/>' % node.prefix
        if found := node.child("alignment"):
            splices = [(node.start, node.opened, tag), attribute_splice(found, "wrapText", "1")]
        elif node.self_closed:
            splices = append_splice(node, alignment, tag)
        else:
            splices = [(node.start, node.opened, tag + alignment)]
        return self._number(changed(entry, splices))

    def tone(self, tone: Tone) -> int:
        """Return the number of a conditional format that shows cells in this way."""
        if self._root is None:
            raise refuse("no-styles")
        if tone not in self._tones:
            self._tones.append(tone)
        return len(self._list("dxf")) + self._tones.index(tone)

    def result(self) -> bytes | None:
        """Return the part with what was added; None where nothing was."""
        formats, text = self._formats[self._first_new :], self._text
        if text is None or self._root is None or not (formats or self._tones):
            return None
        splices = []
        group = self._group("cellXfs")
        if group and formats:
            tag = attribute_splice(group, "count", str(len(self._formats)))[2]
            splices += append_splice(group, b"".join(formats), tag)
        middle = changed(text, splices)
        return _with_tones(middle, self._tones) if self._tones else middle


def _with_tones(text: bytes, tones: list[Tone]) -> bytes:
    root = root_of(text)
    prefix = root.prefix
    entries = b"".join(_dxf(prefix, tone) for tone in tones)
    if group := root.child("dxfs"):
        count = sum(node.name == "dxf" for node in group.children) + len(tones)
        return changed(text, append_splice(group, entries, attribute_splice(group, "count", str(count))[2]))
    after = [node for node in root.children if node.name in _BEFORE_DXFS]
    if not after:
        raise OddXml
    new = b'<%sdxfs count="%d">%s</%sdxfs>' % (prefix, len(tones), entries, prefix)
    return changed(text, [(after[-1].end, after[-1].end, new)])


def _dxf(prefix: bytes, tone: Tone) -> bytes:
    """Return the conditional format; Excel takes the fill from `bgColor`, other programs from `fgColor`."""
    bold = b"<%sfont><%sb/></%sfont>" % (prefix, prefix, prefix) if tone.bold else b""
    colours = b'<%sfgColor rgb="FF%s"/><%sbgColor rgb="FF%s"/>' % (
        prefix,
        tone.fill.encode(),
        prefix,
        tone.fill.encode(),
    )
    pattern = b'<%spatternFill patternType="solid">%s</%spatternFill>' % (prefix, colours, prefix)
    return b"<%sdxf>%s<%sfill>%s</%sfill></%sdxf>" % (prefix, bold, prefix, pattern, prefix, prefix)
