"""The VBA in macros/ as text: ASCII, CRLF, declared names, closed blocks, and nothing of 32 bits only."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.macros.recorder import STAND_INS
from tests.macros.sources import vba_files
from tests.macros.vba_text import problems, procedures

VBA = {
    *("AscW", "Err", "Hex", "InStr", "LCase", "Len", "Mid", "MsgBox", "Right", "Shell"),
    *("vbExclamation", "vbNewLine", "vbNormalFocus"),
}
EXCEL = {"ActiveSheet", "ActiveWindow", "ActiveWorkbook", "Application", "Range", "ThisWorkbook", "Workbook"}
OFFICE = {"IRibbonControl"}
XLWINGS = {"RunPython", "GetConfig", "FileExists"}
FILES = pytest.mark.parametrize("path", vba_files(), ids=lambda path: path.stem)
PUBLIC = {one.name for path in vba_files() for one in procedures(path.read_text("ascii")) if one.is_public}
SOUND = """Attribute VB_Name = "One"
Option Explicit
Public Sub Go(control As IRibbonControl)
    On Error GoTo Failed
    Dim place As Long
    For place = 1 To 3
        If place = 2 Then
            Shell "x"
        End If
    Next place
    Exit Sub
Failed:
End Sub
"""


@FILES
def test_it_is_ascii_with_the_line_ends_of_windows(path: Path) -> None:
    data = path.read_bytes()
    assert data.isascii()
    assert data.endswith(b"\r\n")
    assert data.count(b"\n") == data.count(b"\r") == data.count(b"\r\n")
    assert b"\t" not in data
    assert data.startswith(f'Attribute VB_Name = "{path.stem}"\r\nOption Explicit\r\n'.encode())


@FILES
def test_a_compiler_would_take_it(path: Path) -> None:
    assert list(problems(path.read_text("ascii"), VBA | EXCEL | OFFICE | XLWINGS | PUBLIC)) == []


@FILES
def test_it_runs_on_32_and_64_bits_and_asks_nothing_of_windows(path: Path) -> None:
    assert not re.search(r"\bDeclare\b|\bLongPtr\b|CreateObject|\bInteger\b", path.read_text("ascii"))


def test_no_two_procedures_have_one_name() -> None:
    names = [one.name.lower() for path in vba_files() for one in procedures(path.read_text("ascii"))]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("path", vba_files(STAND_INS), ids=lambda path: path.stem)
def test_the_stand_ins_have_the_names_of_the_real_ones(path: Path) -> None:
    real = next((own for own in vba_files() if own.name == path.name), None)
    if real:
        wanted = {(one.name, one.parameters) for one in procedures(real.read_text("ascii")) if one.is_public}
        given = {(one.name, one.parameters) for one in procedures(path.read_text("ascii")) if one.is_public}
        assert given <= wanted


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("Option Explicit\n", "", "Option Explicit"),
        ("        End If\n", "", "End If was expected"),
        ("    Next place\n", "", "Next was expected"),
        ("End Sub\n", "", "End Sub is missing"),
        ("    Dim place As Long\n", "", "place is not declared"),
        ("Shell", "Shall", "shall is not declared"),
        ("Failed:", "Filed:", "no label Failed"),
        ("    On Error GoTo Failed\n", "", "what to do with an error"),
    ],
)
def test_the_reader_sees_what_is_wrong(old: str, new: str, problem: str) -> None:
    assert list(problems(SOUND, VBA | OFFICE)) == []
    assert any(problem in one for one in problems(SOUND.replace(old, new), VBA | OFFICE))
