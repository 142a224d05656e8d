"""Makes the committed templates anew from their builders: `python -m tests.support.remake`."""

from __future__ import annotations

from pathlib import Path

from xl_liushou.build.master import TITLE, master_workbook
from xl_liushou.build.papers import templates

ROOT = Path(__file__).parents[2]


def main() -> None:
    """Writes workbook_templates/ and doc_templates/."""
    (ROOT / "workbook_templates" / f"{TITLE}.xlsx").write_bytes(master_workbook())
    for name, data in templates().items():
        (ROOT / "doc_templates" / f"{name}.docx").write_bytes(data)


if __name__ == "__main__":
    main()
