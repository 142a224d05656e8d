"""The wheel needs no checkout: what it ships is found from anywhere."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

from xl_liushou.adapters.resources import resource
from xl_liushou.documents.catalogue import PAPERS

ROOT = Path(__file__).parents[1]


def run(*words: str, **more: str) -> subprocess.CompletedProcess[str]:
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"} | more
    return subprocess.run(words, cwd=ROOT.anchor, env=environment, capture_output=True, text=True, timeout=120)


def test_a_checkout_finds_its_templates() -> None:
    assert resource("workbook_templates", "关爱台账.xlsx")[:2] == b"PK"


def test_a_wheel_carries_everything_and_works_from_another_folder(tmp_path: Path) -> None:
    built = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)],
        cwd=ROOT, capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert built.returncode == 0, built.stderr
    site = tmp_path / "site"
    with zipfile.ZipFile(next(tmp_path.glob("*.whl"))) as wheel:
        names = set(wheel.namelist())
        wheel.extractall(site)
    shipped = {f"xl_liushou/_data/doc_templates/{name}.docx" for name in PAPERS}
    shipped |= {f"xl_liushou/_data/macros/{path.name}" for path in (ROOT / "macros").iterdir()}
    assert names >= shipped | {"xl_liushou/_data/workbook_templates/关爱台账.xlsx", "xl_liushou/py.typed"}
    assert not any(name.startswith(("tests/", "docs/")) for name in names)
    book = tmp_path / "台账.xlsx"
    python = (sys.executable, "-m", "xl_liushou")
    made = run(*python, "new", str(book), "--demo", "--as-of", "2026-11-23", PYTHONPATH=str(site))
    assert made.returncode == 0, made.stderr
    wrote = run(*python, "write", "archive-card", str(book), "--class", "三年级1班", PYTHONPATH=str(site))
    assert wrote.returncode == 0, wrote.stderr
    built = run(*python, "addin", "build", "--out", str(tmp_path), PYTHONPATH=str(site))
    assert built.returncode == 0, built.stderr
    where = run(sys.executable, "-c", "import xl_liushou; print(xl_liushou.__file__)", PYTHONPATH=str(site))
    assert where.stdout.startswith(str(site))
