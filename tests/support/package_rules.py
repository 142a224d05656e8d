"""What every Office file must keep, whatever it holds: each rule yields one sentence per problem."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from lxml import etree

from tests.support.package import (
    CONTENT_TYPES,
    RELATIONSHIP_NAMESPACES,
    Package,
    extension,
    local_name,
    source_name,
    values,
)

Rule = Callable[[Package], Iterator[str]]

_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_DOCUMENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
MAIN_CONTENT_TYPES = {
    ".xlsx": _SHEET,
    ".xlsm": "application/vnd.ms-excel.sheet.macroEnabled.main+xml",
    ".xlam": "application/vnd.ms-excel.addin.macroEnabled.main+xml",
    ".docx": _DOCUMENT,
}
_KINDS_NAMED_IN_THEIR_TYPE = {
    *("worksheet", "chartsheet", "styles", "sharedStrings", "theme", "table", "comments", "calcChain", "drawing"),
    *("chart", "header", "footer", "numbering", "settings", "webSettings", "fontTable", "footnotes", "endnotes"),
    *("core-properties", "extended-properties", "custom-properties"),
}
_VML_RELATIONSHIP = "{urn:schemas-microsoft-com:office:office}relid"


def duplicates(items: Iterable[str]) -> list[str]:
    """Return the values that occur more than once, in order."""
    return [value for value, count in Counter(items).items() if count > 1]


def zip_names_are_unique(package: Package) -> Iterator[str]:
    """Part names ignore case, so two that differ in case only are one part twice."""
    for name in duplicates(entry.lower() for entry in package.entries):
        yield f"{name}: the zip holds it more than once"


def xml_is_well_formed(package: Package) -> Iterator[str]:
    if CONTENT_TYPES not in package.parts:
        yield f"{CONTENT_TYPES}: missing"
        return
    problems = list(_parse_problems(package, CONTENT_TYPES))
    others = [] if problems else [name for name in package.xml_parts if name != CONTENT_TYPES]
    yield from problems
    for name in others:
        yield from _parse_problems(package, name)


def _parse_problems(package: Package, name: str) -> Iterator[str]:
    if b"<!DOCTYPE" in package.parts[name]:
        yield f"{name}: has a DTD"
        return
    try:
        package.xml(name)
    except etree.XMLSyntaxError as error:
        yield f"{name}: not well-formed: {error}"


def content_types_are_complete(package: Package) -> Iterator[str]:
    for name in package.parts:
        if name != CONTENT_TYPES and not package.content_type(name):
            yield f"{name}: no content type in {CONTENT_TYPES}"
    for name in package.overrides:
        if not package.existing(name):
            yield f"{CONTENT_TYPES}: override for a missing part {name}"
    overrides = package.xml(CONTENT_TYPES).iterfind("{*}Override")
    for name in duplicates(element.get("PartName", "").lower() for element in overrides):
        yield f"{CONTENT_TYPES}: two overrides for {name}"


def main_type_fits_extension(package: Package) -> Iterator[str]:
    """Excel and Word refuse a file whose extension disagrees with the type of its main part."""
    expected = MAIN_CONTENT_TYPES.get(package.path.suffix.lower())
    if not package.related("", "officeDocument"):
        yield "_rels/.rels: no main part"
    elif expected and package.content_type(package.main) != expected:
        yield f"{package.main}: content type {package.content_type(package.main)}, expected {expected}"


def relationships_are_sound(package: Package) -> Iterator[str]:
    for part in (name for name in package.parts if extension(name) == "rels"):
        source = source_name(part)
        if source and not package.existing(source):
            yield f"{part}: belongs to a missing part {source}"
        links = package.relationships(source)
        for id_ in duplicates(link.id for link in links):
            yield f"{part}: two relationships {id_}"
        for link in links:
            if not link.external and not package.existing(link.target):
                yield f"{part}: {link.id} points to a missing part {link.target}"


def targets_have_fitting_types(package: Package) -> Iterator[str]:
    for part in (name for name in package.parts if extension(name) == "rels"):
        for link in package.relationships(source_name(part)):
            content_type = package.content_type(link.target)
            if link.kind in _KINDS_NAMED_IN_THEIR_TYPE and not content_type.endswith(f"{link.kind}+xml"):
                yield f"{link.target}: content type {content_type} for a relationship {link.kind}"


def relationship_ids_exist(package: Package) -> Iterator[str]:
    for name in package.xml_parts:
        known = {link.id for link in package.relationships(name)}
        for id_ in sorted(relationship_ids(package.xml(name)) - known):
            yield f"{name}: uses relationship {id_}, which it does not have"


def relationship_ids(root: etree._Element) -> set[str]:
    """Return every relationship id that a part's XML uses: r:id, r:embed …, VML's o:relid, the ribbon's image."""
    used = {value for space in RELATIONSHIP_NAMESPACES for value in values(root, f"//@*[namespace-uri()='{space}']")}
    used.update(element.get(_VML_RELATIONSHIP, "") for element in root.iter("{urn:schemas-microsoft-com:vml}*"))
    if local_name(root) == "customUI":
        used.update(values(root, "//@image"))
    return used - {""}


WELL_FORMEDNESS: tuple[Rule, ...] = (zip_names_are_unique, xml_is_well_formed)
PACKAGE_RULES: tuple[Rule, ...] = (
    content_types_are_complete,
    main_type_fits_extension,
    relationships_are_sound,
    targets_have_fitting_types,
    relationship_ids_exist,
)
