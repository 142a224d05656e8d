"""Putting the add-in in place, taking it away, and what the doctor says; in folders that play Windows and macOS."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.support.commands import program
from xl_liushou.adapters.addin_places import Places, places, told_python, windowless
from xl_liushou.adapters.machine import Machine, this_machine
from xl_liushou.app.addin import install_addin, uninstall_addin
from xl_liushou.app.doctor import checks
from xl_liushou.core.errors import CannotSave, UsageProblem

PYTHON = Path("/程序/python")


def windows(folder: Path) -> Places:
    return places("win32", {"APPDATA": str(folder / "AppData" / "Roaming"), "USERPROFILE": str(folder)})


def mac(folder: Path) -> Places:
    return places("darwin", {"HOME": str(folder)})


def tree(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("system", [windows, mac])
def test_it_is_put_in_place_and_taken_away_without_a_trace(tmp_path: Path, system: type) -> None:
    where = system(tmp_path)
    where.addin.parent.mkdir(parents=True)
    (where.addin.parent / "别人的.xlam").write_bytes(b"theirs")
    before = tree(tmp_path)
    install_addin(where, PYTHON)
    assert where.addin.read_bytes()[:2] == b"PK"
    assert told_python(where) == str(PYTHON)
    install_addin(where, Path("/另一个/python"))
    assert told_python(where) == "/另一个/python"
    removed = uninstall_addin(where)
    assert set(removed.result["files"]) == {str(path) for path in where.files}
    assert tree(tmp_path) == before
    assert not (tmp_path / ".xl_liushou").exists()
    assert uninstall_addin(where).result["files"] == []


def test_vba_can_read_the_configuration(tmp_path: Path) -> None:
    where = windows(tmp_path)
    install_addin(where, Path("C:/用户/张/pythonw.exe"))
    lines = where.config.read_bytes().decode("gbk").split("\r\n")
    assert lines == ['"INTERPRETER_WIN","C:/用户/张/pythonw.exe"', '"ADD_WORKBOOK_TO_PYTHONPATH","False"', ""]
    assert where.send_to is not None
    assert '"C:/用户/张/pythonw.exe" -P -m xl_liushou.window "%~1"' in where.send_to.read_text(encoding="utf-8")


def test_a_path_that_vba_could_not_read_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(UsageProblem, match="路径"):
        install_addin(windows(tmp_path), Path("/程序/\N{GRINNING FACE}/python"))
    assert tree(tmp_path) == {}


def test_an_excel_that_holds_the_file_is_told(tmp_path: Path) -> None:
    where = windows(tmp_path)
    where.addin.mkdir(parents=True)
    with pytest.raises(CannotSave, match="关闭 Excel"):
        install_addin(where, PYTHON)
    assert tree(tmp_path) == {}


def test_the_python_without_a_black_window_is_taken_where_there_is_one(tmp_path: Path) -> None:
    for name in ("python.exe", "pythonw.exe"):
        (tmp_path / name).touch()
    assert windowless(tmp_path / "python.exe") == tmp_path / "pythonw.exe"
    assert windowless(PYTHON) == PYTHON


def test_other_systems_are_told_kindly() -> None:
    ran = program("addin", "install")
    assert ran.code == 2
    assert "启动文件夹" in ran.err


def sound(folder: Path) -> Machine:
    return Machine(
        system="win32", python=(3, 11, 7), bits=64, packages={"xlwings": "0.37"}, places=windows(folder),
        addin_there=True, told_python="C:/pythonw.exe", told_python_there=True, excel="Excel.Application.16",
        excel_bits=64, macros=2, start_folder_trusted=True, pdf_maker="Word", chinese_fonts=True,
        book=folder / "关爱台账.xlsx", folder_writable=True,
    )  # fmt: skip


def wrong(machine: Machine) -> dict[str, str]:
    return {one.name: one.message for one in checks(machine) if one.ok is False}


def test_a_sound_computer_has_nothing_wrong(tmp_path: Path) -> None:
    assert wrong(sound(tmp_path)) == {}


@pytest.mark.parametrize(
    ("change", "name", "mend"),
    [
        ({"python": (3, 9, 1)}, "Python", "3.11"),
        ({"packages": {"xlwings": ""}}, "程序包", "pip install"),
        ({"excel": ""}, "Excel 或 WPS", "安装 Excel"),
        ({"addin_there": False}, "加载项", "addin install"),
        ({"told_python_there": False}, "按钮用的 Python", "addin install"),
        ({"from_internet": True}, "来自网络的标记", "解除锁定"),
        ({"macros": 4}, "宏设置", "信任中心"),
        ({"start_folder_trusted": False}, "受信任位置", "信任中心"),
        ({"pdf_maker": ""}, "转 PDF", "LibreOffice"),
        ({"chinese_fonts": False}, "中文字体", "思源"),
        ({"folder_writable": False}, "工作簿的文件夹", "文档"),
        ({"held_by": "正在 Excel 中打开着，请关闭。"}, "有没有被占用", "关闭"),
    ],
)
def test_what_is_wrong_is_named_with_its_mend(tmp_path: Path, change: dict[str, object], name: str, mend: str) -> None:
    found = wrong(replace(sound(tmp_path), **change))  # type: ignore[arg-type]
    assert list(found) == [name]
    assert mend in found[name]


def test_the_doctor_looks_at_this_computer(demo_book: Path) -> None:
    ran = program("addin", "doctor", demo_book, "--json")
    told = ran.json["checks"]
    assert {"Python", "程序包", "转 PDF", "工作簿的文件夹"} <= {one["name"] for one in told}
    assert all(set(one) == {"name", "ok", "message"} and one["message"] for one in told)
    assert ran.code == (0 if all(one["ok"] for one in told) else 1)
    assert this_machine(demo_book).folder_writable is True
