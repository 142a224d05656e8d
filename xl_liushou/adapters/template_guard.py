"""What a Word template may say: an allow-list over Jinja's own syntax tree.

A template may come from anywhere. Names, their fields, conditions and loops over lists of the context are all
that the papers need; whatever else Jinja knows is refused before it is compiled. No node of the list can call,
import or define anything, reach a method or a hidden name, make a value grow, or run longer than the lists are:
loops are nested three deep at most, and of those only two may go over lists of the whole paper.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from typing import Final

from jinja2 import nodes
from jinja2.defaults import DEFAULT_NAMESPACE
from jinja2.exceptions import SecurityError

MAX_LOOPS: Final = 3
MAX_FREE_LOOPS: Final = 2
"""Nested loops over lists of the whole paper; the others go over a list of an outer loop's item."""
MAX_DEPTH: Final = 60
MAX_NODES: Final = 60_000
MAX_TEXT: Final = 500
"""Characters of a text written in a tag."""
MAX_NUMBER: Final = 1_000_000
MAX_LOOPED: Final = 1 << 18
"""Characters of one piece of the document that a loop repeats."""
MAX_RENDERED: Final = 1 << 27
"""Characters of one rendered part; a roster of 2,000 children has about a tenth."""
_AT_A_TIME: Final = 256

FILTERS: Final = frozenset({"count", "d", "default", "e", "escape", "first", "join", "last", "length", "round", "trim"})
TESTS: Final = frozenset({"defined", "divisibleby", "even", "false", "in", "none", "odd", "true", "undefined"})
LOOP_FIELDS: Final = frozenset({"first", "index", "index0", "last", "length", "revindex", "revindex0"})
LOOP: Final = "loop"

_HIDDEN: Final = frozenset({*DEFAULT_NAMESPACE, "caller", "kwargs", "self", "super", "varargs"})
_METHODS: Final = frozenset(name for kind in (str, int, float, list, tuple, dict) for name in dir(kind))
_PLAIN: Final = (
    *(nodes.Template, nodes.Output, nodes.TemplateData, nodes.If, nodes.CondExpr, nodes.And, nodes.Or, nodes.Not),
    *(nodes.Compare, nodes.Operand, nodes.Concat),
)
_SAID: Final[Mapping[type[nodes.Node], str]] = {
    nodes.Assign: "set", nodes.AssignBlock: "set", nodes.Macro: "macro", nodes.CallBlock: "call",
    nodes.Import: "import", nodes.FromImport: "from", nodes.Include: "include", nodes.Extends: "extends",
    nodes.Block: "block", nodes.With: "with", nodes.FilterBlock: "filter",
    nodes.ScopedEvalContextModifier: "autoescape",
}  # fmt: skip


class Refused(SecurityError):
    """A template that says what no template may; the message is for staff."""


@dataclass(frozen=True, slots=True)
class _Around:
    """Where in a template: the variables of the loops around, how many there are, how deep it is."""

    variables: frozenset[str] = frozenset()
    loops: int = 0
    free: int = 0
    depth: int = 0


def admit(tree: nodes.Template) -> None:
    """Raises `Refused` where a parsed template says what no template may."""
    for count, fault in enumerate(_walked(tree, _Around())):
        if fault:
            raise Refused(fault)
        if count > MAX_NODES:
            raise Refused("标签太多")


def bounded(pieces: Iterable[str]) -> list[str]:
    """The pieces that a template renders; `Refused` where they grow beyond all papers."""
    left, done, size = iter(pieces), list[str](), 0
    while chunk := list(islice(left, _AT_A_TIME)):
        done += chunk
        size += sum(map(len, chunk), len(chunk))
        if size > MAX_RENDERED:
            raise Refused("写出来的内容太多")
    return done


def bounded_join(pieces: Iterable[str]) -> str:
    """The same, put together (Jinja's `concat`)."""
    return "".join(bounded(pieces))


def faults(tree: nodes.Template) -> list[str]:
    """All that a parsed template says and may not, each in a sentence."""
    return [fault for fault in _walked(tree, _Around()) if fault]


def _walked(node: nodes.Node, around: _Around) -> Iterator[str]:
    """One text for each node that is looked at: "", or what is wrong with it."""
    if around.depth > MAX_DEPTH:
        yield "标签一层套一层，套得太深"
        return
    check = _CHECKS.get(type(node))
    if check is not None:
        yield check(node, around)
    elif isinstance(node, _PLAIN):
        yield ""
    else:
        yield _unknown(node)
        return
    deeper = replace(around, depth=around.depth + 1)
    if isinstance(node, nodes.For):
        yield from _walked_loop(node, deeper)
        return
    for child in node.iter_child_nodes():
        if not (isinstance(node, nodes.Getattr) and _is_loop(child)):
            yield from _walked(child, deeper)


def _walked_loop(loop: nodes.For, around: _Around) -> Iterator[str]:
    yield from _walked(loop.iter, around)
    inside = _inside(loop, around)
    tests = () if loop.test is None else (loop.test,)
    for child in (*tests, *loop.body):
        yield from _walked(child, inside)
    for child in loop.else_:
        yield from _walked(child, around)


def _inside(loop: nodes.For, around: _Around) -> _Around:
    name = {loop.target.name} if isinstance(loop.target, nodes.Name) else set()
    hangs = _root(loop.iter) in around.variables
    return replace(around, variables=around.variables | name, loops=around.loops + 1, free=around.free + (not hangs))


def _root(node: nodes.Node) -> str:
    while isinstance(node, nodes.Getattr | nodes.Getitem):
        node = node.node
    return node.name if isinstance(node, nodes.Name) else ""


def _is_loop(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Name) and node.name == LOOP


def _for(node: nodes.For, around: _Around) -> str:
    if node.recursive:
        return "循环不能写 recursive"
    if not isinstance(node.target, nodes.Name) or _bad_name(node.target.name) or node.target.name == LOOP:
        return "循环只能写成“for 名称 in 列表”"
    if not _root(node.iter) or _is_loop(node.iter):
        return "循环只能用在资料里的列表上"
    if around.loops >= MAX_LOOPS:
        return f"循环最多套 {MAX_LOOPS} 层"
    if around.free + (_root(node.iter) not in around.variables) > MAX_FREE_LOOPS:
        return "里层的循环要用外层那一项下面的列表"
    pieces = (piece for piece in node.find_all(nodes.TemplateData) if len(piece.data) > MAX_LOOPED)
    return "循环里的内容太长" if next(pieces, None) else ""


def _name(node: nodes.Name, _around: _Around) -> str:
    if node.name == LOOP:
        return f"{LOOP} 后面要写 .index、.first 或 .last"
    return f"不能用“{node.name}”" if _bad_name(node.name) else ""


def _bad_name(name: str) -> bool:
    return name.startswith("_") or name in _HIDDEN


def _getattr(node: nodes.Getattr, _around: _Around) -> str:
    if _is_loop(node.node):
        return "" if node.attr in LOOP_FIELDS else f"不能用“{LOOP}.{node.attr}”"
    return _field(node.attr)


def _getitem(node: nodes.Getitem, _around: _Around) -> str:
    if _is_loop(node.node):
        return f"不能用“{LOOP}[…]”"
    if not isinstance(node.arg, nodes.Const) or not isinstance(node.arg.value, str | int):
        return "方括号里只能写一个名称或一个数"
    return _field(node.arg.value) if isinstance(node.arg.value, str) else ""


def _field(name: str) -> str:
    return f"不能用“.{name}”" if name.startswith("_") or name in _METHODS else ""


def _const(node: nodes.Const, _around: _Around) -> str:
    value = node.value
    if isinstance(value, str):
        return "标签里的文字太长" if len(value) > MAX_TEXT else ""
    if isinstance(value, int | float):
        return "" if abs(value) <= MAX_NUMBER else "标签里的数太大"
    return "" if value is None else "标签里有不认识的写法"


def _filter(node: nodes.Filter, _around: _Around) -> str:
    if node.node is None or node.name not in FILTERS:
        return f"不能用“|{node.name}”"
    most = 2 if node.name in ("d", "default") else 1
    return _plain_arguments(node) or ("" if len(node.args) <= most else f"“|{node.name}”的括号里写得太多")


def _test(node: nodes.Test, _around: _Around) -> str:
    return _plain_arguments(node) if node.name in TESTS else f"不能用“is {node.name}”"


def _plain_arguments(node: nodes.Filter | nodes.Test) -> str:
    arguments = (*node.args, *node.kwargs, node.dyn_args, node.dyn_kwargs)
    return "" if all(one is None or isinstance(one, nodes.Const) for one in arguments) else "括号里只能写文字或数"


def _list(node: nodes.List | nodes.Tuple, _around: _Around) -> str:
    return "" if all(isinstance(one, nodes.Const) for one in node.items) else "列表里只能写文字或数"


def _negative(node: nodes.Neg, _around: _Around) -> str:
    return "" if isinstance(node.node, nodes.Const) else "不能计算"


def _times(node: nodes.Mul, _around: _Around) -> str:
    """A number of cells times loop.length, as docxtpl writes it for {% hm %}; nothing else is multiplied."""
    number, length = node.left, node.right
    of_loop = isinstance(length, nodes.Getattr) and _is_loop(length.node) and length.attr == "length"
    is_number = isinstance(number, nodes.Const) and isinstance(number.value, int)
    return "" if of_loop and is_number else "不能计算"


def _unknown(node: nodes.Node) -> str:
    if isinstance(node, nodes.Call):
        return "标签里不能调用函数（不能写圆括号）"
    if isinstance(node, nodes.BinExpr):
        return "标签里不能计算"
    return f"不能用“{_SAID[type(node)]}”" if type(node) in _SAID else "标签里有不允许的写法"


_CHECKS: Final[Mapping[type[nodes.Node], Callable[..., str]]] = {
    nodes.For: _for, nodes.Name: _name, nodes.Getattr: _getattr, nodes.Getitem: _getitem, nodes.Const: _const,
    nodes.Filter: _filter, nodes.Test: _test, nodes.List: _list, nodes.Tuple: _list, nodes.Neg: _negative,
    nodes.Mul: _times,
}  # fmt: skip
