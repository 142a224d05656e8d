"""The key store remembers what it is told to, and a machine without one stops nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from keyring.core import load_keyring

from xl_liushou.adapters.key_store import forget, remember, remembered


@pytest.fixture(autouse=True)
def _the_keyring_as_it_was() -> Iterator[None]:
    before = keyring.get_keyring()
    yield
    keyring.set_keyring(before)


def test_a_password_is_remembered_for_one_workbook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEST_KEYS", str(tmp_path / "keys"))
    keyring.set_keyring(load_keyring("tests.support.keys.FileKeyring"))
    assert remembered("/a.xlsx") is None
    assert remember("/a.xlsx", "geheim123")
    assert remembered("/a.xlsx") == "geheim123"
    assert remembered("/b.xlsx") is None
    forget("/a.xlsx")
    forget("/a.xlsx")
    assert remembered("/a.xlsx") is None


@pytest.mark.parametrize(
    "backend", ["keyring.backends.fail.Keyring", "keyring.backends.null.Keyring", "tests.support.keys.BrokenKeyring"]
)
def test_a_machine_without_a_key_store_remembers_nothing(backend: str) -> None:
    keyring.set_keyring(load_keyring(backend))
    assert not remember("/a.xlsx", "geheim123")
    assert remembered("/a.xlsx") is None
    forget("/a.xlsx")
