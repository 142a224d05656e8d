"""Who knows the password of a workbook: the key store, the environment, a person. Never a command line."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from xl_liushou.core.errors import PasswordNeeded, UsageProblem
from xl_liushou.core.passwords import Passwords

ENVIRONMENT: Final = "XL_LIUSHOU_PASSWORD"
_ATTEMPTS: Final = 3
_SHORTEST, _LONGEST = 8, 255

Ask = Callable[[str], str]
"""Puts a question to a person and gives the password they typed."""
NewPassword = Callable[[str | None], str]
"""Told the password that a workbook has now, gives the one that it shall have."""


def known_passwords(ask: Ask | None, tell: Callable[[str], None]) -> Passwords:
    """The passwords to try, in this order; `tell` hears which ones are wrong."""

    def candidates(book: str) -> Iterator[str]:
        from xl_liushou.adapters import key_store

        name = Path(book).name
        if stored := key_store.remembered(book):
            yield stored
            tell(f"系统密码库里记住的密码打不开“{name}”，可能在别处改过密码。可以用 protect --remember 重新记住。")
        if given := os.environ.get(ENVIRONMENT):
            yield given
            tell(f"环境变量 {ENVIRONMENT} 里的密码打不开“{name}”。")
        if ask:
            yield ask(f"“{name}”的打开密码")
            for _ in range(_ATTEMPTS - 1):
                yield ask("密码不对，请再输一次")

    return candidates


def new_password(ask: Ask | None) -> NewPassword:
    """A password from the environment, if it is another than the present one, or from a person, who types it twice."""

    def wanted(present: str | None) -> str:
        given = os.environ.get(ENVIRONMENT)
        if given and (given != present or not ask):
            return given
        if not ask:
            raise PasswordNeeded(
                f"没有给出要设的密码。请在命令行窗口里运行，按提示输入；或把密码放进环境变量 {ENVIRONMENT}。"
            )
        first = ask("请设打开密码（至少 8 个字符，用英文字母、数字和符号，不能全是数字）")
        if ask("请再输一次") != first:
            raise UsageProblem("两次输入的密码不一样，工作簿没有改动。请再运行一次。")
        return first

    return wanted


def require_strong(password: str) -> None:
    """Refuses a password that is soon guessed, or that cannot be typed where Excel asks for it.

    Whoever has the file can try passwords as fast as a computer can; all dates of birth and mobile numbers
    are tried in hours. Excel's question for the password takes no Chinese input method.
    """
    if not (password.isascii() and password.isprintable()):
        raise _refused("密码里只能用英文字母、数字和符号：Excel 问密码的窗口里打不了汉字和全角符号。")
    if not _SHORTEST <= len(password) <= _LONGEST:
        raise _refused(f"密码要有 {_SHORTEST} 到 {_LONGEST} 个字符：再短的，电脑很快就能试出来。")
    if password.isdecimal():
        raise _refused("密码不能全是数字：生日、电话这样的数字，电脑很快就能试出来。请加上几个英文字母。")


def _refused(why: str) -> UsageProblem:
    return UsageProblem(f"{why}工作簿没有改动，请换一个密码再试。")
