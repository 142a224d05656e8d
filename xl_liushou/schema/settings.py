"""The items of the sheet 设置, each declared once with its kind, first value and explanation."""

from __future__ import annotations

from typing import Any, Final

from xl_liushou.core.table import Column
from xl_liushou.schema.kinds import Choice, Number
from xl_liushou.schema.text_kinds import Email, Phone, Text

SCHEMA_VERSION: Final = "1"

CLOSED_LISTS: Final = {
    "加密": ("SSL", "STARTTLS", "无"),
    "书信计入": ("不计", "通话", "亲子联系"),
    "回复地址": ("班主任", "学校"),
    "是否": ("是", "否"),
}

_ITEMS: tuple[tuple[Column[Any], str, str], ...] = (
    (Text("学校名称"), "", "全称，印在文书抬头和落款"),
    (Text("校长"), "", "姓名"),
    (Text("学年"), "", "例如 2026—2027学年"),
    (Text("学期", refers="校历"), "", "当前学期，与校历中的名称一致，例如 2026年秋季学期"),
    (Text("落款单位"), "", "文书末尾的署名，空白用学校名称"),
    (Phone("联系电话"), "", "学校对外电话，印在家长信上"),
    (Text("德育负责人", refers="教职工"), "", "填工号；没有班主任的班由其负责"),
    (Text("发件人姓名"), "", "家长看到的发件人"),
    (Email("发件邮箱"), "", "学校的邮箱地址"),
    (Text("SMTP服务器"), "", "例如 smtp.example.com，问邮箱提供方"),
    (Number("SMTP端口", least=1, most=65535), "465", "SSL 常用 465，STARTTLS 常用 587"),
    (Choice("SMTP加密", "加密"), "SSL", "SSL、STARTTLS；“无”只允许本机"),
    (Text("SMTP账号"), "", "通常就是邮箱地址；密码绝不写在表里"),
    (Number("每分钟邮件数", least=1, most=600), "20", "太快会被邮箱提供方拒收"),
    (Choice("附件密码"), "否", "附件是否加密码（监护人手机后六位）"),
    (Choice("回复地址", "回复地址"), "班主任", "家长回信给谁"),
    (Text("忽略规则"), "", "不检查的规则代码，用顿号隔开"),
    (Choice("书信计入", "书信计入"), "不计", "寄出的信是否计作一次通话或亲子联系"),
    (Text("输出文件夹"), "输出", "文书放在工作簿旁的哪个文件夹"),
    (Number("保留年限", least=1, most=30), "3", "结案后资料保留几年"),
    (Text("模式版本"), SCHEMA_VERSION, "由程序填写，请勿改动"),
    (Text("工作簿编号"), "", "由程序填写，请勿改动"),
)

KINDS: Final[dict[str, Column[Any]]] = {column.title: column for column, _, _ in _ITEMS}
FIRST_VALUES: Final[dict[str, str]] = {column.title: value for column, value, _ in _ITEMS}
NOTES: Final[dict[str, str]] = {column.title: note for column, _, note in _ITEMS}
