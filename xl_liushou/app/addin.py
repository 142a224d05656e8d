"""The Excel add-in: making it from its sources, putting it in place, taking it away."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from xl_liushou.app.outcome import Outcome, heading

if TYPE_CHECKING:
    from xl_liushou.adapters.addin_places import Places


def build_addin(folder: Path) -> Outcome:
    """Builds the add-in and saves it in a folder."""
    from xl_liushou.adapters.saving import save_new
    from xl_liushou.build.addin import ADDIN_NAME

    path = folder.absolute() / f"{ADDIN_NAME}.xlam"
    save_new(path, _built())
    return Outcome({**heading("addin", None, None), "files": [str(path)]}, [f"已做好 Excel 加载项：{path}"])


def install_addin(where: Places, python: Path) -> Outcome:
    """Puts the add-in where Excel finds it when it starts, and tells it which Python to start."""
    from xl_liushou.adapters.addin_places import put_in_place, windowless

    put_in_place(where, _built(), windowless(python))
    files = [str(path) for path in where.files]
    lines = [
        *(f"已写好：{path}" for path in files),
        "请关闭 Excel 的所有窗口，再打开台账：上面会多出“关爱台账”一栏。没有的话，运行 xl-liushou addin doctor。",
        "想拿掉，运行 xl-liushou addin uninstall。",
    ]
    return Outcome({**heading("addin", None, None), "files": files}, lines)


def uninstall_addin(where: Places) -> Outcome:
    """Removes what `install_addin` wrote, and nothing else."""
    from xl_liushou.adapters.addin_places import take_away

    files = [str(path) for path in take_away(where)]
    told = [*(f"已删除：{path}" for path in files), "加载项已经拿掉，工作簿和别的加载项都没有动。"]
    return Outcome({**heading("addin", None, None), "files": files}, told if files else ["加载项没有装，不用拿掉。"])


def _built() -> bytes:
    from xl_liushou.adapters.resources import resource, resources
    from xl_liushou.adapters.xlwings_files import xlwings_modules
    from xl_liushou.build.addin import addin

    return addin(resource("macros", "customUI14.xml"), resources("macros", ".bas"), xlwings_modules())
