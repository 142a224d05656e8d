"""The sources of the add-in as the tests look at them."""

from __future__ import annotations

from pathlib import Path

from lxml import etree

from xl_liushou.build.vba_project import CODE_PAGE, Module, exported

MACROS = Path(__file__).parents[2] / "macros"
RIBBON = MACROS / "customUI14.xml"
NAMESPACE = "{http://schemas.microsoft.com/office/2009/07/customui}"


def vba_files(folder: Path = MACROS) -> list[Path]:
    return sorted([*folder.glob("*.bas"), *folder.glob("*.cls")])


def module(path: Path) -> Module:
    return exported(path.read_bytes().decode(CODE_PAGE))


def ribbon() -> etree._Element:
    return etree.fromstring(RIBBON.read_bytes())


def buttons(root: etree._Element | None = None) -> list[etree._Element]:
    """Every button, that of the tab, its menu and the right-click menus."""
    return list((ribbon() if root is None else root).iter(f"{NAMESPACE}button"))
