"""Small windows of the system's own kind: a message, a question, a form."""

from __future__ import annotations

import tkinter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from tkinter import filedialog, messagebox, simpledialog, ttk

Line = tuple[str, str, Sequence[str]]
"""A line of a form: its label, what stands there at first, what one can choose from."""


def tell(words: str, title: str) -> None:
    """A message."""
    with _root() as root:
        messagebox.showinfo(title, words, parent=root)


def ask(question: str, title: str) -> bool | None:
    """Yes, no, or None for neither."""
    with _root() as root:
        return messagebox.askyesnocancel(title, question, parent=root)


def ask_password(question: str, title: str) -> str:
    """A password that nobody sees; "" where the person gave none."""
    with _root() as root:
        return simpledialog.askstring(title, question, show="*", parent=root) or ""


def ask_workbook(title: str) -> str:
    """The path of a workbook that a person picks, "" where they picked none."""
    with _root() as root:
        return filedialog.askopenfilename(title=title, filetypes=[("Excel", "*.xlsx *.xlsm")], parent=root)


def ask_rosters(title: str) -> list[str]:
    """The paths of the rosters that a person picks, none where they picked none."""
    kinds = [("名册", "*.xlsx *.xls *.xlsm *.xlsb *.ods *.csv *.txt"), ("全部文件", "*.*")]
    with _root() as root:
        return list(filedialog.askopenfilenames(title=title, filetypes=kinds, parent=root))


def fill(question: str, title: str, lines: Sequence[Line]) -> list[str] | None:
    """What a person filled in, line by line; None where they closed the window."""
    with _root() as root:
        form = _Form(root, question, title, lines)
        return form.answers


class _Form(simpledialog.Dialog):
    answers: list[str] | None = None

    def __init__(self, root: tkinter.Tk, question: str, title: str, lines: Sequence[Line]) -> None:
        self._question, self._lines = question, lines
        super().__init__(root, title)

    def body(self, master: tkinter.Frame) -> tkinter.Widget:
        ttk.Label(master, text=self._question).grid(columnspan=2, sticky="w", pady=6)
        self._boxes: list[ttk.Entry] = []
        for row, (label, first, choices) in enumerate(self._lines, 1):
            ttk.Label(master, text=label).grid(row=row, sticky="e", padx=6, pady=3)
            box = ttk.Combobox(master, values=list(choices), state="readonly") if choices else ttk.Entry(master)
            box.configure(width=32)
            _start_with(box, first)
            box.grid(row=row, column=1, pady=3)
            self._boxes.append(box)
        return self._boxes[0]

    def buttonbox(self) -> None:
        box = ttk.Frame(self)
        ttk.Button(box, text="确定", command=self.ok, default="active").pack(side="left", padx=6, pady=6)
        ttk.Button(box, text="取消", command=self.cancel).pack(side="left", padx=6, pady=6)
        self.bind("<Return>", self.ok)
        self.bind("<Escape>", self.cancel)
        box.pack()

    def apply(self) -> None:
        self.answers = [box.get() for box in self._boxes]


def _start_with(box: ttk.Entry, first: str) -> None:
    if isinstance(box, ttk.Combobox):
        box.set(first)
    else:
        box.insert(0, first)


@contextmanager
def _root() -> Iterator[tkinter.Tk]:
    """A window that nobody sees, above all others, for the one that they see."""
    root = tkinter.Tk()
    try:
        root.withdraw()
        root.attributes("-topmost", True)
        yield root
    finally:
        root.destroy()
