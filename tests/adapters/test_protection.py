"""A password to open: what it hides comes back, wrong passwords and damaged or hostile files are told apart."""

from __future__ import annotations

import hmac
import io
import logging
import os
import re
import zipfile
from base64 import b64encode
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha1
from pathlib import Path
from struct import pack

import olefile
import pytest
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC
from hypothesis import given, settings
from hypothesis import strategies as st
from msoffcrypto.format.ooxml import OOXMLFile

from tests.adapters.raw_book import book_parts, sheet_xml, zipped
from tests.support.libreoffice import requires_libreoffice, text_of_protected
from tests.support.workbooks import workbook
from xl_liushou.adapters import agile
from xl_liushou.adapters.agile import sealed_streams
from xl_liushou.adapters.protection import decrypted, encrypted, is_protected
from xl_liushou.core.compound_file import compound_file
from xl_liushou.core.errors import HostileInput, UnusableInput, WrongPassword

SECRET = "geheim 密码 1"
BOOK = zipped(book_parts(sheet_xml('<row r="1"><c r="A1" t="inlineStr"><is><t>你好</t></is></c></row>')))


def streams(data: bytes) -> tuple[bytes, bytes]:
    with olefile.OleFileIO(io.BytesIO(data)) as file:
        return file.openstream("EncryptionInfo").read(), file.openstream("EncryptedPackage").read()


def changed(change: Callable[[bytes], bytes]) -> bytes:
    """A protected file whose EncryptionInfo was changed."""
    info, package = sealed_streams(BOOK, SECRET)
    return compound_file({"EncryptionInfo": change(info), "EncryptedPackage": package})


@pytest.mark.parametrize(
    "size", [0, 1, 15, 16, 17, 3000, 4079, 4080, 4081, 4087, 4088, 4089, 4096, 4097, 8192, 100_000]
)
def test_any_bytes_of_any_size_come_back(size: int) -> None:
    data = bytes(range(256)) * (size // 256) + bytes(size % 256)
    sealed = encrypted(data, SECRET)
    assert is_protected(sealed)
    assert decrypted(sealed, SECRET, "x") == data


@pytest.mark.parametrize("size", [7_100_000, 7_144_000, 7_200_000, 16_000_000])
def test_large_files_come_back(size: int) -> None:
    data = bytes(size)
    assert decrypted(encrypted(data, SECRET), SECRET, "x") == data


@given(st.binary(max_size=9000), st.text(st.characters(codec="utf-8"), min_size=1, max_size=40))
@settings(deadline=None, max_examples=6)
def test_any_password_opens_what_it_closed(data: bytes, password: str) -> None:
    assert decrypted(encrypted(data, password), password, "x") == data


def test_a_second_reader_agrees_and_finds_the_integrity_whole() -> None:
    file = OOXMLFile(io.BytesIO(encrypted(BOOK, SECRET)))
    file.load_key(password=SECRET, verify_password=True)
    out = io.BytesIO()
    file.decrypt(out, verify_integrity=True)
    assert out.getvalue() == BOOK
    assert not file.file.parsing_issues


@requires_libreoffice
@pytest.mark.parametrize("size", [0, 9_000_000], ids=["small", "large"])
def test_libreoffice_opens_it_with_the_password(tmp_path: Path, size: int) -> None:
    path = workbook(tmp_path, 花名册="你好")
    with zipfile.ZipFile(path, "a") as file:
        file.writestr("docProps/thumbnail.bin", os.urandom(size))
    path.write_bytes(encrypted(path.read_bytes(), SECRET))
    assert text_of_protected(path, SECRET, tmp_path) == "你好\n"


def test_it_is_the_encryption_of_excel() -> None:
    info, _ = streams(encrypted(BOOK, SECRET))
    described = info.decode("utf-8", "replace")
    assert described.count('keyBits="256"') == 2
    assert described.count('hashAlgorithm="SHA512"') == 2
    assert 'spinCount="100000"' in described


def test_the_same_content_never_looks_the_same() -> None:
    assert encrypted(BOOK, SECRET) != encrypted(BOOK, SECRET)


@pytest.mark.parametrize("password", ["", "x", SECRET.upper(), SECRET + " ", "\udc80", "v" * 300])
def test_a_wrong_password_is_told_as_such(password: str) -> None:
    with pytest.raises(WrongPassword, match="打不开“台账”") as told:
        decrypted(encrypted(BOOK, SECRET), password, "台账")
    assert len(password) < 2 or password not in told.value.message


def test_no_password_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        sealed = encrypted(BOOK, SECRET)
        decrypted(sealed, SECRET, "x")
        with pytest.raises(WrongPassword):
            decrypted(sealed, "falsch", "x")
    assert SECRET not in caplog.text
    assert "falsch" not in caplog.text


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "cut": lambda data: data[:3000],
    "end": lambda data: data[:-1024],
    "package": lambda data: data[:-700] + bytes([data[-700] ^ 1]) + data[-699:],
    "fat": lambda data: data[:512] + b"\xfe\xff\xff\xff" * 128 + data[1024:],
    "tables": lambda data: data[:44] + b"\xff\xff\xff\x7f" + data[48:],
    "difat": lambda data: data[:68] + pack("<II", 0, 0x7FFFFFFF) + data[76:],
    "mini tables": lambda data: data[:64] + b"\xff\xff\xff\x7f" + data[68:],
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_file_is_told_as_such(damage: Callable[[bytes], bytes]) -> None:
    data = encrypted(BOOK * 20, SECRET)
    assert damage(data) != data
    with pytest.raises(UnusableInput, match="已损坏") as told:
        decrypted(damage(data), SECRET, "x")
    assert type(told.value) is UnusableInput


@given(st.data())
@settings(deadline=None, max_examples=40)
def test_random_damage_never_ends_in_anything_else(data: st.DataObject) -> None:
    sealed = bytearray(SEALED)
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.one_of(st.integers(0, 600), st.integers(0, len(sealed) - 4)))
        sealed[at : at + 4] = data.draw(st.sampled_from([b"\xff" * 4, bytes(4), b"\xfe\xff\xff\xff", b"\1\0\0\0"]))
    with suppress(UnusableInput):
        assert decrypted(bytes(sealed), SECRET, "x") == BOOK


SEALED = encrypted(BOOK, SECRET)
HOSTILE: dict[str, Callable[[bytes], bytes]] = {
    "spins": lambda info: info.replace(b'spinCount="100000"', b'spinCount="1000000000"'),
    "negative spins": lambda info: info.replace(b'spinCount="100000"', b'spinCount="-1"'),
    "long": lambda info: info + b" " * 70_000,
    "doctype": lambda info: info.replace(b"<encryption", b"<!DOCTYPE x [<!ENTITY a 'b'>]><encryption", 1),
    "key": lambda info: info.replace(b'keyBits="256"', b'keyBits="80000000000"'),
    "cipher": lambda info: info.replace(b'"AES"', b'"RC2"'),
    "hash": lambda info: info.replace(b'"SHA512"', b'"WHIRLPOOL"'),
    "no lock": lambda info: info.replace(b"keyEncryptor/password", b"keyEncryptor/certificate"),
    "version": lambda info: pack("<HH", 3, 3) + info[4:],
}


@pytest.mark.parametrize("change", HOSTILE.values(), ids=HOSTILE)
def test_an_encryption_that_excel_does_not_use_is_refused(change: Callable[[bytes], bytes]) -> None:
    with pytest.raises(HostileInput, match="去掉密码另存一份"):
        decrypted(changed(change), SECRET, "x")


def test_the_limit_of_spins_leaves_room_for_excel() -> None:
    assert 100_000 < agile.MAX_SPINS < 10_000_000


def of_excel_2010(data: bytes, password: str, key_size: int) -> bytes:
    """A file as Excel 2010 writes it: SHA-1, a digest shorter than what it is padded to."""

    def aes(key: bytes, vector: bytes, value: bytes) -> bytes:
        cipher = Cipher(AES(key), CBC(vector)).encryptor()
        return cipher.update(value + bytes(-len(value) % 16)) + cipher.finalize()

    def locked(block: str, value: bytes) -> str:
        key = sha1(spun + bytes.fromhex(block)).digest()
        return b64encode(aes((key + b"\x36" * 12)[:key_size], salt, value)).decode()

    def under_key(block: str, value: bytes) -> str:
        return b64encode(aes(key, sha1(salt + bytes.fromhex(block)).digest()[:16], value)).decode()

    salt, key, proof, hmac_key = b"s" * 16, b"k" * key_size, b"p" * 16, b"h" * 20
    spun = sha1(salt + password.encode("utf-16-le")).digest()
    for turn in range(100_000):
        spun = sha1(pack("<I", turn) + spun).digest()
    package = pack("<Q", len(data)) + b"".join(
        aes(key, sha1(salt + pack("<I", at // 4096)).digest()[:16], data[at : at + 4096])
        for at in range(0, len(data), 4096)
    )
    way = (
        f'saltSize="16" blockSize="16" keyBits="{8 * key_size}" hashSize="20" cipherAlgorithm="AES" '
        f'cipherChaining="ChainingModeCBC" hashAlgorithm="SHA1" saltValue="{b64encode(salt).decode()}"'
    )
    office = "http://schemas.microsoft.com/office/2006"
    info = (
        f'<encryption xmlns="{office}/encryption" xmlns:p="{office}/keyEncryptor/password"><keyData {way}/>'
        f'<dataIntegrity encryptedHmacKey="{under_key("5fb2ad010cb9e1f6", hmac_key)}" '
        f'encryptedHmacValue="{under_key("a0677f02b22c8433", hmac.digest(hmac_key, package, "sha1"))}"/>'
        f'<keyEncryptors><keyEncryptor uri="{office}/keyEncryptor/password"><p:encryptedKey spinCount="100000" {way} '
        f'encryptedVerifierHashInput="{locked("fea7d2763b4b9e79", proof)}" '
        f'encryptedVerifierHashValue="{locked("d7aa0f6d3061344e", sha1(proof).digest())}" '
        f'encryptedKeyValue="{locked("146e0be7abacd0d6", key)}"/></keyEncryptor></keyEncryptors></encryption>'
    )
    return compound_file({"EncryptionInfo": pack("<HHI", 4, 4, 64) + info.encode(), "EncryptedPackage": package})


@pytest.mark.parametrize("key_size", [16, 32])
def test_a_file_of_excel_2010_opens(key_size: int) -> None:
    sealed = of_excel_2010(BOOK * 9, SECRET, key_size)
    assert decrypted(sealed, SECRET, "x") == BOOK * 9
    with pytest.raises(WrongPassword):
        decrypted(sealed, "falsch", "x")


def test_other_files_are_not_called_protected() -> None:
    assert not is_protected(BOOK)
    assert not is_protected(bytes.fromhex("d0cf11e0a1b11ae1") + "Workbook".encode("utf-16-le") + bytes(2000))
    assert not is_protected("EncryptedPackage".encode("utf-16-le"))


def test_the_key_is_random_as_a_whole() -> None:
    """msoffcrypto-tool fills the second half of the key with 0x36."""
    file = OOXMLFile(io.BytesIO(SEALED))
    file.load_key(password=SECRET)
    assert len(file.secret_key) == 32
    assert not re.fullmatch(b"\x36*", file.secret_key[16:])
