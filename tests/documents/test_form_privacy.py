"""Who sees which column: every text of one child and of another is a canary, and each paper is searched for them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

import pytest

from tests.support.schools import Row, children_of, school_of
from xl_liushou.core.plan import WriteDocument
from xl_liushou.core.table import Column, Table
from xl_liushou.documents.catalogue import PAPERS
from xl_liushou.documents.options import PaperOptions
from xl_liushou.schema.school import School
from xl_liushou.schema.sheets import (
    SHEETS,
    Campaigns,
    Children,
    Contacts,
    Guardians,
    Pairings,
    Participation,
    Progress,
    StudyHelp,
    Supplies,
    TermFiles,
    Volunteers,
)

TODAY: Final = date(2026, 10, 21)
FORMS: Final = (
    *("roster", "contact-record", "help-plan", "pairing-table", "visit-form"),
    *("volunteer-card", "supplies-receipt", "consent-form"),
)
OF_A_CHILD: Final = (Children, Guardians, TermFiles, Contacts, Pairings, StudyHelp, Progress, Supplies, Participation)
SEEN: Final = {"家长": "公家", "学校": "公家内", "上报": "公家内", "志愿者": ""}
ALSO_SEEN: Final = {
    "上报": {"花名册.身份证号"},
    "家长": {"关爱物资.名称", "关爱物资.签收人"},
    "志愿者": {
        *("花名册.姓名", "花名册.班级", "花名册.村组", "监护人.关系"),
        *("志愿者.姓名", "志愿者.单位", "志愿者.分组", "志愿者.证号"),
    },
}
CANARY: Final = re.compile(r"〔(?P<who>[甲乙])(?P<column>[^〕]+)〕")


def canaries(sheet: type[Table], who: str) -> dict[str, Any]:
    """A value for each column of free text that says whose it is and which."""
    plain = [column for column in sheet.columns if column.kind == "文" and not column.refers]
    return {
        column.name: f"〔{who}{sheet.title}.{column.title}〕" for column in plain if column.name not in _never(sheet)
    }


def _never(sheet: type[Table]) -> Sequence[str]:
    return (*sheet.key, "campaign", "child_id", "help_id", "helper", "group", "family_id", "grade")


def rows_of(who: str, number: str) -> dict[type[Table], Row]:
    more: Mapping[type[Table], Row] = {
        Children: {"hardships": (f"〔{who}花名册.困境类别〕",), "consent": "已签"},
        Guardians: {"relation": "祖母"},
        Contacts: {"secrecy": "", "reported_to": f"〔{who}联系记录.报告部门〕"},
        Pairings: {"helper": "同学", "kind": "学习帮手"},
        StudyHelp: {"help_id": f"X{number}"},
        Progress: {"help_id": f"X{number}"},
        Supplies: {"campaign": "H1"},
        Participation: {"campaign": "H1", "group": "一组"},
    }
    found: dict[type[Table], Row] = {}
    for sheet in OF_A_CHILD:
        own = {} if sheet is Progress else {"child_id": f"S{number}"}
        found[sheet] = {**canaries(sheet, who), **own, **more.get(sheet, {})}
    return found


def world() -> School:
    first, second = rows_of("甲", "001"), rows_of("乙", "002")
    tables: dict[type[Table], Sequence[Row]] = {sheet: [first[sheet], second[sheet]] for sheet in OF_A_CHILD}
    secrets: list[Row] = [
        {"summary": "〔甲联系记录.限领导〕", "secrecy": "限领导"},
        {"summary": "〔甲联系记录.必须报告〕", "must_report": "是"},
    ]
    volunteer = {"checked_on": TODAY, "pledged": "是", "campaign": "H1", "group": "一组"}
    return school_of({
        **tables,
        Contacts: [*tables[Contacts], *secrets],
        Campaigns: [{"campaign_id": "H1", "name": "走访"}],
        Volunteers: [{**canaries(Volunteers, "甲"), "volunteer_id": "V1", **volunteer}],
    })  # fmt: skip


def written(paper: str, leaders: bool = False) -> list[WriteDocument]:
    """What is written for the first child alone."""
    school = world()
    made = PAPERS[paper].make(school, TODAY, children_of(school)[:1], PaperOptions(leaders=leaders))
    return [one for one in made if isinstance(one, WriteDocument)]


def shown(paper: WriteDocument) -> set[tuple[str, str]]:
    return {(found["who"], found["column"]) for found in CANARY.finditer(str(paper.context))}


def privacy() -> dict[str, str]:
    columns: list[Column[Any]] = [column for sheet in SHEETS for column in sheet.columns]
    return {f"{column.sheet}.{column.title}": column.privacy for column in columns}


@pytest.mark.parametrize("paper", FORMS)
def test_each_paper_is_made_and_tells_something(paper: str) -> None:
    assert written(paper)
    assert any(shown(one) for one in written(paper))


@pytest.mark.parametrize("paper", FORMS)
def test_nothing_of_another_child_is_on_a_childs_paper(paper: str) -> None:
    for one in written(paper, leaders=True):
        assert {column for who, column in shown(one) if who == "乙"} == set()
        assert "S002" not in one.children


@pytest.mark.parametrize("paper", FORMS)
def test_no_column_is_on_a_paper_whose_readers_may_not_see_it(paper: str) -> None:
    kinds = privacy()
    for one in written(paper):
        hidden = {
            column
            for _, column in shown(one)
            if kinds.get(column, "密") not in SEEN[one.audience] and column not in ALSO_SEEN.get(one.audience, ())
        }
        assert hidden == set(), one.document


@pytest.mark.parametrize("paper", FORMS)
def test_leaders_open_secrets_on_papers_of_the_school_only(paper: str) -> None:
    for one in written(paper, leaders=True):
        secrets = {column for _, column in shown(one) if privacy().get(column, "密") == "密"}
        if one.audience == "上报":
            secrets -= {"花名册.身份证号"}
        assert not secrets or one.audience == "学校", one.document


def test_leaders_see_what_was_kept_for_them() -> None:
    (sheet,) = written("contact-record", leaders=True)
    assert {"联系记录.限领导", "联系记录.必须报告"} <= {column for _, column in shown(sheet)}
    (plain,) = written("contact-record")
    assert not {"联系记录.限领导", "联系记录.必须报告"} & {column for _, column in shown(plain)}
