"""Word templates: prepared once by docxtpl, merged in Jinja's sandbox, read as text for the leak scan."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from xl_liushou.adapters.word_text import texts
from xl_liushou.core.errors import TemplateProblem

if TYPE_CHECKING:
    from xl_liushou.adapters.word_engine import Engine

__all__ = ["Rendered", "UndefinedTag", "WordTemplate", "texts"]

_NAMED = re.compile(r"'([^']*)' is undefined|has no attribute '([^']*)'")


class UndefinedTag(TemplateProblem):
    """A tag for which the merge context has nothing; `tag` is its last name."""

    code = "undefined-tag"

    def __init__(self, template: str, tag: str) -> None:
        super().__init__(f"模板“{template}”里的标签“{tag}”没有对应的内容。请对照原来的模板改正这个标签，或删掉它。")
        self.tag = tag


@dataclass(frozen=True)
class Rendered:
    """A rendered paper: the file's bytes, and the text of each part by its Chinese name, read when it is asked for."""

    data: bytes
    read: Callable[[], Mapping[str, str]]

    @cached_property
    def text(self) -> Mapping[str, str]:
        """All that can be read in the paper."""
        return self.read()


class WordTemplate:
    """A Word template that can be rendered many times; it is prepared once."""

    def __init__(self, name: str, data: bytes) -> None:
        self.name = name
        self._data = data

    @cached_property
    def _engine(self) -> Engine:
        from xl_liushou.adapters.word_engine import Engine

        return Engine(self._data)

    def render(self, context: Mapping[str, Any]) -> Rendered:
        """The paper for one context.

        Values are escaped; an unknown tag is an `UndefinedTag`, any other fault of the template a
        `TemplateProblem`. The same context gives the same bytes.
        """
        from jinja2 import UndefinedError

        try:
            data, read = self._engine.render(context)
        except UndefinedError as problem:
            raise UndefinedTag(self.name, _tag(str(problem))) from problem
        except Exception as problem:  # a template from anywhere may fail in any way
            raise TemplateProblem(
                f"模板“{self.name}”里有写得不完整或不允许的标签。请对照原来的模板改正，或换回原来的模板。"
            ) from problem
        return Rendered(data, read)


def _tag(message: str) -> str:
    found = _NAMED.search(message)
    return (found[1] or found[2]) if found else message
