"""The settings of mail: what they say, and what is wrong with them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from xl_liushou.core.mail import LOCAL, MailServer
from xl_liushou.schema.addresses import is_address

_HOST: Final = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.:\-]*[A-Za-z0-9])?", re.ASCII)
_USUAL_PACE: Final = 20


@dataclass(frozen=True, slots=True)
class MailSettings:
    """Who sends, through which server, and how many messages a minute."""

    server: MailServer
    address: str
    name: str
    per_minute: int
    locks: bool
    replies_to_teacher: bool


def mail_settings(settings: Mapping[str, Any]) -> MailSettings:
    """The settings as they stand."""
    return MailSettings(
        MailServer(
            settings["SMTP服务器"], settings["SMTP端口"] or 465, settings["SMTP加密"] or "SSL", settings["SMTP账号"]
        ),
        settings["发件邮箱"],
        settings["发件人姓名"] or settings["学校名称"],
        settings["每分钟邮件数"] or _USUAL_PACE,
        settings["附件密码"] == "是",
        settings["回复地址"] != "学校",
    )


def problems(settings: Mapping[str, Any], through_server: bool) -> list[str]:
    """What must be mended in 设置 before a message can be made, or `through_server` sent."""
    found: list[str] = []
    if not settings["工作簿编号"]:
        found.append("“工作簿编号”是空的：请填一个别的工作簿没有用过的编号，以后不要再改")
    if not is_address(settings["发件邮箱"]):
        found.append("“发件邮箱”没有填，或不是一个正确的地址")
    if not through_server:
        return found
    host = settings["SMTP服务器"]
    if not _HOST.fullmatch(host):
        found.append("“SMTP服务器”没有填，或写得不对，例如 smtp.example.com")
    if settings["SMTP加密"] == "无" and host not in LOCAL:
        found.append("“SMTP加密”是“无”，这只允许发到本机；请改成 SSL 或 STARTTLS")
    return found
