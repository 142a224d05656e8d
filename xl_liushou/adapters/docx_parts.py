"""docxtpl, with two of its parts put right: values stay values in footnotes and document properties too."""

from __future__ import annotations

from html import unescape
from typing import Any, Final

from docx.opc.constants import CONTENT_TYPE
from docxtpl import DocxTemplate

_PROPERTIES: Final = ("author", "comments", "identifier", "language", "subject", "title")


class SoundTemplate(DocxTemplate):  # type: ignore[misc]
    """A DocxTemplate whose footnotes are rendered once and whose properties are escaped once."""

    def render_footnotes(self, context: dict[str, Any], jinja_env: Any = None) -> None:
        """Renders the footnotes; docxtpl 0.20 does so again for every section, and reads values as tags then."""
        for part in self.docx.part.package.iter_parts():
            if part.content_type == CONTENT_TYPE.WML_FOOTNOTES:
                xml = self.render_xml_part(self.patch_xml(part.blob.decode("utf-8")), part, context, jinja_env)
                part._blob = xml.encode("utf-8")

    def render_properties(self, context: dict[str, Any], jinja_env: Any = None) -> None:
        """Renders the properties; python-docx escapes them when it saves, so Jinja's own escaping is taken back."""
        said = self.docx.core_properties
        tagged = [name for name in _PROPERTIES if "{" in getattr(said, name)]
        super().render_properties(context, jinja_env)
        for name in tagged:
            setattr(said, name, unescape(getattr(said, name)))
