"""A protected workbook opens with the first password that fits, and what it seals it opens again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from xl_liushou.adapters.book_file import load_book
from xl_liushou.adapters.protection import encrypted, is_protected
from xl_liushou.core.errors import PasswordNeeded, WrongPassword
from xl_liushou.core.passwords import Passwords
from xl_liushou.core.run import bytes_digest

CONTENT = b"PK what the workbook holds"
SECRET = "geheim123"


def protected(folder: Path, password: str = SECRET) -> Path:
    path = folder / "台账.xlsx"
    path.write_bytes(encrypted(CONTENT, password))
    return path


def known(*passwords: str) -> Passwords:
    return lambda _book: passwords


def test_a_plain_workbook_asks_nobody(tmp_path: Path) -> None:
    path = tmp_path / "台账.xlsx"
    path.write_bytes(CONTENT)

    def nobody(_book: str) -> Iterator[str]:
        raise AssertionError("asked")

    file = load_book(path, nobody)
    assert (file.data, file.password) == (CONTENT, None)
    assert file.sealed(b"x") == b"x"
    assert file.opened(b"x") == b"x"


def test_passwords_are_tried_in_order_and_only_as_far_as_needed(tmp_path: Path) -> None:
    path = protected(tmp_path)
    asked = []

    def passwords(book: str) -> Iterator[str]:
        for password in ("falsch", SECRET, "never"):
            asked.append((book, password))
            yield password

    file = load_book(path, passwords)
    assert (file.data, file.password) == (CONTENT, SECRET)
    assert file.digest == bytes_digest(path.read_bytes())
    assert asked == [(str(path.resolve()), "falsch"), (str(path.resolve()), SECRET)]


def test_who_knows_no_password_is_told_how_to_give_one(tmp_path: Path) -> None:
    with pytest.raises(PasswordNeeded, match="XL_LIUSHOU_PASSWORD") as told:
        load_book(protected(tmp_path))
    assert type(told.value) is PasswordNeeded
    with pytest.raises(WrongPassword, match="给出的密码打不开"):
        load_book(protected(tmp_path), known("falsch"))


def test_a_workbook_that_excel_opens_without_a_question_opens_without_one(tmp_path: Path) -> None:
    assert load_book(protected(tmp_path, "VelvetSweatshop")).data == CONTENT


def test_what_is_sealed_is_protected_and_opens_again(tmp_path: Path) -> None:
    file = load_book(protected(tmp_path), known(SECRET))
    sealed = file.sealed(b"any bytes")
    assert is_protected(sealed)
    assert file.opened(sealed) == b"any bytes"
    assert file.opened(b"PK from before") == b"PK from before"
    assert file.with_content(b"new", "digest").sealed(b"x") != b"x"


@pytest.mark.parametrize("now", [SECRET, None])
def test_a_copy_with_another_password_is_told_as_such(tmp_path: Path, now: str | None) -> None:
    file = load_book(protected(tmp_path), known(SECRET)).with_password(now)
    with pytest.raises(PasswordNeeded, match="另一个密码"):
        file.opened(encrypted(b"old", "before123"))


def test_a_workbook_is_read_again_with_its_password(tmp_path: Path) -> None:
    path = protected(tmp_path)
    file = load_book(path, known(SECRET))
    assert file.reloaded() is file
    path.write_bytes(encrypted(b"PK new", SECRET))
    assert file.reloaded().data == b"PK new"
    path.write_bytes(b"PK plain")
    assert file.reloaded().password is None
    path.write_bytes(encrypted(b"PK new", "other123"))
    with pytest.raises(WrongPassword):
        file.reloaded()


def test_a_password_does_not_show(tmp_path: Path) -> None:
    assert SECRET not in repr(load_book(protected(tmp_path), known(SECRET)))
