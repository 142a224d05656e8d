"""A VBA project as others read it: olevba its modules, olefile its container, [MS-OVBA] its fields."""

from __future__ import annotations

import re

import pytest

from tests.support.vba_readers import decompressed, modules, streams
from xl_liushou.build.vba_project import PROJECT_NAME, Module, documents, exported, vba_project

BAS = 'Attribute VB_Name = "One"\r\nOption Explicit\r\nPublic Sub Go()\r\nEnd Sub\r\n'
CLS = (
    "VERSION 1.0 CLASS\r\nBEGIN\r\n  MultiUse = -1  'True\r\nEND\r\n"
    'Attribute VB_Name = "Thing"\r\nAttribute VB_Exposed = False\r\nOption Explicit\r\nPublic Id As String\r\n'
)
MODULES = [*documents(["Sheet1", "Sheet2"]), exported(BAS), exported(CLS)]


@pytest.fixture(scope="module")
def project() -> bytes:
    return vba_project(MODULES)


def test_every_module_comes_back_to_the_letter(project: bytes) -> None:
    assert modules(project) == {module.name: module.source for module in MODULES}


def test_there_are_just_the_streams_of_a_project_without_compiled_code(project: bytes) -> None:
    found = streams(project)
    names = {f"VBA/{module.name}" for module in MODULES}
    assert set(found) == {"PROJECT", "PROJECTwm", "VBA/dir", "VBA/_VBA_PROJECT", *names}
    assert found["VBA/_VBA_PROJECT"] == bytes.fromhex("cc61ffff000000")
    assert all(found[name].startswith(b"\x01") for name in names)


def test_the_directory_says_that_text_starts_at_once_and_in_which_code_page(project: bytes) -> None:
    directory = decompressed(streams(project)["VBA/dir"])
    assert directory.count(bytes.fromhex("31000400000000000000")) == len(MODULES)
    assert bytes.fromhex("030002000000") + (1252).to_bytes(2, "little") in directory
    assert b"{2DF8D04C-5BFA-101B-BDE5-00AA0044DE52}#2.0#" in directory
    assert directory.endswith(bytes.fromhex("100000000000"))


def test_the_kinds_of_modules_are_told_apart(project: bytes) -> None:
    lines = streams(project)["PROJECT"].decode("cp1252").split("\r\n")
    assert [line for line in lines if re.match("Document|Module|Class", line)] == [
        "Document=ThisWorkbook/&H00000000",
        "Document=Sheet1/&H00000000",
        "Document=Sheet2/&H00000000",
        "Module=One",
        "Class=Thing",
    ]
    assert f'Name="{PROJECT_NAME}"' in lines


@pytest.mark.parametrize(("field", "value"), [("CMG", bytes(4)), ("DPB", b"\0"), ("GC", b"\xff")])
def test_nothing_is_protected_and_all_is_visible(project: bytes, field: str, value: bytes) -> None:
    text = streams(project)["PROJECT"].decode("cp1252")
    id_ = re.search(r'^ID="(.+)"', text)
    found = re.search(rf'{field}="([0-9A-F]+)"', text)
    assert id_
    assert found
    assert decoded(bytes.fromhex(found[1]), id_[1]) == value


def decoded(field: bytes, project_id: str) -> bytes:
    """A field of PROJECT, taken apart as [MS-OVBA] 2.4.3.3 says."""
    key, seed = sum(project_id.encode()) & 0xFF, field[0]
    assert (field[1] ^ seed, field[2] ^ seed) == (2, key)
    plain, values = key, []
    for at in range(3, len(field)):
        plain = field[at] ^ (field[at - 2] + plain) & 0xFF
        values.append(plain)
    values = values[(seed & 6) // 2 :]
    assert int.from_bytes(bytes(values[:4]), "little") == len(values) - 4
    return bytes(values[4:])


def test_the_names_stand_in_both_codings(project: bytes) -> None:
    names = b"".join(m.name.encode() + b"\0" + m.name.encode("utf-16-le") + b"\0\0" for m in MODULES)
    assert streams(project)["PROJECTwm"] == names + b"\0\0"


def test_a_class_loses_its_file_header_and_gets_the_attributes_that_only_a_project_has() -> None:
    names = [line.partition(" =")[0].removeprefix("Attribute ") for line in exported(CLS).source.split("\r\n")]
    own = ["Option Explicit", "Public Id As String", ""]
    assert names == ["VB_Name", "VB_Base", "VB_Exposed", "VB_TemplateDerived", "VB_Customizable", *own]


@pytest.mark.parametrize(
    "text",
    [BAS.replace("\r\n", "\n"), BAS.replace("One", "N" * 32), BAS.replace("Attribute", "'"), BAS + "Dim a\n"],
    ids=["line ends", "long name", "no name", "one line end"],
)
def test_a_file_that_is_no_export_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="VB_Name"):
        exported(text)


def test_a_character_outside_the_code_page_is_refused() -> None:
    with pytest.raises(UnicodeEncodeError):
        vba_project([Module("One", "Module", BAS + "' 中\r\n")])
