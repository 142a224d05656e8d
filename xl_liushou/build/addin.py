"""The Excel add-in as bytes: our VBA and xlwings' own, the ribbon in two editions, the words of the macros."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from lxml import etree
from openpyxl import Workbook

from xl_liushou.build.macro_parts import XLAM, Macros
from xl_liushou.build.steady_xlsx import workbook_bytes
from xl_liushou.build.vba_project import CODE_PAGE, Module, exported

ADDIN_NAME: Final = "xl_liushou"
"""The add-in's file, and by xlwings' own rule its configuration: .xl_liushou/xl_liushou.conf in the user's folder."""
_TITLE: Final = "关爱台账"
WORDS: Final[Mapping[str, str]] = {
    "title": _TITLE,
    "no_python": ("没有找到 Python，按钮还用不了。请打开命令行，运行 xl-liushou addin install，再重新打开 Excel。"),
    "broken": "程序没有运行成功。请打开命令行，运行 xl-liushou addin doctor，它会说哪里不对、怎么改。",
    "failed": "这一步没有做成。请保存工作簿，再试一次；还不行，就点“安装检查”。电脑报告的原因是：",
}
"""What the macros say themselves, when Python cannot; VBA reads it from the add-in's sheet."""

_UNNAMED: Final = b'Public Const PROJECT_NAME As String = "myaddin"'
_NAMED: Final = _UNNAMED.replace(b"myaddin", ADDIN_NAME.encode())
"""xlwings asks the makers of an add-in to name it here."""
_RIBBON: Final = "http://schemas.microsoft.com/office/2009/07/customui"
_OLD_RIBBON: Final = "http://schemas.microsoft.com/office/2006/01/customui"


def addin(ribbon: bytes, own: Sequence[bytes], xlwings: Sequence[bytes]) -> bytes:
    """The .xlam with this ribbon and these VBA files: the same sources give the same bytes."""
    ours = [source.replace(_UNNAMED, _NAMED) for source in xlwings]
    if ours == list(xlwings):
        raise ValueError("this xlwings names its configuration in a way of its own")
    return addin_of(ribbon, [exported(source.decode(CODE_PAGE)) for source in (*own, *ours)])


def addin_of(ribbon: bytes, modules: Sequence[Module]) -> bytes:
    """The .xlam with this ribbon and these modules."""
    book = Workbook()
    book.properties.title = _TITLE
    sheet = book.worksheets[0]
    sheet.title = "Words"
    for row in WORDS.items():
        sheet.append(row)
    return workbook_bytes(book, Macros(XLAM, modules, {2006: older_ribbon(ribbon), 2007: ribbon}))


def older_ribbon(ribbon: bytes) -> bytes:
    """The ribbon for Office 2007 and WPS, which know neither the newer namespace nor menus on the right button."""
    root = etree.fromstring(ribbon.replace(_RIBBON.encode(), _OLD_RIBBON.encode()))
    for unknown in root.findall(f"{{{_OLD_RIBBON}}}contextMenus"):
        root.remove(unknown)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")
