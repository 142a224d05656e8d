"""The README tells the truth: its commands, its table of findings, its pictures."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.support.commands import AS_OF, program
from xl_liushou.cli import cli
from xl_liushou.documents.catalogue import PAPERS
from xl_liushou.rules.catalogue import BY_CODE

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def fenced(marker: str) -> str:
    found = re.search(rf"<!-- {marker} -->\n```\n(.+?)\n```", README, re.DOTALL)
    assert found, f"no {marker} in README.md"
    return found[1]


def test_there_are_exactly_two_commands_for_a_fresh_machine() -> None:
    assert README.count("```\n") == 4
    assert fenced("demo-command").endswith(".venv/bin/xl-liushou demo 演示")
    assert fenced("test-command").endswith(".venv/bin/python -m pytest")


def test_ci_runs_the_readme_s_test_command() -> None:
    assert "<!-- test-command -->" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def test_every_command_is_in_the_table_for_engineers() -> None:
    for name in cli.commands:
        assert re.search(rf"^\| `{name}\b", README, re.MULTILINE), name


def test_every_paper_it_names_exists() -> None:
    named = set(re.findall(r"`write ([a-z]+(?:-[a-z]+)*) ", README))
    assert named <= set(PAPERS)
    assert named >= set(PAPERS)


def test_the_findings_of_the_demo_are_those_in_the_table(demo_book: Path) -> None:
    told = set(re.findall(r"^\| ([A-Z]\d{3}) \|", README, re.MULTILINE))
    found = set(program("check", demo_book, "--as-of", AS_OF, "--json").json["summary"]["by_code"])
    assert told == found
    assert told <= set(BY_CODE)


@pytest.mark.parametrize("picture", sorted(set(re.findall(r"\]\((docs/pictures/[^)]+)\)", README))))
def test_every_picture_is_there_and_small(picture: str) -> None:
    path = ROOT / picture
    assert path.is_file()
    assert path.stat().st_size < 150_000
