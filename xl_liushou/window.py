"""The window of buttons: `python -m xl_liushou.window [WORKBOOK]`, as "send to" starts it."""

from __future__ import annotations

import sys
from pathlib import Path


def main(words: list[str]) -> None:
    """Shows the buttons for a workbook; without one the person picks it."""
    from xl_liushou.adapters import dialogs
    from xl_liushou.adapters.button_window import show_buttons
    from xl_liushou.app.desk import TITLE
    from xl_liushou.app.desks import FileDesk
    from xl_liushou.app.ribbon_groups import ribbon_groups
    from xl_liushou.ribbon import press_button

    book = words[0] if words and words[0] else dialogs.ask_workbook("请选台账工作簿")
    if book:
        desk = FileDesk(Path(book))
        subtitle = f"{Path(book).name}　（请先在 Excel 或 WPS 里保存并关闭它）"
        show_buttons(TITLE, subtitle, list(ribbon_groups()), lambda pressed: press_button(desk, pressed))


if __name__ == "__main__":
    main(sys.argv[1:])
