"""A Word template as its parts and paragraphs, opened within bounds, each place named as a person sees it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from xl_liushou.adapters.package import Package
from xl_liushou.core.errors import HostileInput, PasswordNeeded, TemplateProblem, UnusableInput

MAX_FILE: Final = 32 << 20
MAX_PARTS: Final = 2_000
MAX_XML: Final = 4 << 20
"""Bytes of one part that holds tags; a plan of twenty pages has a tenth of that."""
MAX_CHARACTERS: Final = 100_000
"""Characters of all text with tags; looking for a tag that is never closed takes the square of it."""

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TYPES: Final = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_MAIN: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_KINDS: Final = {
    _MAIN: "正文",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml": "页眉",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml": "页脚",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml": "脚注",
    "application/vnd.openxmlformats-package.core-properties+xml": "文档属性",
}
"""The parts in which docxtpl fills tags in."""
_PROPERTIES: Final = {
    "title": "标题", "subject": "主题", "creator": "作者", "description": "备注", "identifier": "标识符",
    "language": "语言",
}  # fmt: skip
_SAVE_AS: Final = "请用 Word 打开它，点“文件”—“另存为”，保存类型选“Word 文档 (*.docx)”，再试一次。"
_STRICT: Final = b"http://purl.oclc.org/ooxml/"


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph (or a property, or a picture's words) with the place where a person finds it.

    `kind` is the part's Chinese name, `index` the paragraph's number in its part (0 for what is none), `pieces` the
    text elements with the offsets at which they begin.
    """

    kind: str
    part: str
    index: int
    where: str
    text: str
    pieces: Sequence[tuple[int, Any]] = ()


def read_template(path: Path) -> bytes:
    """The bytes of a template file, judged by `check_template`."""
    try:
        with path.open("rb") as file:
            data = file.read(MAX_FILE + 1)
    except FileNotFoundError:
        raise TemplateProblem(f"找不到模板“{path.name}”，请检查文件名和所在文件夹。") from None
    except (OSError, ValueError):
        raise TemplateProblem(f"模板“{path.name}”读不了：可能正在 Word 里打开，或没有权限。请关闭它再试。") from None
    check_template(data, path.name)
    return data


def check_template(data: bytes, name: str) -> None:
    """Raises TemplateProblem for what is no Word template that can be worked with."""
    if not data:
        raise TemplateProblem(f"模板“{name}”是空文件。请换回原来的模板，或用 template copy 再取一份。")
    try:
        lines(data, name)
    except PasswordNeeded:
        raise TemplateProblem(f"模板“{name}”设有打开密码。请在 Word 里去掉密码，存好再试。") from None
    except HostileInput:
        raise TemplateProblem(
            f"模板“{name}”大得不正常，或含有危险的内容，没有使用。请确认它的来源，或用 template copy 再取一份。"
        ) from None
    except TemplateProblem:
        raise
    except UnusableInput:
        raise TemplateProblem(f"“{name}”不是完好的 Word 文档（.docx）。{_SAVE_AS}") from None


def lines(data: bytes, name: str) -> list[Line]:
    """All paragraphs in which tags may stand, in the order body, headers, footers, footnotes, properties."""
    package = Package(data, name)
    if len(data) > MAX_FILE or len(package.names()) > MAX_PARTS:
        raise package.hostile()
    parts = _parts(package)
    found = [line for part, kind, number in parts for line in _lines(part, kind, number, _root(package, part))]
    if sum(len(line.text) for line in found if "{" in line.text) > MAX_CHARACTERS:
        raise package.hostile()
    return found


def outside_links(data: bytes, name: str) -> list[str]:
    """What the file makes Word fetch when it is opened (linked pictures, a template), but no links to click on."""
    package = Package(data, name)
    found = (one for part in sorted(package.names()) if part.endswith(".rels") for one in _root(package, part))
    return [
        one.get("Target", "")
        for one in found
        if one.get("TargetMode") == "External" and not one.get("Type", "").endswith("/hyperlink")
    ]


def _parts(package: Package) -> list[tuple[str, str, str]]:
    """The parts with tags: name, Chinese name, and its number where there are several of the kind."""
    types = _root(package, "[Content_Types].xml")
    kinds = {one.get("PartName", "").lstrip("/"): one.get("ContentType", "") for one in types.iter(f"{_TYPES}Override")}
    if _MAIN not in kinds.values():
        raise TemplateProblem(f"“{package.name}”不是普通的 Word 文档（可能是 .dotx、.docm 或别的格式）。{_SAVE_AS}")
    order = list(_KINDS)
    sorted_parts = sorted(
        ((part, kind) for part, kind in kinds.items() if kind in _KINDS and package.has(part)),
        key=lambda one: (order.index(one[1]), one[0]),
    )
    counts = [kind for _, kind in sorted_parts]
    return [
        (part, _KINDS[kind], str(counts[: at + 1].count(kind)) if counts.count(kind) > 1 else "")
        for at, (part, kind) in enumerate(sorted_parts)
    ]


def _root(package: Package, part: str) -> Any:
    from lxml import etree

    data = package.read(part, MAX_XML)
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data or b"\0" in data:
        raise package.hostile()
    if _STRICT in data:
        raise TemplateProblem(
            f"模板“{package.name}”存成了“Strict Open XML 文档”，程序认不了。"
            f"{_SAVE_AS}（列表里有一项带“Strict”，不要选它。）"
        )
    try:
        return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError:
        raise package.broken() from None


def _lines(part: str, kind: str, number: str, root: Any) -> Iterator[Line]:
    place = f"第{number}个{kind}" if number else kind
    if kind == "文档属性":
        for element in root:
            title = _PROPERTIES.get(element.tag.rpartition("}")[2]) if isinstance(element.tag, str) else None
            if title:
                yield Line(kind, part, 0, f"{kind}“{title}”", element.text or "")
        return
    tables = {table: number for number, table in enumerate(root.iter(f"{_W}tbl"), 1)}
    for index, paragraph in enumerate(root.iter(f"{_W}p"), 1):
        text, pieces = _text(paragraph)
        where = _where(place, paragraph, tables, text)
        yield Line(kind, part, index, where, text, pieces)
    for element in root.iter():
        for value in element.attrib.values():
            if "{{" in value or "{%" in value:
                yield Line(kind, part, 0, f"{place}里图片或链接的说明文字", value)


def _text(paragraph: Any) -> tuple[str, list[tuple[int, Any]]]:
    """The text of one paragraph without those inside its text boxes."""
    text, pieces = "", []
    for element in paragraph.iter(f"{_W}t", f"{_W}instrText", f"{_W}tab", f"{_W}br"):
        if next(element.iterancestors(f"{_W}p")) is paragraph:
            pieces.append((len(text), element))
            text += (element.text or "") if element.tag in (f"{_W}t", f"{_W}instrText") else " "
    return text, pieces


def _where(place: str, paragraph: Any, tables: dict[Any, int], text: str) -> str:
    """正文第1个表格第2行第3列, or the beginning of the paragraph; a text box is named as such."""
    cells = [_cell(cell, tables) for cell in paragraph.iterancestors(f"{_W}tc")]
    boxed = "文本框里" if next(paragraph.iterancestors(f"{_W}txbxContent"), None) is not None else ""
    said = " ".join(text.split())
    return f"{place}{''.join(reversed(cells))}{boxed}“{said[:24]}{'…' if len(said) > 24 else ''}”"


def _cell(cell: Any, tables: dict[Any, int]) -> str:
    row = next(cell.iterancestors(f"{_W}tr"))
    table = next(cell.iterancestors(f"{_W}tbl"))
    line = 1 + sum(1 for _ in row.itersiblings(f"{_W}tr", preceding=True))
    column = 1 + sum(1 for _ in cell.itersiblings(f"{_W}tc", preceding=True))
    return f"第{tables[table]}个表格第{line}行第{column}列"
