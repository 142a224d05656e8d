from __future__ import annotations

import unicodedata
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.schools import school_of
from xl_liushou.documents import leaks
from xl_liushou.documents.kindness import PHRASES
from xl_liushou.documents.leaks import FixedWords, Leak, LeakScan
from xl_liushou.schema.school import School
from xl_liushou.schema.sheets import Children, Guardians, Staff

OTHER_ID = "990001201603020017"


def two_families() -> School:
    return school_of(
        {
            Children: [
                {"child_id": "YL01", "name": "张明"},
                {"child_id": "YL02", "name": "李晓华", "id_number": OTHER_ID},
                {"child_id": "YL03", "name": "阿依·古丽"},
                {"child_id": "S4", "name": "王"},
            ],
            Guardians: [
                {"child_id": "YL01", "name": "张强", "mobile": "13900000001"},
                {"child_id": "YL02", "name": "李刚", "mobile": "13911112222", "landline": "0999-7654321"},
                {"child_id": "YL02", "name": "张强", "mobile": "13900000001"},
            ],
            Staff: [{"name": "李晓", "mobile": "13700000001"}],
        },
        settings={"联系电话": "0999-6221234"},
    )


def kinds(text: str, own: tuple[str, ...] = ("YL01",), may_name: tuple[str, ...] = ()) -> list[str]:
    return [leak.kind for leak in LeakScan(two_families()).hits({"正文": text}, own, may_name)]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("李晓华同学也进步了", "姓名"),
        ("和李　晓华一起", "姓名"),
        ("阿依•古丽", "姓名"),
        ("他的父亲李刚", "姓名"),
        ("电话13911112222。", "电话"),
        ("电话139 1111 2222", "电话"),
        ("电话１３９１１１１２２２２", "电话"),
        ("座机(0999)7654321", "电话"),
        ("座机0999-7654321", "电话"),
        (f"号码{OTHER_ID}", "身份证号"),
        ("编号YL02，", "儿童编号"),
        ("编号yl02，", "儿童编号"),
        ("编号ｙｌ０２", "儿童编号"),
        ("电话139.1111.2222", "电话"),
        ("电话１３９．１１１１．２２２２", "电话"),
        ("电话139·1111·2222", "电话"),
        ("电话139–1111–2222", "电话"),
        ("电话139—1111—2222", "电话"),
        ("电话139－1111－2222", "电话"),
        ("电话139‘1111’2222", "电话"),
        ("电话+86 139\u20091111\u00a02222", "电话"),
        ("电话139\u200b11112222", "电话"),
        ("李\u200d晓\u00ad华\ufe0f", "姓名"),
        ("李\u2002晓\u2009华", "姓名"),
        ("李晓\n华", "姓名"),
        ("李\t晓 \u3000 华", "姓名"),
        ("⽊子和李\u034f晓华", "姓名"),
    ],
)
def test_another_child_is_found(text: str, kind: str) -> None:
    assert kinds(text) == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "张明和爸爸张强，13900000001，YL01",
        "班主任李晓，手机13700000001，学校0999-6221234",
        "编号YL021和XYL02都不是",
        "国王和小王",
        "2026年10月21日，得分98",
        "",
    ],
)
def test_the_own_family_the_staff_and_plain_text_are_no_leak(text: str) -> None:
    assert kinds(text) == []


def test_a_guardian_of_both_families_is_no_leak_for_either() -> None:
    assert kinds("张强，13900000001", own=("YL02",)) == []


def test_siblings_may_stand_in_one_letter() -> None:
    assert kinds("李晓华 13911112222 YL02", own=("YL01", "YL02")) == []


def test_a_declared_helper_may_appear_by_name_only() -> None:
    assert kinds("手拉手的李晓华", may_name=("李晓华",)) == []
    assert kinds("手拉手的李晓华，编号YL02", may_name=("李晓华",)) == ["儿童编号"]


def test_an_own_name_does_not_hide_anothers_longer_one() -> None:
    school = school_of({Children: [{"child_id": "A001", "name": "张明"}, {"child_id": "A002", "name": "张明华"}]})
    assert LeakScan(school).hits({"正文": "张明华"}, ("A001",)) == [Leak("正文", "姓名")]
    assert LeakScan(school).hits({"正文": "张明和张明华"}, ("A002",)) == [Leak("正文", "姓名")]
    assert LeakScan(school).hits({"正文": "张明华"}, ("A002",)) == []


def test_no_character_of_the_category_format_hides_a_name() -> None:
    formats = [chr(code) for code in range(0x110000) if unicodedata.category(chr(code)) == "Cf"]
    selectors = [chr(code) for code in (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0), *range(0x180B, 0x1810))]
    kept = {one for one in (*formats, *selectors) if leaks._plain(f"李{one}刚") != "李刚"}
    assert not kept


@given(st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from("张明，。A1e\u0301\u3099か\uff21\uf90a㈱")))
def test_the_compatibility_form_is_that_of_unicode(text: str) -> None:
    assert leaks._compatible(text) == unicodedata.normalize("NFKC", text)


def test_a_blank_or_repeated_id_is_nobodys_own() -> None:
    school = school_of(
        {
            Children: [
                {"child_id": "YL01", "name": "张明"},
                {"child_id": "YL01", "name": "李晓华"},
                {"child_id": "", "name": "王小兰"},
                {"child_id": "", "name": "赵铁柱"},
            ],
            Guardians: [{"child_id": "YL01", "name": "李刚"}, {"child_id": "", "name": "王大海"}],
        }
    )
    scan = LeakScan(school)
    for name in ("张明", "李晓华", "李刚"):
        assert scan.hits({"正文": name}, ("YL01",)) == [Leak("正文", "姓名")]
    for name in ("王小兰", "赵铁柱", "王大海"):
        assert scan.hits({"正文": name}, ("",)) == [Leak("正文", "姓名")]


COMMON = ("平安", "安全", "方便", "高兴", "关心", "健康", "帮扶", "学习", "云岭")
LETTER = (
    "云岭县青山镇云岭小学\n家长通报信\n尊敬的张明爸爸：\n学习\n有些吃力。还需要多一些关心和帮助。\n"
    "孩子这学期在品德方面表现突出，我们为孩子高兴。\n留意孩子的作息和安全。祝您平安健康！\n方便通话的时间："
)
TEMPLATE = (
    "{{ 学校.学校名称 }}\n家长通报信\n尊敬的{{ 收信人.称呼 }}：\n学习\n"
    "留意孩子的作息和安全。{% if 电话 %}{{ 电话 }}{% endif %}祝您平安健康！\n方便通话的时间：\n平安\n"
)


def common_names() -> LeakScan:
    children = [{"child_id": f"YL{n:02}", "name": name} for n, name in enumerate(("张明", *COMMON), 1)]
    return LeakScan(school_of({Children: children, Guardians: [{"child_id": "YL02", "mobile": "13911112222"}]}))


def fixed_words() -> FixedWords:
    return FixedWords((TEMPLATE, *PHRASES, "云岭县青山镇云岭小学"))


def test_the_fixed_words_of_a_paper_are_nobodys_name() -> None:
    assert common_names().hits({"正文": LETTER}, ("YL01",)) == [Leak("正文", "姓名")]
    assert common_names().hits({"正文": LETTER}, ("YL01",), fixed=fixed_words()) == []


@pytest.mark.parametrize("name", COMMON)
def test_a_common_name_in_a_comment_is_found(name: str) -> None:
    hits = common_names().hits({"正文": f"{LETTER}\n最近常和{name}一起写作业。"}, ("YL01",), fixed=fixed_words())
    assert hits == [Leak("正文", "姓名")]


def test_numbers_and_keys_are_found_in_fixed_words_too() -> None:
    fixed = FixedWords(["请打电话13911112222或报编号YL02。"])
    hits = common_names().hits({"正文": "请打电话13911112222或报编号YL02。"}, ("YL01",), fixed=fixed)
    assert [one.kind for one in hits] == ["电话", "儿童编号"]


def test_the_values_that_show_another_child_are_named() -> None:
    comment = "和李晓华同桌"
    told = {"姓名": "张明", "学习评语": comment, "评价": [{"方面": "学习", "评语": comment}], "亮点": ["见YL02"]}
    scan = LeakScan(two_families())
    assert scan.places({**told, "孩子们": [told], "年龄": 9}, ("YL01",)) == ["学习评语", "亮点"]
    assert scan.places({"姓名": "张明"}, ("YL01",)) == []


def test_a_hit_says_the_part_and_never_the_value() -> None:
    hits = LeakScan(two_families()).hits({"正文": "好", "页眉": "李晓华", "文档属性": "13911112222"}, ("YL01",))
    assert hits == [Leak("页眉", "姓名"), Leak("文档属性", "电话")]
    assert "李晓华" not in repr(hits)


def big_school() -> School:
    random = Random(7)
    names = [f"{a}{b}{c}" for a in "赵钱孙李周吴郑王" for b in "明华强丽芳娟军杰" for c in "涛敏静伟洋勇艳磊娜秀"]
    picked = random.sample(names, 600)
    return school_of(
        {
            Children: [
                {"child_id": f"YL2023{n:03}", "name": picked[n], "id_number": f"9900012016030{n:05}"}
                for n in range(300)
            ],
            Guardians: [
                {"child_id": f"YL2023{n // 2:03}", "name": random.choice(names) + "父", "mobile": f"1381234{n:04}"}
                for n in range(600)
            ],
        }
    )


def test_every_planted_leak_in_a_big_school_is_found() -> None:
    school, random = big_school(), Random(3)
    scan = LeakScan(school)
    children, guardians = school[Children], school[Guardians]
    sources = (children.name, children.id_number, children.child_id, guardians.name, guardians.mobile)
    for _ in range(200):
        value = random.choice(sources)[random.randrange(2, 300)]
        assert scan.hits({"正文": f"孩子上课认真，{value}，希望继续努力。"}, ("YL2023000",)), (
            "a planted leak was missed"
        )
