"""What is told of a fault of the program: where it happened, and nothing of the workbook."""

from __future__ import annotations

import contextlib
import os
import secrets
import traceback
from collections.abc import Iterator, Sequence
from pathlib import Path


def crash_report(fault: Exception, words: Sequence[str]) -> str:
    """Writes where a fault happened, without any value of the workbook, and says where the report lies."""
    places = [
        f"{Path(frame.filename).name}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(fault.__traceback__)
    ]
    text = "\n".join((type(fault).__name__, *places)) + "\n"
    told = "程序出了意外的毛病。工作簿要么还是原来的，要么已经完整写好，不会只写了一半。"
    for folder in (*_folders(words), Path.cwd()):
        with contextlib.suppress(OSError):
            state = folder / ".liushou"
            state.mkdir(mode=0o700, exist_ok=True)
            report = state / f"crash-{secrets.token_hex(4)}.txt"
            with os.fdopen(os.open(report, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
                file.write(text)
            return f"{told}请把这份不含个人信息的报告交给维护人员：{report}"
    return f"{told}请把这段话交给维护人员：{type(fault).__name__} {places[-1] if places else ''}"


def _folders(words: Sequence[str]) -> Iterator[Path]:
    """The folders of the files that a command names; a word that cannot be a path is none."""
    for word in words:
        with contextlib.suppress(OSError, ValueError):
            if Path(word).is_file():
                yield Path(word).absolute().parent
