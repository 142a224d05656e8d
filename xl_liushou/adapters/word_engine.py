"""The merge: docxtpl prepares a template once, then each document costs a Jinja render and a zip of what changed.

What cannot be compiled is rendered by docxtpl itself, document by document, in the same sandbox.
Imported when the first paper is rendered, since docxtpl, lxml and Jinja2 are slow to load.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Final

from jinja2 import StrictUndefined, Template, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from xl_liushou.adapters.docx_parts import SoundTemplate
from xl_liushou.adapters.template_guard import admit, bounded_join
from xl_liushou.adapters.word_drawing import additions
from xl_liushou.adapters.word_merge import Merge
from xl_liushou.adapters.word_pen import Pen
from xl_liushou.adapters.word_source import CannotCompile, parts_of, source, with_properties
from xl_liushou.adapters.word_text import texts
from xl_liushou.core.steady_zip import steady_zip

_IDS: Final = re.compile(rb'\b[iI]d="([^"]*)"')


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's immutable sandbox with strict tags; every template comes in by `from_string`, where it is judged."""

    concat = staticmethod(bounded_join)

    def __init__(self, pen: Pen) -> None:
        super().__init__(undefined=StrictUndefined, autoescape=True, finalize=pen.write)

    def from_string(self, source: str | nodes.Template, *args: Any, **more: Any) -> Template:
        """The compiled template; `Refused` where it says what no template may."""
        tree = self.parse(source) if isinstance(source, str) else source
        admit(tree)
        return super().from_string(tree, *args, **more)

    def getattr(self, obj: Any, attribute: str) -> Any:
        """A field; that of a record is looked up at once, all others by Jinja's rules."""
        if type(obj) is dict and attribute in obj:
            return obj[attribute]
        return super().getattr(obj, attribute)


class Engine:
    """One Word template, compiled where that can be done."""

    def __init__(self, data: bytes) -> None:
        self._data = with_properties(data)
        parts = parts_of(self._data)
        ids = {found.decode() for part in parts.values() for found in _IDS.findall(part)}
        self._pen = Pen({*parts, *ids})
        self._sandbox = Sandbox(self._pen)
        self._merge = self._compiled()

    @property
    def is_compiled(self) -> bool:
        """Whether documents are merged; otherwise docxtpl renders each."""
        return self._merge is not None

    def render(self, context: Mapping[str, Any]) -> tuple[bytes, Callable[[], Mapping[str, str]]]:
        """The file and its texts; whatever is wrong with the template is raised as it comes."""
        if self._merge:
            try:
                return self._merge.render(context)
            except CannotCompile:
                pass  # this document's values need docxtpl
        data = self._by_docxtpl(dict(context))
        return data, partial(texts, data)

    def _compiled(self) -> Merge | None:
        try:
            return Merge(source(self._data), self._sandbox, self._pen)
        except CannotCompile:
            return None

    def _by_docxtpl(self, context: dict[str, Any]) -> bytes:
        self._pen.begin(for_docxtpl=True)
        document = _Followed(self._data, self._pen)
        document.render(context, jinja_env=self._sandbox, autoescape=True)
        written = io.BytesIO()
        document.save(written)
        parts = parts_of(written.getvalue())
        return steady_zip({**parts, **additions(self._pen.names, self._pen.links, parts)}.items())


class _Followed(SoundTemplate):
    """A DocxTemplate that tells the pen on which part it works."""

    def __init__(self, data: bytes, pen: Pen) -> None:
        super().__init__(io.BytesIO(data))
        self._pen = pen

    def render_xml_part(self, src_xml: str, part: Any, *more: Any) -> str:
        """The part's XML, as docxtpl renders it."""
        self._pen.turn_to(str(part.partname).lstrip("/"))
        return str(super().render_xml_part(src_xml, part, *more))

    def render_properties(self, *more: Any) -> None:
        """The properties, where nothing can be drawn."""
        self._pen.turn_to("")
        super().render_properties(*more)
