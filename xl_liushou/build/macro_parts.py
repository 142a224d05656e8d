"""Puts a VBA project and a ribbon into the parts of a workbook that openpyxl wrote."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from xl_liushou.build.vba_project import Module, documents, vba_project

XLSM: Final = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
XLAM: Final = "application/vnd.ms-excel.addin.macroEnabled.main+xml"
_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_PROJECT: Final = "xl/vbaProject.bin"
_OFFICE: Final = "http://schemas.microsoft.com/office"
_TYPES, _PACKAGE, _WORKBOOK = "[Content_Types].xml", "_rels/.rels", "xl/_rels/workbook.xml.rels"


@dataclass(frozen=True, slots=True)
class Macros:
    """What makes a workbook one with macros: its type, the modules beside the blank ones of its sheets, its ribbon.

    `ribbons` are the customUI parts by the year of the relationship that Office looks for.
    """

    main_type: str = XLSM
    modules: Sequence[Module] = ()
    ribbons: Mapping[int, bytes] = field(default_factory=dict)


def with_macros(parts: Mapping[str, bytes], macros: Macros, sheets: Sequence[str]) -> dict[str, bytes]:
    """The workbook's parts and those of its macros; `sheets` are the code names of its sheets."""
    ribbons = {year: f"customUI/customUI{'14' if year > 2006 else ''}.xml" for year in macros.ribbons}
    links = "".join(
        _link(f"ribbon{year}", f"{year}/relationships/ui/extensibility", name) for year, name in ribbons.items()
    )
    types = parts[_TYPES].replace(_XLSX.encode(), macros.main_type.encode())
    return {
        **parts,
        _TYPES: _before_end(
            types, f'<Override PartName="/{_PROJECT}" ContentType="application/vnd.ms-office.vbaProject"/>'
        ),
        _PACKAGE: _before_end(parts[_PACKAGE], links),
        _WORKBOOK: _before_end(
            parts[_WORKBOOK], _link("vbaProject", "2006/relationships/vbaProject", _PROJECT.removeprefix("xl/"))
        ),
        _PROJECT: vba_project([*documents(sheets), *macros.modules]),
        **{name: macros.ribbons[year] for year, name in ribbons.items()},
    }


def _link(id_: str, kind: str, target: str) -> str:
    return f'<Relationship Id="{id_}" Type="{_OFFICE}/{kind}" Target="{target}"/>'


def _before_end(part: bytes, more: str) -> bytes:
    """An XML part with more elements at the end of its root."""
    start, end, root = part.rpartition(b"</")
    return start + more.encode() + end + root
