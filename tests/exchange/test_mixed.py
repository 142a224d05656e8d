"""Mixed cells are split into exactly what is in them, or not at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xl_liushou.exchange.mixed import Mention, read_mention, read_mentions, read_name, read_phones
from xl_liushou.exchange.words import RELATIONS

NAMES = st.sampled_from(["李四光", "罗桂芳", "王强", "欧阳建国", "阿依古丽·买买提", "单小花"])
WORDS = st.sampled_from(sorted(word for word in RELATIONS if len(word) > 1))
PHONES = st.integers(0, 10**9 - 1).map(lambda number: f"13{number:09d}")


@pytest.mark.parametrize(
    ("text", "expected"),
    {
        "张三 13800000000": Mention("", "张三", ("13800000000",)),
        "张三丰13800000000": Mention("", "张三丰", ("13800000000",)),
        "祖父 李四光": Mention("祖父", "李四光"),
        "祖父李四光": Mention("祖父", "李四光"),
        "爷爷：李四光（138-0000-0000）": Mention("祖父", "李四光", ("13800000000",)),
        "李四光（爷爷）0999-6221234": Mention("祖父", "李四光", ("0999-6221234",)),
        "王 强": Mention("", "王强"),
        "外婆": Mention("外祖母"),
        "父王强": None,
        "王强 刘芳": None,
        "去世": None,
        "不在": None,
        "在广东": None,
        "王强、在深圳打工": None,
        "奶奶、爷爷": None,
        "亲戚": None,
        "1380000000": None,
        "": None,
    }.items(),
)
def test_a_mention_is_read_whole_or_not_at_all(text: str, expected: Mention | None) -> None:
    assert read_mention(text) == expected


@given(
    name=NAMES, word=WORDS, phone=PHONES, sign=st.sampled_from([" ", "　", "：", "，", "/", "、", "\n"]), data=st.data()
)
def test_any_order_of_relation_name_and_phone_is_understood(
    name: str, word: str, phone: str, sign: str, data: st.DataObject
) -> None:
    parts = data.draw(st.permutations([name, word, phone]))
    assert read_mention(sign.join(parts)) == Mention(RELATIONS[word], name, (phone,))


@given(first=NAMES, second=NAMES, one=PHONES, other=PHONES, between=st.sampled_from([" ", "，", "；", "\n", " / "]))
def test_two_parents_in_a_cell_are_told_apart(first: str, second: str, one: str, other: str, between: str) -> None:
    text = f"父：{first} {one}{between}母亲：{second}{other}"
    assert read_mentions(text) == [Mention("父亲", first, (one,)), Mention("母亲", second, (other,))]


@pytest.mark.parametrize(
    "text", ["王强/刘芳", "父王强母刘芳", "其他 父：王强", "父：王强 父：李四光", "父：", "父：王强 刘芳"]
)
def test_two_people_that_cannot_be_told_apart_are_not(text: str) -> None:
    assert read_mentions(text) is None


@given(st.text(max_size=40))
def test_whatever_is_understood_accounts_for_every_letter(text: str) -> None:
    found = read_mention(text)
    if found is not None:
        plain = {one for one in text if "\u4e00" <= one <= "\u9fff"}
        told = set(found.name) | {
            one for word, relation in RELATIONS.items() if relation == found.relation for one in word
        }
        assert plain <= told


def test_names_and_phones_by_themselves() -> None:
    assert read_name(" 王 小 明 ") == "王小明"
    assert read_name("阿依•古丽") == "阿依·古丽"
    for text in ("转学", "合计", "王小明1", "同上", "王"):
        assert read_name(text) is None
    assert read_phones("13800000001/0999-6221234") == ("13800000001", "0999-6221234")
    assert read_phones("+86 138 0000 0001") == ("13800000001",)
    for text in ("13800000001 王强", "无", "1380000000"):
        assert read_phones(text) is None
