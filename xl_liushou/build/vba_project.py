"""A VBA project as vbaProject.bin ([MS-OVBA]): the text of its modules and nothing compiled, so Excel compiles it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from struct import pack
from typing import Final, Literal

from xl_liushou.build.vba_compression import compressed
from xl_liushou.core.compound_file import compound_file

CODE_PAGE: Final = "cp1252"
PROJECT_NAME: Final = "XlLiushou"
_PROJECT_ID: Final = "{7C1E3F52-9A44-4B0E-8D35-5A1C60F2E9B7}"
_UNCOMPILED: Final = bytes.fromhex("cc61ffff000000")
"""_VBA_PROJECT of a project without compiled code (2.3.4.1)."""
_ENGLISH: Final = 0x0409
_REFERENCES: Final = (
    ("stdole", r"*\G{00020430-0000-0000-C000-000000000046}#2.0#0#C:\Windows\System32\stdole2.tlb#OLE Automation"),
    (
        "Office",  # IRibbonControl stands there; the lowest 2.x, which every later Office has
        r"*\G{2DF8D04C-5BFA-101B-BDE5-00AA0044DE52}#2.0#0#C:\Program Files\Common Files\Microsoft Shared\MSO.DLL"
        "#Microsoft Office Object Library",
    ),
)
_SEED: Final = 0x6A
"""Any byte will do; a fixed one makes the same project of the same modules."""
_STATE: Final = (("CMG", bytes(4)), ("DPB", bytes(1)), ("GC", b"\xff"))
"""Who may see the project, in the three fields that are encoded: no protection, no password, visible."""

_NAME: Final = re.compile(r'^Attribute VB_Name = "(\w{1,31})"\r$', re.ASCII | re.MULTILINE)
_EXPOSED: Final = re.compile(r"^Attribute VB_Exposed = \w+\r\n", re.MULTILINE)
_AFTER_EXPOSED: Final = "Attribute VB_TemplateDerived = False\r\nAttribute VB_Customizable = False\r\n"
_CLASS_BASE: Final = "0{FCFB3D2A-A0FA-1068-A738-08002B3371B5}"
_BOOK_BASE: Final = "0{00020819-0000-0000-C000-000000000046}"
_SHEET_BASE: Final = "0{00020820-0000-0000-C000-000000000046}"

Kind = Literal["Document", "Class", "Module"]


@dataclass(frozen=True, slots=True)
class Module:
    """One module: `source` is its whole text, attributes and CRLF line ends included."""

    name: str
    kind: Kind
    source: str


def exported(text: str) -> Module:
    """A module from the text of its .bas or .cls file, as VBA's editor exports it."""
    found = _NAME.search(text)
    if found is None or "\n" in text.replace("\r\n", ""):
        raise ValueError("a VBA file needs its VB_Name and CRLF line ends")
    if text.startswith("Attribute"):
        return Module(found[1], "Module", text)
    body = _EXPOSED.sub(rf"\g<0>{_AFTER_EXPOSED}", text[found.end() + 1 :], count=1)
    return Module(found[1], "Class", f'{found[0]}\nAttribute VB_Base = "{_CLASS_BASE}"\r\n{body}')


def documents(sheets: Sequence[str]) -> list[Module]:
    """The blank modules of the workbook and of its sheets, by their code names."""
    return [_document("ThisWorkbook", _BOOK_BASE), *(_document(sheet, _SHEET_BASE) for sheet in sheets)]


def _document(name: str, base: str) -> Module:
    values = {
        "VB_Name": f'"{name}"',
        "VB_Base": f'"{base}"',
        "VB_GlobalNameSpace": "False",
        "VB_Creatable": "False",
        "VB_PredeclaredId": "True",
        "VB_Exposed": "True",
        "VB_TemplateDerived": "False",
        "VB_Customizable": "True",
    }
    return Module(name, "Document", "".join(f"Attribute {key} = {value}\r\n" for key, value in values.items()))


def vba_project(modules: Sequence[Module]) -> bytes:
    """The project of these modules: the same modules give the same bytes."""
    streams = {module.name: compressed(module.source.encode(CODE_PAGE)) for module in modules}
    return compound_file(
        {
            "VBA": {"dir": compressed(b"".join(_directory(modules))), "_VBA_PROJECT": _UNCOMPILED, **streams},
            "PROJECT": "".join(f"{line}\r\n" for line in _properties(modules)).encode(CODE_PAGE),
            "PROJECTwm": b"".join(_names(modules)),
        }
    )


def _directory(modules: Sequence[Module]) -> Iterator[bytes]:
    """The dir stream (2.3.4.2): about the project, what it refers to, its modules."""
    for number, value in ((0x01, 1), (0x02, _ENGLISH), (0x14, _ENGLISH)):
        yield _record(number, pack("<I", value))
    yield _record(0x03, pack("<H", int(CODE_PAGE.removeprefix("cp"))))
    yield _record(0x04, PROJECT_NAME.encode(CODE_PAGE))
    yield _twice(0x05, "", 0x40)
    yield _record(0x06, b"") + _record(0x3D, b"")  # the path of a help file
    yield _record(0x07, pack("<I", 0)) + _record(0x08, pack("<I", 0))
    yield pack("<HIIH", 0x09, 4, 1, 0)  # the version; its size does not count the minor number
    yield _twice(0x0C, "", 0x3C)
    for name, library in _REFERENCES:
        yield _twice(0x16, name, 0x3E)
        yield _record(0x0D, _sized(library.encode(CODE_PAGE)) + bytes(6))
    yield _record(0x0F, pack("<H", len(modules))) + _record(0x13, b"\xff\xff")
    for module in modules:
        yield from _described(module)
    yield _record(0x10, b"")


def _described(module: Module) -> Iterator[bytes]:
    """A module's records: its text starts at the stream's first byte, since nothing compiled stands before it."""
    yield _twice(0x19, module.name, 0x47)
    yield _twice(0x1A, module.name, 0x32)
    yield _twice(0x1C, "", 0x48)
    yield _record(0x31, pack("<I", 0)) + _record(0x1E, pack("<I", 0)) + _record(0x2C, b"\xff\xff")
    yield _record(0x21 if module.kind == "Module" else 0x22, b"")
    yield _record(0x2B, b"")


def _record(number: int, data: bytes) -> bytes:
    return pack("<H", number) + _sized(data)


def _twice(number: int, text: str, unicode_number: int) -> bytes:
    """A text in the project's code page and in UTF-16; sizes count bytes."""
    return _record(number, text.encode(CODE_PAGE)) + _record(unicode_number, text.encode("utf-16-le"))


def _sized(data: bytes) -> bytes:
    return pack("<I", len(data)) + data


def _properties(modules: Sequence[Module]) -> Iterator[str]:
    """The PROJECT stream (2.3.1)."""
    yield f'ID="{_PROJECT_ID}"'
    for module in modules:
        yield f"{module.kind}={module.name}" + ("/&H00000000" if module.kind == "Document" else "")
    yield f'Name="{PROJECT_NAME}"'
    yield 'HelpContextID="0"'
    yield 'VersionCompatible32="393222000"'
    for key, value in _STATE:
        yield f'{key}="{_encoded(value).hex().upper()}"'
    yield from ("", "[Host Extender Info]", "&H00000001={3832D640-CF90-11CF-8E43-00A0C911005A};VBE;&H00000000")


def _encoded(data: bytes) -> bytes:
    """A field of PROJECT as [MS-OVBA] 2.4.3.2 mixes it with the project's id."""
    key = sum(_PROJECT_ID.encode()) & 0xFF
    mixed = [_SEED, _SEED ^ 2, _SEED ^ key]
    plain = key
    for value in (*bytes((_SEED & 6) // 2), *pack("<I", len(data)), *data):
        mixed.append(value ^ (mixed[-2] + plain) & 0xFF)
        plain = value
    return bytes(mixed)


def _names(modules: Sequence[Module]) -> Iterator[bytes]:
    """The PROJECTwm stream (2.3.3)."""
    for module in modules:
        yield module.name.encode(CODE_PAGE) + b"\0" + module.name.encode("utf-16-le") + b"\0\0"
    yield b"\0\0"
