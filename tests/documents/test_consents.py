"""个人信息告知同意书: one for each family, whatever was signed before, with what the family must know."""

from __future__ import annotations

from typing import Any

import pytest

from tests.documents.families import TODAY, plain_school, sibling_school
from tests.support.schools import Row, children_of, school_of
from xl_liushou.adapters.word import texts
from xl_liushou.build.papers import templates
from xl_liushou.core.plan import Blocked, Made, WriteDocument
from xl_liushou.documents.catalogue import PAPERS
from xl_liushou.schema.school import School
from xl_liushou.schema.sheets import Children, Guardians, Staff


def made(school: School) -> list[Made]:
    return list(PAPERS["consent-form"].make(school, TODAY, children_of(school)))


def told(school: School) -> dict[str, Any]:
    paper = made(school)[0]
    assert isinstance(paper, WriteDocument)
    return dict(paper.context)


def test_siblings_share_a_form_that_is_searched_for_others() -> None:
    (form,) = made(sibling_school())
    assert isinstance(form, WriteDocument)
    assert [child["姓名"] for child in form.context["孩子们"]] == ["张小明", "张小丽", "张小强", "张小美"]
    assert (form.title, form.person, form.audience, form.guarded) == ("个人信息告知同意书", "张小明", "家长", True)
    assert (form.child, form.family, len(form.children)) == (None, "F1", 4)


@pytest.mark.parametrize("consent", ["已签", "待签", "拒绝", ""])
def test_it_is_made_whatever_was_signed_before(consent: str) -> None:
    (form,) = made(school_of({Children: [{"consent": consent}]}))
    assert isinstance(form, WriteDocument)


def test_it_goes_to_those_the_letters_go_to_and_needs_nobody() -> None:
    first = made(plain_school())[0]
    assert isinstance(first, WriteDocument)
    assert first.recipients == ["J0001", "J0002"]
    alone = made(school_of({Children: [{}]}))[0]
    assert isinstance(alone, WriteDocument)
    assert alone.recipients == []


def test_it_says_whom_to_ask_and_how_long_data_is_kept() -> None:
    rows: list[Row] = [{"name": "李主任"}, {"name": "王芳", "class_taught": "三年级1班", "mobile": "13700000001"}]
    context = told(school_of({Children: [{}], Staff: rows}, settings={"保留年限": 3}))
    assert (context["学校"]["保留年限"], context["学校"]["德育负责人"]) == ("3", "李主任")
    assert context["班主任"] == {"姓名": "王芳"}
    assert told(school_of({Children: [{}]}))["学校"]["保留年限"] == ""


def test_it_holds_nothing_of_the_childs_file() -> None:
    said = str(told(plain_school()))
    assert [hidden for hidden in ("家庭贫困", "990001", "想家", "计算", "亲情", "13900000001") if hidden in said] == []


def test_a_child_without_a_name_blocks_the_form_of_its_family() -> None:
    kids: list[Row] = [{"family_id": "F1"}, {"family_id": "F1", "name": ""}]
    (blocked,) = made(school_of({Children: kids, Guardians: [{}]}))
    assert isinstance(blocked, Blocked)
    assert (blocked.child, blocked.code) == ("S002", "D805")


@pytest.mark.parametrize(
    "substance",
    [
        "身份证号", "敏感", "不满十四周岁", "用来做什么", "谁能看到", "志愿者", "教育、民政等部门", "保存多久",
        "到期就删除", "复印件", "改正", "收回同意", "不影响孩子上学", "监护人（签名）", "不能代替监护人同意", "拍照",
        "□ 同意　□ 不同意",
    ],
)  # fmt: skip
def test_the_family_reads_what_the_law_wants_it_told(substance: str) -> None:
    assert substance in texts(templates()["consent-form"])["正文"]
