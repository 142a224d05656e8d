"""Makes the committed templates and the pages of docs/ anew: `python -m tests.support.remake`."""

from __future__ import annotations

from pathlib import Path

from tests.support.paper_samples import samples_document
from tests.support.rules_document import rules_document
from xl_liushou.build.master import TITLE, master_workbook
from xl_liushou.build.papers import templates

ROOT = Path(__file__).parents[2]


def main() -> None:
    """Writes workbook_templates/, doc_templates/, docs/规则目录.md and docs/文书样张.md."""
    (ROOT / "workbook_templates" / f"{TITLE}.xlsx").write_bytes(master_workbook())
    for name, data in templates().items():
        (ROOT / "doc_templates" / f"{name}.docx").write_bytes(data)
    (ROOT / "docs" / "规则目录.md").write_text(rules_document(), encoding="utf-8")
    (ROOT / "docs" / "文书样张.md").write_text(samples_document(), encoding="utf-8")


if __name__ == "__main__":
    main()
