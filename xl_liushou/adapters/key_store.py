"""The operating system's key store, where a person had the password of a workbook remembered.

Entries go by the real path of the workbook: its 工作簿编号 lies inside, behind the password. A workbook that
was moved or renamed is asked for again. Many machines have no key store; that never stops a command.
"""

from __future__ import annotations

from contextlib import suppress
from typing import Final

_SERVICE: Final = "xl_liushou"


def remembered(book: str) -> str | None:
    """The password of the workbook at a path; None where none is remembered, or nothing can be."""
    with suppress(Exception):  # backends raise errors of their own besides keyring's
        import keyring

        return keyring.get_password(_SERVICE, book)
    return None


def remember(book: str, password: str) -> bool:
    """Remembers a password; tells whether it can be had back."""
    with suppress(Exception):
        import keyring

        keyring.set_password(_SERVICE, book, password)
    return remembered(book) == password


def forget(book: str) -> None:
    """Forgets the password, if one is remembered."""
    with suppress(Exception):
        import keyring

        keyring.delete_password(_SERVICE, book)
