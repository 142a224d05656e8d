"""The plan of a mailing: one way for each letter, odd addresses, and who gets what again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.support.mail_world import BOOK, families, letters
from xl_liushou.core.finding import Problem
from xl_liushou.core.mail import Mailed, address_hash
from xl_liushou.core.plan import Plan
from xl_liushou.routines import mail
from xl_liushou.routines.mail_items import MailInputs
from xl_liushou.schema.addresses import is_address, meant_domain


def planned(tmp_path: Path, guardian: dict[str, Any] | None = None, number: int = 1, **more: Any) -> Plan:
    school = families(number, guardian, more.pop("settings", None))
    return mail.plan(MailInputs(school, "parent-letter", "R1", letters(school, tmp_path), **more))


@pytest.mark.parametrize(
    ("channel", "more", "way"),
    [
        ("邮件", {}, "邮件"),
        ("邮件", {"email": ""}, "纸质"),
        ("短信", {}, "短信"),
        ("微信", {}, "微信"),
        ("微信", {"mobile": ""}, "纸质"),
        ("纸质", {}, "纸质"),
    ],
)
def test_every_letter_goes_one_way(tmp_path: Path, channel: str, more: dict[str, Any], way: str) -> None:
    plan = planned(tmp_path, {"channel": channel, **more})
    assert {name: count for name, count in plan.report["channels"].items() if count} == {way: 1}
    assert len(plan.mails) == (way == "邮件")


@pytest.mark.parametrize(
    "odd",
    [
        "a@example.com、b@example.com", "a@example.com,b@example.com", "a@example.com;b@example.com",
        "a@example.com b@example.com", "a@example.com\nBcc: b@example.com", "a@exa\u200bmple.com", "爸爸@example.com",
        "a@例子.cn", "<a@example.com>", "a@example", "a..b@example.com", "@example.com", f"{'a' * 65}@example.com",
    ],
)  # fmt: skip
def test_an_odd_address_is_refused_and_never_cut(tmp_path: Path, odd: str) -> None:
    assert not is_address(odd)
    plan = planned(tmp_path, {"email": odd})
    assert not plan.mails
    assert "不是一个正确的地址" in plan.report["prints"][0]["reason"]


def test_an_address_that_hid_something_is_not_guessed_at(tmp_path: Path) -> None:
    school = families(1)
    cell = next(school.tables["监护人"].records()).table.cell(0, type(school.tables["监护人"]).columns[6])
    spoilt = replace(school, problems=(Problem("C116", "监护人", "邮箱", 2, cell, "p1@exa\u200bmple.com"),))
    assert not mail.plan(MailInputs(spoilt, "parent-letter", "R1", letters(spoilt, tmp_path))).mails


@pytest.mark.parametrize(
    ("address", "meant"),
    [("a@qq.con", "qq.com"), ("a@163.co", "163.com"), ("a@gmial.com", "gmail.com"), ("a@qq.com", ""), ("a@x.cn", "")],
)
def test_a_domain_that_looks_like_another_is_a_warning(tmp_path: Path, address: str, meant: str) -> None:
    assert meant_domain(address) == meant
    plan = planned(tmp_path, {"email": address})
    assert len(plan.mails) == 1
    warning = plan.report["messages"][0]["warning"]
    assert meant in warning if meant else not warning


def mailed(plan: Plan, state: Any) -> list[Mailed]:
    """What the ledger holds when the first message of a plan stands so."""
    one = plan.mails[0]
    about = (one.purpose, one.children, one.recipient, address_hash(BOOK, one.to), one.digest)
    return [Mailed(one.id, BOOK, "R1", "R2", *about, state, "", "2026-11-23 10:00:00")]


@pytest.mark.parametrize(("state", "again", "goes"), [
    ("sent", False, False), ("sent", True, True), ("unknown", False, False), ("unknown", True, False),
    ("failed", False, True), ("not-sent", False, True),
])  # fmt: skip
def test_the_same_goes_again_only_when_it_may(tmp_path: Path, state: Any, again: bool, goes: bool) -> None:
    first = planned(tmp_path)
    later = planned(tmp_path, mailed=mailed(first, state), again=again)
    assert bool(later.mails) == goes
    if goes:
        assert (later.mails[0].id == first.mails[0].id) == (state != "sent")


def test_another_address_of_the_same_person_gets_nothing_twice(tmp_path: Path) -> None:
    ledger = mailed(planned(tmp_path), "sent")
    assert not planned(tmp_path, {"email": "new@example.com"}, mailed=ledger, takes_new=True).mails


def test_a_recipient_who_is_not_the_childs_is_blocked(tmp_path: Path) -> None:
    school = families(2)
    wrong = [replace(letter, recipients=["J002"]) for letter in letters(school, tmp_path)[:1]]
    plan = mail.plan(MailInputs(school, "parent-letter", "R1", wrong))
    assert [one.code for one in plan.blocked] == ["D808"]
    assert not plan.mails


def test_a_letter_that_shows_another_child_is_blocked(tmp_path: Path) -> None:
    school = families(2)
    leaky = [replace(letter, leak="正文里有别的孩子的姓名") for letter in letters(school, tmp_path)[:1]]
    assert [one.code for one in mail.plan(MailInputs(school, "parent-letter", "R1", leaky)).blocked] == ["D802"]


@pytest.mark.parametrize(
    ("settings", "word"),
    [({"SMTP服务器": ""}, "SMTP服务器"), ({"发件邮箱": "x"}, "发件邮箱"), ({"工作簿编号": ""}, "工作簿编号"),
     ({"SMTP服务器": "smtp.example.com"}, "SMTP加密"), ({"SMTP服务器": "a b\n"}, "SMTP服务器")],
)  # fmt: skip
def test_settings_that_cannot_send_are_red(tmp_path: Path, settings: dict[str, str], word: str) -> None:
    assert word in mail.red(planned(tmp_path, settings=settings).report)


def test_attachments_are_locked_with_the_familys_own_number(tmp_path: Path) -> None:
    plan = planned(tmp_path, {"mobile": "13800123456"}, settings={"附件密码": "是"})
    assert plan.mails[0].password == "123456"
    assert any("最后六位" in paragraph for paragraph in plan.mails[0].text)


def test_families_answer_to_the_class_teacher(tmp_path: Path) -> None:
    assert planned(tmp_path).mails[0].reply_to == "wang@example.com"
    assert planned(tmp_path, settings={"回复地址": "学校"}).mails[0].reply_to == ""
