"""What can be known of a template's text with tags, whatever values will fill it.

However its conditions and loops go, the XML must stay well-formed and its tables even; then nothing of what
docxtpl mends after each render can be needed, and what can be read in its fixed pieces is known beforehand.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from jinja2 import nodes

from xl_liushou.adapters.word_source import CannotCompile
from xl_liushou.adapters.word_text import Token, said, seen, tokens

_KEPT_WHOLE: Final = frozenset({"w:tbl", "w:tr", "w:tc"})
EMPTY_TABLE: Final = re.compile("</w:tblGrid>(?!<w:tr[ >])")
"""Where a rendered table has no row at its beginning."""
_UNREAD: Final = ("<!", "<?")
_ANYTHING: Final = "?"
"""What stands for a value in an attribute."""


@dataclass(slots=True)
class Shape:
    """What was found: whether tags are filled at all, and the text of each fixed piece.

    `has_fickle_tables` tells of tables that may lose all their rows, which are known by `EMPTY_TABLE`. `texts` is None
    where that cannot be told piece by piece: a tag stands in an attribute, or a text box in a paragraph.
    """

    has_tags: bool = False
    has_fickle_tables: bool = False
    texts: dict[str, str] | None = field(default_factory=dict)
    attributes: list[str] = field(default_factory=list)

    def add(self, piece: str, text: str) -> None:
        """The text of one fixed piece; a piece with two texts ends the telling by piece."""
        if self.texts is not None and self.texts.setdefault(piece, text) != text:
            self.texts = None


def shape_of(tree: nodes.Template) -> Shape:
    """The shape of a parsed template, whose fixed pieces it joins where they touch and puts as they are printed.

    CannotCompile where its XML or tables depend on values.
    """
    walk = _Walk()
    walk.follow(tree.body)
    walk.end()
    return walk.shape


@dataclass(slots=True)
class _Row:
    depth: int
    cells: int = 0


@dataclass(slots=True)
class _Table:
    depth: int
    columns: int = 0
    rows: list[_Row] = field(default_factory=list)
    inner_rows: list[_Row] = field(default_factory=list)

    def may_be_empty(self) -> bool:
        """Whether all rows may be missing. docxtpl adds columns for cells too many, drops those that no row fills."""
        if any(row.cells > self.columns for row in (*self.rows, *self.inner_rows)):
            raise CannotCompile("a row wider than its table")
        full = [row for row in self.rows if row.cells == self.columns]
        if any(row.depth == self.depth for row in full):
            return False
        if not full or len(full) < len(self.rows):
            raise CannotCompile("a table that may lack the rows that fill it")
        return True


class _Open(NamedTuple):
    """An element that is open, and in how many conditions and loops it was opened."""

    token: Token
    depth: int


class _Walk:
    """Follows all ways through a template at once; each branch must leave the XML as it found it."""

    def __init__(self) -> None:
        self.shape = Shape()
        self._open: list[_Open] = []
        self._unfinished = ""
        self._depth = 0
        self._tables: list[_Table] = []
        self._rows: list[_Row] = []

    def follow(self, body: Sequence[nodes.Node]) -> None:
        """Goes on through these nodes."""
        for node in body:
            match node:
                case nodes.Output():
                    node.nodes = [_meant(one) for one in _merged(node.nodes)]
                    self._print(node.nodes)
                case nodes.If():
                    self._branches([node.body, *(one.body for one in node.elif_), node.else_])
                case nodes.For(recursive=False):
                    self._branches([node.body, node.else_])
                case nodes.Assign():
                    self.shape.has_tags = True
                case _:
                    raise CannotCompile(type(node).__name__)

    def end(self) -> None:
        """Nothing may be open at the end."""
        if self._open or self._unfinished:
            raise CannotCompile("elements left open")

    def _branches(self, bodies: Iterable[Sequence[nodes.Node]]) -> None:
        self.shape.has_tags = True
        before, unfinished = list(self._open), self._unfinished
        self._depth += 1
        for body in bodies:
            self.follow(body)
            added = self._unfinished[len(unfinished) :]
            if _names(self._open) != _names(before) or not self._unfinished.startswith(unfinished):
                raise CannotCompile("a branch that changes the elements around it")
            if added and (not unfinished or set(added) & set("<>\"'")):
                raise CannotCompile("a branch that cuts a tag")
            self._open, self._unfinished = list(before), unfinished
        self._unfinished += _ANYTHING if unfinished else ""
        self._depth -= 1

    def _print(self, printed: Iterable[nodes.Node]) -> None:
        for node in printed:
            if isinstance(node, nodes.TemplateData):
                self._read(node.data)
            else:
                self.shape.has_tags = True
                if self._unfinished:
                    self._unfinished += _ANYTHING

    def _read(self, piece: str) -> None:
        if any(sign in piece for sign in _UNREAD):
            raise CannotCompile("a comment or a declaration")
        xml = self._unfinished + piece
        cut = xml.rfind("<")
        cut = len(xml) if ">" in xml[cut:] or cut < 0 else cut
        self._unfinished = xml[cut:]
        self.shape.add(piece, "".join([self._take(token) for token in tokens(xml[:cut])]))
        if self._unfinished or len(xml) > len(piece):
            self.shape.texts = None

    def _take(self, token: Token) -> str:
        self.shape.attributes += said(token)
        text = seen(token, self._open[-1].token.local if self._open else "")
        if token.opens:
            self._start(token)
        if token.closes:
            self._stop(token)
            text += "\n" * (token.local == "p")
        return text

    def _start(self, token: Token) -> None:
        parent = self._open[-1].token.name if self._open else ""
        if token.local == "p" and any(one.token.local == "p" for one in self._open):
            self.shape.texts = None
        self._open.append(_Open(token, self._depth))
        match token.name:
            case "w:tbl":
                self._tables.append(_Table(self._depth))
            case "w:gridCol" if parent == "w:tblGrid":
                self._add_column()
            case "w:tr":
                self._rows.append(_Row(self._depth))
            case "w:tc" if parent == "w:tr":
                self._in_row(1)
            case "w:gridSpan" if parent == "w:tcPr":
                self._in_row(_number(token) - 1)

    def _add_column(self) -> None:
        if not self._tables or self._tables[-1].depth != self._depth:
            raise CannotCompile("columns that depend on values")
        self._tables[-1].columns += 1

    def _in_row(self, cells: int) -> None:
        if not self._rows or self._rows[-1].depth != self._depth:
            raise CannotCompile("cells that depend on values")
        self._rows[-1].cells += cells

    def _stop(self, token: Token) -> None:
        if not self._open or self._open[-1].token.name != token.name:
            raise CannotCompile(f"{token.name} closes nothing")
        opened = self._open.pop()
        is_whole = token.name in _KEPT_WHOLE or "xmlns" in opened.token.attributes
        if is_whole and opened.depth != self._depth:
            raise CannotCompile(f"{token.name} opens and closes in different branches")
        if token.name == "w:tr":
            row = self._rows.pop()
            for table in self._tables[:-1]:
                table.inner_rows.append(row)
            for table in self._tables[-1:]:
                table.rows.append(row)
        elif token.name == "w:tbl" and self._tables.pop().may_be_empty():
            self.shape.has_fickle_tables = True


def _merged(printed: Iterable[nodes.Expr]) -> list[nodes.Expr]:
    """The same output with fixed pieces that touch as one, which is how Jinja prints them."""
    merged: list[nodes.Expr] = []
    for node in printed:
        if isinstance(node, nodes.TemplateData) and merged and isinstance(merged[-1], nodes.TemplateData):
            merged[-1] = nodes.TemplateData(merged[-1].data + node.data, lineno=merged[-1].lineno)
        else:
            merged.append(node)
    return merged


def _meant(node: nodes.Expr) -> nodes.Expr:
    """A fixed piece with docxtpl's signs for what would be a tag as they are printed: two braces for {_{."""
    if isinstance(node, nodes.TemplateData):
        for sign in ("{_{", "}_}", "{_%", "%_}"):
            node.data = node.data.replace(sign, sign.replace("_", ""))
    return node


def _names(opened: Iterable[_Open]) -> list[str]:
    return [one.token.name for one in opened]


def _number(token: Token) -> int:
    value = token.attributes.partition('val="')[2].partition('"')[0]
    if not value.isdecimal():
        raise CannotCompile("a span that depends on values")
    return int(value)
