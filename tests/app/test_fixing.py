"""Mending random schools with several planted defects: what can be mended is, and nothing else is touched."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from tests.rules.plant_cells import PLANTERS
from tests.rules.planting import NoPlace
from tests.support.random_school import RandomSchool, random_school
from xl_liushou.adapters.workbook_file import read_workbook
from xl_liushou.adapters.workbook_patch import patch
from xl_liushou.app.fixing import fixed
from xl_liushou.app.opening import open_book
from xl_liushou.core.finding import Finding
from xl_liushou.routines import check
from xl_liushou.routines.inputs import Inputs

MENDABLE = ("C105", "C115", "C116", "C117")


def spoiled(seed: int) -> RandomSchool:
    """A random sound school with some defects, mendable ones and one that is not."""
    school = random_school(seed)
    for code in (*MENDABLE * 3, "C102", "C103"):
        with suppress(NoPlace):
            PLANTERS[code][0](school)
    return school


def cells(path: Path) -> dict[tuple[str, int, int], Any]:
    return {
        (sheet.name, row, column): value
        for sheet in read_workbook(path).sheets
        for row, values in enumerate(sheet.rows, sheet.first_row)
        for column, value in enumerate(values, sheet.first_column)
        if value != ""
    }


def told(inputs: Inputs) -> list[Finding]:
    return check.findings(inputs)


@pytest.mark.slow
def test_what_can_be_mended_is_and_nothing_else(request: pytest.FixtureRequest, tmp_path: Path) -> None:
    mended = 0
    for seed in range(500 if request.config.option.markexpr == "slow" else 12):
        school = spoiled(seed)
        book = school.book.save(tmp_path)
        opened = open_book(book)
        inputs = Inputs(opened.school, school.today)
        before, findings = cells(book), told(inputs)
        plan, after = fixed(opened, inputs)
        changes = plan.report["changes"]
        mended += len(changes)
        assert [one for one in told(after) if one.fixable] == [], seed
        assert [one.code for one in told(after)] == [one.code for one in findings if not one.fixable], seed
        book.write_bytes(patch(opened.file.data, plan.edits).data)
        now = cells(book)
        differ = {where for where in before.keys() | now.keys() if before.get(where) != now.get(where)}
        assert len(differ) == len(changes), seed
        again, _ = fixed(open_book(book), Inputs(open_book(book).school, school.today))
        assert again.report["changes"] == [], seed
    assert mended > 50
