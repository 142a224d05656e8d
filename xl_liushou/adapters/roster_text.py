"""Read a roster saved as text with separators (CSV, TSV): the encoding and the separator are found out."""

from __future__ import annotations

import csv
import io
import re
from typing import Final

from xl_liushou.core.errors import HostileInput, UnusableInput
from xl_liushou.core.rawsheet import RawSheet, RawWorkbook, Rows

MAX_CELLS: Final = 2_000_000
"""Cells of the rectangle that the lines fill."""
_SAVE_AS: Final = "请在 Excel 或 WPS 中打开它，另存为 .xlsx 再导入。"
_SAMPLE: Final = 4096
_LOOKED_AT: Final = 50
_SEPARATORS: Final = "\t,;，；|"
_AS_TEXT = re.compile(r'="(.*)"', re.DOTALL)


def read_text(data: bytes, name: str) -> RawWorkbook:
    """The lines as one sheet, all cells text; UnusableInput for what is no such file, HostileInput for too many."""
    text = _decoded(data)
    if text is None or "\0" in text:
        raise UnusableInput(f"“{name}”不是程序认识的名册（.xlsx、.xls、.xlsb、.ods，或 CSV 文本）。{_SAVE_AS}")
    if re.match(r"\s*<(?:!|html|table|\?xml|meta)", text, re.IGNORECASE):
        raise UnusableInput(f"“{name}”的内容其实是网页，只是改了扩展名（从网站导出的常这样）。{_SAVE_AS}")
    lines = _lines(text, name)
    width = max(map(len, lines), default=0)
    if width * len(lines) > MAX_CELLS:
        raise HostileInput(f"“{name}”的行列多得不正常，没有打开。请只留下名册的内容再试。")
    rows = [[*map(_plain, line), *[""] * (width - len(line))] for line in lines]
    return RawWorkbook((RawSheet(_title(name), Rows(rows)),), dates_known=False)


def _decoded(data: bytes) -> str | None:
    """The text, by its mark, else as UTF-8, else as GB 18030 (which holds GBK and GB 2312)."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        codecs = ["utf-16"]
    elif b"\0" in data[:_SAMPLE]:  # without a mark: of commas and line ends one byte is 0
        codecs = ["utf-16-be" if data[:_SAMPLE:2].count(0) > data[1:_SAMPLE:2].count(0) else "utf-16-le"]
    else:
        codecs = ["utf-8-sig", "gb18030"]
    for codec in codecs:
        try:
            return data.decode(codec)
        except UnicodeDecodeError:
            continue
    return None


def _lines(text: str, name: str) -> list[list[str]]:
    sample = text.splitlines()[:_LOOKED_AT]
    separator = max(_SEPARATORS, key=lambda sign: sum(sign in line for line in sample) * 100 + _seen(sample, sign))
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except csv.Error:
        raise UnusableInput(f"“{name}”的文本格式不完整，读不了。{_SAVE_AS}") from None


def _seen(lines: list[str], sign: str) -> int:
    return min(sum(line.count(sign) for line in lines), 99)


def _plain(cell: str) -> str:
    """A cell without the signs that keep a long number from becoming one: ="123", a leading ', a tab at the end."""
    found = _AS_TEXT.fullmatch(cell.strip())
    return found[1] if found else cell.strip("\t").removeprefix("'")


def _title(name: str) -> str:
    """The sheet is called as the file, without its extension."""
    return name.rpartition(".")[0] or name
