"""Excel's password to open, agile encryption: AES with keys that are hashed from the password ([MS-OFFCRYPTO] 2.3.4).

We write what Excel writes today, AES-256 with SHA-512, and read what it wrote since 2010. msoffcrypto-tool
takes the right password for a wrong one where the hash is SHA-1, Excel 2010's own choice, and fills up keys
of 256 bits from 128 random ones; it is the second reader of what is written here.
"""

from __future__ import annotations

import hashlib
import hmac
from base64 import b64decode, b64encode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from secrets import token_bytes
from struct import pack, unpack_from
from typing import Final
from xml.etree.ElementTree import fromstring

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC

SPINS: Final = 100_000
"""How often the password is hashed, as Excel does."""
MAX_SPINS: Final = 1_000_000
"""How often we are ready to hash it when we read, about a second of work."""
_SEGMENT: Final = 4096
_BLOCK: Final = 16
_HASH_INPUT, _HASH_VALUE, _KEY_VALUE, _HMAC_KEY, _HMAC_VALUE = (
    bytes.fromhex(block)
    for block in ("fea7d2763b4b9e79", "d7aa0f6d3061344e", "146e0be7abacd0d6", "5fb2ad010cb9e1f6", "a0677f02b22c8433")
)
"""The block keys of 2.3.4.13 and 2.3.4.14."""
_OFFICE: Final = "http://schemas.microsoft.com/office/2006"
_HEAD: Final = pack("<HHI", 4, 4, 0x40)
_HASHES: Final = {"SHA1": "sha1", "SHA256": "sha256", "SHA384": "sha384", "SHA512": "sha512"}


class UnusualEncryption(Exception):
    """A file that is encrypted in a way Excel does not use of itself."""


class NotThePassword(Exception):
    """The password opens another file."""


@dataclass(frozen=True, slots=True)
class _Scheme:
    """How a key is made and used: the hash, the salt, and the bytes of a key."""

    hash: str
    salt: bytes
    key_size: int

    def digest(self, data: bytes) -> bytes:
        return hashlib.new(self.hash, data).digest()

    def spun(self, password: str, spins: int) -> bytes:
        digest, hashed = self.digest(self.salt + password.encode("utf-16-le")), getattr(hashlib, self.hash)
        for turn in range(spins):
            digest = hashed(pack("<I", turn) + digest).digest()
        return bytes(digest)

    def key(self, spun: bytes, block: bytes) -> bytes:
        return _fitted(self.digest(spun + block), self.key_size)

    def vector(self, block: bytes) -> bytes:
        return _fitted(self.digest(self.salt + block), _BLOCK)

    @property
    def hash_size(self) -> int:
        return hashlib.new(self.hash).digest_size


def sealed_streams(data: bytes, password: str) -> tuple[bytes, bytes]:
    """EncryptionInfo and EncryptedPackage of a file that holds `data`."""
    by_password, of_data = (_Scheme("sha512", token_bytes(16), 32) for _ in range(2))
    spun, key = by_password.spun(password, SPINS), token_bytes(32)
    proof, hmac_key = token_bytes(16), token_bytes(64)
    package = pack("<Q", len(data)) + b"".join(
        _encrypted(key, of_data.vector(pack("<I", number)), segment) for number, segment in _segments(data)
    )

    def under_password(block: bytes, value: bytes) -> str:
        return b64encode(_encrypted(by_password.key(spun, block), by_password.salt, value)).decode()

    def under_key(block: bytes, value: bytes) -> str:
        return b64encode(_encrypted(key, of_data.vector(block), value)).decode()

    text = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'
        f'<encryption xmlns="{_OFFICE}/encryption" xmlns:p="{_OFFICE}/keyEncryptor/password">'
        f"<keyData {_described(of_data)}/>"
        f'<dataIntegrity encryptedHmacKey="{under_key(_HMAC_KEY, hmac_key)}" '
        f'encryptedHmacValue="{under_key(_HMAC_VALUE, hmac.digest(hmac_key, package, "sha512"))}"/>'
        f'<keyEncryptors><keyEncryptor uri="{_OFFICE}/keyEncryptor/password">'
        f'<p:encryptedKey spinCount="{SPINS}" {_described(by_password)} '
        f'encryptedVerifierHashInput="{under_password(_HASH_INPUT, proof)}" '
        f'encryptedVerifierHashValue="{under_password(_HASH_VALUE, by_password.digest(proof))}" '
        f'encryptedKeyValue="{under_password(_KEY_VALUE, key)}"/>'
        "</keyEncryptor></keyEncryptors></encryption>"
    )
    return _HEAD + text.encode(), package


def opened_streams(info: bytes, package: bytes, password: str) -> bytes:
    """What a file with these streams holds.

    Raises NotThePassword, UnusualEncryption, and what it stumbles over in a damaged file; the EncryptionInfo
    must be known to be short and to have no DTD.
    """
    root = fromstring(info[len(_HEAD) :])
    locks = root.iter(f"{{{_OFFICE}/keyEncryptor/password}}encryptedKey")
    data, integrity = (root.find(f"{{{_OFFICE}/encryption}}{name}") for name in ("keyData", "dataIntegrity"))
    lock = next(locks, None)
    if lock is None or data is None or integrity is None:
        raise UnusualEncryption
    by_password, of_data = _scheme(lock.attrib), _scheme(data.attrib)
    key = _key(lock.attrib, by_password, password)

    def under_key(block: bytes, name: str) -> bytes:
        return _decrypted(key, of_data.vector(block), b64decode(integrity.attrib[name]))[: of_data.hash_size]

    hmac_key, hmac_value = under_key(_HMAC_KEY, "encryptedHmacKey"), under_key(_HMAC_VALUE, "encryptedHmacValue")
    if hmac.digest(hmac_key, package, of_data.hash) != hmac_value:
        raise ValueError("the package is damaged")
    (size,) = unpack_from("<Q", package)
    segments = _segments(package[8:])
    return b"".join(_decrypted(key, of_data.vector(pack("<I", number)), one) for number, one in segments)[:size]


def _key(lock: Mapping[str, str], scheme: _Scheme, password: str) -> bytes:
    """The key of the data, if the password is right."""
    spins = int(lock["spinCount"])
    if not 0 <= spins <= MAX_SPINS:
        raise UnusualEncryption
    spun = scheme.spun(password, spins)

    def under_password(block: bytes, name: str) -> bytes:
        return _decrypted(scheme.key(spun, block), scheme.salt, b64decode(lock[name]))

    proof = under_password(_HASH_INPUT, "encryptedVerifierHashInput")[: len(scheme.salt)]
    if under_password(_HASH_VALUE, "encryptedVerifierHashValue")[: scheme.hash_size] != scheme.digest(proof):
        raise NotThePassword
    return under_password(_KEY_VALUE, "encryptedKeyValue")[: scheme.key_size]


def _scheme(told: Mapping[str, str]) -> _Scheme:
    """The scheme that an element tells of."""
    way = (told["cipherAlgorithm"], told["cipherChaining"], told["blockSize"])
    if way != ("AES", "ChainingModeCBC", "16") or told["hashAlgorithm"] not in _HASHES:
        raise UnusualEncryption
    if told["keyBits"] not in {"128", "192", "256"}:
        raise UnusualEncryption
    return _Scheme(_HASHES[told["hashAlgorithm"]], b64decode(told["saltValue"]), int(told["keyBits"]) // 8)


def _described(scheme: _Scheme) -> str:
    return (
        f'saltSize="{len(scheme.salt)}" blockSize="{_BLOCK}" keyBits="{8 * scheme.key_size}" '
        f'hashSize="{scheme.hash_size}" cipherAlgorithm="AES" cipherChaining="ChainingModeCBC" '
        f'hashAlgorithm="{scheme.hash.upper()}" saltValue="{b64encode(scheme.salt).decode()}"'
    )


def _segments(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The data in numbered pieces, each encrypted on its own."""
    return enumerate(data[at : at + _SEGMENT] for at in range(0, len(data), _SEGMENT))


def _fitted(digest: bytes, size: int) -> bytes:
    return digest[:size].ljust(size, b"\x36")


def _encrypted(key: bytes, vector: bytes, value: bytes) -> bytes:
    cipher = Cipher(AES(key), CBC(vector)).encryptor()
    return cipher.update(value + bytes(-len(value) % _BLOCK)) + cipher.finalize()


def _decrypted(key: bytes, vector: bytes, value: bytes) -> bytes:
    cipher = Cipher(AES(key), CBC(vector)).decryptor()
    return cipher.update(value) + cipher.finalize()
