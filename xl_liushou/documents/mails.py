"""What a message to a family says: the e-mail that brings a letter, and the short text for 短信 and 微信."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from xl_liushou.core.table import Record
from xl_liushou.documents.people import addressed_as, school_facts
from xl_liushou.schema.school import School
from xl_liushou.schema.sheets import Children, Staff

TITLES: Final = {"parent-letter": "家长通报信", "child-letter": "亲情书信"}
_PRIVATE_WORD: Final = "留守"
_GREETING: Final = "您好！"
_BROUGHT: Final = {
    "parent-letter": "学校给您写了一封家长通报信，说说孩子这一段的学习和生活，请看附件。",
    "child-letter": "孩子给您写了一封信，请看附件。读完以后，请给孩子回一封信，或打个电话。",
}
_SHORT: Final = {
    "parent-letter": "学校给您写了一封家长通报信，说说孩子这一段的学习和生活，请和班主任联系，看看信的内容",
    "child-letter": "孩子给您写了一封信，请和班主任联系，看看这封信，并给孩子回个电话",
}
_ANSWER: Final = "看过以后，请把信末的回执填好交给学校，也可以直接回复这封邮件，说说您的想法。"
_LOCKED: Final = "为了保护孩子的信息，附件加了密码：您留给学校的手机号码的最后六位数字。"
_TEACHER: Final = "班主任"
_PHONE: Final = "电话"

PHRASES: Final = (*TITLES.values(), _GREETING, *_BROUGHT.values(), *_SHORT.values(), _ANSWER, _LOCKED, _TEACHER, _PHONE)
"""What is nobody's name however common the words: see `leaks.FixedWords`."""


def subject(school: School, purpose: str, children: Sequence[Record]) -> str:
    """家长通报信（张明）——云岭小学; no word in it that a neighbour should not read."""
    return without_private_word(f"{TITLES[purpose]}（{_names(children)}）——{_school_name(school)}")


def mail_text(
    school: School, purpose: str, children: Sequence[Record], reader: Record, is_locked: bool
) -> tuple[str, ...]:
    """The paragraphs of the e-mail to one guardian; `is_locked` where the attachments have a password."""
    answer = (_ANSWER,) if purpose == "parent-letter" else ()
    locked = (_LOCKED,) if is_locked else ()
    greeting = f"{addressed_as(school, reader, children)}：{_GREETING}"
    signature = (_school_name(school), *_contacts(school, children))
    return (greeting, _BROUGHT[purpose], *answer, *locked, *filter(None, signature))


def short_text(school: School, purpose: str, children: Sequence[Record], reader: Record) -> str:
    """【云岭小学】张明爸爸：您好！…: one line for a phone."""
    ending = "，".join(_contacts(school, children))
    greeting = f"【{_school_name(school)}】{addressed_as(school, reader, children)}：{_GREETING}"
    return without_private_word(f"{greeting}{_SHORT[purpose]}。{ending}{'。' if ending else ''}")


def without_private_word(text: str) -> str:
    """A text that leaves the school openly, without 留守 (domain, section 5.5)."""
    return text.replace(_PRIVATE_WORD, "")


def _contacts(school: School, children: Sequence[Record]) -> list[str]:
    """The class teacher, and the school's phone, as far as they are known."""
    teacher, phone = school.class_teacher(school.class_name(children[0])), school.settings["联系电话"]
    return [*([f"{_TEACHER}：{teacher[Staff.name]}"] if teacher else []), *([f"{_PHONE}：{phone}"] if phone else [])]


def _school_name(school: School) -> str:
    return str(school_facts(school)["落款单位"])


def _names(children: Sequence[Record]) -> str:
    return "、".join(child[Children.name] for child in children)
