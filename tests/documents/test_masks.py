from __future__ import annotations

import pytest

from xl_liushou.documents.masks import masked_id, masked_name


@pytest.mark.parametrize(
    ("number", "masked"),
    [("99000120160302001X", "990***********001X"), ("", ""), ("12345678", "********"), ("1234567", "*******")],
)
def test_an_id_keeps_three_and_four_and_hides_the_rest(number: str, masked: str) -> None:
    assert masked_id(number) == masked


@pytest.mark.parametrize(
    ("name", "masked"),
    [("张小明", "张*明"), ("张明", "张*"), ("张", "张"), ("欧阳小明", "欧**明"), ("买买提·江", "买***江"), ("", "")],
)
def test_a_name_keeps_its_first_and_last_character(name: str, masked: str) -> None:
    assert masked_name(name) == masked
