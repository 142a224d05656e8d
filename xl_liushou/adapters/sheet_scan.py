"""One streaming pass over a worksheet's XML: its bounds, its error cells, its formulas without a result.

The pass works on bytes with compiled patterns only, for a sheet of 200,000 rows has 150 MB of XML. It
proves as it goes that every cell has the form that nearly all programs write; a sheet with anything
else (no `r`, prefixes, comments, odd quotes or spaces) is left to `sheet_scan_exact`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from xl_liushou.adapters.cell_ref import column_number
from xl_liushou.adapters.sheet_scan_exact import SheetScan, scan_exactly
from xl_liushou.core.table import letters

MAX_HEAD = 4 << 20
"""Bytes before the first row that are looked at here; 16,384 column widths are about 1 MB."""
MAX_CELL = 1 << 20
"""Bytes of one cell that are looked at here; Excel's longest text is 32,767 characters."""
MAX_TAIL = 16 << 20
"""Bytes after the last row that are looked at here."""

_ENCODING = re.compile(rb"""^\s*<\?xml[^>]*?encoding\s*=\s*["']([^"']*)["']""")
_ROW = re.compile(rb'<row(?: r="([0-9]{1,7})"|[\s/>])')
_COLUMN = re.compile(rb'<c r="([A-Z]{1,3})[1-9]')
_CELL = re.compile(rb'<c r="([A-Z]{1,3})([1-9][0-9]{0,6})"')
_ERROR = re.compile(rb"""<c r="([A-Z]+)([0-9]+)"[^<>]*\st\s*=\s*["']e["']""")
_PREFIXED = re.compile(rb":(?:c|row|v|f|is|sheetData)[\s/>]")
_UNCACHED = re.compile(rb"<f(?=[\s/>])(?!(?:\s[^>]*)?(?:(?<=/)>|>[^<]*</f>)<v>[^<])")
_UNCACHED_CELL = re.compile(
    rb'<c r="([A-Z]+)([0-9]+)"([^>]*)><f(?:\s[^>]*)?(?:(?<=/)>|>[^<]*</f>)(?:<v></v>|<v ?/>)?</c>'
)
_MERGE = re.compile(rb'<mergeCell ref="([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})" ?/?>')
_ODD_MERGE = re.compile(rb"[<:]mergeCell[\s/>]")


class Unusual(Exception):
    """The sheet holds something that only the exact pass can judge."""


def is_utf8(start: bytes) -> bool:
    """Tell from the first bytes of a part whether it is UTF-8, the only encoding python-calamine reads."""
    if start.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in start[:4]:
        return False
    declared = _ENCODING.match(start.removeprefix(b"\xef\xbb\xbf")[:400])
    return declared is None or declared[1].lower() in (b"utf-8", b"utf8", b"us-ascii", b"ascii")


def scan_sheet(chunks: Iterable[bytes]) -> SheetScan:
    """Scan a worksheet given in chunks of any size; raises Unusual when only the exact pass can."""
    stream = iter(chunks)
    rest, empty = _skip_head(stream)
    pass_ = _Pass()
    if not empty:
        rest = _scan_body(pass_, stream, rest)
    _scan_tail(pass_.scan, stream, rest)
    return pass_.finish()


def _skip_head(stream: Iterator[bytes]) -> tuple[bytes, bool]:
    """Return what follows the `<sheetData>` tag in the bytes taken so far, and whether it has no rows."""
    head = b""
    for chunk in stream:
        head += chunk
        at = head.find(b"<sheetData")
        end = head.find(b">", at) if at >= 0 else -1
        if end >= 0:
            _refuse_oddities(head[: end + 1])
            return head[end + 1 :], head[end - 1 : end] == b"/"
        if len(head) > MAX_HEAD:
            break
    raise Unusual


def _refuse_oddities(head: bytes) -> None:
    inner = head[head.find(b"<worksheet") :]
    if not is_utf8(head) or b"<worksheet" not in head or b"<!" in head or b"<?" in inner:
        raise Unusual


def _scan_body(pass_: _Pass, stream: Iterator[bytes], carry: bytes) -> bytes:
    """Scan the rows and return what follows `</sheetData>`; a piece always ends before a whole cell."""
    while True:
        end = carry.find(b"</sheetData>")
        if end >= 0:
            pass_.feed(carry[:end])
            return carry[end:]
        cut = carry.rfind(b"<c ")
        if cut > 0:
            pass_.feed(carry[:cut])
            carry = carry[cut:]
        chunk = next(stream, None)
        if chunk is None or len(carry) > 2 * MAX_CELL:
            raise Unusual
        carry += chunk


def _scan_tail(scan: SheetScan, stream: Iterator[bytes], tail: bytes) -> None:
    parts, size = [tail], len(tail)
    for chunk in stream:
        parts.append(chunk)
        size += len(chunk)
        if size > MAX_TAIL:
            raise Unusual
    tail = b"".join(parts)
    if b"<!" in tail or b"<?" in tail or b"sheetData" in tail[12:]:
        raise Unusual
    if b"mergeCell" not in tail:
        return
    scan.bound_noted(tail.count(b"<mergeCell "))
    merges = _MERGE.findall(tail)
    if len(merges) != len(_ODD_MERGE.findall(tail)):
        raise Unusual
    for left, top, right, bottom in merges:
        scan.merged.append((int(top), column_number(left), int(bottom), column_number(right)))


class _Pass:
    """The state of one pass over the rows: the bounds so far and the pattern of cells within them."""

    def __init__(self) -> None:
        self.scan = SheetScan()
        self.reach = 0
        self.odd_cell = re.compile(rb"(?!)")

    def finish(self) -> SheetScan:
        """Return the scan; of the cells' own rows it is only known that they are within reach."""
        self.scan.rows = self.reach
        return self.scan

    def feed(self, piece: bytes) -> None:
        """Scan a piece that holds whole cells only."""
        if _has(piece, b"<!", b"!") or _has(piece, b"<?", b"?") or _PREFIXED.search(piece):
            raise Unusual
        self._bound_rows(piece)
        self._bound_cells(piece)
        if _has(piece, b'"e"', b"e") or _has(piece, b"'e'", b"'"):
            self._find_errors(piece)
        if _has(piece, b"<f", b"f"):
            self._find_uncached(piece)
        self.scan.bound_noted()

    def _bound_rows(self, piece: bytes) -> None:
        rows = _ROW.findall(piece)
        if b"" in rows:
            raise Unusual
        self._widen(max(map(int, rows), default=0), self.scan.columns)

    def _bound_cells(self, piece: bytes) -> None:
        """Look closely at each cell that is beyond the bounds or has an odd form."""
        self.scan.cells += piece.count(b"<c ")
        if not self.scan.columns:
            self._widen(1, max(map(column_number, set(_COLUMN.findall(piece))), default=0))
        at = 0
        while hit := self.odd_cell.search(piece, at):
            cell = _CELL.match(piece, hit.start())
            if cell is None:
                raise Unusual
            self._widen(int(cell[2]), column_number(cell[1]))
            at = cell.end()

    def _find_errors(self, piece: bytes) -> None:
        self.scan.error_cells.update((int(row), column_number(column)) for column, row in _ERROR.findall(piece))

    def _widen(self, row: int, column: int) -> None:
        """Stretch the bounds to this cell, and set the pattern that finds every cell but those within them."""
        if row > self.reach or column > self.scan.columns:
            self.reach, rows = _rows_up_to(max(row, self.reach))
            self.scan.columns = max(column, self.scan.columns)
            self.odd_cell = re.compile(rb'<c(?! r="(?:%s)(?:%s)")[\s/>]' % (_columns_up_to(self.scan.columns), rows))

    def _find_uncached(self, piece: bytes) -> None:
        for hit in _UNCACHED.finditer(piece):
            start, end = piece.rfind(b"<c ", 0, hit.start()), piece.find(b"</c>", hit.end())
            if start < 0 or end < 0:
                raise Unusual
            cell = _UNCACHED_CELL.fullmatch(piece, start, end + 4)
            if cell is None:
                found = scan_exactly([b"<sheetData>", piece[start : end + 4], b"</sheetData>"])
                self.scan.uncached_cells |= found.uncached_cells
            elif b' t="str"' not in cell[3]:
                self.scan.uncached_cells.add((int(cell[2]), column_number(cell[1])))


def _has(piece: bytes, needle: bytes, rare: bytes) -> bool:
    """Tell whether `needle` is in `piece`; its rarest byte is looked for first, at twenty times the speed."""
    return rare in piece and needle in piece


def _rows_up_to(last: int) -> tuple[int, bytes]:
    """Return a round number from `last` on (199, 299, 599, 999, 1999 ...) and a pattern for 1 to it."""
    zeros = len(str(last)) - 1
    lead = next(lead for lead in (1, 2, 5, 9) if last < (lead + 1) * 10**zeros)
    longest = b"[1-%d][0-9]{%d}" % (lead, zeros)
    shorter = b"|[1-9][0-9]{0,%d}" % (zeros - 1) if zeros else b""
    return (lead + 1) * 10**zeros - 1, longest + shorter


def _columns_up_to(last: int) -> bytes:
    """Return a pattern for the column letters from A to `last` (0: none), exact up to ZZ."""
    if last == 0:
        return b"(?!)"
    name = letters(last)
    if len(name) == 1:
        return b"[A-%s]" % name.encode()
    if len(name) == 2:
        before = b"" if name[0] == "A" else b"|[A-%c][A-Z]" % (ord(name[0]) - 1)
        return b"[A-Z]%s|%c[A-%c]" % (before, ord(name[0]), ord(name[1]))
    return b"[A-Z]{1,3}"
