"""In tkinter's place: windows that a person answers from a list, and that note what they were shown.

Environment: `ANSWERS` a JSON list of what the person does, window by window; `SHOWN` the file for what they saw.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from xl_liushou.adapters import dialogs

_answers: list[Any] = json.loads(os.environ["ANSWERS"])


def _note(*what: Any) -> None:
    with Path(os.environ["SHOWN"]).open("a", encoding="utf-8") as file:
        file.write(json.dumps(what, ensure_ascii=False) + "\n")


def tell(words: str, title: str) -> None:
    _note("tell", title, words)


def ask(question: str, title: str) -> Any:
    _note("ask", title, question)
    return _answers.pop(0)


def fill(question: str, title: str, lines: Sequence[dialogs.Line]) -> Any:
    _note("fill", title, question, [list(line) for line in lines])
    return _answers.pop(0)


def ask_rosters(title: str) -> Any:
    _note("pick", title)
    return _answers.pop(0)


dialogs.tell, dialogs.ask, dialogs.fill, dialogs.ask_rosters = tell, ask, fill, ask_rosters
