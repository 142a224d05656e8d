"""Word templates: prepared by docxtpl, rendered in Jinja's sandbox, read back as text for the leak scan."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from xl_liushou.core.errors import TemplateProblem
from xl_liushou.core.steady_zip import repacked

_NAMED = re.compile(r"'([^']*)' is undefined|has no attribute '([^']*)'")
_PARTS: Final[Mapping[str, str]] = {
    "word/document": "正文",
    "word/header": "页眉",
    "word/footer": "页脚",
    "word/footnotes": "脚注",
    "word/endnotes": "尾注",
    "word/comments": "批注",
    "word/charts/": "图表",
    "docProps/": "文档属性",
}
_WORD: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


class UndefinedTag(TemplateProblem):
    """A tag for which the merge context has nothing; `tag` is its last name."""

    code = "undefined-tag"

    def __init__(self, template: str, tag: str) -> None:
        super().__init__(f"模板“{template}”里的标签“{tag}”没有对应的内容。请对照原来的模板改正这个标签，或删掉它。")
        self.tag = tag


@dataclass(frozen=True, slots=True)
class Rendered:
    """A rendered paper: the file's bytes, and the text of each part by its Chinese name."""

    data: bytes
    text: Mapping[str, str]


class WordTemplate:
    """A Word template that can be rendered many times; it is prepared once."""

    def __init__(self, name: str, data: bytes) -> None:
        from xl_liushou.adapters.word_engine import Engine

        self.name = name
        self._engine = Engine(data)

    def render(self, context: Mapping[str, Any]) -> Rendered:
        """The paper for one context.

        Values are escaped; an unknown tag is an `UndefinedTag`, any other fault of the template a
        `TemplateProblem`. The same context gives the same bytes.
        """
        from jinja2 import UndefinedError

        try:
            data = repacked(self._engine.render(dict(context)))
        except UndefinedError as problem:
            raise UndefinedTag(self.name, _tag(str(problem))) from problem
        except Exception as problem:  # a template from anywhere may fail in any way
            raise TemplateProblem(
                f"模板“{self.name}”里有写得不完整或不允许的标签。请对照原来的模板改正，或换回原来的模板。"
            ) from problem
        return Rendered(data, texts(data))


def texts(data: bytes) -> dict[str, str]:
    """The text of all parts of a Word file that a reader may see, one line a paragraph."""
    from lxml import etree

    found: dict[str, list[str]] = {}
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            label = next((label for prefix, label in _PARTS.items() if name.startswith(prefix)), None)
            if label and name.endswith(".xml"):
                root = etree.fromstring(archive.read(name), parser)
                found.setdefault(label, []).append(_text(root, name))
    return {label: "\n".join(parts) for label, parts in found.items()}


def _text(root: Any, name: str) -> str:
    if name.startswith("docProps/"):
        return "\n".join(text for text in root.itertext() if text.strip())
    if name.startswith("word/charts/"):
        return "\n".join(one.text or "" for one in root.iter("{*}t", "{*}v"))
    lines = ("".join(piece.text or "" for piece in line.iter(f"{_WORD}t")) for line in root.iter(f"{_WORD}p"))
    return "\n".join(lines)


def _tag(message: str) -> str:
    found = _NAMED.search(message)
    return (found[1] or found[2]) if found else message
