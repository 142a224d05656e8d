"""Who knows the password of the school's mailbox: the key store, the environment, a person. It is never logged."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import Final

from xl_liushou.app.passwords import Ask
from xl_liushou.core.mail import MailServer

ENVIRONMENT: Final = "XL_LIUSHOU_SMTP_PASSWORD"


def mail_passwords(server: MailServer, ask: Ask | None) -> Callable[[], Iterator[str]]:
    """The passwords to try, in this order."""

    def candidates() -> Iterator[str]:
        from xl_liushou.adapters import key_store

        if stored := key_store.remembered(entry(server)):
            yield stored
        if given := os.environ.get(ENVIRONMENT):
            yield given
        if ask:
            yield ask(f"邮箱 {server.account} 的授权码（QQ、163 等邮箱用授权码，不是登录密码）")

    return candidates


def entry(server: MailServer) -> str:
    """What the password is remembered under."""
    return f"smtp://{server.account}@{server.host}"
