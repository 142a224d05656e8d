"""The parts of Word files: those of a paper that is read, and those of a file that is put together."""

from __future__ import annotations

import hashlib
import io
import posixpath
import zipfile
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Any, Final
from urllib.parse import quote, unquote
from xml.sax.saxutils import quoteattr

from lxml import etree

from xl_liushou.core.steady_zip import steady_zip

TYPES: Final = "[Content_Types].xml"
_KINDS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_SHARED: Final = {"image", "header", "footer", "printerSettings"}
"""Kinds of parts that many places may point to; Word wants a chart and its workbook for each place."""


@dataclass(frozen=True, slots=True)
class Link:
    """A relationship: `target` is the name of a part, or any address where it is `external`."""

    id: str
    type: str
    target: str
    external: bool = False

    @property
    def kind(self) -> str:
        """The last word of its type: image, header, hyperlink."""
        return self.type.rsplit("/", 1)[-1]


def link_type(kind: str) -> str:
    """The type of a relationship of Office's own kinds."""
    return f"{_KINDS}{kind}"


def parsed(data: bytes) -> Any:
    """The root of a part."""
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))


def as_bytes(root: Any) -> bytes:
    """A part as it is written."""
    data: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)
    return data


def cut(root: Any, holder: Any) -> tuple[bytes, bytes, bytes]:
    """The XML of a part: up to the content of one of its elements, that content, and the rest."""
    data = as_bytes(root)
    name = f"{holder.prefix}:{etree.QName(holder).localname}" if holder.prefix else etree.QName(holder).localname
    start = data.index(b">", data.index(f"<{name}".encode())) + 1
    end = data.rindex(f"</{name}".encode())
    return data[:start], data[start:end], data[end:]


class Paper:
    """One Word file, its parts read when they are asked for."""

    def __init__(self, data: bytes) -> None:
        self._archive = zipfile.ZipFile(io.BytesIO(data))
        self._names = frozenset(self._archive.namelist())
        self._defaults, self._overrides = _types(self._archive.read(TYPES))
        self.package_links = self.links("")
        self.main = next(link.target for link in self.package_links if link.kind == "officeDocument")

    def read(self, name: str) -> bytes:
        """The bytes of a part."""
        return self._archive.read(name)

    def type_of(self, name: str) -> str:
        """The content type of a part."""
        return self._overrides.get(name.lower()) or self._defaults.get(name.rpartition(".")[2].lower(), "")

    def links(self, name: str) -> Sequence[Link]:
        """The relationships of a part, those of the package for ""; one to a part that is not there is none."""
        source = _links_name(name)
        found = _links(self.read(source), posixpath.dirname(name)) if source in self._names else ()
        return [link for link in found if link.external or link.target in self._names]

    @cached_property
    def main_links(self) -> Mapping[str, Link]:
        """The relationships of the document itself, by their ids."""
        return {link.id: link for link in self.links(self.main)}

    def related(self, kind: str) -> str:
        """The one part of this kind that the document has, "" without."""
        return next((link.target for link in self.main_links.values() if link.kind == kind), "")


class Links:
    """The relationships of a part in the making; what points to the same is one."""

    def __init__(self) -> None:
        self._ids: dict[tuple[str, str, bool], str] = {}

    def add(self, type_: str, target: str, external: bool = False) -> str:
        """The id under which the part points there."""
        return self._ids.setdefault((type_, target, external), f"rId{len(self._ids) + 1}")

    @property
    def all(self) -> list[Link]:
        """All of them."""
        return [Link(id_, *key) for key, id_ in self._ids.items()]


Mend = Callable[[bytes], bytes]


class Shelf:
    """The parts of a file in the making, each under a name of its own; equal pictures and headers are kept once."""

    def __init__(self) -> None:
        self._parts: dict[str, bytes] = {}
        self._types: dict[str, str] = {}
        self._links: dict[str, Sequence[Link]] = {}
        self._alike: dict[str, str] = {}
        self._numbers = Counter[str]()

    def copy(self, paper: Paper, link: Link, mend: Mend | None = None) -> str:
        """Takes over the part that a link of a paper points to, with all that it points to itself; its name here.

        `mend` changes the content of a header or footer; None where no other paper may share it.
        """
        links = [
            one if one.external else replace(one, target=self.copy(paper, one)) for one in paper.links(link.target)
        ]
        data, type_ = paper.read(link.target), paper.type_of(link.target)
        key = hashlib.sha256(repr((type_, links)).encode() + data).hexdigest() if link.kind in _SHARED else ""
        if key and key in self._alike:
            return self._alike[key]
        mended = mend(data) if mend else data
        name = self.put(link.target, mended, type_, links)
        if key and b"NUMPAGES" not in data:
            self._alike[key] = name
        return name

    def put(self, name: str, data: bytes, type_: str, links: Sequence[Link] = ()) -> str:
        """Puts a part there under its name, or one with another number where that is taken."""
        free = name
        stem, _, ending = name.rpartition(".")
        series = f"{stem.rstrip('0123456789')}{{}}.{ending}"
        while free in self._parts:
            self._numbers[series] += 1
            free = series.format(self._numbers[series])
        self._parts[free], self._types[free], self._links[free] = data, type_, links
        return free

    def packed(self, package_links: Sequence[Link]) -> bytes:
        """The file, the same every time."""
        parts = dict(self._parts)
        for name, links in {"": package_links, **self._links}.items():
            if links:
                parts[_links_name(name)] = _links_xml(links, posixpath.dirname(name))
        parts[TYPES] = _types_xml(self._types)
        return steady_zip(parts.items())


def _links_name(part: str) -> str:
    folder, base = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{base}.rels")


@lru_cache(maxsize=64)
def _links(data: bytes, folder: str) -> tuple[Link, ...]:
    return tuple(_link(element, folder) for element in parsed(data).iterfind("{*}Relationship"))


def _link(element: Any, folder: str) -> Link:
    target, external = element.get("Target", ""), element.get("TargetMode") == "External"
    if not external:
        target = posixpath.normpath(posixpath.join("/", folder, unquote(target))).lstrip("/")
    return Link(element.get("Id", ""), element.get("Type", ""), target, external)


@lru_cache(maxsize=16)
def _types(data: bytes) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Content types by the ending of a name, and by name."""
    root = parsed(data)
    defaults = {one.get("Extension").lower(): one.get("ContentType") for one in root.iterfind("{*}Default")}
    overrides = {
        one.get("PartName").lstrip("/").lower(): one.get("ContentType") for one in root.iterfind("{*}Override")
    }
    return defaults, overrides


def _links_xml(links: Sequence[Link], folder: str) -> bytes:
    lines = []
    for link in links:
        target = link.target if link.external else quote(posixpath.relpath(f"/{link.target}", f"/{folder}"))
        mode = ' TargetMode="External"' if link.external else ""
        names = f"Id={quoteattr(link.id)} Type={quoteattr(link.type)} Target={quoteattr(target)}"
        lines.append(f"<Relationship {names}{mode}/>")
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'{_HEAD}<Relationships xmlns="{space}">{"".join(lines)}</Relationships>'.encode()


def _types_xml(types: Mapping[str, str]) -> bytes:
    defaults = {"rels": "application/vnd.openxmlformats-package.relationships+xml", "xml": "application/xml"}
    lines = [f'<Default Extension="{ending}" ContentType="{type_}"/>' for ending, type_ in defaults.items()]
    for name, type_ in types.items():
        lines.append(f"<Override PartName={quoteattr('/' + quote(name))} ContentType={quoteattr(type_)}/>")
    space = "http://schemas.openxmlformats.org/package/2006/content-types"
    return f'{_HEAD}<Types xmlns="{space}">{"".join(lines)}</Types>'.encode()
