from __future__ import annotations

import pytest

from xl_liushou.documents.masks import masked_address, masked_id, masked_name, masked_phone


@pytest.mark.parametrize(
    ("phone", "masked"), [("13812345678", "138****5678"), ("0999-6221234", "**********34"), ("", "")]
)
def test_a_phone_keeps_its_first_three_and_last_four_digits(phone: str, masked: str) -> None:
    assert masked_phone(phone) == masked


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


@pytest.mark.parametrize(
    ("address", "masked"),
    [
        ("青山镇云岭村二组18号", "青山镇云岭村"),
        ("城关镇和平社区3栋", "城关镇和平社区"),
        ("青山镇18号", "青山镇"),
        ("某处18号", "***"),
        ("", ""),
    ],
)
def test_an_address_ends_at_the_village(address: str, masked: str) -> None:
    assert masked_address(address) == masked
