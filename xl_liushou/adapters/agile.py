"""The writing half of Excel's password to open: agile encryption, AES-256 with SHA-512 ([MS-OFFCRYPTO] 2.3.4).

msoffcrypto-tool could encrypt as well, but it fills up the key of 256 bits from 128 random ones; it reads
what is made here, so that two programs must agree on every file.
"""

from __future__ import annotations

import hmac
from base64 import b64encode
from hashlib import sha512
from secrets import token_bytes
from struct import pack
from typing import Final

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC

from xl_liushou.adapters.compound_file import compound_file

SPINS: Final = 100_000
"""How often the password is hashed, as Excel does."""
_SEGMENT: Final = 4096
_BLOCK: Final = 16
_HASH_INPUT, _HASH_VALUE, _KEY_VALUE, _HMAC_KEY, _HMAC_VALUE = (
    bytes.fromhex(block)
    for block in ("fea7d2763b4b9e79", "d7aa0f6d3061344e", "146e0be7abacd0d6", "5fb2ad010cb9e1f6", "a0677f02b22c8433")
)
"""The block keys of 2.3.4.13 and 2.3.4.14."""
_OFFICE: Final = "http://schemas.microsoft.com/office/2006"
_CIPHER: Final = (
    'saltSize="16" blockSize="16" keyBits="256" hashSize="64" '
    'cipherAlgorithm="AES" cipherChaining="ChainingModeCBC" hashAlgorithm="SHA512"'
)
_SPACE, _TRANSFORM = "StrongEncryptionDataSpace", "StrongEncryptionTransform"
_TRANSFORM_ID: Final = "{FF9A3F03-56EF-4613-BDD5-5A41C1D07246}"
_VERSIONS: Final = pack("<HHHHHH", 1, 0, 1, 0, 1, 0)
"""Versions of reader, updater and writer: 1.0 each."""


def sealed_file(data: bytes, password: str) -> bytes:
    """A file that Excel opens with the password and that holds `data`."""
    info, package = _sealed(data, password)
    transform = _counted(pack("<I", 1) + _text(_TRANSFORM_ID)) + _text("Microsoft.Container.EncryptionTransform")
    return compound_file(
        {
            "EncryptionInfo": info,
            "EncryptedPackage": package,
            "\x06DataSpaces": {
                "Version": _text("Microsoft.Container.DataSpaces") + _VERSIONS,
                "DataSpaceMap": pack("<II", 8, 1)
                + _counted(pack("<II", 1, 0) + _text("EncryptedPackage") + _text(_SPACE)),
                "DataSpaceInfo": {_SPACE: pack("<II", 8, 1) + _text(_TRANSFORM)},
                "TransformInfo": {_TRANSFORM: {"\x06Primary": transform + _VERSIONS + pack("<IIII", 0, 0, 0, 4)}},
            },
        }
    )


def _sealed(data: bytes, password: str) -> tuple[bytes, bytes]:
    """The streams EncryptionInfo and EncryptedPackage."""
    key, salt, data_salt = token_bytes(32), token_bytes(_BLOCK), token_bytes(_BLOCK)
    package = _package(data, key, data_salt)
    spun = _spun(password, salt)

    def by_password(block: bytes, value: bytes) -> str:
        return _base64(_aes(sha512(spun + block).digest()[:32], salt, value))

    def by_key(block: bytes, value: bytes) -> str:
        return _base64(_aes(key, sha512(data_salt + block).digest()[:_BLOCK], value))

    proof, hmac_key = token_bytes(_BLOCK), token_bytes(64)
    integrity = hmac.digest(hmac_key, package, "sha512")
    text = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'
        f'<encryption xmlns="{_OFFICE}/encryption" xmlns:p="{_OFFICE}/keyEncryptor/password">'
        f'<keyData {_CIPHER} saltValue="{_base64(data_salt)}"/>'
        f'<dataIntegrity encryptedHmacKey="{by_key(_HMAC_KEY, hmac_key)}" '
        f'encryptedHmacValue="{by_key(_HMAC_VALUE, integrity)}"/>'
        f'<keyEncryptors><keyEncryptor uri="{_OFFICE}/keyEncryptor/password">'
        f'<p:encryptedKey spinCount="{SPINS}" {_CIPHER} saltValue="{_base64(salt)}" '
        f'encryptedVerifierHashInput="{by_password(_HASH_INPUT, proof)}" '
        f'encryptedVerifierHashValue="{by_password(_HASH_VALUE, sha512(proof).digest())}" '
        f'encryptedKeyValue="{by_password(_KEY_VALUE, key)}"/>'
        "</keyEncryptor></keyEncryptors></encryption>"
    )
    return pack("<HHI", 4, 4, 0x40) + text.encode(), package


def _package(data: bytes, key: bytes, salt: bytes) -> bytes:
    """The size of the data, and its segments, each with a start vector of its own."""
    sealed = [pack("<Q", len(data))]
    for number, at in enumerate(range(0, len(data), _SEGMENT)):
        segment = data[at : at + _SEGMENT]
        vector = sha512(salt + pack("<I", number)).digest()[:_BLOCK]
        sealed.append(_aes(key, vector, segment + bytes(-len(segment) % _BLOCK)))
    return b"".join(sealed)


def _spun(password: str, salt: bytes) -> bytes:
    digest = sha512(salt + password.encode("utf-16-le")).digest()
    for turn in range(SPINS):
        digest = sha512(pack("<I", turn) + digest).digest()
    return digest


def _aes(key: bytes, vector: bytes, value: bytes) -> bytes:
    cipher = Cipher(AES(key), CBC(vector)).encryptor()
    return cipher.update(value) + cipher.finalize()


def _base64(value: bytes) -> str:
    return b64encode(value).decode()


def _text(text: str) -> bytes:
    """A text in UTF-16 behind its length, filled up to four bytes ([MS-OFFCRYPTO] 2.1.2)."""
    data = text.encode("utf-16-le")
    return pack("<I", len(data)) + data + bytes(-len(data) % 4)


def _counted(entry: bytes) -> bytes:
    """Some bytes behind their length, which counts itself."""
    return pack("<I", len(entry) + 4) + entry
