"""False alarms and misses: random sound schools, and one defect of each rule planted in them.

`pytest -m slow tests/rules` runs the long campaign.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import islice
from pathlib import Path

import pytest

from tests.rules import (
    plant_campaigns,
    plant_cells,
    plant_contacts,
    plant_keys,
    plant_pairings,
    plant_roster,
    plant_sheets,
)
from tests.rules.planting import NoPlace, Planter, Spot
from tests.support.random_school import RandomSchool, made_untidy, random_school
from tests.support.workbooks import findings
from xl_liushou.core.finding import INFO, Finding
from xl_liushou.rules.catalogue import RULES, check

PLANTERS: Mapping[str, Sequence[Planter]] = {
    **plant_sheets.PLANTERS,
    **plant_cells.PLANTERS,
    **plant_keys.PLANTERS,
    **plant_roster.PLANTERS,
    **plant_pairings.PLANTERS,
    **plant_contacts.PLANTERS,
    **plant_campaigns.PLANTERS,
}
CODES = [rule.code for rule in RULES]
PARTS = 4


def is_long(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.option.markexpr == "slow")


def as_parsed(school: RandomSchool) -> list[Finding]:
    """What `check` says of the rows, without the way through a file."""
    return check(school.book.school(), school.today)


@pytest.mark.slow
@pytest.mark.parametrize("part", range(PARTS))
def test_of_a_sound_school_there_is_nothing_to_say(request: pytest.FixtureRequest, part: int) -> None:
    for seed in range(part, 4_000 if is_long(request) else 100, PARTS):
        assert (seed, as_parsed(random_school(seed))) == (seed, [])


@pytest.mark.slow
@pytest.mark.parametrize("part", range(PARTS))
def test_columns_left_out_and_blanks_that_may_be_are_infos_at_most(request: pytest.FixtureRequest, part: int) -> None:
    for seed in range(part, 4_000 if is_long(request) else 100, PARTS):
        told = as_parsed(made_untidy(random_school(seed)))
        assert (seed, [one for one in told if one.severity != INFO]) == (seed, [])


@pytest.mark.slow
def test_nor_of_its_file(request: pytest.FixtureRequest, tmp_path: Path) -> None:
    for seed in range(200 if is_long(request) else 8):
        school = random_school(seed)
        assert (seed, findings(school.book.save(tmp_path), school.today)) == (seed, [])


def test_every_rule_has_a_planter() -> None:
    assert sorted(PLANTERS) == sorted(CODES)


@pytest.mark.slow
@pytest.mark.parametrize("code", CODES)
def test_of_one_defect_exactly_what_follows_is_told(request: pytest.FixtureRequest, code: str) -> None:
    examples = 100 if is_long(request) else 3
    for planter in PLANTERS[code]:
        schools = list(islice(spoiled(planter), examples))
        assert len(schools) == examples
        for seed, school, expected in schools:
            assert (seed, spots(as_parsed(school))) == (seed, sorted(expected, key=str))


@pytest.mark.slow
@pytest.mark.parametrize("code", CODES)
def test_and_of_its_file(code: str, tmp_path: Path) -> None:
    for planter in PLANTERS[code]:
        seed, school, expected = next(spoiled(planter))
        told = findings(school.book.save(tmp_path), school.today)
        assert (seed, spots(told)) == (seed, sorted(expected, key=str))


def spoiled(planter: Planter) -> Iterator[tuple[int, RandomSchool, set[Spot]]]:
    """Schools with a defect, and what must be told of them; those that have no place for it are passed over."""
    for seed in range(2_000):
        school = random_school(seed)
        with suppress(NoPlace):
            yield seed, school, planter(school)


def spots(found: list[Finding]) -> list[Spot]:
    return sorted(((one.code, one.sheet, one.cell) for one in found), key=str)
