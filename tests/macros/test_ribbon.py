"""The ribbon's XML: the buttons that interface.md promises, callbacks that exist, icons that Office has."""

from __future__ import annotations

import re

import pytest
from lxml import etree

from tests.macros.sources import NAMESPACE, buttons, ribbon, vba_files
from tests.macros.vba_text import procedures
from xl_liushou.app.buttons import BUTTONS
from xl_liushou.documents.catalogue import PAPERS
from xl_liushou.routines.registry import ROUTINES

TAB = {
    "数据": {"check": "校验", "fix": "一键修正", "import": "导入名册", "split": "分发班级", "merge": "汇总班级"},
    "跟进": {"overdue": "待办提醒", "log-talk": "登记谈话", "log-call": "登记通话", "dashboard": "看板"},
    "活动": {"new-campaign": "新建活动"},
    "文档": {
        "parent-letter": "家长通报信",
        "child-letter": "亲情书信",
        "archive-card": "档案卡",
        "roster": "花名册",
        "campaign-plan": "活动方案",
        "campaign-report": "活动总结",
    },
    "邮件": {"mail-preview": "预览", "mail-send": "发送", "mail-status": "发送记录"},
    "工具": {"undo": "撤销", "protect": "加密", "doctor": "安装检查", "help": "帮助"},
}
"""The tab as interface.md has it: groups, then buttons by id."""

ICONS = {
    *("ChartInsert", "CreateReport", "CreateTable", "EnvelopesAndLabelsDialog", "ExportExcel"),
    *("FileCompactAndRepairDatabase", "FileCompatibilityChecker", "FileDocumentEncrypt", "FileDocumentInspect"),
    *("FilePrintPreview", "FileProperties", "FileSaveAsWordDocx", "FileSendAsAttachment", "FileStartWorkflow"),
    *("FileWorkflowTasks", "FlagToday", "GetExternalDataFromOtherSources", "GotoCalendar", "GotoContacts"),
    *("HappyFace", "Help", "ImportExcel", "ReviewNewComment", "Undo"),
}
"""Names of Office's own icons that we use, of Office 2007 and later. Each but a few that everybody uses was looked up
in the list of 8,899 names that the add-in ImageMso (github.com/govert/ImageMso, Excel.Images/app.config) put together
from Microsoft's Icons Galleries of 2007 and 2010 and the tables of MS-CUSTOMUI and MS-CUSTOMUI2."""

CALLBACKS = {"onAction": (("control", "IRibbonControl"),)}
"""The parameters that Office passes to each kind of callback that we use."""
ATTRIBUTES = {
    *("id", "idMso", "label", "size", "imageMso", "onAction", "screentip", "supertip"),
    *("insertAfterMso", "insertBeforeMso"),
}
FAMILIES_AND_CHILDREN = {"家庭", "儿童"}


def groups() -> dict[str, etree._Element]:
    return {str(group.get("label")): group for group in ribbon().iter(f"{NAMESPACE}group")}


def papers_in_the_menu() -> dict[str, str]:
    menu = next(one for one in ribbon().iter(f"{NAMESPACE}menu") if one.get("id") == "more")
    return {str(one.get("id")): str(one.get("label")) for one in buttons(menu)}


def test_the_tab_is_the_one_that_is_promised() -> None:
    (tab,) = ribbon().iter(f"{NAMESPACE}tab")
    assert tab.get("label") == "关爱台账"
    found = {
        name: {one.get("id"): one.get("label") for one in group.findall(f"{NAMESPACE}button")}
        for name, group in groups().items()
    }
    assert found == TAB
    assert list(found) == list(TAB)


def test_every_paper_has_its_button() -> None:
    on_the_tab = {**TAB["文档"], **papers_in_the_menu()}
    for name, paper in PAPERS.items():
        assert on_the_tab.get(name) == paper.title, name


def test_every_routine_of_the_registry_has_its_button() -> None:
    on_the_tab = {*(id_ for group in TAB.values() for id_ in group), *papers_in_the_menu()}
    assert set(BUTTONS) <= on_the_tab
    assert {button.routine for button in BUTTONS.values()} == set(ROUTINES)


@pytest.mark.parametrize("menu", ["ContextMenuListRange", "ContextMenuRow"])
def test_the_right_button_offers_what_goes_by_child(menu: str) -> None:
    found = next(one for one in ribbon().iter(f"{NAMESPACE}contextMenu") if one.get("idMso") == menu)
    (top,) = found
    offered = {str(one.get("id")).partition(".")[2]: one.get("label") for one in buttons(found)}
    by_child = {name: paper.title for name, paper in PAPERS.items() if paper.per in FAMILIES_AND_CHILDREN}
    assert offered == {"log-talk": "登记谈话", "log-call": "登记通话", **by_child}
    assert top.get("label") == "关爱台账"


def test_ids_are_unique() -> None:
    ids = [id_ for id_ in (one.get("id") for one in ribbon().iter()) if id_]
    assert len(set(ids)) == len(ids)


def test_an_id_can_stand_in_a_command_for_python() -> None:
    for button in buttons():
        assert re.fullmatch(r"(?:[a-z]+\.)?[a-z]+(?:-[a-z]+)*", str(button.get("id")))


def test_every_callback_is_a_public_sub_with_the_signature_that_office_calls() -> None:
    subs = {
        one.name: one.parameters
        for path in vba_files()
        for one in procedures(path.read_text("ascii"))
        if one.is_public and one.kind == "Sub"
    }
    for element in ribbon().iter(etree.Element):
        for name, value in element.attrib.items():
            if re.match("on[A-Z]|get[A-Z]|loadImage", str(name)):
                assert subs.get(str(value)) == CALLBACKS[str(name)], str(value)
    assert all(button.get("onAction") for button in buttons())


def test_only_attributes_that_the_older_office_knows_too() -> None:
    for element in ribbon().iter(etree.Element):
        assert set(element.attrib) <= ATTRIBUTES, element.get("id")


def test_every_icon_is_one_of_office_s_own() -> None:
    used = {str(one.get("imageMso")) for one in ribbon().iter(etree.Element) if one.get("imageMso")}
    assert used == ICONS


def test_the_buttons_of_the_tab_say_what_they_do() -> None:
    for group in groups().values():
        for button in group.findall(f"{NAMESPACE}button"):
            assert button.get("imageMso"), button.get("id")
            assert button.get("screentip") != button.get("label")
            assert len(str(button.get("supertip"))) >= 10
            assert len(str(button.get("screentip"))) <= 20


def test_large_buttons_lead_their_group() -> None:
    for group in groups().values():
        sizes = [one.get("size") for one in group]
        assert sizes.count("large") <= 1
        assert "large" not in sizes[1:]
