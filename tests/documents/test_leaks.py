from __future__ import annotations

from random import Random
from time import process_time

import pytest

from tests.support.schools import school_of
from xl_liushou.documents.leaks import Leak, LeakScan
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


def test_a_letter_of_a_big_school_is_searched_in_under_two_milliseconds() -> None:
    scan = LeakScan(big_school())
    text = "孩子上课认真听讲，能主动回答问题，2026年10月21日，电话0999-6221234。" * 30
    times = []
    for _ in range(20):
        start = process_time()
        scan.hits({"正文": text}, ("YL2023000",))
        times.append(process_time() - start)
    assert min(times) < 0.002
