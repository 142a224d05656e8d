"""The process that reads one foreign workbook: bytes in on stdin, its cells out on stdout as JSON.

It imports nothing of ours. A bound that is passed, and any harm done, ends only this process.
"""

from __future__ import annotations

import io
import json
import sys
from datetime import date, time, timedelta
from typing import Any, Final

BROKEN: Final = 2
PASSWORD: Final = 3
TOO_LARGE: Final = 4
MAX_CELLS: Final = 2_000_000
"""Cells, blank ones too, that the rectangles of all sheets may hold."""
_MEMORY: Final = 1 << 30


def main() -> int:
    """Reads and tells; the exit code says what is wrong."""
    _bounded()
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    data = sys.stdin.buffer.read()
    try:
        told = _sheets(CalamineWorkbook.from_filelike(io.BytesIO(data)))
    except PasswordError:
        return PASSWORD
    except (MemoryError, OverflowError):
        return TOO_LARGE
    except (CalamineError, ValueError, OSError):
        return PASSWORD if _is_protected(data) else BROKEN
    except BaseException as problem:  # pyo3's PanicException is no Exception
        return BROKEN if type(problem).__name__ == "PanicException" else TOO_LARGE
    sys.stdout.buffer.write(json.dumps(told, ensure_ascii=False).encode("utf-8", "replace"))
    return 0


def _is_protected(data: bytes) -> bool:
    """Whether a password stands before the content of an .xls; python-calamine says only that it cannot read it."""
    from msoffcrypto import OfficeFile

    try:
        return bool(OfficeFile(io.BytesIO(data)).is_encrypted())
    except Exception:  # the library raises what it stumbles over
        return False


def _bounded() -> None:
    """No more memory than a roster needs, where the system can bound it."""
    if sys.platform == "win32":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _sheets(book: Any) -> list[dict[str, Any]]:
    told, left = [], MAX_CELLS
    for meta in book.sheets_metadata:
        if not str(meta.typ).endswith("WorkSheet"):
            continue
        sheet = book.get_sheet_by_name(meta.name)
        left -= sheet.height * sheet.width
        if left < 0:
            raise OverflowError
        top, first = sheet.start or (0, 0)
        rows = [[_told(cell) for cell in row] for row in sheet.to_python(skip_empty_area=True)]
        merged = sheet.merged_cell_ranges or []
        told.append({"name": meta.name, "top": top, "left": first, "rows": rows, "merged": merged})
    return told


def _told(cell: Any) -> Any:
    """A cell as JSON has it."""
    if isinstance(cell, (date, time)):
        return [type(cell).__name__, cell.isoformat()]
    return ["timedelta", cell.total_seconds()] if isinstance(cell, timedelta) else cell


if __name__ == "__main__":
    sys.exit(main())
