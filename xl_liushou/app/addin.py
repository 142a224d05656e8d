"""The Excel add-in: making it from its sources."""

from __future__ import annotations

from pathlib import Path

from xl_liushou.app.outcome import Outcome, heading


def build_addin(folder: Path) -> Outcome:
    """Builds the add-in and saves it in a folder."""
    from xl_liushou.adapters.resources import resource, resources
    from xl_liushou.adapters.saving import save_new
    from xl_liushou.adapters.xlwings_files import xlwings_modules
    from xl_liushou.build.addin import ADDIN_NAME, addin

    path = folder.absolute() / f"{ADDIN_NAME}.xlam"
    save_new(path, addin(resource("macros", "customUI14.xml"), resources("macros", ".bas"), xlwings_modules()))
    return Outcome({**heading("addin", None, None), "files": [str(path)]}, [f"已做好 Excel 加载项：{path}"])
