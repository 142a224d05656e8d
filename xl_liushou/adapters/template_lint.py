"""Everything that is wrong in a Word template, all of it at once, each with its place and what to do.

The tags are read one by one here; how docxtpl's own forms must stand to each other (loops over rows, cells and
paragraphs, blocks that are not closed, tracked changes) is told by docxtpl-lint.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches
from itertools import groupby
from typing import Any, Final

from xl_liushou.adapters.template_file import Line, lines, outside_links
from xl_liushou.adapters.template_guard import Refused, faults
from xl_liushou.adapters.template_names import Names
from xl_liushou.adapters.template_tags import TAG, Tag, halved, mended, tags_in, tree_of
from xl_liushou.adapters.word import UndefinedTag, WordTemplate
from xl_liushou.core.errors import TemplateProblem
from xl_liushou.core.template import Contract, Severity, TemplateFault

_OPEN: Final = r"[{｛]\s*[{｛%％]"
_CLOSE: Final = r"[}｝%％]\s*[}｝]"
_BROKEN: Final = re.compile(rf"({_OPEN})((?:(?!{_OPEN}|{_CLOSE}).)*)({_CLOSE})?", re.DOTALL)
_SINGLE: Final = re.compile(r"[{｛]\s*([^\s{}｛｝%％#.]+)((?:\.[^\s{}｛｝]+)?)\s*[}｝]")
_STRAY: Final = re.compile(r"\}\}|%\}|｝｝")
_WORDS: Final = ("for", "endfor", "if", "elif", "else", "endif")
_FORBIDDEN: Final = re.compile(
    "(end)?(set|macro|call|block|with|filter|autoescape|raw)|import|from|include|extends|do|break|continue|debug"
)
_PREFIXES: Final = frozenset({"p", "r", "tc", "tr"})
_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LOST: Final = frozenset(
    f"{_W}{name}"
    for name in ("drawing", "pict", "object", "footnoteReference", "endnoteReference", "fldChar", "fldSimple")
)
_BEARABLE: Final = 10_000
"""Characters; papers have a few thousand."""
_SOMEWHERE: Final = Line("", "", 0, "整份模板", "")
_FETCHED: Final = "文书一打开，就会到外面去取这个文件。"
_UNLINK: Final = "请在 Word 里断开这个链接：图片要“插入”，不要“链接”；模板在“开发工具”—“文档模板”里清除。"
_RETYPE: Final = "请把整个标签删掉，在同一处一口气重新打一遍。"
_STRUCTURE: Final[Mapping[str, tuple[str, str]]] = {
    "DTL003": ("删掉的字里还有标签，修订没有接受。", "请在 Word 的“审阅”里接受（或拒绝）全部修订，再保存。"),
    "DTL101": ("“{kw}”开始了，没有结束。", "在该结束的地方补上 {{% end{kw} %}}。"),
    "DTL102": ("“{raw}”前面没有和它成对的开始。", "补上开始的标签，或删掉这一个。"),
    "DTL201": ("以 p、tr、tc、r 开头的标签里不能有 % 或 }}。", "请换一种写法，不用这两个符号。"),
    "DTL202": ("{{% 和 {prefix} 之间不能有空格。", "写成 {{%{prefix} …%}}。"),
    "DTL203": ("tr、tc 开头的标签只能写在表格里。", "移到表格的格子里，或去掉 tr、tc。"),
    "DTL204": ("开始和结束的写法不一样：{open_raw} 和 {close_raw}。", "开头的 p、tr、tc 要么都写，要么都不写。"),
    "DTL205": ("循环从一个表格开始，到另一个表格才结束。", "把开始和结束放在同一个表格里。"),
    "DTL206": ("开始和结束写在了同一行，这一行会整个消失。", "开始、结束各占一行，要重复的行放在中间。"),
    "DTL207": ("tc 的开始和结束不在同一行。", "把开始和结束放在同一行的格子里。"),
    "DTL208": ("这个标签只能写在表格的格子里。", "移到表格的格子里，或删掉。"),
    "DTL209": ("和这个标签写在一起的“{rest}”会消失。", "把它挪到单独的一段（或一行、一格）里。"),
    "DTL210": (
        "开始和结束写在了同一段，这一段会整个消失。",
        "开始、结束各占一段，要重复的内容放在中间；或去掉开头的 p。",
    ),
}
"""What docxtpl-lint finds, in words for staff; the rest of what it knows is told by this module."""


def lint_template(
    data: bytes, name: str, contract: Contract, contexts: Sequence[Mapping[str, Any]] = ()
) -> list[TemplateFault]:
    """All faults of a template in the order of the file; with `contexts` a sound one is also rendered for proof."""
    found: list[tuple[int, TemplateFault]] = []
    all_lines, links = lines(data, name), outside_links(data, name)
    for _, part in groupby(enumerate(all_lines), lambda one: one[1].part):
        found += _of_part([*part], contract)
    found += _structure(data, all_lines)
    found += ((len(all_lines), _placed(_fault(_FETCHED, _UNLINK), _SOMEWHERE, link)) for link in links)
    unique = list(dict.fromkeys(fault for _, fault in sorted(found, key=lambda one: one[0])))
    if any(fault.severity != "warning" for fault in unique):
        return unique
    return [*unique, *_rehearsed(data, name, contexts)]


def _of_part(part: Sequence[tuple[int, Line]], contract: Contract) -> Iterator[tuple[int, TemplateFault]]:
    names = Names(contract)
    for order, line in part:
        rest = line.text
        for tag in tags_in(line.text):
            rest = rest[: tag.start] + " " * (tag.end - tag.start) + rest[tag.end :]
            for fault in (*_of_tag(tag, names), *_split(tag, line)):
                yield order, _placed(fault, line, tag.raw)
        for fault in _outside(rest, contract):
            yield order, _placed(fault, line, fault.tag)


def _placed(fault: TemplateFault, line: Line, tag: str) -> TemplateFault:
    return replace(fault, where=line.where, tag=tag, paragraph=line.index if line.kind == "正文" else 0)


def _of_tag(tag: Tag, names: Names) -> Iterator[TemplateFault]:
    """What is wrong in one tag; loops are entered and left on the way."""
    tree = tree_of(tag)
    if tag.form == "other":
        yield from _no_form(tag)
    elif tree is None:
        better = mended(tag)
        said = "标签里用了中文的全角符号。" if better else "标签写得不对，程序读不懂。"
        yield _fault(said, f"改成 {better}" if better else "请对照 template tags 里的写法改正。")
    elif tag.form in ("print", "for", "if", "elif", "cell"):
        refused = faults(tree)
        yield from (_fault(f"{one}。", "请换成资料里已有的标签。") for one in dict.fromkeys(refused))
        yield from () if refused else names.faults(tree)
    if tree is not None and tag.has_curly_quotes:
        yield _fault("标签里用了中文引号。", f"最好改成 {halved(tag.raw)}", "warning")
    if tag.form == "for":
        names.enter(tree)
    elif tag.form == "endfor":
        names.leave()


def _no_form(tag: Tag) -> Iterator[TemplateFault]:
    if _FORBIDDEN.fullmatch(tag.word):
        yield _fault(f"模板里不能用“{tag.word}”。", "只能用 for、if 和它们的结束。")
    elif tag.word not in _PREFIXES:
        near = get_close_matches(tag.word.lower(), _WORDS, 1)
        yield _fault(f"没有“{tag.word}”这种标签。", f"是不是 {near[0]}？" if near else "只能用 for、if 和它们的结束。")


def _outside(rest: str, contract: Contract) -> Iterator[TemplateFault]:
    """Tags that are none because their braces are broken, in the text between the whole tags."""
    for found in _BROKEN.finditer(rest):
        opened = "{%" if found[1][-1] in "%％" else "{{"
        closed = "%}" if opened == "{%" else "}}"
        inner = halved(found[2]).strip(" {}%")
        if not found[3]:
            advice = f"补上 {closed}；一个标签要写在同一段里。"
            yield _fault(f"标签没有写完，缺“{closed}”。", advice, tag=found[0][:40])
        else:
            said = "花括号用了中文的全角符号，或中间有空格。"
            yield _fault(said, f"改成 {opened} {inner} {closed}", tag=found[0])
    rest = _BROKEN.sub("", rest)
    for found in _SINGLE.finditer(rest):
        if found[1] in contract.tags.fields or found[1] in contract.hidden:
            yield _fault("少了一层花括号。", f"改成 {{{{ {found[1]}{found[2]} }}}}", tag=found[0])
    for found in _STRAY.finditer(_SINGLE.sub("", rest)):
        yield _fault(f"“{found[0]}”前面没有和它成对的花括号。", _RETYPE, tag=found[0])


def _split(tag: Tag, line: Line) -> Iterator[TemplateFault]:
    """Word cuts a tag into runs and docxtpl joins them, but for two cases: told only there."""
    if not line.pieces or tag.form == "comment":
        return
    starts = [start for start, _ in line.pieces] + [len(line.text)]
    covered = [piece for at, (start, piece) in enumerate(line.pieces) if start < tag.end and starts[at + 1] > tag.start]
    if len({piece.getparent().getparent() for piece in covered}) > 1:
        yield _fault("标签的一半在链接、修订或控件里，一半在外面。", _RETYPE)
    elif any(one.tag in _LOST for one in _between(covered[0], covered[-1])):
        yield _fault("标签中间夹着图片、脚注或域，会一起消失。", _RETYPE)


def _between(first: Any, last: Any) -> Iterator[Any]:
    inside = False
    for element in next(first.iterancestors(f"{_W}p")).iter():
        inside = inside or element is first
        if inside:
            yield element
        if element is last:
            return


def _structure(data: bytes, all_lines: Sequence[Line]) -> Iterator[tuple[int, TemplateFault]]:
    """What docxtpl-lint says of how docxtpl's forms stand to each other."""
    from docxtpl_lint import lint

    if _would_take_for_ever(all_lines):
        return
    places = {(_label(line.part), line.index): (order, line) for order, line in enumerate(all_lines) if line.index}
    nowhere = (len(all_lines), _SOMEWHERE)
    try:
        issues = lint(data, select=tuple(_STRUCTURE)).issues
    except Exception:  # a template from anywhere may fail in any way
        said = "标签之间的关系理不清（例如一层套一层，套得太深）。"
        yield len(all_lines), _placed(_fault(said, _RETYPE), _SOMEWHERE, "")
        return
    for issue in issues:
        order, line = places.get((issue.location.part, issue.location.paragraph), nowhere)
        message, advice = _STRUCTURE[issue.rule]
        words = {name: str(value) for name, value in issue.params.items()}
        yield order, _placed(_fault(message.format(**words), advice.format(**words)), line, issue.snippet)


def _would_take_for_ever(all_lines: Sequence[Line]) -> bool:
    """Whether a tag stays open in a long text: docxtpl-lint looks for its end again with every paragraph."""
    left = (TAG.sub("", line.text) for line in all_lines)
    return sum(len(line.text) for line in all_lines) > _BEARABLE and any("{{" in one or "{%" in one for one in left)


def _label(part: str) -> str:
    """A part as docxtpl-lint calls it: word/document.xml → body, word/header1.xml → header1."""
    stem = part.rpartition("/")[2].removesuffix(".xml")
    return "body" if stem == "document" else stem


def _rehearsed(data: bytes, name: str, contexts: Iterable[Mapping[str, Any]]) -> list[TemplateFault]:
    """What still keeps docxtpl from rendering a template in which nothing was found."""
    try:
        template = WordTemplate(name, data)
        for context in contexts:
            template.render(context)
    except UndefinedTag as problem:
        fault = _fault(f"“{problem.tag}”有时没有内容。", "请对照 template tags 改正这个标签。")
    except TemplateProblem as problem:
        said = f"{problem.__cause__}。" if isinstance(problem.__cause__, Refused) else "试着写一份，没有写成。"
        fault = _fault(said, "请对照原来的模板改正；用 template copy 可以再取一份。")
    else:
        return []
    return [_placed(fault, _SOMEWHERE, "")]


def _fault(message: str, suggestion: str, severity: Severity = "error", tag: str = "") -> TemplateFault:
    return TemplateFault("", tag, message, suggestion, severity)
