"""A workbook file as it was read: what it holds, and how to know that it is still the same."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path
from typing import Final

from xl_liushou.adapters.package import read_bytes
from xl_liushou.adapters.protection import decrypted, encrypted, is_protected
from xl_liushou.core.errors import PasswordNeeded, UnusableInput, WrongPassword
from xl_liushou.core.passwords import Passwords, no_passwords
from xl_liushou.core.run import bytes_digest

_EXCELS_OWN: Final = "VelvetSweatshop"
"""Excel tries this one itself: a workbook that is protected with it opens without a question."""


@dataclass(frozen=True, slots=True)
class BookFile:
    """A workbook: its real path (symbolic links resolved), its content, and the SHA-256 of the file on the disk.

    The content of a protected workbook is in memory only; its `password` goes with it.
    """

    path: Path
    data: bytes = field(repr=False)
    digest: str
    password: str | None = field(default=None, repr=False)

    def sealed(self, data: bytes) -> bytes:
        """Any bytes as they go to the disk, with the workbook's password if it has one."""
        return encrypted(data, self.password) if self.password else data

    def opened(self, data: bytes) -> bytes:
        """What `sealed` sealed, or was kept before there was a password; PasswordNeeded where that was another."""
        if not is_protected(data):
            return data
        with suppress(WrongPassword):
            return decrypted(data, self.password or "", self.path.name)
        raise PasswordNeeded(
            f"“{self.path.name}”以前留下的这份内容（备份，或等待写入的结果）设的是另一个密码，现在的密码打不开它，"
            "工作簿没有改动。备份可以从 .liushou 文件夹的 backups 里复制出来，用当时的密码在 Excel 中打开。"
        )

    def reloaded(self) -> BookFile:
        """The workbook as it is on the disk now."""
        data = read_bytes(self.path)
        if bytes_digest(data) == self.digest:
            return self
        return _book(self.path, data, lambda _: [self.password] if self.password else [])

    def with_content(self, data: bytes, digest: str) -> BookFile:
        """The same workbook after it was saved with other content."""
        return replace(self, data=data, digest=digest)

    def with_password(self, password: str | None) -> BookFile:
        """The same workbook, to be saved with another password or with none."""
        return replace(self, password=password)


def load_book(path: Path, passwords: Passwords = no_passwords) -> BookFile:
    """Reads a workbook file once, and takes a password to open off in memory.

    Raises what `read_bytes` and `decrypted` raise; PasswordNeeded where nobody knows the password; UnusableInput
    for a name that is no text on this system, as an old archive brings it: it could not be recorded.
    """
    try:
        path.name.encode()
    except UnicodeEncodeError:
        raise UnusableInput("文件名是乱码，程序没有打开它。请把文件改名，例如“关爱台账.xlsx”，然后再试。") from None
    data = read_bytes(path)
    return _book(path.resolve(), data, passwords)


def _book(path: Path, data: bytes, passwords: Passwords) -> BookFile:
    digest = bytes_digest(data)
    if not is_protected(data):
        return BookFile(path, data, digest)
    tried: list[str] = []
    for password in chain((_EXCELS_OWN,), passwords(str(path))):
        tried.append(password)
        with suppress(WrongPassword):
            return BookFile(path, decrypted(data, password, path.name), digest, password)
    problem, told = (WrongPassword, "，给出的密码打不开它") if len(tried) > 1 else (PasswordNeeded, "")
    raise problem(
        f"“{path.name}”设有打开密码{told}。请在命令行窗口里再运行一次，按提示输入密码；"
        "或把密码放进环境变量 XL_LIUSHOU_PASSWORD；也可以用 protect --remember 让这台电脑记住密码。"
    )
