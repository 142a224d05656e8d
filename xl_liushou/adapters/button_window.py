"""A small window with the buttons of the ribbon, for WPS and for a workbook that is closed."""

from __future__ import annotations

import tkinter
from collections.abc import Callable, Sequence
from functools import partial
from tkinter import ttk

Group = tuple[str, Sequence[tuple[str, str, str]]]
"""A group's label, and each button's id, label and hint."""

_IN_A_ROW = 3


def show_buttons(title: str, subtitle: str, groups: Sequence[Group], press: Callable[[str], None]) -> None:
    """Shows the buttons until the window is closed; each press is over before the next."""
    root = tkinter.Tk()
    root.title(title)
    ttk.Label(root, text=subtitle).pack(anchor="w", padx=10, pady=6)
    hint = tkinter.StringVar(root)
    for label, buttons in groups:
        frame = ttk.LabelFrame(root, text=label)
        frame.pack(fill="x", padx=10, pady=3)
        for place, (button, words, told) in enumerate(buttons):
            shown = ttk.Button(frame, text=words, width=22, command=partial(press, button))
            shown.grid(row=place // _IN_A_ROW, column=place % _IN_A_ROW, padx=3, pady=3)
            for event in ("<Enter>", "<FocusIn>"):
                shown.bind(event, partial(_hinted, hint, told))
    ttk.Label(root, textvariable=hint, wraplength=520).pack(anchor="w", padx=10, pady=6)
    root.mainloop()


def _hinted(hint: tkinter.StringVar, words: str, _event: object) -> None:
    hint.set(words)
