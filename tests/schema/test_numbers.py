"""Numbers that stand for persons, phones and classes."""

# ruff: noqa: E501  (tables of examples; Chinese counts double)

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.support.sound_school import id_number
from xl_liushou.schema.numbers import (
    id_birth_date,
    id_check_digit,
    id_gender,
    id_has_form,
    id_is_valid,
    split_class,
    tidy_phone,
)

BORN = st.dates(date(1950, 1, 1), date(2030, 12, 31))
IDS = st.builds(lambda born, order: id_number(f"990001{born:%Y%m%d}{order:03}"), BORN, st.integers(0, 999))


def test_the_example_of_the_standard_is_valid() -> None:
    """GB 11643-1999, 5.2 gives 11010519491231002X."""
    assert id_check_digit("11010519491231002") == "X"


@given(IDS)
def test_a_number_with_the_check_digit_of_mod_11_2_is_valid(number: str) -> None:
    assert id_has_form(number)
    assert id_is_valid(number)


@given(IDS, st.integers(0, 17), st.sampled_from("0123456789X"))
def test_any_single_wrong_character_is_caught(number: str, place: int, other: str) -> None:
    assume(number[place] != other)
    assert not id_is_valid(number[:place] + other + number[place + 1 :])


@given(IDS, st.integers(0, 16))
def test_two_neighbours_swapped_are_caught(number: str, place: int) -> None:
    swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    assume(swapped != number)
    assert not id_is_valid(swapped)


@given(BORN, st.integers(0, 999))
def test_birth_date_and_sex_stand_in_the_number(born: date, order: int) -> None:
    number = id_number(f"990001{born:%Y%m%d}{order:03}")
    assert id_birth_date(number) == born
    assert id_gender(number) == ("男" if order % 2 else "女")


@pytest.mark.parametrize("digits", ["20161301", "20160230", "00000000", "20160000"])
def test_a_number_without_a_real_day_has_no_birth_date(digits: str) -> None:
    assert id_birth_date(id_number(f"990001{digits}001")) is None


# Arabic digits and full-width ones are digits to Python, not to the standard.
@pytest.mark.parametrize(
    "text",
    [
        "",
        "99000120160302001",
        "9900012016030200100",
        "99000120160302001x",
        "9900012016030200I3",
        "９９０００１２０１６０３０２００１７",
        "٩٩٠٠٠١٢٠١٦٠٣٠٢٠٠١٧",
    ],
)
def test_anything_but_17_digits_and_a_digit_or_x_lacks_the_form(text: str) -> None:
    assert not id_has_form(text)


MOBILES = st.builds(lambda second, rest: f"1{second}{rest:09}", st.integers(3, 9), st.integers(0, 999_999_999))


@given(MOBILES)
def test_a_mobile_is_read_however_it_is_grouped(mobile: str) -> None:
    a, b, c = mobile[:3], mobile[3:7], mobile[7:]
    for written in (mobile, f"{a} {b} {c}", f"{a}-{b}-{c}", f"+86 {mobile}", f"+86-{mobile}", f"0086{mobile}", f"86{mobile}",
                    f"（{a}）{b}{c}", f"{a}.{b}.{c}", f"'{mobile}", f"{a}—{b}—{c}", f"+86({a}){b} {c}"):  # fmt: skip
        assert tidy_phone(written) == mobile


@given(MOBILES, st.text(alphabet="0123456789", min_size=1, max_size=3))
def test_a_mobile_with_digits_too_many_is_none(mobile: str, more: str) -> None:
    assert tidy_phone(mobile + more) is None


@given(MOBILES, st.integers(0, 10))
def test_a_mobile_with_a_digit_missing_is_none(mobile: str, place: int) -> None:
    assert tidy_phone(mobile[:place] + mobile[place + 1 :]) is None


@given(MOBILES, MOBILES, st.sampled_from([" ", "/", "、", ",", "；", "\n", "或", ""]))
def test_two_mobiles_in_a_cell_are_no_phone(one: str, other: str, between: str) -> None:
    assert tidy_phone(f"{one}{between}{other}") is None


@pytest.mark.parametrize(
    ("written", "phone"),
    [
        ("0999-6221234", "0999-6221234"),
        ("09996221234", "09996221234"),
        ("0999 6221234", "09996221234"),
        ("(0999)6221234", "0999-6221234"),
        ("（0999）6221234", "0999-6221234"),
        ("(0999) 6221234", "0999-6221234"),
        ("0999—6221234", "0999-6221234"),
        ("0999--6221234", "0999-6221234"),
        ("010-62212345", "010-62212345"),
        ("028-62212345-801", "028-62212345-801"),
    ],
)
def test_a_landline_with_its_area_is_read(written: str, phone: str) -> None:
    assert tidy_phone(written) == phone


@pytest.mark.parametrize(
    "text",
    ["", "无", "6221234", "62212345", "12345678901", "11900000001", "0999-622123", "0999-622123456", "110", "400-123-4567",
     "13900000001（爷爷）", "爷爷13900000001", "1390000000l", "wx13900000001", "0099-6221234", "10-62212345"],
)  # fmt: skip
def test_what_is_no_phone_is_none(text: str) -> None:
    assert tidy_phone(text) is None


@given(MOBILES)
def test_tidying_a_phone_twice_changes_nothing_the_second_time(mobile: str) -> None:
    tidy = tidy_phone(f"+86 {mobile}")
    assert tidy is not None
    assert tidy_phone(tidy) == tidy


NUMERALS = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二", "十三", "十四", "十五", "十六", "十七",
            "十八", "十九", "二十"]  # fmt: skip
WRITTEN_CLASSES = [
    (f"{before}{number}{after}", f"{index}班")
    for index, numeral in enumerate(NUMERALS, 1)
    for number in (str(index), numeral)
    for before, after in (("", "班"), ("", ""), ("(", ")班"), ("（", "）班"), (" ", " 班"))
]


@pytest.mark.parametrize(("written", "name"), WRITTEN_CLASSES)
def test_a_class_is_one_name_however_it_is_written(written: str, name: str) -> None:
    assert split_class(written) == ("", name)


@pytest.mark.parametrize("number", [1, 2, 12])
@pytest.mark.parametrize(("index", "grade"), list(enumerate("一二三四五六", 1)))
def test_a_class_may_say_its_grade(index: int, grade: str, number: int) -> None:
    numeral = NUMERALS[number - 1]
    for written in (
        f"{grade}年级{number}班", f"{grade}年级（{number}）班", f"{grade}年级{numeral}班", f"{grade}年{numeral}班", f"{grade}年{number}班",
        f"{index}年级{number}班", f"{grade}（{number}）班", f"{grade}({numeral})班", f"{grade}({number})", f"{index}({number})班",
        f"{grade}{number}班", f"{grade} 年级 {number} 班", f"{index}.{number}班", f"{grade}-{number}",
    ):  # fmt: skip
        assert split_class(written) == (f"{grade}年级", f"{number}班"), written


@pytest.mark.parametrize(("index", "numeral"), list(enumerate("一二三四五六七八九", 1)))
def test_three_one_is_the_first_class_of_the_third_grade(index: int, numeral: str) -> None:
    assert split_class(f"三{numeral}班") == ("三年级", f"{index}班")


@pytest.mark.parametrize(
    ("written", "parts"),
    [("301", ("三年级", "1班")), ("602班", ("六年级", "2班")), ("31班", ("", "31班")), ("01班", ("", "1班"))],
)
def test_three_digits_are_grade_and_class_two_are_a_class(written: str, parts: tuple[str, str]) -> None:
    assert split_class(written) == parts


@pytest.mark.parametrize(
    "text",
    [
        "",
        "112班",
        "向阳班",
        "三年级",
        "三年级向阳班",
        "班",
        "0班",
        "00",
        "七年级1班",
        "123",
        "1、2班",
        "1班2班",
        "全校",
        "三年级各班",
    ],
)
def test_a_class_with_a_name_of_its_own_is_left_alone(text: str) -> None:
    assert split_class(text) is None
