"""安装检查: what stands in the way of the buttons, line by line, each with its mend."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from xl_liushou.app.outcome import Outcome, heading

if TYPE_CHECKING:
    from xl_liushou.adapters.machine import Machine

_LEAST_PYTHON: Final = (3, 11)
_INSTALL: Final = "请运行 xl-liushou addin install，再重新打开 Excel。"
_MACROS_OFF: Final = 4
_NOT_HERE: Final = "这台电脑不是 Windows，不用管这一项。"


@dataclass(frozen=True, slots=True)
class Check:
    """One line: `ok` is None where it does not apply or cannot be known."""

    name: str
    ok: bool | None
    message: str


def doctor(book: Path | None = None) -> Outcome:
    """All checks of this computer, and of the folder of a workbook."""
    from xl_liushou.adapters.machine import this_machine

    found = list(checks(this_machine(book)))
    marks = {True: "好　　", False: "不行　", None: "不适用"}
    result = {
        **heading("addin", book, None),
        "checks": [{"name": one.name, "ok": one.ok is not False, "message": one.message} for one in found],
    }
    lines = [f"{marks[one.ok]} {one.name}：{one.message}" for one in found]
    return Outcome(result, lines, exit_code=1 if any(one.ok is False for one in found) else 0)


def checks(machine: Machine) -> Iterator[Check]:
    """What these facts mean, in the order in which one would mend them."""
    version = ".".join(map(str, machine.python))
    yield _check(
        "Python", machine.python >= _LEAST_PYTHON, f"{version}，{machine.bits} 位", "请装 3.11 或更新的 Python。"
    )
    missing = [name for name, number in machine.packages.items() if not number]
    have = "、".join(f"{name} {number}" for name, number in machine.packages.items() if number)
    yield _check("程序包", not missing, have, f"缺少 {'、'.join(missing)}。请在程序文件夹里运行 pip install .")
    yield _office(machine)
    yield from _addin(machine)
    yield from _settings(machine)
    yield _check(
        "转 PDF",
        bool(machine.pdf_maker),
        machine.pdf_maker,
        "没有找到 LibreOffice 或 Word。要 PDF 就装一个；不要就不用管。",
    )
    yield _fonts(machine)
    yield from _book(machine)
    yield Check("邮件", None, "发邮件还没有做好，现在不用设置。")


def _check(name: str, ok: bool, good: str, mend: str) -> Check:
    return Check(name, ok, good if ok else mend)


def _office(machine: Machine) -> Check:
    if machine.system not in ("win32", "darwin"):
        return Check("Excel 或 WPS", None, "这个系统上没有 Excel；命令都能用，按钮能做的命令都能做。")
    if machine.excel:
        bits = f"，{machine.excel_bits} 位" if machine.excel_bits else ""
        return Check("Excel 或 WPS", True, f"{machine.excel}{bits}")
    told = (
        "有 WPS：点按钮会先保存工作簿，再在旁边的小窗口里做。"
        if machine.wps
        else "没有找到 Excel，请先安装 Excel 或 WPS。"
    )
    return Check("Excel 或 WPS", machine.wps, told)


def _addin(machine: Machine) -> Iterator[Check]:
    if machine.places is None:
        yield Check("加载项", None, "这个系统上没有 Excel 的启动文件夹，装不了加载项。")
        return
    yield _check("加载项", machine.addin_there, str(machine.places.addin), f"还没有装。{_INSTALL}")
    told = f"找不到它记住的 Python（{machine.told_python}）。" if machine.told_python else "没有记下用哪个 Python。"
    yield _check("按钮用的 Python", machine.told_python_there, machine.told_python, told + _INSTALL)
    yield _check(
        "来自网络的标记", not machine.from_internet, "没有",
        f"Windows 因为加载项来自网络而不让 Excel 打开它。请右击 {machine.places.addin}，点“属性”，勾选“解除锁定”。",
    )  # fmt: skip


def _settings(machine: Machine) -> Iterator[Check]:
    if machine.system != "win32":
        yield Check("宏设置", None, _NOT_HERE)
        yield Check("受信任位置", None, _NOT_HERE)
        return
    yield _check(
        "宏设置", machine.macros != _MACROS_OFF, "允许",
        "Excel 禁用了全部宏。请点“文件”“选项”“信任中心”“宏设置”，改成“禁用所有宏，并发出通知”。",
    )  # fmt: skip
    yield _check(
        "受信任位置", machine.start_folder_trusted is not False, "启动文件夹受信任",
        "Excel 停用了所有受信任位置。请点“文件”“选项”“信任中心”“受信任位置”，去掉“禁用所有受信任位置”的勾。",
    )  # fmt: skip


def _fonts(machine: Machine) -> Check:
    if machine.chinese_fonts is None:
        return Check("中文字体", None, "看不出来装了哪些字体。")
    mend = "没有中文字体，转出的 PDF 会是方块。请安装思源宋体（Noto Serif CJK SC）一类的字体。"
    return _check("中文字体", machine.chinese_fonts, "有", mend)


def _book(machine: Machine) -> Iterator[Check]:
    if machine.book is None:
        yield Check("工作簿的文件夹", None, "没有指定工作簿；想查它的文件夹，在命令后面加上工作簿。")
        return
    folder = machine.book.absolute().parent
    yield _check(
        "工作簿的文件夹", bool(machine.folder_writable), f"{folder}，能写入",
        f"{folder} 不能写入。请把工作簿放到“文档”这样的文件夹，或请管理员放开权限。",
    )  # fmt: skip
    yield _check("有没有被占用", not machine.held_by, "没有", machine.held_by)
