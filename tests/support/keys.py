"""A key store in a file, for tests that run the program as a process of its own.

Used by PYTHON_KEYRING_BACKEND=tests.support.keys.FileKeyring, with its file in TEST_KEYS.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

from keyring.backend import KeyringBackend
from keyring.errors import PasswordDeleteError


class FileKeyring(KeyringBackend):
    """Passwords by service and user, as JSON."""

    priority = 1.0

    def get_password(self, service: str, username: str) -> str | None:
        return self._read().get(f"{service}:{username}")

    def set_password(self, service: str, username: str, password: str) -> None:
        self._write({**self._read(), f"{service}:{username}": password})

    def delete_password(self, service: str, username: str) -> None:
        known = self._read()
        if known.pop(f"{service}:{username}", None) is None:
            raise PasswordDeleteError
        self._write(known)

    def _read(self) -> dict[str, str]:
        found: dict[str, str] = json.loads(self._file().read_text("utf-8")) if self._file().exists() else {}
        return found

    def _write(self, known: dict[str, str]) -> None:
        self._file().write_text(json.dumps(known), "utf-8")

    def _file(self) -> Path:
        return Path(os.environ["TEST_KEYS"])


class BrokenKeyring(FileKeyring):
    """A key store that raises errors of its own."""

    def _read(self) -> dict[str, str]:
        raise ConnectionError
