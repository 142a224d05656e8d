"""An Office file as a zip of parts: names, content types, relationships and parsed XML, all read eagerly."""

from __future__ import annotations

import posixpath
import zipfile
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import cast
from urllib.parse import unquote

from lxml import etree

CONTENT_TYPES = "[Content_Types].xml"
RELATIONSHIP_NAMESPACES = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "http://purl.oclc.org/ooxml/officeDocument/relationships",
)


@dataclass(frozen=True)
class Relationship:
    """One relationship of a part; `target` is a part name without a leading slash, or as written if external."""

    id: str
    kind: str
    target: str
    external: bool


class Package:
    """The parts of one .xlsx, .xlsm, .xlam or .docx; raises zipfile.BadZipFile when the zip is damaged."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with zipfile.ZipFile(path) as archive:
            self.entries = [info.filename for info in archive.infolist() if not info.is_dir()]
            self.parts = {name: archive.read(name) for name in self.entries}
        self._trees: dict[str, etree._Element] = {}

    def xml(self, name: str) -> etree._Element:
        """Return the root of an XML part, parsed once; raises KeyError or etree.XMLSyntaxError."""
        if name not in self._trees:
            parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
            self._trees[name] = etree.fromstring(self.parts[name], parser)
        return self._trees[name]

    @cached_property
    def defaults(self) -> dict[str, str]:
        """Content types by file extension, lower case."""
        elements = self.xml(CONTENT_TYPES).iterfind("{*}Default")
        return {element.get("Extension", "").lower(): element.get("ContentType", "") for element in elements}

    @cached_property
    def overrides(self) -> dict[str, str]:
        """Content types by part name, lower case, without the leading slash."""
        elements = self.xml(CONTENT_TYPES).iterfind("{*}Override")
        return {element.get("PartName", "").lstrip("/").lower(): element.get("ContentType", "") for element in elements}

    def content_type(self, name: str) -> str:
        """Return the content type of a part, empty when it has none."""
        default = self.defaults.get(extension(name), "")
        return self.overrides.get(name.lower(), default)

    def is_xml(self, name: str) -> bool:
        """Tell whether a part must be well-formed XML."""
        if name == CONTENT_TYPES or extension(name) in {"xml", "rels"}:
            return True
        return self.content_type(name).endswith(("+xml", "/xml"))

    @cached_property
    def xml_parts(self) -> list[str]:
        """The names of the parts that hold XML."""
        return [name for name in self.parts if self.is_xml(name)]

    def relationships(self, name: str) -> list[Relationship]:
        """Return the relationships of a part, or of the whole package for the name ''."""
        source = relationships_name(name)
        if source not in self.parts:
            return []
        return [_relationship(element, name) for element in self.xml(source).iterfind("{*}Relationship")]

    def related(self, name: str, kind: str) -> list[str]:
        """Return the existing parts that `name` points to with relationships of this kind ('worksheet', 'styles')."""
        targets = [link.target for link in self.relationships(name) if link.kind == kind and not link.external]
        return [target for target in map(self.existing, targets) if target]

    def existing(self, name: str) -> str:
        """Return the part's name as the zip spells it, empty when there is no such part (names ignore case)."""
        return name if name in self.parts else self._by_lower_name.get(name.lower(), "")

    @cached_property
    def _by_lower_name(self) -> dict[str, str]:
        return {name.lower(): name for name in self.parts}

    @cached_property
    def main(self) -> str:
        """The workbook or document part; raises ValueError when the package names none."""
        for name in self.related("", "officeDocument"):
            return name
        raise ValueError("the package has no main part")


def extension(name: str) -> str:
    """Return the extension of a part name, lower case, without the dot."""
    return posixpath.basename(name).rpartition(".")[2].lower()


def relationships_name(name: str) -> str:
    """Return the name of the part that holds the relationships of `name`."""
    folder, base = posixpath.split(name)
    return posixpath.join(folder, "_rels", f"{base}.rels")


def source_name(relationships: str) -> str:
    """Return the name of the part to which a .rels part belongs, '' for the package."""
    folder, base = posixpath.split(relationships)
    return posixpath.join(posixpath.dirname(folder), base.removesuffix(".rels"))


def _relationship(element: etree._Element, source: str) -> Relationship:
    target = element.get("Target", "")
    external = element.get("TargetMode") == "External" or target.startswith("#")
    kind = element.get("Type", "").rsplit("/", 1)[-1]
    return Relationship(element.get("Id", ""), kind, target if external else _resolve(target, source), external)


def _resolve(target: str, source: str) -> str:
    path = unquote(target.split("#", 1)[0])
    return posixpath.normpath(posixpath.join("/", posixpath.dirname(source), path)).lstrip("/")


def values(root: etree._Element, path: str) -> list[str]:
    """Return the attribute values or texts that an XPath finds."""
    return [str(value) for value in cast("list[str]", root.xpath(path))]


def local_name(element: etree._Element) -> str:
    """Return an element's name without its namespace."""
    return etree.QName(element).localname
