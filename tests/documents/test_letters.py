from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import pytest

from tests.documents.families import TODAY, bare_school, plain_school, sibling_school
from tests.support.schools import Row, children_of, school_of
from xl_liushou.core.plan import Blocked, Made, WriteDocument
from xl_liushou.documents.catalogue import PAPERS
from xl_liushou.documents.letters import consent_notes
from xl_liushou.schema.school import School
from xl_liushou.schema.sheets import Children, Contacts, Guardians, Progress, Staff, StudyHelp, TermFiles


def made(school: School, paper: str = "parent-letter") -> Sequence[Made]:
    return PAPERS[paper].make(school, TODAY, children_of(school))


def letters(school: School, paper: str = "parent-letter") -> list[WriteDocument]:
    return [one for one in made(school, paper) if isinstance(one, WriteDocument)]


def context(school: School, paper: str = "parent-letter") -> dict[str, Any]:
    return dict(letters(school, paper)[0].context)


def stationery(guardians: Sequence[Row], grade: str = "三年级") -> WriteDocument:
    return letters(school_of({Children: [{"grade": grade}], Guardians: guardians}), "child-letter")[0]


def test_father_and_mother_each_get_a_letter_addressed_to_them() -> None:
    first, second = letters(plain_school())
    assert [one.context["收信人"]["称呼"] for one in (first, second)] == ["张明爸爸", "张明妈妈"]
    assert (first.recipients, second.recipients) == (["J0001"], ["J0002"])
    assert (first.child, first.children, first.family, first.guarded) == ("S001", ["S001"], "F1", True)
    assert (first.title, first.class_name, first.person, first.audience) == ("家长通报信", "三年级1班", "张明", "家长")


def test_siblings_share_one_letter_with_the_eldest_on_top() -> None:
    (letter,) = letters(sibling_school())
    assert letter.context["姓名"] == "张小明"
    assert [child["姓名"] for child in letter.context["孩子们"]] == ["张小明", "张小丽", "张小强", "张小美"]
    assert letter.context["孩子姓名"] == "张小明、张小丽、张小强、张小美"
    assert letter.child is None
    assert len(letter.children) == 4


def test_progress_comes_as_whole_sentences() -> None:
    assert context(plain_school())["亮点"] == [
        "数学（10月10日单元检查）：两位数乘法更熟练了。",
        "孩子这学期在品德方面表现突出，我们为孩子高兴。",
        "孩子的特长是画画。",
    ]


def test_a_poor_rating_is_told_kindly_and_never_as_a_word() -> None:
    ratings = {one["方面"]: one for one in context(plain_school())["评价"]}
    assert ratings["心理"] == {"方面": "心理", "说法": "还需要多一些关心和帮助", "评语": "想念父母时话比较少。"}
    assert not any("差" in one["说法"] for one in ratings.values())


def test_study_help_and_the_next_step_are_told() -> None:
    assert context(plain_school())["帮扶"] == [
        "学校由王芳老师给孩子安排了数学帮扶（每周二下午放学后）：计算练习与错题订正，目标是期末达到良好。",
        "下一步：练习除法。",
    ]


@pytest.mark.parametrize("trend", ["退步", "持平"])
def test_only_going_forward_is_told_as_progress_and_a_finished_plan_is_not_told_as_going_on(trend: str) -> None:
    school = school_of(
        {
            Children: [{}],
            Guardians: [{}],
            StudyHelp: [{"status": "达成"}],
            Progress: [{"trend": trend, "conclusion": "默写有反复"}],
        }
    )
    told = context(school)
    assert (told["亮点"], told["帮扶"]) == ([], [])


def test_without_a_file_or_a_record_the_paragraphs_are_empty_and_nothing_blocks() -> None:
    told = context(bare_school())
    assert (told["亮点"], told["评价"], told["帮扶"], told["学习评语"]) == ([], [], [], "")
    assert told["班主任"] == {"姓名": ""}


def test_the_file_of_another_term_is_not_told_to_the_family() -> None:
    school = school_of({Children: [{}], Guardians: [{}], TermFiles: [{"term": "2026年春季学期", "study": "优"}]})
    assert context(school)["评价"] == []


def test_a_letter_holds_no_column_of_staff_or_leaders() -> None:
    text = json.dumps([dict(one.context) for one in letters(plain_school())], ensure_ascii=False)
    for hidden in ("家庭贫困", "990001", "想家", "亲情缺失", "风险", "13700000001", "留守"):
        assert hidden not in text
    assert "13900000001" in text


def test_without_an_addressee_the_letter_is_blocked_and_says_what_to_fill_in() -> None:
    (blocked,) = made(school_of({Children: [{"child_id": "S001"}]}))
    assert isinstance(blocked, Blocked)
    assert (blocked.child, blocked.code) == ("S001", "D804")
    assert "首选联系人" in blocked.message


@pytest.mark.parametrize("paper", ["parent-letter", "child-letter", "archive-card"])
def test_without_a_class_the_paper_is_blocked(paper: str) -> None:
    school = school_of({Children: [{"child_id": "S001", "class_name": ""}], Guardians: [{}]})
    (blocked,) = made(school, paper)
    assert blocked == Blocked("S001", "D805", "S001 在花名册里没有填班级，请填好后再生成")


def test_without_any_guardian_the_advice_is_to_register_one() -> None:
    (blocked,) = made(school_of({Children: [{"child_id": "S001"}]}))
    assert isinstance(blocked, Blocked)
    assert "请先在监护人表登记监护人" in blocked.message
    (blocked,) = made(school_of({Children: [{}], Guardians: [{"is_first_contact": "否"}]}))
    assert isinstance(blocked, Blocked)
    assert "登记监护人" not in blocked.message


PAPERS_OF_A_CHILD = ("parent-letter", "child-letter", "archive-card")


@pytest.mark.parametrize("paper", PAPERS_OF_A_CHILD)
def test_a_child_without_an_id_gets_no_paper(paper: str) -> None:
    school = school_of({Children: [{"child_id": ""}, {"child_id": ""}], Guardians: [{"child_id": ""}]})
    found = made(school, paper)
    assert [one.code for one in found if isinstance(one, Blocked)] == ["D805", "D805"]
    for row, one in zip((2, 3), found, strict=True):
        assert isinstance(one, Blocked)
        assert one.message.startswith(f"花名册第{row}行没有填儿童编号")


@pytest.mark.parametrize("paper", PAPERS_OF_A_CHILD)
def test_a_child_whose_id_stands_twice_gets_no_paper(paper: str) -> None:
    school = school_of({Children: [{"child_id": "S001", "name": "张明"}, {"child_id": "S001", "name": "李雷"}, {}]})
    first, second = made(school, paper)[:2]
    assert isinstance(first, Blocked)
    assert first == second
    assert (first.child, first.code) == ("S001", "D805")
    assert "儿童编号S001在花名册里重复（第2、3行）" in first.message


def test_a_siblings_repeated_id_stops_the_letter_of_the_whole_family() -> None:
    children = [
        {"child_id": "S001", "family_id": "F1"},
        {"child_id": "S002", "family_id": "F1"},
        {"child_id": "S002", "family_id": "F2"},
    ]
    school = school_of({Children: children, Guardians: [{"child_id": "S001"}, {"child_id": "S002"}]})
    found = PAPERS["parent-letter"].make(school, TODAY, children_of(school)[:1])
    assert [type(one) for one in found] == [Blocked]


def closed_and_open_siblings() -> School:
    return school_of(
        {
            Children: [
                {"child_id": "S001", "family_id": "F1", "case_status": "结案"},
                {"child_id": "S002", "family_id": "F1"},
                {"child_id": "S003", "family_id": "F1"},
            ],
            Guardians: [{"child_id": f"S00{n}", "name": "张强", "mobile": "13900000001"} for n in (1, 2, 3)],
        }
    )


@pytest.mark.parametrize(
    ("chosen", "told"),
    [((0, 1), ["S001", "S002", "S003"]), ((1, 0), ["S001", "S002", "S003"]), ((1,), ["S002", "S003"])],
)
def test_one_letter_a_family_tells_of_the_open_cases_and_of_the_chosen_children(
    chosen: Sequence[int], told: Sequence[str]
) -> None:
    school = closed_and_open_siblings()
    (letter,) = PAPERS["parent-letter"].make(school, TODAY, [children_of(school)[one] for one in chosen])
    assert isinstance(letter, WriteDocument)
    assert letter.children == told


def test_children_without_a_family_number_get_a_letter_each() -> None:
    school = school_of({Children: [{}, {}], Guardians: [{"child_id": "S001"}, {"child_id": "S002"}]})
    assert [one.children for one in letters(school)] == [["S001"], ["S002"]]


def test_a_guardian_without_a_number_is_known_by_the_row() -> None:
    school = school_of({Children: [{}], Guardians: [{"guardian_id": ""}]})
    assert letters(school)[0].recipients == ["监护人第2行"]
    assert letters(school, "child-letter")[0].recipients == ["监护人第2行"]


def test_one_familys_fault_does_not_stop_the_others() -> None:
    school = school_of({Children: [{"child_id": "S001"}, {"child_id": "S002"}], Guardians: [{"child_id": "S002"}]})
    assert [type(one) for one in made(school)] == [Blocked, WriteDocument]


def test_children_without_a_signed_consent_are_named_for_paper_only() -> None:
    school = school_of(
        {
            Children: [
                {"child_id": "S001", "family_id": "F1"},
                {"child_id": "S002", "family_id": "F1", "consent": "待签"},
                {"child_id": "S003", "consent": ""},
            ]
        }
    )
    chosen = [one for one in children_of(school) if one[Children.child_id] != "S002"]
    assert consent_notes(school, chosen) == [
        "S002：同意书待签，只能打印，不发邮件",
        "S003：同意书未签，只能打印，不发邮件",
    ]


def test_a_child_writes_to_the_parents_who_are_away() -> None:
    letter = stationery([{"relation": "父亲"}, {"relation": "母亲", "works_away": "否"}])
    assert letter.context["称呼"] == "亲爱的爸爸"
    assert letter.context["开头"].startswith("您最近好吗")
    assert letter.recipients == ["J0001"]


def test_a_child_writes_to_both_parents_in_the_plural() -> None:
    letter = stationery([{"relation": "父亲"}, {"relation": "母亲"}], grade="六年级")
    assert letter.context["称呼"] == "亲爱的爸爸、妈妈"
    assert letter.context["开头"].startswith("见字如面。好久没有见到你们了")
    assert letter.context["低年级"] is False


def test_a_child_without_parents_writes_to_the_first_contact() -> None:
    assert stationery([{"relation": "祖母"}]).context["称呼"] == "亲爱的奶奶"
    assert stationery([{"relation": "受托人"}]).context["称呼"] == "亲爱的家人"
    assert stationery([]).context["称呼"] == "亲爱的家人"


def test_a_child_does_not_write_to_a_parent_who_is_lost() -> None:
    letter = stationery([{"relation": "父亲", "capacity": "失联"}, {"relation": "祖父", "is_first_contact": "是"}])
    assert letter.context["称呼"] == "亲爱的爷爷"


@pytest.mark.parametrize(("grade", "lower"), [("一年级", True), ("二年级", True), ("三年级", False), ("六年级", False)])
def test_beginners_get_squares_to_write_in(grade: str, lower: bool) -> None:
    assert stationery([{}], grade).context["低年级"] is lower


def test_contexts_hold_plain_values_only() -> None:
    for paper in ("parent-letter", "child-letter", "archive-card"):
        for one in letters(plain_school(), paper):
            assert json.loads(json.dumps(one.context)) == one.context


def test_contacts_are_never_told_in_a_letter() -> None:
    school = school_of({Children: [{}], Guardians: [{}], Staff: [{}], Contacts: [{"summary": "悄悄话"}]})
    assert "悄悄话" not in json.dumps(context(school), ensure_ascii=False)
