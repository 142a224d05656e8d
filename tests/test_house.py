"""The house itself: style, types, arrows, purity, lazy doors. One command runs all of it with the tests."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "xl_liushou"
PURE = ("core", "schema", "followup", "figures", "rules", "documents", "exchange", "routines")


def run(*words: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", *words], cwd=cwd, capture_output=True, text=True, timeout=600)


@pytest.mark.parametrize(
    "words", [("ruff", "check", "."), ("ruff", "format", "--check", "."), ("mypy",)], ids=lambda words: " ".join(words)
)
def test_the_code_is_clean(words: tuple[str, ...]) -> None:
    done = run(*words)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_arrows_of_the_house_point_down() -> None:
    code = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr


def test_nothing_below_the_doors_reads_the_clock() -> None:
    clocks = {"today", "now", "utcnow"}
    for folder in PURE:
        for path in (PACKAGE / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                called = node.func.attr if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) else ""
                assert called not in clocks, f"{path.name}:{getattr(node, 'lineno', 0)} reads the clock"
                opened = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "open"
                assert not opened, f"{path.name} opens a file"


def test_help_pays_for_no_heavy_library() -> None:
    code = (
        "import sys\nfrom xl_liushou.cli import main\n"
        "try:\n    main(['--help'])\nexcept SystemExit as done:\n    assert done.code == 0\n"
        "heavy = {'openpyxl', 'lxml', 'docxtpl', 'docx', 'python_calamine', 'jinja2', 'xlwings', 'PIL', 'borax',\n"
        "         'keyring', 'msoffcrypto', 'olefile', 'cryptography'} & set(sys.modules)\n"
        "sys.exit(f'imported: {heavy}' if heavy else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert "用法" in done.stdout


def test_check_pays_for_no_word_library() -> None:
    code = (
        "import sys\nfrom pathlib import Path\nfrom xl_liushou.cli import main\n"
        f"book = {str(ROOT / 'workbook_templates' / '关爱台账.xlsx')!r}\n"
        "try:\n    main(['check', book])\nexcept SystemExit:\n    pass\n"
        "heavy = {'openpyxl', 'lxml', 'docxtpl', 'docx', 'jinja2', 'xlwings', 'PIL', 'borax',\n"
        "         'keyring', 'msoffcrypto', 'olefile', 'cryptography'} & set(sys.modules)\n"
        "sys.exit(f'imported: {heavy}' if heavy else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr


def test_files_and_functions_stay_short() -> None:
    declarations = {PACKAGE / "schema" / "sheets.py"}  # one line a column, all in one place by design
    long = []
    for path in PACKAGE.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        if text.count("\n") > 300 and path not in declarations:
            long.append(f"{path.relative_to(ROOT)}: {text.count(chr(10))} lines")
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno > 40:
                long.append(f"{path.relative_to(ROOT)}: {node.name}")
    assert not long, "\n".join(long)
